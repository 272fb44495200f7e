//! Intervals: every difference that the test would not refuse.
//!
//! One rule: an interval comes from the test itself, so that it leaves out no effect exactly where the test says so.

use super::{Chances, Interval, IntervalOf, Side, Tests, Told, six_digits};
use crate::model::Direction;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Halvings of the range: more than the bits of a float need.
const HALVINGS: u32 = 64;

/// The interval at a level that leaves a chance of `outside`.
pub(super) fn interval(test: &dyn Tests, told: &Told, side: Side, direction: Direction, outside: Decimal) -> Interval {
    let outside = outside.to_f64().unwrap_or(0.0);
    let each = match side {
        Side::One => outside,
        Side::Two => outside / 2.0,
    };
    let scale = |end: f64| match told.of {
        IntervalOf::Difference => six_digits(end),
        IntervalOf::OddsRatio | IntervalOf::RateRatio => six_digits(libm::exp(end)),
    };
    // The greater the difference, the rarer so few; the smaller, the rarer so many.
    let to = || crossing(told.ends, |at| test.chances(at).lower > each);
    let from = || crossing(told.ends, |at| test.chances(at).upper <= each);
    let (with_from, with_to) = match (side, direction) {
        (Side::Two, _) => (true, true),
        (Side::One, Direction::Decrease) => (false, true),
        (Side::One, Direction::Increase) => (true, false),
    };
    Interval {
        of: told.of,
        from: with_from.then(from).flatten().and_then(scale),
        to: with_to.then(to).flatten().and_then(scale),
    }
}

/// Where something stops being so; none where it does not, or never was.
fn crossing((mut low, mut high): (f64, f64), so: impl Fn(f64) -> bool) -> Option<f64> {
    if !so(low) || so(high) {
        return None;
    }
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        if so(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(0.5 * (low + high))
}

impl Chances {
    /// The chances of a standard normal deviate of this much.
    pub(super) fn of_deviate(z: f64) -> Self {
        use crate::distribution::special::normal::cdf;
        Self { lower: cdf(z), upper: cdf(-z) }
    }
}
