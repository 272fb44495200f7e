//! A row as it comes: from a table, a file, a service.

use super::ObservationFault;
use super::cell::{Cell, Column};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::fmt;

/// One row of observations, before it is held against a contract.
///
/// A result of a cohort has a `count` and, where its metric has people, `of` how many; a claim has a `person` and neither.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// The id of the metric.
    pub metric: String,
    /// The day it was observed, or the last day of the period.
    pub date: Option<NaiveDate>,
    /// The cohort; none where there is one only.
    pub cohort: Option<String>,
    /// The group: one that is compared with, or one whose results are paid more for.
    pub group: Option<String>,
    /// What was observed: people, events, days, money, a reported figure.
    pub count: Option<Decimal>,
    /// Of how many people.
    pub of: Option<Decimal>,
    /// The pseudonym of the person who claims.
    pub person: Option<String>,
}

/// Everything but who the person is.
impl fmt::Debug for Row {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { metric, date, cohort, group, count, of, person } = self;
        let mut shown = formatter.debug_struct("Row");
        shown.field("metric", metric).field("date", date).field("cohort", cohort).field("group", group);
        shown.field("count", count).field("of", of);
        shown.field("person", &person.as_ref().map(|_| format_args!("hidden"))).finish()
    }
}

/// A row as it is read: its names where they stand, without the spaces around them, so that a row says the same whatever it
/// comes from.
#[derive(Default)]
pub(super) struct Read<'t> {
    pub metric: &'t str,
    pub date: Option<NaiveDate>,
    pub cohort: Option<&'t str>,
    pub group: Option<&'t str>,
    pub count: Option<Decimal>,
    pub of: Option<Decimal>,
    pub person: Option<&'t str>,
}

impl Row {
    /// The row as it is read.
    pub(super) fn read(&self) -> Read<'_> {
        Read {
            metric: self.metric.trim(),
            date: self.date,
            cohort: self.cohort.as_deref().map(str::trim),
            group: self.group.as_deref().map(str::trim),
            count: self.count,
            of: self.of,
            person: self.person.as_deref().map(str::trim),
        }
    }
}

impl<'t> Read<'t> {
    /// Puts a cell under a column.
    pub fn fill(&mut self, column: Column, cell: Cell<'t>) -> Result<(), ObservationFault> {
        let text = || cell.text(column).map(str::trim);
        match column {
            Column::Metric => self.metric = text()?,
            Column::Date => self.date = Some(cell.date()?),
            Column::Cohort => self.cohort = Some(text()?),
            Column::Group => self.group = Some(text()?),
            Column::Count => self.count = Some(cell.number(column)?),
            Column::Of => self.of = Some(cell.number(column)?),
            Column::Person => self.person = Some(text()?),
        }
        Ok(())
    }
}
