//! Blocks: the draws of a model, 2,048 at a time, and the measures at each of them.
//!
//! One rule: a block is made whole from its position: nothing is carried over from the block before.

use super::wide::{Work, at_width};
use crate::address::Address;
use crate::distribution::Distribution;
use crate::evaluation::{Added, Kernel, Reading, Room, WIDTH};
use crate::model::{Model, Question, Slot};
use crate::simulation::dependence::Dependence;
use crate::simulation::inverse::Inverse;
use crate::simulation::points::{Points, PointsError, Sampler, Uniforms};
use crate::simulation::refused::SimulationError;
use crate::simulation::request::{Simulation, Width};
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
const _: () = assert!(BLOCK.is_multiple_of(RUN) && RUN.is_multiple_of(WIDTH));

impl Stage {
    /// How long a column is.
    fn stride(self) -> usize {
        match self {
            Stage::Uniforms | Stage::Values => BLOCK,
            Stage::Measures => RUN,
        }
    }
}

/// What is asked of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Asked {
    Nothing,
    /// Its uniforms, for the columns that are tied to it.
    ForOthers,
    Itself,
}

/// What is asked of all columns of a room.
struct Asking<'a> {
    stage: Stage,
    of: &'a [Asked],
    tied: bool,
}

/// A block as it was drawn.
#[derive(Debug, Clone)]
pub(crate) struct Drawn {
    stage: Stage,
    /// What is asked of each column.
    asked: Vec<Asked>,
    /// Whether any of them is tied to others.
    tied: bool,
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

    /// The position of an address among the columns.
    pub fn column(&self, address: &Address) -> Result<usize, PointsError> {
        let found = self.addresses.iter().position(|known| known == address);
        found.ok_or_else(|| PointsError::Unknown { address: address.clone() })
    }

    /// How the columns come to their values.
    pub fn inverses(&self) -> impl Iterator<Item = &Inverse> {
        self.columns.iter().map(|(_, inverse)| inverse)
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

    /// Room for some columns alone, of one block after the other: uniforms or values, no measures. They have the bits that they
    /// have among all columns.
    pub fn room_for(&self, stage: Stage, columns: &[usize]) -> Drawn {
        let tied = columns.iter().any(|column| self.dependence.ties(*column));
        let asked = |column: usize| match columns.contains(&column) {
            true => Asked::Itself,
            false if tied && self.dependence.ties(column) => Asked::ForOthers,
            false => Asked::Nothing,
        };
        let asked = (0..self.columns.len()).map(asked).collect();
        Drawn { asked, tied, ..self.room(stage.min(Stage::Values)) }
    }

    /// Room for one block after the other.
    pub fn room(&self, stage: Stage) -> Drawn {
        Drawn {
            stage,
            asked: vec![Asked::Itself; self.columns.len()],
            tied: !self.dependence.is_empty(),
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

    /// Values the model at the columns as they stand, in a room for values.
    pub fn value(&self, drawn: &mut Drawn) {
        at_width(self.width, Valuing { blocks: self, drawn });
    }

    #[inline(always)]
    fn fill(&self, drawn: &mut Drawn) {
        let Drawn { stage, asked, tied, first, draws, columns, room, added, measures } = drawn;
        let stride = stage.stride();
        let mut done = 0;
        while done < *draws {
            let run = draws.saturating_sub(done).min(stride);
            let asked = Asking { stage: *stage, of: asked, tied: *tied };
            self.fill_columns(&asked, first.saturating_add(done as u64), run, columns);
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

    /// Fills a run of draws into the columns that are asked for, as far as a stage goes.
    #[inline(always)]
    fn fill_columns(&self, asking: &Asking<'_>, first: u64, run: usize, columns: &mut [f64]) {
        let (stride, valued) = (asking.stage.stride(), asking.stage > Stage::Uniforms);
        for (((points, inverse), column), asked) in
            self.columns.iter().zip(columns.chunks_exact_mut(stride)).zip(asking.of)
        {
            let Some((filled, rest)) = column.split_at_mut_checked(run) else { continue };
            if *asked == Asked::Nothing {
                continue;
            }
            points.fill(first, filled);
            // Strips are filled up: what lies beyond the last draw is of no draw.
            rest.fill(0.5);
            if !asking.tied && valued {
                inverse.replace(column);
            }
        }
        if asking.tied {
            self.dependence.apply(columns, stride, run);
            for (((_, inverse), column), asked) in
                self.columns.iter().zip(columns.chunks_exact_mut(stride)).zip(asking.of)
            {
                if valued && *asked == Asked::Itself {
                    inverse.replace(column);
                }
            }
        }
    }

    #[inline(always)]
    fn read(&self, drawn: &mut Drawn) {
        let Drawn { draws, columns, room, added, measures, .. } = drawn;
        self.kernel.run(room, columns, BLOCK, *draws, added);
        for (reading, answers) in self.readings().iter().zip(measures.chunks_exact_mut(BLOCK)) {
            if let Some(answers) = answers.get_mut(..*draws) {
                self.kernel.read(reading, added, answers);
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

/// A block being valued at its columns.
struct Valuing<'a> {
    blocks: &'a Blocks,
    drawn: &'a mut Drawn,
}

impl Work for Valuing<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        self.blocks.read(self.drawn);
    }
}

impl Drawn {
    /// Takes the draws of some columns, as they are in another room of the same block; both are rooms for values.
    pub fn take(&mut self, columns: impl IntoIterator<Item = usize>, from: &Drawn) {
        (self.first, self.draws) = (from.first, from.draws);
        for column in columns {
            let start = column.saturating_mul(BLOCK);
            let whole = start..start.saturating_add(BLOCK);
            if let (Some(to), Some(from)) = (self.columns.get_mut(whole.clone()), from.columns.get(whole)) {
                to.copy_from_slice(from);
            }
        }
    }

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
