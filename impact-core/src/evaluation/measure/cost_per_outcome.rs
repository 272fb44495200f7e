//! Cost per outcome.
//!
//! # Formula
//! `inputs of the perspective / causal units within the years appraised`, neither discounted, in the model's prices. Units
//! (unit-years for a state) are net of deadweight and displacement. All inputs are set against the one outcome: joint costs
//! are not split.

use crate::evaluation::figure::Absence;
use crate::number::{Exact, Number};
use rust_decimal::Decimal;

/// Inputs over units, where there are units.
pub(in crate::evaluation) fn cost_per_outcome(inputs: Exact, units: Exact, outcome: &str) -> Result<Decimal, Absence> {
    if units.value()? <= Decimal::ZERO {
        return Err(Absence::NoUnits { outcome: outcome.to_owned() });
    }
    Ok((inputs / units).quantised().value()?)
}
