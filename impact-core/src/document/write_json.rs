//! The tree as JSON.
//!
//! One rule: a number is a JSON number with the author's digits, as far as JSON has them: it knows no `_` and no `+`.

use super::canonical::write_text;
use super::{Node, NumberText, Value};

impl Node {
    /// The document as JSON, two spaces a level, lists of plain values on one line, dates as texts.
    ///
    /// # Examples
    /// ```
    /// use impact_core::document::Node;
    /// let node = Node::from_toml("amount = 1_000.50\nyears = [2018, 2027]")?;
    /// assert_eq!(node.to_json(), "{\n  \"amount\": 1000.50,\n  \"years\": [2018, 2027]\n}\n");
    /// # Ok::<(), impact_core::error::ModelError>(())
    /// ```
    pub fn to_json(&self) -> String {
        let mut text = String::new();
        write(&self.value, 0, &mut text);
        text.push('\n');
        text
    }
}

fn write(value: &Value, level: usize, out: &mut String) {
    match value {
        Value::Number(number) => out.push_str(&digits(number)),
        Value::Text(text) => write_text(text, out),
        Value::Flag(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Date(date) => write_text(&date.format("%Y-%m-%d").to_string(), out),
        Value::List(list) => {
            let plain = !list.iter().any(|node| matches!(node.value, Value::List(_) | Value::Table(_)));
            let parts = list.iter().map(|node| (None, &node.value));
            enclosed(['[', ']'], parts, plain, level, out);
        }
        Value::Table(table) => {
            let parts = table.entries().iter().map(|entry| (Some(entry.key.as_str()), &entry.node.value));
            enclosed(['{', '}'], parts, table.entries().is_empty(), level, out);
        }
    }
}

/// The parts of a list or a table, between brackets.
fn enclosed<'n>(
    [open, close]: [char; 2],
    parts: impl Iterator<Item = (Option<&'n str>, &'n Value)>,
    one_line: bool,
    level: usize,
    out: &mut String,
) {
    out.push(open);
    for (position, (key, value)) in parts.enumerate() {
        if position > 0 {
            out.push(',');
        }
        if !one_line {
            new_line(level + 1, out);
        } else if position > 0 {
            out.push(' ');
        }
        if let Some(key) = key {
            write_text(key, out);
            out.push_str(": ");
        }
        write(value, level + 1, out);
    }
    if !one_line {
        new_line(level, out);
    }
    out.push(close);
}

fn new_line(level: usize, out: &mut String) {
    out.push('\n');
    out.push_str(&"  ".repeat(level));
}

/// The author's digits, without the signs JSON does not know.
fn digits(number: &NumberText) -> String {
    let text: String = number.text().chars().filter(|c| *c != '_').collect();
    let text = text.strip_prefix('+').unwrap_or(&text);
    if has_leading_zero(text) { number.canonical() } else { text.to_owned() }
}

/// Whether a number starts like `007`, which neither form allows.
pub(super) fn has_leading_zero(text: &str) -> bool {
    let unsigned = text.trim_start_matches(['-', '+']).as_bytes();
    unsigned.first() == Some(&b'0') && unsigned.get(1).is_some_and(|byte| byte.is_ascii_digit() || *byte == b'_')
}
