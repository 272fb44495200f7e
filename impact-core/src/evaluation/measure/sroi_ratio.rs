//! The SROI ratio, gross and net.
//!
//! # Formula
//! `gross = PV of claims / PV of inputs`, `net = (PV of claims − PV of inputs) / PV of inputs`.
//! A claim is the outcome's value times the intervention's own share of the credit. The inputs are those of everybody, or of
//! the perspective, as the convention's denominator says.
//!
//! # References
//! Common SROI practice, as in the published cases of `fixtures/cases/sroi`.

use super::over_inputs;
use crate::evaluation::figure::Absence;
use crate::evaluation::sums::Sums;
use crate::number::Exact;
use rust_decimal::Decimal;

/// Claims over inputs, where there are inputs.
pub(in crate::evaluation) fn gross(sums: &Sums<Exact>, inputs: Exact) -> Result<Decimal, Absence> {
    over_inputs(sums.claims, inputs)
}

/// Claims less inputs, over inputs, where there are inputs.
pub(in crate::evaluation) fn net(sums: &Sums<Exact>, inputs: Exact) -> Result<Decimal, Absence> {
    over_inputs(sums.claims - inputs, inputs)
}
