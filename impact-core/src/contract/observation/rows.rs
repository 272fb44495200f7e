//! Rows held against a contract.

mod calendar;
mod twice;

pub use calendar::CalendarFault;

use super::cell::{Cell, Column, Columns};
use super::controls::Controls;
use super::csv::list;
use super::folding::Folding;
use super::row::Read;
use super::{Claim, Numbered, ObservationFault, Observations, Outcome, Row, metrics_of};
use crate::address::{Address, Place, Span};
use crate::document::nearest;
use crate::error::{ModelError, Problem, Problems};
use crate::model::Contract;
use crate::model::terms::{Against, Made, MetricKind};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::{BTreeSet, HashMap};
use std::ops::ControlFlow;

/// The most rows that are settled at once.
const MOST_ROWS: usize = 5_000_000;

impl Observations {
    /// Rows of a contract.
    ///
    /// # Errors
    /// Everything that is wrong with them, each problem at `observations.<row>.<column>`, rows counted from 1: a metric that the
    /// contract does not have, a missing date, more than 5 million rows, counts below zero, more people with a result than people, the same row twice,
    /// groups that nothing in the contract speaks of. No message names a person.
    ///
    /// # Examples
    /// ```
    /// # use impact_core::Contract;
    /// use impact_core::contract::{Observations, Row};
    /// # let contract = Contract::from_toml(r#"
    /// #     impact = 1
    /// #     name = "Denver: supportive housing"
    /// #     currency = "USD"
    /// #     holders = [ { id = "city", kind = "public", level = "municipality" }, { id = "lenders", kind = "investor" } ]
    /// #     [contract]
    /// #     payee = "lenders"
    /// #     payers = [ { holder = "city" } ]
    /// #     metrics = [ { id = "housing-days", kind = "count", unit = "day" } ]
    /// #     payments = [ { id = "housing", of = "housing-days", schedule = { per_unit = 15.12 } } ]
    /// # "#)?;
    /// let row = Row { metric: "housing-days".to_owned(), count: Some((-5).into()), ..Row::default() };
    /// assert_eq!(
    ///     Observations::of(&contract, [row]).unwrap_err().to_string(),
    ///     "observations.1.date: `date` is missing: payments are due and limited by it\n\
    ///      observations.1.count: count `-5` is not zero or more"
    /// );
    /// # Ok::<(), impact_core::error::ModelError>(())
    /// ```
    pub fn of(contract: &Contract, rows: impl IntoIterator<Item = Row>) -> Result<Self, ModelError> {
        let mut reading = Reading::new(contract, Columns::EVERY, None);
        for (number, row) in (1..).zip(rows) {
            if reading.row(&Here::row(number, None), &row.read(), Columns::default()).is_break() {
                break;
            }
        }
        reading.finish()
    }
}

/// What a result must differ in from every other; claims are held against each other once all are read.
type Key = (usize, u32, u32, NaiveDate);

/// Where a row stands, and its cells where the text of each is known.
#[derive(Clone, Copy)]
pub(super) struct Here {
    /// Its number, from 1.
    pub number: usize,
    pub span: Option<Span>,
    cells: [Option<Span>; Column::ALL.len()],
}

impl Here {
    pub fn row(number: usize, span: Option<Span>) -> Self {
        Self { number, span, cells: [None; Column::ALL.len()] }
    }

    fn address(&self) -> Address {
        list().child(&self.number.to_string())
    }

    fn of(&self, column: Column) -> Place {
        Place { address: self.address().child(column.name()), span: self.span_of(column) }
    }

    fn span_of(&self, column: Column) -> Option<Span> {
        self.cells.get(column as usize).copied().flatten().or(self.span)
    }
}

/// What was found under a column: a cell, or none where what stands there is refused already.
pub(super) struct Found<'t> {
    pub cell: Option<Cell<'t>>,
    pub span: Option<Span>,
}

