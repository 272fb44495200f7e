//! The numbers of a model: each at its slot, whether written in place, shared, from the catalogue or the register, or left out.
//!
//! One rule: an address has one slot; whatever uses a shared, a catalogue or a register number uses that number's slot.

use super::common::Around;
use crate::address::Address;
use crate::document::{Fields, Node, Value};
use crate::error::Problems;
use crate::model::{Accepts, Assumption, Default, Marks, Origin, Point, Slot};
use crate::units::Label;
use rust_decimal::Decimal;
use std::collections::HashMap;

/// The numbers read so far, and what was left out.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    pub kept: Vec<Assumption>,
    pub slots: HashMap<Address, Slot>,
    pub defaults: Vec<Default>,
    /// Shared numbers by id; none where one is declared but could not be read.
    pub shared: HashMap<String, Option<Slot>>,
    /// Catalogue numbers by id, those the document overrides and those it uses.
    pub catalogue: HashMap<String, Option<Slot>>,
    /// Numbers of the register of effects by id, those the document overrides and those it uses.
    pub effects: HashMap<String, Option<Slot>>,
}

/// What a number must be, and what the table around it says of it.
pub(super) struct Meant<'a> {
    /// What it is in the analyst's words: `deadweight`.
    pub quantity: &'a str,
    pub accepts: Accepts,
    /// Its unit in words.
    pub unit: String,
    pub around: &'a Around,
}

impl<'a> Meant<'a> {
    pub fn new(quantity: &'a str, accepts: Accepts, unit: impl Into<String>, around: &'a Around) -> Self {
        Self { quantity, accepts, unit: unit.into(), around }
    }

    pub fn share(quantity: &'a str, around: &'a Around) -> Self {
        Self::new(quantity, Accepts::Share, "share", around)
    }
}

impl Numbers {
    /// The number here: written in place, or a use of a shared one.
    pub fn number(&mut self, node: &Node, meant: &Meant<'_>, problems: &mut Problems) -> Option<Slot> {
        match &node.value {
            Value::Table(table) if table.get("use").is_some() => self.shared_use(node, meant, problems),
            _ => {
                let assumption = super::leaf::read(node, meant, problems)?;
                Some(self.keep(assumption))
            }
        }
    }

    /// The number under a key, where there is one.
    pub fn optional(&mut self, fields: &mut Fields<'_, '_>, key: &str, meant: &Meant<'_>) -> Option<Slot> {
        let node = fields.node(key)?;
        self.number(node, meant, fields.problems())
    }

    /// The number under a key that must be there.
    pub fn required(&mut self, fields: &mut Fields<'_, '_>, key: &str, meant: &Meant<'_>) -> Option<Slot> {
        let node = fields.required(key)?;
        self.number(node, meant, fields.problems())
    }

    /// The number under a key, or the default that is listed in its place.
    pub fn or_default(
        &mut self,
        fields: &mut Fields<'_, '_>,
        key: &str,
        meant: &Meant<'_>,
        default: (Decimal, Label),
    ) -> Option<Slot> {
        if fields.has(key) {
            return self.optional(fields, key, meant);
        }
        fields.known(&[key]);
        Some(self.left_out(fields.place_of(key).address, meant, default))
    }

    /// A number that was left out, and is listed.
    pub fn left_out(&mut self, address: Address, meant: &Meant<'_>, default: (Decimal, Label)) -> Slot {
        let (point, because) = default;
        self.defaulted(&address, point.to_string(), because);
        self.unlisted(address, meant, point)
    }

    /// A number that was left out where it makes no difference.
    pub fn unlisted(&mut self, address: Address, meant: &Meant<'_>, point: Decimal) -> Slot {
        self.keep(Assumption {
            used_at: vec![address.clone()],
            address,
            name: None,
            point,
            point_is: Point::Given,
            distribution: None,
            accepts: meant.accepts,
            unit: meant.unit.clone(),
            source: None,
            grade: None,
            marks: Marks::default(),
            origin: Origin::Default,
            note: None,
        })
    }

    /// A number that the conventions say.
    pub fn of_conventions(&mut self, address: Address, meant: &Meant<'_>, point: Decimal, marks: Marks) -> Slot {
        let slot = self.unlisted(address, meant, point);
        if let Some(kept) = self.kept.get_mut(slot.0) {
            kept.marks = marks;
            kept.source = meant.around.source.clone();
        }
        slot
    }

    /// Lists what was left out and what is taken instead.
    pub fn defaulted(&mut self, address: &Address, taken: impl Into<String>, because: Label) {
        self.defaults.push(Default { address: address.clone(), taken: taken.into(), because });
    }

    /// The word of a choice, or the default that is listed in its place.
    pub fn word_or<T: Clone + PartialEq>(
        &mut self,
        fields: &mut Fields<'_, '_>,
        key: &str,
        words: &[(&str, T)],
        default: (T, Label),
    ) -> Option<T> {
        if fields.has(key) {
            return fields.one_of(key, words);
        }
        fields.known(&[key]);
        let (choice, because) = default;
        let word = words.iter().find(|(_, other)| *other == choice).map_or("", |(word, _)| word);
        self.defaulted(&fields.place_of(key).address, word, because);
        Some(choice)
    }

    /// The shared numbers by themselves, for a contract that uses them: its slots are its own.
    pub fn shared_alone(&self) -> Self {
        let mut alone = Self::default();
        let mut ids: Vec<(&String, &Option<Slot>)> = self.shared.iter().collect();
        ids.sort();
        for (id, slot) in ids {
            let number = slot.and_then(|slot| self.kept.get(slot.0));
            let kept = number.map(|number| alone.keep(Assumption { used_at: Vec::new(), ..number.clone() }));
            alone.shared.insert(id.clone(), kept);
        }
        alone
    }

    /// Gives an assumption its slot.
    pub fn keep(&mut self, assumption: Assumption) -> Slot {
        let slot = Slot(self.kept.len());
        self.slots.insert(assumption.address.clone(), slot);
        self.kept.push(assumption);
        slot
    }

    /// Notes that an address uses a slot.
    pub fn used(&mut self, slot: Slot, at: &Address) {
        self.slots.insert(at.clone(), slot);
        if let Some(assumption) = self.kept.get_mut(slot.0) {
            assumption.used_at.push(at.clone());
        }
    }

    /// Where the number of a slot stands.
    pub fn address(&self, slot: Slot) -> Option<Address> {
        self.kept.get(slot.0).map(|assumption| assumption.address.clone())
    }

    /// The point value of a slot.
    pub fn point(&self, slot: Slot) -> Option<Decimal> {
        self.kept.get(slot.0).map(|assumption| assumption.point)
    }
}
