//! Rows of a batch: which draws of which simulation of which model, and what is wrong with one.
//!
//! One rule: whatever is wrong is told at the number of the row and the column it comes from.

use crate::address::{Address, Place};
use crate::document::{Node, Value};
use crate::error::{ModelError, Problem};
use crate::model::{Model, Question};
use crate::simulation::held::Held;
use crate::simulation::part::PartSimulated;
use crate::simulation::refused::SimulationError;
use crate::simulation::request::Simulation;
use crate::simulation::run::{Cancelled, Counted, Progress};
use std::ops::{ControlFlow, Range};

/// One row: a model with other values at some addresses, and some of the draws of a simulation.
#[derive(Debug, Clone)]
pub struct BatchRow {
    /// Its number in the table it stands in, which messages say.
    pub number: usize,
    /// The model.
    pub model: Model,
    /// What is put at which address.
    pub overrides: Vec<(String, Value)>,
    /// What is asked, of all draws together; on how many threads is not looked at.
    pub simulation: Simulation,
    /// Which of the draws.
    pub draws: Range<u64>,
}

/// Why there is no batch.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum BatchError {
    /// Everything that is wrong with the rows: the address of a problem is `rows`, the number of the row, and the column.
    #[error(transparent)]
    Rows(#[from] ModelError),
    /// The caller ended it.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// What is wrong in a cell, with its place where it lies deeper.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct CellFault(pub String);

/// The place of a cell of a batch.
///
/// # Examples
/// ```
/// assert_eq!(impact_core::simulation::batch_cell(3, "seed").to_string(), "rows.3.seed");
/// ```
pub fn batch_cell(row: usize, column: &str) -> Place {
    Place::at(Address::root().child("rows").child(&row.to_string()).child(column))
}

/// The number of the row that a place is in.
pub(super) fn row_of(place: &Place) -> usize {
    place.address.as_str().split('.').nth(1).and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// Overrides written as a JSON object of addresses and values; none in an empty text, or in an object without keys.
///
/// # Errors
/// What is wrong with the text.
///
/// # Examples
/// ```
/// let changes = impact_core::simulation::batch_overrides(r#"{"outcomes.work.deadweight": 0.5, "horizon": 10}"#)?;
/// assert_eq!(changes.iter().map(|(address, _)| address.as_str()).collect::<Vec<_>>(), ["outcomes.work.deadweight", "horizon"]);
/// # Ok::<(), impact_core::error::ModelError>(())
/// ```
pub fn batch_overrides(text: &str) -> Result<Vec<(String, Value)>, ModelError> {
    if text.trim().is_empty() || text.split_whitespace().collect::<String>() == "{}" {
        return Ok(Vec::new());
    }
    let node = Node::from_json(text)?;
    let entries = node.as_table().map(|table| table.entries()).unwrap_or_default();
    Ok(entries.iter().map(|entry| (entry.key.clone(), entry.node.value.clone())).collect())
}

/// A model with other values at some addresses.
pub(super) fn changed(model: &Model, overrides: &[(String, Value)]) -> Result<Model, ModelError> {
    match overrides {
        [] => Ok(model.clone()),
        some => model.with_all(some.iter().map(|(address, value)| (address, value.clone()))),
    }
}

impl BatchRow {
    /// How many draws it has.
    pub(super) fn count(&self) -> u64 {
        self.draws.end.saturating_sub(self.draws.start)
    }

    /// Its model: made to be looked at, and again to be drawn from, as the models of all rows would be too many to hold in between.
    fn changed(&self) -> Result<Model, ModelError> {
        changed(&self.model, &self.overrides)
    }

    /// Its draws.
    pub(super) fn part(
        &self,
        simulation: &Simulation,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<PartSimulated, SimulationError> {
        self.changed()?.simulate_part(simulation, self.draws.clone(), progress)
    }

    /// What is wrong with it, as far as can be seen without drawing.
    pub(super) fn faults(&self) -> Vec<Problem> {
        let range = Held::one(&self.draws, Counted::Draws, self.simulation.draws()).map_err(SimulationError::Parts);
        let valued = self.changed().map_err(SimulationError::from).and_then(|model| {
            let appraisal = model.appraise()?;
            let asked = |question: &Question| appraisal.answer(question).map(drop);
            Ok(self.simulation.questions().iter().try_for_each(asked)?)
        });
        range.as_ref().err().into_iter().chain(valued.err().iter()).flat_map(|error| self.told(error)).collect()
    }

    /// An error of the row, at the column it comes from.
    pub(super) fn told(&self, error: &SimulationError) -> Vec<Problem> {
        let at = |column: &str, said: String| Problem::new(batch_cell(self.number, column), CellFault(said));
        let changed = if self.overrides.is_empty() { "scenario" } else { "overrides" };
        match error {
            SimulationError::Model(error) => batch_cell_problems(error, self.number, changed),
            SimulationError::Question(error) => vec![at("scenario", error.to_string())],
            SimulationError::Parts(error) => vec![at("first_draw", error.to_string())],
            other => vec![at("draws", other.to_string())],
        }
    }
}

/// The problems of a document that a cell stands for, at the place of the cell.
pub fn batch_cell_problems(error: &ModelError, row: usize, column: &str) -> Vec<Problem> {
    let said = |problem: &Problem| match problem.place.address.is_root() && problem.place.span.is_none() {
        true => problem.fault.to_string(),
        false => problem.to_string(),
    };
    let cell = |problem| Problem::new(batch_cell(row, column), CellFault(said(problem)));
    error.problems().iter().map(cell).collect()
}