pub(super) struct Reading<'c> {
    contract: &'c Contract,
    metrics: HashMap<&'c str, usize, Folding>,
    groups: BTreeSet<&'c str>,
    controls: Controls<'c>,
    names: Numbered,
    people: Numbered,
    seen: HashMap<Key, u32>,
    results: Vec<Outcome>,
    claims: twice::Claims,
    followed: Vec<calendar::Followed>,
    /// Columns that some row has, and those that were missed before.
    given: Columns,
    missed: Columns,
    /// The line of the column names.
    top: Option<Span>,
    /// Whether a point in a text is a decimal point, whatever stands behind it: commas part the cells.
    pub(super) is_point_decimal: bool,
    /// How often something was refused, said or not.
    refused: usize,
    pub(super) problems: Problems,
}

impl<'c> Reading<'c> {
    /// Begins to read rows of which some have the columns `given`, their names being written at `top`.
    pub(super) fn new(contract: &'c Contract, given: Columns, top: Option<Span>) -> Self {
        let mut names = Numbered::default();
        names.number("");
        Self {
            contract,
            metrics: metrics_of(contract),
            groups: groups_of(contract),
            controls: Controls::of(contract),
            names,
            people: Numbered::default(),
            seen: HashMap::new(),
            results: Vec::new(),
            claims: twice::Claims::default(),
            followed: Vec::new(),
            given,
            missed: Columns::default(),
            top,
            is_point_decimal: false,
            refused: 0,
            problems: Problems::new(),
        }
    }

    pub(super) fn finish(mut self) -> Result<Observations, ModelError> {
        self.check_followed();
        let people = u32::try_from(self.people.known.len()).unwrap_or(u32::MAX);
        let (names, positions) = std::mem::take(&mut self.names).sorted();
        let claims = self.in_order(&positions);
        self.problems.into_result()?;
        let mut results = self.results;
        for row in &mut results {
            placed(&positions, &mut row.cohort);
            placed(&positions, &mut row.group);
        }
        Ok(Observations { results, claims, names, people })
    }

