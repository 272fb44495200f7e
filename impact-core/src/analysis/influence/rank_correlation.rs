//! Rank correlation: whether an outcome rises with an assumption, whatever the shape of the curve.
//!
//! One rule: only order counts; equal values share their average rank, and an infinite outcome has its place at the end.
//!
//! Method: Spearman's coefficient. Derivation of the standard error: with f and g the heights of a draw in its two columns (the
//! share of draws below, less ½), C = E fg, V = E f², W = E g², ρ = C / √(VW). A new draw (x, y) moves C by its own fg and by
//! lifting every draw above it, so by fg + E\[g | above x\] + E\[f | above y\] − 3C to first order; V by f² + 2 E\[f | above x\] − 3V, and W
//! alike (E here is over all draws, those not above counting nothing and equals half). The variance of the move of ρ, over the
//! number of draws, is that of the estimate. It holds for ties too and for columns that depend on each other.

use super::ranks::Ranked;
use crate::analysis::draws::{BLOCK, DrawsError, each, float, same_length};

/// Draws needed for a standard error to mean anything.
const LEAST: u64 = 10;

/// Spearman's rank correlation.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct RankCorrelation {
    /// The coefficient, from −1 to 1.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Draws used.
    pub draws: u64,
    /// Draws left out since the outcome does not exist in them; infinite ones are ranked.
    pub undefined: u64,
}

/// The rank correlation between an assumption and an outcome: the value (or the uniform) and the outcome in each draw.
///
/// # Formula
/// The correlation of average ranks. The standard error is that of the delta method, derived in the module.
///
/// # Errors
/// Columns of different lengths or of 2³² draws and more, an assumption that is not a finite number, fewer than 10 defined draws,
/// a column that does not vary.
///
/// # Examples
/// ```
/// use impact_core::analysis::influence::rank_correlation;
/// let people = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0];
/// let saved = people.map(|people: f64| people * people * people);
/// assert!((rank_correlation(&people, &saved)?.value - 1.0).abs() < 1e-12);
/// # Ok::<(), impact_core::analysis::DrawsError>(())
/// ```
///
/// # References
/// Spearman, C. (1904), "The proof and measurement of association between two things", American Journal of Psychology 15,
/// 72-101: the coefficient.
pub fn rank_correlation(assumption: &[f64], outcome: &[f64]) -> Result<RankCorrelation, DrawsError> {
    Standing::of(outcome).correlation(assumption)
}

/// An outcome in order, to be set beside one assumption after the other.
pub(crate) struct Standing {
    /// Whether each draw has an outcome, infinite ones counted.
    defined: Vec<bool>,
    ranked: Ranked,
    /// Of its own heights, what lies above each draw.
    above: Vec<f64>,
}

impl Standing {
    /// Puts the draws that have an outcome in order.
    pub(crate) fn of(outcome: &[f64]) -> Self {
        let defined: Vec<f64> = outcome.iter().copied().filter(|outcome| !outcome.is_nan()).collect();
        let ranked = Ranked::new(&defined);
        let above = ranked.above(&ranked.heights);
        Self { defined: outcome.iter().map(|outcome| !outcome.is_nan()).collect(), ranked, above }
    }

    /// The rank correlation with an assumption.
    pub(crate) fn correlation(&self, assumption: &[f64]) -> Result<RankCorrelation, DrawsError> {
        same_length("outcome", self.defined.len(), assumption.len())?;
        each("value", "a finite number", assumption, f64::is_finite)?;
        if u32::try_from(assumption.len()).is_err() {
            return Err(DrawsError::HowMany { things: "draws", got: assumption.len(), expected: "fewer than 2^32" });
        }
        let draws = self.ranked.heights.len();
        if (draws as u64) < LEAST {
            return Err(DrawsError::TooFew { got: draws as u64, least: LEAST });
        }
        let defined = assumption.iter().zip(&self.defined).filter(|(_, defined)| **defined);
        let defined: Vec<f64> = defined.map(|(value, _)| *value).collect();
        let (value, variance) = correlation(&Ranked::new(&defined), self)?;
        let standard_error = libm::sqrt(variance / float(draws));
        let undefined = (assumption.len() - draws) as u64;
        Ok(RankCorrelation { value, standard_error, draws: draws as u64, undefined })
    }
}

