//! The benefit-cost ratio.
//!
//! # Formula
//! `BCR = (NPV + PV of inputs) / PV of inputs`: everything gained and lost, tax-financing cost included, over the resources
//! put in. It is above one exactly where the NPV is above zero.
//!
//! # References
//! The definition of this library; the conventions say what enters.

use super::over_inputs;
use crate::evaluation::figure::Absence;
use crate::evaluation::sums::Sums;
use crate::number::Exact;
use rust_decimal::Decimal;

/// Gains over inputs, where there are inputs.
pub(in crate::evaluation) fn exact(sums: &Sums<Exact>) -> Result<Decimal, Absence> {
    over_inputs(sums.net() + sums.inputs, sums.inputs)
}
