//! Solving a distribution function for a value, inside a bracket that is known beforehand.
//!
//! One rule: Newton's step is taken where it stays inside the bracket and the last one helped; elsewhere the bracket is halved, by
//! value at first and by the order of floats at last, so that the search always ends, at kinks, gaps and points too.

use super::knot::Side;
use crate::distribution::Distribution;

/// Steps at most: halving by the order of floats ends in 64.
const MOST_STEPS: u32 = 160;
/// Newton and halving by value share the first steps; then the order of floats decides.
const BY_VALUE: u32 = 40;
/// How near the chance must come, relative to itself: far below what a table resolves.
const CLOSE: f64 = 1e-13;

/// The value with chance `v` on its side, between an outer value (towards the tail) and an inner one; looked for first at a
/// guess, where it lies between them.
pub(super) fn solve(distribution: &Distribution, side: Side, v: f64, (outer, inner): (f64, f64), guess: f64) -> f64 {
    let (mut outer, mut inner) = (outer, inner);
    // The sign of a step towards the median.
    let inwards = if side == Side::Lower { 1.0 } else { -1.0 };
    let between_ends = guess > outer.min(inner) && guess < outer.max(inner);
    let mut x = if between_ends { guess } else { outer };
    for step in 0..MOST_STEPS {
        let missing = v - side.chance(distribution, x);
        if missing.abs() <= CLOSE * v {
            return x;
        }
        if missing > 0.0 {
            outer = x;
        } else {
            inner = x;
        }
        let newton = x + inwards * missing / distribution.density(x);
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
    inner
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
            let lower = solve(&normal, Side::Lower, v, (-40.0, 3.0), f64::NAN);
            assert!((normal.cdf(lower) / v - 1.0).abs() < 1e-12, "{v}");
            let upper = solve(&normal, Side::Upper, v, (46.0, 3.0), 3.5);
            assert!((normal.survival(upper) / v - 1.0).abs() < 1e-12, "{v}");
        }
    }

    #[test]
    fn a_point_of_chance_and_a_gap_end_the_search_where_the_quantile_does() {
        let point = Distribution::discrete(&[(0.into(), 1.into())]).unwrap();
        let some = Distribution::uniform(10.into(), 20.into()).unwrap();
        let mixed = Distribution::mixture(vec![(decimal("0.2"), point), (decimal("0.8"), some)]).unwrap();
        assert_eq!(solve(&mixed, Side::Lower, 0.1, (-1.0, 13.75), f64::NAN), 0.0);
        let beyond = solve(&mixed, Side::Lower, 0.2 + 1e-9, (0.0, 13.75), f64::INFINITY);
        assert!((10.0..10.000_001).contains(&beyond), "{beyond}");
    }

    #[test]
    fn the_middle_of_two_floats_lies_between_them() {
        for (low, high) in [(-1.0, 1.0), (0.0, 1e-300), (-3.0, -2.0), (1e-10, 1e10), (-1e-310, 5.0)] {
            let middle = between(low, high);
            assert!(low < middle && middle < high, "{low} {middle} {high}");
        }
    }
}
