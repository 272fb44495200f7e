//! What both forms share on the way to the tree: bounds, addresses, duplicates.
//!
//! One rule: what could not be read is left out and remembered as unread, so that nobody calls it missing too.

use super::source::Source;
use super::{DEEPEST, DocumentError, Entry, MOST_VALUES, Node, NumberText, Table, Value};
use crate::address::{Address, Place};
use crate::error::{Problem, Problems};
use std::borrow::Cow;
use std::collections::HashSet;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Grows a tree from a text.
pub(super) struct Grower<'s, 'p> {
    source: &'s Source<'s>,
    problems: &'p mut Problems,
    values: usize,
}

impl<'s, 'p> Grower<'s, 'p> {
    pub fn new(source: &'s Source<'s>, problems: &'p mut Problems) -> Self {
        Self { source, problems, values: 0 }
    }

    /// Notes a problem; `None`, for the value it costs.
    pub fn refuse<T>(&mut self, address: &Address, offset: usize, fault: DocumentError) -> Option<T> {
        let place = self.place(address, offset);
        self.problems.push(Problem::new(place, fault));
        None
    }

    /// Whether one more value, `depth` levels below the document, is within bounds.
    pub fn within_bounds(&mut self, address: &Address, offset: usize, depth: usize) -> Option<()> {
        self.values += 1;
        if self.values > MOST_VALUES {
            if self.values == MOST_VALUES + 1 {
                self.refuse::<()>(
                    &Address::root(),
                    offset,
                    DocumentError::TooMany { what: "values", most: MOST_VALUES },
                );
            }
            return None;
        }
        if depth > DEEPEST {
            return self.refuse(address, offset, DocumentError::TooDeep);
        }
        Some(())
    }

    /// A value at its place.
    pub fn node(&self, address: Address, offset: usize, value: Value) -> Node {
        Node { place: self.place(&address, offset), value }
    }

    /// A number, from its digits.
    pub fn number(&mut self, address: &Address, offset: usize, text: &str) -> Option<Value> {
        match text.parse::<NumberText>() {
            Ok(number) => Some(Value::Number(number)),
            Err(fault) => self.refuse(address, offset, fault),
        }
    }

    /// A table that is about to be filled.
    pub fn table(&self) -> GrowingTable {
        GrowingTable { table: Table::default(), keys: HashSet::new() }
    }

    /// A list that is about to be filled.
    pub fn list(&self, address: &Address) -> GrowingList {
        GrowingList {
            address: address.clone(),
            elements: Vec::new(),
            segments: HashSet::new(),
            position: 0,
            whole: true,
        }
    }

    fn place(&self, address: &Address, offset: usize) -> Place {
        self.source.at(address.clone(), offset)
    }
}

/// A table on its way into the tree.
pub(super) struct GrowingTable {
    table: Table,
    keys: HashSet<String>,
}

impl GrowingTable {
    /// Announces a key; a second one is a problem.
    pub fn key(&mut self, key: &str, address: &Address, offset: usize, grower: &mut Grower<'_, '_>) -> Option<()> {
        if self.keys.insert(composed(key).into_owned()) {
            return Some(());
        }
        grower.refuse(&address.child(key), offset, DocumentError::DuplicateKey { key: key.to_owned() })
    }

    /// Adds the value of an announced key, or remembers that it could not be read.
    pub fn value(&mut self, key: &str, offset: usize, node: Option<Node>, grower: &Grower<'_, '_>) {
        match node {
            Some(node) => {
                let span = Some(grower.source.span(offset));
                self.table.entries.push(Entry { key: key.to_owned(), span, node });
            }
            None => self.table.unread.push(key.to_owned()),
        }
    }

    pub fn finish(self) -> Value {
        Value::Table(self.table)
    }
}

/// A list on its way into the tree.
pub(super) struct GrowingList {
    address: Address,
    elements: Vec<Node>,
    segments: HashSet<Address>,
    position: usize,
    whole: bool,
}

impl GrowingList {
    /// The address of the next element: by its id where it has one, else by its position.
    pub fn next(&mut self, id: Option<&str>, offset: usize, grower: &mut Grower<'_, '_>) -> Address {
        let address = match id {
            Some(id) => self.address.child(id),
            None => self.address.element(self.position),
        };
        let name = id.map_or_else(|| self.position.to_string(), str::to_owned);
        self.position += 1;
        if !self.segments.insert(address.clone()) {
            let fault = DocumentError::DuplicateId { id: name, list: self.address.to_string() };
            grower.refuse::<()>(&address, offset, fault);
        }
        address
    }

    /// Adds an element, or remembers that it could not be read.
    pub fn push(&mut self, element: Option<Node>) {
        match element {
            Some(node) => self.elements.push(node),
            None => self.whole = false,
        }
    }

    /// The list, where every element could be read.
    pub fn finish(self) -> Option<Value> {
        self.whole.then_some(Value::List(self.elements))
    }
}

/// The text with its accents composed (Unicode NFC).
pub(super) fn composed(text: &str) -> Cow<'_, str> {
    if is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}
