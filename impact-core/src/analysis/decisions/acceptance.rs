//! Acceptance: how the chance of a figure moves with what is asked of it.
//!
//! One rule: a chance is a share of the draws in which the figure exists.

use crate::analysis::SensitivityError;
use crate::model::Question;
use crate::simulation::{BLOCK, Counted, Estimate, Heard, Progress, Simulated, SimulatedFigure, SummaryError, answers};
use std::ops::ControlFlow;

/// Thresholds of a curve where none are given.
const POINTS: u32 = 41;
/// The share of draws that lies beyond either end of it.
const BEYOND: f64 = 0.005;

/// Draws that are counted at a time.
const PART: usize = 32 * BLOCK;

/// The chance that a figure is above a threshold.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ChanceAbove {
    /// The threshold, in the unit of the figure.
    pub threshold: f64,
    /// The chance.
    pub chance: Estimate,
}

impl Simulated {
    /// The chance that a figure is above each of several thresholds: its acceptability curve. Without thresholds, 41 of
    /// them at even distances over the middle 99 % of its draws. Any measure has one, and draws need not be kept.
    ///
    /// Draws that are kept are counted once for all thresholds; `progress` counts them.
    ///
    /// # Errors
    /// A measure that was not simulated or that no draw has, a threshold that is not a number, a caller who ended it.
    pub fn acceptability(
        &self,
        question: &Question,
        thresholds: &[f64],
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Vec<ChanceAbove>, SensitivityError> {
        let figure = self.answer(question)?;
        let thresholds = if thresholds.is_empty() { even(figure)? } else { thresholds.to_vec() };
        if let Some(wrong) = thresholds.iter().find(|threshold| threshold.is_nan()) {
            return Err(SummaryError::Threshold { value: wrong.to_string() }.into());
        }
        figure.range()?;
        let mut heard = Heard::new(Counted::Draws, figure.count(), progress);
        let chances = match figure.draws() {
            Some(draws) => {
                let above = counts_above(draws, &thresholds, self.simulation().threads(), &mut heard)?;
                let counted = thresholds.iter().zip(above);
                counted.map(|(threshold, above)| figure.chance_above(*threshold, above, 0.0)).collect()
            }
            None => {
                heard.ask()?;
                let above = |threshold: &f64| figure.probability_above(*threshold);
                let chances = thresholds.iter().map(above).collect::<Result<Vec<_>, _>>()?;
                heard.did(figure.count());
                heard.ask()?;
                chances
            }
        };
        let above = thresholds.into_iter().zip(chances);
        Ok(above.map(|(threshold, chance)| ChanceAbove { threshold, chance }).collect())
    }
}

/// Thresholds at even distances over the middle of the draws.
fn even(figure: &SimulatedFigure) -> Result<Vec<f64>, SummaryError> {
    let (low, high) = figure.central(1.0 - 2.0 * BEYOND)?;
    let step = (high - low) / f64::from(POINTS - 1);
    Ok((0..POINTS).map(|point| low + f64::from(point) * step).collect())
}

/// How many draws are above each threshold: each draw is looked for once among the thresholds in their order.
fn counts_above(
    draws: &[f64],
    thresholds: &[f64],
    threads: usize,
    heard: &mut Heard<'_>,
) -> Result<Vec<u64>, SensitivityError> {
    let mut rising = thresholds.to_vec();
    rising.sort_unstable_by(f64::total_cmp);
    let passed = |part: &&[f64]| {
        // By the number of thresholds below a draw.
        let mut passed = vec![0_u64; rising.len().saturating_add(1)];
        for draw in part.iter().filter(|draw| draw.is_finite()) {
            if let Some(count) = passed.get_mut(rising.partition_point(|threshold| threshold < draw)) {
                *count = count.saturating_add(1);
            }
        }
        passed
    };
    let parts: Vec<&[f64]> = draws.chunks(PART).collect();
    let parts = answers(&parts, PART as u64, threads, heard, passed)?;
    let above = |threshold: &f64| {
        let place = rising.partition_point(|other| other < threshold);
        parts.iter().flat_map(|passed| passed.iter().skip(place.saturating_add(1))).sum()
    };
    Ok(thresholds.iter().map(above).collect())
}
