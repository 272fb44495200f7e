//! Ready: a model made ready for the questions of a simulation.
//!
//! One rule: it follows from model and request alone, so that whoever puts parts together can make it again.

use super::notes::notes;
use super::refused::SimulationError;
use super::request::Simulation;
use super::run::Blocks;
use crate::evaluation::Figure;
use crate::model::{Model, Question};
use crate::units::Label;
use std::sync::Arc;

/// What stands around the draws of a model.
#[derive(Debug, Clone)]
pub(super) struct Ready {
    /// The exact figures at the point values.
    pub points: Vec<Figure>,
    /// What draws.
    pub blocks: Arc<Blocks>,
    /// What to know before reading the figures.
    pub notes: Vec<Label>,
}

impl Ready {
    /// For a simulation that names its questions.
    pub fn new(model: &Model, simulation: &Simulation) -> Result<Self, SimulationError> {
        Self::with(model, simulation, Self::blocks(model, simulation)?)
    }

    /// What draws.
    pub fn blocks(model: &Model, simulation: &Simulation) -> Result<Arc<Blocks>, SimulationError> {
        Ok(Arc::new(Blocks::new(model, simulation, &simulation.questions)?))
    }

    /// With what draws.
    pub fn with(model: &Model, simulation: &Simulation, blocks: Arc<Blocks>) -> Result<Self, SimulationError> {
        let appraisal = model.appraise()?;
        let answer = |question: &Question| appraisal.answer(question);
        let points = simulation.questions.iter().map(answer).collect::<Result<Vec<_>, _>>()?;
        let notes = notes(model, simulation, &blocks);
        Ok(Self { points, blocks, notes })
    }
}
