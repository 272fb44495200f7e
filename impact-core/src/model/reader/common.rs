//! What tables of every kind have: ids, names, sources, years.

use crate::address::{Address, is_id};
use crate::document::{Fields, Node, Value};
use crate::error::Problems;
use crate::model::ModelFault;
use crate::reference::{Grade, Source};
use crate::units::{Label, UnitError, Year};
use std::collections::BTreeMap;

/// What a table says of every number in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Around {
    pub source: Option<Source>,
    pub grade: Option<Grade>,
    pub illustrative: bool,
}

impl Around {
    /// Reads `source` and `illustrative` of a table.
    pub fn read(fields: &mut Fields<'_, '_>) -> Self {
        let source = source(fields, "source");
        Self { source, grade: None, illustrative: fields.flag("illustrative").unwrap_or(false) }
    }

    /// The same where a source and a grade of its own are nearer.
    pub fn nearer(&self, source: Option<Source>, grade: Option<Grade>) -> Self {
        Self { source: source.or_else(|| self.source.clone()), grade: grade.or(self.grade), ..self.clone() }
    }
}

/// A table of a list with its id: what is listed, and what it is called.
pub(super) struct Entry {
    pub id: String,
    pub address: Address,
    pub name: Label,
}

impl Entry {
    /// Reads `id` and `name`; the name is the id where none is given.
    pub fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let id = read_id(fields);
        let name = label(fields, "name");
        let id = id?;
        Some(Self { address: fields.place().address.clone(), name: name.unwrap_or_else(|| Label::plain(&id)), id })
    }
}

pub(super) fn read_id(fields: &mut Fields<'_, '_>) -> Option<String> {
    let id = fields.required_text("id")?;
    if !is_id(id) {
        fields.refuse("id", ModelFault::MalformedId { id: id.to_owned() });
        return None;
    }
    Some(id.to_owned())
}

/// What stands under ids of the author's own, in the order of the ids; none where it could not be read.
#[derive(Debug)]
pub(super) struct Named<T> {
    pub kept: Vec<T>,
    pub known: BTreeMap<String, Option<usize>>,
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self { kept: Vec::new(), known: BTreeMap::new() }
    }
}

impl<T> Named<T> {
    /// Reads each table under its id.
    pub fn read(
        node: Option<&Node>,
        problems: &mut Problems,
        mut one: impl FnMut(&str, Fields<'_, '_>) -> Option<T>,
    ) -> Self {
        let mut named = Self::default();
        let Some(mut fields) = node.and_then(|node| Fields::of(node, problems)) else { return named };
        let mut entries = fields.rest();
        entries.sort_by(|left, right| left.key.cmp(&right.key));
        for entry in entries {
            let found = if is_id(&entry.key) {
                Fields::of(&entry.node, fields.problems()).and_then(|fields| one(&entry.key, fields))
            } else {
                entry.node.refuse(ModelFault::MalformedId { id: entry.key.clone() }, fields.problems())
            };
            let position = found.is_some().then_some(named.kept.len());
            named.known.insert(entry.key.clone(), position);
            named.kept.extend(found);
        }
        fields.finish();
        named
    }

    /// The ids, those included that could not be read.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.known.keys().map(String::as_str)
    }
}

/// The tables of a list, read one by one; those that could not be read are left out.
pub(super) fn list<'n, T>(
    node: Option<&'n Node>,
    problems: &mut Problems,
    mut read: impl FnMut(&'n Node, &mut Problems) -> Option<T>,
) -> Vec<T> {
    let nodes = node.and_then(|node| node.read_list(problems)).unwrap_or_default();
    nodes.iter().filter_map(|node| read(node, problems)).collect()
}

/// The text under a key, in one language or both.
pub(super) fn label(fields: &mut Fields<'_, '_>, key: &str) -> Option<Label> {
    let node = fields.node(key)?;
    match &node.value {
        Value::Text(text) => Some(Label::plain(text)),
        Value::Table(_) => {
            let mut fields = Fields::of(node, fields.problems())?;
            let en = fields.required_text("en").map(str::to_owned);
            let nb = fields.text("nb").map(str::to_owned);
            fields.finish();
            Some(Label { en: en?, nb })
        }
        _ => node.wrong_kind("a text, or a table with `en` and `nb`", fields.problems()),
    }
}

/// The source under a key.
pub(super) fn source(fields: &mut Fields<'_, '_>, key: &str) -> Option<Source> {
    let node = fields.node(key)?;
    Source::read(node, fields.problems())
}

/// The text under a key, owned.
pub(super) fn text(fields: &mut Fields<'_, '_>, key: &str) -> Option<String> {
    fields.text(key).map(str::to_owned)
}

/// The year here.
pub(super) fn year_at(node: &Node, problems: &mut Problems) -> Option<Year> {
    match Year::new(node.read_integer(problems)?) {
        Ok(year) => Some(year),
        Err(fault) => node.refuse(fault, problems),
    }
}

/// The year that a key of an author's own table names.
pub(super) fn year_key(entry: &crate::document::Entry, problems: &mut Problems) -> Option<Year> {
    let year = entry.key.parse::<i64>().ok().and_then(|number| Year::new(number).ok());
    year.or_else(|| {
        let expected = "a year between 1900 and 2999";
        let fault = UnitError::OutOfRange { quantity: "year", value: entry.key.clone(), expected };
        entry.node.refuse(fault, problems)
    })
}

/// The year under a key.
pub(super) fn year(fields: &mut Fields<'_, '_>, key: &str) -> Option<Year> {
    let node = fields.node(key)?;
    year_at(node, fields.problems())
}

/// The year under a key that must be there.
pub(super) fn required_year(fields: &mut Fields<'_, '_>, key: &str) -> Option<Year> {
    let node = fields.required(key)?;
    year_at(node, fields.problems())
}

/// The count under a key, between two bounds.
pub(super) fn count(
    fields: &mut Fields<'_, '_>,
    key: &str,
    quantity: &'static str,
    range: (u32, u32),
    expected: &'static str,
) -> Option<u32> {
    let number = fields.integer(key)?;
    match u32::try_from(number) {
        Ok(count) if (range.0..=range.1).contains(&count) => Some(count),
        _ => {
            fields.refuse(key, UnitError::OutOfRange { quantity, value: number.to_string(), expected });
            None
        }
    }
}
