//! The run: each draw settled, and its money shared out.

use super::column::Column;
use super::found::{ReturnRisk, SituationReturns};
use crate::address::Place;
use crate::analysis::risk::cells::Counts;
use crate::analysis::risk::columns::{Columns, float, sampler};
use crate::analysis::risk::fault::RiskError;
use crate::analysis::risk::found::Spread;
use crate::analysis::risk::run::{Desk, MOST_RISK_DRAWS, Scene, observed_at, told};
use crate::analysis::risk::situation::Situation;
use crate::contract::figure::Counted as Seen;
use crate::contract::{FundingFault, PayoutFault, Plan, Returns};
use crate::error::ModelError;
use crate::model::terms::{Finance, Repaid, Truth};
use crate::model::{Contract, HolderIndex, Slot};
use crate::number::{Exact, Fault};
use crate::simulation::{Counted, Heard, Progress, Queue, Simulation, workers};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use std::ops::ControlFlow;

/// Draws that are settled where nobody says how many: the standard error of a chance is then at most 0.016.
pub const SETTLED_DRAWS: u64 = 1_000;

/// The situations in which returns are told, where the contract has something to tell of them.
const TOLD: [Situation; 3] = [Situation::AsBelieved, Situation::NothingWorksBaselineRight, Situation::NothingWorks];

/// Draws that a worker settles in one go.
const PIECE: u64 = 16;

impl Contract {
    /// What investors may earn and lose, and what is left to those who deliver: as believed, and where nothing works, with the
    /// contract's baseline right and as the truth has it.
    ///
    /// The first `settled` draws of the simulation (all, where it has fewer) are settled exactly, and their cash flows worked out.
    /// A draw takes about 20 µs of a loan and one cohort, about 80 µs of six payments and three cohorts with a hundred claims (release
    /// build, measured on 10,000 draws), so that the usual [`SETTLED_DRAWS`] in three situations take 0.06 to 0.24 seconds. What is settled
    /// in a draw is what [`Contract::risk`] pays in it, but for what rounding moves between payers, and for fees of a cohort of which
    /// nothing at all is seen or claimed in a draw: no statement pays them.
    ///
    /// # Errors
    /// As [`Contract::risk`]; a contract without `finance`; a draw whose figures decide nothing ([`FundingFault::Ambiguous`]) or whose
    /// amounts no number holds. That money lacks in a draw is no error: such draws are counted.
    ///
    /// # Examples
    /// 100 is lent, and 120 comes back where at most half of twenty people reoffend:
    /// ```
    /// use impact_core::Contract;
    /// use impact_core::analysis::risk::{SETTLED_DRAWS, Situation};
    /// use impact_core::simulation::{Seed, Simulation};
    /// use std::ops::ControlFlow;
    /// let contract = Contract::from_toml(r#"
    ///     impact = 1
    ///     name = "A loan (illustrative)"
    ///     currency = "NOK"
    ///     holders = [
    ///         { id = "state", kind = "public", level = "state" }, { id = "bank", kind = "investor" },
    ///         { id = "provider", kind = "enterprise" },
    ///     ]
    ///     [contract]
    ///     payee = "provider"
    ///     payers = [ { holder = "state" } ]
    ///     metrics = [ { id = "reoffended", kind = "share", direction = "decrease" } ]
    ///     estimates = [ { id = "fewer", metric = "reoffended", effect = "absolute", against = { fixed = 0.6 } } ]
    ///     payments = [ { id = "result", of = "fewer", schedule = { steps = [ { at = 0.1, amount = 120 } ] } } ]
    ///     [contract.finance]
    ///     costs = [ { id = "service", to = "provider", paid = [ { date = 2027-01-01, amount = 100 } ] } ]
    ///     tranches = [ { id = "loan", holder = "bank", commitment = 100 } ]
    ///     waterfall = [ { principal = ["loan"] }, { surplus = [ { tranche = "loan", share = 1 } ] } ]
    ///     [truth]
    ///     source = "illustrative"
    ///     metrics = [ { id = "reoffended", counterfactual = 0.6, effect = 0.2 } ]
    ///     cohorts = [ { id = "2027", date = 2028-01-01, people = 20 } ]
    /// "#)?;
    /// let asked = Simulation::new(1_000, Seed(7));
    /// let risk = contract.return_risk(SETTLED_DRAWS, &asked, &mut |_| ControlFlow::Continue(()))?;
    /// let believed = risk.situation(Situation::AsBelieved).ok_or("told")?;
    /// let bank = believed.investors.first().ok_or("an investor")?;
    /// // Twenty per cent where it is paid, and everything lost where it is not.
    /// assert!((bank.rate.spread.ok_or("rates")?.p50 - 0.2).abs() < 1e-9);
    /// assert_eq!(bank.rate.one + bank.rate.lost_all, 1_000);
    /// assert_eq!(bank.chance_of_loss.ok_or("a chance")?.value, bank.rate.lost_all as f64 / 1_000.0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn return_risk(
        &self,
        settled: u64,
        simulation: &Simulation,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<ReturnRisk, RiskError> {
        let settled = settled.min(simulation.draws());
        let truth = self.truth().ok_or(PayoutFault::NoTruth)?;
        let plan = Plan::new(self, truth)?;
        let tells = |situation: &Situation| told((self, truth, &plan), *situation);
        let asked: Vec<Situation> = TOLD.into_iter().filter(tells).collect();
        let situations = self.returns_in(&asked, None, (settled, simulation), progress)?;
        Ok(ReturnRisk { contract: self.clone(), simulation: simulation.clone(), settled, situations })
    }

