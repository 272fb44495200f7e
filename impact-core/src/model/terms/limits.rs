//! Limits: the least and the most that is paid, and of what.
//!
//! One rule: limits bind from the narrowest to the widest: each amount, a person, a year, the payment, the contract.

use crate::model::Slot;

/// The least and the most that is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limits {
    /// The least of each amount: a minimum payment, or a bound on what is taken back.
    pub least_each: Option<Slot>,
    /// The most of each amount.
    pub most_each: Option<Slot>,
    /// The most for one person.
    pub most_person: Option<Slot>,
    /// The most in one calendar year.
    pub most_year: Option<Slot>,
    /// The most of all.
    pub most_total: Option<Slot>,
}
