//! Simulating: a model valued at many draws, all of them or some.
//!
//! One rule: what cannot be answered is refused before anything is drawn.

use super::held::Held;
use super::part::PartSimulated;
use super::ready::Ready;
use super::refused::SimulationError;
use super::request::Simulation;
use super::run::{Counted, Progress};
use super::simulated::Simulated;
use crate::model::{HolderKind, Measure, Model, Perspective, Question};
use std::ops::{ControlFlow, Range};
use std::sync::Arc;

impl Model {
    /// Values the model at many draws of its uncertain numbers.
    ///
    /// `progress` is called on the calling thread between batches of 131,072 draws; when it breaks, nothing is kept.
    ///
    /// # Errors
    /// A model that cannot be valued, a holder or an outcome that it does not have, more draws than the points have, and a
    /// caller who ended it.
    ///
    /// # Examples
    /// ```
    /// use impact_core::Model;
    /// use impact_core::model::{Measure, Perspective};
    /// use impact_core::simulation::{Seed, Simulation};
    /// use std::ops::ControlFlow;
    /// let model = Model::from_toml(r#"
    /// impact = 1
    /// name = "Work (illustrative)"
    /// country = "NO"
    /// currency = "NOK"
    /// price_year = 2024
    /// start = 2024
    /// horizon = 1
    /// conventions = "sroi-practice"
    /// holders = [{ id = "town", kind = "public", level = "municipality" }, { id = "people", kind = "people" }]
    /// costs = [{ id = "team", payer = "town", amount = 100, year = 2024, source = "illustrative" }]
    /// [[outcomes]]
    /// id = "work"
    /// holder = "people"
    /// nature = "event"
    /// quantity = { uniform = [0, 10] }
    /// values = [{ id = "wage", value = 30, unit = "person", to = "people", kind = "social", source = "illustrative" }]
    /// "#)?;
    /// let simulated = model.simulate(&Simulation::new(10_000, Seed(7)), &mut |_| ControlFlow::Continue(()))?;
    /// let npv = simulated.measure(Measure::Npv, Perspective::Society)?;
    /// let mean = npv.mean()?;
    /// let error = mean.standard_error.ok_or("one draw has no standard error")?;
    /// assert!((mean.value - 50.0).abs() < 4.0 * error);
    /// // 30 · quantity − 100 is above zero in two thirds of all draws.
    /// assert!((npv.probability_above(0.0)?.value - 2.0 / 3.0).abs() < 0.02);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn simulate(
        &self,
        simulation: &Simulation,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Simulated, SimulationError> {
        self.simulate_part(simulation, 0..simulation.draws, progress)?.finish()
    }

    /// Values the model at some of the draws of a simulation: the others may be drawn elsewhere and merged.
    ///
    /// # Errors
    /// As for [`Model::simulate`]; draws outside the simulation.
    pub fn simulate_part(
        &self,
        simulation: &Simulation,
        draws: Range<u64>,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<PartSimulated, SimulationError> {
        let simulation = simulation.clone().with_questions_of(self);
        // The points say what they cannot hold before a range of them is looked at.
        let blocks = Ready::blocks(self, &simulation)?;
        let held = Held::one(&draws, Counted::Draws, simulation.draws).map_err(SimulationError::Parts)?;
        let ready = Ready::with(self, &simulation, Arc::clone(&blocks))?;
        let mut part = PartSimulated::of(held, self.clone(), simulation);
        part.draw(&blocks, draws, progress)?;
        part.ready = Some(ready);
        Ok(part)
    }
}

impl Simulation {
    /// The usual measures where none are asked for.
    fn with_questions_of(self, model: &Model) -> Self {
        if !self.questions.is_empty() {
            return self;
        }
        let public = model.holders().iter().filter(|holder| holder.kind == HolderKind::Public);
        let npv = |perspective| Question::new(Measure::Npv).seen_by(perspective);
        let for_society = [npv(Perspective::Society), Question::new(Measure::SroiRatio), npv(Perspective::Public)];
        let own = model.questions().iter().map(|named| named.question.clone());
        let holders = public.map(|holder| npv(Perspective::Holder(holder.id.clone())));
        self.asking(for_society.into_iter().chain(holders).chain(own).collect::<Vec<_>>())
    }
}
