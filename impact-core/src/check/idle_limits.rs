//! Idle limits: those that a wider limit never lets bind.
//!
//! One rule: a limit is idle where one that holds over all of its amounts lets less be paid: a year's cap above that of all
//! years, a payment's above that of the contract, a payer's above its share of either.

use super::finding::Found;
use crate::address::Address;
use crate::model::terms::{Limits, Payer, Payment, Refunds, Terms};
use crate::model::{Contract, HolderIndex, Slot};
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
    let mut found: Vec<Found> = whole.iter().filter_map(|limit| idle(limit, Decimal::ONE, whole.iter())).collect();
    for payment in terms.payments.iter().filter(|payment| keeps(payment.refunds)) {
        let own = limits(contract, payment.limits);
        found.extend(own.iter().filter_map(|limit| idle(limit, Decimal::ONE, own.iter().chain(&whole))));
    }
    let payers =
        terms.payers.iter().chain(terms.payments.iter().filter_map(|payment| payment.payers.as_ref()).flatten());
    for payer in payers {
        let Some(most) = payer.at_most.and_then(|slot| limit(contract, Scope::Total, slot)) else { continue };
        let paid_for = paid_for(terms, payer.holder);
        let share = paid_for.iter().filter_map(|(_, payer)| share(contract, payer)).max();
        let only = match paid_for.as_slice() {
            [(payment, _)] if keeps(payment.refunds) => limits(contract, payment.limits),
            _ => Vec::new(),
        };
        found.extend(share.and_then(|share| idle(&most, share, only.iter().chain(&whole))));
    }
    found
}

/// The payments that a holder pays for, with what it pays of each.
fn paid_for(terms: &Terms, holder: HolderIndex) -> Vec<(&Payment, &Payer)> {
    let lists = terms.payments.iter().map(|payment| (payment, payment.payers.as_ref().unwrap_or(&terms.payers)));
    lists.filter_map(|(payment, payers)| Some((payment, payers.iter().find(|payer| payer.holder == holder)?))).collect()
}

/// The share that a payer pays of each amount; a fund that tops up may pay all of it.
fn share(contract: &Contract, payer: &Payer) -> Option<Decimal> {
    payer.share.filter(|_| !payer.tops_up).map_or(Some(Decimal::ONE), |slot| Some(contract.assumption(slot)?.point))
}

/// What is said of a limit on a share that one of the wider ones leaves idle: the one that lets the least be paid.
fn idle<'l>(limit: &Limit, share: Decimal, wider: impl Iterator<Item = &'l Limit>) -> Option<Found> {
    let within = wider.filter(|wider| limit.scope.is_within(wider.scope));
    let (least, binding) =
        within.filter_map(|wider| Some((wider.most.checked_mul(share)?, wider))).min_by_key(|(least, _)| *least)?;
    if least >= limit.most {
        return None;
    }
    let [most, less, part] = [limit.most, binding.most, least].map(|amount| Numeral(amount.normalize()));
    let other = &binding.address;
    let (part_en, part_nb) = match share == Decimal::ONE {
        true => (String::new(), String::new()),
        false => (
            format!(", of which this payer's share is {part}"),
            format!(", og denne betalerens andel av det er {part:#}"),
        ),
    };
    Some(Found::at(
        &limit.address,
        format!(
            "the limit of {most} is never reached, since `{other}` lets {less} be paid at most{part_en}: take it out, or correct the two"
        ),
        format!(
            "taket på {most:#} blir aldri nådd, siden `{other}` slipper gjennom høyst {less:#}{part_nb}: fjern det, eller rett de to"
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
