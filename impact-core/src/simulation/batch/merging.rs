//! Merging: the parts of many simulations, one a row, put together to whole ones.
//!
//! One rule: parts belong together where scenario, overrides, seed and number of draws are the same; their order does not matter.

use super::row::{CellFault, batch_cell, batch_cell_problems, changed, row_of};
use crate::document::Value;
use crate::error::{ModelError, Problem, Problems};
use crate::model::Model;
use crate::simulation::part::PartSimulated;
use crate::simulation::refused::SimulationError;
use crate::simulation::simulated::Simulated;
use std::collections::HashMap;

/// One row: a part of a simulation as bytes, and what it is a part of.
#[derive(Debug, Clone)]
pub struct PartRow {
    /// Its number in the table it stands in, which messages say.
    pub number: usize,
    /// What tells its simulation from others of the same seed and number of draws.
    pub name: String,
    /// The model.
    pub model: Model,
    /// What is put at which address.
    pub overrides: Vec<(String, Value)>,
    /// The part, [packed](PartSimulated::packed).
    pub part: Vec<u8>,
}

/// Puts the parts of many simulations together; `answer` makes of each simulation what is kept of it, given the position of the first row
/// that it has a part in. The answers come in the order of these.
///
/// # Errors
/// Everything that is wrong with the rows together: parts that do not fit, draws that two hold, and draws that are missing.
pub fn merge_parts<T>(
    rows: &[PartRow],
    mut problems: Problems,
    answer: &dyn Fn(usize, &Simulated) -> T,
) -> Result<Vec<T>, ModelError> {
    let mut known: HashMap<(&str, u64, u64), usize> = HashMap::new();
    let mut merged: Vec<(usize, Option<PartSimulated>)> = Vec::new();
    for (position, row) in rows.iter().enumerate() {
        let part = match row.opened() {
            Ok(part) => part,
            Err(found) => {
                found.into_iter().for_each(|problem| problems.push(problem));
                continue;
            }
        };
        let simulation = part.simulation();
        let key = (row.name.as_str(), simulation.seed().0, simulation.draws());
        let place = *known.entry(key).or_insert(merged.len());
        match merged.get_mut(place) {
            None => merged.push((position, Some(part))),
            // Of what was refused once, nothing more is said.
            Some((_, together)) => match together.take().map(|other| other.merge(part)) {
                Some(Ok(both)) => *together = Some(both),
                Some(Err(error)) => problems.push(row.refused(&error)),
                None => {}
            },
        }
    }
    let mut found = Vec::with_capacity(merged.len());
    for (position, part) in merged {
        let (Some(row), Some(part)) = (rows.get(position), part) else { continue };
        match part.finish() {
            Ok(simulated) => found.push(answer(position, &simulated)),
            Err(error) => problems.push(row.refused(&error)),
        }
    }
    problems.sort_by_key(|problem| row_of(&problem.place));
    problems.into_result().map(|()| found)
}

impl PartRow {
    fn opened(&self) -> Result<PartSimulated, Vec<Problem>> {
        let model = changed(&self.model, &self.overrides);
        let model = model.map_err(|error| batch_cell_problems(&error, self.number, "overrides"))?;
        PartSimulated::unpacked(&model, &self.part).map_err(|error| vec![self.refused(&error)])
    }

    fn refused(&self, error: &SimulationError) -> Problem {
        Problem::new(batch_cell(self.number, "part"), CellFault(error.to_string()))
    }
}