    /// Returns in some situations, with another value of a number where one is given.
    pub(in crate::analysis::risk) fn returns_in(
        &self,
        situations: &[Situation],
        changed: Option<(Slot, Decimal)>,
        (settled, simulation): (u64, &Simulation),
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Vec<SituationReturns>, RiskError> {
        let truth = self.truth().ok_or(PayoutFault::NoTruth)?;
        let finance = self.terms().finance.as_ref().ok_or(RiskError::NoFinance)?;
        let draws = simulation.draws();
        if draws > MOST_RISK_DRAWS {
            return Err(RiskError::TooManyDraws { draws, most: MOST_RISK_DRAWS });
        }
        let plan = Plan::new(self, truth)?;
        if let Some(situation) = situations.iter().copied().find(|asked| !told((self, truth, &plan), *asked)) {
            return Err(RiskError::NotTold { situation });
        }
        let sampler = sampler(self, simulation, observed_at(truth, &plan))?;
        let mut columns = Columns::new(self, &sampler)?;
        let mut points: Vec<Exact> = self.assumptions().iter().map(|number| Exact::from(number.point)).collect();
        if let Some((slot, value)) = changed {
            columns.fix(slot);
            columns.set(slot, float(value));
            if let Some(point) = points.get_mut(slot.position()) {
                *point = Exact::from(value);
            }
        }
        let mut heard = Heard::new(Counted::Draws, settled.saturating_mul(situations.len() as u64), progress);
        let mut found = Vec::with_capacity(situations.len());
        for situation in situations.iter().copied() {
            let scene = Scene::new((self, truth, &plan), situation, (&columns, &sampler), simulation.width())?;
            let settling = Settling::new((self, truth, finance), &scene, &columns, &points);
            found.push(settling.run(situation, (settled, simulation.threads()), &mut heard)?);
        }
        Ok(found)
    }
}

/// A contract in a situation, made ready for being settled.
struct Settling<'a> {
    contract: &'a Contract,
    truth: &'a Truth,
    scene: &'a Scene<'a>,
    columns: &'a Columns,
    finance: &'a Finance,
    points: &'a [Exact],
    investors: Vec<HolderIndex>,
    providers: Vec<HolderIndex>,
}

/// A settled draw.
struct Settled {
    total: f64,
    /// Of investors and of those who deliver; none where the service cannot be paid for.
    returns: Option<Vec<Returns>>,
}

