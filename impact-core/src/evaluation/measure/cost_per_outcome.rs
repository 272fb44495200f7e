//! Cost per outcome.
//!
//! # Formula
//! `PV of everybody's inputs / causal units within the years appraised`. Units (unit-years for a state) are net of deadweight
//! and displacement and not discounted. All inputs are set against the one outcome: joint costs are not split.

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
