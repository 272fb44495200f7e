//! Closing in on the one root between two points of opposite sign.
//!
//! One rule: the bracket never loses the root; Newton's steps only speed it up.

use super::curve::Curve;

/// Steps after which a bracket of any width has shrunk to its last digit.
const STEPS: usize = 200;

/// The root of a curve that is negative at one end and positive at the other. `rising` says that `low` is the negative end.
pub(super) fn root(curve: &Curve, mut low: f64, mut high: f64, rising: bool) -> f64 {
    let mut x = start(low, high);
    let mut last_step = high - low;
    for _ in 0..STEPS {
        let here = curve.at(x);
        let newton = x + here.step;
        if here.sign() == 0 {
            // Within rounding already: one last step, if it stays inside.
            let inside = newton > low && newton < high && (newton - x).abs() < last_step.abs();
            return if inside { newton } else { x };
        }
        if (here.value < 0.0) == rising {
            low = x;
        } else {
            high = x;
        }
        let halving = (newton - x).abs() < 0.5 * last_step.abs();
        let next = if newton > low && newton < high && halving { newton } else { start(low, high) };
        if next <= low || next >= high {
            return x;
        }
        last_step = next - x;
        x = next;
    }
    x
}

/// Where to look first: ordinary rates before extraordinary ones, else the middle.
fn start(low: f64, high: f64) -> f64 {
    const ORDINARY: f64 = 1.0;
    let middle = low + (high - low) / 2.0;
    if high > ORDINARY && low < ORDINARY && high - low > 4.0 {
        if low < 0.0 { 0.0_f64.max(low / 2.0) } else { low + ORDINARY / 2.0 }
    } else {
        middle
    }
}
