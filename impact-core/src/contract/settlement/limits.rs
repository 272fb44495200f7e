//! From what is due to what is paid: rounding, limits in their order, and the payers' shares.
//!
//! One rule: an amount is rounded before limits bind, and a limit that binds is rounded to the side it allows, so that nothing
//! goes beyond it by a rounding. What is paid for all that was seen so far is rounded as a whole, less the same of what was seen
//! before: in however many parts it is observed, they add up to what it is at once.

use super::due::Due;
use super::due_day::due_day;
use super::fault::SettlementFault;
use super::line::{Line, Withheld};
use super::people::People;
use super::shares::Purses;
use crate::address::Address;
use crate::contract::Observations;
use crate::contract::values::at;
use crate::model::terms::{Limits, Payment, Rounding, RoundingRule};
use crate::model::{Contract, Slot};
use crate::number::{Exact, Fault, Number};
use chrono::Datelike;
use std::collections::HashMap;

/// What was paid so far, by everything that limits it.
pub(super) struct Ledgers<'a> {
    contract: &'a Contract,
    values: &'a [Exact],
    by_payment: Vec<Exact>,
    by_payment_and_year: HashMap<(usize, i32), Exact>,
    by_year: HashMap<i32, Exact>,
    total: Exact,
    people: People<'a>,
    purses: Purses<'a>,
}

/// An amount on its way through the limits.
struct Passing {
    amount: Exact,
    bound_by: Vec<Address>,
}

impl<'a> Ledgers<'a> {
    pub fn new(contract: &'a Contract, values: &'a [Exact], people: People<'a>) -> Self {
        Self {
            contract,
            values,
            by_payment: contract.terms().payments.iter().map(|_| Exact::ZERO).collect(),
            by_payment_and_year: HashMap::new(),
            by_year: HashMap::new(),
            total: Exact::ZERO,
            people,
            purses: Purses::new(contract, values),
        }
    }

    /// The line of what is due; none where its payment is not known.
    pub fn line(&mut self, mut due: Due, observations: &Observations) -> Result<Option<Line>, SettlementFault> {
        let Some(payment) = self.contract.terms().payments.get(due.payment) else { return Ok(None) };
        let indexed = std::mem::replace(&mut due.indexed, Ok(None))?;
        self.void(&mut due);
        let passing = match due.withheld {
            Some(_) => Passing { amount: Exact::ZERO, bound_by: Vec::new() },
            None => self.limited(&due, payment)?,
        };
        let (shares, bound) = self.purses.share(payment, passing.amount.value()?)?;
        let amount = shares.iter().map(|share| Exact::from(share.amount)).sum::<Exact>();
        let bound = bound.into_iter().filter(|_| amount != passing.amount);
        self.enter(&due, amount);
        self.people.book(&due, payment, amount);
        let withheld = due.withheld.take().or_else(|| due.nothing(self.contract, payment, self.values));
        let withheld = withheld.filter(|_| !amount.any_above_zero());
        let mut bound_by = passing.bound_by;
        bound_by.extend(bound.filter_map(|slot| self.contract.address(slot)));
        Ok(Some(Line {
            payment: due.payment,
            cohort: observations.name(due.cohort).to_owned(),
            group: observations.name(due.group).to_owned(),
            date: due.date,
            due: due_day(self.contract.terms(), payment, due.date)?,
            people: due.people.map(Exact::value).transpose()?,
            figure: due.figure.map(|figure| figure.quotient().value()).transpose()?.map(|figure| figure.normalize()),
            basis: due.basis,
            by_schedule: due.by_schedule.value()?,
            before: due.before.map(Exact::value).transpose()?,
            amount: amount.value()?,
            bound_by,
            withheld,
            tested: due.tested,
            indexed,
            shares: shares.into_iter().filter(|share| !share.amount.is_zero()).collect(),
            reversal: false,
        }))
    }

    /// Withholds a second chance where the first was paid.
    fn void(&self, due: &mut Due) {
        let paid = |payment: &&usize| self.by_payment.get(**payment).is_some_and(Exact::any_above_zero);
        let first = due.unless_paid.iter().find(paid).and_then(|paid| self.contract.terms().payments.get(*paid));
        if let Some(first) = first.filter(|_| due.withheld.is_none()) {
            due.withheld = Some(Withheld::PaidAlready(first.address.clone()));
        }
    }

    fn limited(&mut self, due: &Due, payment: &Payment) -> Result<Passing, Fault> {
        let terms = self.contract.terms();
        let within = self.people.within(due, payment);
        let bound_by = within.bound.into_iter().filter_map(|slot| self.contract.address(slot)).collect();
        let rounded = |amount: Exact| Ok::<_, Fault>(Exact::from(terms.rounding.of(amount.value()?)?));
        let before = due.before.unwrap_or(Exact::ZERO);
        let mut passing = Passing { amount: rounded(before + within.amount)? - rounded(before)?, bound_by };
        let year = due.date.year();
        let spent = |paid: Option<&Exact>| paid.copied().unwrap_or(Exact::ZERO);
        let Limits { least_each, most_each, most_year, most_total, .. } = payment.limits;
        self.at_least(&mut passing, least_each)?;
        self.at_most(&mut passing, most_each, Exact::ZERO)?;
        self.at_most(&mut passing, most_year, spent(self.by_payment_and_year.get(&(due.payment, year))))?;
        self.at_most(&mut passing, most_total, spent(self.by_payment.get(due.payment)))?;
        self.at_most(&mut passing, terms.limits.most_each, Exact::ZERO)?;
        self.at_most(&mut passing, terms.limits.most_year, spent(self.by_year.get(&year)))?;
        self.at_most(&mut passing, terms.limits.most_total, self.total)?;
        Ok(passing)
    }

    fn at_least(&self, passing: &mut Passing, limit: Option<Slot>) -> Result<(), Fault> {
        let Some(slot) = limit else { return Ok(()) };
        let least = at(self.values, slot);
        if (least - passing.amount).any_above_zero() {
            let least = least.value()?;
            let rule = if least.is_sign_negative() { RoundingRule::Down } else { RoundingRule::Up };
            passing.amount = Exact::from(Rounding { rule, ..self.contract.terms().rounding }.of(least)?);
            passing.bound_by.extend(self.contract.address(slot));
        }
        Ok(())
    }

    fn at_most(&self, passing: &mut Passing, limit: Option<Slot>, before: Exact) -> Result<(), Fault> {
        let Some(slot) = limit else { return Ok(()) };
        let rest = (at(self.values, slot) - before).max(Exact::ZERO);
        if (passing.amount - rest).any_above_zero() {
            let down = Rounding { rule: RoundingRule::Down, ..self.contract.terms().rounding };
            passing.amount = Exact::from(down.of(rest.value()?)?);
            passing.bound_by.extend(self.contract.address(slot));
        }
        Ok(())
    }

    fn enter(&mut self, due: &Due, amount: Exact) {
        let year = due.date.year();
        if let Some(paid) = self.by_payment.get_mut(due.payment) {
            *paid = *paid + amount;
        }
        let of_year = self.by_payment_and_year.entry((due.payment, year)).or_insert(Exact::ZERO);
        *of_year = *of_year + amount;
        let all = self.by_year.entry(year).or_insert(Exact::ZERO);
        *all = *all + amount;
        self.total = self.total + amount;
    }
}
