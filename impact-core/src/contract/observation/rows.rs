//! Rows held against a contract.

use super::{Claim, Numbered, ObservationFault, Observations, Outcome, Row, metrics_of};
use crate::address::{Address, Place, Span};
use crate::document::{Fields, Form, Node, nearest};
use crate::error::{ModelError, Problems};
use crate::model::Contract;
use crate::model::terms::{Against, Made, MetricKind};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::{BTreeSet, HashMap};

/// The most rows that are settled at once.
const MOST_ROWS: usize = 20_000_000;

impl Observations {
    /// Rows of a contract.
    ///
    /// # Errors
    /// Everything that is wrong with them, each problem at `observations.<row>.<column>`, rows counted from 1: a metric that the
    /// contract does not have, a missing date, counts below zero, more people with a result than people, the same row twice,
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
        let mut reading = Reading::new(contract);
        for (number, row) in (1..).zip(rows) {
            reading.read(number, None, &row);
            if number > MOST_ROWS {
                break;
            }
        }
        reading.finish()
    }

    /// Rows of a contract as a document: `[[observations]]`, each with the columns of a [`Row`] as keys.
    ///
    /// # Errors
    /// As [`Observations::of`], with line and column; unknown keys; values of the wrong kind.
    pub fn from_toml(contract: &Contract, text: &str) -> Result<Self, ModelError> {
        Self::from_text(contract, text, Form::Toml)
    }

    /// The same in JSON.
    ///
    /// # Errors
    /// As [`Observations::from_toml`].
    pub fn from_json(contract: &Contract, text: &str) -> Result<Self, ModelError> {
        Self::from_text(contract, text, Form::Json)
    }

    /// The same of a document tree.
    ///
    /// # Errors
    /// As [`Observations::from_toml`].
    pub fn from_node(contract: &Contract, document: Node) -> Result<Self, ModelError> {
        Self::from_document(Some(document), Reading::new(contract))
    }

    fn from_text(contract: &Contract, text: &str, form: Form) -> Result<Self, ModelError> {
        let mut reading = Reading::new(contract);
        let document = Node::read(text, form, &mut reading.problems);
        Self::from_document(document, reading)
    }

    fn from_document(document: Option<Node>, mut reading: Reading<'_>) -> Result<Self, ModelError> {
        if let Some(document) = document
            && let Some(mut fields) = Fields::of(&document, &mut reading.problems)
        {
            let nodes = fields.required_list("observations").unwrap_or_default();
            fields.finish();
            let list = document.place.address.child("observations");
            for (number, node) in (0..).zip(nodes) {
                if let Some(row) = Row::read(node, &mut reading.problems) {
                    reading.row(&Here { number, list: &list, span: node.place.span }, &row);
                }
            }
        }
        reading.finish()
    }
}

/// What a row must differ in from every other.
type Key = (usize, u32, u32, Option<u32>, NaiveDate);

/// Where a row stands.
struct Here<'a> {
    /// Its number in the list: from 1 in a table, from 0 in a document, as everywhere in documents.
    number: usize,
    list: &'a Address,
    span: Option<Span>,
}

pub(super) struct Reading<'c> {
    contract: &'c Contract,
    metrics: HashMap<&'c str, usize>,
    groups: BTreeSet<&'c str>,
    names: Numbered,
    people: Numbered,
    seen: HashMap<Key, usize>,
    results: Vec<Outcome>,
    claims: Vec<Claim>,
    pub(super) problems: Problems,
}

impl<'c> Reading<'c> {
    pub(super) fn new(contract: &'c Contract) -> Self {
        let mut names = Numbered::default();
        names.number("");
        Self {
            contract,
            metrics: metrics_of(contract),
            groups: groups_of(contract),
            names,
            people: Numbered::default(),
            seen: HashMap::new(),
            results: Vec::new(),
            claims: Vec::new(),
            problems: Problems::new(),
        }
    }

    pub(super) fn finish(self) -> Result<Observations, ModelError> {
        self.problems.into_result()?;
        let people = u32::try_from(self.people.known.len()).unwrap_or(u32::MAX);
        let (names, positions) = self.names.sorted();
        let place = |number: &mut u32| {
            let position = usize::try_from(*number).ok().and_then(|number| positions.get(number));
            *number = position.copied().unwrap_or_default();
        };
        let (mut results, mut claims) = (self.results, self.claims);
        results.iter_mut().for_each(|row| [&mut row.cohort, &mut row.group].into_iter().for_each(place));
        claims.iter_mut().for_each(|claim| [&mut claim.cohort, &mut claim.group].into_iter().for_each(place));
        Ok(Observations { results, claims, names, people })
    }

    /// Reads a row of a table, by its number from 1.
    pub(super) fn read(&mut self, number: usize, span: Option<Span>, row: &Row) {
        let list = Address::root().child("observations");
        if number > MOST_ROWS {
            return self.problems.add(&Place::at(list), ObservationFault::TooMany { most: MOST_ROWS });
        }
        self.row(&Here { number, list: &list, span }, row);
    }

    fn refuse(&mut self, here: &Here<'_>, column: &str, fault: ObservationFault) {
        let address = here.list.child(&here.number.to_string()).child(column);
        self.problems.add(&Place { address, span: here.span }, fault);
    }

