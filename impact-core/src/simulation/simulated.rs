//! Simulated: a model over many draws, whole or in parts.
//!
//! One rule: a part holds the tree of its whole blocks and the draws of its edges, so that parts merge to the same bits as
//! one run, however they were cut, in whatever order and on whatever machine of the build target.

use super::dependence::Repair;
use super::notes::notes;
use super::points::PointsError;
use super::request::Simulation;
use super::run::{BLOCK, Blocks, Cancelled, Counted, Drawn, Heard, Progress, Stage, Tree, fold};
use super::summary::{Histogram, Moments, SimulatedFigure};
use crate::address::Address;
use crate::error::ModelError;
use crate::evaluation::{Figure, KernelError, Provenance};
use crate::model::{HolderKind, Measure, Model, Perspective, Question, QuestionError};
use crate::units::Label;
use std::collections::BTreeMap;
use std::ops::{ControlFlow, Range};
use std::sync::Arc;

/// Draws of a simulation up to which every draw of a measure is kept.
pub const KEPT_DRAWS: u64 = 10_000_000;

/// Why a model cannot be simulated.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SimulationError {
    /// The model cannot be valued.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A measure that cannot be asked of it.
    #[error(transparent)]
    Question(#[from] QuestionError),
    /// The points do not have so many draws.
    #[error(transparent)]
    Points(#[from] PointsError),
    /// The caller ended it.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// Parts that do not make one simulation.
    #[error("{0}")]
    Parts(PartsFault),
}

/// Why parts do not make one simulation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PartsFault {
    /// Draws outside the simulation, or none.
    #[error("draws {first} to {end} are not a part of the {draws} draws of the simulation")]
    Range {
        /// The first draw.
        first: u64,
        /// The one after the last.
        end: u64,
        /// Draws in all.
        draws: u64,
    },
    /// Another model, seed, number of draws, points or measures.
    #[error("the parts are of different simulations: model, seed, points, draws and measures must be the same")]
    Different,
    /// A draw that two parts hold.
    #[error("draws {first} to {end} are in two parts")]
    Twice {
        /// The first draw.
        first: u64,
        /// The one after the last.
        end: u64,
    },
    /// A draw that no part holds.
    #[error("draws {first} to {end} are in no part")]
    Missing {
        /// The first draw.
        first: u64,
        /// The one after the last.
        end: u64,
    },
}

impl From<KernelError> for SimulationError {
    fn from(error: KernelError) -> Self {
        match error {
            KernelError::Model(error) => Self::Model(error),
            KernelError::Question(error) => Self::Question(error),
        }
    }
}

/// A model over all draws of a simulation.
#[derive(Debug, Clone)]
pub struct Simulated {
    model: Model,
    simulation: Simulation,
    figures: Vec<SimulatedFigure>,
    blocks: Arc<Blocks>,
    notes: Vec<Label>,
}

/// Some of the draws of a simulation, to be merged with the others.
#[derive(Debug, Clone)]
pub struct PartSimulated {
    model: Model,
    simulation: Simulation,
    points: Vec<Figure>,
    blocks: Arc<Blocks>,
    notes: Vec<Label>,
    tree: Tree<Vec<Moments>>,
    histograms: Vec<Histogram>,
    /// By first draw: draws of blocks that are not whole, a column for each measure.
    edges: BTreeMap<u64, Vec<Vec<f64>>>,
    /// By first draw: the draws that are kept, a column for each measure.
    kept: BTreeMap<u64, Vec<Vec<f64>>>,
    /// By first draw: the draw after the last.
    held: BTreeMap<u64, u64>,
}

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
    /// assert!((mean.value - 50.0).abs() < 4.0 * mean.standard_error);
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
        let blocks = Arc::new(Blocks::new(self, &simulation, &simulation.questions)?);
        if draws.start >= draws.end || draws.end > simulation.draws {
            let fault = PartsFault::Range { first: draws.start, end: draws.end, draws: simulation.draws };
            return Err(SimulationError::Parts(fault));
        }
        let appraisal = self.appraise()?;
        let answer = |question: &Question| appraisal.answer(question);
        let points = simulation.questions.iter().map(answer).collect::<Result<Vec<_>, _>>()?;
        let mut part = PartSimulated {
            model: self.clone(),
            points,
            notes: notes(self, &simulation, &blocks),
            blocks: Arc::clone(&blocks),
            tree: Tree::default(),
            histograms: vec![Histogram::default(); simulation.questions.len()],
            edges: BTreeMap::new(),
            kept: BTreeMap::new(),
            held: BTreeMap::from([(draws.start, draws.end)]),
            simulation,
        };
        part.draw(&blocks, draws, progress)?;
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

