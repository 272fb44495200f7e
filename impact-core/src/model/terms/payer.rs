//! Payers: how an amount is shared.

use crate::model::{HolderIndex, Slot};

/// Who pays, which share, and up to what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payer {
    /// The holder.
    pub holder: HolderIndex,
    /// Its share of each amount; none of a fund that tops up.
    pub share: Option<Slot>,
    /// The most it pays in all.
    pub at_most: Option<Slot>,
    /// Whether it pays what the others' limits leave unpaid.
    pub tops_up: bool,
}
