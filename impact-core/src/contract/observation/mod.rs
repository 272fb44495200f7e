//! Observations: what was measured, in rows: results of cohorts and groups, or claims of single people with dates.
//!
//! One rule: rows that cannot be meant are refused before anything is settled, all of them together, each by its number; a
//! person is a pseudonym that never leaves a statement or a message.

mod cell;
mod controls;
mod csv;
mod document;
mod fault;
pub(super) mod folding;
mod row;
mod rows;

pub use cell::Cell;
pub use fault::{ObservationFault, Slip};
pub use row::Row;
pub use rows::CalendarFault;

use crate::model::Contract;
use chrono::NaiveDate;
use folding::Folding;
use rust_decimal::Decimal;
use std::collections::HashMap;

/// Rows that fit a contract, ready to be settled.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Observations {
    results: Vec<Outcome>,
    claims: Vec<Claim>,
    /// Names of cohorts and groups in the order of the alphabet, so that their positions compare as they do; the first is
    /// the nameless one.
    names: Vec<String>,
    people: u32,
}

/// An observed result of a cohort or a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub metric: usize,
    pub cohort: u32,
    pub group: u32,
    pub date: NaiveDate,
    pub count: Decimal,
    /// Of how many people, where the metric has people.
    pub of: Option<Decimal>,
}

/// A claim of one person. Claims come in the order of their fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Claim {
    pub metric: u32,
    pub person: u32,
    pub date: NaiveDate,
    pub cohort: u32,
    pub group: u32,
}

impl Observations {
    /// Of results and claims whose cohorts and groups are positions among `names`: the nameless one first, then in the order
    /// of the alphabet.
    pub(super) fn of_parts(results: Vec<Outcome>, mut claims: Vec<Claim>, names: Vec<String>, people: u32) -> Self {
        claims.sort_unstable();
        Self { results, claims, names, people }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.results.len().saturating_add(self.claims.len())
    }

    /// Whether nothing was observed.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(crate) fn results(&self) -> &[Outcome] {
        &self.results
    }

    /// All claims in their order.
    pub(crate) fn claims(&self) -> &[Claim] {
        &self.claims
    }

    /// The claims of a metric in the order of people and days.
    pub(crate) fn claims_of(&self, metric: usize) -> &[Claim] {
        let metric = u32::try_from(metric).unwrap_or(u32::MAX);
        let (from, to) = (
            self.claims.partition_point(|claim| claim.metric < metric),
            self.claims.partition_point(|claim| claim.metric <= metric),
        );
        self.claims.get(from..to).unwrap_or_default()
    }

    /// How many people have claims.
    pub(crate) fn people(&self) -> usize {
        usize::try_from(self.people).unwrap_or(usize::MAX)
    }

    /// The name of a cohort or a group.
    pub(crate) fn name(&self, position: u32) -> &str {
        usize::try_from(position).ok().and_then(|position| self.names.get(position)).map_or("", String::as_str)
    }

    /// The position of a name, where some row has it.
    pub(crate) fn position(&self, name: &str) -> Option<u32> {
        let found = self.names.binary_search_by(|known| known.as_str().cmp(name)).ok();
        found.and_then(|position| u32::try_from(position).ok())
    }
}

/// Names and people by number, while rows are read.
#[derive(Debug, Default)]
struct Numbered {
    known: HashMap<String, u32, Folding>,
    /// The name that came last: rows of the same often follow each other.
    last: Option<(String, u32)>,
}

impl Numbered {
    fn number(&mut self, name: &str) -> u32 {
        if let Some((_, number)) = self.last.as_ref().filter(|(last, _)| last == name) {
            return *number;
        }
        let number = match self.known.get(name) {
            Some(number) => *number,
            None => {
                let number = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
                self.known.insert(name.to_owned(), number);
                number
            }
        };
        let (last, place) = self.last.get_or_insert_default();
        last.clear();
        last.push_str(name);
        *place = number;
        number
    }

    /// The names in the order of the alphabet, and by number the position of each among them.
    fn sorted(self) -> (Vec<String>, Vec<u32>) {
        let mut names: Vec<(String, u32)> = self.known.into_iter().collect();
        names.sort();
        let mut positions = vec![0; names.len()];
        for (position, (_, number)) in (0..).zip(&names) {
            if let Some(there) = usize::try_from(*number).ok().and_then(|number| positions.get_mut(number)) {
                *there = position;
            }
        }
        (names.into_iter().map(|(name, _)| name).collect(), positions)
    }
}

/// What a contract's metrics are called, for finding them by name.
fn metrics_of(contract: &Contract) -> HashMap<&str, usize, Folding> {
    let metrics = contract.terms().metrics.iter().enumerate();
    metrics.map(|(position, metric)| (metric.id.as_str(), position)).collect()
}
