//! Present values of outcomes and of inputs.
//!
//! # Formula
//! `PV = Σ amount(t) · DF(t)`; outcomes are net of harms and of displaced outcomes, inputs are resources, not transfers.

use crate::evaluation::sums::Sums;
use crate::number::Number;

/// The present value of the outcomes.
pub(super) fn outcomes<N: Number>(sums: &Sums<N>) -> N {
    sums.outcomes
}

/// The present value of the inputs.
pub(super) fn inputs<N: Number>(sums: &Sums<N>) -> N {
    sums.inputs
}
