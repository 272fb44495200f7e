//! The run: draws of the truth, of what is observed, and of what is paid for it, block by block.
//!
//! One rule: all situations see the same draws of everything that they have in common.

use super::cells::{Changes, Counts, Observed, address};
use super::columns::{Block, Columns, lanes, sampler};
use super::fault::RiskError;
use super::found::{ContractRisk, Paid};
use super::situation::Situation;
use crate::contract::figure::Counted as Seen;
use crate::contract::{PayoutFault, Plan, Room};
use crate::model::Contract;
use crate::model::terms::Truth;
use crate::number::Lanes;
use crate::simulation::{BLOCK, Counted, Heard, Progress, Queue, Sampler, Simulation, Width, Work, at_width, workers};
use std::ops::{ControlFlow, Range};

/// Draws that are held at once, at most.
pub const MOST_RISK_DRAWS: u64 = 1 << 22;

/// Draws that are paid side by side.
pub(super) const WIDE: usize = 16;

/// Blocks between two questions to the caller.
const BATCH: usize = 16;

impl Contract {
    /// What the contract may pay where the truth, its measurement and its baseline are uncertain, in each [`Situation`].
    ///
    /// Of the simulation draws, seed, points and threads are looked at. `progress` is told how many draws of all situations are done,
    /// on the calling thread; when it breaks, nothing is kept.
    ///
    /// # Errors
    /// A document without `truth`, terms that cannot be foreseen, more than [`MOST_RISK_DRAWS`] draws, a caller who ended it.
    ///
    /// # Examples
    /// Fifty people, paid for where at least a tenth fewer reoffend than 63 %; chance alone does it one time in five:
    /// ```
    /// use impact_core::Contract;
    /// use impact_core::analysis::risk::Situation;
    /// use impact_core::simulation::{Seed, Simulation};
    /// use std::ops::{ControlFlow, Range};
    /// let contract = Contract::from_toml(r#"
    ///     impact = 1
    ///     name = "Fifty people (illustrative)"
    ///     currency = "NOK"
    ///     holders = [ { id = "state", kind = "public", level = "state" }, { id = "provider", kind = "enterprise" } ]
    ///     [contract]
    ///     payee = "provider"
    ///     payers = [ { holder = "state" } ]
    ///     metrics = [ { id = "reoffended", kind = "share", direction = "decrease" } ]
    ///     estimates = [ { id = "fewer", metric = "reoffended", effect = "relative", against = { fixed = 0.63 } } ]
    ///     payments = [ { id = "result", of = "fewer", schedule = { steps = [ { at = 0.1, amount = 4_400_000 } ] } } ]
    ///     [truth]
    ///     source = "illustrative"
    ///     metrics = [ { id = "reoffended", counterfactual = 0.4, effect = 0.1 } ]
    ///     cohorts = [ { id = "2027", date = 2028-12-31, people = 50 } ]
    /// "#)?;
    /// let risk = contract.risk(&Simulation::new(20_000, Seed(7)), &mut |_| ControlFlow::Continue(()))?;
    /// let chance = |situation| risk.situation(situation).map(|found| found.chance_of_paying.value);
    /// assert!((chance(Situation::NothingWorksBaselineRight).ok_or("told")? - 0.19).abs() < 0.02);
    /// assert!(chance(Situation::NothingWorks).ok_or("told")? > 0.99);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn risk(
        &self,
        simulation: &Simulation,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<ContractRisk, RiskError> {
        self.risk_in(&Situation::ALL, simulation, progress)
    }