impl PartSimulated {
    fn draw(
        &mut self,
        blocks: &Blocks,
        draws: Range<u64>,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<(), Cancelled> {
        let size = BLOCK as u64;
        let whole = |draw: u64| if draw == self.simulation.draws { draw } else { draw / size * size };
        let first = if draws.start.is_multiple_of(size) {
            draws.start
        } else {
            whole(draws.start.saturating_add(size - 1).min(self.simulation.draws))
        };
        let last = whole(draws.end);
        if first >= last {
            self.draw_edge(blocks, draws);
            return Ok(());
        }
        self.draw_edge(blocks, draws.start..first);
        self.draw_edge(blocks, last..draws.end);
        let keep = self.simulation.draws <= KEPT_DRAWS;
        let room = if keep { usize::try_from(last.saturating_sub(first)).unwrap_or(0) } else { 0 };
        let questions = self.simulation.questions.len();
        let mut kept: Vec<Vec<f64>> = vec![vec![0.0; room]; questions];
        let mut rooms: Vec<_> = kept.iter_mut().map(|column| column.chunks_mut(BLOCK)).collect();
        let places = || rooms.iter_mut().map(|blocks| blocks.next().unwrap_or_default()).collect::<Vec<_>>();
        let each = |drawn: &Drawn, histograms: &mut Vec<Histogram>, places: Vec<&mut [f64]>| {
            histograms.resize(questions, Histogram::default());
            for ((question, place), histogram) in places.into_iter().enumerate().zip(histograms) {
                let values = drawn.measure(question);
                histogram.add(values);
                // Empty where draws are not kept.
                place.iter_mut().zip(values).for_each(|(place, value)| *place = *value);
            }
            (0..questions).map(|question| Moments::of(drawn.measure(question))).collect::<Vec<_>>()
        };
        let mut heard = Heard::new(Counted::Draws, last.saturating_sub(first), progress);
        let folded = fold(blocks, first..last, Stage::Measures, self.simulation.threads, &mut heard, places, &each)?;
        self.tree = folded.tree;
        for histograms in folded.local {
            self.histograms.iter_mut().zip(histograms).for_each(|(mine, theirs)| mine.absorb(theirs));
        }
        if keep {
            self.kept.insert(first, kept);
        }
        Ok(())
    }

    /// Draws less than a block: its draws are kept until the rest of the block is there.
    fn draw_edge(&mut self, blocks: &Blocks, draws: Range<u64>) {
        let mut drawn = blocks.room(Stage::Measures);
        let size = BLOCK as u64;
        let mut next = draws.start;
        while next < draws.end {
            let end = draws.end.min((next / size).saturating_add(1).saturating_mul(size));
            blocks.draw(next, usize::try_from(end.saturating_sub(next)).unwrap_or(0), &mut drawn);
            let values: Vec<Vec<f64>> =
                (0..self.simulation.questions.len()).map(|question| drawn.measure(question).to_vec()).collect();
            for (histogram, values) in self.histograms.iter_mut().zip(&values) {
                histogram.add(values);
            }
            if self.simulation.draws <= KEPT_DRAWS {
                self.kept.insert(next, values.clone());
            }
            self.edges.insert(next, values);
            next = end;
        }
    }

    /// Takes over the draws of another part of the same simulation.
    ///
    /// # Errors
    /// A part of another simulation; a draw that both hold.
    pub fn merge(mut self, other: Self) -> Result<Self, SimulationError> {
        let same = self.model == other.model && self.simulation.is_same_as(&other.simulation);
        if !same {
            return Err(SimulationError::Parts(PartsFault::Different));
        }
        for (first, end) in &other.held {
            let before = self.held.range(..end).next_back().filter(|(_, held)| *held > first);
            if let Some((mine, held)) = before {
                let (first, end) = (*first.max(mine), *end.min(held));
                return Err(SimulationError::Parts(PartsFault::Twice { first, end }));
            }
        }
        self.held.extend(other.held);
        self.tree.absorb(other.tree);
        self.histograms.iter_mut().zip(other.histograms).for_each(|(mine, theirs)| mine.absorb(theirs));
        self.edges.extend(other.edges);
        self.kept.extend(other.kept);
        Ok(self)
    }

    /// The whole simulation, once all its draws are there.
    ///
    /// # Errors
    /// A draw that no part holds.
    pub fn finish(mut self) -> Result<Simulated, SimulationError> {
        let mut next = 0;
        for (first, end) in self.held.iter().chain([(&self.simulation.draws, &self.simulation.draws)]) {
            if *first > next {
                return Err(SimulationError::Parts(PartsFault::Missing { first: next, end: *first }));
            }
            next = *end;
        }
        let questions = self.simulation.questions.len();
        for (block, values) in whole_blocks(std::mem::take(&mut self.edges), questions) {
            self.tree.insert(block, values.iter().map(|draws| Moments::of(draws)).collect());
        }
        let moments = self.tree.total().unwrap_or_else(|| vec![Moments::NONE; questions]);
        let draws = (self.simulation.draws <= KEPT_DRAWS).then(|| joined(self.kept, questions));
        let mut draws = draws.map(Vec::into_iter);
        let figures = self.points.into_iter().zip(moments).zip(self.histograms);
        let figures = figures.map(|((point, moments), histogram)| SimulatedFigure {
            point,
            moments,
            histogram: Arc::new(histogram),
            draws: draws.as_mut().and_then(Iterator::next).map(Arc::new),
        });
        Ok(Simulated {
            figures: figures.collect(),
            model: self.model,
            simulation: self.simulation,
            blocks: self.blocks,
            notes: self.notes,
        })
    }
}

/// The edges put together to the blocks they are pieces of.
fn whole_blocks(edges: BTreeMap<u64, Vec<Vec<f64>>>, questions: usize) -> BTreeMap<u64, Vec<Vec<f64>>> {
    let mut blocks = BTreeMap::new();
    for (first, values) in edges {
        let block = blocks.entry(first / BLOCK as u64).or_insert_with(|| vec![Vec::new(); questions]);
        block.iter_mut().zip(values).for_each(|(block, values)| block.extend(values));
    }
    blocks
}

/// Columns that follow each other.
fn joined(parts: BTreeMap<u64, Vec<Vec<f64>>>, questions: usize) -> Vec<Vec<f64>> {
    let mut parts = parts.into_values();
    let mut whole = parts.next().unwrap_or_else(|| vec![Vec::new(); questions]);
    for part in parts {
        whole.iter_mut().zip(part).for_each(|(whole, part)| whole.extend(part));
    }
    whole
}

impl Simulation {
    /// Whether it gives the same draws and measures, however it is run.
    fn is_same_as(&self, other: &Self) -> bool {
        let key = |simulation: &Self| (simulation.draws, simulation.seed, simulation.points);
        key(self) == key(other) && self.questions == other.questions
    }
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

/// A measure that was not asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{question}` was not simulated: name it among the measures (simulated: {asked})")]
pub struct NotSimulated {
    /// The measure and perspective.
    pub question: String,
    /// Those that were.
    pub asked: String,
}
