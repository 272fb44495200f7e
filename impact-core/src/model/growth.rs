//! Real growth: unit values that rise or fall against other prices, year by year.
//!
//! One rule: a rate belongs to the year it leads to: the rate of 2025 is the growth from 2024 to 2025.

use super::Slot;
use crate::address::Address;
use crate::reference::Source;
use crate::units::{Label, Year};

/// Rates of real growth by year: as given at its points, linear between them, constant after the last, none before the first.
///
/// # Formula
/// unit value of year t = unit value · Π (1 + rate of s) over the years s after the model's price year up to t; divided by
/// the same product for years before the price year.
#[derive(Debug, Clone, PartialEq)]
pub struct GrowthPath {
    /// The id in the document.
    pub id: String,
    /// `growth.<id>`.
    pub address: Address,
    /// The name in reports.
    pub name: Label,
    /// The rates given, by year, at `growth.<id>.points.<year>`.
    pub points: Vec<GrowthPoint>,
    /// Where the path comes from.
    pub source: Option<Source>,
    /// What to beware of.
    pub note: Option<String>,
}

/// The rate of one year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GrowthPoint {
    /// The year the growth leads to.
    pub year: Year,
    /// Growth from the year before, as a share.
    pub rate: Slot,
}
