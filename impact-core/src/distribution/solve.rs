//! Solving a distribution function for the value: bracketed, so that it always ends.
//!
//! One rule: a Newton step is taken only inside the bracket; elsewhere the bracket is halved. In ln w against ln F the
//! tails of gamma and beta are straight lines, so a step or two is the usual work.

/// Steps at most: halving alone narrows the whole range of a float to its last bit in fewer.
const MOST_STEPS: usize = 200;

/// What a trial value tells.
pub(super) struct Trial {
    /// Below zero where the value is too small, above where it is too large.
    pub(super) excess: f64,
    /// How the excess grows with the logarithm of the value.
    pub(super) slope: f64,
}

/// The positive number at which the excess is zero, starting from a guess; zero or the largest float where it lies beyond.
pub(super) fn positive_root(guess: f64, trial: impl Fn(f64) -> Trial) -> f64 {
    let (mut low, mut high) = (f64::MIN_POSITIVE, f64::MAX);
    let mut value = if guess > low && guess < high { guess } else { 1.0 };
    for _ in 0..MOST_STEPS {
        let Trial { excess, slope } = trial(value);
        if excess == 0.0 {
            return value;
        }
        if excess < 0.0 {
            low = value;
        } else {
            high = value;
        }
        let step = -excess / slope;
        if slope.is_finite() && step.abs() <= f64::EPSILON {
            return value * (1.0 + step);
        }
        let newton = value * libm::exp(step);
        let inside = newton > low && newton < high;
        let next = if inside { newton } else { libm::sqrt(low) * libm::sqrt(high) };
        if next <= low || next >= high {
            break;
        }
        value = next;
    }
    value
}

/// Steps of a search between bounds: each costs two questions, and halving finds a float's half digits in fewer.
const MOST_TRIALS: usize = 60;
/// The relative step that a slope is taken over: about the root of a float's last digit.
const NUDGE: f64 = 1e-7;
/// How far one step goes at most, in the logarithm: questions far out are dear.
const STRIDE: f64 = 5.0;

/// The number between two positive bounds at which an excess that rises is zero, up to what counts as noise; none where it
/// lies outside.
pub(super) fn root_between(
    (low, high): (f64, f64),
    guess: f64,
    noise: f64,
    excess: impl Fn(f64) -> f64,
) -> Option<f64> {
    let (mut below, mut above) = (0.0, f64::INFINITY);
    let mut value = if guess > low { guess.min(high) } else { low };
    for _ in 0..MOST_TRIALS {
        let here = excess(value);
        if here.abs() <= noise {
            return Some(value);
        }
        if here < 0.0 {
            below = value;
        } else {
            above = value;
        }
        if below >= high || above <= low {
            return None;
        }
        let slope = (excess(value * (1.0 + NUDGE)) - here) / NUDGE;
        let newton = (value * libm::exp((-here / slope).clamp(-STRIDE, STRIDE))).clamp(low, high);
        let inside = newton > below && newton < above;
        value = if inside { newton } else { libm::sqrt(below.max(low)) * libm::sqrt(above.min(high)) };
    }
    Some(value)
}

/// The smallest float in `low..=high` at which the condition holds, where it holds from some point on; `high` where it
/// holds nowhere below.
pub(super) fn smallest(low: f64, high: f64, holds: impl Fn(f64) -> bool) -> f64 {
    let (mut no, mut yes) = (ordinal(low) - 1, ordinal(high));
    while yes - no > 1 {
        let middle = no + (yes - no) / 2;
        if holds(at_ordinal(middle)) {
            yes = middle;
        } else {
            no = middle;
        }
    }
    at_ordinal(yes)
}

/// The place of a float among all floats, zero at zero.
fn ordinal(value: f64) -> i128 {
    let size = i128::from(value.abs().to_bits());
    if value.is_sign_negative() { -size } else { size }
}

fn at_ordinal(place: i128) -> f64 {
    let size = f64::from_bits(u64::try_from(place.unsigned_abs()).unwrap_or(0));
    if place < 0 { -size } else { size }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_root_is_found_from_any_guess() {
        for guess in [0.0, 1e-300, 1.0, 1e300, f64::INFINITY, f64::NAN] {
            let root = positive_root(guess, |w| Trial { excess: libm::log(w / 7.0), slope: 1.0 });
            assert!((root - 7.0).abs() < 1e-14, "{guess}: {root}");
        }
    }

    #[test]
    fn a_useless_slope_only_costs_steps() {
        for slope in [0.0, f64::NAN, f64::INFINITY, -1.0] {
            let root = positive_root(1e-200, |w| Trial { excess: if w < 3.5 { -1.0 } else { 1.0 }, slope });
            assert!((root - 3.5).abs() < 1e-14, "{slope}: {root}");
        }
    }

    #[test]
    fn a_root_between_bounds_is_found_and_one_outside_is_not() {
        let towards = |root: f64| move |w: f64| libm::atan(libm::log(w / root));
        for guess in [0.0, 1e-3, 1.0, 1e9, f64::INFINITY, f64::NAN] {
            for root in [1e-3, 0.02, 7.0, 1e9] {
                let found = root_between((1e-3, 1e9), guess, 1e-14, towards(root)).unwrap();
                assert!((found / root - 1.0).abs() < 1e-13, "{guess}: {found}");
            }
            assert_eq!(root_between((1e-3, 1e9), guess, 1e-14, towards(0.9e-3)), None);
            assert_eq!(root_between((1e-3, 1e9), guess, 1e-14, towards(1.1e9)), None);
        }
    }

    #[test]
    fn the_smallest_float_with_a_property_is_exact_on_both_sides_of_zero() {
        for edge in [-1e300, -2.5, -0.0, 1e-310, 0.1, 12.0] {
            assert_eq!(smallest(f64::MIN, f64::MAX, |x| x >= edge), edge);
        }
        assert_eq!(smallest(1.0, 2.0, |_| false), 2.0);
        assert_eq!(smallest(1.0, 2.0, |_| true), 1.0);
    }
}
