//! Knots: values of a quantile, each with its chance and its slope.
//!
//! One rule: on either side the chance v counts from that side's end, so the value rises with v on the lower side and falls
//! with it on the upper one.

use crate::distribution::Distribution;

/// The side of the median a chance is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Lower,
    Upper,
}

impl Side {
    /// The value with chance `v` on this side of it.
    pub(super) fn quantile(self, distribution: &Distribution, v: f64) -> f64 {
        let value = match self {
            Side::Lower => distribution.quantile(v),
            Side::Upper => distribution.upper_quantile(v),
        };
        value.unwrap_or(f64::NAN)
    }

    /// The chance on this side of a value.
    pub(super) fn chance(self, distribution: &Distribution, x: f64) -> f64 {
        match self {
            Side::Lower => distribution.cdf(x),
            Side::Upper => distribution.survival(x),
        }
    }

    /// The sign of a step towards the median.
    pub(super) fn inwards(self) -> f64 {
        match self {
            Side::Lower => 1.0,
            Side::Upper => -1.0,
        }
    }
}

/// A value, the chance on its side, and how the value changes with that chance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Knot {
    pub(super) v: f64,
    pub(super) x: f64,
    pub(super) slope: f64,
}

impl Knot {
    /// By the distribution's own quantile.
    pub(super) fn exact(distribution: &Distribution, side: Side, v: f64) -> Self {
        let x = side.quantile(distribution, v);
        Self { v, x, slope: side.inwards() / distribution.density(x) }
    }

    /// At a value, with the chance that it has.
    pub(super) fn at(distribution: &Distribution, side: Side, x: f64) -> Self {
        let (v, density) = match side {
            Side::Lower => distribution.cdf_and_density(x),
            Side::Upper => distribution.survival_and_density(x),
        };
        Self { v, x, slope: side.inwards() / density }
    }
}
