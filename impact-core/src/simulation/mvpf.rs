//! The marginal value of public funds of a simulation: both its sides, draw by draw.

use super::refused::NotSimulated;
use super::simulated::Simulated;
use super::summary::{MvpfDraws, MvpfDrawsError, SimulatedFigure};
use crate::evaluation::Absence;
use crate::model::{Measure, Model, Question};
use crate::number::Constant;

/// Why a simulation says nothing of the marginal value of public funds.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum MvpfSimulationError {
    /// A side that was not simulated.
    #[error(transparent)]
    NotSimulated(#[from] NotSimulated),
    /// The model has none.
    #[error(transparent)]
    Absent(#[from] Absence),
    /// Draws that were not kept.
    #[error("the {draws} draws of this simulation are not kept: ask one of at most {most} draws", most = super::KEPT_DRAWS)]
    NotKept {
        /// Draws of the simulation.
        draws: u64,
    },
    /// Draws that have no answer.
    #[error(transparent)]
    Draws(#[from] MvpfDrawsError),
}

impl Simulated {
    /// The marginal value of public funds for society over all draws: what share of them is which case, and an interval in
    /// which infinity has its place. Ask for `willingness_to_pay` and `net_public_cost`, for society.
    ///
    /// # Errors
    /// A side that was not asked for, a model without public budgets or without anybody else, draws that were not kept, a
    /// level outside 0 to 1.
    pub fn mvpf(&self, level: f64) -> Result<MvpfDraws, MvpfSimulationError> {
        let figure = |measure| self.answer(&Question::new(measure));
        let (willingness, cost) = (figure(Measure::WillingnessToPay)?, figure(Measure::NetPublicCost)?);
        MvpfDraws::between(self.model(), willingness, cost, level)
    }
}

impl MvpfDraws {
    /// Of the two sides as they were simulated, by the conventions of their model.
    ///
    /// # Errors
    /// As [`Simulated::mvpf`].
    pub fn between(
        model: &Model,
        willingness: &SimulatedFigure,
        cost: &SimulatedFigure,
        level: f64,
    ) -> Result<Self, MvpfSimulationError> {
        let point = |figure: &SimulatedFigure| figure.point().value.clone().map(|value| Constant::from(value).float());
        let at_point = (point(willingness)?, point(cost)?);
        let kept = |figure: &SimulatedFigure| match figure.draws() {
            Some(draws) => Ok(draws.to_vec()),
            None => Err(MvpfSimulationError::NotKept { draws: figure.count() }),
        };
        let nothing = model.convention().ratios.nothing_for_nothing;
        Ok(Self::of(&kept(willingness)?, &kept(cost)?, at_point, level, nothing)?)
    }
}
