//! The truth: what is the case whatever a contract measures: what would happen anyway, what the programme changes, whom it
//! reaches, and how what happens comes to be observed.
//!
//! One rule: nothing of it is known to the contract. Payment follows what is observed, and the saving follows the truth.

use crate::address::Address;
use crate::model::Slot;
use crate::units::Label;
use chrono::NaiveDate;

/// What is supposed to be the case, so that the risk of a contract can be told.
#[derive(Debug, Clone, PartialEq)]
pub struct Truth {
    /// What to beware of.
    pub note: Option<Label>,
    /// What is the case of each metric, in the order of the document.
    pub metrics: Vec<TrueMetric>,
    /// Whom the programme reaches, and when it is observed.
    pub cohorts: Vec<TrueCohort>,
}

impl Truth {
    /// The cohort whose people one is compared with: itself, or the one whose people it shares; none where it has nobody.
    pub(crate) fn compared_of(&self, cohort: usize) -> Option<usize> {
        match self.cohorts.get(cohort)?.compared? {
            Compared::With(_) => Some(cohort),
            // A cohort shares with one above it.
            Compared::Shared(other) => self.compared_of(other),
        }
    }
}

/// What is the case of one metric.
#[derive(Debug, Clone, PartialEq)]
pub struct TrueMetric {
    /// The metric, as its position in the terms.
    pub metric: usize,
    /// `truth.metrics.<id>`.
    pub address: Address,
    /// What one person has without the programme: a chance, events, an amount.
    pub counterfactual: Slot,
    /// What the programme changes, the wanted way being above zero.
    pub effect: Slot,
    /// As a share of the counterfactual, or in its own unit.
    pub effect_in: EffectIn,
    /// What those treated would have without the programme, as a multiple of the counterfactual: below 1 where they were chosen at
    /// their worst (regression to the mean), above 1 where the hardest were chosen.
    pub selection: Option<Slot>,
    /// What the counterfactual changes by in a year, as a share of it, counted from the first cohort.
    pub drift: Option<Slot>,
    /// The share of people of whom nothing is known in the end.
    pub attrition: Option<Slot>,
    /// How what is observed scatters about the truth.
    pub scatter: Scatter,
    /// What to beware of.
    pub note: Option<String>,
}

/// In what an effect is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EffectIn {
    /// As a share of the counterfactual.
    Relative,
    /// In the unit of the metric, per person.
    Absolute,
}

/// How what is observed scatters about the truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Scatter {
    /// Not at all: what is observed is the truth.
    Exactly,
    /// Each person has it or not: a binomial count.
    Binomial,
    /// Events that come by themselves: a Poisson count.
    Poisson,
    /// Events that some people have many of: a negative binomial count; the dispersion k of one person, whose variance is
    /// mean + mean² / k.
    Dispersed(Slot),
    /// A normal error; the standard deviation of one person.
    Normal(Slot),
}

/// Some of the people that the programme reaches.
#[derive(Debug, Clone, PartialEq)]
pub struct TrueCohort {
    /// The id in the document, and of the cohort in observations.
    pub id: String,
    /// `truth.cohorts.<id>`.
    pub address: Address,
    /// The name in reports.
    pub name: Label,
    /// The day on which it is observed.
    pub date: NaiveDate,
    /// How many people are reached: a whole number; what is drawn is rounded to one.
    pub people: Slot,
    /// With whom they are compared, where the terms compare them with a group.
    pub compared: Option<Compared>,
}

/// Whom a cohort is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compared {
    /// So many people of their own.
    With(Slot),
    /// The same people as a cohort above, as its position.
    Shared(usize),
}
