//! First-order indices from the draws of one simulation, by bins of the assumption.
//!
//! One rule: what chance alone makes of the differences between bins does not count as influence, and what an assumption does
//! within a bin does.
//!
//! Method: one less the share of variance within groups. Within a bin the mean outcome is taken to follow the straight line through the
//! neighbouring bins, β = Δm / Δx, which adds (β² − Var β) Var(x | bin), at most what the outcome varies there. Derivation of the interval: with m = E[Y | bin], d = m − E[Y], e = Y − m,
//! V₁ = Var m, V = Var Y and S = V₁ / V, a draw moves V₁ by d² + 2de − V₁ and V by d² + 2de + e² − V to first order, so it moves S by
//! ((1 − S)(d² + 2de) − S e²) / V, whose variance over the draws, divided by their number, is that of the estimate. Where
//! S is 0 this vanishes, and what is left is the chance of the means of the bins: each squared has variance 2σ⁴ / n². Half of what
//! straight lines put on counts as one more standard error.

use super::bins::{BinTally, Powers, Rows};
use super::index::SobolIndex;
use super::partition::{Partition, Place};
use crate::analysis::draws::{BLOCK, DrawsError, count, float, same_length, uniforms};
use crate::simulation::Width;

/// Draws needed: two in each bin on average.
const LEAST: u64 = 128;
/// Draws that a bin needs to stand by itself; with fewer it is joined to the next.
const LEAST_IN_BIN: f64 = 8.0;
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
/// S = 1 − E\[Var(Y | bin)\] / Var(Y) over 64 equal bins of the uniform, each variance that of a sample (so that chance alone
/// explains nothing), and what straight lines through neighbouring bins explain within them added. Only uniforms are known here: of an assumption with rare values or a long tail,
/// [`Simulated::influence`](crate::simulation::Simulated::influence) lays the bins where it varies.
///
/// The interval is the normal one of the delta method, with half of what was added within bins as a further error; it is for
/// independent draws, and wider than needed for Latin and Sobol' points.
///
/// # Errors
/// Columns of different lengths, a uniform outside [0, 1), fewer than 128 defined draws, an outcome that does not vary, that is
/// infinite in some draw or whose fourth powers no float holds.
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
    let (partition, mut rows) = (Partition::even(), Rows::default());
    for (uniform, outcome) in uniform.chunks(BLOCK).zip(outcome.chunks(BLOCK)) {
        rows.fill(outcome, centre);
        tally.add(&BinTally::of(&partition, uniform, &rows, Width::Widest));
    }
    tally.first_order(&partition)
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
    /// The second and third moment within it.
    within: [f64; 2],
    /// The mean of the fourth powers within it, less that of the fourth powers of all.
    fourth: f64,
    /// What the assumption is in it.
    place: Place,
}

impl Bin {
    /// A bin that holds a draw, from its sums; `mean` is the mean of all, from the same centre.
    fn new(&[draws, first, second, third]: &Powers, place: Place, mean: f64) -> Self {
        let (m, s, t) = (first / draws, second / draws, third / draws);
        let square = m * m;
        let within = [(s - square).max(0.0), t - 3.0 * m * s + 2.0 * m * square];
        let fourth = -4.0 * m * t + 6.0 * square * s - 3.0 * square * square;
        Self { draws, apart: m - mean, within, fourth, place }
    }

    /// The variance of a draw within it, from a sample.
    fn variance(&self) -> f64 {
        let [second, _] = self.within;
        if self.draws > 1.0 { second * self.draws / (self.draws - 1.0) } else { 0.0 }
    }

    /// The square of the standard error of its mean.
    fn error(&self) -> f64 {
        self.variance() / self.draws
    }

    /// The mean square of what a draw of it moves the index by, times the variance of all squared; but for the fourth powers.
    fn movement(&self, index: f64) -> f64 {
        let [second, third] = self.within;
        let (rest, d) = (1.0 - index, self.apart);
        let between = rest * d * d;
        let mixed = 4.0 * rest * rest * d * d * second - 2.0 * between * index * second;
        between * between + mixed - 4.0 * rest * d * index * third
    }
}

