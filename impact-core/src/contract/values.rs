//! Values: the numbers at which terms are asked what they pay.

use crate::model::Slot;
use crate::number::Number;

/// The value of a slot. Terms hold slots of their own contract only, and values one for each of them.
#[inline(always)]
pub(super) fn at<N: Number>(values: &[N], slot: Slot) -> N {
    values.get(slot.position()).copied().unwrap_or_else(N::zero)
}