    /// The same in some of the situations; in those of which there is nothing to tell, nothing.
    ///
    /// # Errors
    /// As for [`Contract::risk`].
    ///
    /// # Examples
    /// ```
    /// use impact_core::Contract;
    /// use impact_core::analysis::risk::Situation;
    /// use impact_core::simulation::{Seed, Simulation};
    /// use std::ops::ControlFlow;
    /// # let text = include_str!("../../../../fixtures/contracts/larvik-for-nothing.toml");
    /// let contract = Contract::from_toml(text)?;
    /// let asked = [Situation::NothingWorks, Situation::NothingWorksDrifting];
    /// let risk = contract.risk_in(&asked, &Simulation::new(100, Seed(7)), &mut |_| ControlFlow::Continue(()))?;
    /// let found = risk.situation(Situation::NothingWorks).ok_or("told")?;
    /// assert_eq!((risk.situations.len(), found.draws().len()), (1, 100)); // nothing drifts in this truth
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn risk_in(
        &self,
        situations: &[Situation],
        simulation: &Simulation,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<ContractRisk, RiskError> {
        let draws = simulation.draws();
        let ground = Ground::new(self, simulation)?;
        let situations = ground.told(situations);
        let mut heard = Heard::new(Counted::Draws, draws.saturating_mul(situations.len() as u64), progress);
        let mut found = Vec::with_capacity(situations.len());
        for situation in situations {
            let scene = ground.scene(situation, simulation)?;
            let mut paid = ground.nothing_paid();
            scene.run(0..draws, simulation.threads(), &mut heard, |_, block| paid.append(block))?;
            found.push((situation, paid, scene.exact()));
        }
        Ok(ContractRisk::new(self, ground.truth, &ground.plan, simulation, found))
    }
}

/// A contract with what its risk is drawn from.
pub(super) struct Ground<'c> {
    contract: &'c Contract,
    pub truth: &'c Truth,
    pub plan: Plan,
    sampler: Sampler,
    columns: Columns,
}

impl<'c> Ground<'c> {
    pub fn new(contract: &'c Contract, simulation: &Simulation) -> Result<Self, RiskError> {
        let truth = contract.truth().ok_or(PayoutFault::NoTruth)?;
        let draws = simulation.draws();
        if draws > MOST_RISK_DRAWS {
            return Err(RiskError::TooManyDraws { draws, most: MOST_RISK_DRAWS });
        }
        let plan = Plan::new(contract, truth)?;
        let sampler = sampler(contract, simulation, observed_at(truth, &plan))?;
        let columns = Columns::new(contract, &sampler)?;
        Ok(Self { contract, truth, plan, sampler, columns })
    }

    /// Those of the situations that have something to tell, in the order of all.
    pub fn told(&self, asked: &[Situation]) -> Vec<Situation> {
        let asked = Situation::ALL.into_iter().filter(|situation| asked.contains(situation));
        asked.filter(|situation| told((self.contract, self.truth, &self.plan), *situation)).collect()
    }

    pub fn scene(&self, situation: Situation, simulation: &Simulation) -> Result<Scene<'_>, RiskError> {
        let of = (self.contract, self.truth, &self.plan);
        Scene::new(of, situation, (&self.columns, &self.sampler), simulation.width())
    }

    pub fn nothing_paid(&self) -> Paid {
        Paid::new(&self.plan, self.truth.metrics.len())
    }
}

/// Whether a situation has something to tell: no baseline is right where nothing is compared, nor where one metric is paid for
/// against two of them that differ, and without drift nothing drifts.
pub(super) fn told((contract, truth, plan): (&Contract, &Truth, &Plan), situation: Situation) -> bool {
    let one = |metric| {
        let points = plan.baselines(metric).into_iter().filter_map(|slot| contract.assumption(slot));
        let points: Vec<_> = points.map(|number| number.point).collect();
        points.iter().all(|point| points.first() == Some(point))
    };
    let right = || plan.compares() && (0..truth.metrics.len()).all(one);
    let drifts = || truth.metrics.iter().any(|metric| metric.drift.is_some());
    match situation {
        Situation::NothingWorksBaselineRight => right(),
        Situation::NothingWorksDrifting => right() && drifts(),
        _ => true,
    }
}

/// The addresses at which what is observed is drawn.
pub(super) fn observed_at<'a>(truth: &'a Truth, plan: &'a Plan) -> impl Iterator<Item = crate::address::Address> + 'a {
    plan.cells.iter().filter_map(|cell| {
        let (metric, cohort) = (truth.metrics.get(cell.metric)?, truth.cohorts.get(cell.cohort)?);
        address(metric, cohort, cell.arm)
    })
}

/// A contract in a situation, made ready for draws.
pub(super) struct Scene<'c> {
    pub plan: &'c Plan,
    pub columns: &'c Columns,
    pub observed: Vec<Observed>,
    pub terms_are_certain: bool,
    pub width: Width,
    metrics: usize,
}

