//! Evaluations: what it is worth to have observed a result before deciding to go on.
//!
//! One rule: whoever decides sees what is observed and not the truth, so an evaluation is worth what deciding on it gains over
//! deciding now, and never more than the truth itself.
//!
//! # Formula
//! With Δ what those reached are better off in truth, w what one unit of it is worth and c what going on costs:
//! ```text
//! now         max(0, E[w Δ − c])
//! evaluation  E[ max(0, E[w Δ − c | observed]) ] − now
//! truth       E[ max(0, w Δ − c) ] − now
//! ```
//! Observed is the share or rate of the treated, and that of those compared with where there are any, over all cohorts.
//!
//! # References
//! H. Raiffa and R. Schlaifer, *Applied Statistical Decision Theory* (1961): the expected value of sample information.

use super::cells::Observed;
use super::columns::{Columns, sampler};
use super::fault::RiskError;
use super::found::Spread;
use super::run::{Desk, MOST_RISK_DRAWS, Scene, observed_at};
use super::situation::Situation;
use crate::analysis::DrawsError;
use crate::analysis::information::{Decision, Estimate, Learned};
use crate::contract::{Arm, PayoutFault, Plan};
use crate::model::terms::{Compared, Truth};
use crate::model::{Contract, Slot};
use crate::simulation::{BLOCK, Counted, Heard, Progress, Simulation};
use std::ops::ControlFlow;

/// What is asked of evaluations.
#[derive(Debug, Clone, PartialEq)]
pub struct EvaluationQuestion {
    /// The id of a metric that is paid for.
    pub metric: String,
    /// What it is worth that one person has it, one event less or more, or one unit of what is counted.
    pub worth: f64,
    /// What it costs to go on with as many people again.
    pub cost: f64,
    /// How many times the people of the truth are observed, rising: 1 is the evaluation that the contract has.
    pub times: Vec<f64>,
    /// Draws, seed and points.
    pub simulation: Simulation,
}

/// What evaluations are worth.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct EvaluationWorth {
    /// What was asked.
    pub asked: EvaluationQuestion,
    /// What those reached are better off in truth.
    pub change: Spread,
    /// What going on comes to on average: what the change is worth less what it costs.
    pub going_on: f64,
    /// What deciding now comes to: going on where that is above nothing.
    pub now: f64,
    /// What knowing the truth would be worth.
    pub truth: Estimate,
    /// The evaluations, in the order they were asked for.
    pub evaluations: Vec<EvaluationOf>,
}

/// What an evaluation of so many people is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct EvaluationOf {
    /// How many times the people of the truth.
    pub times: f64,
    /// How many people are treated in all, as expected.
    pub people: f64,
    /// What it is worth.
    pub worth: Estimate,
}

