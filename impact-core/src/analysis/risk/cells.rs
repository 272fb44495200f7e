//! Cells: what is observed of a metric of the people of an arm of a cohort, draw by draw.

use super::columns::{Block, Columns, NOTHING_DRAWN, Values, lanes};
use super::situation::Situation;
use super::supposed::{InBlock, Supposed, days_between};
use crate::address::Address;
use crate::contract::figure::Counted;
use crate::contract::{Arm, Foreseen, Plan};
use crate::distribution::Distribution;
use crate::distribution::observed::{of_events, of_people, of_uneven_events};
use crate::distribution::special::normal;
use crate::model::terms::{Compared, MetricKind, Scatter, TrueCohort, TrueMetric, Truth};
use crate::model::{Contract, Slot};
use crate::number::Lanes;
use crate::simulation::{Inverse, PointsError, Sampler, Uniforms};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

/// A cell made ready for being observed.
#[derive(Debug)]
pub(super) struct Observed {
    /// As its position among the metrics of the truth.
    pub metric: usize,
    pub arm: Arm,
    supposed: Supposed,
    days: i64,
    people: Slot,
    attrition: Option<Slot>,
    scatter: Scatter,
    /// Whether what is observed is of one person, and not of all together.
    reported: bool,
    uniforms: Uniforms,
    /// How what is observed is distributed, where nothing else is uncertain.
    pub distribution: Option<Distribution>,
    inverse: Option<Inverse>,
}

/// What was observed of a cell in a block.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub count: Vec<f64>,
    pub people: Vec<f64>,
}

impl Counts {
    /// Some draws side by side, as figures see them.
    #[inline(always)]
    pub fn seen<const W: usize>(&self, from: usize) -> Counted<Lanes<W>> {
        Counted { count: lanes(&self.count, from), people: lanes(&self.people, from) }
    }
}

/// What a block adds to what is known of the truth.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// By metric of the truth: the change for the better of everybody reached, draw by draw.
    pub by_metric: Vec<Vec<f64>>,
    /// Whether, draw by draw, something had to be held at an end of what there can be.
    pub held: Vec<bool>,
}

impl Changes {
    /// Of so many metrics and draws, with nothing in it.
    pub fn clear(&mut self, metrics: usize, draws: usize) {
        self.held.clear();
        self.held.resize(draws, false);
        self.by_metric.clear();
        self.by_metric.resize_with(metrics, || vec![0.0; draws]);
    }
}

impl Observed {
    pub fn new(
        contract: &Contract,
        truth: &Truth,
        cell: Foreseen,
        situation: Situation,
        (columns, sampler, plan): (&Columns, &Sampler, &Plan),
    ) -> Result<Option<Self>, PointsError> {
        let (Some(metric), Some(cohort)) = (truth.metrics.get(cell.metric), truth.cohorts.get(cell.cohort)) else {
            return Ok(None);
        };
        let people = match (cell.arm, cohort.compared) {
            (Arm::Compared, Some(Compared::With(slot))) => slot,
            _ => cohort.people,
        };
        let first = truth.cohorts.iter().map(|cohort| cohort.date).min().unwrap_or(cohort.date);
        let kind = contract.terms().metrics.get(metric.metric).map(|metric| metric.kind);
        let Some(address) = address(metric, cohort, cell.arm) else { return Ok(None) };
        let mut observed = Self {
            metric: cell.metric,
            arm: cell.arm,
            supposed: Supposed::new(contract, metric, plan.baselines(cell.metric).first().copied(), situation),
            days: days_between(first, cohort.date),
            people,
            attrition: metric.attrition,
            scatter: metric.scatter,
            reported: kind == Some(MetricKind::Reported),
            uniforms: sampler.uniforms(&address)?,
            distribution: None,
            inverse: None,
        };
        observed.distribution = observed.certain(columns);
        observed.inverse = observed.distribution.as_ref().map(Inverse::new);
        Ok(Some(observed))
    }

    /// The distribution of what is observed, where everything else is certain and it has one.
    fn certain(&self, columns: &Columns) -> Option<Distribution> {
        let (rate, people) = (self.certain_rate(columns)?, self.certain_people(columns)?);
        let decimal = |number: f64| Decimal::from_f64(number);
        let all = decimal(people * rate)?;
        match self.scatter {
            Scatter::Binomial => Distribution::binomial(decimal(people)?, decimal(rate)?).ok(),
            Scatter::Poisson => Distribution::poisson(all).ok(),
            Scatter::Dispersed(slot) => {
                Distribution::negative_binomial(all, decimal(people * columns.point(slot))?).ok()
            }
            _ => None,
        }
    }

    /// What a person has, where it is certain.
    fn certain_rate(&self, columns: &Columns) -> Option<f64> {
        let mut slots = self.supposed.slots().chain(self.dispersion());
        let supposed = self.supposed.in_block(columns, &NOTHING_DRAWN, self.days);
        slots.all(|slot| columns.is_certain(slot)).then(|| supposed.per_person(self.arm, 0).has)
    }

    /// The people of whom something is known, where it is certain.
    pub fn certain_people(&self, columns: &Columns) -> Option<f64> {
        let certain = columns.is_certain(self.people) && self.attrition.is_none_or(|slot| columns.is_certain(slot));
        certain.then(|| self.people(columns, &NOTHING_DRAWN).at(0))
    }

