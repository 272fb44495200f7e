//! Reading what several parts of the finance have: amounts on days, lists of days, ids of tranches.

use super::super::TermsReader;
use super::super::parts::one_way;
use crate::document::{Fields, Node, nearest};
use crate::error::Problems;
use crate::model::reader::common::{Around, Entry, count, source};
use crate::model::reader::numbers::Meant;
use crate::model::terms::{Dated, FinanceFault, TermsFault};
use crate::model::{Accepts, Slot};
use chrono::{Months, NaiveDate};
use std::collections::BTreeMap;

/// Reads `source` and `illustrative` of a table of a list.
pub(super) fn nearer(fields: &mut Fields<'_, '_>, around: &Around) -> Around {
    let source = source(fields, "source");
    let illustrative = fields.flag("illustrative").unwrap_or(around.illustrative);
    Around { illustrative, ..around.nearer(source, None) }
}

/// A table of a list with its id and name, and what it says of every number in it.
pub(super) fn named<'n, 'p>(
    node: &'n Node,
    around: &Around,
    problems: &'p mut Problems,
) -> Option<(Fields<'n, 'p>, Option<Entry>, Around)> {
    let mut fields = Fields::of(node, problems)?;
    let entry = Entry::read(&mut fields);
    let around = nearer(&mut fields, around);
    Some((fields, entry, around))
}

/// Tranches, or fees, by their ids.
pub(super) struct Ids {
    what: &'static str,
    /// By id; none where one could not be read.
    known: BTreeMap<String, Option<usize>>,
    unknowable: bool,
    kept: usize,
}

impl Ids {
    pub fn new(what: &'static str) -> Self {
        Self { what, known: BTreeMap::new(), unknowable: false, kept: 0 }
    }

    /// Keeps what was read from here.
    pub fn keep<T>(&mut self, node: &Node, read: Option<T>) -> Option<T> {
        match node.id() {
            Some(id) => drop(self.known.insert(id.to_owned(), read.is_some().then_some(self.kept))),
            None => self.unknowable = true,
        }
        self.kept = self.kept.saturating_add(usize::from(read.is_some()));
        read
    }

    /// The position of the one named here.
    pub fn named(&self, node: &Node, problems: &mut Problems) -> Option<usize> {
        let id = node.read_text(problems)?;
        match self.known.get(id) {
            Some(position) => *position,
            None if self.unknowable => None,
            None => {
                let nearest = nearest(id, self.known.keys().map(String::as_str)).map(str::to_owned);
                node.refuse(TermsFault::Unknown { what: self.what, id: id.to_owned(), nearest }, problems)
            }
        }
    }

    /// The positions of those in a list.
    pub fn listed(&self, node: &Node, problems: &mut Problems) -> Option<Vec<usize>> {
        let nodes = node.read_list(problems)?;
        if nodes.is_empty() {
            return node.refuse(TermsFault::Empty { expected: "the ids of tranches" }, problems);
        }
        let read: Vec<Option<usize>> = nodes.iter().map(|node| self.named(node, problems)).collect();
        read.into_iter().collect()
    }

    /// The positions under a key; all where it is not written.
    pub fn under(&self, fields: &mut Fields<'_, '_>, key: &str) -> Option<Vec<usize>> {
        match fields.node(key) {
            Some(node) => self.listed(node, fields.problems()),
            None => Some((0..self.kept).collect()),
        }
    }
}

/// The most months between two days of a series: a hundred years.
const MOST_MONTHS: u32 = 1200;

/// The most days that a series has.
const MOST_DAYS: usize = 1200;

/// Days in a list, rising, or a series: `{ from = 2016-06-30, to = 2019-06-30, every = 6 }`, in months.
pub(in crate::model::reader::terms) fn days(node: &Node, problems: &mut Problems) -> Option<Vec<NaiveDate>> {
    if node.as_table().is_some() {
        let mut fields = Fields::of(node, problems)?;
        let days = series(&mut fields);
        fields.finish();
        return days;
    }
    let nodes = node.read_list(problems)?;
    let read: Vec<Option<NaiveDate>> = nodes.iter().map(|node| node.read_date(problems)).collect();
    let days: Vec<NaiveDate> = read.into_iter().collect::<Option<_>>()?;
    rising(node, days.iter().copied(), problems)?;
    Some(days)
}

