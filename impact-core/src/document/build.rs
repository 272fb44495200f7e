//! Trees made in code.
//!
//! One rule: a node's address is given once, at its top; everything below it takes its address from there.

use super::tree::composed;
use super::{DocumentError, Entry, Node, NumberText, Table, Value};
use crate::address::{Address, Place};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::HashSet;

impl Node {
    /// A value at an address; what lies in it gets the addresses below, and keeps its line and column.
    ///
    /// # Examples
    /// ```
    /// use impact_core::address::Address;
    /// use impact_core::document::{Node, Table, Value};
    /// let mut cost = Table::default();
    /// cost.insert("id", "team")?;
    /// cost.insert("amount", 400_000)?;
    /// let mut model = Table::default();
    /// model.insert("costs", Value::list([cost]))?;
    /// let node = Node::new(Address::root(), model);
    /// assert_eq!(node.canonical(), r#"{"costs":[{"amount":400000,"id":"team"}]}"#);
    /// assert!(node.at(&"costs.team.amount".parse()?).is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(address: Address, value: impl Into<Value>) -> Self {
        let mut node = Self { place: Place::at(Address::root()), value: value.into() };
        node.readdress(address);
        node
    }

    /// Gives this node and all below it their addresses, counted from here.
    /// The same at another address.
    pub(crate) fn moved(&self, address: Address) -> Self {
        let mut node = self.clone();
        node.readdress(address);
        node
    }

    pub(super) fn readdress(&mut self, address: Address) {
        match &mut self.value {
            Value::Table(table) => {
                for entry in &mut table.entries {
                    entry.node.readdress(address.child(&entry.key));
                }
            }
            Value::List(list) => {
                for (position, element) in list.iter_mut().enumerate() {
                    let segment = element.id().map_or_else(|| position.to_string(), str::to_owned);
                    element.readdress(address.child(&segment));
                }
            }
            _ => {}
        }
        self.place.address = address;
    }

    /// The id of a table that has one.
    pub fn id(&self) -> Option<&str> {
        self.as_table()?.get("id")?.as_text()
    }
}

impl Table {
    /// A table of keys with their values, and of keys whose values could not be read: their problems are noted elsewhere,
    /// and nobody calls them missing. The addresses of what is in it are set by [`Node::new`].
    ///
    /// # Errors
    /// A key that stands in it twice.
    pub fn of(
        entries: impl IntoIterator<Item = (String, Value)>,
        unread: impl IntoIterator<Item = String>,
    ) -> Result<Self, DocumentError> {
        let (mut table, mut keys) = (Self::default(), HashSet::new());
        for (key, value) in entries {
            if !keys.insert(composed(&key).into_owned()) {
                return Err(DocumentError::DuplicateKey { key });
            }
            let node = Node { place: Place::at(Address::root()), value };
            table.entries.push(Entry { key, span: None, node });
        }
        table.unread.extend(unread);
        Ok(table)
    }

    /// Adds a key with its value. The addresses of what is added are set by [`Node::new`].
    ///
    /// # Errors
    /// The key is in the table already.
    pub fn insert(&mut self, key: &str, value: impl Into<Value>) -> Result<(), DocumentError> {
        if self.get(key).is_some() {
            return Err(DocumentError::DuplicateKey { key: key.to_owned() });
        }
        let node = Node::new(Address::root().child(key), value);
        self.entries.push(Entry { key: key.to_owned(), span: None, node });
        Ok(())
    }
}

impl Value {
    /// A number.
    pub fn number(value: Decimal) -> Self {
        Self::Number(value.into())
    }

    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A list.
    pub fn list<V: Into<Value>>(elements: impl IntoIterator<Item = V>) -> Self {
        Self::List(elements.into_iter().map(|element| Node::new(Address::root(), element)).collect())
    }
}

/// What a value is made of.
macro_rules! made_of {
    ($($from:ty => $make:expr;)*) => {
        $(impl From<$from> for Value {
            fn from(value: $from) -> Self {
                let make: fn($from) -> Value = $make;
                make(value)
            }
        })*
    };
}

made_of! {
    NumberText => Value::Number;
    Decimal => Value::number;
    i32 => |value| Value::number(value.into());
    i64 => |value| Value::number(value.into());
    u32 => |value| Value::number(value.into());
    u64 => |value| Value::number(value.into());
    usize => |value| Value::number(value.into());
    &str => |value| Value::text(value);
    String => Value::Text;
    bool => Value::Flag;
    NaiveDate => Value::Date;
    Table => Value::Table;
}

impl<V: Into<Value>> From<Vec<V>> for Value {
    fn from(elements: Vec<V>) -> Self {
        Self::list(elements)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_be_read_is_not_missing() {
        let table = Table::of([("name".to_owned(), Value::text("Garden"))], ["start".to_owned()]).unwrap();
        assert!(table.get("start").is_none() && table.is_unread("start"));
        assert!(!table.is_unread("name") && !table.is_unread("horizon"));
    }

    #[test]
    fn a_key_twice_is_refused_however_its_accents_are_written() {
        let entries = ["n\u{e5}r", "na\u{30a}r"].map(|key| (key.to_owned(), Value::from(1)));
        assert!(Table::of(entries, []).unwrap_err().to_string().ends_with("is written twice"));
    }
}