/// The coefficient and the variance of what a draw moves it by.
fn correlation(x: &Ranked, y: &Standing) -> Result<(f64, f64), DrawsError> {
    let (f, g) = (&x.heights, &y.ranked.heights);
    let (covariance, v, w) = (mean_product(f, g), mean_product(f, f), mean_product(g, g));
    if v <= 0.0 || w <= 0.0 {
        return Err(DrawsError::NoSpread { column: if v <= 0.0 { "assumption" } else { "outcome" } });
    }
    let scale = libm::sqrt(v * w);
    let value = (covariance / scale).clamp(-1.0, 1.0);
    let lifts = x.above(g).into_iter().zip(y.ranked.above(f)).zip(x.above(f).into_iter().zip(&y.above));
    let moves = f.iter().zip(g).zip(lifts).map(|((f, g), ((g_above, f_above), (f_own, g_own)))| {
        let covariance = f * g + g_above + f_above - 3.0 * covariance;
        let spread = (f * f + 2.0 * f_own - 3.0 * v) / v + (g * g + 2.0 * g_own - 3.0 * w) / w;
        covariance / scale - 0.5 * value * spread
    });
    let moves: Vec<f64> = moves.collect();
    Ok((value, mean_product(&moves, &moves)))
}

fn mean_product(left: &[f64], right: &[f64]) -> f64 {
    let block = |(left, right): (&[f64], &[f64])| left.iter().zip(right).map(|(left, right)| left * right).sum::<f64>();
    left.chunks(BLOCK).zip(right.chunks(BLOCK)).map(block).sum::<f64>() / float(left.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::influence::trials::{Trials, covered};
    use crate::distribution::special::normal;
    use std::f64::consts::PI;

    #[test]
    fn normal_columns_have_the_rank_correlation_of_the_closed_form() {
        // K. Pearson 1907: 6/π arcsin(r/2) for normal columns correlated by r.
        for r in [-0.9, 0.0, 0.6] {
            let truth = 6.0 / PI * libm::asin(r / 2.0);
            let coverage = covered(200, |seed| {
                let trials = Trials::new(seed, 500);
                let (x, z) = (trials.normals("x"), trials.normals("z"));
                let y: Vec<f64> = x.iter().zip(&z).map(|(x, z)| r * x + libm::sqrt(1.0 - r * r) * z).collect();
                let found = rank_correlation(&x, &y).unwrap();
                let reach = normal::quantile(0.95) * found.standard_error;
                (found.value - reach, truth, found.value + reach)
            });
            assert!((0.84..=0.96).contains(&coverage), "{r}: {coverage}");
        }
    }

    #[test]
    fn ties_are_within_the_stated_error() {
        // x is 0 or 1 at even chance and y = x but for one draw in five, where it is the other: both are their own ranks, so the
        // coefficient is the ordinary correlation, 0.8 − 0.2 = 0.6.
        let coverage = covered(200, |seed| {
            let trials = Trials::new(seed, 400);
            let x: Vec<f64> = trials.uniforms("x").iter().map(|u| f64::from(u8::from(*u < 0.5))).collect();
            let flips = trials.uniforms("flip");
            let y: Vec<f64> = x.iter().zip(flips).map(|(x, u)| if u < 0.2 { 1.0 - x } else { *x }).collect();
            let found = rank_correlation(&x, &y).unwrap();
            let reach = normal::quantile(0.95) * found.standard_error;
            (found.value - reach, 0.6, found.value + reach)
        });
        assert!((0.84..=0.96).contains(&coverage), "{coverage}");
    }

    #[test]
    fn order_alone_counts_and_undefined_outcomes_are_left_out() {
        let trials = Trials::new(3, 300);
        let (x, mut y) = (trials.uniforms("x"), trials.uniforms("y"));
        y[7] = f64::NAN;
        let found = rank_correlation(&x, &y).unwrap();
        assert_eq!((found.draws, found.undefined), (299, 1));
        let stretched: Vec<f64> = y.iter().map(|y| libm::exp(9.0 * y)).collect();
        assert_eq!(rank_correlation(&x, &stretched).unwrap(), found);
        let turned: Vec<f64> = y.iter().map(|y| -y).collect();
        assert!((rank_correlation(&x, &turned).unwrap().value + found.value).abs() < 1e-12);
    }

    #[test]
    fn infinite_outcomes_stand_first_and_last() {
        let trials = Trials::new(3, 300);
        let (x, y) = (trials.uniforms("x"), trials.uniforms("y"));
        let cut = |low: f64, high: f64| {
            let cut = |y: &f64| if *y < 0.2 { low } else { if *y > 0.6 { high } else { *y } };
            rank_correlation(&x, &y.iter().map(cut).collect::<Vec<f64>>()).unwrap()
        };
        let infinite = cut(f64::NEG_INFINITY, f64::INFINITY);
        assert_eq!((infinite.draws, infinite.undefined), (300, 0));
        assert_eq!(infinite, cut(0.1, 2.0));
    }

    #[test]
    fn what_has_no_answer_says_why() {
        let (rising, same) = ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0], [2.0; 10]);
        assert_eq!(rank_correlation(&rising, &same), Err(DrawsError::NoSpread { column: "outcome" }));
        assert_eq!(rank_correlation(&same, &rising), Err(DrawsError::NoSpread { column: "assumption" }));
        let message = rank_correlation(&[f64::NAN; 10], &rising).unwrap_err().to_string();
        assert_eq!(message, "value `NaN` in draw 0 is not a finite number");
    }
}
