//! The calendar of a contract: from when to when something counts, who belongs to which cohort, how long they are followed.
//!
//! One rule: what is observed outside its days is no observation of the contract, and is refused.

use crate::address::Address;
use crate::model::Window;
use crate::units::Label;
use chrono::NaiveDate;

/// The days on which something observed counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Period {
    /// The first day; none: no first.
    pub starts: Option<NaiveDate>,
    /// The last day; none: no last.
    pub ends: Option<NaiveDate>,
}

/// A cohort: who came into the service between two days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cohort {
    /// The id in the document, and in the column `cohort` of observations.
    pub id: String,
    /// `contract.cohorts.<id>`.
    pub address: Address,
    /// The name in statements.
    pub name: Label,
    /// The first day on which anybody came.
    pub starts: NaiveDate,
    /// The last day on which anybody came.
    pub ends: NaiveDate,
    /// What to beware of.
    pub note: Option<String>,
}

/// A day that the contract names: a payment may fall due on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// The id in the document.
    pub id: String,
    /// `contract.milestones.<id>`.
    pub address: Address,
    /// The name in reports.
    pub name: Label,
    /// The day.
    pub on: NaiveDate,
    /// What to beware of.
    pub note: Option<String>,
}

/// An end before the last day of the contract, and whether it goes on later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Termination {
    /// The last day on which the contract ran.
    pub on: NaiveDate,
    /// The first day on which it runs again; none: it stays ended.
    pub restarts: Option<NaiveDate>,
    /// Whether cohorts that had begun by then are followed to the end of their window.
    pub followed: bool,
}

impl Termination {
    /// Whether something seen on a day is an observation of the contract, of a cohort that began on another.
    ///
    /// # Examples
    /// ```
    /// use impact_core::model::terms::Termination;
    /// let ended = Termination { on: "2015-08-31".parse()?, restarts: "2016-01-01".parse().ok(), followed: true };
    /// assert!(ended.observes("2015-08-31".parse()?, None));
    /// assert!(!ended.observes("2015-09-01".parse()?, None));
    /// assert!(ended.observes("2015-09-01".parse()?, "2014-01-01".parse().ok()));
    /// assert!(ended.observes("2016-01-01".parse()?, None));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn observes(&self, date: NaiveDate, began: Option<NaiveDate>) -> bool {
        let followed = self.followed && began.is_some_and(|began| began <= self.on);
        date <= self.on || self.restarts.is_some_and(|restarts| restarts <= date) || followed
    }
}

/// How long people are followed, and from when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FollowUp {
    /// How long what happens counts.
    pub window: Window,
    /// How much longer it is observed: what happened may be known, tried or registered later.
    pub lag: Option<Window>,
    /// From when.
    pub from: FollowedFrom,
}

/// From when a window is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FollowedFrom {
    /// The last day of the cohort: whoever came last is followed that long.
    Cohort,
    /// The person's first claim of a metric, as its position in the terms.
    Claim(usize),
}

impl FollowUp {
    /// The last day on which something is observed of those who are followed from a day; none past the end of the calendar.
    ///
    /// # Examples
    /// Reconvictions of offences within 12 months of release, where courts have 6 months more:
    /// ```
    /// use impact_core::model::terms::{FollowUp, FollowedFrom};
    /// let offences = FollowUp { window: "12 months".parse()?, lag: "6 months".parse().ok(), from: FollowedFrom::Cohort };
    /// assert_eq!(offences.last_day("2012-06-30".parse()?), "2013-12-30".parse().ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn last_day(&self, from: NaiveDate) -> Option<NaiveDate> {
        let months = self.lag.map_or(0, Window::months).saturating_add(self.window.months());
        from.checked_add_months(chrono::Months::new(months))
    }
}
