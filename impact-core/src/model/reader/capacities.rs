//! Reading capacities: places that release money in whole steps, and the values that free them.
//!
//! One rule: what a value of a capacity really avoids and releases is said, never taken by default.

use super::Reader;
use super::common::{Around, Entry, text, year};
use super::numbers::Meant;
use crate::address::{Address, Place};
use crate::document::{Fields, Node, nearest};
use crate::error::Problems;
use crate::model::{Accepts, Capacity, CapacityFault, HolderIndex, Origin, Outcome, OutcomeValue, Slot, ValueKind};

impl Reader {
    pub(super) fn capacity(
        &mut self,
        node: &Node,
        (document, outcomes): (&Node, &[Outcome]),
        taken: &mut Vec<Address>,
        problems: &mut Problems,
    ) -> Option<Capacity> {
        let sound = problems.is_empty();
        let mut fields = Fields::of(node, problems)?;
        let entry = Entry::read(&mut fields);
        let holder = self.holders.required(&mut fields, "holder");
        let around = Around::read(&mut fields);
        let meant = Meant::new("places per step", Accepts::Positive, "places", &around);
        let places_per_step = self.numbers.required(&mut fields, "places_per_step", &meant);
        let cashable_from = year(&mut fields, "cashable_from");
        let id = entry.as_ref().map_or("", |entry| entry.id.as_str()).to_owned();
        let values = fields.required("values").and_then(|list| {
            let nodes = list.read_list(fields.problems())?;
            if nodes.is_empty() {
                return list.refuse(CapacityFault::NoValues, fields.problems());
            }
            let known = Known { document, outcomes, sound, capacity: &id, holder };
            let found = nodes.iter().filter_map(|node| self.freeing(node, &known, taken, fields.problems()));
            let found: Vec<Address> = found.collect();
            (found.len() == nodes.len()).then_some(found)
        });
        let note = text(&mut fields, "note");
        fields.finish();
        let Entry { id, address, name } = entry?;
        Some(Capacity {
            id,
            address,
            name,
            holder: holder?,
            places_per_step: places_per_step?,
            values: values?,
            cashable_from,
            source: around.source,
            note,
        })
    }

    /// The address of a value that frees places.
    fn freeing(
        &self,
        node: &Node,
        known: &Known<'_>,
        taken: &mut Vec<Address>,
        problems: &mut Problems,
    ) -> Option<Address> {
        let address = node.read_parsed::<Address>(problems)?;
        let values = || known.outcomes.iter().flat_map(|outcome| &outcome.values);
        let Some(value) = values().find(|value| value.address == address) else {
            // What could not be read is a problem of its own.
            if known.sound || known.document.at(&address).is_none() {
                let nearest = nearest(address.as_str(), values().map(|value| value.address.as_str()));
                let nearest = nearest.map(str::to_owned);
                let fault = CapacityFault::UnknownValue { address: address.to_string(), nearest };
                return node.refuse(fault, problems);
            }
            return None;
        };
        if taken.contains(&address) {
            return node.refuse(CapacityFault::ListedTwice { address: address.to_string() }, problems);
        }
        taken.push(address.clone());
        if let Some(fault) = self.unfit(value, known) {
            return node.refuse(fault, problems);
        }
        for (key, slot) in [("avoidable", value.avoidable), ("cashable", value.cashable)] {
            if self.is_default(slot) {
                let fault = CapacityFault::ShareMissing { key, capacity: known.capacity.to_owned() };
                problems.add(&Place::at(address.clone()), fault);
            }
        }
        Some(address)
    }

    /// Why a value frees no places of a capacity.
    fn unfit(&self, value: &OutcomeValue, known: &Known<'_>) -> Option<CapacityFault> {
        let address = value.address.to_string();
        if value.kind != ValueKind::Fiscal {
            return Some(CapacityFault::NotFiscal { address });
        }
        if let Some(holder) = known.holder.filter(|holder| *holder != value.to) {
            let (gains, holder) = (self.holders.id(value.to).to_owned(), self.holders.id(holder).to_owned());
            return Some(CapacityFault::OtherHolder { address, gains, holder });
        }
        let unit = &value.price.unit;
        unit.period().is_none().then(|| CapacityFault::NoPlaces { address, unit: unit.clone() })
    }

    fn is_default(&self, slot: Slot) -> bool {
        self.numbers.kept.get(slot.0).is_some_and(|number| number.origin == Origin::Default)
    }
}

/// What is known of the document around a list of values.
struct Known<'a> {
    document: &'a Node,
    outcomes: &'a [Outcome],
    sound: bool,
    capacity: &'a str,
    holder: Option<HolderIndex>,
}
