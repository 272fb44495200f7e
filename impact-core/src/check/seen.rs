//! What several families look at: numbers at their slots, what was left out, names and the words of a document.

use crate::address::Address;
use crate::model::{Assumption, Holder, HolderIndex, HolderKind, Model, Origin, Outcome, OutcomeValue, Slot};
use crate::reference::Entry;
use crate::units::written::Numeral;
use crate::units::{Label, Year};
use rust_decimal::Decimal;
use std::collections::{BTreeSet, HashSet};

/// The point value of a number.
pub(super) fn point(model: &Model, slot: Slot) -> Decimal {
    model.assumption(slot).map_or(Decimal::ZERO, |number| number.point)
}

/// Whether a number was left out by the document.
pub(super) fn left_out(model: &Model, slot: Slot) -> bool {
    model.assumption(slot).is_some_and(|number| number.origin == Origin::Default)
}

/// The keys that were left out and are listed among the defaults.
pub(super) fn defaults(model: &Model) -> HashSet<&Address> {
    model.defaults().iter().map(|default| &default.address).collect()
}

/// Whether a number of the document says neither where it comes from nor that it is invented.
pub(super) fn unsourced(number: &Assumption) -> bool {
    number.source.is_none() && number.origin == Origin::Document && !number.marks.illustrative
}

/// The years an outcome lasts; an event has none.
pub(super) fn duration(model: &Model, outcome: &Outcome) -> Option<Decimal> {
    outcome.duration.map(|slot| point(model, slot))
}

/// A holder by its position.
pub(super) fn holder(model: &Model, index: HolderIndex) -> Option<&Holder> {
    model.holders().get(index.position())
}

/// The holders that an amount is posted to: the members of a joint holder, else the holder itself.
pub(super) fn parties(model: &Model, index: HolderIndex) -> impl Iterator<Item = HolderIndex> {
    let members = holder(model, index).map_or(&[][..], |holder| holder.members.as_slice());
    members.iter().map(|member| member.holder).chain(members.is_empty().then_some(index))
}

/// Whether everybody an amount is posted to is of a kind.
pub(super) fn is_of(model: &Model, index: HolderIndex, kind: HolderKind) -> bool {
    parties(model, index).all(|party| holder(model, party).is_some_and(|holder| holder.kind == kind))
}

/// Whether an amount is posted to public budgets.
pub(super) fn is_public(model: &Model, index: HolderIndex) -> bool {
    is_of(model, index, HolderKind::Public)
}

/// The id of a holder.
pub(super) fn holder_id(model: &Model, index: HolderIndex) -> &str {
    holder(model, index).map_or("", |holder| holder.id.as_str())
}

/// Every value with its outcome.
pub(super) fn values(model: &Model) -> impl Iterator<Item = (&Outcome, &OutcomeValue)> {
    model.outcomes().iter().flat_map(|outcome| outcome.values.iter().map(move |value| (outcome, value)))
}

/// The catalogue entry a value comes from.
pub(super) fn entry<'a>(model: &'a Model, value: &OutcomeValue) -> Option<&'a Entry> {
    value.price.proxy.as_deref().and_then(|id| model.unit_cost(id))
}

/// Whether two values of one outcome apply to some of the same units.
pub(super) fn overlap(one: &OutcomeValue, other: &OutcomeValue) -> bool {
    match (one.destination, other.destination) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    }
}

/// The appraised years in which some cost runs.
pub(super) fn cost_years(model: &Model) -> BTreeSet<Year> {
    let running = |year: &Year| model.costs().iter().any(|cost| cost.flow.first <= *year && *year <= cost.flow.last);
    model.years().into_iter().filter(running).collect()
}

/// Years in a sentence: the first few, and how many there are.
pub(super) fn listed(years: &[Year]) -> String {
    const MOST: usize = 4;
    let first: Vec<String> = years.iter().take(MOST).map(ToString::to_string).collect();
    let more = if years.len() > MOST { ", …" } else { "" };
    format!("{}{more}", first.join(", "))
}

/// Whether a label has one of some words in it, in either language; the words are in small letters.
pub(super) fn mentions(label: &Label, words: &[&str]) -> bool {
    std::iter::once(label.en.as_str()).chain(label.nb.as_deref()).any(|text| text_mentions(text, words))
}

/// Whether a text has one of some words in it; the words are in small letters.
pub(super) fn text_mentions(text: &str, words: &[&str]) -> bool {
    let text = text.to_lowercase();
    words.iter().any(|word| text.contains(word))
}

/// The people that the quantity of an intake starts from: what a chain begins with, or the population of an effect.
pub(super) fn started_from(model: &Model, outcome: &Outcome) -> Option<Decimal> {
    let quantity = outcome.address.child("quantity");
    if let Some(slot) = model.slot(&quantity.child("effect").child("population")) {
        return Some(point(model, slot)).filter(|people| *people > Decimal::ZERO);
    }
    let chain = model.document().at(&quantity.child("chain"))?.as_table()?;
    let first = model.slot(chain.entries().first()?.node.address())?;
    Some(point(model, first)).filter(|people| *people >= Decimal::ONE)
}

/// Whether two outcomes have years in common.
pub(super) fn at_once(model: &Model, one: &Outcome, other: &Outcome) -> bool {
    let span = |outcome: &Outcome| {
        let lag = i32::try_from(outcome.lag).unwrap_or(i32::MAX);
        let years = duration(model, outcome).unwrap_or(Decimal::ONE).ceil();
        let years = i32::try_from(years).unwrap_or(i32::MAX).max(1);
        let first = outcome.intakes.iter().min().map_or(0, |year| year.number()).saturating_add(lag);
        let last = outcome.intakes.iter().max().map_or(0, |year| year.number()).saturating_add(lag);
        (first, last.saturating_add(years - 1))
    };
    let (one, other) = (span(one), span(other));
    one.0 <= other.1 && other.0 <= one.1
}

/// Whether a number of an address varies.
pub(super) fn varies(model: &Model, slot: Slot) -> bool {
    model.assumption(slot).is_some_and(|number| number.distribution.is_some())
}

/// A share in per cent, for a sentence.
pub(super) fn percent(share: Decimal) -> Numeral {
    Numeral(share.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(share).round_dp(1).normalize())
}

/// A figure short enough for a sentence.
pub(super) fn short(figure: Decimal) -> Numeral {
    Numeral(figure.round_dp(if figure.abs() < Decimal::ONE_HUNDRED { 2 } else { 0 }).normalize())
}