/// Why evaluations cannot be valued.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum EvaluationError {
    /// A metric for which nothing is paid.
    #[error("nothing is paid for `{metric}`: choose among {known}")]
    NoSuchMetric {
        /// As asked for.
        metric: String,
        /// Those that are paid for, in words.
        known: String,
    },
    /// A number that is none.
    #[error("`{name}` is {value}: a finite number is wanted")]
    NotFinite {
        /// Which.
        name: &'static str,
        /// As asked for.
        value: f64,
    },
    /// How many times as many people, not above zero, or not rising.
    #[error("`times` holds {value}: numbers above 0 that rise are wanted, such as 1, 2, 4")]
    Times {
        /// The first that is not.
        value: f64,
    },
    /// Too few draws.
    #[error(transparent)]
    Draws(#[from] DrawsError),
    /// What is observed cannot be told.
    #[error(transparent)]
    Risk(#[from] RiskError),
}

impl Contract {
    /// What it is worth to have observed so many people before deciding to go on, in the situation as believed.
    ///
    /// # Errors
    /// A document without `truth`, terms that cannot be foreseen, a metric that is not paid for, numbers that are none, fewer than 32
    /// draws, more than [`MOST_RISK_DRAWS`], a caller who ended it.
    ///
    /// # Examples
    /// Whether anybody is helped is uncertain. Going on costs what it is worth on average, so deciding now is worth nothing:
    /// ```
    /// use impact_core::Contract;
    /// use impact_core::analysis::risk::EvaluationQuestion;
    /// use impact_core::simulation::{Seed, Simulation};
    /// use std::ops::ControlFlow;
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
    ///     metrics = [ { id = "reoffended", counterfactual = 0.5, effect = { uniform = [0, 0.4] } } ]
    ///     cohorts = [ { id = "2027", date = 2028-12-31, people = 50 } ]
    /// "#)?;
    /// let found = contract.evaluation_worth(
    ///     &EvaluationQuestion {
    ///         metric: "reoffended".to_owned(),
    ///         worth: 500_000.0,
    ///         cost: 2_500_000.0, // 50 · 0.5 · 0.2 = 5 people fewer on average
    ///         times: vec![1.0, 10.0, 1_000.0],
    ///         simulation: Simulation::new(20_000, Seed(7)),
    ///     },
    ///     &mut |_| ControlFlow::Continue(()),
    /// )?;
    /// let [few, more, nearly_all] = &found.evaluations[..] else { panic!("three") };
    /// assert!(few.worth.value < more.worth.value && more.worth.value < nearly_all.worth.value);
    /// // The truth: 50 · 0.5 · 500,000 = 12.5 million a unit of effect, and E[max(0, effect − 0.2)] = 0.05.
    /// assert!((found.truth.value - 625_000.0).abs() < 4.0 * found.truth.standard_error);
    /// assert!(nearly_all.worth.value > 0.95 * found.truth.value && few.worth.value < 0.8 * found.truth.value);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn evaluation_worth(
        &self,
        asked: &EvaluationQuestion,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<EvaluationWorth, EvaluationError> {
        asked.check()?;
        let truth = self.truth().ok_or(RiskError::from(PayoutFault::NoTruth))?;
        let plan = Plan::new(self, truth).map_err(RiskError::from)?;
        let metric = paid_for((self, truth, &plan), &asked.metric)?;
        let all = asked.simulation.draws().saturating_mul(asked.times.len() as u64 + 1);
        let mut heard = Heard::new(Counted::Draws, all, progress);
        let observing = Observing { contract: self, truth, plan: &plan, metric, simulation: &asked.simulation };
        let change = observing.draw(1.0, &mut heard)?.change;
        let going_on: Vec<f64> = change.iter().map(|change| asked.worth * change - asked.cost).collect();
        let stopping = vec![0.0; going_on.len()];
        let options = [&going_on[..], &stopping[..]];
        let decision = Decision::new(&options)?;
        let mut evaluations = Vec::with_capacity(asked.times.len());
        for times in asked.times.iter().copied() {
            let seen = observing.draw(times, &mut heard)?;
            let worth = decision.evppi(&seen.learned()?)?;
            evaluations.push(EvaluationOf { times, people: seen.people, worth });
        }
        let on_average = decision.evpi().means.first().copied().unwrap_or(0.0);
        Ok(EvaluationWorth {
            asked: asked.clone(),
            change: Spread::of(&change),
            going_on: on_average,
            now: on_average.max(0.0),
            truth: decision.evpi().evpi,
            evaluations,
        })
    }
}

impl EvaluationQuestion {
    fn check(&self) -> Result<(), EvaluationError> {
        for (name, value) in [("worth", self.worth), ("cost", self.cost)] {
            if !value.is_finite() {
                return Err(EvaluationError::NotFinite { name, value });
            }
        }
        let mut before = 0.0;
        for times in self.times.iter().copied() {
            if !times.is_finite() || times <= before {
                return Err(EvaluationError::Times { value: times });
            }
            before = times;
        }
        let draws = self.simulation.draws();
        if draws > MOST_RISK_DRAWS {
            return Err(RiskError::TooManyDraws { draws, most: MOST_RISK_DRAWS }.into());
        }
        Ok(())
    }
}

/// The position among those of the truth of a metric that is paid for.
fn paid_for((contract, truth, plan): (&Contract, &Truth, &Plan), metric: &str) -> Result<usize, EvaluationError> {
    let id = |position: usize| {
        let of_terms = truth.metrics.get(position).and_then(|metric| contract.terms().metrics.get(metric.metric));
        of_terms.map_or("", |metric| metric.id.as_str())
    };
    let mut known: Vec<usize> = plan.cells.iter().map(|cell| cell.metric).collect();
    known.sort_unstable();
    known.dedup();
    known.iter().copied().find(|position| id(*position) == metric).ok_or_else(|| {
        let names: Vec<String> = known.iter().map(|position| format!("`{}`", id(*position))).collect();
        EvaluationError::NoSuchMetric { metric: metric.to_owned(), known: names.join(", ") }
    })
}

/// A metric that is observed.
struct Observing<'a> {
    contract: &'a Contract,
    truth: &'a Truth,
    plan: &'a Plan,
    metric: usize,
    simulation: &'a Simulation,
}

