//! The document tree: what an author wrote, with every digit, every place and every problem.
//!
//! One rule: TOML and JSON become the same [`Node`]; a number keeps the author's digits and never passes through a float.

mod build;
mod canonical;
mod edit;
mod error;
mod fields;
mod guard;
mod json;
mod kind;
mod number_style;
mod number_text;
mod read;
mod source;
mod text;
mod toml;
mod tree;
mod words;
mod write_json;
mod write_toml;

pub use canonical::DocumentHash;
pub use error::DocumentError;
pub use fields::Fields;
pub use kind::DocumentKind;
pub use number_style::is_point_ambiguous;
pub use number_text::NumberText;
pub(crate) use read::iso_date;
pub use text::Form;
pub(crate) use words::nearest;

use crate::address::{Address, Place, Span};
use chrono::NaiveDate;

/// Bytes of a document that are read: 16 MiB.
pub const LARGEST_DOCUMENT: usize = 16 * 1024 * 1024;

/// Levels of tables and lists a document may have below itself.
pub const DEEPEST: usize = 32;

/// Values a document may have.
pub const MOST_VALUES: usize = 200_000;

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
    unread: Vec<String>,
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

    /// Whether the key is written with a value that could not be read; its problem is noted already.
    pub fn is_unread(&self, key: &str) -> bool {
        self.unread.iter().any(|unread| unread == key)
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

    /// The number here, if it is one.
    pub fn as_number(&self) -> Option<&NumberText> {
        match &self.value {
            Value::Number(number) => Some(number),
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
