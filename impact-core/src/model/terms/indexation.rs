//! Indexation: prices of a base year carried to the year of what they pay for.
//!
//! One rule: a level is observed or written down, never guessed: a year without one is a fault of the settlement.

use super::Rounding;
use crate::address::Address;
use crate::model::Marks;
use crate::price::{PriceError, Series};
use crate::reference::Source;
use crate::units::Year;
use rust_decimal::Decimal;

/// How the prices and amounts of a schedule follow an index.
///
/// # Formula
/// `price · level(year) / level(base)`, rounded where the contract says so, each price by itself.
///
/// # Examples
/// ```
/// use impact_core::Contract;
/// let contract = Contract::from_toml(r#"
///     impact = 1
///     name = "Work kept"
///     currency = "NOK"
///     indices = { wages = { levels = { 2022 = 100, 2023 = 105.2 }, source = "annex 3" } }
///     holders = [ { id = "state", kind = "public", level = "state" }, { id = "provider", kind = "enterprise" } ]
///     [contract]
///     payee = "provider"
///     payers = [ { holder = "state" } ]
///     metrics = [ { id = "kept", kind = "count" } ]
///     [[contract.payments]]
///     id = "kept"
///     of = "kept"
///     schedule = { per_unit = 20_000 }
///     indexed = { by = "wages", base = 2022, year = "observation" }
/// "#)?;
/// let indexed = contract.terms().payments[0].indexed.as_ref();
/// assert_eq!(indexed.map(|indexed| indexed.by.as_str()), Some("wages"));
/// # Ok::<(), impact_core::error::ModelError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Indexation {
    /// `contract.payments.<id>.indexed`.
    pub address: Address,
    /// The id of the series: one of the library's, or of the document's own.
    pub by: String,
    /// Where its levels come from, with their edition.
    pub source: Option<Source>,
    /// Its levels by year.
    pub levels: Series,
    /// The year whose prices the terms are in; it has a level.
    pub base: Year,
    /// Which year's level counts.
    pub year: IndexYear,
    /// How an indexed price is rounded; none: not by itself.
    pub rounding: Option<Rounding>,
    /// What the document says of its own levels.
    pub marks: Marks,
}

impl Indexation {
    /// The level of a year, and that of the base.
    ///
    /// # Errors
    /// A year that the series does not cover.
    pub fn levels_of(&self, year: Year) -> Result<(Decimal, Decimal), PriceError> {
        Ok((self.levels.level(year)?, self.levels.level(self.base)?))
    }
}

/// Which year's level of an index counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum IndexYear {
    /// The year of the last observation that a line rests on.
    Observation,
    /// The year in which the line is due.
    Due,
    /// The year in which the first of the cohort came.
    Cohort,
}
