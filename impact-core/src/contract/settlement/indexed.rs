//! Prices carried by an index: what a schedule's prices are in the year that counts.
//!
//! One rule: each price and amount is carried by itself, from the base year at once, and rounded as the contract says.
//!
//! # Formula
//! `price · level(year) / level(base)`

use super::due_day::due_day;
use super::fault::SettlementFault;
use crate::contract::values::at;
use crate::model::terms::{Cohort, IndexYear, Indexation, Payment, Terms};
use crate::number::Exact;
use crate::units::Year;
use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

/// By which index the prices of a line were carried, and from where to where.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Indexed {
    /// The id of the series.
    pub by: String,
    /// The year whose prices the terms are in.
    pub base: i32,
    /// The year they were carried to.
    pub year: i32,
    /// The level of the base year.
    pub base_level: Decimal,
    /// The level of the year.
    pub level: Decimal,
}

/// The values of a payment's prices in the year of a line, and how they came about; none where they follow no index.
pub(super) fn carried(
    (terms, payment): (&Terms, &Payment),
    values: &[Exact],
    date: NaiveDate,
    cohort: Option<&Cohort>,
) -> Result<Option<(Vec<Exact>, Indexed)>, SettlementFault> {
    let Some(indexation) = &payment.indexed else { return Ok(None) };
    let year = match indexation.year {
        IndexYear::Observation => date.year(),
        IndexYear::Due => due_day(terms, payment, date)?.year(),
        IndexYear::Cohort => cohort.ok_or(SettlementFault::NoCohortYear { date })?.starts.year(),
    };
    let missing = |source| SettlementFault::NotIndexed { by: indexation.by.clone(), date, source };
    let in_calendar = Year::new(i64::from(year)).map_err(|_| SettlementFault::NoSuchYear { year })?;
    let (level, base_level) = indexation.levels_of(in_calendar).map_err(missing)?;
    let values = with_prices(payment, indexation, values, (level, base_level))?;
    let indexed = Indexed { by: indexation.by.clone(), base: indexation.base.number(), year, base_level, level };
    Ok(Some((values, indexed)))
}

/// The values with the prices of a payment's schedule carried.
fn with_prices(
    payment: &Payment,
    indexation: &Indexation,
    values: &[Exact],
    (level, base_level): (Decimal, Decimal),
) -> Result<Vec<Exact>, SettlementFault> {
    let mut carried = values.to_vec();
    for slot in payment.schedule.prices() {
        let price = at(values, slot) * Exact::from(level) / Exact::from(base_level);
        let price = match indexation.rounding {
            Some(rounding) => Exact::from(rounding.of(price.value()?)?),
            None => price,
        };
        if let Some(value) = carried.get_mut(slot.position()) {
            *value = price;
        }
    }
    Ok(carried)
}
