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
///
/// # Examples
/// ```
/// use impact_core::Model;
/// # let head = "impact = 1\nname = 'x'\ncountry = 'NO'\ncurrency = 'NOK'\nprice_year = 2024\nstart = 2024\n";
/// let model = Model::from_toml(&format!(r#"{head}
///     holders = [ {{ id = "people", kind = "people" }} ]
///     [growth.wages]
///     points = {{ 2025 = 0.01, 2027 = 0.03 }}
///     [[outcomes]]
///     id = "work"
///     holder = "people"
///     quantity = 1
///     duration = 3
///     values = [ {{ id = "wage", kind = "economic", value = 1000, unit = "person-year", growth = "wages" }} ]
/// "#))?;
/// let appraisal = model.appraise()?;
/// let amounts: Vec<String> =
///     appraisal.ledger().postings().iter().map(|posting| posting.amount.normalize().to_string()).collect();
/// assert_eq!(amounts, ["1000", "1010", "1030.2"]); // 1 % in 2025, 2 % in 2026
/// # Ok::<(), impact_core::error::ModelError>(())
/// ```
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