impl BinTally {
    /// The index of the draws counted, by the partition they were counted by.
    pub(crate) fn first_order(&self, partition: &Partition) -> Result<FirstOrder, DrawsError> {
        if self.infinite() > 0.0 {
            return Err(DrawsError::Infinite { column: "outcome", draws: count(self.infinite()) });
        }
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
        let rounding = ROUNDING * (self.centre().abs() + mean.abs());
        if variance <= rounding * rounding {
            return Err(DrawsError::NoSpread { column: "outcome" });
        }
        let held = self.fourth().is_finite() && self.cells().iter().all(|cell| cell.iter().all(|sum| sum.is_finite()));
        if !(held && (variance * variance).is_normal()) {
            return Err(DrawsError::Scale { column: "outcome" });
        }
        let bins = self.bins(partition, mean);
        Ok(FirstOrder {
            index: index(&bins, draws, variance, self.fourth()),
            draws: count(draws),
            undefined: count(self.undefined()),
        })
    }

    /// The bins with what the assumption is in each; those with too few draws are joined to the next, the last to the one before.
    fn bins(&self, partition: &Partition, mean: f64) -> Vec<Bin> {
        let mut joined: Vec<(Powers, Place)> = Vec::new();
        for (cell, place) in self.cells().iter().zip(partition.places()) {
            match joined.last_mut().filter(|(last, _)| last[0] < LEAST_IN_BIN) {
                Some(last) => *last = with(last, (cell, place)),
                None => joined.push((*cell, *place)),
            }
        }
        if let Some(last) = joined.pop_if(|(last, _)| last[0] < LEAST_IN_BIN) {
            match joined.last_mut() {
                Some(before) => *before = with(before, (&last.0, &last.1)),
                None => joined.push(last),
            }
        }
        joined.into_iter().map(|(cell, place)| Bin::new(&cell, place, mean)).collect()
    }
}

fn with((cell, place): &(Powers, Place), (next, beside): (&Powers, &Place)) -> (Powers, Place) {
    let mut both = *cell;
    for (sum, next) in both.iter_mut().zip(next) {
        *sum += next;
    }
    (both, place.with(beside))
}

fn index(bins: &[Bin], draws: f64, variance: f64, fourth: f64) -> SobolIndex {
    let over = |part: &dyn Fn(&Bin) -> f64| bins.iter().map(part).sum::<f64>() / draws;
    let within = over(&|bin| bin.draws * bin.variance()) / variance;
    let lines = lines(bins) / draws / variance;
    let value = 1.0 - within + lines;
    // The linear part holds the chance of the means twice over, as they are known only from the draws.
    let fourth = (fourth / draws + over(&|bin| bin.draws * bin.fourth)).max(0.0);
    let moved = over(&|bin| bin.draws * bin.movement(value)) + value * value * fourth;
    let linear = moved / (draws * variance * variance);
    let square = over(&|bin| bin.variance() * bin.variance()) / (draws * variance * variance);
    let rest = (1.0 - value) * (1.0 - value);
    SobolIndex::new(value, (linear - 4.0 * rest * square).max(0.0) + 2.0 * square + 0.25 * lines * lines)
}

/// What the straight lines through neighbouring bins explain within them, times the number of draws.
fn lines(bins: &[Bin]) -> f64 {
    let neighbours =
        |place: usize| Some((bins.get(place.saturating_sub(1))?, bins.get((place + 1).min(bins.len() - 1))?));
    let line = |(place, bin): (usize, &Bin)| {
        let (before, after) = neighbours(place)?;
        let width = after.place.mean - before.place.mean;
        if width <= 0.0 {
            return None;
        }
        let (slope, chance) = ((after.apart - before.apart) / width, after.error() + before.error());
        Some(bin.draws * ((slope * slope - chance / (width * width)) * bin.place.variance).min(bin.variance()))
    };
    bins.iter().enumerate().filter_map(line).sum()
}
