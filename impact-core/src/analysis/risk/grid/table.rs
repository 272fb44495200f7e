//! The table of a combination of the truth: its draws as they are seen, and the terms that pay for them.

use super::alike::together;
use super::axes::Axes;
use super::{RiskGridQuestion, RiskScenario};
use crate::analysis::draws::count;
use crate::analysis::risk::RiskError;
use crate::analysis::risk::columns::{Columns, is_of_terms, lanes, sampler};
use crate::analysis::risk::found::{Spread, chance};
use crate::analysis::risk::moments::Draws;
use crate::analysis::risk::run::{Scene, WIDE, observed_at};
use crate::contract::figure::Counted as Seen;
use crate::contract::{Found, Plan, Room};
use crate::model::terms::Truth;
use crate::model::{Contract, HolderIndex};
use crate::number::{Lanes, Number};
use crate::simulation::{BLOCK, Heard, Queue, Work, at_width, workers};
use std::ops::Range;

/// Scenarios that are paid between two looks at the queue.
const TOGETHER: usize = 256;

/// The draws of one combination of the truth, as they are seen, and the terms that pay for them.
pub(super) struct Table<'a> {
    plan: &'a Plan,
    axes: &'a Axes,
    asked: &'a RiskGridQuestion,
    of_truth: usize,
    points: Vec<f64>,
    /// Some draws at a time, in blocks.
    blocks: Vec<Vec<Chunk>>,
    draws: usize,
}

/// Some draws: what is seen, what is made of it, and the terms that are drawn.
#[derive(Debug, Clone)]
pub(super) struct Chunk {
    pub seen: Vec<Seen<Lanes<WIDE>>>,
    pub found: Vec<Found<Lanes<WIDE>>>,
    pub drawn: Vec<(usize, Lanes<WIDE>)>,
    /// How many draws each one stands for; none past the last.
    pub many: Lanes<WIDE>,
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
    /// The combination of the terms that decide it, and its draws in blocks, those of a block that are paid alike together.
    alike: Option<(usize, Vec<Vec<Chunk>>)>,
    total: Vec<[f64; WIDE]>,
    many: Vec<[f64; WIDE]>,
    by_payer: Vec<Vec<[f64; WIDE]>>,
    /// Where each block ends in these, and how many of its draws pay for a result.
    ends: Vec<usize>,
    paying: Vec<f64>,
}

/// What a scenario pays, draw by draw, those of a block that are paid alike together.
pub(in crate::analysis::risk) struct PaidDraws<'a> {
    /// In all.
    pub total: &'a [f64],
    /// How many draws of each block pay for a result.
    pub paying: &'a [f64],
    by_payer: &'a [Vec<[f64; WIDE]>],
    payers: &'a [HolderIndex],
    many: &'a [f64],
    ends: &'a [usize],
}

impl PaidDraws<'_> {
    /// The position of a payer among those of a scenario.
    pub fn position_of(&self, holder: HolderIndex) -> Option<usize> {
        self.payers.iter().position(|payer| *payer == holder)
    }

    /// What a payer pays; nothing of who is none.
    pub fn of_payer(&self, holder: HolderIndex) -> &[f64] {
        self.position_of(holder).and_then(|at| self.by_payer.get(at)).map_or(&[], |column| column.as_flattened())
    }

    /// Each value of a column with how many there are of it, block by block.
    pub fn blocks<'c>(&'c self, column: &'c [f64]) -> impl Iterator<Item = impl Iterator<Item = (f64, f64)> + 'c> + 'c {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(self.ends).map(move |(from, end)| {
            let within = |of: &'c [f64]| of.get(from..*end).unwrap_or_default().iter().copied();
            within(column).zip(within(self.many))
        })
    }

    /// How many draws each block has.
    pub fn sizes(&self) -> Vec<f64> {
        self.blocks(self.total).map(|block| block.map(|(_, many)| many).sum()).collect()
    }
}

