//! Estimates: what is made of observations before anything is paid: effects against a comparison, pooled over cohorts or
//! mixed of several figures.
//!
//! One rule: an effect is above zero where it goes the way that is wanted.

use crate::address::Address;
use crate::model::{Direction, Slot};
use crate::units::Label;

/// A figure made of observations.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// The id in the document.
    pub id: String,
    /// `contract.estimates.<id>`.
    pub address: Address,
    /// The name in statements.
    pub name: Label,
    /// How it is made.
    pub made: Made,
    /// What to beware of.
    pub note: Option<String>,
}

/// How an estimate is made.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Made {
    /// The treated against a comparison, cohort by cohort.
    Compared {
        /// The metric, as its position in the terms.
        metric: usize,
        /// Relative, absolute, or counted.
        effect: Effect,
        /// The way that is wanted: that of the metric.
        direction: Direction,
        /// What it is compared with.
        against: Against,
    },
    /// The weighted mean of a figure over cohorts: Σ weight · figure / Σ weight.
    Pooled {
        /// The figure.
        of: Figure,
        /// Cohorts with their weights.
        weights: Vec<Weighted<String>>,
    },
    /// The weighted mean of several figures of one cohort: Σ weight · figure / Σ weight.
    Mixed {
        /// The figures with their weights.
        of: Vec<Weighted<Figure>>,
    },
}

/// Something with a weight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighted<T> {
    /// What is weighed.
    pub what: T,
    /// Its weight.
    pub weight: Slot,
}

/// What a comparison gives.
///
/// # Formula
/// With *c* what the comparison has per person and *t* what the treated have, where less is wanted:
/// relative (c − t) / c; absolute c − t; avoided (c − t) · people treated. Where more is wanted the signs turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// The difference as a share of the comparison.
    Relative,
    /// The difference itself.
    Absolute,
    /// The difference times the people treated: how many events, or people with one, there were fewer (or more).
    Avoided,
}

/// What the treated are compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Against {
    /// A baseline that the contract fixes, per person.
    Fixed(Slot),
    /// Observations of a group of this name: a control group, a matched one, an earlier cohort.
    Group(String),
}

/// What a payment is for, as a position in the terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Figure {
    /// A metric.
    Metric(usize),
    /// An estimate.
    Estimate(usize),
    /// Nothing observed: a fee.
    Nothing,
}
