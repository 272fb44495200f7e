//! What was found: what is paid in each situation, by whom, and what the people are better off.

use super::moments::Draws;
use super::possible::ExactRisk;
use super::situation::Situation;
use crate::contract::{Plan, Room};
use crate::model::terms::Truth;
use crate::model::{Contract, HolderIndex};
use crate::number::Lanes;
use crate::simulation::{BLOCK, Estimate, Simulation, between, place};

/// The risk of a contract: what it pays in each situation.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ContractRisk {
    /// The contract.
    pub contract: Contract,
    /// Draws, seed and points.
    pub simulation: Simulation,
    /// In the order of [`Situation::ALL`].
    pub situations: Vec<SituationRisk>,
}

/// What a contract pays in a situation. Amounts are nominal, in its currency.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct SituationRisk {
    /// What is supposed.
    pub situation: Situation,
    /// The chance that anything is paid for a result; fees are not counted.
    pub chance_of_paying: Estimate,
    /// The same without simulation, where nothing but what is observed is left to chance.
    pub exact: Option<ExactRisk>,
    /// What is paid in all, fees with it.
    pub paid: Spread,
    /// What goes back to the payers; none where nothing does in any draw.
    pub refunds: Option<RefundRisk>,
    /// Who pays, in the order of the holders.
    pub by_payer: Vec<PayerRisk>,
    /// What for, in the order of the terms.
    pub by_payment: Vec<PaymentRisk>,
    /// What each payer is expected to pay in each year in which something may be due.
    pub by_payer_and_year: Vec<YearPaid>,
    /// What those reached are better off in truth, by metric of the truth.
    pub changes: Vec<ChangeTold>,
    /// The share of draws in which what is the case, of those treated or of those compared with, or what is observed with a normal
    /// error, had to be held at an end of what there can be.
    pub held: f64,
    /// What is paid in all in each draw.
    pub(super) draws: Vec<f64>,
}

/// How something spreads over the draws.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Spread {
    /// The mean.
    pub mean: f64,
    /// Its standard error; none of one draw.
    pub standard_error: Option<f64>,
    /// The standard deviation.
    pub sd: f64,
    /// One in twenty is below.
    pub p05: f64,
    /// Half are below.
    pub p50: f64,
    /// One in twenty is above.
    pub p95: f64,
}

/// What goes back to the payers: amounts below zero, where the terms say that a loss is owed back or that what was paid before a later
/// observation is taken back.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct RefundRisk {
    /// The chance that anything goes back.
    pub chance: Estimate,
    /// How much on average where anything does: above zero.
    pub mean: f64,
}

/// What one payer pays.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct PayerRisk {
    /// Who.
    pub holder: HolderIndex,
    /// The chance that it pays anything for a result; fees are not counted.
    pub chance_of_paying: Estimate,
    /// How much.
    pub paid: Spread,
    /// In each draw.
    pub(super) draws: Vec<f64>,
}

/// What is paid of one payment of the terms.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct PaymentRisk {
    /// As its position in the terms.
    pub payment: usize,
    /// The chance that anything is paid of it.
    pub chance_of_paying: Estimate,
    /// What is paid of it on average.
    pub mean: f64,
}

/// What one payer is expected to pay in one year.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct YearPaid {
    /// Who.
    pub holder: HolderIndex,
    /// The year in which it is due.
    pub year: i32,
    /// On average.
    pub mean: f64,
    /// The standard error of that; none of one draw.
    pub standard_error: Option<f64>,
}

/// What those whom the programme reaches are better off in one metric, all of them together.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ChangeTold {
    /// The metric, as its position in the terms.
    pub metric: usize,
    /// So many people, events, days or so much money; above zero the way that is wanted.
    pub change: Spread,
    /// In each draw.
    pub(super) draws: Vec<f64>,
}

impl ContractRisk {
    pub(super) fn new(
        contract: &Contract,
        truth: &Truth,
        plan: &Plan,
        simulation: &Simulation,
        found: Vec<(Situation, Paid, Option<ExactRisk>)>,
    ) -> Self {
        let told =
            |(situation, paid, exact): (_, Paid, _)| SituationRisk { exact, ..paid.told(situation, truth, plan) };
        let situations = found.into_iter().map(told).collect();
        Self { contract: contract.clone(), simulation: simulation.clone(), situations }
    }

    /// What it pays in a situation; none where the truth gives no reason to tell it.
    pub fn situation(&self, situation: Situation) -> Option<&SituationRisk> {
        self.situations.iter().find(|found| found.situation == situation)
    }
}

