//! Reading reimbursements: who pays back what, how much of it, and within which limits.
//!
//! One rule: what is paid back is found by its address; whose it is follows from it wherever only one holder can be meant.

use super::Reader;
use super::common::{Around, Entry, text, year_key};
use super::numbers::Meant;
use crate::address::{Address, Place};
use crate::document::{Fields, Node, nearest};
use crate::error::Problems;
use crate::model::{
    Accepts, Cost, HolderIndex, HolderKind, ModelFault, Nature, Outcome, OutcomeValue, Reimbursed, Reimbursement,
    ReimbursementFault, Slot, Transfer, ValueKind,
};
use crate::number::{Exact, Number};
use crate::units::{UnitError, Year};
use rust_decimal::Decimal;

/// What can be paid back, as far as it could be read.
pub(super) struct Causes<'a> {
    pub document: &'a Node,
    pub costs: &'a [Cost],
    pub transfers: &'a [Transfer],
    pub outcomes: &'a [Outcome],
}

/// What stands at an address.
#[derive(Clone, Copy)]
enum Cause<'a> {
    Paid(HolderIndex),
    Value(&'a Outcome, &'a OutcomeValue),
}

/// The days of use that are paid back.
struct Days {
    a_year: Option<Slot>,
    used: Option<Slot>,
}

impl<'a> Causes<'a> {
    fn find(&self, address: &Address) -> Option<Cause<'a>> {
        let cost = self.costs.iter().find(|cost| cost.address == *address).map(|cost| cost.payer);
        let transfer = || self.transfers.iter().find(|transfer| transfer.address == *address).map(|paid| paid.from);
        let values = self.outcomes.iter().flat_map(|outcome| outcome.values.iter().map(move |value| (outcome, value)));
        let value = || values.into_iter().find(|(_, value)| value.address == *address);
        let paid = cost.or_else(transfer).map(Cause::Paid);
        paid.or_else(|| value().map(|(outcome, value)| Cause::Value(outcome, value)))
    }

    /// That nothing at an address can be paid back, with the nearest that can.
    fn unknown(&self, address: &Address) -> ReimbursementFault {
        let values = self.outcomes.iter().flat_map(|outcome| &outcome.values).map(|value| value.address.as_str());
        let costs = self.costs.iter().map(|cost| cost.address.as_str());
        let transfers = self.transfers.iter().map(|transfer| transfer.address.as_str());
        let nearest = nearest(address.as_str(), costs.chain(transfers).chain(values)).map(str::to_owned);
        ReimbursementFault::UnknownCause { address: address.to_string(), nearest }
    }
}

impl Reader {
    pub(super) fn reimbursement(
        &mut self,
        node: &Node,
        causes: &Causes<'_>,
        problems: &mut Problems,
    ) -> Option<Reimbursement> {
        let sound = problems.is_empty();
        let mut fields = Fields::of(node, problems)?;
        let entry = Entry::read(&mut fields);
        let from = self.holders.required(&mut fields, "from");
        let to = self.holders.optional(&mut fields, "to");
        let asked = (from, to.filter(|_| fields.has("to")));
        let found = fields.required("of").and_then(|of| self.reimbursed(of, asked, (causes, sound), fields.problems()));
        let around = Around::read(&mut fields);
        let share = self.numbers.required(&mut fields, "share", &Meant::share("share paid back", &around));
        let phase_in = self.phase_in(&mut fields, &around);
        let days = self.days(&mut fields, found.as_deref().unwrap_or_default(), causes, &around);
        let meant = Meant::new("years from the start", Accepts::NotNegative, "years", &around);
        let years_from_start = self.numbers.optional(&mut fields, "years_from_start", &meant);
        let (first_day, last_day) = (fields.date("first_day"), fields.date("last_day"));
        if let (Some(first), Some(last)) = (first_day, last_day)
            && first > last
        {
            fields.refuse("last_day", ReimbursementFault::DaysReversed { first, last });
        }
        let note = text(&mut fields, "note");
        fields.finish();
        let Entry { id, address, name } = entry?;
        let days = days?;
        Some(Reimbursement {
            id,
            address,
            name,
            of: found?,
            from: from?,
            share: share?,
            phase_in: phase_in?,
            days_a_year: days.a_year,
            days_used: days.used,
            years_from_start,
            first_day,
            last_day,
            source: around.source,
            note,
        })
    }

