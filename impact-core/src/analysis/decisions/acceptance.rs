//! Acceptance: how the chance of a figure moves with what is asked of it.
//!
//! One rule: a chance is a share of the draws in which the figure exists.

use crate::analysis::SensitivityError;
use crate::model::Question;
use crate::simulation::{Estimate, Simulated, SummaryError};

/// Thresholds of a curve where none are given.
const POINTS: u32 = 41;
/// The share of draws that lies beyond either end of it.
const BEYOND: f64 = 0.005;

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
    /// # Errors
    /// A measure that was not simulated or that no draw has, a threshold that is not a number.
    pub fn acceptability(&self, question: &Question, thresholds: &[f64]) -> Result<Vec<ChanceAbove>, SensitivityError> {
        let figure = self.answer(question)?;
        let even: Vec<f64>;
        let thresholds = if thresholds.is_empty() {
            let (low, high) = (figure.quantile(BEYOND)?.value, figure.quantile(1.0 - BEYOND)?.value);
            let step = (high - low) / f64::from(POINTS - 1);
            even = (0..POINTS).map(|point| low + f64::from(point) * step).collect();
            &even
        } else {
            thresholds
        };
        let above =
            |threshold: &f64| Ok(ChanceAbove { threshold: *threshold, chance: figure.probability_above(*threshold)? });
        Ok(thresholds.iter().map(above).collect::<Result<_, SummaryError>>()?)
    }
}
