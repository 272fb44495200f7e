//! How far a price may be off, since it was found over draws.
//!
//! # Formula
//! ```text
//! error(price) = error(gap) · 2 h / |gap(price + h) − gap(price − h)|
//! ```
//! with the standard error of what must be zero at the price (the delta method), and *h* first a part of the range, then about the error
//! itself, so that the slope is that of the stretch on which the price may lie. Every value tried sees the same draws, so that the slope
//! has next to no noise.

use super::fault::SearchError;
use crate::number::{Constant, to_significant};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

/// Digits of the values tried beside a price.
const DIGITS: u32 = 12;

/// The first step to the side, as a part of the range, and the least and the most that the second may be.
const STEP: f64 = 1.0 / 64.0;
const LEAST: f64 = 1e-6;
const MOST: f64 = 0.25;

/// A gap asked for at a value; none where there is no such thing.
pub(super) type Gap<'g> = &'g mut dyn FnMut(Decimal) -> Result<Option<f64>, SearchError>;

/// The standard error of a price, where what must be zero there has one; none where the slope cannot be told.
pub(super) fn price_error(
    price: Decimal,
    of_gap: Option<f64>,
    (low, high): (Decimal, Decimal),
    gap: Gap<'_>,
) -> Result<Option<f64>, SearchError> {
    let Some(of_gap) = of_gap else { return Ok(None) };
    if of_gap == 0.0 {
        return Ok(Some(0.0));
    }
    let [at, low, high] = [price, low, high].map(|value| Constant::from(value).float());
    let mut step = STEP * (high - low);
    let mut error = None;
    for _ in 0..2 {
        let (below, above) = ((at - step).max(low), (at + step).min(high));
        let (Some(one), Some(other)) = (asked(below, gap)?, asked(above, gap)?) else { return Ok(error) };
        let found = of_gap * (above - below) / (other - one).abs();
        if !found.is_finite() {
            return Ok(error);
        }
        error = Some(found);
        step = found.clamp(LEAST * (high - low), MOST * (high - low));
    }
    Ok(error)
}

fn asked(value: f64, gap: Gap<'_>) -> Result<Option<f64>, SearchError> {
    Decimal::from_f64(value).map_or(Ok(None), |value| gap(to_significant(value, DIGITS)))
}
