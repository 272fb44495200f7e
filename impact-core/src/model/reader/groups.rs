//! Reading groups and the weights of their incomes.

use super::Reader;
use super::common::{Around, Entry, source, text};
use super::questions::Known;
use crate::document::{Fields, Node, nearest};
use crate::error::Problems;
use crate::model::{Accepts, Group, GroupFault, HolderIndex, HolderKind, Marks, ModelFault, Weighting};
use crate::number::{Exact, Number};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// What divides people where the document does not say.
const DIVIDED_BY: &str = "group";

impl Reader {
    pub(super) fn group(&self, node: &Node, outcomes: &Known<'_>, problems: &mut Problems) -> Option<Group> {
        let mut fields = Fields::of(node, problems)?;
        let entry = Entry::read(&mut fields);
        let holder = self.holders.required(&mut fields, "holder");
        if let Some(holder) = holder.filter(|holder| self.holders.kind(*holder) != Some(HolderKind::People)) {
            fields.refuse("holder", GroupFault::NotPeople { holder: self.holders.id(holder).to_owned() });
        }
        let by = text(&mut fields, "by").unwrap_or_else(|| DIVIDED_BY.to_owned());
        let share = self.group_share(&mut fields, holder);
        let shares = fields.node("shares").map(|node| read_shares(node, outcomes, fields.problems()));
        let income = number(&mut fields, "income", Accepts::Positive);
        let around = Around::read(&mut fields);
        let note = text(&mut fields, "note");
        fields.finish();
        let Entry { id, address, name } = entry?;
        Some(Group {
            id,
            address,
            name,
            holder: holder?,
            by,
            share: share?,
            shares: shares.unwrap_or_default(),
            income,
            source: around.source,
            marks: Marks { illustrative: around.illustrative, unverified: false },
            note,
        })
    }

    /// The share, as given or as a part of the holder's size.
    fn group_share(&self, fields: &mut Fields<'_, '_>, holder: Option<HolderIndex>) -> Option<Decimal> {
        let share = number(fields, "share", Accepts::Share);
        let size = number(fields, "size", Accepts::Positive);
        match (fields.has("share"), fields.has("size")) {
            (true, true) => {
                fields.refuse("size", ModelFault::BothGiven { first: "share", second: "size" });
                None
            }
            (false, false) => {
                fields.refuse_here(ModelFault::NeitherGiven { first: "share", second: "size" });
                None
            }
            (true, false) => share,
            (false, true) => {
                let (size, holder) = (size?, holder?);
                let Some(whole) = self.holders.kept.get(holder.0).and_then(|holder| holder.size) else {
                    let holder = self.holders.id(holder).to_owned();
                    fields.refuse("size", GroupFault::HolderWithoutSize { holder });
                    return None;
                };
                (Exact::from(size) / Exact::from(whole)).quantised().value().ok()
            }
        }
    }

    /// What is wrong with the groups together, each thing said where the last group stands that has a part in it.
    pub(super) fn check_groups(&self, groups: &[Group], nodes: &Node, known: &Known<'_>, problems: &mut Problems) {
        let entries = nodes.as_list().unwrap_or_default();
        for (position, group) in groups.iter().enumerate() {
            let place = entries.iter().find(|entry| *entry.address() == group.address).unwrap_or(nodes);
            let before = groups.get(..position).unwrap_or_default();
            let same = |other: &&Group| other.holder == group.holder && other.by == group.by;
            let parts: Vec<&Group> = before.iter().filter(same).chain([group]).collect();
            let is_last = !groups.iter().skip(position.saturating_add(1)).any(|other| same(&other));
            if let Some(fault) = self.whole_of(&parts, is_last, known) {
                place.refuse::<()>(fault, problems);
            }
            let other = before.iter().find(|other| {
                other.holder == group.holder && other.by != group.by && other.income.and(group.income).is_some()
            });
            if let Some(other) = other {
                let holder = self.holders.id(group.holder).to_owned();
                let (first, second) = (other.by.clone(), group.by.clone());
                place.refuse::<()>(GroupFault::IncomesTwice { holder, first, second }, problems);
            }
        }
    }

