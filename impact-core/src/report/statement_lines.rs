//! Lines of a statement as rows: what is paid, by whom, when it is due, and why it is more, less or nothing.
//!
//! One rule: lines of fewer than five people are told together with the others of their payment and year, without cohort, group
//! and day, and without their number where it is still below five. What is new of them since an earlier statement is told
//! less what is taken back, since a reversal would tell what was hidden before. A fee does not tell a day that its people hide, and
//! what is told of all that was seen so far does not tell what of it is hidden.

use super::basis::{self, BasisRow, is_few};
use super::indexed::IndexedRow;
use super::statement_words::withheld_words;
use super::tested::{self, TestedRow};
use crate::address::Address;
use crate::contract::Line;
use crate::model::terms::{Figure, MetricKind, Payment, Per};
use crate::model::{Contract, HolderIndex};
use crate::number::{Exact, Fault};
use crate::units::Label;
use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// A line. Amounts are nominal; below zero they go back to the payers.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct StatementRow {
    /// The id of the payment.
    pub payment: String,
    /// What the payment is called.
    pub name: Label,
    /// Whether it is a fee, paid for no figure.
    pub is_fee: bool,
    /// The cohort; empty where it has no name, or is not told.
    pub cohort: String,
    /// What the cohort is called, where the contract lists it.
    pub cohort_name: Option<Label>,
    /// The group, as the cohort.
    pub group: String,
    /// The day of the last observation it rests on; none where several lines of few people are told together.
    pub date: Option<NaiveDate>,
    /// The day it is due, as the day of the observation.
    pub due: Option<NaiveDate>,
    /// The calendar year of the observation.
    pub year: i32,
    /// How many people, claims or events it counts; none where it counts none, or so few that it is not told.
    pub count: Option<Decimal>,
    /// What the figure was made of.
    #[serde(flatten)]
    pub basis: BasisRow,
    /// The figure that the schedule was asked for; none of a fee, or of so few people that it is not told.
    pub figure: Option<Decimal>,
    /// Whether the figure is an amount of money.
    pub is_money: bool,
    /// What the schedule gives before limits and rounding; none of so few people that it would tell their number.
    pub by_schedule: Option<Decimal>,
    /// What it gave for all that was seen before, where a payment is for all that was seen so far; told as `by_schedule` is.
    pub before: Option<Decimal>,
    /// What is paid.
    pub amount: Decimal,
    /// Who pays how much of it.
    pub shares: Vec<ShareRow>,
    /// The limits that bound, by their addresses.
    pub bound_by: Vec<Address>,
    /// The tests that were asked for.
    pub tested: Vec<TestedRow>,
    /// How the prices were carried, where they follow an index.
    pub indexed: Option<IndexedRow>,
    /// Why nothing is paid.
    pub withheld: Option<Label>,
    /// Whether it takes back a line of an earlier statement.
    pub reversal: bool,
    /// Whether it is the lines of few people of its payment and year; of changes, what is new less what is taken back.
    pub together: bool,
}

/// What one payer pays of a line.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ShareRow {
    /// The id of the holder.
    pub payer: String,
    /// How much.
    pub amount: Decimal,
}

/// The lines as rows, those of few people told together.
pub(super) fn rows(contract: &Contract, lines: &[Line], every_line: bool) -> Result<Vec<StatementRow>, Fault> {
    let mut rows: Vec<StatementRow> = Vec::new();
    let mut together: BTreeMap<(usize, i32), usize> = BTreeMap::new();
    let told = ToldDays::of(contract, lines);
    for line in lines {
        let Some(payment) = contract.terms().payments.get(line.payment) else { continue };
        let row = row(contract, payment, line, every_line);
        if every_line || !(of_few(contract, payment, line) || told.hides(payment, line)) {
            rows.push(row);
            continue;
        }
        let key = (line.payment, line.date.year());
        match together.get(&key).copied().and_then(|at| rows.get_mut(at)) {
            Some(before) => before.add(row)?,
            None => {
                together.insert(key, rows.len());
                rows.push(row.of_few());
            }
        }
    }
    for row in rows.iter_mut().filter(|row| row.together && row.count.is_none_or(is_few)) {
        (row.count, row.figure) = (None, None);
        row.by_schedule = row.by_schedule.filter(|_| row.is_fee);
    }
    let hidden: BTreeSet<usize> = together.into_keys().map(|(payment, _)| payment).collect();
    let hides = hidden.iter().filter_map(|at| contract.terms().payments.get(*at));
    for payment in hides.filter(|payment| payment.per == Per::Contract) {
        for row in rows.iter_mut().filter(|row| row.payment == payment.id && !row.is_fee) {
            (row.figure, row.by_schedule, row.before) = (None, None, None);
        }
    }
    Ok(rows)
}

/// The days on which something is due that is not told by itself.
pub(super) fn hidden_days(contract: &Contract, lines: &[Line]) -> BTreeSet<NaiveDate> {
    let told = ToldDays::of(contract, lines);
    let hidden = lines.iter().filter(|line| {
        let payment = contract.terms().payments.get(line.payment);
        payment.is_some_and(|payment| of_few(contract, payment, line) || told.hides(payment, line))
    });
    hidden.filter(|line| !line.amount.is_zero()).map(|line| line.due).collect()
}

