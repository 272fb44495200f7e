//! Total and first-order indices by picking and freezing: two simulations, and one that takes some assumptions from the second.
//!
//! One rule: the three columns belong draw by draw together; where one of them does not exist the draw is left out.
//!
//! Method: Jansen (1999). The intervals are of the delta method: with p = (f(A) − f(M))² / 2, v the square of the distance of
//! f(A) and f(B) from their mean, halved and summed, T = E p / E v, a draw moves T by (p − T v) / E v to first order.

use super::covariance::{Covariance, Row};
use super::index::SobolIndex;
use crate::analysis::draws::{BLOCK, DrawsError, count, float, same_length};

/// Draws needed for a variance of squares to mean anything.
const LEAST: u64 = 32;
/// A spread this much smaller than the outcome itself is the rounding of floats.
const ROUNDING: f64 = 1e-14;

/// How much of an outcome's variance hangs on an assumption, or on a group of them.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct PickFreeze {
    /// The share that would go, on average, if they were known: what they explain among themselves.
    pub first_order: SobolIndex,
    /// The share that would remain if all others were known: what they take any part in.
    pub total: SobolIndex,
    /// Draws used.
    pub draws: u64,
    /// Draws left out since one of the three outcomes does not exist.
    pub undefined: u64,
}

/// First-order and total Sobol' indices of an assumption or of a group of assumptions.
///
/// `at_a` and `at_b` hold the outcome in two independent simulations (two seeds); `mixed` that of the first with the draws
/// of the assumption, or of all of the group, taken from the second.
///
/// # Formula
/// total = E\[(f(A) − f(M))²\] / 2V, first order = 1 − E\[(f(B) − f(M))²\] / 2V, where V is the variance of f(A) and f(B) together.
///
/// # Errors
/// Columns of different lengths, fewer than 32 draws in which all three exist, an outcome that does not vary, that is
/// infinite in some draw or whose fourth powers no float holds.
///
/// # Examples
/// ```
/// use impact_core::analysis::influence::pick_freeze;
/// use impact_core::simulation::{Seed, Stream};
/// let column = |seed, name: &str| {
///     let mut draws = vec![0.0; 20_000];
///     Stream::new(Seed(seed), &name.parse()?).fill(0, &mut draws);
///     Ok::<_, impact_core::address::AddressError>(draws)
/// };
/// let product = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| x * y).collect::<Vec<_>>();
/// let (people, price) = (column(1, "people")?, column(1, "price")?);
/// let (other_people, other_price) = (column(2, "people")?, column(2, "price")?);
/// let influence = pick_freeze(
///     &product(&people, &price),
///     &product(&other_people, &other_price),
///     &product(&other_people, &price),
/// )?;
/// // xy of two uniforms: each explains 3/7 by itself and takes part in 4/7.
/// assert!((influence.first_order.value - 3.0 / 7.0).abs() < 0.02);
/// assert!((influence.total.value - 4.0 / 7.0).abs() < 0.02);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # References
/// Jansen, M. J. W. (1999), "Analysis of variance designs for model output", Computer Physics Communications 117, 35-43.
/// Saltelli, A., and others (2010), "Variance based sensitivity analysis of model output. Design and estimator for the
/// total sensitivity index", Computer Physics Communications 181, 259-270.
pub fn pick_freeze(at_a: &[f64], at_b: &[f64], mixed: &[f64]) -> Result<PickFreeze, DrawsError> {
    same_length("the second outcome", at_b.len(), at_a.len())?;
    same_length("the mixed outcome", mixed.len(), at_a.len())?;
    let centre = centre(at_a, at_b);
    let mut tally = MixedTally::around(centre);
    for ((at_a, at_b), mixed) in at_a.chunks(BLOCK).zip(at_b.chunks(BLOCK)).zip(mixed.chunks(BLOCK)) {
        let mut block = MixedTally::around(centre);
        block.add(at_a, at_b, mixed);
        tally = tally.merge(&block);
    }
    tally.indices()
}

fn centre(at_a: &[f64], at_b: &[f64]) -> f64 {
    let pairs = at_a.iter().zip(at_b).map(|(a, b)| 0.5 * a + 0.5 * b);
    let first = pairs.filter(|mean| mean.is_finite()).take(BLOCK);
    let (sum, draws) = first.fold((0.0, 0.0), |(sum, draws), mean| (sum + mean, draws + 1.0));
    let mean = sum / f64::max(draws, 1.0);
    if mean.is_finite() { mean } else { 0.0 }
}

/// The draws of two simulations and their mixture, counted.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct MixedTally {
    centre: f64,
    covariance: Covariance,
    undefined: f64,
    infinite: f64,
}

