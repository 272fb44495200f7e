//! Estimates: what is made of observations before anything is paid: effects against a comparison, pooled over cohorts or
//! mixed of several figures.
//!
//! One rule: an effect is above zero where it goes the way that is wanted.

use crate::address::Address;
use crate::model::{Direction, Slot};
use crate::units::Label;
use chrono::NaiveDate;

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
    /// Groups that follow each other: each from its day to the day before the next one's.
    Groups(Vec<Control>),
}

/// A group that is compared with from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Control {
    /// Its name.
    pub group: String,
    /// The first day of observations compared with it; none of the first group.
    pub from: Option<NaiveDate>,
}

impl Against {
    /// The groups it names, in their order.
    pub fn groups(&self) -> impl Iterator<Item = &str> {
        let (one, several) = match self {
            Against::Fixed(_) => (None, [].as_slice()),
            Against::Group(group) => (Some(group.as_str()), [].as_slice()),
            Against::Groups(controls) => (None, controls.as_slice()),
        };
        one.into_iter().chain(several.iter().map(|control| control.group.as_str()))
    }

    /// The group that observations of a day are compared with; none of a fixed baseline.
    ///
    /// # Examples
    /// ```
    /// use impact_core::model::terms::{Against, Control};
    /// let near = Control { group: "near".to_owned(), from: None };
    /// let far = Control { group: "far".to_owned(), from: "2014-01-01".parse().ok() };
    /// let against = Against::Groups(vec![near, far]);
    /// assert_eq!(against.group_on("2013-12-31".parse()?), Some("near"));
    /// assert_eq!(against.group_on("2014-01-01".parse()?), Some("far"));
    /// # Ok::<(), chrono::ParseError>(())
    /// ```
    pub fn group_on(&self, day: NaiveDate) -> Option<&str> {
        match self {
            Against::Fixed(_) => None,
            Against::Group(group) => Some(group),
            Against::Groups(controls) => {
                let begun = controls.iter().rfind(|control| control.from.is_none_or(|from| from <= day));
                begun.map(|control| control.group.as_str())
            }
        }
    }

    /// The day after `day` on which another group takes over, where one does.
    pub fn changes_after(&self, day: NaiveDate) -> Option<NaiveDate> {
        let Against::Groups(controls) = self else { return None };
        controls.iter().filter_map(|control| control.from).find(|from| *from > day)
    }
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