impl<'a> Settling<'a> {
    fn new(
        (contract, truth, finance): (&'a Contract, &'a Truth, &'a Finance),
        scene: &'a Scene<'a>,
        columns: &'a Columns,
        points: &'a [Exact],
    ) -> Self {
        let lenders = finance.tranches.iter().filter(|tranche| tranche.repaid == Repaid::Lender);
        Self {
            contract,
            truth,
            scene,
            columns,
            finance,
            points,
            investors: once_each(lenders.map(|tranche| tranche.holder)),
            providers: once_each(finance.delivery.iter().map(|delivery| delivery.by)),
        }
    }

    fn run(
        &self,
        situation: Situation,
        (settled, threads): (u64, usize),
        heard: &mut Heard<'_>,
    ) -> Result<SituationReturns, RiskError> {
        let pieces = (0..settled.div_ceil(PIECE)).map(|piece| {
            let first = piece * PIECE;
            let size = (settled - first).min(PIECE);
            (size, (first, size))
        });
        let many = usize::try_from(settled.div_ceil(PIECE)).unwrap_or(usize::MAX);
        let mut desks: Vec<Desk> = std::iter::repeat_with(|| self.scene.desk()).take(workers(threads, many)).collect();
        let mut found = Vec::new();
        let each = |desk: &mut Desk, (first, size)| self.piece(desk, first, size);
        Queue { pieces, batch: 1 }.work(&mut desks, heard, &each, |piece| found.push(piece))?;
        let mut draws = Vec::new();
        for piece in found {
            draws.extend(piece?);
        }
        Ok(self.told(situation, &draws))
    }

    fn piece(&self, desk: &mut Desk, first: u64, size: u64) -> Result<Vec<Settled>, RiskError> {
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        self.scene.observe(desk, first, size);
        (0..size).map(|draw| self.draw(desk, draw)).collect()
    }

    /// Settles a draw of a piece.
    fn draw(&self, desk: &Desk, draw: usize) -> Result<Settled, RiskError> {
        let mut values = self.points.to_vec();
        for (slot, column) in self.columns.columns(&desk.block) {
            let drawn = column.get(draw).and_then(|drawn| Decimal::from_f64(*drawn));
            if let Some((value, drawn)) = values.get_mut(slot).zip(drawn) {
                *value = Exact::from(drawn);
            }
        }
        let at = |column: &[f64]| column.get(draw).copied().unwrap_or(0.0);
        let seen = |cell: &Counts| Seen { count: at(&cell.count), people: at(&cell.people) };
        let seen: Vec<Seen<f64>> = desk.counts.iter().map(seen).collect();
        let observations = self.scene.plan.observations(self.truth, &seen);
        let statement = self.contract.settle_at(&values, &observations)?;
        let total = float(statement.total());
        let flows = match self.contract.cash_flows_at(&values, &statement) {
            Ok(flows) => flows,
            Err(error) if lacks_money(&error) => return Ok(Settled { total, returns: None }),
            Err(error) => return Err(error.into()),
        };
        let holders = self.investors.iter().chain(&self.providers);
        let returns: Result<Vec<Returns>, Fault> = holders.map(|holder| flows.of(*holder)).collect();
        let returns = returns.map_err(|fault| ModelError::one(Place::at(self.finance.address.clone()), fault))?;
        Ok(Settled { total, returns: Some(returns) })
    }

    fn told(&self, situation: Situation, draws: &[Settled]) -> SituationReturns {
        let mut columns: Vec<Column> =
            self.investors.iter().chain(&self.providers).map(|_| Column::default()).collect();
        for returns in draws.iter().filter_map(|draw| draw.returns.as_ref()) {
            for (column, returns) in columns.iter_mut().zip(returns) {
                column.take(returns);
            }
        }
        let mut columns = columns.into_iter();
        let totals: Vec<f64> = draws.iter().map(|draw| draw.total).collect();
        let investors = self.investors.iter().zip(columns.by_ref());
        let investors = investors.map(|(holder, column)| column.investor(*holder, self.finance.day_count)).collect();
        let providers = self.providers.iter().zip(columns);
        SituationReturns {
            situation,
            paid: Spread::of(&totals),
            not_funded: draws.iter().filter(|draw| draw.returns.is_none()).count() as u64,
            investors,
            providers: providers.map(|(holder, column)| column.provider(*holder)).collect(),
            totals,
        }
    }
}

/// Whether all that is wrong is that money lacks.
fn lacks_money(error: &ModelError) -> bool {
    let lacks = |fault: Option<&FundingFault>| matches!(fault, Some(FundingFault::Lacking { .. }));
    error.problems().iter().all(|problem| lacks(problem.fault.downcast_ref()))
}

/// Holders in their order, each once.
pub(in crate::analysis::risk) fn once_each(holders: impl Iterator<Item = HolderIndex>) -> Vec<HolderIndex> {
    let mut holders: Vec<HolderIndex> = holders.collect();
    holders.sort_unstable();
    holders.dedup();
    holders
}