/// What was observed in each draw, and what is the case.
struct SeenOf {
    change: Vec<f64>,
    /// The share or rate of the treated, and of those compared with.
    treated: Vec<f64>,
    compared: Option<Vec<f64>>,
    people: f64,
}

impl SeenOf {
    fn learned(&self) -> Result<Learned, DrawsError> {
        let treated = Learned::values(&self.treated)?;
        match &self.compared {
            Some(compared) => Learned::together(&[treated, Learned::values(compared)?]),
            None => Ok(treated),
        }
    }
}

impl Observing<'_> {
    /// Observes so many times the people of the truth.
    fn draw(&self, times: f64, heard: &mut Heard<'_>) -> Result<SeenOf, RiskError> {
        let Self { contract, truth, plan, simulation, .. } = *self;
        let sampler = sampler(contract, simulation, observed_at(truth, plan))?;
        let mut columns = Columns::new(contract, &sampler)?;
        if times != 1.0 {
            for slot in counted(truth) {
                let people = columns.point(slot) * times;
                columns.fix(slot);
                columns.set(slot, people);
            }
        }
        let people = truth.cohorts.iter().map(|cohort| columns.point(cohort.people)).sum();
        let scene =
            Scene::new((contract, truth, plan), Situation::AsBelieved, (&columns, &sampler), simulation.width())?;
        let mut desk = scene.desk();
        let is_compared = plan.cells.iter().any(|cell| cell.metric == self.metric && cell.arm == Arm::Compared);
        let (mut change, mut treated, mut compared) = (Vec::new(), Vec::new(), Vec::new());
        for first in (0..simulation.draws()).step_by(BLOCK) {
            let size = usize::try_from((simulation.draws() - first).min(BLOCK as u64)).unwrap_or(BLOCK);
            scene.observe(&mut desk, first, size);
            change.extend(desk.changes().by_metric.get(self.metric).into_iter().flatten());
            treated.extend(self.shares(&scene, &desk, Arm::Treated));
            compared.extend(self.shares(&scene, &desk, Arm::Compared));
            heard.did(size as u64);
            heard.ask()?;
        }
        Ok(SeenOf { change, treated, compared: is_compared.then_some(compared), people })
    }

    /// The share or rate of an arm over all cohorts in each draw of a block; 0 of nobody.
    fn shares(&self, scene: &Scene<'_>, desk: &Desk, arm: Arm) -> Vec<f64> {
        let mut sums = vec![(0.0, 0.0); desk.block.draws];
        let of_arm = |observed: &Observed| observed.metric == self.metric && observed.arm == arm;
        for (counts, _) in desk.counts.iter().zip(&scene.observed).filter(|(_, observed)| of_arm(observed)) {
            for ((sum, count), people) in sums.iter_mut().zip(&counts.count).zip(&counts.people) {
                *sum = (sum.0 + count, sum.1 + people);
            }
        }
        sums.into_iter().map(|(count, people)| if people > 0.0 { count / people } else { 0.0 }).collect()
    }
}

/// The numbers of people that are observed, each once.
fn counted(truth: &Truth) -> Vec<Slot> {
    let compared = truth.cohorts.iter().filter_map(|cohort| match cohort.compared {
        Some(Compared::With(slot)) => Some(slot),
        _ => None,
    });
    let mut slots: Vec<Slot> = truth.cohorts.iter().map(|cohort| cohort.people).chain(compared).collect();
    slots.sort_unstable_by_key(|slot| slot.position());
    slots.dedup();
    slots
}
