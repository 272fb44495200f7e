//! How near to its chance a value of a table must come.
//!
//! One rule: no cubic is trusted that was not measured: its values are put back into the distribution function, or compared with a
//! finer curve whose values were.

use super::knot::Side;
use crate::distribution::Distribution;

/// How far the chance of a looked-up value may be off, as measured where a cubic is farthest off. Less than the 10⁻⁷ that is
/// promised, because no measured place is quite the farthest one.
const OFF: f64 = 8e-8;
/// The same as a share of the chance on the value's side, so that tails keep their digits.
const OFF_IN_TAIL: f64 = 2e-4;
/// Values nearer than this share to the exact one cannot be told from it in a float, whatever the chance says.
const LAST_DIGITS: f64 = 4.0 * f64::EPSILON;

/// How far the chance of a value may be off at the chance `v` on its side.
pub(super) fn allowed(v: f64) -> f64 {
    OFF.min(OFF_IN_TAIL * v)
}

/// Whether two values are the same up to the last digits of a float.
pub(super) fn same_digits(x: f64, other: f64) -> bool {
    (x - other).abs() <= LAST_DIGITS * other.abs()
}

/// Whether the value with chance `v` is `x` up to the last digits of a float: whether it lies between the values beside.
pub(super) fn is_exact(distribution: &Distribution, side: Side, v: f64, x: f64) -> bool {
    // What is below the smallest float counts as nothing.
    let beside = if x == 0.0 { f64::MIN_POSITIVE } else { LAST_DIGITS * x.abs() } * side.inwards();
    side.chance(distribution, x - beside) <= v && side.chance(distribution, x + beside) >= v
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_exact_where_its_neighbours_have_the_chance_between_them() {
        let even = Distribution::uniform(1.into(), 2.into()).unwrap();
        for (side, v) in [(Side::Lower, 0.25), (Side::Upper, 0.75)] {
            assert!(is_exact(&even, side, v, 1.25) && is_exact(&even, side, v, 1.25_f64.next_up()));
            assert!(!is_exact(&even, side, v, 1.25 + 1e-14));
        }
        let nothing = Distribution::discrete(&[(0.into(), 1.into())]).unwrap();
        assert!(is_exact(&nothing, Side::Lower, 0.4, 0.0) && !is_exact(&nothing, Side::Lower, 0.4, 1e-300));
    }
}
