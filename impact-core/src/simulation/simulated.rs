//! Simulated: a model over all draws of a simulation, and what can be read off it.
//!
//! One rule: inputs are never kept; what is asked of them is drawn again, and has the bits it had.

use super::dependence::Repair;
use super::points::PointsError;
use super::refused::NotSimulated;
use super::request::Simulation;
use super::run::{BLOCK, Blocks, Stage};
use super::summary::SimulatedFigure;
use crate::address::Address;
use crate::evaluation::Provenance;
use crate::model::{Measure, Model, Perspective, Question};
use crate::units::Label;
use std::sync::Arc;

/// A model over all draws of a simulation.
#[derive(Debug, Clone)]
pub struct Simulated {
    pub(super) model: Model,
    pub(super) simulation: Simulation,
    pub(super) figures: Vec<SimulatedFigure>,
    pub(super) blocks: Arc<Blocks>,
    pub(super) notes: Vec<Label>,
}

impl Simulated {
    /// The model.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// What was asked.
    pub fn simulation(&self) -> &Simulation {
        &self.simulation
    }

    /// The figures, in the order they were asked for.
    pub fn figures(&self) -> &[SimulatedFigure] {
        &self.figures
    }

    /// A measure from a perspective.
    ///
    /// # Errors
    /// A measure that was not asked for.
    pub fn measure(&self, measure: Measure, perspective: Perspective) -> Result<&SimulatedFigure, NotSimulated> {
        self.answer(&Question::new(measure).seen_by(perspective))
    }

    /// The answer to a question.
    ///
    /// # Errors
    /// A question that was not asked.
    pub fn answer(&self, question: &Question) -> Result<&SimulatedFigure, NotSimulated> {
        let found = self.simulation.questions.iter().position(|asked| asked == question);
        found.and_then(|position| self.figures.get(position)).ok_or_else(|| NotSimulated {
            question: question.to_string(),
            asked: self.simulation.questions.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        })
    }

    /// What made this result, beside the model's own provenance: seed, points and number of draws stand in
    /// [`simulation`](Self::simulation).
    pub fn provenance(&self) -> Provenance {
        Provenance::of(&self.model)
    }

    /// What to know before reading the figures, in the languages of the reports.
    pub fn notes(&self) -> &[Label] {
        &self.notes
    }

    /// The uncertain addresses, in the order of their columns.
    pub fn addresses(&self) -> &[Address] {
        self.blocks.addresses()
    }

    /// What draws the columns again.
    pub(crate) fn blocks(&self) -> &Blocks {
        &self.blocks
    }

    /// The values of some uncertain numbers at every draw, drawn again: they are never kept.
    ///
    /// # Errors
    /// An address that is not uncertain.
    pub fn inputs(&self, addresses: &[Address]) -> Result<Vec<Vec<f64>>, PointsError> {
        self.again(addresses, Stage::Values, self.simulation.draws)
    }

    /// The uniforms behind them.
    ///
    /// # Errors
    /// An address that is not uncertain.
    pub fn uniforms(&self, addresses: &[Address]) -> Result<Vec<Vec<f64>>, PointsError> {
        self.again(addresses, Stage::Uniforms, self.simulation.draws)
    }

    /// The first draws of some columns, drawn again.
    pub(crate) fn again(&self, addresses: &[Address], stage: Stage, draws: u64) -> Result<Vec<Vec<f64>>, PointsError> {
        let columns = addresses.iter().map(|address| self.blocks.column(address)).collect::<Result<Vec<_>, _>>()?;
        let draws = draws.min(self.simulation.draws);
        let mut drawn = self.blocks.room_for(stage, &columns);
        let room = usize::try_from(draws).unwrap_or(0);
        let mut values: Vec<Vec<f64>> = columns.iter().map(|_| Vec::with_capacity(room)).collect();
        let mut first = 0;
        while first < draws {
            let left = draws.saturating_sub(first);
            self.blocks.draw(first, usize::try_from(left).unwrap_or(BLOCK).min(BLOCK), &mut drawn);
            for (values, column) in values.iter_mut().zip(&columns) {
                values.extend_from_slice(drawn.column(*column));
            }
            first = first.saturating_add(BLOCK as u64);
        }
        Ok(values)
    }

    /// Correlations that cannot be as asked, and what is used in their place.
    pub fn repairs(&self) -> &[Repair] {
        self.blocks.dependence().repairs()
    }
}
