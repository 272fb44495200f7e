//! Solving a distribution function for a value, inside a bracket that is known beforehand.
//!
//! One rule: Newton's step is taken where it stays inside the bracket and the last one helped; elsewhere the bracket is halved, by
//! value at first and by the order of floats at last, so that the search always ends, at kinks, gaps and points too.

use super::knot::{Knot, Side};
use crate::distribution::Distribution;

/// Steps at most: halving by the order of floats ends in 64.
const MOST_STEPS: u32 = 160;
/// Newton and halving by value share the first steps; then the order of floats decides.
const BY_VALUE: u32 = 40;

/// What is looked for on a side: a value with the chance `v`, up to `within`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    pub(super) side: Side,
    pub(super) v: f64,
    pub(super) within: f64,
}

/// The value with the chance that is wanted, or one near enough with its own chance, between an outer value (towards the tail)
/// and an inner one; looked for first at a guess, where it lies between them.
pub(super) fn solve(distribution: &Distribution, wanted: Wanted, (outer, inner): (f64, f64), guess: f64) -> Knot {
    let Wanted { side, v, within } = wanted;
    let (mut outer, mut inner) = (outer, inner);
    let between_ends = guess > outer.min(inner) && guess < outer.max(inner);
    let mut x = if between_ends { guess } else { 0.5 * outer + 0.5 * inner };
    for step in 0..MOST_STEPS {
        let here = Knot::at(distribution, side, x);
        let missing = v - here.v;
        if missing.abs() <= within {
            return here;
        }
        if missing > 0.0 {
            outer = x;
        } else {
            inner = x;
        }
        let newton = x + here.slope * missing;
        let (low, high) = if outer <= inner { (outer, inner) } else { (inner, outer) };
        let next = if step < BY_VALUE && step % 4 != 3 && newton > low && newton < high {
            newton
        } else if step < BY_VALUE {
            0.5 * low + 0.5 * high
        } else {
            between(low, high)
        };
        if next <= low || next >= high {
            break;
        }
        x = next;
    }
    Knot { v, ..Knot::at(distribution, side, inner) }
}

/// The float half-way between two in the order of floats.
fn between(low: f64, high: f64) -> f64 {
    let place = |x: f64| {
        let size = (x.to_bits() & !(1 << 63)) as i64;
        if x.is_sign_negative() { -size } else { size }
    };
    let (low, high) = (place(low), place(high));
    // The sum of two halves cannot overflow; the lost halves only move the middle by one place.
    let middle = low / 2 + high / 2 + (low % 2 + high % 2) / 2;
    let size = f64::from_bits(middle.unsigned_abs());
    if middle < 0 { -size } else { size }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::Decimal;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_smooth_chance_is_met_from_both_sides() {
        let normal = Distribution::normal(3.into(), 2.into()).unwrap();
        for v in [1e-9, 1e-3, 0.2, 0.4999] {
            let within = 1e-13 * v;
            let lower = solve(&normal, Wanted { side: Side::Lower, v, within }, (-40.0, 3.0), f64::NAN);
            assert!((normal.cdf(lower.x) / v - 1.0).abs() < 1e-12, "{v}");
            let upper = solve(&normal, Wanted { side: Side::Upper, v, within }, (46.0, 3.0), 3.5);
            assert!((normal.survival(upper.x) / v - 1.0).abs() < 1e-12, "{v}");
        }
    }

    #[test]
    fn a_point_of_chance_and_a_gap_end_the_search_where_the_quantile_does() {
        let point = Distribution::discrete(&[(0.into(), 1.into())]).unwrap();
        let some = Distribution::uniform(10.into(), 20.into()).unwrap();
        let mixed = Distribution::mixture(vec![(decimal("0.2"), point), (decimal("0.8"), some)]).unwrap();
        let lower = |v: f64| Wanted { side: Side::Lower, v, within: 1e-13 * v };
        let at = solve(&mixed, lower(0.1), (-1.0, 13.75), f64::NAN);
        assert_eq!((at.v, at.x), (0.1, 0.0));
        let beyond = solve(&mixed, lower(0.2 + 1e-9), (0.0, 13.75), f64::INFINITY);
        assert!((10.0..10.000_001).contains(&beyond.x), "{beyond:?}");
    }

    #[test]
    fn a_value_near_enough_is_given_with_its_own_chance() {
        let normal = Distribution::normal(0.into(), 1.into()).unwrap();
        let wanted = Wanted { side: Side::Upper, v: 0.1, within: 0.01 };
        let found = solve(&normal, wanted, (5.0, 0.0), 1.3);
        assert_eq!((found.x, found.v), (1.3, normal.survival(1.3)));
        assert!((found.slope * normal.density(1.3) + 1.0).abs() < 1e-15);
    }

    #[test]
    fn the_middle_of_two_floats_lies_between_them() {
        for (low, high) in [(-1.0, 1.0), (0.0, 1e-300), (-3.0, -2.0), (1e-10, 1e10), (-1e-310, 5.0)] {
            let middle = between(low, high);
            assert!(low < middle && middle < high, "{low} {middle} {high}");
        }
    }
}
