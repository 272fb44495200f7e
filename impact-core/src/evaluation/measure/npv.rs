//! Net present value.
//!
//! # Formula
//! `NPV = outcomes + transfers received − transfers paid − inputs − tax-financing cost`, each a present value.
//!
//! # References
//! HM Treasury, The Green Book (2022), chapter 5; Finansdepartementet, R-109/2021.

use crate::evaluation::sums::Sums;
use crate::number::Number;

/// The net present value.
pub(in crate::evaluation) fn npv<N: Number>(sums: &Sums<N>) -> N {
    sums.net()
}
