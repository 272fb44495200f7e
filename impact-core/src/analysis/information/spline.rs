//! Splines: smooth curves of a chosen fineness along one axis.
//!
//! One rule: at any place the functions add up to 1, so that a constant is always among the curves.
//!
//! Method: B-splines with equally spaced knots; the polynomials are those of the convolution of unit boxes.

/// How fine a curve may be along an axis, coarsest first: the degree, and the intervals it is made of.
pub(super) const LEVELS: [(usize, usize); 7] = [(1, 1), (3, 1), (3, 2), (3, 4), (3, 8), (3, 16), (3, 32)];

/// The functions that are not zero at a place: the first of them and their values.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Local {
    pub(super) first: usize,
    pub(super) values: Vec<f64>,
}

/// The functions at each of some places, and how many functions there are.
pub(super) fn spline((degree, intervals): (usize, usize), places: &[f64]) -> (Vec<Local>, usize) {
    let low = places.iter().copied().fold(f64::INFINITY, f64::min);
    let high = places.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let width = if high > low { (high - low) / intervals as f64 } else { 1.0 };
    let local = |place: &f64| {
        let along = ((place - low) / width).clamp(0.0, intervals as f64);
        let first = whole(along).min(intervals - 1);
        Local { first, values: values(degree, along - first as f64) }
    };
    (places.iter().map(local).collect(), intervals + degree)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to the number of intervals")]
fn whole(along: f64) -> usize {
    along as usize
}

/// The values of the functions over an interval, at the part `t` of it.
fn values(degree: usize, t: f64) -> Vec<f64> {
    let s = 1.0 - t;
    match degree {
        1 => vec![s, t],
        _ => {
            let inner = |a: f64| (4.0 - 6.0 * a * a + 3.0 * a * a * a) / 6.0;
            vec![s * s * s / 6.0, inner(t), inner(s), t * t * t / 6.0]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_add_up_to_one_and_join_smoothly() {
        let places: Vec<f64> = (0..=1_000).map(|place| f64::from(place) * 0.007 - 3.5).collect();
        for level in LEVELS {
            let (locals, functions) = spline(level, &places);
            let mut last = vec![0.0; functions];
            for (place, local) in locals.iter().enumerate() {
                let sum: f64 = local.values.iter().sum();
                assert!((sum - 1.0).abs() < 1e-12 && local.first + local.values.len() <= functions);
                let mut here = vec![0.0; functions];
                here[local.first..local.first + local.values.len()].copy_from_slice(&local.values);
                let step = here.iter().zip(&last).map(|(here, last)| (here - last).abs()).fold(0.0, f64::max);
                assert!(place == 0 || step < 0.04, "{level:?}: {step}");
                last = here;
            }
        }
    }

    #[test]
    fn one_place_alone_has_a_curve_too() {
        let (locals, functions) = spline((3, 4), &[2.0]);
        assert!(functions == 7 && locals[0].values.iter().all(|value| value.is_finite()));
    }
}