impl<'a> Table<'a> {
    pub fn new(
        (contract, truth, plan): (&Contract, &Truth, &'a Plan),
        (asked, blocks): (&'a RiskGridQuestion, &[Range<u64>]),
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
        let count: u64 = blocks.iter().map(|draws| draws.end.saturating_sub(draws.start)).sum();
        let draws = usize::try_from(count).unwrap_or(usize::MAX);
        let blocks = blocks.iter().map(|draws| drawn(contract, &scene, draws.clone())).collect();
        Ok(Self { plan, axes, asked, of_truth, points: columns.points, blocks, draws })
    }

    /// Makes something of each scenario and its draws, and hands it over with its position.
    pub fn work<R: Send>(
        &self,
        heard: &mut Heard<'_>,
        of: &(impl Fn(RiskScenario, &PaidDraws<'_>) -> R + Sync),
        take: &mut impl FnMut(usize, R),
    ) -> Result<(), RiskError> {
        let count = self.axes.terms_count();
        let pieces = (0..count).step_by(TOGETHER).map(|from| {
            let range = from..count.min(from + TOGETHER);
            (range.len() as u64, range)
        });
        let many = count.div_ceil(TOGETHER);
        let threads = workers(self.asked.simulation.threads(), many);
        let mut desks: Vec<Desk> = std::iter::repeat_with(|| self.desk()).take(threads).collect();
        let each = |desk: &mut Desk, range: Range<usize>| {
            let made = |number| {
                let scenario = self.scenario(desk, number);
                (self.axes.place(self.of_truth, number), of(scenario, &desk.paid(&self.plan.payers)))
            };
            range.map(made).collect::<Vec<_>>()
        };
        let take = |found: Vec<(usize, R)>| found.into_iter().for_each(|(place, made)| take(place, made));
        Ok(Queue { pieces, batch: threads.max(4) }.work(&mut desks, heard, &each, take)?)
    }

    fn desk(&self) -> Desk {
        Desk {
            values: self.points.iter().map(|point| Lanes::all(*point)).collect(),
            room: self.plan.room_of_totals(),
            alike: None,
            total: Vec::new(),
            many: Vec::new(),
            by_payer: vec![Vec::new(); self.plan.payers.len()],
            ends: Vec::new(),
            paying: Vec::new(),
        }
    }

    fn scenario(&self, desk: &mut Desk, number: usize) -> RiskScenario {
        for (_, slot, value, _) in self.axes.chosen(&self.axes.terms, number) {
            if let Some(place) = desk.values.get_mut(slot.position()) {
                *place = Lanes::all(value);
            }
        }
        let deciding = number / self.axes.prices();
        if desk.alike.as_ref().is_none_or(|(of, _)| *of != deciding) {
            desk.alike = Some((deciding, self.alike(&mut desk.values)));
        }
        at_width(self.asked.simulation.width(), Paying { table: self, desk })
    }

    /// The draws with their figures at these terms, those of a block that are paid alike together.
    fn alike(&self, values: &mut [Lanes<WIDE>]) -> Vec<Vec<Chunk>> {
        let mut block = |chunks: &Vec<Chunk>| {
            let mut chunks = chunks.clone();
            for chunk in &mut chunks {
                chunk.put(values);
                self.plan.figures(values, &chunk.seen, &mut chunk.found);
            }
            together(self.plan, values, &chunks).unwrap_or(chunks)
        };
        self.blocks.iter().map(&mut block).collect()
    }
}

impl Desk {
    /// What the last scenario paid.
    fn paid<'a>(&'a self, payers: &'a [HolderIndex]) -> PaidDraws<'a> {
        PaidDraws {
            total: self.total.as_flattened(),
            paying: &self.paying,
            by_payer: &self.by_payer,
            payers,
            many: self.many.as_flattened(),
            ends: &self.ends,
        }
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
        let Desk { values, room, alike, total, many, by_payer, ends, paying } = desk;
        total.clear();
        many.clear();
        ends.clear();
        paying.clear();
        by_payer.iter_mut().for_each(Vec::clear);
        for block in alike.iter().flat_map(|(_, blocks)| blocks) {
            let mut of_block = Lanes::<WIDE>::zero();
            for chunk in block {
                chunk.put(values);
                table.plan.pay(values, (&chunk.seen, &chunk.found), room);
                total.push(room.total.0);
                many.push(chunk.many.0);
                for (column, lanes) in by_payer.iter_mut().zip(&room.by_payer) {
                    column.push(lanes.0);
                }
                let for_results = table.plan.for_results(room);
                of_block = of_block + Lanes::select(Lanes::zero(), for_results, chunk.many, Lanes::zero());
            }
            ends.push(total.len() * WIDE);
            paying.push(of_block.0.iter().sum());
        }
        let of = |column| Draws::grouped(<[[f64; WIDE]]>::as_flattened(column), many.as_flattened(), table.draws);
        let (mean, sd) = of(total).moments();
        RiskScenario {
            chance_of_paying: chance(count(paying.iter().sum()), table.draws),
            mean,
            sd,
            by_payer: by_payer.iter().map(|column| of(column).mean()).collect(),
            quantiles: Spread::quantiles(of(total), &table.asked.chances),
        }
    }
}

/// Draws of a scene, some at a time.
fn drawn(contract: &Contract, scene: &Scene<'_>, draws: Range<u64>) -> Vec<Chunk> {
    let (mut chunks, mut desk) = (Vec::new(), scene.desk());
    for first in draws.clone().step_by(BLOCK) {
        let size = usize::try_from((draws.end - first).min(BLOCK as u64)).unwrap_or(BLOCK);
        scene.observe(&mut desk, first, size);
        let ones = vec![1.0; size];
        for from in (0..size).step_by(WIDE) {
            let drawn = scene.columns.columns(&desk.block).filter(|(slot, _)| is_of_terms(contract, *slot));
            let drawn = drawn.map(|(slot, column)| (slot, lanes(column, from)));
            let seen = desk.counts.iter().map(|cell| cell.seen(from)).collect();
            let (found, many) = (Vec::new(), lanes(&ones, from));
            chunks.push(Chunk { seen, found, drawn: drawn.collect(), many });
        }
    }
    chunks
}
