//! Parts: some of the draws of a simulation, to be merged with the others.
//!
//! One rule: a part holds the tree of its whole blocks and the draws of its edges, so that parts merge to the same bits as
//! one run, however they were cut, in whatever order and on whatever machine of the build target.

use super::held::Held;
use super::ready::Ready;
use super::refused::{PartsFault, SimulationError};
use super::request::Simulation;
use super::run::{BLOCK, Blocks, Cancelled, Counted, Drawn, Heard, Progress, Stage, Tree, fold};
use super::simulated::Simulated;
use super::summary::{Histogram, Moments, SimulatedFigure};
use crate::model::Model;
use std::collections::BTreeMap;
use std::ops::{ControlFlow, Range};
use std::sync::Arc;

/// Some of the draws of a simulation, to be merged with the others.
#[derive(Debug, Clone)]
pub struct PartSimulated {
    pub(super) model: Model,
    pub(super) simulation: Simulation,
    /// What the model was made ready to; none in a part that came as bytes.
    pub(super) ready: Option<Ready>,
    pub(super) tree: Tree<Vec<Moments>>,
    pub(super) histograms: Vec<Histogram>,
    /// By first draw: draws of blocks that are not whole, a column for each measure.
    pub(super) edges: BTreeMap<u64, Vec<Vec<f64>>>,
    /// By first draw: the draws that are kept, a column for each measure.
    pub(super) kept: BTreeMap<u64, Vec<Vec<f64>>>,
    pub(super) held: Held,
}

impl PartSimulated {
    /// Of draws that are held, with nothing of them yet.
    pub(super) fn of(held: Held, model: Model, simulation: Simulation) -> Self {
        Self {
            ready: None,
            tree: Tree::default(),
            histograms: vec![Histogram::default(); simulation.questions.len()],
            edges: BTreeMap::new(),
            kept: BTreeMap::new(),
            held,
            model,
            simulation,
        }
    }

    /// The model.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// What is asked, of all draws together.
    pub fn simulation(&self) -> &Simulation {
        &self.simulation
    }

    /// The draws it holds, in their order: those that follow each other as one range.
    pub fn draws(&self) -> Vec<Range<u64>> {
        self.held.ranges()
    }

    /// Whether all draws are there: it can be finished.
    pub fn is_whole(&self) -> bool {
        self.held.whole().is_ok()
    }

    pub(super) fn draw(
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
        let keep = self.simulation.keeps_draws();
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
            if self.simulation.keeps_draws() {
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
        let same = self.model == other.model && self.simulation == other.simulation;
        if !same {
            return Err(SimulationError::Parts(PartsFault::Different));
        }
        self.held.absorb(&other.held).map_err(SimulationError::Parts)?;
        self.ready = self.ready.or(other.ready);
        self.tree.absorb(other.tree);
        self.histograms.iter_mut().zip(other.histograms).for_each(|(mine, theirs)| mine.absorb(theirs));
        self.edges.extend(other.edges);
        self.kept.extend(other.kept);
        Ok(self)
    }

    /// The whole simulation, once all its draws are there.
    ///
    /// # Errors
    /// A draw that no part holds; of a part that came as bytes, as for [`Model::simulate`](crate::Model::simulate).
    pub fn finish(mut self) -> Result<Simulated, SimulationError> {
        self.held.whole().map_err(SimulationError::Parts)?;
        let Ready { points, blocks, notes } = match self.ready {
            Some(ready) => ready,
            None => Ready::new(&self.model, &self.simulation)?,
        };
        let questions = self.simulation.questions.len();
        for (block, values) in whole_blocks(std::mem::take(&mut self.edges), questions) {
            self.tree.insert(block, values.iter().map(|draws| Moments::of(draws)).collect());
        }
        let moments = self.tree.total().unwrap_or_else(|| vec![Moments::NONE; questions]);
        let draws = self.simulation.keeps_draws().then(|| joined(self.kept, questions));
        let mut draws = draws.map(Vec::into_iter);
        let figures = points.into_iter().zip(moments).zip(self.histograms);
        let figures = figures.map(|((point, moments), histogram)| SimulatedFigure {
            point,
            moments,
            histogram: Arc::new(histogram),
            draws: draws.as_mut().and_then(Iterator::next).map(Arc::new),
        });
        let (figures, model, simulation) = (figures.collect(), self.model, self.simulation);
        Ok(Simulated { model, simulation, figures, blocks, notes })
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