/// What a worker has at hand.
pub(super) struct Desk {
    pub block: Block,
    pub counts: Vec<Counts>,
    changes: Changes,
    values: Vec<Lanes<WIDE>>,
    seen: Vec<Seen<Lanes<WIDE>>>,
    room: Room<Lanes<WIDE>>,
}

impl Desk {
    /// What the block last drawn adds to what is known of the truth.
    pub fn changes(&self) -> &Changes {
        &self.changes
    }
}

impl<'c> Scene<'c> {
    pub fn new(
        (contract, truth, plan): (&Contract, &Truth, &'c Plan),
        situation: Situation,
        (columns, sampler): (&'c Columns, &Sampler),
        width: Width,
    ) -> Result<Self, RiskError> {
        let observed =
            |cell: &_| Observed::new(contract, truth, *cell, situation, (columns, sampler, plan)).transpose();
        let observed = plan.cells.iter().filter_map(observed).collect::<Result<_, _>>()?;
        let terms_are_certain = columns.terms_are_certain(contract);
        Ok(Self { plan, columns, observed, terms_are_certain, width, metrics: truth.metrics.len() })
    }

    /// Draws some whole blocks; `take` is handed what each came to with its first draw, in their order.
    pub fn run(
        &self,
        draws: Range<u64>,
        threads: usize,
        heard: &mut Heard<'_>,
        mut take: impl FnMut(u64, Paid),
    ) -> Result<(), RiskError> {
        let size = BLOCK as u64;
        let (first, last) = (draws.start / size, draws.end.div_ceil(size));
        let many = usize::try_from(last.saturating_sub(first)).unwrap_or(usize::MAX);
        let mut desks: Vec<Desk> = std::iter::repeat_with(|| self.desk()).take(workers(threads, many)).collect();
        let pieces = (first..last).map(|block| {
            let first = block * size;
            let many = (draws.end - first).min(size);
            (many, (first, usize::try_from(many).unwrap_or(BLOCK)))
        });
        let each = |desk: &mut Desk, (first, many): (u64, usize)| (first, self.block(desk, first, many));
        Ok(Queue { pieces, batch: BATCH }.work(&mut desks, heard, &each, |(first, block)| take(first, block))?)
    }

    pub fn desk(&self) -> Desk {
        Desk {
            block: Block::default(),
            counts: self.observed.iter().map(|_| Counts::default()).collect(),
            changes: Changes::default(),
            values: self.columns.points.iter().map(|point| Lanes::all(*point)).collect(),
            seen: Vec::new(),
            room: self.plan.room(),
        }
    }

    fn block(&self, desk: &mut Desk, first: u64, size: usize) -> Paid {
        self.observe(desk, first, size);
        let mut paid = Paid::new(self.plan, self.metrics);
        at_width(self.width, Paying { scene: self, desk, size, paid: &mut paid });
        paid.changes = std::mem::take(&mut desk.changes.by_metric);
        paid.held = desk.changes.held.iter().filter(|held| **held).count() as u64;
        paid
    }

    /// Draws a block, and observes it.
    pub fn observe(&self, desk: &mut Desk, first: u64, size: usize) {
        self.columns.draw(first, size, &mut desk.block);
        desk.changes.clear(self.metrics, size);
        for (observed, counts) in self.observed.iter().zip(&mut desk.counts) {
            observed.observe(self.columns, first, &desk.block, counts, &mut desk.changes);
        }
    }
}

/// A block on its way to being paid.
struct Paying<'a, 'c> {
    scene: &'a Scene<'c>,
    desk: &'a mut Desk,
    size: usize,
    paid: &'a mut Paid,
}

impl Work for Paying<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { scene, desk, size, paid } = self;
        let Desk { block, counts, values, seen, room, .. } = desk;
        for from in (0..size).step_by(WIDE) {
            for (slot, column) in scene.columns.columns(block) {
                if let Some(value) = values.get_mut(slot) {
                    *value = lanes(column, from);
                }
            }
            seen.clear();
            seen.extend(counts.iter().map(|cell| cell.seen(from)));
            scene.plan.run(values, seen, room);
            paid.take(scene.plan, room, size.min(from + WIDE) - from);
        }
    }
}