impl SituationRisk {
    /// What is paid in all in each draw.
    pub fn draws(&self) -> &[f64] {
        &self.draws
    }
}

impl PayerRisk {
    /// What it pays in each draw.
    pub fn draws(&self) -> &[f64] {
        &self.draws
    }
}

impl ChangeTold {
    /// The change in each draw.
    pub fn draws(&self) -> &[f64] {
        &self.draws
    }
}

/// What draws of a situation paid, in their order.
#[derive(Debug, Clone)]
pub(super) struct Paid {
    pub total: Vec<f64>,
    pub by_payer: Vec<Vec<f64>>,
    /// Draws in which a payment paid, and what it paid in all.
    pub by_payment: Vec<(u64, f64)>,
    pub by_payer_and_due_year: Vec<f64>,
    /// The sums of the squares of the same.
    pub squares_by_year: Vec<f64>,
    /// Draws in which something was paid for a result.
    pub for_results: u64,
    pub for_results_by_payer: Vec<u64>,
    /// Draws in which something goes back, and how much in all, below zero.
    pub back: (u64, f64),
    pub changes: Vec<Vec<f64>>,
    pub held: u64,
}

impl Paid {
    pub fn new(plan: &Plan, metrics: usize) -> Self {
        Self {
            total: Vec::with_capacity(BLOCK),
            by_payer: plan.payers.iter().map(|_| Vec::with_capacity(BLOCK)).collect(),
            by_payment: plan.payments().map(|_| (0, 0.0)).collect(),
            by_payer_and_due_year: vec![0.0; plan.payers.len().saturating_mul(plan.due_years.len())],
            squares_by_year: vec![0.0; plan.payers.len().saturating_mul(plan.due_years.len())],
            for_results: 0,
            for_results_by_payer: vec![0; plan.payers.len()],
            back: (0, 0.0),
            changes: vec![Vec::new(); metrics],
            held: 0,
        }
    }

    /// Takes the first so many lanes of a run.
    #[inline(always)]
    pub fn take<const W: usize>(&mut self, plan: &Plan, room: &Room<Lanes<W>>, draws: usize) {
        self.total.extend(room.total.0.iter().take(draws));
        for (column, lanes) in self.by_payer.iter_mut().zip(&room.by_payer) {
            column.extend(lanes.0.iter().take(draws));
        }
        let above_zero = |lanes: &Lanes<W>| lanes.0.iter().take(draws).filter(|paid| **paid > 0.0).count() as u64;
        for ((count, sum), lanes) in self.by_payment.iter_mut().zip(&room.by_payment) {
            *count += above_zero(lanes);
            for paid in lanes.0.iter().take(draws) {
                *sum += paid;
            }
        }
        self.for_results += above_zero(&plan.for_results(room));
        for (count, lanes) in self.for_results_by_payer.iter_mut().zip(plan.for_results_by_payer(room)) {
            *count += above_zero(&lanes);
        }
        for back in room.back.0.iter().take(draws).filter(|back| **back < 0.0) {
            self.back = (self.back.0 + 1, self.back.1 + back);
        }
        let years = self.by_payer_and_due_year.iter_mut().zip(&mut self.squares_by_year);
        for ((sum, squares), lanes) in years.zip(&room.by_payer_and_due_year) {
            let drawn = || lanes.0.iter().take(draws);
            *sum += drawn().sum::<f64>();
            *squares += drawn().map(|paid| paid * paid).sum::<f64>();
        }
    }

    /// The draws after these.
    pub fn append(&mut self, next: Self) {
        self.total.extend(next.total);
        for (column, next) in self.by_payer.iter_mut().zip(next.by_payer) {
            column.extend(next);
        }
        for (one, other) in self.for_results_by_payer.iter_mut().zip(next.for_results_by_payer) {
            *one += other;
        }
        for (one, other) in self.by_payment.iter_mut().zip(next.by_payment) {
            *one = (one.0 + other.0, one.1 + other.1);
        }
        for (one, other) in self.by_payer_and_due_year.iter_mut().zip(next.by_payer_and_due_year) {
            *one += other;
        }
        for (one, other) in self.squares_by_year.iter_mut().zip(next.squares_by_year) {
            *one += other;
        }
        for (column, next) in self.changes.iter_mut().zip(next.changes) {
            column.extend(next);
        }
        self.for_results += next.for_results;
        self.back = (self.back.0 + next.back.0, self.back.1 + next.back.1);
        self.held += next.held;
    }

