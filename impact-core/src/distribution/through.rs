//! Points that a distribution is to go through: a chance and the value with that chance at or below it.
//!
//! One rule: a chance is compared on the side of the smaller tail, as a ratio, so that 1 in 10,000 above is met as well as one
//! half is.

use super::DistributionError;
use super::parameter::{TwoQuantiles, float};
use super::special::gamma::Tails;
use super::special::normal;
use rust_decimal::Decimal;

/// The part of the smaller tail that a found distribution may be off by.
const MET: f64 = 1e-9;

/// A chance and its value, each with what is left to one: taken from the digits, where nothing is lost.
pub(super) struct Point {
    pub(super) value: f64,
    pub(super) rest: f64,
    pub(super) below: f64,
    pub(super) above: f64,
}

impl Point {
    /// Two points, whose chances are inside (0, 1) and rise with their values.
    pub(super) fn two(
        form: &'static str,
        first: (Decimal, Decimal),
        second: (Decimal, Decimal),
    ) -> Result<[Self; 2], DistributionError> {
        TwoQuantiles::new(form, first, second)?;
        Ok([first, second].map(|(chance, value)| Self {
            value: float(value),
            rest: float(Decimal::ONE.saturating_sub(value)),
            below: float(chance),
            above: float(Decimal::ONE - chance),
        }))
    }

    /// How far the chance below is too large, as the logarithm of a ratio; below zero where it is too small.
    pub(super) fn excess(&self, tails: Tails) -> f64 {
        if self.above < 0.5 {
            libm::log(self.above) - libm::log(tails.upper)
        } else {
            libm::log(tails.lower) - libm::log(self.below)
        }
    }

    pub(super) fn is_met(&self, tails: Tails) -> bool {
        self.excess(tails).abs() <= MET
    }

    /// Where a normal distribution would have the value, in standard deviations above its mean.
    pub(super) fn deviations(&self) -> f64 {
        if self.above < 0.5 { -normal::quantile(self.above) } else { normal::quantile(self.below) }
    }
}

/// What float arithmetic may leave of an excess: chances move by more from float to float where the shape is large.
pub(super) fn noise(shape: f64) -> f64 {
    1e-14 * (10.0 + 0.25 * libm::sqrt(shape))
}
