//! Finding numbers by their addresses: through `use`, through catalogue ids, and near misses.

use super::{Model, ModelFault, Slot};
use crate::address::{Address, Place};
use crate::document::{Node, Value, nearest};
use crate::error::ModelError;
use std::collections::HashMap;

impl Model {
    /// What the document says at an address of the model: the amount of a year too, which stands in a list.
    pub fn node_at(&self, address: &Address) -> Option<&Node> {
        self.document().at(&place_in(self.document(), address))
    }

    /// The slot of the number at an address: its own address, an address that uses a shared number, or the price of a
    /// value that comes from the catalogue.
    ///
    /// # Errors
    /// No number stands there: the problem names the nearest known address.
    pub fn number_at(&self, address: &str) -> Result<Slot, ModelError> {
        let parsed = address.parse::<Address>().map_err(|fault| ModelError::one(Place::document(), fault))?;
        slot_at(&self.0.slots, &parsed)
            .ok_or_else(|| ModelError::one(Place::document(), unknown_address(&self.0.slots, address)))
    }
}

/// Where the number of an address stands in the document: the amount of a year in a list, by its position.
pub(super) fn place_in(document: &Node, address: &Address) -> Address {
    let segments: Vec<&str> = address.segments().collect();
    let [list @ ("costs" | "transfers"), id, "per_year", year, rest @ ..] = segments.as_slice() else {
        return address.clone();
    };
    let flow = Address::root().child(list).child(id);
    let at = |key: &str| document.at(&flow.child(key)).and_then(Node::as_list);
    let first = at("years").and_then(|years| years.first()?.as_number()?.text().parse::<i32>().ok());
    let position =
        first.zip(year.parse::<i32>().ok()).and_then(|(first, year)| usize::try_from(year.checked_sub(first)?).ok());
    match (at("per_year"), position) {
        (Some(amounts), Some(position)) if position < amounts.len() => {
            let amount = flow.child("per_year").element(position);
            rest.iter().fold(amount, |address, segment| address.child(segment))
        }
        _ => address.clone(),
    }
}

/// The slot at an address; `….value` also finds the number whose table it stands in, or the catalogue's price.
pub(super) fn slot_at(slots: &HashMap<Address, Slot>, address: &Address) -> Option<Slot> {
    if let Some(slot) = slots.get(address) {
        return Some(*slot);
    }
    let table: Address = address.as_str().strip_suffix(".value")?.parse().ok()?;
    slots.get(&table).or_else(|| slots.get(&table.child("proxy"))).copied()
}

/// That no number stands at an address, with the nearest that do.
pub(super) fn unknown_address(slots: &HashMap<Address, Slot>, address: &str) -> ModelFault {
    let mut known: Vec<&str> = slots.keys().map(Address::as_str).collect();
    known.sort_unstable();
    let nearest = nearest(address, known).map(str::to_owned);
    ModelFault::UnknownAddress { address: address.to_owned(), nearest }
}

/// That nothing of a document stands at an address, with the nearest that does.
pub(super) fn unknown_place(
    (of, document): (&'static str, &Node),
    slots: &HashMap<Address, Slot>,
    defaults: &[super::Default],
    address: &str,
) -> ModelFault {
    let mut known: Vec<&Address> = slots.keys().collect();
    known.extend(defaults.iter().map(|default| &default.address));
    collect(document, &mut known);
    known.sort_unstable();
    let nearest = nearest(address, known.into_iter().map(Address::as_str)).map(str::to_owned);
    ModelFault::UnknownPlace { of, address: address.to_owned(), nearest }
}

/// The addresses of a node and of all below it.
fn collect<'n>(node: &'n Node, found: &mut Vec<&'n Address>) {
    found.push(node.address());
    match &node.value {
        Value::Table(table) => table.entries().iter().for_each(|entry| collect(&entry.node, found)),
        Value::List(list) => list.iter().for_each(|element| collect(element, found)),
        _ => {}
    }
}