    fn told(self, situation: Situation, truth: &Truth, plan: &Plan) -> SituationRisk {
        let draws = self.total.len();
        let all = draws.max(1) as f64;
        let payers = plan.payers.iter().zip(self.for_results_by_payer).zip(self.by_payer);
        let by_payer = payers.map(|((holder, for_results), column)| PayerRisk {
            holder: *holder,
            chance_of_paying: chance(for_results, draws),
            paid: Spread::of(&column),
            draws: column,
        });
        let by_payment = self.by_payment.iter().enumerate().map(|(payment, (count, sum))| PaymentRisk {
            payment,
            chance_of_paying: chance(*count, draws),
            mean: sum / all,
        });
        let years = plan.payers.iter().flat_map(|holder| plan.due_years.iter().map(move |year| (*holder, *year)));
        let by_year = years.zip(self.by_payer_and_due_year.iter().zip(&self.squares_by_year));
        let changes = truth.metrics.iter().zip(self.changes).map(|(metric, draws)| ChangeTold {
            metric: metric.metric,
            change: Spread::of(&draws),
            draws,
        });
        SituationRisk {
            situation,
            exact: None,
            chance_of_paying: chance(self.for_results, draws),
            paid: Spread::of(&self.total),
            refunds: refunds(self.back, draws),
            by_payer: by_payer.collect(),
            by_payment: by_payment.collect(),
            by_payer_and_year: by_year
                .map(|((holder, year), (sum, squares))| YearPaid {
                    holder,
                    year,
                    mean: sum / all,
                    standard_error: error_of_sums(*sum, *squares, draws),
                })
                .collect(),
            changes: changes.collect(),
            held: self.held as f64 / all,
            draws: self.total,
        }
    }
}

/// What goes back: in so many draws, and so much in all, below zero.
fn refunds((count, sum): (u64, f64), draws: usize) -> Option<RefundRisk> {
    (count > 0).then(|| RefundRisk { chance: chance(count, draws), mean: -sum / count as f64 })
}

/// What the square of a mean must be exceeded by, as a part of it: below this it is what sums of squares lose by rounding.
const ROUNDING: f64 = 1e-10;

/// The standard error of the mean of draws from their sum and that of their squares; none of one draw.
fn error_of_sums(sum: f64, squares: f64, draws: usize) -> Option<f64> {
    let all = draws as f64;
    let about_mean = squares - sum * sum / all;
    let about_mean = if about_mean > ROUNDING * squares { about_mean } else { 0.0 };
    (draws > 1).then(|| libm::sqrt(about_mean / ((all - 1.0) * all)))
}

/// A chance as the share of draws, with its standard error.
pub(super) fn chance(count: u64, draws: usize) -> Estimate {
    let all = draws.max(1) as f64;
    let value = count as f64 / all;
    let standard_error = (draws > 1).then(|| libm::sqrt(value * (1.0 - value) / all));
    Estimate { value, standard_error, bin_error: 0.0 }
}

impl Spread {
    /// Of draws in any order; zeros of none.
    pub(super) fn of(draws: &[f64]) -> Self {
        let of = Draws::single(draws);
        let quantiles = Self::quantiles(of, &[0.05, 0.5, 0.95]);
        let (mean, sd) = of.moments();
        let [p05, p50, p95] = <[f64; 3]>::try_from(quantiles).unwrap_or([0.0; 3]);
        let standard_error = (draws.len() > 1).then(|| sd / libm::sqrt(draws.len() as f64));
        Self { mean, standard_error, sd, p05, p50, p95 }
    }

    /// The quantiles of draws at some chances; zeros of none.
    pub(super) fn quantiles(draws: Draws<'_>, chances: &[f64]) -> Vec<f64> {
        if chances.is_empty() {
            return Vec::new();
        }
        let mut rising: Vec<(f64, f64)> = draws.each().filter(|(_, many)| *many > 0.0).collect();
        rising.sort_unstable_by(|one, other| one.0.total_cmp(&other.0));
        let mut so_far = 0.0;
        for (_, many) in &mut rising {
            so_far += *many;
            *many = so_far;
        }
        let quantile = |chance: &f64| {
            let (below, part) = place(draws.count() as u64, *chance);
            // The first one up to which there are more than so many.
            let at = |place: u64| rising.get(rising.partition_point(|(_, up_to)| *up_to <= place as f64));
            let low = at(below).map_or(0.0, |found| found.0);
            between(low, at(below.saturating_add(1)).map_or(low, |found| found.0), part)
        };
        chances.iter().map(quantile).collect()
    }
}