    fn missing(&mut self, here: &Here<'_>, column: &'static str, because: &'static str) {
        self.refuse(here, column, ObservationFault::Missing { column, because });
    }

    fn row(&mut self, here: &Here<'_>, row: &Row) {
        let before = self.problems.total();
        let tidy = row.tidied();
        let row = tidy.as_ref().unwrap_or(row);
        let Some(metric) = self.metrics.get(row.metric.as_str()).copied() else {
            let nearest = nearest(&row.metric, self.metrics.keys().copied()).map(str::to_owned);
            let mut ids: Vec<&str> = self.metrics.keys().copied().collect();
            ids.sort_unstable();
            return self.refuse(here, "metric", ObservationFault::UnknownMetric { known: listed(ids), nearest });
        };
        if row.date.is_none() {
            self.missing(here, "date", "payments are due and limited by it");
        }
        if row.group.as_deref().is_some_and(|group| !self.groups.contains(group)) {
            let known = listed(self.groups.iter().copied());
            self.refuse(here, "group", ObservationFault::UnknownGroup { known });
        }
        let kind = self.contract.terms().metrics.get(metric).map(|metric| metric.kind);
        match kind {
            Some(MetricKind::Claims) => self.check_claim(here, row),
            Some(kind) => self.check_result(here, row, kind),
            None => {}
        }
        let Some(date) = row.date.filter(|_| self.problems.total() == before) else { return };
        self.keep(here, metric, row, date);
    }

    fn check_claim(&mut self, here: &Here<'_>, row: &Row) {
        if row.person.as_deref().is_none_or(|person| person.trim().is_empty()) {
            self.missing(here, "person", "a claim is of one person, by a pseudonym");
        }
        for (column, given) in [("count", row.count.is_some()), ("of", row.of.is_some())] {
            if given {
                let because = "a claim is one result of one person";
                self.refuse(here, column, ObservationFault::Meaningless { column, because });
            }
        }
    }

    fn check_result(&mut self, here: &Here<'_>, row: &Row, kind: MetricKind) {
        if row.person.is_some() {
            let because = "this metric counts results of cohorts, not claims of people";
            self.refuse(here, "person", ObservationFault::Meaningless { column: "person", because });
        }
        let signed = matches!(kind, MetricKind::Money | MetricKind::Reported);
        match row.count {
            None => self.missing(here, "count", "it says what was observed"),
            Some(value) if value < Decimal::ZERO && !signed => {
                self.refuse(here, "count", out_of_range("count", value, "zero or more"));
            }
            Some(value) if kind == MetricKind::Share && !value.fract().is_zero() => {
                self.refuse(here, "count", out_of_range("count", value, "a whole number of people"));
            }
            Some(_) => {}
        }
        match (row.of, kind.has_people()) {
            (None, true) => self.missing(here, "of", "this metric is so many of so many people"),
            (Some(_), false) => {
                let because = "this metric has no people: only a `share` and a `rate` have";
                self.refuse(here, "of", ObservationFault::Meaningless { column: "of", because });
            }
            (Some(of), true) if of <= Decimal::ZERO => {
                self.refuse(here, "of", out_of_range("of", of, "above zero"));
            }
            (Some(of), true) if kind == MetricKind::Share && !of.fract().is_zero() => {
                self.refuse(here, "of", out_of_range("of", of, "a whole number of people"));
            }
            (Some(of), true) if kind == MetricKind::Share && row.count.is_some_and(|count| count > of) => {
                let count = row.count.unwrap_or_default();
                self.refuse(here, "count", ObservationFault::MoreThanPeople { count, of });
            }
            _ => {}
        }
    }

    fn keep(&mut self, here: &Here<'_>, metric: usize, row: &Row, date: NaiveDate) {
        let cohort = self.names.number(row.cohort.as_deref().unwrap_or_default());
        let group = self.names.number(row.group.as_deref().unwrap_or_default());
        let person = row.person.as_deref().map(|person| self.people.number(person));
        if let Some(earlier) = self.seen.insert((metric, cohort, group, person, date), here.number) {
            self.seen.insert((metric, cohort, group, person, date), earlier);
            let earlier = here.list.child(&earlier.to_string());
            return self.refuse(here, "metric", ObservationFault::Twice { earlier, date, claim: person.is_some() });
        }
        match person {
            Some(person) => {
                let metric = u32::try_from(metric).unwrap_or(u32::MAX);
                self.claims.push(Claim { metric, person, cohort, group, date });
            }
            None => {
                let count = row.count.unwrap_or_default();
                self.results.push(Outcome { metric, cohort, group, date, count, of: row.of });
            }
        }
    }
}

fn out_of_range(column: &'static str, value: Decimal, expected: &'static str) -> ObservationFault {
    ObservationFault::OutOfRange { column, value, expected }
}

/// The groups that a contract speaks of: compared with, or paid more for.
fn groups_of(contract: &Contract) -> BTreeSet<&str> {
    let terms = contract.terms();
    let compared = terms.estimates.iter().filter_map(|estimate| match &estimate.made {
        Made::Compared { against: Against::Group(group), .. } => Some(group.as_str()),
        _ => None,
    });
    compared.chain(terms.payments.iter().flat_map(|payment| payment.uplift.keys().map(String::as_str))).collect()
}

/// Names in a sentence.
fn listed<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}
