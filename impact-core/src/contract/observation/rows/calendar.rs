//! Rows held against the calendar of their contract: its days, those of the metric and the cohort, and the window.
//!
//! One rule: a message says the day of the row and the days of the terms, never a day of a person.

use super::{Here, Reading};
use crate::contract::observation::Claim;
use crate::contract::observation::cell::{Column, Columns};
use crate::contract::observation::row::Read;
use crate::model::Window;
use crate::model::terms::{Cohort, FollowUp, FollowedFrom, Made, Metric, Period, Termination, Terms};
use chrono::NaiveDate;
use std::collections::HashMap;

/// A row outside the calendar of its contract.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CalendarFault {
    /// A row before the first day on which it would count.
    #[error("{date} lies before the first day of {of}, {first}")]
    Early {
        /// The day of the row.
        date: NaiveDate,
        /// What has this first day.
        of: &'static str,
        /// The first day.
        first: NaiveDate,
    },
    /// A row after the last day on which it would count.
    #[error("{date} lies after the last day of {of}, {last}")]
    Late {
        /// The day of the row.
        date: NaiveDate,
        /// What has this last day.
        of: &'static str,
        /// The last day.
        last: NaiveDate,
    },
    /// A row after the contract ended early.
    #[error("{date} comes after the contract ended early, on {on}{}", restarts.map(|day| format!(", and before it runs again from {day}")).unwrap_or_default())]
    Ended {
        /// The day of the row.
        date: NaiveDate,
        /// The last day of the contract.
        on: NaiveDate,
        /// The day from which it runs again.
        restarts: Option<NaiveDate>,
    },
    /// A row after the window of its cohort.
    #[error("{date} lies after the window, which ends on {last}: {} after the last day of the cohort", months(*window, *lag))]
    PastWindow {
        /// The day of the row.
        date: NaiveDate,
        /// The last day of the window.
        last: NaiveDate,
        /// The window.
        window: Window,
        /// How much longer is observed.
        lag: Option<Window>,
    },
    /// A claim outside the window of its person.
    #[error("the claim is not within {} of the person's first claim of `{from}`", months(*window, *lag))]
    OutsidePerson {
        /// The window.
        window: Window,
        /// How much longer is observed.
        lag: Option<Window>,
        /// The metric from which the window is counted.
        from: String,
    },
    /// A claim of somebody who never began.
    #[error("the person has no claim of `{from}`, from which the window is counted")]
    NeverBegan {
        /// The metric from which the window is counted.
        from: String,
    },
    /// A cohort that the contract does not list.
    #[error("the contract lists no such cohort: it has {known}")]
    UnknownCohort {
        /// The cohorts it lists, in words.
        known: String,
    },
}

fn months(window: Window, lag: Option<Window>) -> String {
    lag.map_or_else(|| window.to_string(), |lag| format!("{window} and {lag}"))
}

/// A claim that is held against the first claim of its person once all rows are read.
pub(super) struct Followed {
    here: Here,
    claim: Claim,
}

impl<'c> Reading<'c> {
    /// Refuses a row outside the days of its contract, its metric, its cohort or its window.
    pub(super) fn check_calendar(&mut self, here: &Here, metric: usize, row: &Read<'_>, unread: Columns) {
        let terms = self.contract.terms();
        let cohort = self.cohort(here, row);
        let named = row.cohort.is_some_and(|name| !name.is_empty()) || unread.has(Column::Cohort);
        let (Some(metric), Some(date)) = (terms.metrics.get(metric), row.date) else { return };
        let of_cohort = Period { starts: cohort.map(|cohort| cohort.starts), ends: None };
        let days = [("the contract", terms.period), ("the metric", metric.period), ("the cohort", of_cohort)];
        // What is compared with may be older than the contract: a historical group.
        let treated = !is_compared_with(terms, row.group);
        for (of, Period { starts, ends }) in days {
            if let Some(first) = starts.filter(|first| date < *first && treated) {
                self.refuse_day(here, CalendarFault::Early { date, of, first });
            }
            if let Some(last) = ends.filter(|last| date > *last) {
                self.refuse_day(here, CalendarFault::Late { date, of, last });
            }
        }
        if let Some(Termination { on, restarts, .. }) =
            terms.terminated.filter(|ended| !ended.observes(date, cohort.map(|cohort| cohort.starts)))
        {
            self.refuse_day(here, CalendarFault::Ended { date, on, restarts });
        }
        self.check_window(here, metric, (cohort, named), date);
    }

