//! Capacities year by year: the places that outcomes free, and those of them that close in whole steps.
//!
//! One rule: steps are taken at the values of this appraisal; the expected release of uncertain numbers needs a simulation.

use super::appraisal::Appraisal;
use super::figure::Absence;
use crate::number::{Exact, Number};
use crate::units::Year;
use rust_decimal::Decimal;

/// A capacity in one year.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct CapacityRow {
    /// The id of the capacity.
    pub capacity: String,
    /// The id of its holder.
    pub holder: String,
    /// The calendar year.
    pub year: Year,
    /// How many places close together.
    pub places_per_step: Decimal,
    /// Places that the outcomes free; below zero where more are needed.
    pub freed: Decimal,
    /// Those of them in whole steps, which release money.
    pub released: Decimal,
    /// How many steps they are.
    pub steps: Decimal,
}

impl Appraisal {
    /// What each capacity frees and releases in each year appraised; empty where the model has none.
    ///
    /// # Errors
    /// A number larger than 28 digits.
    pub fn capacities(&self) -> Result<Vec<CapacityRow>, Absence> {
        let model = self.model();
        let years = model.years();
        let mut rows = Vec::new();
        for (capacity, record) in model.capacities().iter().zip(self.ledger().capacities()) {
            let step = self.point(capacity.places_per_step);
            let holder = model.holders().get(capacity.holder.position()).map_or("", |holder| holder.id.as_str());
            for (year, (freed, share)) in years.iter().zip(record) {
                let released = *freed * *share;
                rows.push(CapacityRow {
                    capacity: capacity.id.clone(),
                    holder: holder.to_owned(),
                    year: *year,
                    places_per_step: step.value()?.normalize(),
                    freed: freed.quantised().value()?.normalize(),
                    released: released.quantised().value()?.normalize(),
                    // A step within a billionth of a whole one was counted as whole.
                    steps: (released / step).value()?.round_dp(6).normalize(),
                });
            }
        }
        Ok(rows)
    }

    /// The places of one capacity that close over all years.
    pub(super) fn released_places(&self, position: usize) -> Exact {
        let record = self.ledger().capacities().get(position);
        record.into_iter().flatten().map(|(freed, share)| *freed * *share).sum()
    }
}
