//! The canonical form of a document, and its hash.
//!
//! One rule: two documents that say the same have the same hash, however they are written: in TOML or JSON, `1e6` or
//! `1_000_000.0`, keys in any order, accents composed or not, dates as dates or as texts. Nothing is filled in.
//!
//! The form is JSON without white space: keys sorted by their characters, numbers as the shortest plain decimals, texts and
//! keys in Unicode NFC with only the escapes JSON requires, lists in order, dates as `"2024-01-31"`.

use super::tree::composed;
use super::{Node, Table, Value};
use sha2::{Digest, Sha256};
use std::fmt;

/// The SHA-256 of a document's canonical form; shown as 64 lower-case hexadecimal digits.
///
/// # Examples
/// ```
/// use impact_core::document::Node;
/// let node = Node::from_toml("amount = 1e6")?;
/// assert_eq!(node.canonical(), r#"{"amount":1000000}"#);
/// assert_eq!(node.hash().to_string(), "9bc5595dbf0236b37c901f2c6fcc03a2d0bd112d7504bf1720052be47374500c");
/// # Ok::<(), impact_core::error::ModelError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentHash {
    bytes: [u8; 32],
    text: String,
}

impl DocumentHash {
    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.bytes
    }

    /// The 64 hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for DocumentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for DocumentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DocumentHash({})", self.text)
    }
}

impl serde::Serialize for DocumentHash {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl Node {
    /// The canonical form of what is written here.
    pub fn canonical(&self) -> String {
        let mut text = String::new();
        write_value(&self.value, &mut text);
        text
    }

    /// The hash of the canonical form.
    pub fn hash(&self) -> DocumentHash {
        let bytes: [u8; 32] = Sha256::digest(self.canonical()).into();
        let text = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        DocumentHash { bytes, text }
    }
}

fn write_value(value: &Value, out: &mut String) {
    match value {
        Value::Number(number) => out.push_str(&number.canonical()),
        Value::Text(text) => write_text(&composed(text), out),
        Value::Flag(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Date(date) => write_text(&date.format("%Y-%m-%d").to_string(), out),
        Value::List(list) => {
            out.push('[');
            for (position, element) in list.iter().enumerate() {
                if position > 0 {
                    out.push(',');
                }
                write_value(&element.value, out);
            }
            out.push(']');
        }
        Value::Table(table) => write_table(table, out),
    }
}

fn write_table(table: &Table, out: &mut String) {
    let mut entries: Vec<_> = table.entries().iter().map(|entry| (composed(&entry.key), &entry.node.value)).collect();
    entries.sort_by(|left, right| left.0.cmp(&right.0));
    out.push('{');
    for (position, (key, value)) in entries.iter().enumerate() {
        if position > 0 {
            out.push(',');
        }
        write_text(key, out);
        out.push(':');
        write_value(value, out);
    }
    out.push('}');
}

/// A text of JSON with only the escapes it requires.
pub(super) fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            control if control < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => out.push(other),
        }
    }
    out.push('"');
}