    /// The cohort of a row, where the contract lists its cohorts; refused where it lists others.
    fn cohort(&mut self, here: &Here, row: &Read<'_>) -> Option<&'c Cohort> {
        let cohorts = &self.contract.terms().cohorts;
        let name = row.cohort.filter(|name| !cohorts.is_empty() && !name.is_empty())?;
        let found = self.contract.terms().cohort(name);
        if found.is_none() {
            let known = super::listed(cohorts.iter().map(|cohort| cohort.id.as_str()));
            self.refuse(here, Column::Cohort, CalendarFault::UnknownCohort { known }.into());
        }
        found
    }

    /// Refuses a row after the window of its cohort.
    fn check_window(
        &mut self,
        here: &Here,
        metric: &Metric,
        (cohort, named): (Option<&Cohort>, bool),
        date: NaiveDate,
    ) {
        let Some(follow_up) = metric.follow_up.filter(|one| one.from == FollowedFrom::Cohort) else { return };
        let FollowUp { window, lag, .. } = follow_up;
        match cohort.map(|cohort| follow_up.last_day(cohort.ends)) {
            Some(Some(last)) if date > last => {
                self.refuse_day(here, CalendarFault::PastWindow { date, last, window, lag });
            }
            None if !named => self.missing(here, Column::Cohort, "the window is counted from its last day"),
            _ => {}
        }
    }

    fn refuse_day(&mut self, here: &Here, fault: CalendarFault) {
        self.refuse(here, Column::Date, fault.into());
    }

    /// Keeps a claim whose window is counted from another claim of its person.
    pub(super) fn follow(&mut self, here: &Here, claim: Claim) {
        let metric = usize::try_from(claim.metric).ok().and_then(|at| self.contract.terms().metrics.get(at));
        let follow_up = metric.and_then(|metric| metric.follow_up);
        if follow_up.is_some_and(|follow_up| matches!(follow_up.from, FollowedFrom::Claim(_))) {
            self.followed.push(Followed { here: *here, claim });
        }
    }

    /// Refuses claims outside the window of their person.
    pub(super) fn check_followed(&mut self) {
        let mut first: HashMap<(usize, u32), NaiveDate> = HashMap::new();
        let began = |claim: &Claim| usize::try_from(claim.metric).ok().map(|metric| (metric, claim.person));
        if !self.followed.is_empty() {
            for (key, claim) in self.claims.iter().filter_map(|claim| Some((began(claim)?, claim))) {
                first.entry(key).and_modify(|day| *day = claim.date.min(*day)).or_insert(claim.date);
            }
        }
        let metrics = &self.contract.terms().metrics;
        for Followed { here, claim } in std::mem::take(&mut self.followed) {
            let metric = usize::try_from(claim.metric).ok().and_then(|at| metrics.get(at));
            let Some(follow_up) = metric.and_then(|metric| metric.follow_up) else { continue };
            let FollowedFrom::Claim(at) = follow_up.from else { continue };
            let from = || metrics.get(at).map_or_else(String::new, |metric| metric.id.clone());
            let FollowUp { window, lag, .. } = follow_up;
            let fault = match first.get(&(at, claim.person)).copied() {
                None => (Column::Person, CalendarFault::NeverBegan { from: from() }),
                Some(day) if claim.date < day || follow_up.last_day(day).is_some_and(|last| claim.date > last) => {
                    (Column::Date, CalendarFault::OutsidePerson { window, lag, from: from() })
                }
                Some(_) => continue,
            };
            self.refuse(&here, fault.0, fault.1.into());
        }
    }
}

/// Whether the people of a group are only compared with.
fn is_compared_with(terms: &Terms, group: Option<&str>) -> bool {
    let Some(group) = group else { return false };
    terms.estimates.iter().any(|estimate| match &estimate.made {
        Made::Compared { against, .. } => against.groups().any(|other| other == group),
        _ => false,
    })
}
