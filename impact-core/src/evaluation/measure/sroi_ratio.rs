//! The SROI ratio, gross and net.
//!
//! # Formula
//! `gross = PV of claims / PV of inputs`, `net = (PV of claims − PV of inputs) / PV of inputs`.
//! A claim is the outcome's value times the intervention's own share of the credit. The inputs are those of everybody, or of
//! the perspective, as the convention's denominator says.
//!
//! # References
//! Common SROI practice, as in the published cases of `fixtures/cases/sroi`.

use crate::evaluation::sums::Sums;
use crate::number::Number;

/// What stands over the inputs.
pub(super) fn gross<N: Number>(sums: &Sums<N>) -> N {
    sums.claims
}

/// What stands over the inputs, less the inputs.
pub(super) fn net<N: Number>(sums: &Sums<N>, inputs: N) -> N {
    sums.claims - inputs
}
