//! The kernel: a model valued at thirty-two draws at a time, for the questions asked and nothing else.
//!
//! One rule: it is the formula of every appraisal over another number type and another sink; whatever the width of the
//! machine's vectors, every draw goes through the same operations in the same order, so its bits are the same.

mod by_year;
mod cause;
mod reading;
mod sink;

pub(crate) use cause::Cause;
pub(crate) use reading::Reading;

use reading::{Infinite, Readings};

use super::MvpfSign;
use super::formula::{Workspace, evaluate};
use super::plan::Plan;
use crate::error::ModelError;
use crate::model::{Model, Question, QuestionError, Slot};
use crate::number::{Lanes, Number};
use crate::reference::NothingForNothing;
use sink::ReadingSink;

/// Draws that go through the formula side by side, so many that what is asked of the plan on the way is shared among them. Columns
/// are a multiple of it long.
pub(crate) const WIDTH: usize = 32;

/// A model laid out for draws.
#[derive(Debug, Clone)]
pub(crate) struct Kernel {
    plan: Plan,
    readings: Readings,
    /// The slots that vary, in the order of their columns.
    varied: Vec<Slot>,
}

/// Room for one run after the other.
#[derive(Debug, Clone)]
pub(crate) struct Room {
    work: Workspace<Lanes<WIDTH>>,
    inputs: Vec<Lanes<WIDTH>>,
    sums: Vec<Lanes<WIDTH>>,
    years: Vec<Lanes<WIDTH>>,
}

/// What a block of draws added up to: each sum, and each year of each row of years, as a column of `stride` draws.
#[derive(Debug, Clone, Default)]
pub(crate) struct Added {
    stride: usize,
    horizon: usize,
    sums: Vec<f64>,
    years: Vec<f64>,
}

