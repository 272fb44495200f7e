//! Idle limits: those that a wider limit never lets bind.
//!
//! One rule: a limit is idle where one that holds over all of its amounts lets less be paid: a year's cap above that of all
//! years, a payment's above that of the contract.

use super::finding::Found;
use crate::address::Address;
use crate::model::terms::{Limits, Refunds};
use crate::model::{Contract, Slot};
use crate::units::written::Numeral;
use rust_decimal::Decimal;

/// Over what a limit holds, within a payment or the contract.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    Each,
    Person,
    Year,
    Total,
}

impl Scope {
    /// Whether all that this one limits together is limited together by the other too. A person is paid over years, and an amount
    /// may be of several people, so that neither of those holds over the other.
    fn is_within(self, other: Self) -> bool {
        self == other || other == Self::Total || (self == Self::Each && other == Self::Year)
    }
}

/// A limit with where it stands.
struct Limit {
    scope: Scope,
    most: Decimal,
    address: Address,
}

pub(super) fn idle_limits(contract: &Contract) -> Vec<Found> {
    let terms = contract.terms();
    // Where money goes back, more may be paid in a year than is kept in the end.
    let keeps = |refunds: Refunds| refunds == Refunds::None;
    let whole =
        if terms.payments.iter().all(|payment| keeps(payment.refunds)) { terms.limits } else { Limits::default() };
    let whole = limits(contract, whole);
    let mut found = among(&whole, &whole);
    for payment in terms.payments.iter().filter(|payment| keeps(payment.refunds)) {
        let own = limits(contract, payment.limits);
        let wider = || own.iter().chain(&whole);
        found.extend(own.iter().filter_map(|limit| idle(limit, wider())));
    }
    let payers =
        terms.payers.iter().chain(terms.payments.iter().filter_map(|payment| payment.payers.as_ref()).flatten());
    let mosts = payers.filter_map(|payer| limit(contract, Scope::Total, payer.at_most?));
    found.extend(mosts.filter_map(|most| idle(&most, whole.iter())));
    found
}

fn among(limits: &[Limit], wider: &[Limit]) -> Vec<Found> {
    limits.iter().filter_map(|limit| idle(limit, wider.iter())).collect()
}

/// What is said of a limit that one of the wider ones leaves idle: the one that lets the least be paid.
fn idle<'l>(limit: &Limit, wider: impl Iterator<Item = &'l Limit>) -> Option<Found> {
    let binding = wider.filter(|wider| limit.scope.is_within(wider.scope) && wider.most < limit.most);
    let binding = binding.min_by_key(|wider| wider.most)?;
    let (most, less, other) = (Numeral(limit.most.normalize()), Numeral(binding.most.normalize()), &binding.address);
    Some(Found::at(
        &limit.address,
        format!(
            "the limit of {most} is never reached, since `{other}` lets {less} be paid at most: take it out, or correct the two"
        ),
        format!(
            "taket på {most:#} blir aldri nådd, siden `{other}` slipper gjennom høyst {less:#}: fjern det, eller rett de to"
        ),
    ))
}

fn limits(contract: &Contract, limits: Limits) -> Vec<Limit> {
    let Limits { most_each, most_person, most_year, most_total, .. } = limits;
    let scoped =
        [(Scope::Each, most_each), (Scope::Person, most_person), (Scope::Year, most_year), (Scope::Total, most_total)];
    scoped.into_iter().filter_map(|(scope, slot)| limit(contract, scope, slot?)).collect()
}

fn limit(contract: &Contract, scope: Scope, slot: Slot) -> Option<Limit> {
    let number = contract.assumption(slot)?;
    Some(Limit { scope, most: number.point, address: number.address.clone() })
}
