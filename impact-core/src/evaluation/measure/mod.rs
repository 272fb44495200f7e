//! Measures: one file each, with its formula and source.
//!
//! One rule: a measure is a sum, a ratio or a date over what one perspective sees; it never reads the document.

pub(super) mod bcr;
pub(super) mod cashable_saving;
pub(super) mod cost_per_outcome;
pub(super) mod discounted_payback;
pub(super) mod equivalent_annual_value;
pub(super) mod gain_per_unit;
pub(super) mod irr;
pub(super) mod npv;
pub(super) mod payback;
pub(super) mod present_value;
pub(super) mod sroi_ratio;

use super::figure::Absence;
use crate::number::{Exact, Number};
use rust_decimal::Decimal;

/// `numerator / inputs`, where there are inputs.
fn over_inputs(numerator: Exact, inputs: Exact) -> Result<Decimal, Absence> {
    let put_in = inputs.value()?;
    if put_in <= Decimal::ZERO {
        return Err(Absence::NoInputs { inputs: put_in.normalize() });
    }
    Ok((numerator / inputs).quantised().value()?)
}
