//! Columns: the uncertain numbers of a contract and its truth, drawn.

use crate::address::Address;
use crate::model::{Contract, Slot};
use crate::number::{Constant, Lanes, Number};
use crate::simulation::{BLOCK, Inverse, PointsError, Sampler, Simulation, Uniforms};
use rust_decimal::Decimal;

/// The uncertain numbers of a contract, made ready for drawing.
#[derive(Debug)]
pub(super) struct Columns {
    drawn: Vec<(usize, Uniforms, Inverse)>,
    /// The value of every number where it is certain, its expected value where it is not.
    pub points: Vec<f64>,
    /// By slot: the position of its column.
    of_slot: Vec<Option<usize>>,
}

/// A block of draws of all uncertain numbers.
#[derive(Debug, Default)]
pub(super) struct Block {
    columns: Vec<Vec<f64>>,
    pub draws: usize,
}

/// The values of one number in a block.
#[derive(Debug, Clone, Copy)]
pub(super) enum Values<'b> {
    Certain(f64),
    Drawn(&'b [f64]),
}

/// A block of no draws, for what is certain.
pub(super) static NOTHING_DRAWN: Block = Block { columns: Vec::new(), draws: 0 };

impl Values<'_> {
    /// The value in a draw of the block.
    #[inline(always)]
    pub fn at(self, draw: usize) -> f64 {
        match self {
            Self::Certain(value) => value,
            Self::Drawn(column) => column.get(draw).copied().unwrap_or(0.0),
        }
    }
}

impl Columns {
    /// Of every number of a contract; `addresses` are all that the sampler was made for.
    pub fn new(contract: &Contract, sampler: &Sampler) -> Result<Self, PointsError> {
        let numbers = contract.assumptions();
        let (mut drawn, mut of_slot) = (Vec::new(), vec![None; numbers.len()]);
        for (slot, number) in numbers.iter().enumerate() {
            let Some(distribution) = &number.distribution else { continue };
            if let Some(column) = of_slot.get_mut(slot) {
                *column = Some(drawn.len());
            }
            drawn.push((slot, sampler.uniforms(&number.address)?, Inverse::new(distribution)));
        }
        let points = numbers.iter().map(|number| float(number.point)).collect();
        Ok(Self { drawn, points, of_slot })
    }

    /// Takes a number as certain, at its expected value until it is set.
    pub fn fix(&mut self, slot: Slot) {
        if let Some(column) = self.of_slot.get_mut(slot.position()) {
            *column = None;
        }
        self.drawn.retain(|(drawn, ..)| *drawn != slot.position());
        for (column, (drawn, ..)) in self.drawn.iter().enumerate() {
            if let Some(place) = self.of_slot.get_mut(*drawn) {
                *place = Some(column);
            }
        }
    }

    /// Gives a number that is certain another value.
    pub fn set(&mut self, slot: Slot, value: f64) {
        if let Some(point) = self.points.get_mut(slot.position()) {
            *point = value;
        }
    }

    /// The addresses of the uncertain numbers.
    pub fn addresses(contract: &Contract) -> impl Iterator<Item = &Address> {
        let uncertain = contract.assumptions().iter().filter(|number| number.distribution.is_some());
        uncertain.map(|number| &number.address)
    }

    /// Draws a block.
    pub fn draw(&self, first: u64, draws: usize, block: &mut Block) {
        block.columns.resize_with(self.drawn.len(), || vec![0.0; BLOCK]);
        block.draws = draws;
        for ((_, uniforms, inverse), column) in self.drawn.iter().zip(&mut block.columns) {
            let column = column.get_mut(..draws).unwrap_or_default();
            uniforms.fill(first, column);
            inverse.replace(column);
        }
    }

    /// The values of a number in a block.
    pub fn values<'b>(&self, slot: Slot, block: &'b Block) -> Values<'b> {
        let column = self.of_slot.get(slot.position()).copied().flatten().and_then(|at| block.columns.get(at));
        column.map_or_else(|| Values::Certain(self.point(slot)), |column| Values::Drawn(column))
    }

    /// The expected value of a number.
    pub fn point(&self, slot: Slot) -> f64 {
        self.points.get(slot.position()).copied().unwrap_or(0.0)
    }

    /// Whether a number is certain.
    pub fn is_certain(&self, slot: Slot) -> bool {
        self.of_slot.get(slot.position()).is_none_or(Option::is_none)
    }

    /// Whether every number that is not of the truth is certain.
    pub fn terms_are_certain(&self, contract: &Contract) -> bool {
        !self.drawn.iter().any(|(slot, ..)| is_of_terms(contract, *slot))
    }

    /// The slots that are drawn, each with its column of a block.
    pub fn columns<'b>(&'b self, block: &'b Block) -> impl Iterator<Item = (usize, &'b [f64])> {
        self.drawn.iter().zip(&block.columns).map(|((slot, ..), column)| (*slot, column.as_slice()))
    }
}

/// Whether a number is one of the truth.
pub(super) fn is_of_truth(contract: &Contract, slot: Slot) -> bool {
    let number = contract.assumption(slot);
    number.is_some_and(|number| number.used_at.iter().any(|at| at.as_str().starts_with("truth.")))
}

/// Whether a number is one of the terms, and not of the truth alone.
pub(super) fn is_of_terms(contract: &Contract, slot: usize) -> bool {
    let number = contract.assumptions().get(slot);
    number.is_some_and(|number| number.used_at.iter().any(|at| !at.as_str().starts_with("truth.")))
}

/// Some draws side by side; zeros past the last.
#[inline(always)]
pub(super) fn lanes<const W: usize>(column: &[f64], from: usize) -> Lanes<W> {
    let mut lanes = Lanes::zero();
    for (lane, value) in lanes.0.iter_mut().zip(column.iter().skip(from)) {
        *lane = *value;
    }
    lanes
}

/// A decimal as the nearest float.
pub(super) fn float(number: Decimal) -> f64 {
    Constant::from(number).float()
}

/// All addresses that a simulation of a contract draws, as a sampler.
pub(super) fn sampler(
    contract: &Contract,
    simulation: &Simulation,
    observed: impl Iterator<Item = Address>,
) -> Result<Sampler, PointsError> {
    let addresses: Vec<Address> = Columns::addresses(contract).cloned().chain(observed).collect();
    Sampler::new(simulation.points(), simulation.seed(), simulation.draws(), &addresses)
}
