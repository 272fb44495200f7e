//! Knots: values of a quantile with its slope at given chances, found by the way that suits the shape.
//!
//! One rule: on either side the chance v counts from that side's end, so the value rises with v on the lower side and falls
//! with it on the upper one.

use super::curve::Curve;
use super::solve::solve;
use crate::distribution::{Distribution, Family};

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

    /// How the value changes with v where the density is this.
    fn slope(self, density: f64) -> f64 {
        match self {
            Side::Lower => 1.0 / density,
            Side::Upper => -1.0 / density,
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
        Self::at(distribution, side, v, side.quantile(distribution, v))
    }

    fn at(distribution: &Distribution, side: Side, v: f64, x: f64) -> Self {
        Self { v, x, slope: side.slope(distribution.density(x)) }
    }
}

/// How the knots of a shape are found.
pub(super) enum Way {
    /// By walking along its density.
    Walk(Curve),
    /// By its own quantile.
    Ask,
    /// By solving its distribution function from knot to knot: shapes with kinks, gaps and points of chance.
    Solve,
}

impl Way {
    pub(super) fn of(family: &Family<'_>) -> Self {
        match Curve::of(family) {
            Some(curve) => Way::Walk(curve),
            None if is_smooth(family) => Way::Ask,
            None => Way::Solve,
        }
    }

    pub(super) fn knots(&self, distribution: &Distribution, side: Side, borders: &[f64]) -> Vec<Knot> {
        match self {
            Way::Walk(curve) => curve.knots(distribution, side, borders),
            Way::Ask => borders.iter().map(|v| Knot::exact(distribution, side, *v)).collect(),
            Way::Solve => {
                let first = borders.first().copied().unwrap_or(0.5);
                let mut last = Knot::exact(distribution, side, first);
                let median = side.quantile(distribution, 0.5);
                let knot = |v: &f64| {
                    // Where the density hardly changes, the next value lies on from the last one by its slope.
                    let guess = last.x + last.slope * (v - last.v);
                    last = Knot::at(distribution, side, *v, solve(distribution, side, *v, (last.x, median), guess));
                    last
                };
                borders.iter().map(knot).collect()
            }
        }
    }

    /// Of how many cells one is measured: cells of a smooth shape change slowly along a side. The coarsest cells of each
    /// octave, its first, are always among them.
    pub(super) fn every(&self) -> usize {
        match self {
            Way::Solve => 1,
            Way::Walk(curve) if curve.is_nearly_normal() => 16,
            Way::Walk(_) | Way::Ask => 4,
        }
    }
}

fn is_smooth(family: &Family<'_>) -> bool {
    match family {
        Family::Closed | Family::Beta { .. } | Family::Gamma { .. } | Family::Student { .. } => true,
        Family::Truncated { base, .. } => is_smooth(base),
        _ => false,
    }
}
