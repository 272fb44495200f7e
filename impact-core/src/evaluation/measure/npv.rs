//! Net present value.
//!
//! # Formula
//! `NPV = outcomes + transfers received − transfers paid − inputs − tax-financing cost`, each a present value.
//!
//! # References
//! The definition of this library; the conventions say what enters.

use crate::evaluation::sums::Sums;
use crate::number::Number;

/// The net present value.
pub(super) fn npv<N: Number>(sums: &Sums<N>) -> N {
    sums.net()
}