    /// Reads a row of as many cells as there are columns.
    pub(super) fn line<'t>(
        &mut self,
        here: Here,
        columns: &[Column],
        cells: impl Iterator<Item = Found<'t>>,
    ) -> ControlFlow<()> {
        let mut found = [const { None }; Column::ALL.len()];
        let mut count: usize = 0;
        for cell in cells {
            if let Some(place) = found.get_mut(count) {
                *place = Some(cell);
            }
            count = count.saturating_add(1);
        }
        if count == columns.len() {
            return self.row_of(here, columns.iter().copied().zip(found.into_iter().flatten()));
        }
        self.refuse_row(&here, ObservationFault::CellCount { found: count, expected: columns.len() });
        ControlFlow::Continue(())
    }

    /// Reads a row of what stands under its columns; every cell that cannot be read is refused, and the others are held against
    /// the contract all the same.
    pub(super) fn row_of<'t>(
        &mut self,
        mut here: Here,
        cells: impl Iterator<Item = (Column, Found<'t>)>,
    ) -> ControlFlow<()> {
        let (mut row, mut unread) = (Read::default(), Columns::default());
        for (column, Found { cell, span }) in cells {
            if let Some(place) = here.cells.get_mut(column as usize) {
                *place = span;
            }
            let Some(cell) = cell else {
                unread.add(column);
                continue;
            };
            if cell.is_empty() {
                continue;
            }
            let filled = match cell.refuses_point(column).filter(|_| !self.is_point_decimal) {
                Some(fault) => Err(fault),
                None => row.fill(column, cell),
            };
            if let Err(fault) = filled {
                unread.add(column);
                self.refuse(&here, column, fault);
            }
        }
        self.row(&here, &row, unread)
    }

    /// Notes what is wrong with a row as a whole.
    pub(super) fn refuse_row(&mut self, here: &Here, fault: ObservationFault) {
        self.refused = self.refused.saturating_add(1);
        self.problems.push_with(|| Problem::new(Place { address: here.address(), span: here.span }, fault));
    }

    fn refuse(&mut self, here: &Here, column: Column, fault: ObservationFault) {
        self.refused = self.refused.saturating_add(1);
        self.problems.push_with(|| Problem::new(here.of(column), fault));
    }

    /// Notes what a row lacks; a column that no row has is missed once.
    fn missing(&mut self, here: &Here, column: Column, because: &'static str) {
        if self.given.has(column) {
            return self.refuse(here, column, ObservationFault::Missing { column: column.name(), because });
        }
        self.refused = self.refused.saturating_add(1);
        if self.missed.add(column) {
            let place = Place { address: list(), span: self.top };
            self.problems.add(&place, ObservationFault::NoColumn { column: column.name(), because });
        }
    }

    /// Holds a row against the contract; what is `unread` is refused already.
    fn row(&mut self, here: &Here, row: &Read<'_>, unread: Columns) -> ControlFlow<()> {
        if here.number > MOST_ROWS {
            self.refuse_row(here, ObservationFault::TooMany { most: MOST_ROWS });
            return ControlFlow::Break(());
        }
        let before = self.refused;
        let metric = self.metric(here, row, unread);
        if row.date.is_none() && !unread.has(Column::Date) {
            self.missing(here, Column::Date, "payments are due and limited by it");
        }
        if row.group.is_some_and(|group| !self.groups.contains(group)) {
            let known = listed(self.groups.iter().copied());
            self.refuse(here, Column::Group, ObservationFault::UnknownGroup { known });
        }
        if let Some(metric) = metric {
            self.check_calendar(here, metric, row, unread);
        }
        match metric.and_then(|metric| self.contract.terms().metrics.get(metric)).map(|metric| metric.kind) {
            Some(MetricKind::Claims) => self.check_claim(here, row, unread),
            Some(kind) => self.check_result(here, row, kind, unread),
            None => {}
        }
        self.check_range(here, metric, row);
        let whole = self.refused == before && unread == Columns::default();
        if let (Some(metric), Some(date), true) = (metric, row.date, whole) {
            self.keep(here, metric, row, date);
        }
        ControlFlow::Continue(())
    }

    /// The metric that a row is of.
    fn metric(&mut self, here: &Here, row: &Read<'_>, unread: Columns) -> Option<usize> {
        let found = self.metrics.get(row.metric).copied();
        if found.is_some() || unread.has(Column::Metric) {
            return found;
        }
        if row.metric.is_empty() {
            self.missing(here, Column::Metric, "it says what was observed");
            return None;
        }
        let known = self.metrics.keys().copied();
        let nearest = if self.problems.is_full() { None } else { nearest(row.metric, known).map(str::to_owned) };
        let mut ids: Vec<&str> = self.metrics.keys().copied().collect();
        ids.sort_unstable();
        self.refuse(here, Column::Metric, ObservationFault::UnknownMetric { known: listed(ids), nearest });
        None
    }

    fn check_claim(&mut self, here: &Here, row: &Read<'_>, unread: Columns) {
        if row.person.is_none_or(str::is_empty) && !unread.has(Column::Person) {
            self.missing(here, Column::Person, "a claim is of one person, by a pseudonym");
        }
        for (column, given) in [(Column::Count, row.count.is_some()), (Column::Of, row.of.is_some())] {
            if given {
                self.meaningless(here, column, "a claim is one result of one person");
            }
        }
    }

    fn check_result(&mut self, here: &Here, row: &Read<'_>, kind: MetricKind, unread: Columns) {
        if row.person.is_some() {
            let because = "this metric counts results of cohorts, not claims of people";
            self.meaningless(here, Column::Person, because);
        }
        let signed = matches!(kind, MetricKind::Money | MetricKind::Reported);
        match row.count {
            None if unread.has(Column::Count) => {}
            None => self.missing(here, Column::Count, "it says how much was observed"),
            Some(value) if value < Decimal::ZERO && !signed => {
                self.out_of_range(here, Column::Count, value, "zero or more");
            }
            Some(value) if kind == MetricKind::Share && !value.fract().is_zero() => {
                self.out_of_range(here, Column::Count, value, "a whole number of people");
            }
            Some(_) => {}
        }
        match (row.of, kind.has_people()) {
            (None, true) if !unread.has(Column::Of) => {
                self.missing(here, Column::Of, "this metric is so many of so many people");
            }
            (Some(_), false) => {
                let because = "this metric has no people: only a `share` and a `rate` have";
                self.meaningless(here, Column::Of, because);
            }
            (Some(of), true) if of <= Decimal::ZERO => self.out_of_range(here, Column::Of, of, "above zero"),
            (Some(of), true) if kind == MetricKind::Share && !of.fract().is_zero() => {
                self.out_of_range(here, Column::Of, of, "a whole number of people");
            }
            (Some(of), true) if kind == MetricKind::Share && row.count.is_some_and(|count| count > of) => {
                self.refuse(here, Column::Count, ObservationFault::MoreThanPeople);
            }
            _ => {}
        }
    }

    /// Refuses a figure that the metric cannot have.
    fn check_range(&mut self, here: &Here, metric: Option<usize>, row: &Read<'_>) {
        let metric = metric.and_then(|metric| self.contract.terms().metrics.get(metric));
        let range = metric.and_then(|metric| metric.range);
        if let Some((range, value)) = range.zip(row.count)
            && !range.holds(value)
        {
            self.refuse(here, Column::Count, ObservationFault::OutsideRange { range });
        }
    }

    fn meaningless(&mut self, here: &Here, column: Column, because: &'static str) {
        self.refuse(here, column, ObservationFault::Meaningless { column: column.name(), because });
    }

    fn out_of_range(&mut self, here: &Here, column: Column, value: Decimal, expected: &'static str) {
        self.refuse(here, column, ObservationFault::OutOfRange { column: column.name(), value, expected });
    }

    fn keep(&mut self, here: &Here, metric: usize, row: &Read<'_>, date: NaiveDate) {
        let cohort = self.names.number(row.cohort.unwrap_or_default());
        let group = self.names.number(row.group.unwrap_or_default());
        let group_name = row.group.unwrap_or_default();
        if let Some((column, fault)) = self.controls.fault(metric, (cohort, group_name), date, here.number) {
            return self.refuse(here, column, fault);
        }
        match row.person {
            Some(person) => {
                let person = self.people.number(person);
                let metric = u32::try_from(metric).unwrap_or(u32::MAX);
                let claim = Claim { metric, person, cohort, group, date };
                self.follow(here, claim);
                self.claims.keep(here, claim);
            }
            None => {
                let number = u32::try_from(here.number).unwrap_or(u32::MAX);
                let earlier = *self.seen.entry((metric, cohort, group, date)).or_insert(number);
                if earlier != number {
                    return self.refuse(here, Column::Metric, twice::stands_twice(earlier, date, false));
                }
                let count = row.count.unwrap_or_default();
                self.results.push(Outcome { metric, cohort, group, date, count, of: row.of });
            }
        }
    }
}

/// The groups that a contract speaks of: compared with, or paid more for.
fn groups_of(contract: &Contract) -> BTreeSet<&str> {
    let terms = contract.terms();
    let against = terms.estimates.iter().filter_map(|estimate| match &estimate.made {
        Made::Compared { against, .. } => Some(against),
        _ => None,
    });
    let compared = against.flat_map(Against::groups);
    compared.chain(terms.payments.iter().flat_map(|payment| payment.uplift.keys().map(String::as_str))).collect()
}

/// Puts a name's position in the alphabet in the place of its number.
fn placed(positions: &[u32], number: &mut u32) {
    let position = usize::try_from(*number).ok().and_then(|number| positions.get(number));
    *number = position.copied().unwrap_or_default();
}

/// Names in a sentence.
fn listed<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}
