//! Claims of single people: which of them are paid for.
//!
//! One rule: people are numbers here, and only counts leave.

use super::line::{Unpaid, WhyUnpaid};
use crate::contract::Observations;
use crate::contract::observation::Claim;
use crate::model::Contract;
use crate::model::terms::{Gate, Payment};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Claims, and which of them each payment is made for.
pub(super) struct Claims<'a> {
    observations: &'a Observations,
    /// By payment, the claims it is made for, in the order of people and days.
    paid: Vec<Vec<&'a Claim>>,
    /// Payments and cohorts whose lines a condition withholds.
    withheld: BTreeSet<(usize, u32)>,
    unpaid: BTreeMap<(usize, WhyUnpaid), usize>,
}

/// Claims of one day, cohort and group.
pub(super) struct Day {
    pub date: NaiveDate,
    pub cohort: u32,
    pub group: u32,
    pub claims: usize,
}

impl<'a> Claims<'a> {
    pub fn new(contract: &Contract, observations: &'a Observations) -> Self {
        let paid = contract.terms().payments.iter().map(|_| Vec::new()).collect();
        Self { observations, paid, withheld: BTreeSet::new(), unpaid: BTreeMap::new() }
    }

    /// The claims that a payment is made for, in the order of people and days.
    pub fn of(&self, payment: usize) -> impl Iterator<Item = &'a Claim> + '_ {
        self.paid.get(payment).into_iter().flatten().copied()
    }

    /// Finds the claims of a metric that a payment is made for, or would be if nothing `withholds` it from their cohort:
    /// those use up nobody's turn.
    pub fn eligible(&mut self, position: usize, payment: &Payment, metric: usize, withholds: impl Fn(u32) -> bool) {
        // Cohort and group decide between claims of one day, so that the order of the rows decides nothing.
        let claims = self.observations.claims_of(metric);
        let mut cohorts: Vec<u32> = claims.iter().map(|claim| claim.cohort).collect();
        cohorts.sort_unstable();
        cohorts.dedup();
        let withheld: BTreeSet<u32> = cohorts.into_iter().filter(|cohort| withholds(*cohort)).collect();
        let before: Vec<Rung> = payment.gates.iter().filter_map(|gate| self.rung(gate)).collect();
        let mut kept: Vec<&Claim> = Vec::with_capacity(claims.len());
        let (mut person, mut times, mut last) = (None, 0_u32, None::<NaiveDate>);
        for claim in claims {
            if person != Some(claim.person) {
                (person, times, last) = (Some(claim.person), 0, None);
            }
            let why = Self::why_unpaid(payment, claim, times, last, &before);
            match why {
                Some(why) => {
                    let count = self.unpaid.entry((position, why)).or_default();
                    *count = count.saturating_add(1);
                }
                None if withheld.contains(&claim.cohort) => kept.push(claim),
                None => {
                    (times, last) = (times.saturating_add(1), Some(claim.date));
                    kept.push(claim);
                }
            }
        }
        if let Some(paid) = self.paid.get_mut(position) {
            *paid = kept;
        }
        self.withheld.extend(withheld.into_iter().map(|cohort| (position, cohort)));
    }

    /// When who achieved what must come before.
    fn rung(&self, gate: &Gate) -> Option<Rung> {
        let Gate::Before { payment, spacing } = gate else { return None };
        let mut first = vec![None; self.observations.people()];
        for claim in self.of(*payment).filter(|claim| !self.withheld.contains(&(*payment, claim.cohort))) {
            if let Some(day) = person(claim).and_then(|person| first.get_mut(person)) {
                *day = Some(day.map_or(claim.date, |day: NaiveDate| day.min(claim.date)));
            }
        }
        Some(Rung { first, spacing: *spacing })
    }

    fn why_unpaid(
        payment: &Payment,
        claim: &Claim,
        times: u32,
        last: Option<NaiveDate>,
        before: &[Rung],
    ) -> Option<WhyUnpaid> {
        if !before.iter().all(|rung| rung.comes_before(claim)) {
            return Some(WhyUnpaid::NothingBefore);
        }
        if payment.repeats.at_most.is_some_and(|most| times >= most) {
            return Some(WhyUnpaid::Repeated);
        }
        let far = |last| is_far(last, claim.date, payment.repeats.spacing);
        last.filter(|last| !far(*last)).map(|_| WhyUnpaid::TooSoon)
    }

    /// Claims paid for, by day, cohort and group.
    pub fn by_day(&self, payment: usize) -> Vec<Day> {
        let mut claims: Vec<(NaiveDate, u32, u32)> =
            self.of(payment).map(|claim| (claim.date, claim.cohort, claim.group)).collect();
        claims.sort_unstable();
        let days = claims.chunk_by(|one, next| one == next);
        let day = |same: &[(NaiveDate, u32, u32)]| {
            same.first().map(|(date, cohort, group)| Day {
                date: *date,
                cohort: *cohort,
                group: *group,
                claims: same.len(),
            })
        };
        days.filter_map(day).collect()
    }

    /// Claims paid for by cohort, with the last day of each.
    pub fn by_cohort(&self, payment: usize) -> Vec<(u32, NaiveDate, usize)> {
        let mut cohorts: BTreeMap<u32, (NaiveDate, usize)> = BTreeMap::new();
        for day in self.by_day(payment) {
            let (last, count) = cohorts.entry(day.cohort).or_insert((day.date, 0));
            (*last, *count) = ((*last).max(day.date), count.saturating_add(day.claims));
        }
        cohorts.into_iter().map(|(cohort, (last, count))| (cohort, last, count)).collect()
    }

    /// Claims paid for by day.
    pub fn by_date(&self, payment: usize) -> Vec<(NaiveDate, usize)> {
        let mut dates: BTreeMap<NaiveDate, usize> = BTreeMap::new();
        for day in self.by_day(payment) {
            let count = dates.entry(day.date).or_default();
            *count = count.saturating_add(day.claims);
        }
        dates.into_iter().collect()
    }

    /// Claims that nothing is paid for.
    pub fn unpaid(&self) -> Vec<Unpaid> {
        let unpaid = self.unpaid.iter();
        unpaid.map(|((payment, why), claims)| Unpaid { payment: *payment, why: *why, claims: *claims }).collect()
    }
}

/// What must come before a claim.
struct Rung {
    /// By person, the first day on which it was achieved.
    first: Vec<Option<NaiveDate>>,
    /// The least days from it to the claim.
    spacing: u32,
}

impl Rung {
    fn comes_before(&self, claim: &Claim) -> bool {
        let first = person(claim).and_then(|person| self.first.get(person)).copied().flatten();
        first.is_some_and(|first| is_far(first, claim.date, self.spacing))
    }
}

/// Whether at least so many days lie from one day to another.
fn is_far(from: NaiveDate, to: NaiveDate, days: u32) -> bool {
    to.signed_duration_since(from).num_days() >= i64::from(days)
}

fn person(claim: &Claim) -> Option<usize> {
    usize::try_from(claim.person).ok()
}