    /// What is wrong with the shares of a division: of all, or of an outcome that has shares of its own.
    fn whole_of(&self, parts: &[&Group], is_last: bool, known: &Known<'_>) -> Option<GroupFault> {
        let first = parts.first()?;
        let (holder, by) = (self.holders.id(first.holder).to_owned(), first.by.clone());
        let sum = |outcome: Option<usize>| {
            let sum: Exact = parts.iter().map(|part| Exact::from(part.share_of(outcome))).sum();
            sum.value().unwrap_or(Decimal::MAX).normalize()
        };
        let named: BTreeSet<usize> = parts.iter().flat_map(|part| part.shares.iter().map(|(at, _)| *at)).collect();
        let id = |at: usize| known.ids.get(at).map(|id| (*id).to_owned());
        let all = sum(None);
        if all > Decimal::ONE {
            return Some(GroupFault::MoreThanAll { holder, by, sum: all, outcome: None });
        }
        let of_outcomes: Vec<(usize, Decimal)> = named.into_iter().map(|at| (at, sum(Some(at)))).collect();
        if let Some((at, sum)) = of_outcomes.iter().find(|(_, sum)| *sum > Decimal::ONE) {
            return Some(GroupFault::MoreThanAll { holder, by, sum: *sum, outcome: id(*at) });
        }
        let less = of_outcomes.into_iter().find(|(_, sum)| *sum < Decimal::ONE);
        let (at, sum) = less.filter(|_| is_last && all == Decimal::ONE)?;
        Some(GroupFault::LessThanAll { holder, by, sum, outcome: id(at)? })
    }

    /// Reads `[weighting]`.
    pub(super) fn weighting(node: &Node, groups: &[Group], whole: bool, problems: &mut Problems) -> Option<Weighting> {
        let mut fields = Fields::of(node, problems)?;
        let elasticity = number(&mut fields, "elasticity", Accepts::NotNegative);
        let median = number(&mut fields, "median_income", Accepts::Positive);
        for key in ["elasticity", "median_income"] {
            fields.required(key);
        }
        let source = source(&mut fields, "source");
        let illustrative = fields.flag("illustrative").unwrap_or(false);
        if whole && groups.iter().all(|group| group.income.is_none()) {
            fields.refuse_here(GroupFault::NoIncomes);
        }
        fields.finish();
        let marks = Marks { illustrative, unverified: false };
        Some(Weighting { elasticity: elasticity?, median_income: median?, source, marks })
    }
}

/// A plain number that is accepted.
fn number(fields: &mut Fields<'_, '_>, key: &str, accepts: Accepts) -> Option<Decimal> {
    let number = fields.number(key)?;
    if !accepts.accepts(number) {
        let (quantity, expected) = (key.replace('_', " "), accepts.words());
        fields.refuse(key, ModelFault::NotAccepted { quantity, value: number, expected });
        return None;
    }
    Some(number)
}

/// Shares of single outcomes, by their ids.
fn read_shares(node: &Node, outcomes: &Known<'_>, problems: &mut Problems) -> Vec<(usize, Decimal)> {
    let Some(mut fields) = Fields::of(node, problems) else { return Vec::new() };
    let mut shares = Vec::new();
    for entry in fields.rest() {
        let position = outcomes.ids.iter().position(|id| *id == entry.key);
        if position.is_none() && outcomes.whole {
            let known = outcomes.ids.iter().map(|id| (*id).to_owned()).collect();
            let nearest = nearest(&entry.key, outcomes.ids.iter().copied()).map(str::to_owned);
            let fault = ModelFault::UnknownOutcome { id: entry.key.clone(), nearest, known };
            entry.node.refuse::<()>(fault, fields.problems());
        }
        let share = number(&mut fields, &entry.key, Accepts::Share);
        shares.extend(position.zip(share));
    }
    fields.finish();
    shares
}
