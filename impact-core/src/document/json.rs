//! JSON into the tree.
//!
//! One rule: numbers stay text. Every value is taken as the raw piece of the document it is, which gives its digits and its
//! place; a piece is opened only to find the pieces in it.

use super::number_style::style_fault;
use super::source::{Source, number_around};
use super::tree::Grower;
use super::{DocumentError, Node, Value};
use crate::address::Address;
use crate::error::{Problem, Problems};
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// What the JSON says; everything wrong with it is added to the problems.
pub(super) fn read(source: &Source<'_>, problems: &mut Problems) -> Option<Node> {
    let root: &RawValue = match serde_json::from_str(source.text()) {
        Ok(root) => root,
        Err(error) => {
            let offset = source.offset(error.line(), error.column());
            problems.push(Problem::new(source.place(offset), mistake(source.text(), offset, &error)));
            return None;
        }
    };
    let mut reader = Reader { text: source.text(), grower: Grower::new(source, problems) };
    if !root.get().starts_with('{') {
        let found = kind(root.get());
        let at = reader.offset(root);
        return reader.grower.refuse(&Address::root(), at, DocumentError::WrongKind { expected: "a table", found });
    }
    reader.node(root, Address::root(), 0)
}

/// What an error of the parser at an offset means to an author.
fn mistake(text: &str, offset: usize, error: &serde_json::Error) -> DocumentError {
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
    let rest = text.get(offset..).unwrap_or_default();
    let plainly = match message {
        "key must be a string" if rest.starts_with(|c: char| c.is_ascii_digit()) => {
            if let Some(fault) = number_around(text, offset).and_then(style_fault) {
                return fault;
            }
            "a key must stand in double quotes"
        }
        "key must be a string" if rest.starts_with('}') => "a comma stands before the end of the table",
        "key must be a string" => "a key must stand in double quotes",
        "EOF while parsing a list" => "the document ends inside a list",
        "EOF while parsing an object" => "the document ends inside a table",
        "EOF while parsing a string" => "the document ends inside a text",
        "EOF while parsing a value" => "the document ends where a value is expected",
        "trailing characters" => "something follows the end of the document",
        "expected value" => {
            "a value is expected here: a number, a text in double quotes, true, false, a list or a table"
        }
        _ => message,
    };
    DocumentError::Syntax { message: plainly.to_owned() }
}

/// The kind of a raw value, in the words of messages.
fn kind(raw: &str) -> &'static str {
    match raw.bytes().next() {
        Some(b'{') => "a table",
        Some(b'[') => "a list",
        Some(b'"') => "a text",
        Some(b't' | b'f') => "true or false",
        Some(b'n') => "null",
        _ => "a number",
    }
}

struct Reader<'s, 'p> {
    text: &'s str,
    grower: Grower<'s, 'p>,
}

impl<'s> Reader<'s, '_> {
    /// Where a raw piece stands in the document it borrows from.
    fn offset(&self, raw: &RawValue) -> usize {
        (raw.get().as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize)
    }

    fn node(&mut self, raw: &'s RawValue, address: Address, depth: usize) -> Option<Node> {
        let at = self.offset(raw);
        self.grower.within_bounds(&address, at, depth)?;
        let value = match raw.get().bytes().next() {
            Some(b'{') => self.table(raw, &address, at, depth)?,
            Some(b'[') => self.list(raw, &address, at, depth)?,
            Some(b'"') => Value::Text(self.opened(raw.get(), &address, at)?),
            Some(b't') => Value::Flag(true),
            Some(b'f') => Value::Flag(false),
            Some(b'n') => return self.grower.refuse(&address, at, DocumentError::Null),
            _ => self.grower.number(&address, at, raw.get())?,
        };
        Some(self.grower.node(address, at, value))
    }

    fn table(&mut self, raw: &'s RawValue, address: &Address, at: usize, depth: usize) -> Option<Value> {
        let pieces: Pieces<'s> = self.opened(raw.get(), address, at)?;
        let mut grown = self.grower.table();
        for (key, value) in pieces.0 {
            let key_at = self.offset(key);
            let Some(name) = self.opened::<String>(key.get(), address, key_at) else { continue };
            if grown.key(&name, address, key_at, &mut self.grower).is_some() {
                let node = self.node(value, address.child(&name), depth + 1);
                grown.value(&name, key_at, node, &self.grower);
            }
        }
        Some(grown.finish())
    }

    fn list(&mut self, raw: &'s RawValue, address: &Address, at: usize, depth: usize) -> Option<Value> {
        let pieces: Vec<&'s RawValue> = self.opened(raw.get(), address, at)?;
        let mut grown = self.grower.list(address);
        for piece in pieces {
            let id = id_of(piece);
            let own = grown.next(id.as_deref(), self.offset(piece), &mut self.grower);
            grown.push(self.node(piece, own, depth + 1));
        }
        grown.finish()
    }

    /// What a raw piece holds; a text may still have escapes that stand for no character.
    fn opened<T: serde::Deserialize<'s>>(&mut self, raw: &'s str, address: &Address, at: usize) -> Option<T> {
        match serde_json::from_str(raw) {
            Ok(value) => Some(value),
            Err(error) => {
                let inside = Source::new(raw).offset(error.line(), error.column());
                self.grower.refuse(address, at + inside, mistake(raw, inside, &error))
            }
        }
    }
}

/// The id of a table, where it has one that is a text.
fn id_of(raw: &RawValue) -> Option<String> {
    if !raw.get().starts_with('{') {
        return None;
    }
    let pieces: Pieces<'_> = serde_json::from_str(raw.get()).ok()?;
    let (_, value) = pieces.0.iter().find(|(key, _)| key.get() == "\"id\"")?;
    serde_json::from_str(value.get()).ok()
}

/// The keys and values of a table, raw and in order; a key may come twice.
struct Pieces<'s>(Vec<(&'s RawValue, &'s RawValue)>);

impl<'s> serde::Deserialize<'s> for Pieces<'s> {
    fn deserialize<D: Deserializer<'s>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'s> Visitor<'s> for Entries {
            type Value = Pieces<'s>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table")
            }

            fn visit_map<A: MapAccess<'s>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pieces = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    pieces.push(entry);
                }
                Ok(Pieces(pieces))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}
