//! Shared numbers and the document's own values of the catalogue.
//!
//! One rule: a shared number is declared once, in `[assumptions]`, and must be acceptable wherever it is used. Both tables
//! are read in the order of their ids, so that documents with the same hash have the same slots.

use super::common::Around;
use super::leaf::misfit;
use super::numbers::{Meant, Numbers};
use crate::address::{Address, is_id};
use crate::document::{Entry as Written, Fields, Node, nearest};
use crate::error::Problems;
use crate::model::{Accepts, Assumption, Marks, ModelFault, Origin, Point, Slot};
use crate::reference::{Entry, Shelf};

impl Numbers {
    /// Reads `[assumptions]`.
    pub fn read_shared(&mut self, node: Option<&Node>, problems: &mut Problems) {
        let Some(mut fields) = node.and_then(|node| Fields::of(node, problems)) else { return };
        for entry in by_id(fields.rest()) {
            let slot = self.read_one_shared(&entry.key, &entry.node, fields.problems());
            self.shared.insert(entry.key.clone(), slot);
        }
        fields.finish();
    }

    fn read_one_shared(&mut self, id: &str, node: &Node, problems: &mut Problems) -> Option<Slot> {
        if !is_id(id) {
            return node.refuse(ModelFault::MalformedId { id: id.to_owned() }, problems);
        }
        if node.as_table().is_some_and(|table| table.get("use").is_some()) {
            return node.refuse(ModelFault::SharedUsesShared, problems);
        }
        let around = Around::default();
        let mut assumption = super::leaf::read(node, &Meant::new("number", Accepts::Any, "", &around), problems)?;
        assumption.used_at.clear();
        Some(self.keep(assumption))
    }

    /// Reads `[catalogue]`: the document's own values in place of the catalogue's.
    pub fn read_catalogue(&mut self, node: Option<&Node>, shelf: &Shelf, problems: &mut Problems) {
        let Some(mut fields) = node.and_then(|node| Fields::of(node, problems)) else { return };
        for own in by_id(fields.rest()) {
            let slot = match shelf.get(&own.key) {
                Ok(entry) => self.read_own_value(entry, &own.node, fields.problems()),
                Err(fault) => own.node.refuse(fault, fields.problems()),
            };
            self.catalogue.insert(own.key.clone(), slot);
        }
        fields.finish();
    }

    fn read_own_value(&mut self, entry: &Entry, node: &Node, problems: &mut Problems) -> Option<Slot> {
        let around = Around::default();
        let slot = self.number(node, &Meant::new("value", Accepts::Any, price_unit(entry), &around), problems)?;
        if let Some(assumption) = self.kept.get_mut(slot.0).filter(|assumption| assumption.address == *node.address()) {
            assumption.origin = Origin::CatalogueOverridden(entry.id.clone());
            assumption.name.get_or_insert_with(|| entry.name.clone());
            assumption.used_at.clear();
        }
        Some(slot)
    }

    /// The slot of a catalogue number, used at an address; none where the document's own value of it could not be read.
    pub fn catalogue_use(&mut self, entry: &Entry, at: &Address) -> Option<Slot> {
        let slot = match self.catalogue.get(&entry.id) {
            Some(known) => (*known)?,
            None => {
                let slot = self.keep(catalogue_number(entry));
                self.catalogue.insert(entry.id.clone(), Some(slot));
                slot
            }
        };
        self.used(slot, at);
        Some(slot)
    }

    /// A `{ use = "…" }`.
    pub(super) fn shared_use(&mut self, node: &Node, meant: &Meant<'_>, problems: &mut Problems) -> Option<Slot> {
        let mut fields = Fields::of(node, problems)?;
        let id = fields.text("use");
        let place = fields.place_of("use");
        fields.finish();
        let id = id?;
        let Some(known) = self.shared.get(id) else {
            problems.add(&place, self.unknown_shared(id));
            return None;
        };
        let slot = (*known)?;
        let assumption = self.kept.get_mut(slot.0)?;
        if let Some(misfit) = misfit(assumption, meant.accepts) {
            let (quantity, expected) = (meant.quantity.to_owned(), meant.accepts.words());
            problems.add(&place, ModelFault::SharedMisfit { id: id.to_owned(), quantity, expected, misfit });
            return None;
        }
        assumption.accepts = assumption.accepts.narrower(meant.accepts);
        if assumption.unit.is_empty() {
            assumption.unit.clone_from(&meant.unit);
        }
        self.used(slot, node.address());
        Some(slot)
    }

    fn unknown_shared(&self, id: &str) -> ModelFault {
        let mut known: Vec<String> = self.shared.keys().cloned().collect();
        known.sort_unstable();
        let nearest = nearest(id, known.iter().map(String::as_str)).map(str::to_owned);
        ModelFault::UnknownShared { id: id.to_owned(), nearest, known }
    }
}

fn by_id(mut entries: Vec<&Written>) -> Vec<&Written> {
    entries.sort_by(|left, right| left.key.cmp(&right.key));
    entries
}

/// A number of the catalogue as it was read there. Its low and high ends are no distribution.
fn catalogue_number(entry: &Entry) -> Assumption {
    Assumption {
        address: Address::root().child("catalogue").child(&entry.id),
        name: Some(entry.name.clone()),
        point: entry.value,
        point_is: Point::Given,
        distribution: None,
        accepts: Accepts::Any,
        unit: price_unit(entry),
        source: Some(entry.source.clone()),
        grade: entry.grade,
        marks: Marks { illustrative: entry.illustrative, unverified: entry.provisional },
        origin: Origin::Catalogue(entry.id.clone()),
        used_at: Vec::new(),
        note: entry.note.clone(),
    }
}

fn price_unit(entry: &Entry) -> String {
    format!("{} per {} ({} prices)", entry.currency, entry.unit, entry.price_year)
}
