//! Grids of a contract: what it pays at every combination of values of some numbers of its terms and its truth.
//!
//! One rule: all scenarios share the draws of everything that they leave as it is, so a grid gives to the last bit what single
//! runs give; what is observed is drawn once for each combination of the truth, whatever the terms.

use super::columns::{Columns, float, lanes, sampler};
use super::fault::RiskError;
use super::found::{Spread, chance};
use super::run::{Scene, WIDE, observed_at};
use super::situation::Situation;
use crate::analysis::draws::count;
use crate::analysis::grid::{Axis, MOST_GRID_DRAWS, MOST_SCENARIOS};
use crate::contract::figure::Counted as Seen;
use crate::contract::{Found, PayoutFault, Plan, Room};
use crate::document::nearest;
use crate::model::terms::{Schedule, Truth};
use crate::model::{Contract, HolderIndex, Slot};
use crate::number::{Lanes, Number};
use crate::simulation::{BLOCK, Counted, Estimate, Heard, Progress, Queue, Simulation, Work, at_width, workers};
use std::ops::{ControlFlow, Range};

/// Scenarios that are paid between two looks at the queue.
const TOGETHER: usize = 256;

/// What a grid of a contract is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct RiskGridQuestion {
    /// Numbers of the terms or of the truth, with their values; the last axis is the fastest.
    pub axes: Vec<Axis>,
    /// What is supposed beside.
    pub situation: Situation,
    /// Chances whose quantiles of what is paid in all are wanted.
    pub chances: Vec<f64>,
    /// Draws, seed, points and threads.
    pub simulation: Simulation,
}

/// What a contract pays over the scenarios of a grid.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RiskGrid {
    /// What was asked.
    pub asked: RiskGridQuestion,
    /// Who pays, in the order of `by_payer`.
    pub payers: Vec<HolderIndex>,
    /// The scenarios, the last axis fastest.
    pub scenarios: Vec<RiskScenario>,
}

/// What a contract pays in one scenario.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RiskScenario {
    /// The chance that anything is paid for a result.
    pub chance_of_paying: Estimate,
    /// What is paid in all, on average.
    pub mean: f64,
    /// Its standard deviation.
    pub sd: f64,
    /// What each payer pays on average.
    pub by_payer: Vec<f64>,
    /// The quantiles asked for.
    pub quantiles: Vec<f64>,
}