impl MixedTally {
    /// An empty tally. The nearer the centre is to the mean outcome, the more digits are kept.
    pub(crate) fn around(centre: f64) -> Self {
        Self { centre, covariance: Covariance::empty(), undefined: 0.0, infinite: 0.0 }
    }

    /// Adds draws.
    pub(crate) fn add(&mut self, at_a: &[f64], at_b: &[f64], mixed: &[f64]) {
        for ((a, b), mixed) in at_a.iter().zip(at_b).zip(mixed) {
            let (a, b, mixed) = (a - self.centre, b - self.centre, mixed - self.centre);
            if !(a.is_finite() && b.is_finite() && mixed.is_finite()) {
                let missing = a.is_nan() || b.is_nan() || mixed.is_nan();
                *(if missing { &mut self.undefined } else { &mut self.infinite }) += 1.0;
                continue;
            }
            let half_square = |difference: f64| 0.5 * difference * difference;
            let row = [0.5 * (a + b), 0.5 * (a * a + b * b), half_square(a - mixed), half_square(b - mixed)];
            self.covariance.add(&row);
        }
    }

    /// This tally and that of the draws after it. Both must have the same centre.
    pub(crate) fn merge(self, right: &Self) -> Self {
        Self {
            centre: self.centre,
            covariance: self.covariance.merge(&right.covariance),
            undefined: self.undefined + right.undefined,
            infinite: self.infinite + right.infinite,
        }
    }

    /// The indices of the draws counted.
    pub(crate) fn indices(&self) -> Result<PickFreeze, DrawsError> {
        if self.infinite > 0.0 {
            return Err(DrawsError::Infinite { column: "outcome", draws: count(self.infinite) });
        }
        let draws = self.covariance.draws();
        if draws < float(LEAST as usize) {
            return Err(DrawsError::TooFew { got: count(draws), least: LEAST });
        }
        let [mean, square, apart, shared] = self.covariance.means();
        // Of 2n outcomes, so that the estimate is unbiased.
        let variance = (square - mean * mean) * (2.0 * draws / (2.0 * draws - 1.0));
        let rounding = ROUNDING * (self.centre.abs() + mean.abs());
        if variance <= rounding * rounding {
            return Err(DrawsError::NoSpread { column: "outcome" });
        }
        if !(self.covariance.is_finite() && (variance * variance).is_normal()) {
            return Err(DrawsError::Scale { column: "outcome" });
        }
        let spread = |weights: Row| self.covariance.variance(&weights) / (draws * variance * variance);
        let (total, other) = (apart / variance, shared / variance);
        let first_order = SobolIndex::new(1.0 - other, spread([2.0 * other * mean, -other, 0.0, 1.0]));
        let total = SobolIndex::new(total, spread([2.0 * total * mean, -total, 1.0, 0.0]));
        Ok(PickFreeze { first_order, total, draws: count(draws), undefined: count(self.undefined) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_undefined_draw_in_any_of_the_three_is_left_out() {
        let mut columns = [[0.0; 64]; 3];
        for (column, shift) in columns.iter_mut().zip([0, 5, 9]) {
            for (draw, value) in (shift..).zip(column.iter_mut()) {
                *value = libm::sin(f64::from(draw * draw));
            }
        }
        let [mut a, mut b, mut mixed] = columns;
        let whole = pick_freeze(&a[3..], &b[3..], &mixed[3..]).unwrap();
        (a[0], b[1], mixed[2]) = (f64::NAN, f64::NAN, f64::NAN);
        let found = pick_freeze(&a, &b, &mixed).unwrap();
        assert_eq!((found.draws, found.undefined), (61, 3));
        assert!((found.total.value - whole.total.value).abs() < 1e-12);
        (a[0], b[1]) = (f64::INFINITY, f64::NEG_INFINITY);
        assert_eq!(pick_freeze(&a, &b, &mixed), Err(DrawsError::Infinite { column: "outcome", draws: 2 }));
    }

    #[test]
    fn what_has_no_answer_says_why() {
        let same = [3.5; 100];
        assert_eq!(pick_freeze(&same, &same, &same), Err(DrawsError::NoSpread { column: "outcome" }));
        assert_eq!(pick_freeze(&same[..9], &same[..9], &same[..9]), Err(DrawsError::TooFew { got: 9, least: 32 }));
        let message = pick_freeze(&same, &same[..9], &same).unwrap_err().to_string();
        assert_eq!(message, "the second outcome has 9 draws where 100 are expected");
        let huge: Vec<f64> = (0..100).map(|draw| 1e150 * f64::from(draw)).collect();
        assert_eq!(pick_freeze(&huge, &huge, &huge), Err(DrawsError::Scale { column: "outcome" }));
    }
}
