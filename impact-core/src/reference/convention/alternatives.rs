//! Alternatives: other discount schedules that a convention names beside its own, of which a document may choose one.
//!
//! One rule: a result says which schedule was chosen; nothing is averaged.

use super::read::read_schedule;
use crate::discount::Schedule;
use crate::document::{Fields, Node};
use crate::error::Problems;
use crate::reference::ReferenceError;
use crate::reference::provenance::read_label;
use crate::units::Label;

/// The word for the convention's own schedule.
const STANDARD: &str = "standard";

/// A schedule that a convention names beside its own.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Alternative {
    /// The id, by which documents choose it.
    pub id: String,
    /// What it is for.
    pub title: Label,
    /// Its rates.
    pub schedule: Schedule,
}

/// Reads `alternatives`, in the order of the file; none where something is wrong.
pub(super) fn read(fields: &mut Fields<'_, '_>) -> Option<Vec<Alternative>> {
    let Some(node) = fields.node("alternatives") else { return (!fields.has("alternatives")).then(Vec::new) };
    let mut fields = Fields::of(node, fields.problems())?;
    let entries = fields.rest();
    let found: Vec<_> =
        entries.iter().filter_map(|entry| read_one(&entry.key, &entry.node, fields.problems())).collect();
    fields.finish();
    (found.len() == entries.len()).then_some(found)
}

fn read_one(id: &str, node: &Node, problems: &mut Problems) -> Option<Alternative> {
    let mut fields = Fields::of(node, problems)?;
    let title = read_label(&mut fields, "title");
    let schedule = read_schedule(&mut fields);
    fields.finish();
    Some(Alternative { id: id.to_owned(), title: title?, schedule: schedule? })
}

/// The alternative that is chosen; none inside for the convention's own schedule.
pub(super) fn chosen(
    fields: &mut Fields<'_, '_>,
    alternatives: Option<&[Alternative]>,
    own_bands: bool,
) -> Option<Option<Alternative>> {
    let Some(word) = fields.text("schedule") else { return (!fields.has("schedule")).then_some(None) };
    if word == STANDARD {
        return Some(None);
    }
    let alternatives = alternatives?;
    let Some(found) = alternatives.iter().find(|alternative| alternative.id == word) else {
        let known = std::iter::once(STANDARD).chain(alternatives.iter().map(|one| one.id.as_str()));
        let fault = ReferenceError::UnknownWord { word: word.to_owned(), known: known.map(str::to_owned).collect() };
        fields.refuse("schedule", fault);
        return None;
    };
    if own_bands {
        fields.refuse("schedule", ReferenceError::NotOneOf { first: "bands", second: "schedule" });
        return None;
    }
    Some(Some(found.clone()))
}
