//! Cashable saving: the present value of what releases money in budgets.
//!
//! # Formula
//! `Σ units · price · avoidable · cashable · DF` over fiscal values.

use crate::evaluation::sums::Sums;
use crate::number::Number;

/// The cashable saving.
pub(in crate::evaluation) fn cashable_saving<N: Number>(sums: &Sums<N>) -> N {
    sums.cashable
}
