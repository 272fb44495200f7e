//! The value of partial information: of one assumption, of two or three, or of a study's result.
//!
//! One rule: the answer is never negative and never above the value of perfect information; where chance would take it there, it
//! is held at that bound.

use super::cell_tally::CellTally;
use super::decision::{Decision, Estimate};
use super::fit::{Fit, Fits};
use super::learned::Learned;
use super::resample;
use super::study::Study;
use crate::analysis::draws::{BLOCK, DrawsError, float, same_length};

/// Draws of a part of a run: parts are counted by themselves and merged in order.
const PART: usize = 32 * BLOCK;

impl Decision<'_> {
    /// The expected value of learning one assumption, or two or three together, before deciding (EVPPI).
    ///
    /// # Formula
    /// E\[max over options of g\] − max over options of E\[g\], where g is the mean net benefit given what is learned. What each option
    /// gains over the best one is summed by cells of what is learned, in one pass over the draws, and a curve is fitted to
    /// the means of the cells: B-splines over normal scores, products of them for several assumptions, as fine as
    /// generalised cross-validation asks (2 to 35 functions for one, up to 400 for several); the plain means of the
    /// groups where there are few values. The mean of the maximum is taken over the cells of the curve, without a
    /// second pass. A cell may hold nothing: a tiny ridge keeps the equations solvable.
    ///
    /// # Error
    /// The standard error is that of 64 refits in which the sums of the cells move by their own spread at fixed random signs,
    /// together with that of the mean over what is learned. What the refits gain more than the fit, on average, is its bias
    /// (a maximum of estimates is too large), which is subtracted. The answer is held between 0 and the value of perfect
    /// information. What remains: options equal on average to within their standard error make the maximum of the means too large,
    /// and the value of information too small, by up to about one standard error; and where the value is small beside what the
    /// draws can tell, errors are skew, and now and then twice what the standard error says.
    ///
    /// # Errors
    /// As many draws as the options have are needed; net benefits whose squares no float holds.
    ///
    /// # References
    /// Strong, M., Oakley, J. E. and Brennan, A. (2014), "Estimating multiparameter partial expected value of perfect
    /// information from a probabilistic sensitivity analysis sample: a nonparametric regression approach", Medical Decision
    /// Making 34, 311-326: the regression.
    pub fn evppi(&self, learned: &Learned) -> Result<Estimate, DrawsError> {
        same_length("what is learned", learned.length(), self.length())?;
        of_tally(learned, &self.tally(learned), self.evpi().evpi.value)
    }

    /// The expected value of the result of a study of one assumption (EVSI): the value of the assumption, and a uniform of the
    /// study's own, in each draw.
    ///
    /// # Formula
    /// The study's result is drawn for each draw of the assumption; its value is that of learning it, by [`Decision::evppi`].
    ///
    /// # Errors
    /// What [`Study::results`] and [`Decision::evppi`] refuse.
    ///
    /// # Examples
    /// ```
    /// use impact_core::analysis::information::{Decision, Learned, Study};
    /// use impact_core::simulation::{Seed, Stream};
    /// let column = |name: &str| {
    ///     let mut draws = vec![0.0; 50_000];
    ///     Stream::new(Seed(7), &name.parse()?).fill(0, &mut draws);
    ///     Ok::<_, impact_core::address::AddressError>(draws)
    /// };
    /// let (share, chance) = (column("outcomes.work.deadweight")?, column("study")?);
    /// let programme: Vec<f64> = share.iter().map(|share| 1.0 - 2.0 * share).collect();
    /// let nothing = vec![0.0; 50_000];
    /// let options = [&programme[..], &nothing[..]];
    /// let decision = Decision::new(&options)?;
    /// let small = decision.evsi(Study::Share { people: 5 }, &share, &chance)?;
    /// let large = decision.evsi(Study::Share { people: 50 }, &share, &chance)?;
    /// let all = decision.evppi(&Learned::uniforms(&share)?)?;
    /// assert!(small.value < large.value && large.value < all.value);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # References
    /// Strong, M., Oakley, J. E., Brennan, A. and Breeze, P. (2015), "Estimating the expected value of sample information
    /// using the probabilistic sensitivity analysis sample", Medical Decision Making 35, 570-583.
    pub fn evsi(&self, study: Study, values: &[f64], uniforms: &[f64]) -> Result<Estimate, DrawsError> {
        self.evppi(&Learned::values(&study.results(values, uniforms)?)?)
    }

    fn tally(&self, learned: &Learned) -> CellTally {
        let empty = || CellTally::around(self.mean_increments(), learned.cells());
        let (mut cells, mut columns) = (Vec::new(), Vec::new());
        let mut whole = empty();
        for part in (0..self.length()).step_by(PART) {
            let mut tally = empty();
            for first in (part..self.length().min(part + PART)).step_by(BLOCK) {
                learned.fill(first, BLOCK, &mut cells);
                self.increments(first, BLOCK, &mut columns);
                tally.add(&cells, &columns);
            }
            whole = if part == 0 { tally } else { whole.merge(&tally) };
        }
        whole
    }
}

/// The value of what is learned from the tally of its cells, at most that of perfect information. Of what is learned only the
/// axes are asked: a run that is counted block by block gives those of any block of uniforms.
pub(crate) fn of_tally(learned: &Learned, tally: &CellTally, most: f64) -> Result<Estimate, DrawsError> {
    if !tally.is_finite() {
        return Err(DrawsError::Scale { column: "an option" });
    }
    let mut fits = Fits::new(learned.axes(), tally);
    let increments = tally.centres().len();
    let fitted: Vec<Fit> = (0..increments).filter_map(|increment| fits.of(increment)).collect();
    Ok(estimate(&fitted, &fits.draws, most))
}

fn estimate(fits: &[Fit], draws: &[f64], most: f64) -> Estimate {
    let total: f64 = draws.iter().sum();
    let best = |cell: usize| fits.iter().filter_map(|fit| fit.means.get(cell).copied()).fold(0.0, f64::max);
    let (mut gain, mut squares) = (0.0, 0.0);
    for (cell, weight) in draws.iter().enumerate() {
        let best = best(cell);
        gain += weight / total * best;
        squares += weight / total * best * best;
    }
    let runs = resample::runs(fits, draws);
    let mean = runs.iter().sum::<f64>() / float(runs.len());
    let spread = runs.iter().map(|run| (run - mean) * (run - mean)).sum::<f64>() / float(runs.len());
    let between = (squares - gain * gain).max(0.0) / total;
    let bias = (mean - gain).max(0.0);
    Estimate { value: (gain - bias).clamp(0.0, most.max(0.0)), standard_error: libm::sqrt(spread + between) }
}
