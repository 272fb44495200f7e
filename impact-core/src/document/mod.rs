//! The document tree: what an author wrote, with every digit, every place and every problem.
//!
//! One rule: TOML and JSON become the same [`Node`]; a number keeps the author's digits and never passes through a float.

mod number_text;

pub use number_text::NumberText;

use crate::address::{Address, Place, Span};
use chrono::NaiveDate;

/// A value of the document and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Its address and, where it was read from text, its line and column.
    pub place: Place,
    /// The value.
    pub value: Value,
}

/// What a node holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A number, as written.
    Number(NumberText),
    /// A text.
    Text(String),
    /// True or false.
    Flag(bool),
    /// A calendar date.
    Date(NaiveDate),
    /// A list.
    List(Vec<Node>),
    /// A table.
    Table(Table),
}

/// A table: keys and values in the order of the document, no key twice.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    entries: Vec<Entry>,
}

/// A key, where it stands, and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key as written.
    pub key: String,
    /// Where the key stands in the text.
    pub span: Option<Span>,
    /// The value.
    pub node: Node,
}

impl Table {
    /// The entries in the order of the document.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node)
    }
}

impl Node {
    /// The table here, if it is one.
    pub fn as_table(&self) -> Option<&Table> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The list here, if it is one.
    pub fn as_list(&self) -> Option<&[Node]> {
        match &self.value {
            Value::List(list) => Some(list),
            _ => None,
        }
    }

    /// The text here, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What kind of value stands here, in the words of messages: `a number`, `a table`.
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Number(_) => "a number",
            Value::Text(_) => "a text",
            Value::Flag(_) => "true or false",
            Value::Date(_) => "a date",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        }
    }

    /// The address of the node.
    pub fn address(&self) -> &Address {
        &self.place.address
    }
}