impl Contract {
    /// What the contract pays at every combination of values of some of its numbers, over shared draws.
    ///
    /// A number that is uncertain in the document has the value of its scenario in every draw. `progress` is told how many scenarios
    /// are done, on the calling thread; when it breaks, nothing is kept.
    ///
    /// # Errors
    /// As for [`Contract::risk`]; no axes, addresses that are no number of the contract, values that do not rise or that it does
    /// not take, steps or bands that would not rise any more, more draws or scenarios than a grid holds.
    pub fn risk_grid(
        &self,
        asked: &RiskGridQuestion,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<RiskGrid, RiskError> {
        let truth = self.truth().ok_or(PayoutFault::NoTruth)?;
        let axes = Axes::new(self, asked)?;
        let plan = Plan::new(self, truth)?;
        let mut heard = Heard::new(Counted::Scenarios, axes.count as u64, progress);
        let mut scenarios: Vec<Option<RiskScenario>> = vec![None; axes.count];
        for of_truth in 0..axes.truths() {
            let table = Table::new((self, truth, &plan), asked, &axes, of_truth)?;
            table.work(&mut heard, &mut scenarios)?;
        }
        Ok(RiskGrid { asked: asked.clone(), payers: plan.payers, scenarios: scenarios.into_iter().flatten().collect() })
    }
}

/// The axes of a grid, those of the truth apart from those of the terms.
struct Axes {
    slots: Vec<Slot>,
    values: Vec<Vec<f64>>,
    truth: Vec<usize>,
    terms: Vec<usize>,
    count: usize,
}

impl Axes {
    fn new(contract: &Contract, asked: &RiskGridQuestion) -> Result<Self, RiskError> {
        if asked.axes.is_empty() {
            return Err(RiskError::NoAxes);
        }
        let draws = asked.simulation.draws();
        if draws > MOST_GRID_DRAWS {
            return Err(RiskError::TooManyDraws { draws, most: MOST_GRID_DRAWS });
        }
        if let Some(wrong) = asked.chances.iter().find(|chance| !(0.0..=1.0).contains(*chance)) {
            return Err(RiskError::Probability { value: *wrong });
        }
        let mut slots = Vec::with_capacity(asked.axes.len());
        for axis in &asked.axes {
            let slot = contract.slot(&axis.address).ok_or_else(|| unknown(contract, axis))?;
            let accepts = contract.assumption(slot).map(|number| number.accepts);
            axis.check_taken(
                |value| accepts.is_none_or(|accepts| accepts.accepts(value)),
                accepts.map_or("", |accepts| accepts.words()),
            )?;
            slots.push(slot);
        }
        let own = slots.iter().filter_map(|slot| contract.assumption(*slot)).map(|number| &number.address);
        Axis::check_apart(own)?;
        let sizes = asked.axes.iter().map(|axis| axis.values.len());
        let count = sizes.clone().try_fold(1_usize, usize::checked_mul).filter(|count| *count <= MOST_SCENARIOS);
        let count = count.ok_or(RiskError::TooManyScenarios { most: MOST_SCENARIOS })?;
        let is_of_truth = |position: &usize| {
            let number = slots.get(*position).and_then(|slot| contract.assumption(*slot));
            number.is_some_and(|number| number.used_at.iter().any(|at| at.as_str().starts_with("truth.")))
        };
        let (truth, terms) = (0..slots.len()).partition(is_of_truth);
        let values = asked.axes.iter().map(|axis| axis.values.iter().copied().map(float).collect()).collect();
        let axes = Self { slots, values, truth, terms, count };
        axes.check_rising(contract)?;
        Ok(axes)
    }

    fn size(&self, axis: usize) -> usize {
        self.values.get(axis).map_or(1, Vec::len)
    }

    /// How many combinations of the truth there are.
    fn truths(&self) -> usize {
        self.truth.iter().map(|axis| self.size(*axis)).product()
    }

    fn terms_count(&self) -> usize {
        self.terms.iter().map(|axis| self.size(*axis)).product()
    }

    /// The slots and values of a combination of some axes, the last fastest.
    fn chosen<'a>(
        &'a self,
        axes: &'a [usize],
        mut number: usize,
    ) -> impl Iterator<Item = (usize, Slot, f64, usize)> + 'a {
        axes.iter().rev().filter_map(move |axis| {
            let (values, slot) = (self.values.get(*axis)?, self.slots.get(*axis)?);
            let index = number % values.len();
            number /= values.len();
            Some((*axis, *slot, *values.get(index)?, index))
        })
    }

    /// The position of a scenario among all.
    fn place(&self, of_truth: usize, of_terms: usize) -> usize {
        let mut indices = vec![0; self.slots.len()];
        for (axis, .., index) in self.chosen(&self.truth, of_truth).chain(self.chosen(&self.terms, of_terms)) {
            if let Some(place) = indices.get_mut(axis) {
                *place = index;
            }
        }
        indices.iter().enumerate().fold(0, |place, (axis, index)| place * self.size(axis) + index)
    }

    /// Refuses steps, corners and bands that would not rise in some scenario.
    fn check_rising(&self, contract: &Contract) -> Result<(), RiskError> {
        let points: Vec<f64> = contract.assumptions().iter().map(|number| float(number.point)).collect();
        for payment in &contract.terms().payments {
            let rising: Vec<Slot> = match &payment.schedule {
                Schedule::Steps { steps: corners, .. } | Schedule::Line { corners, .. } => {
                    corners.iter().map(|corner| corner.at).collect()
                }
                Schedule::Bands(bands) => bands.iter().filter_map(|band| band.up_to).collect(),
                _ => continue,
            };
            let varied = |slot: &Slot| self.slots.iter().position(|axis| axis == slot);
            for (low, high) in rising.iter().zip(rising.iter().skip(1)) {
                let ends = |slot: &Slot| match varied(slot).and_then(|axis| self.values.get(axis)) {
                    Some(values) => (values.first().copied(), values.last().copied()),
                    None => (points.get(slot.position()).copied(), points.get(slot.position()).copied()),
                };
                // The highest of the lower one must lie below the lowest of the higher one.
                if let ((_, Some(most)), (Some(least), _)) = (ends(low), ends(high))
                    && most >= least
                {
                    let payment = payment.id.clone();
                    return Err(RiskError::NoLongerRising { payment, low: most, high: least });
                }
            }
        }
        Ok(())
    }
}

