//! The tree as TOML, for people to read and go on with.
//!
//! One rule: what is written reads back to the same values and the same hash. Comments are not kept; plain values come
//! before tables, as TOML wants it.

use super::write_json::has_leading_zero;
use super::{Node, NumberText, Table, Value};

/// Characters up to which a table stands on one line.
const ONE_LINE: usize = 80;

/// Characters up to which a list stands on one line.
const LIST_LINE: usize = 100;

impl Node {
    /// The document as TOML: short tables on one line, lists of tables as `[[…]]`, numbers with the author's digits.
    ///
    /// # Examples
    /// ```
    /// use impact_core::document::Node;
    /// let json = r#"{"name": "Garden", "outcomes": [{"id": "work", "quantity": {"pert": [6, 12.50, 20]}}]}"#;
    /// let text = "name = \"Garden\"\n\n[[outcomes]]\nid = \"work\"\nquantity = { pert = [6, 12.50, 20] }\n";
    /// assert_eq!(Node::from_json(json)?.to_toml(), text);
    /// # Ok::<(), impact_core::error::ModelError>(())
    /// ```
    pub fn to_toml(&self) -> String {
        let mut text = String::new();
        match &self.value {
            Value::Table(table) => body(table, "", &mut text),
            value => inline(value, &mut text),
        }
        match text.strip_prefix('\n') {
            Some(rest) => rest.to_owned(),
            None => text,
        }
    }
}

/// The entries of a table: first those on a line of their own, then those with a header.
fn body(table: &Table, path: &str, out: &mut String) {
    for entry in table.entries().iter().filter(|entry| !has_header(&entry.node.value)) {
        out.push_str(&key(&entry.key));
        out.push_str(" = ");
        line(&entry.node.value, out);
        out.push('\n');
    }
    for entry in table.entries() {
        let own = if path.is_empty() { key(&entry.key) } else { format!("{path}.{}", key(&entry.key)) };
        match &entry.node.value {
            Value::Table(inner) if has_header(&entry.node.value) => {
                if inner.entries().iter().any(|entry| !has_header(&entry.node.value)) {
                    out.push_str(&format!("\n[{own}]\n"));
                }
                body(inner, &own, out);
            }
            Value::List(list) if has_header(&entry.node.value) => {
                for element in list.iter().filter_map(Node::as_table) {
                    out.push_str(&format!("\n[[{own}]]\n"));
                    body(element, &own, out);
                }
            }
            _ => {}
        }
    }
}

/// Whether a value is written under a header of its own: lists of tables, and tables too long for a line.
fn has_header(value: &Value) -> bool {
    match value {
        Value::List(list) => is_list_of_tables(list),
        Value::Table(table) => {
            table.entries().iter().any(|entry| holds_list_of_tables(&entry.node.value)) || {
                let mut text = String::new();
                inline(value, &mut text);
                text.chars().count() > ONE_LINE
            }
        }
        _ => false,
    }
}

fn is_list_of_tables(list: &[Node]) -> bool {
    !list.is_empty() && list.iter().all(|element| element.as_table().is_some())
}

fn holds_list_of_tables(value: &Value) -> bool {
    match value {
        Value::List(list) => is_list_of_tables(list),
        Value::Table(table) => table.entries().iter().any(|entry| holds_list_of_tables(&entry.node.value)),
        _ => false,
    }
}

/// A value on a line of its own: a long list is broken, a text of several lines stays so.
fn line(value: &Value, out: &mut String) {
    match value {
        Value::Text(words) if words.contains('\n') => {
            out.push_str("\"\"\"\n");
            escaped(words, true, out);
            out.push_str("\"\"\"");
        }
        Value::List(list) => {
            let mut text = String::new();
            inline(value, &mut text);
            if text.chars().count() <= LIST_LINE {
                out.push_str(&text);
                return;
            }
            out.push('[');
            for element in list {
                out.push_str("\n    ");
                inline(&element.value, out);
                out.push(',');
            }
            out.push_str("\n]");
        }
        _ => inline(value, out),
    }
}

/// A value without line breaks.
fn inline(value: &Value, out: &mut String) {
    match value {
        Value::Number(number) => out.push_str(&digits(number)),
        Value::Text(text) => quoted(text, out),
        Value::Flag(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Date(date) => out.push_str(&date.format("%Y-%m-%d").to_string()),
        Value::List(list) => {
            out.push('[');
            for (position, element) in list.iter().enumerate() {
                out.push_str(if position > 0 { ", " } else { "" });
                inline(&element.value, out);
            }
            out.push(']');
        }
        Value::Table(table) if table.entries().is_empty() => out.push_str("{}"),
        Value::Table(table) => {
            out.push('{');
            for (position, entry) in table.entries().iter().enumerate() {
                out.push_str(if position > 0 { ", " } else { " " });
                out.push_str(&key(&entry.key));
                out.push_str(" = ");
                inline(&entry.node.value, out);
            }
            out.push_str(" }");
        }
    }
}

/// A key, in quotes where it must be.
fn key(key: &str) -> String {
    let bare = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if !key.is_empty() && key.bytes().all(bare) {
        return key.to_owned();
    }
    let mut text = String::new();
    quoted(key, &mut text);
    text
}

fn quoted(text: &str, out: &mut String) {
    out.push('"');
    escaped(text, false, out);
    out.push('"');
}

fn escaped(text: &str, several_lines: bool, out: &mut String) {
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' if several_lines => out.push('\n'),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(control))),
            other => out.push(other),
        }
    }
}

/// The author's digits, where TOML allows them.
fn digits(number: &NumberText) -> String {
    if has_leading_zero(number.text()) { number.canonical() } else { number.text().to_owned() }
}