/// Whether a line is of so few people that it is not told by itself.
fn of_few(contract: &Contract, payment: &Payment, line: &Line) -> bool {
    kind_of(contract, payment).is_some_and(of_people) && line.people.is_some_and(is_few)
}

/// The kind of the metric that is paid for, where it is one.
fn kind_of(contract: &Contract, payment: &Payment) -> Option<MetricKind> {
    match payment.of {
        Figure::Metric(at) => contract.terms().metrics.get(at).map(|metric| metric.kind),
        Figure::Estimate(_) | Figure::Nothing => None,
    }
}

fn of_people(kind: MetricKind) -> bool {
    matches!(kind, MetricKind::Claims | MetricKind::Share)
}

/// The days that lines tell which are not of few people. A fee is due with the last of what is observed: where that is of
/// people, its day is told only if such a line tells it.
struct ToldDays(Option<BTreeSet<NaiveDate>>);

impl ToldDays {
    fn of(contract: &Contract, lines: &[Line]) -> Self {
        let terms = contract.terms();
        let days = || {
            let observed = lines.iter().filter(|line| {
                let payment = terms.payments.get(line.payment);
                payment.is_some_and(|one| one.of != Figure::Nothing && !of_few(contract, one, line))
            });
            observed.map(|line| line.date).collect()
        };
        Self(terms.metrics.iter().any(|metric| of_people(metric.kind)).then(days))
    }

    fn hides(&self, payment: &Payment, line: &Line) -> bool {
        payment.of == Figure::Nothing && self.0.as_ref().is_some_and(|days| !days.contains(&line.date))
    }
}

fn row(contract: &Contract, payment: &Payment, line: &Line, every_line: bool) -> StatementRow {
    let id = |holder: HolderIndex| contract.holders().get(holder.position()).map_or("", |holder| &holder.id).to_owned();
    let rests_on_few = basis::of_few(&line.basis, basis::is_share(contract, payment.of));
    // Of a line of few people the number is needed until it is told with the others.
    let told = every_line || !rests_on_few || of_few(contract, payment, line);
    let tests = every_line || !(rests_on_few || line.tested.iter().any(tested::of_few));
    let shares = line.shares.iter().map(|share| ShareRow { payer: id(share.holder), amount: share.amount });
    StatementRow {
        payment: payment.id.clone(),
        name: payment.name.clone(),
        is_fee: payment.of == Figure::Nothing,
        cohort: line.cohort.clone(),
        cohort_name: contract.terms().cohort(&line.cohort).map(|cohort| cohort.name.clone()),
        group: line.group.clone(),
        date: Some(line.date),
        due: Some(line.due),
        year: line.date.year(),
        count: line.people.or(line.basis.treated.map(|treated| treated.count)).filter(|_| told),
        basis: BasisRow::of(contract, payment, line, every_line),
        figure: line.figure.filter(|_| told),
        is_money: kind_of(contract, payment) == Some(MetricKind::Money),
        by_schedule: Some(line.by_schedule).filter(|_| told),
        before: line.before.filter(|_| told),
        amount: line.amount,
        shares: shares.collect(),
        bound_by: line.bound_by.clone(),
        tested: line.tested.iter().map(|tested| TestedRow::of(contract, tested, tests)).collect(),
        indexed: line.indexed.as_ref().map(|indexed| IndexedRow::of(payment, indexed)),
        withheld: line.withheld.as_ref().map(|withheld| withheld_words(contract, withheld)),
        reversal: line.reversal,
        together: false,
    }
}

impl StatementRow {
    /// The row of few people: without anything that tells one of them from the others. How many were taken back is not
    /// told with how many are new.
    fn of_few(self) -> Self {
        Self {
            cohort: String::new(),
            cohort_name: None,
            group: String::new(),
            date: None,
            due: None,
            basis: BasisRow::default(),
            count: self.count.filter(|_| !self.reversal),
            before: None,
            reversal: false,
            together: true,
            ..self
        }
    }

    /// Tells another line of few people with this one.
    fn add(&mut self, other: Self) -> Result<(), Fault> {
        let other = other.of_few();
        let sum = |one: Decimal, other: Decimal| (Exact::from(one) + Exact::from(other)).value();
        let both = |one: Option<Decimal>, other: Option<Decimal>| {
            one.zip(other).map(|(one, other)| sum(one, other)).transpose()
        };
        (self.count, self.figure) = (both(self.count, other.count)?, both(self.figure, other.figure)?);
        self.by_schedule = both(self.by_schedule, other.by_schedule)?;
        self.amount = sum(self.amount, other.amount)?;
        for share in other.shares {
            match self.shares.iter_mut().find(|known| known.payer == share.payer) {
                Some(known) => known.amount = sum(known.amount, share.amount)?,
                None => self.shares.push(share),
            }
        }
        for limit in other.bound_by {
            if !self.bound_by.contains(&limit) {
                self.bound_by.push(limit);
            }
        }
        self.tested.retain(|tested| other.tested.contains(tested));
        self.indexed = self.indexed.take().filter(|one| other.indexed.as_ref() == Some(one));
        // Some of it is paid: what is withheld of the rest is no reason for the whole.
        self.withheld = self.withheld.take().filter(|_| other.withheld.is_some());
        Ok(())
    }
}
