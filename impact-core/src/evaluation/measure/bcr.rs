//! The benefit-cost ratio.
//!
//! # Formula
//! `BCR = (NPV + PV of inputs) / PV of inputs`: everything gained and lost, tax-financing cost included, over the resources
//! put in. It is above one exactly where the NPV is above zero.
//!
//! # References
//! The definition of this library; the conventions say what enters.

use crate::evaluation::sums::Sums;
use crate::number::Number;

/// What stands over the inputs.
pub(super) fn gains<N: Number>(sums: &Sums<N>) -> N {
    sums.net() + sums.inputs
}
