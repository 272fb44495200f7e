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
