//! Causal units as rows: what starts, what accrues, and how prices count it.
//!
//! One rule: person-years and recipient-years stand apart; they are never added.

use crate::address::Address;
use crate::evaluation::OutcomeUnits;
use crate::units::{Unit, Year};
use rust_decimal::Decimal;

/// The units of an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct UnitsRow<'a> {
    /// The id of the outcome.
    pub outcome: &'a str,
    /// What starts.
    pub unit: &'a Unit,
    /// Units that start, over all intakes.
    pub started: Decimal,
    /// What accrues.
    pub accrued_unit: &'a Unit,
    /// What accrues in the years appraised.
    pub accrued: Decimal,
    /// What falls after the last year appraised and is left out.
    pub cut_off: Decimal,
}

/// The units of an outcome in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct UnitsYearRow<'a> {
    /// The id of the outcome.
    pub outcome: &'a str,
    /// What accrues.
    pub unit: &'a Unit,
    /// The calendar year.
    pub year: Year,
    /// How much accrues in it.
    pub units: Decimal,
}

/// The units of an outcome as one of its prices counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct PricedUnitsRow<'a> {
    /// The address of the value.
    pub value: &'a Address,
    /// The unit of its price.
    pub unit: &'a Unit,
    /// How many accrue in the years appraised.
    pub units: Decimal,
}

/// A row for each outcome.
pub fn unit_rows(units: &[OutcomeUnits]) -> impl Iterator<Item = UnitsRow<'_>> + Clone {
    units.iter().map(|units| UnitsRow {
        outcome: &units.outcome,
        unit: &units.unit,
        started: units.started,
        accrued_unit: &units.accrued_unit,
        accrued: units.accrued,
        cut_off: units.cut_off,
    })
}

/// A row for each outcome and year.
pub fn unit_year_rows(units: &[OutcomeUnits]) -> impl Iterator<Item = UnitsYearRow<'_>> + Clone {
    units.iter().flat_map(|units| {
        let row =
            |(year, accrued)| UnitsYearRow { outcome: &units.outcome, unit: &units.accrued_unit, year, units: accrued };
        units.by_year.iter().copied().map(row)
    })
}

/// A row for each price that does not count in the units of its outcome.
pub fn priced_unit_rows(units: &[OutcomeUnits]) -> impl Iterator<Item = PricedUnitsRow<'_>> + Clone {
    let priced = units.iter().flat_map(|units| &units.in_price_units);
    priced.map(|priced| PricedUnitsRow { value: &priced.value, unit: &priced.unit, units: priced.units })
}
