//! People: what limits for one person leave of a line of claims.
//!
//! One rule: a line uses of a person's limit what it pays, and no more: nothing where it is withheld, and where a wider limit
//! cuts the line, the same part of what each of its people would have had.

use super::claims::Claims;
use super::due::Due;
use crate::contract::Observations;
use crate::contract::observation::folding::Folding;
use crate::contract::values::at;
use crate::model::terms::{Payment, Per};
use crate::model::{Contract, Slot};
use crate::number::{Exact, Number};
use chrono::NaiveDate;
use std::collections::HashMap;

/// What each person was paid for so far, where there is a limit for one.
pub(super) struct People<'a> {
    observations: &'a Observations,
    values: &'a [Exact],
    /// The limit over all payments.
    of_contract: Option<Slot>,
    /// Who claims what a line pays for.
    claimants: HashMap<(NaiveDate, usize, u32, u32), Vec<u32>, Folding>,
    /// By person.
    paid: Vec<Exact>,
    /// By payment that limits single people, and person.
    paid_of_payment: HashMap<usize, Vec<Exact>>,
    /// What the line on its way would pay each of its people for.
    planned: Vec<(usize, Exact)>,
}

/// What people's limits leave of an amount, and which of them cut it for anybody.
pub(super) struct Within {
    pub amount: Exact,
    pub bound: Vec<Slot>,
}

impl<'a> People<'a> {
    pub fn new(contract: &Contract, observations: &'a Observations, values: &'a [Exact], claims: &Claims<'_>) -> Self {
        let of_contract = contract.terms().limits.most_person;
        let mut claimants: HashMap<_, Vec<u32>, Folding> = HashMap::default();
        for (position, payment) in contract.terms().payments.iter().enumerate() {
            if payment.per != Per::Observation || of_contract.or(payment.limits.most_person).is_none() {
                continue;
            }
            for claim in claims.of(position) {
                claimants.entry((claim.date, position, claim.cohort, claim.group)).or_default().push(claim.person);
            }
        }
        let paid = vec![Exact::ZERO; observations.people()];
        let paid_of_payment = HashMap::new();
        Self { observations, values, of_contract, claimants, paid, paid_of_payment, planned: Vec::new() }
    }

    /// What people's limits leave of an amount that is paid; the amount where nobody has one.
    pub fn within(&mut self, due: &Due, payment: &Payment) -> Within {
        self.planned.clear();
        let Some(claimants) = self.claimants.remove(&due.order()) else {
            return Within { amount: due.by_schedule, bound: Vec::new() };
        };
        let price = due.each.unwrap_or(Exact::ZERO);
        let value = |limit: Option<Slot>| limit.map(|slot| at(self.values, slot));
        let (most_of_payment, most_of_all) = (value(payment.limits.most_person), value(self.of_contract));
        let own = self.paid_of_payment.get(&due.payment);
        let (mut bound_own, mut bound_all) = (false, false);
        let paid_to = |paid: Option<&Vec<Exact>>, person: usize| paid.and_then(|paid| paid.get(person)).copied();
        for person in claimants.into_iter().filter_map(|person| usize::try_from(person).ok()) {
            let of_payment = rest(most_of_payment, paid_to(own, person).unwrap_or(Exact::ZERO), price);
            let paid = rest(most_of_all, paid_to(Some(&self.paid), person).unwrap_or(Exact::ZERO), of_payment);
            let cuts = |left: Exact, of: Exact| (of - left).any_above_zero();
            bound_own |= cuts(of_payment, price);
            bound_all |= cuts(paid, of_payment);
            self.planned.push((person, paid));
        }
        let own = payment.limits.most_person.filter(|_| bound_own);
        let bound = own.into_iter().chain(self.of_contract.filter(|_| bound_all)).collect();
        Within { amount: self.planned.iter().map(|(_, paid)| *paid).sum(), bound }
    }

    /// Books what a line pays, after all that limits it.
    pub fn book(&mut self, due: &Due, payment: &Payment, amount: Exact) {
        let planned: Exact = self.planned.iter().map(|(_, paid)| *paid).sum();
        let cut = (planned - amount).any_above_zero();
        let people = self.observations.people();
        for (person, paid) in self.planned.drain(..) {
            let paid = if cut { paid * amount / planned } else { paid };
            if let Some(all) = self.paid.get_mut(person) {
                *all = *all + paid;
            }
            if payment.limits.most_person.is_some() {
                let own = self.paid_of_payment.entry(due.payment).or_insert_with(|| vec![Exact::ZERO; people]);
                if let Some(own) = own.get_mut(person) {
                    *own = *own + paid;
                }
            }
        }
    }
}

/// What a limit leaves of an amount where so much was paid before.
fn rest(limit: Option<Exact>, paid: Exact, amount: Exact) -> Exact {
    let Some(limit) = limit else { return amount };
    amount.min((limit - paid).max(Exact::ZERO))
}