    /// What is observed, where nothing of it is left to chance.
    pub fn certain_count(&self, columns: &Columns) -> Option<f64> {
        let (rate, people) = (self.certain_rate(columns)?, self.certain_people(columns)?);
        let all = if self.reported { rate } else { rate * people };
        match self.scatter {
            Scatter::Exactly => Some(all),
            Scatter::Binomial => (all <= 0.0 || rate >= 1.0).then_some(all),
            Scatter::Poisson | Scatter::Dispersed(_) => (all <= 0.0).then_some(all),
            // Nobody errs; of somebody a figure that is zero is observed with the error of any other.
            Scatter::Normal(_) => (people <= 0.0).then_some(0.0),
        }
    }

    fn dispersion(&self) -> Option<Slot> {
        match self.scatter {
            Scatter::Dispersed(slot) | Scatter::Normal(slot) => Some(slot),
            _ => None,
        }
    }

    fn people<'b>(&self, columns: &'b Columns, block: &'b Block) -> KnownPeople<'b> {
        let attrition = self.attrition.map_or(Values::Certain(0.0), |slot| columns.values(slot, block));
        KnownPeople { reached: columns.values(self.people, block), attrition }
    }

    /// Observes a block: counts and people, and what the treated are better off in truth.
    pub fn observe(&self, columns: &Columns, first: u64, block: &Block, counts: &mut Counts, changes: &mut Changes) {
        counts.count.resize(block.draws, 0.0);
        counts.people.resize(block.draws, 0.0);
        self.uniforms.fill(first, &mut counts.count);
        let supposed = self.supposed.in_block(columns, block, self.days);
        let people = self.people(columns, block);
        if let Some(inverse) = &self.inverse {
            inverse.replace(&mut counts.count);
            counts.people.fill(people.at(0));
            if supposed.per_person(self.arm, 0).held {
                changes.held.fill(true);
            }
        } else {
            let spread = self.dispersion().map_or(Values::Certain(0.0), |slot| columns.values(slot, block));
            let drawn = counts.count.iter_mut().zip(&mut counts.people).zip(&mut changes.held);
            for (draw, ((count, known), held)) in drawn.enumerate() {
                let person = supposed.per_person(self.arm, draw);
                *known = people.at(draw);
                *count = self.observed(person.has, *known, spread.at(draw), *count);
                *held |= person.held;
            }
        }
        if matches!(self.scatter, Scatter::Normal(_)) {
            self.hold(counts, &mut changes.held);
        }
        if self.arm == Arm::Treated {
            self.change(&supposed, &people, changes);
        }
    }

    /// Holds what a normal error leads out of what there can be at its ends, as settlement takes nothing beyond them.
    fn hold(&self, counts: &mut Counts, held: &mut [bool]) {
        let known = counts.count.iter_mut().zip(&counts.people).zip(held).filter(|((_, people), _)| **people > 0.0);
        for ((count, people), held) in known {
            let within = self.supposed.within(*count, if self.reported { 1.0 } else { *people });
            *held |= within != *count;
            *count = within;
        }
    }

    fn change(&self, supposed: &InBlock<'_>, people: &KnownPeople<'_>, changes: &mut Changes) {
        let Some(column) = changes.by_metric.get_mut(self.metric) else { return };
        for (draw, all) in column.iter_mut().enumerate() {
            let person = supposed.per_person(self.arm, draw);
            *all += supposed.change(person) * if self.reported { 1.0 } else { people.reached(draw) };
        }
    }

    /// What is observed where a person has so much, of so many known people, at a uniform.
    fn observed(&self, person: f64, people: f64, spread: f64, u: f64) -> f64 {
        let all = if self.reported { person } else { people * person };
        match self.scatter {
            Scatter::Exactly => all,
            Scatter::Binomial => of_people(people, person, u),
            Scatter::Poisson => of_events(all, u),
            Scatter::Dispersed(_) => of_uneven_events(all, people * spread, u),
            Scatter::Normal(_) if people <= 0.0 => 0.0,
            Scatter::Normal(_) => {
                let of_mean = spread / libm::sqrt(people);
                all + normal::quantile(u) * if self.reported { of_mean } else { of_mean * people }
            }
        }
    }
}

/// The people who are reached, and those of whom something is known: whole people, whatever a distribution gives.
struct KnownPeople<'b> {
    reached: Values<'b>,
    attrition: Values<'b>,
}

impl KnownPeople<'_> {
    #[inline(always)]
    fn reached(&self, draw: usize) -> f64 {
        libm::floor(self.reached.at(draw).max(0.0) + 0.5)
    }

    #[inline(always)]
    fn at(&self, draw: usize) -> f64 {
        libm::floor(self.reached(draw) * (1.0 - self.attrition.at(draw)) + 0.5)
    }
}

/// What is observed of a cell is drawn at an address of its own.
pub(super) fn address(metric: &TrueMetric, cohort: &TrueCohort, arm: Arm) -> Option<Address> {
    let arm = match arm {
        Arm::Treated => "treated",
        Arm::Compared => "compared",
    };
    format!("{}.observed.{}.{arm}", metric.address, cohort.id).parse().ok()
}