/// The days `from` one `to` another, `every` so many months; a day that a month does not have is its last.
fn series(fields: &mut Fields<'_, '_>) -> Option<Vec<NaiveDate>> {
    let (from, to) = (fields.required_date("from"), fields.required_date("to"));
    fields.required("every");
    let every = count(fields, "every", "months", (1, MOST_MONTHS), "a number of months from 1 to 1200");
    let (from, to, every) = (from?, to?, every?);
    if to < from {
        fields.refuse("to", FinanceFault::NotRising { before: from, after: to });
        return None;
    }
    let day = |position: u32| from.checked_add_months(Months::new(position.checked_mul(every)?));
    Some((0..).map_while(day).take_while(|day| *day <= to).take(MOST_DAYS).collect())
}

/// That days rise.
pub(super) fn rising(
    node: &Node,
    days: impl Iterator<Item = NaiveDate> + Clone,
    problems: &mut Problems,
) -> Option<()> {
    match days.clone().zip(days.skip(1)).find(|(before, after)| after <= before) {
        Some((before, after)) => node.refuse(FinanceFault::NotRising { before, after }, problems),
        None => Some(()),
    }
}

impl TermsReader<'_> {
    /// Amounts on days: `[{ date = 2016-01-01, amount = 1_000_000 }]`, or the same on each day of a series:
    /// `{ from = 2016-01-01, to = 2018-12-01, every = 1, amount = 80_000 }`; of a drawdown also `share` of the commitment.
    pub(super) fn dated(
        &mut self,
        fields: &mut Fields<'_, '_>,
        key: &str,
        ways: &[&'static str],
        around: &Around,
    ) -> Option<Vec<Dated>> {
        let Some(node) = fields.node(key) else { return Some(Vec::new()) };
        if node.as_table().is_some() {
            let mut inner = Fields::of(node, fields.problems())?;
            let days = series(&mut inner);
            let (amount, of_commitment) = self.how_much(&mut inner, ways, around);
            inner.finish();
            let (days, amount) = (days?, amount?);
            return Some(days.into_iter().map(|date| Dated { date, amount, of_commitment }).collect());
        }
        let nodes = node.read_list(fields.problems())?;
        let problems = fields.problems();
        let read: Vec<Option<Dated>> = nodes.iter().map(|node| self.one_dated(node, ways, around, problems)).collect();
        let dated: Vec<Dated> = read.into_iter().collect::<Option<_>>()?;
        rising(node, dated.iter().map(|dated| dated.date), fields.problems())?;
        Some(dated)
    }

    fn one_dated(
        &mut self,
        node: &Node,
        ways: &[&'static str],
        around: &Around,
        problems: &mut Problems,
    ) -> Option<Dated> {
        let mut fields = Fields::of(node, problems)?;
        let date = fields.required_date("date");
        let (amount, of_commitment) = self.how_much(&mut fields, ways, around);
        fields.finish();
        Some(Dated { date: date?, amount: amount?, of_commitment })
    }

    /// An `amount`, or a `share` of the commitment; whether it is the latter.
    fn how_much(
        &mut self,
        fields: &mut Fields<'_, '_>,
        ways: &[&'static str],
        around: &Around,
    ) -> (Option<Slot>, bool) {
        match one_way(fields, "how much", ways) {
            Some("share") => {
                let meant = Meant::share("share of the commitment", around);
                (self.numbers.required(fields, "share", &meant), true)
            }
            Some(key) => {
                let meant = Meant::new("amount", Accepts::NotNegative, self.money(""), around);
                (self.numbers.required(fields, key, &meant), false)
            }
            None => (None, false),
        }
    }
}
