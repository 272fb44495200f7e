//! Blocks: the draws of a model, 2,048 at a time, and the measures at each of them.
//!
//! One rule: a block is made whole from its position: nothing is carried over from the block before.

use super::wide::{Work, at_width};
use crate::address::Address;
use crate::distribution::Distribution;
use crate::evaluation::{Added, Kernel, Reading, Room};
use crate::model::{Model, Question, Slot};
use crate::simulation::dependence::Dependence;
use crate::simulation::inverse::Inverse;
use crate::simulation::points::{Points, Sampler, Uniforms};
use crate::simulation::request::{Simulation, Width};
use crate::simulation::simulated::SimulationError;
use crate::simulation::stream::Seed;

/// Draws of a block.
pub(crate) const BLOCK: usize = 2_048;

/// A model made ready for blocks of draws.
#[derive(Debug)]
pub(crate) struct Blocks {
    kernel: Kernel,
    columns: Vec<(Uniforms, Inverse)>,
    dependence: Dependence,
    addresses: Vec<Address>,
    without_dimension: Vec<Address>,
    width: Width,
}

/// How far a block is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    /// Its columns hold uniforms, tied together where the document ties them.
    Uniforms,
    /// Its columns hold values.
    Values,
    /// The measures are there; of the columns only the last run is.
    Measures,
}

/// Draws that go through the kernel at once: so few that all columns and the busy parts of their tables stay in the nearer
/// stores of a processor.
const RUN: usize = 512;

impl Stage {
    /// How long a column is.
    fn stride(self) -> usize {
        match self {
            Stage::Uniforms | Stage::Values => BLOCK,
            Stage::Measures => RUN,
        }
    }
}

/// A block as it was drawn.
#[derive(Debug, Clone)]
pub(crate) struct Drawn {
    stage: Stage,
    /// The first of its draws.
    pub first: u64,
    /// How many of them there are.
    pub draws: usize,
    columns: Vec<f64>,
    room: Room,
    added: Added,
    measures: Vec<f64>,
}

impl Blocks {
    /// Makes a model ready for the questions of a simulation.
    pub fn new(model: &Model, simulation: &Simulation, questions: &[Question]) -> Result<Self, SimulationError> {
        let uncertain = model.assumptions().iter().enumerate().filter_map(|(position, assumption)| {
            let distribution = assumption.distribution.as_ref()?;
            Some((Slot(position), assumption.address.clone(), distribution))
        });
        let uncertain: Vec<_> = uncertain.collect();
        let addresses: Vec<Address> = uncertain.iter().map(|(_, address, _)| address.clone()).collect();
        let Simulation { draws, seed, points, width, .. } = *simulation;
        let sampler = sampler(points, seed, draws, &addresses)?;
        let column = |(_, address, distribution): &(Slot, Address, &Distribution)| {
            Ok((sampler.uniforms(address)?, Inverse::new(distribution)))
        };
        let columns = uncertain.iter().map(column).collect::<Result<_, SimulationError>>()?;
        let varied = uncertain.iter().map(|(slot, ..)| *slot).collect();
        let kernel = Kernel::new(model, questions, varied, &[])?;
        let without_dimension = sampler.without_dimension().to_vec();
        let dependence = Dependence::new(model.correlations(), &addresses);
        Ok(Self { kernel, columns, dependence, addresses, without_dimension, width })
    }

    /// Whose draws the columns are.
    pub fn addresses(&self) -> &[Address] {
        &self.addresses
    }

    /// Addresses past the dimensions of the points.
    pub fn without_dimension(&self) -> &[Address] {
        &self.without_dimension
    }

    /// What ties the columns together.
    pub fn dependence(&self) -> &Dependence {
        &self.dependence
    }

    /// How each question is read.
    pub fn readings(&self) -> &[Reading] {
        self.kernel.readings()
    }

    /// Room for one block after the other.
    pub fn room(&self, stage: Stage) -> Drawn {
        Drawn {
            stage,
            first: 0,
            draws: 0,
            columns: vec![0.5; self.columns.len().saturating_mul(stage.stride())],
            room: self.kernel.room(),
            added: Added::default(),
            measures: vec![0.0; self.readings().len().saturating_mul(BLOCK)],
        }
    }

    /// Draws some of the draws of one block, as far as the room's stage goes.
    pub fn draw(&self, first: u64, draws: usize, drawn: &mut Drawn) {
        (drawn.first, drawn.draws) = (first, draws.min(BLOCK));
        at_width(self.width, Filling { blocks: self, drawn });
    }

    #[inline(always)]
    fn fill(&self, drawn: &mut Drawn) {
        let Drawn { stage, first, draws, columns, room, added, measures } = drawn;
        let stride = stage.stride();
        let mut done = 0;
        while done < *draws {
            let run = draws.saturating_sub(done).min(stride);
            self.fill_columns(*stage, first.saturating_add(done as u64), run, columns);
            if *stage == Stage::Measures {
                self.kernel.run(room, columns, stride, run, added);
                for (reading, answers) in self.readings().iter().zip(measures.chunks_exact_mut(BLOCK)) {
                    if let Some(answers) = answers.get_mut(done..done.saturating_add(run)) {
                        self.kernel.read(reading, added, answers);
                    }
                }
            }
            done = done.saturating_add(stride);
        }
    }

    /// Fills a run of draws into every column, as far as a stage goes.
    #[inline(always)]
    fn fill_columns(&self, stage: Stage, first: u64, run: usize, columns: &mut [f64]) {
        let stride = stage.stride();
        let tied = !self.dependence.is_empty();
        for ((points, inverse), column) in self.columns.iter().zip(columns.chunks_exact_mut(stride)) {
            let Some((filled, rest)) = column.split_at_mut_checked(run) else { continue };
            points.fill(first, filled);
            // Strips are of sixteen draws: those beyond the last one are of no draw.
            rest.fill(0.5);
            if !tied && stage > Stage::Uniforms {
                inverse.replace(column);
            }
        }
        if tied {
            self.dependence.apply(columns, stride, run);
            for ((_, inverse), column) in self.columns.iter().zip(columns.chunks_exact_mut(stride)) {
                if stage > Stage::Uniforms {
                    inverse.replace(column);
                }
            }
        }
    }
}

/// A block being drawn.
struct Filling<'a> {
    blocks: &'a Blocks,
    drawn: &'a mut Drawn,
}

impl Work for Filling<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        self.blocks.fill(self.drawn);
    }
}

impl Drawn {
    /// The answers to a question, draw by draw; not a number where a draw has none.
    pub fn measure(&self, question: usize) -> &[f64] {
        part(&self.measures, question, self.draws)
    }

    /// The uniforms or the values of a column, as the stage has them; nothing at the stage of measures.
    pub fn column(&self, column: usize) -> &[f64] {
        if self.stage == Stage::Measures { &[] } else { part(&self.columns, column, self.draws) }
    }
}

fn part(columns: &[f64], position: usize, draws: usize) -> &[f64] {
    let first = position.saturating_mul(BLOCK);
    columns.get(first..first.saturating_add(draws)).unwrap_or_default()
}

fn sampler(points: Points, seed: Seed, draws: u64, addresses: &[Address]) -> Result<Sampler, SimulationError> {
    Ok(Sampler::new(points, seed, draws, addresses)?)
}