fn unknown(contract: &Contract, axis: &Axis) -> RiskError {
    let known = contract.assumptions().iter().flat_map(|number| &number.used_at).map(crate::address::Address::as_str);
    let nearest = nearest(axis.address.as_str(), known).map(str::to_owned);
    RiskError::NoSuchNumber { address: axis.address.clone(), nearest }
}

/// The draws of one combination of the truth, as they are seen, and the terms that pay for them.
struct Table<'a> {
    plan: &'a Plan,
    axes: &'a Axes,
    asked: &'a RiskGridQuestion,
    of_truth: usize,
    points: Vec<f64>,
    /// Some draws at a time: what is seen, and the terms that are drawn.
    chunks: Vec<Chunk>,
    figures_stay: bool,
    draws: usize,
}

struct Chunk {
    seen: Vec<Seen<Lanes<WIDE>>>,
    /// Its figures, where no axis decides any.
    found: Vec<Found<Lanes<WIDE>>>,
    drawn: Vec<(usize, Lanes<WIDE>)>,
    /// 1 for each draw there is, 0 past the last.
    real: Lanes<WIDE>,
}

impl Chunk {
    /// Gives the terms that are drawn their values.
    #[inline(always)]
    fn put(&self, values: &mut [Lanes<WIDE>]) {
        for (slot, drawn) in &self.drawn {
            if let Some(place) = values.get_mut(*slot) {
                *place = *drawn;
            }
        }
    }
}

/// What a worker has at hand.
struct Desk {
    values: Vec<Lanes<WIDE>>,
    room: Room<Lanes<WIDE>>,
    total: Vec<[f64; WIDE]>,
    by_payer: Vec<Vec<[f64; WIDE]>>,
}

