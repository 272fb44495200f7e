//! First-order indices from the draws of one simulation, by bins of the assumption's uniform.
//!
//! One rule: what chance alone makes of the differences between bins is taken off before they count as influence.
//!
//! Method: the share of variance between groups. Derivation of the interval: with m = E[Y | bin], d = m − E[Y], e = Y − m,
//! V₁ = Var m, V = Var Y and S = V₁ / V, a draw moves V₁ by d² + 2de − V₁ and V by d² + 2de + e² − V to first order, so it moves S by
//! ((1 − S)(d² + 2de) − S e²) / V, whose variance over the draws, divided by their number, is that of the estimate. Where
//! S is 0 this vanishes, and what is left is the chance of the means of the bins: each squared has variance 2σ⁴ / n².

use super::bins::{BinTally, Powers, bin};
use super::index::SobolIndex;
use crate::analysis::draws::{BLOCK, DrawsError, count, float, same_length, uniforms};

/// Draws needed: two in each bin on average.
const LEAST: u64 = 128;
/// A spread this much smaller than the outcome itself is the rounding of floats.
const ROUNDING: f64 = 1e-14;

/// How much of an outcome's variance one assumption explains by itself.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct FirstOrder {
    /// The share of the variance that would go, on average, if the assumption were known.
    pub index: SobolIndex,
    /// Draws used.
    pub draws: u64,
    /// Draws left out since the outcome does not exist in them.
    pub undefined: u64,
}

/// The first-order Sobol' index of an assumption: its uniform and the outcome in every draw of a simulation.
///
/// # Formula
/// S = Var(E\[Y | bin\]) / Var(Y) over 64 equal bins of the uniform, with the part that chance explains, Σ (1 − nᵦ / n) sᵦ² / n,
/// subtracted from the numerator. What varies within a bin is not counted: of a straight line in u, 1 / 4096 of the
/// index; of one in a normal assumption, 0.4 %.
///
/// The interval is the normal one of the delta method (see the module); it is for independent draws, and wider than needed
/// for Latin and Sobol' points.
///
/// # Errors
/// Columns of different lengths, a uniform outside [0, 1), fewer than 128 defined draws, an outcome that does not vary,
/// or whose fourth powers no float holds.
///
/// # Examples
/// ```
/// use impact_core::analysis::influence::first_order;
/// use impact_core::simulation::{Seed, Stream};
/// let (mut people, mut price) = (vec![0.0; 20_000], vec![0.0; 20_000]);
/// Stream::new(Seed(7), &"outcomes.work.quantity".parse()?).fill(0, &mut people);
/// Stream::new(Seed(7), &"outcomes.work.values.wage.value".parse()?).fill(0, &mut price);
/// let outcome: Vec<f64> = people.iter().zip(&price).map(|(people, price)| 2.0 * people + price).collect();
/// let influence = first_order(&people, &outcome)?; // 4 parts of the variance out of 4 + 1
/// assert!(influence.index.low < 0.8 && 0.8 < influence.index.high);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # References
/// Sobol', I. M. (1993), "Sensitivity estimates for nonlinear mathematical models", Mathematical Modelling and
/// Computational Experiments 1(4), 407-414: the index.
pub fn first_order(uniform: &[f64], outcome: &[f64]) -> Result<FirstOrder, DrawsError> {
    same_length("outcome", outcome.len(), uniform.len())?;
    uniforms(uniform)?;
    let centre = centre(outcome);
    let mut tally = BinTally::around(centre);
    let mut bins = Vec::with_capacity(BLOCK);
    for (uniform, outcome) in uniform.chunks(BLOCK).zip(outcome.chunks(BLOCK)) {
        bins.clear();
        bins.extend(uniform.iter().map(|u| bin(*u)));
        let mut block = BinTally::around(centre);
        block.add(&bins, outcome);
        tally = tally.merge(&block);
    }
    tally.first_order()
}

