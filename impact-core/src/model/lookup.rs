//! Finding numbers by their addresses: through `use`, through catalogue ids, and near misses.

use super::{Model, ModelFault, Slot};
use crate::address::{Address, Place};
use crate::document::nearest;
use crate::error::ModelError;
use std::collections::HashMap;

impl Model {
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