impl<'a> Table<'a> {
    fn new(
        (contract, truth, plan): (&Contract, &Truth, &'a Plan),
        asked: &'a RiskGridQuestion,
        axes: &'a Axes,
        of_truth: usize,
    ) -> Result<Self, RiskError> {
        let simulation = &asked.simulation;
        let sampler = sampler(contract, simulation, observed_at(truth, plan))?;
        let mut columns = Columns::new(contract, &sampler)?;
        for slot in &axes.slots {
            columns.fix(*slot);
        }
        for (_, slot, value, _) in axes.chosen(&axes.truth, of_truth) {
            columns.set(slot, value);
        }
        let scene = Scene::new((contract, truth, plan), asked.situation, (&columns, &sampler), simulation.width())?;
        let mut chunks = drawn(&scene, simulation.draws());
        let draws = usize::try_from(simulation.draws()).unwrap_or(usize::MAX);
        let varied = axes.terms.iter().filter_map(|axis| axes.slots.get(*axis));
        let figures_stay = !varied.into_iter().any(|slot| plan.in_figures(*slot));
        let mut values: Vec<Lanes<WIDE>> = columns.points.iter().map(|point| Lanes::all(*point)).collect();
        for chunk in chunks.iter_mut().filter(|_| figures_stay) {
            chunk.put(&mut values);
            plan.figures(&values, &chunk.seen, &mut chunk.found);
        }
        Ok(Self { plan, axes, asked, of_truth, points: columns.points, chunks, figures_stay, draws })
    }

    fn work(&self, heard: &mut Heard<'_>, scenarios: &mut [Option<RiskScenario>]) -> Result<(), RiskError> {
        let count = self.axes.terms_count();
        let pieces = (0..count).step_by(TOGETHER).map(|from| {
            let range = from..count.min(from + TOGETHER);
            (range.len() as u64, range)
        });
        let many = count.div_ceil(TOGETHER);
        let threads = workers(self.asked.simulation.threads(), many);
        let mut desks: Vec<Desk> = std::iter::repeat_with(|| self.desk()).take(threads).collect();
        let each = |desk: &mut Desk, range: Range<usize>| {
            range.map(|number| (number, self.scenario(desk, number))).collect::<Vec<_>>()
        };
        let take = |found: Vec<(usize, RiskScenario)>| {
            for (number, scenario) in found {
                if let Some(place) = scenarios.get_mut(self.axes.place(self.of_truth, number)) {
                    *place = Some(scenario);
                }
            }
        };
        Ok(Queue { pieces, batch: threads.max(4) }.work(&mut desks, heard, &each, take)?)
    }

    fn desk(&self) -> Desk {
        Desk {
            values: self.points.iter().map(|point| Lanes::all(*point)).collect(),
            room: self.plan.room_without_due_years(),
            total: Vec::new(),
            by_payer: vec![Vec::new(); self.plan.payers.len()],
        }
    }

    fn scenario(&self, desk: &mut Desk, number: usize) -> RiskScenario {
        for (_, slot, value, _) in self.axes.chosen(&self.axes.terms, number) {
            if let Some(place) = desk.values.get_mut(slot.position()) {
                *place = Lanes::all(value);
            }
        }
        desk.total.clear();
        desk.by_payer.iter_mut().for_each(Vec::clear);
        at_width(self.asked.simulation.width(), Paying { table: self, desk })
    }
}

/// A scenario on its way to being paid.
struct Paying<'a, 't> {
    table: &'a Table<'t>,
    desk: &'a mut Desk,
}

impl Work for Paying<'_, '_> {
    type Output = RiskScenario;

    #[inline(always)]
    fn run(self) -> RiskScenario {
        let Self { table, desk } = self;
        let mut paying = Lanes::<WIDE>::zero();
        for chunk in &table.chunks {
            chunk.put(&mut desk.values);
            if table.figures_stay {
                table.plan.pay(&desk.values, (&chunk.seen, &chunk.found), &mut desk.room);
            } else {
                table.plan.run(&desk.values, &chunk.seen, &mut desk.room);
            }
            let room = &desk.room;
            desk.total.push(room.total.0);
            for (column, lanes) in desk.by_payer.iter_mut().zip(&room.by_payer) {
                column.push(lanes.0);
            }
            let for_results = table.plan.for_results(room);
            paying = paying + Lanes::select(Lanes::zero(), for_results, chunk.real, Lanes::zero());
        }
        let draws = table.draws;
        let of = |column: &[[f64; WIDE]]| Spread::of_moments(column.as_flattened().get(..draws).unwrap_or_default());
        let (mean, sd) = of(&desk.total);
        let total = desk.total.as_flattened().get(..draws).unwrap_or_default();
        RiskScenario {
            chance_of_paying: chance(count(paying.0.iter().sum()), draws),
            mean,
            sd,
            by_payer: desk.by_payer.iter().map(|column| of(column).0).collect(),
            quantiles: Spread::quantiles(total, &table.asked.chances),
        }
    }
}

/// All draws of a scene, some at a time.
fn drawn(scene: &Scene<'_>, draws: u64) -> Vec<Chunk> {
    let (mut chunks, mut desk) = (Vec::new(), scene.desk());
    for first in (0..draws).step_by(BLOCK) {
        let size = usize::try_from((draws - first).min(BLOCK as u64)).unwrap_or(BLOCK);
        scene.observe(&mut desk, first, size);
        let ones = vec![1.0; size];
        for from in (0..size).step_by(WIDE) {
            let drawn = scene.columns.columns(&desk.block).map(|(slot, column)| (slot, lanes(column, from)));
            let seen = desk.counts.iter().map(|cell| cell.seen(from)).collect();
            chunks.push(Chunk { seen, drawn: drawn.collect(), found: Vec::new(), real: lanes(&ones, from) });
        }
    }
    chunks
}