/// The mean of the first block's defined outcomes.
fn centre(outcome: &[f64]) -> f64 {
    let first = outcome.iter().filter(|outcome| outcome.is_finite()).take(BLOCK);
    let (sum, draws) = first.fold((0.0, 0.0), |(sum, draws), outcome| (sum + outcome, draws + 1.0));
    let mean = sum / f64::max(draws, 1.0);
    if mean.is_finite() { mean } else { 0.0 }
}

/// A bin as the index sees it.
struct Bin {
    draws: f64,
    /// The distance of its mean from the mean of all.
    apart: f64,
    /// The second, third and fourth moment within it.
    within: [f64; 3],
}

impl Bin {
    /// A bin that holds a draw, from its sums; `mean` is the mean of all, from the same centre.
    fn new(&[draws, first, second, third, fourth]: &Powers, mean: f64) -> Option<Self> {
        if draws < 1.0 {
            return None;
        }
        let (m, s, t, f) = (first / draws, second / draws, third / draws, fourth / draws);
        let square = m * m;
        let within = [
            (s - square).max(0.0),
            t - 3.0 * m * s + 2.0 * m * square,
            (f - 4.0 * m * t + 6.0 * square * s - 3.0 * square * square).max(0.0),
        ];
        Some(Self { draws, apart: m - mean, within })
    }

    /// The variance of a draw within it, from a sample.
    fn variance(&self) -> f64 {
        let [second, ..] = self.within;
        if self.draws > 1.0 { second * self.draws / (self.draws - 1.0) } else { 0.0 }
    }

    /// The mean square of what a draw of it moves the index by, times the variance of all squared.
    fn movement(&self, index: f64) -> f64 {
        let [second, third, fourth] = self.within;
        let (rest, d) = (1.0 - index, self.apart);
        let between = rest * d * d;
        let mixed = 4.0 * rest * rest * d * d * second - 2.0 * between * index * second;
        between * between + mixed - 4.0 * rest * d * index * third + index * index * fourth
    }
}

impl BinTally {
    /// The index of the draws counted.
    pub(crate) fn first_order(&self) -> Result<FirstOrder, DrawsError> {
        let totals = self
            .cells()
            .iter()
            .fold([0.0; 3], |[n, first, second], cell| [n + cell[0], first + cell[1], second + cell[2]]);
        let [draws, first, second] = totals;
        if draws < float(LEAST as usize) {
            return Err(DrawsError::TooFew { got: count(draws), least: LEAST });
        }
        let mean = first / draws;
        let variance = (second - mean * first) / (draws - 1.0);
        let bins: Vec<Bin> = self.cells().iter().filter_map(|cell| Bin::new(cell, mean)).collect();
        let rounding = ROUNDING * (self.centre().abs() + mean.abs());
        if variance <= rounding * rounding {
            return Err(DrawsError::NoSpread { column: "outcome" });
        }
        let held = self.cells().iter().all(|cell| cell.iter().all(|sum| sum.is_finite()));
        if !(held && (variance * variance).is_normal()) {
            return Err(DrawsError::Scale { column: "outcome" });
        }
        Ok(FirstOrder { index: index(&bins, draws, variance), draws: count(draws), undefined: count(self.undefined()) })
    }
}

fn index(bins: &[Bin], draws: f64, variance: f64) -> SobolIndex {
    let over = |part: &dyn Fn(&Bin) -> f64| bins.iter().map(part).sum::<f64>() / draws;
    let seen = over(&|bin| bin.draws * bin.apart * bin.apart);
    let chance = over(&|bin| (1.0 - bin.draws / draws) * bin.variance());
    let value = (seen - chance) / variance;
    // The linear part holds the chance of the means twice over, as they are known only from the draws.
    let linear = over(&|bin| bin.draws * bin.movement(value)) / (draws * variance * variance);
    let square = over(&|bin| bin.variance() * bin.variance()) / (draws * variance * variance);
    let rest = (1.0 - value) * (1.0 - value);
    SobolIndex::new(value, (linear - 4.0 * rest * square).max(0.0) + 2.0 * square)
}