    /// What is paid back: one address, or a list of them.
    fn reimbursed(
        &self,
        of: &Node,
        asked: (Option<HolderIndex>, Option<HolderIndex>),
        (causes, sound): (&Causes<'_>, bool),
        problems: &mut Problems,
    ) -> Option<Vec<Reimbursed>> {
        let nodes = of.as_list().unwrap_or(std::slice::from_ref(of));
        if nodes.is_empty() {
            return of.refuse(ReimbursementFault::OfNothing, problems);
        }
        let mut found: Vec<Reimbursed> = Vec::with_capacity(nodes.len());
        for node in nodes {
            let Some(address) = node.read_parsed::<Address>(problems) else { continue };
            let Some(cause) = causes.find(&address) else {
                // What could not be read is a problem of its own.
                if sound || causes.document.at(&address).is_none() {
                    node.refuse::<()>(causes.unknown(&address), problems);
                }
                continue;
            };
            if found.iter().any(|other| other.cause == address) {
                node.refuse::<()>(ReimbursementFault::OfTwice { address: address.to_string() }, problems);
                continue;
            }
            match self.whose(&address, cause, asked) {
                Ok((to, saves)) => found.push(Reimbursed { cause: address, to, saves }),
                Err(fault) => drop(node.refuse::<()>(fault, problems)),
            }
        }
        (found.len() == nodes.len()).then_some(found)
    }

    /// Who is paid back, and whether that holder saves it.
    fn whose(
        &self,
        address: &Address,
        cause: Cause<'_>,
        (from, asked): (Option<HolderIndex>, Option<HolderIndex>),
    ) -> Result<(HolderIndex, bool), ReimbursementFault> {
        let id = |holder: HolderIndex| self.holders.id(holder).to_owned();
        let (end, other) = match cause {
            Cause::Paid(payer) => (payer, None),
            Cause::Value(_, value) if value.kind != ValueKind::Fiscal => {
                return Err(ReimbursementFault::NotFiscal { address: address.to_string() });
            }
            Cause::Value(_, value) => (value.to, value.from),
        };
        let to = match (asked, other) {
            (Some(asked), _) if asked != end && Some(asked) != other => {
                let ends = std::iter::once(end).chain(other).map(|end| format!("`{}`", id(end)));
                let ends = ends.collect::<Vec<_>>().join(" or ");
                return Err(ReimbursementFault::NoPart { holder: id(asked), address: address.to_string(), ends });
            }
            (Some(asked), _) => asked,
            (None, None) => end,
            (None, Some(other)) => match (self.is_budget(end), self.is_budget(other)) {
                (true, false) => end,
                (false, true) => other,
                _ => {
                    let (gains, loses) = (id(end), id(other));
                    return Err(ReimbursementFault::WhoMissing { address: address.to_string(), gains, loses });
                }
            },
        };
        if from == Some(to) {
            return Err(ReimbursementFault::PaysItself { holder: id(to), address: address.to_string() });
        }
        Ok((to, matches!(cause, Cause::Value(_, value) if value.to == to)))
    }

    /// Whether a holder is a public budget, or made of nothing else.
    fn is_budget(&self, holder: HolderIndex) -> bool {
        let public = |holder: HolderIndex| self.holders.kind(holder) == Some(HolderKind::Public);
        let members = self.holders.kept.get(holder.position()).map(|holder| holder.members.as_slice());
        let members = members.unwrap_or_default();
        public(holder) || (!members.is_empty() && members.iter().all(|member| public(member.holder)))
    }

    /// The shares of single years, in their order.
    fn phase_in(&mut self, fields: &mut Fields<'_, '_>, around: &Around) -> Option<Vec<(Year, Slot)>> {
        let Some(node) = fields.node("phase_in") else { return Some(Vec::new()) };
        let mut fields = Fields::of(node, fields.problems())?;
        let mut entries = fields.rest();
        entries.sort_by(|left, right| left.key.cmp(&right.key));
        if entries.is_empty() {
            fields.refuse_here(ReimbursementFault::NoPhases);
        }
        let mut shares: Vec<(Year, Slot)> = Vec::with_capacity(entries.len());
        for entry in &entries {
            let year = year_key(entry, fields.problems());
            let share = self.numbers.number(&entry.node, &Meant::share("share paid back", around), fields.problems());
            if let (Some((before, _)), Some(year)) = (shares.last(), year)
                && before.plus(1) < year
            {
                fields.refuse_here(ReimbursementFault::PhaseGap { year: before.plus(1) });
                return None;
            }
            shares.extend(year.zip(share));
        }
        fields.finish();
        (!entries.is_empty() && shares.len() == entries.len()).then_some(shares)
    }

    fn days(
        &mut self,
        fields: &mut Fields<'_, '_>,
        found: &[Reimbursed],
        causes: &Causes<'_>,
        around: &Around,
    ) -> Option<Days> {
        let meant = Meant::new("days a year", Accepts::NotNegative, "days", around);
        let a_year = self.numbers.optional(fields, "days_a_year", &meant);
        let meant = Meant::new("days used", Accepts::Positive, "days", around);
        let used = self.numbers.optional(fields, "days_used", &meant);
        let mut sound = true;
        if fields.has("days_used") && !fields.has("days_a_year") {
            let because = "it goes with `days_a_year`";
            fields.refuse("days_used", ModelFault::Meaningless { key: "days_used", because });
            sound = false;
        }
        for (key, slot) in [("days_a_year", a_year), ("days_used", used)] {
            let days = slot.and_then(|slot| self.numbers.point(slot)).filter(|days| *days > Decimal::from(366));
            if let Some(days) = days {
                let (quantity, value) = ("days of a year", days.to_string());
                fields.refuse(key, UnitError::OutOfRange { quantity, value, expected: "at most 366" });
                sound = false;
            }
        }
        if fields.has("days_a_year") && !fields.has("days_used") {
            let events = found.iter().filter_map(|reimbursed| match causes.find(&reimbursed.cause) {
                Some(Cause::Value(outcome, _)) if outcome.nature == Nature::Event => Some((reimbursed, outcome)),
                _ => None,
            });
            for (reimbursed, outcome) in events {
                let (address, unit) = (reimbursed.cause.to_string(), outcome.unit.clone());
                fields.refuse_here(ReimbursementFault::DaysUsedMissing { address, unit });
                sound = false;
            }
        }
        sound.then_some(Days { a_year, used })
    }

    /// That no more than the whole of anything is paid back in a year, at the point values of the shares.
    pub(super) fn check_whole(&self, rules: &[Reimbursement], horizon: Option<u32>, problems: &mut Problems) {
        let (Some(start), Some(horizon)) = (self.head.start, horizon) else { return };
        let years: Vec<Year> = (0..horizon).map_while(|at| i32::try_from(at).ok()).map(|at| start.plus(at)).collect();
        for (position, rule) in rules.iter().enumerate() {
            for reimbursed in &rule.of {
                let same = |other: &&Reimbursement| other.of.iter().any(|of| of.cause == reimbursed.cause);
                let before: Vec<&Reimbursement> =
                    rules.get(..position).unwrap_or_default().iter().filter(same).collect();
                let whole = |year: &&Year| {
                    let shares = before.iter().copied().chain([rule]).map(|rule| self.part(rule, **year));
                    shares.sum::<Exact>().quantised().value().is_ok_and(|sum| sum > Decimal::ONE)
                };
                if let Some(year) = years.iter().filter(|_| !before.is_empty()).find(whole) {
                    let address = reimbursed.cause.to_string();
                    let fault = ReimbursementFault::MoreThanWhole { address, year: *year };
                    problems.add(&Place::at(rule.address.clone()), fault);
                }
            }
        }
    }

    /// What of a full year is paid back at the point values.
    fn part(&self, rule: &Reimbursement, year: Year) -> Exact {
        let point = |slot: Slot| Exact::from(self.numbers.point(slot).unwrap_or_default());
        let force = rule.in_force(year);
        let limit = rule.days_a_year.map(|limit| point(limit) / rule.days_used.map_or(Exact::from(365), point));
        let part = limit.map_or(force, |limit| force.min(limit));
        rule.share_in(year).map_or(Exact::ZERO, |share| part * point(share))
    }
}
