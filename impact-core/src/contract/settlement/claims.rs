//! Claims of single people: which of them are paid for, and what a limit for each person leaves.
//!
//! One rule: people are numbers here, and only counts leave.

use super::due::Due;
use super::line::{Unpaid, WhyUnpaid};
use crate::contract::Observations;
use crate::contract::observation::Claim;
use crate::contract::ratio::Ratio;
use crate::contract::schedule::priced;
use crate::contract::values::at;
use crate::model::terms::{Gate, Payment, Per};
use crate::model::{Contract, Slot};
use crate::number::{Exact, Number};
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap};

/// Claims, and which of them each payment is made for.
pub(super) struct Claims<'a> {
    contract: &'a Contract,
    observations: &'a Observations,
    values: &'a [Exact],
    /// By payment, the claims it is made for, in the order of people and days.
    paid: Vec<Vec<&'a Claim>>,
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
    pub fn new(contract: &'a Contract, observations: &'a Observations, values: &'a [Exact]) -> Self {
        let paid = contract.terms().payments.iter().map(|_| Vec::new()).collect();
        Self { contract, observations, values, paid, unpaid: BTreeMap::new() }
    }

    /// Finds the claims of a metric that a payment is made for.
    pub fn eligible(&mut self, position: usize, payment: &Payment, metric: usize) {
        let metric = u32::try_from(metric).unwrap_or(u32::MAX);
        let mut claims: Vec<&Claim> =
            self.observations.claims().iter().filter(|claim| claim.metric == metric).collect();
        claims.sort_by_key(|claim| (claim.person, claim.date));
        let before: Vec<Vec<Option<NaiveDate>>> =
            payment.gates.iter().filter_map(|gate| self.first_days(gate)).collect();
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
                None => {
                    (times, last) = (times.saturating_add(1), Some(claim.date));
                    kept.push(claim);
                }
            }
        }
        if let Some(paid) = self.paid.get_mut(position) {
            *paid = kept;
        }
    }

    /// By person, the first day on which a payment that must come before was made.
    fn first_days(&self, gate: &Gate) -> Option<Vec<Option<NaiveDate>>> {
        let Gate::Before(payment) = gate else { return None };
        let mut first = vec![None; self.observations.people()];
        for claim in self.paid.get(*payment).into_iter().flatten() {
            if let Some(day) = person(claim).and_then(|person| first.get_mut(person)) {
                *day = Some(day.map_or(claim.date, |day: NaiveDate| day.min(claim.date)));
            }
        }
        Some(first)
    }

    fn why_unpaid(
        payment: &Payment,
        claim: &Claim,
        times: u32,
        last: Option<NaiveDate>,
        before: &[Vec<Option<NaiveDate>>],
    ) -> Option<WhyUnpaid> {
        let came_before = |days: &Vec<Option<NaiveDate>>| {
            let day = person(claim).and_then(|person| days.get(person)).copied().flatten();
            day.is_some_and(|day| day <= claim.date)
        };
        if !before.iter().all(came_before) {
            return Some(WhyUnpaid::NothingBefore);
        }
        if payment.repeats.at_most.is_some_and(|most| times >= most) {
            return Some(WhyUnpaid::Repeated);
        }
        let since = last.map(|last| claim.date.signed_duration_since(last).num_days());
        since.filter(|days| *days < i64::from(payment.repeats.spacing)).map(|_| WhyUnpaid::TooSoon)
    }

    /// Claims paid for, by day, cohort and group.
    pub fn by_day(&self, payment: usize) -> Vec<Day> {
        let mut days: BTreeMap<(NaiveDate, u32, u32), usize> = BTreeMap::new();
        for claim in self.paid.get(payment).into_iter().flatten() {
            let count = days.entry((claim.date, claim.cohort, claim.group)).or_default();
            *count = count.saturating_add(1);
        }
        days.into_iter().map(|((date, cohort, group), claims)| Day { date, cohort, group, claims }).collect()
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

    /// Takes off what limits for one person do not leave, in the order of days and payments.
    pub fn limit_people(&self, dues: &mut [Due]) {
        let payments = &self.contract.terms().payments;
        let whole = self.contract.terms().limits.most_person;
        let limited =
            |payment: &Payment| payment.per == Per::Observation && (whole.or(payment.limits.most_person)).is_some();
        let mut claims: Vec<(NaiveDate, usize, &Claim)> = Vec::new();
        for (position, _) in payments.iter().enumerate().filter(|(_, payment)| limited(payment)) {
            claims.extend(self.paid.get(position).into_iter().flatten().map(|claim| (claim.date, position, *claim)));
        }
        if claims.is_empty() {
            return;
        }
        claims.sort_by_key(|(date, payment, claim)| (*date, *payment, claim.person));
        let mut left: HashMap<DueKey, Exact> = HashMap::new();
        let mut of_all = vec![Exact::ZERO; self.observations.people()];
        let mut of_payment: HashMap<(usize, u32), Exact> = HashMap::new();
        for (date, position, claim) in claims {
            let Some(payment) = payments.get(position) else { continue };
            let price = self.price(payment, claim);
            let own = of_payment.entry((position, claim.person)).or_insert(Exact::ZERO);
            let mut paid = self.rest(payment.limits.most_person, *own, price);
            if let Some(all) = person(claim).and_then(|person| of_all.get_mut(person)) {
                paid = self.rest(whole, *all, paid);
                *all = *all + paid;
            }
            *own = *own + paid;
            let key = (date, position, claim.cohort, claim.group);
            let sum = left.entry(key).or_insert(Exact::ZERO);
            *sum = *sum + paid;
        }
        for due in dues {
            let key = (due.date, due.payment, due.cohort, due.group);
            if let Some(sum) = left.get(&key) {
                due.within_people = *sum;
            }
        }
    }

    /// What a limit leaves of an amount where so much was paid before.
    fn rest(&self, limit: Option<Slot>, paid: Exact, amount: Exact) -> Exact {
        let Some(limit) = limit else { return amount };
        amount.min((at(self.values, limit) - paid).max(Exact::ZERO))
    }

    /// What one claim is paid.
    fn price(&self, payment: &Payment, claim: &Claim) -> Exact {
        priced(payment, self.values, self.observations.name(claim.group), Ratio::whole(Exact::ONE))
    }
}

/// What a line of claims differs in from every other.
type DueKey = (NaiveDate, usize, u32, u32);

fn person(claim: &Claim) -> Option<usize> {
    usize::try_from(claim.person).ok()
}