/// Why a model cannot be laid out for draws.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub(crate) enum KernelError {
    #[error(transparent)]
    Model(#[from] ModelError),
    #[error(transparent)]
    Question(#[from] QuestionError),
}

impl Kernel {
    /// Lays out a model for some questions, with these of its slots in columns and others set from time to time.
    pub fn new(model: &Model, questions: &[Question], varied: Vec<Slot>, set: &[Slot]) -> Result<Self, KernelError> {
        let mut plan = model.plan()?;
        let readings = Readings::of(model, &plan, questions)?;
        plan.settle(|slot| varied.contains(&slot) || set.contains(&slot));
        Ok(Self { plan, readings, varied })
    }

    /// How each question is read off what is added up.
    pub fn readings(&self) -> &[Reading] {
        &self.readings.readings
    }

    /// Room for runs of this kernel.
    pub fn room(&self) -> Room {
        let none = Lanes::zero();
        Room {
            work: Workspace::empty(),
            inputs: self.plan.points.iter().map(Lanes::constant).collect(),
            sums: vec![none; self.readings.constants.len()],
            years: vec![none; self.readings.years.len().saturating_mul(self.plan.years.len())],
        }
    }

    /// Values the model at the draws of some columns, one for each varied slot, each `stride` long with `draws` filled in.
    #[inline(always)]
    pub fn run(&self, room: &mut Room, columns: &[f64], stride: usize, draws: usize, added: &mut Added) {
        added.make_room(stride, self.readings.constants.len(), self.readings.years.len(), self.plan.years.len());
        let mut first = 0;
        while first < draws {
            for (column, slot) in columns.chunks_exact(stride).zip(&self.varied) {
                if let (Some(input), Some(drawn)) =
                    (room.inputs.get_mut(slot.position()), column.get(first..first.saturating_add(WIDTH)))
                {
                    input.0.copy_from_slice(drawn);
                }
            }
            self.strip(room);
            added.keep(first, room);
            first = first.saturating_add(WIDTH);
        }
    }

    /// Gives a number that is in no column another value.
    pub fn set(&self, room: &mut Room, slot: Slot, value: f64) {
        if let Some(input) = room.inputs.get_mut(slot.position()) {
            *input = Lanes::all(value);
        }
    }

    /// What nothing adds up to: the constants of every sum, for columns of so many draws.
    pub fn nothing(&self, stride: usize) -> Added {
        let mut added = Added::default();
        added.make_room(stride, self.readings.constants.len(), self.readings.years.len(), self.plan.years.len());
        for (column, constant) in added.sums.chunks_exact_mut(stride.max(1)).zip(&self.readings.constants) {
            column.fill(*constant);
        }
        added
    }

    #[inline(always)]
    fn strip(&self, room: &mut Room) {
        for (sum, constant) in room.sums.iter_mut().zip(&self.readings.constants) {
            *sum = Lanes::all(*constant);
        }
        room.years.fill(Lanes::zero());
        let mut sink =
            ReadingSink { plan: &self.plan, readings: &self.readings, sums: &mut room.sums, years: &mut room.years };
        evaluate(&self.plan, &room.inputs, &mut room.work, &mut sink);
    }

    /// The answers to one question from what a block added up, one for each place of `out`; not a number where a draw has
    /// none.
    #[inline(always)]
    pub fn read(&self, reading: &Reading, added: &Added, out: &mut [f64]) {
        match reading {
            Reading::Sum(sum) => out.iter_mut().zip(added.sum(*sum)).for_each(|(out, sum)| *out = *sum),
            Reading::Balance { sum, turnover } => {
                let both = added.sum(*sum).iter().zip(added.sum(*turnover));
                for (out, (sum, turnover)) in out.iter_mut().zip(both) {
                    *out = balance(*sum, *turnover);
                }
            }
            Reading::Fraction { above, below, turnover, infinite } => {
                let both = added.sum(*above).iter().zip(added.sum(*below));
                for (out, (above, below)) in out.iter_mut().zip(both) {
                    *out = if *below > 0.0 { *above / *below } else { f64::NAN };
                }
                let turned = turnover.map(|turnover| added.sum(turnover)).unwrap_or_default();
                for ((out, below), turnover) in out.iter_mut().zip(added.sum(*below)).zip(turned) {
                    if balance(*below, *turnover) == 0.0 {
                        *out = f64::NAN;
                    }
                }
                if let Some(Infinite { turnover, nothing }) = infinite {
                    let above = added.sum(*above).iter().zip(added.sum(*turnover));
                    let below = added.sum(*below).iter().zip(turned);
                    for ((out, above), below) in out.iter_mut().zip(above).zip(below) {
                        if out.is_nan() {
                            *out = at_infinity(balance(*above.0, *above.1), balance(*below.0, *below.1), *nothing);
                        }
                    }
                }
            }
            Reading::Years { measure, net, paid } => {
                by_year::read(*measure, &added.rows(*net), &added.rows(*paid), out)
            }
            Reading::None(_) => out.fill(f64::NAN),
        }
    }
}

/// Where a marginal value of public funds over no net cost stands on the line that has infinity at its ends; not a number where it
/// stands nowhere on it.
fn at_infinity(willingness: f64, cost: f64, nothing: NothingForNothing) -> f64 {
    match MvpfSign::of(willingness, cost, nothing) {
        MvpfSign::Infinite => f64::INFINITY,
        MvpfSign::MinusInfinite => f64::NEG_INFINITY,
        MvpfSign::Ratio | MvpfSign::HarmPerUnitSaved | MvpfSign::Undefined => f64::NAN,
    }
}

/// What is left of gains and losses; zero where it is within rounding of it.
#[inline(always)]
fn balance(sum: f64, turnover: f64) -> f64 {
    if sum.abs() <= by_year::ROUNDING * turnover { 0.0 } else { sum }
}

impl Added {
    /// Adds what another cause adds up to.
    #[inline(always)]
    pub fn add(&mut self, other: &Self) {
        self.sums.iter_mut().zip(&other.sums).for_each(|(sum, other)| *sum += *other);
        self.years.iter_mut().zip(&other.years).for_each(|(sum, other)| *sum += *other);
    }

    /// Becomes the sum of two others.
    #[inline(always)]
    pub fn set_sum(&mut self, one: &Self, other: &Self) {
        let both = |sums: &mut Vec<f64>, one: &[f64], other: &[f64]| {
            sums.resize(one.len(), 0.0);
            for ((sum, one), other) in sums.iter_mut().zip(one).zip(other) {
                *sum = *one + *other;
            }
        };
        (self.stride, self.horizon) = (one.stride, one.horizon);
        both(&mut self.sums, &one.sums, &other.sums);
        both(&mut self.years, &one.years, &other.years);
    }

    /// Numbers held.
    pub fn size(&self) -> usize {
        self.sums.len().saturating_add(self.years.len())
    }

    fn make_room(&mut self, stride: usize, sums: usize, rows: usize, horizon: usize) {
        (self.stride, self.horizon) = (stride, horizon);
        self.sums.resize(sums.saturating_mul(stride), 0.0);
        self.years.resize(rows.saturating_mul(horizon).saturating_mul(stride), 0.0);
    }

    #[inline(always)]
    fn keep(&mut self, first: usize, room: &Room) {
        let put = |columns: &mut [f64], stride: usize, lanes: &[Lanes<WIDTH>]| {
            for (column, lanes) in columns.chunks_exact_mut(stride).zip(lanes) {
                if let Some(places) = column.get_mut(first..first.saturating_add(WIDTH)) {
                    places.copy_from_slice(&lanes.0);
                }
            }
        };
        put(&mut self.sums, self.stride, &room.sums);
        put(&mut self.years, self.stride, &room.years);
    }

    fn sum(&self, position: usize) -> &[f64] {
        let first = position.saturating_mul(self.stride);
        self.sums.get(first..first.saturating_add(self.stride)).unwrap_or_default()
    }

    /// The columns of each year of a row.
    fn rows(&self, position: usize) -> Vec<&[f64]> {
        let columns = self.years.chunks_exact(self.stride.max(1));
        columns.skip(position.saturating_mul(self.horizon)).take(self.horizon).collect()
    }
}
