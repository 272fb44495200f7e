//! Cashable saving: the present value of what releases money in budgets.
//!
//! # Formula
//! `Σ units · price · avoidable · cashable · DF` over fiscal values.

use crate::evaluation::sums::Sums;
use crate::number::Number;

/// The cashable saving.
pub(super) fn cashable_saving<N: Number>(sums: &Sums<N>) -> N {
    sums.cashable
}
