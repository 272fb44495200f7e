//! People: what limits for one person leave of a line of claims.
//!
//! One rule: a line uses a person's limit only where it is not withheld; lines come in their order, and so do limits.

use super::claims::Claims;
use super::due::Due;
use crate::contract::Observations;
use crate::contract::ratio::Ratio;
use crate::contract::schedule::priced;
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
    claimants: HashMap<(NaiveDate, usize, u32, u32), Vec<u32>>,
    /// By person.
    paid: Vec<Exact>,
    /// By payment that limits single people, and person.
    paid_of_payment: HashMap<usize, Vec<Exact>>,
}

impl<'a> People<'a> {
    pub fn new(contract: &Contract, observations: &'a Observations, values: &'a [Exact], claims: &Claims<'_>) -> Self {
        let of_contract = contract.terms().limits.most_person;
        let mut claimants: HashMap<_, Vec<u32>> = HashMap::new();
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
        Self { observations, values, of_contract, claimants, paid, paid_of_payment }
    }

    /// What people's limits leave of an amount that is paid; the amount where nobody has one.
    pub fn within(&mut self, due: &Due, payment: &Payment) -> Exact {
        let Some(claimants) = self.claimants.remove(&due.order()) else { return due.by_schedule };
        let price = priced(payment, self.values, self.observations.name(due.group), Ratio::whole(Exact::ONE));
        let value = |limit: Option<Slot>| limit.map(|slot| at(self.values, slot));
        let (most_of_payment, most_of_all) = (value(payment.limits.most_person), value(self.of_contract));
        let people = self.observations.people();
        let mut own = payment
            .limits
            .most_person
            .map(|_| self.paid_of_payment.entry(due.payment).or_insert_with(|| vec![Exact::ZERO; people]));
        let mut sum = Exact::ZERO;
        for person in claimants.into_iter().filter_map(|person| usize::try_from(person).ok()) {
            let Some(all) = self.paid.get_mut(person) else { continue };
            let own = own.as_mut().and_then(|own| own.get_mut(person));
            let of_payment = own.as_ref().map_or(price, |own| rest(most_of_payment, **own, price));
            let paid = rest(most_of_all, *all, of_payment);
            *all = *all + paid;
            if let Some(own) = own {
                *own = *own + paid;
            }
            sum = sum + paid;
        }
        sum
    }
}

/// What a limit leaves of an amount where so much was paid before.
fn rest(limit: Option<Exact>, paid: Exact, amount: Exact) -> Exact {
    let Some(limit) = limit else { return amount };
    amount.min((limit - paid).max(Exact::ZERO))
}
