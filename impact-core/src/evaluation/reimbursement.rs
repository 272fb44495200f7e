//! Reimbursements: how they are laid out, and what part of a cost or a saving is paid back in each year.
//!
//! One rule: money paid back is a posting between two holders, made of the same amounts as what is paid back, so that it
//! cancels for both together to the last digit.
//!
//! # Formula
//! ```text
//! paid back(t) = amount(t) · share(t) · part
//! part         = min( part of the year used, years from the start less years gone ) · part of the year in force;
//!                at most days a year / days used (365 where nothing is said)
//! years gone   = of a cost or transfer those since its first year, of a value those since the start of the intake
//! ```

use super::flow::FlowPlan;
use super::formula::{at, refill};
use super::line::{Class, Line, Party};
use super::plan::{OutcomePlan, Part};
use super::prepare::Drawing;
use super::quantity::Profile;
use crate::model::{HolderIndex, PricedAt, Reimbursed, Reimbursement, Slot};
use crate::number::{Constant, Number};
use crate::units::Year;

/// A reimbursement of one cause.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ReimbursementPlan {
    pub parts: Vec<Part>,
    /// The lines of the displaced units of a value, where somebody bears them.
    pub displaced: Vec<Part>,
    /// The share of each year appraised; none where nothing is paid back.
    shares: Vec<Option<Slot>>,
    /// The part of each year appraised in which the rule is in force; none where it always is.
    in_force: Option<Vec<Constant>>,
    days: Option<DaysPlan>,
    years: Option<Slot>,
    /// Years gone before the first of what is paid back.
    gone: i32,
}

/// The days a year that are paid back, of those used.
#[derive(Debug, Clone, Copy, PartialEq)]
struct DaysPlan {
    a_year: Slot,
    used: Option<Slot>,
}

/// The days of a year in use where nothing is said.
const EVERY_DAY: i32 = 365;

impl Drawing<'_> {
    /// The rules by which a cause is paid back, `gone` years after its start. Displaced units are paid back the other way round;
    /// `stands_in` says who takes a holder's place there, where somebody bears them.
    pub fn reimbursements(
        &mut self,
        line: &Line,
        gone: i32,
        stands_in: Option<&dyn Fn(HolderIndex) -> HolderIndex>,
    ) -> Vec<ReimbursementPlan> {
        let model = self.model;
        let years = model.years();
        let rules = model.reimbursements().iter();
        let rules = rules.filter_map(|rule| Some((rule, rule.of.iter().find(|of| of.cause == line.cause)?)));
        let plan = |(rule, of): (&Reimbursement, &Reimbursed)| ReimbursementPlan {
            parts: self.parts(&paid_back(line, rule, of.to, of.saves), PricedAt::Market),
            displaced: stands_in
                .map(|stands_in| self.parts(&paid_back(line, rule, stands_in(of.to), !of.saves), PricedAt::Market))
                .unwrap_or_default(),
            shares: years.iter().map(|year| rule.share_in(*year)).collect(),
            in_force: rule.is_dated().then(|| in_force(rule, &years)),
            days: rule.days_a_year.map(|a_year| DaysPlan { a_year, used: rule.days_used }),
            years: rule.years_from_start,
            gone,
        };
        rules.map(plan).collect()
    }
}

/// The line of what is paid back: to a holder who pays, or by one who saves.
fn paid_back(line: &Line, rule: &Reimbursement, to: HolderIndex, saves: bool) -> Line {
    let (to, from) = (Some(Party::Holder(to)), Some(Party::Holder(rule.from)));
    let (from, to) = if saves { (to, from) } else { (from, to) };
    Line {
        cause: rule.address.clone(),
        of: Some(line.cause.clone()),
        class: Class::Reimbursement,
        from,
        to,
        from_stands: true,
        to_stands: true,
        willingness: true,
        ..line.clone()
    }
}

fn in_force(rule: &Reimbursement, years: &[Year]) -> Vec<Constant> {
    years.iter().map(|year| Constant::new(rule.in_force(*year))).collect()
}

impl ReimbursementPlan {
    /// What is posted by it.
    pub fn lines(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().chain(&self.displaced)
    }

    /// The numbers it is made of, and those of the shares of joint holders.
    pub fn slots(&self) -> impl Iterator<Item = Slot> {
        let days = self.days.into_iter().flat_map(|days| [Some(days.a_year), days.used]);
        let parts = self.lines().flat_map(|part| part.shares.iter().copied());
        let own = self.shares.iter().copied().chain(days).chain([self.years]).flatten();
        own.chain(parts)
    }

    /// How much of a full year is paid back, of a year of which so much is used, so many years after the start.
    #[inline(always)]
    fn of_year<N: Number>(&self, inputs: &[N], used: N, gone: usize, year: usize) -> N {
        let Some(share) = self.shares.get(year).copied().flatten() else { return N::zero() };
        let mut part = used;
        if let Some(years) = self.years {
            let gone = self.gone.saturating_add(i32::try_from(gone).unwrap_or(i32::MAX));
            part = part.min(at(inputs, years) - N::whole(gone)).max(N::zero());
        }
        if let Some(in_force) = self.in_force.as_ref().and_then(|in_force| in_force.get(year)) {
            part = part * N::constant(in_force);
        }
        if let Some(days) = self.days {
            let used = days.used.map_or(N::whole(EVERY_DAY), |slot| at(inputs, slot));
            part = part.min(at(inputs, days.a_year) / used);
        }
        part * at(inputs, share)
    }

    /// What of the units of a cost or transfer is paid back in each year.
    #[inline(never)]
    pub fn of_flow<N: Number>(&self, flow: &FlowPlan, inputs: &[N], units: &[N], room: &mut Vec<N>) {
        room.clear();
        room.extend(units.iter().enumerate().map(|(year, units)| {
            if (flow.first..flow.end).contains(&year) {
                *units * self.of_year(inputs, N::one(), year.saturating_sub(flow.first), year)
            } else {
                N::zero()
            }
        }));
    }

    /// What of one unit of an outcome is paid back in each year, over all intakes.
    #[inline(never)]
    pub(super) fn of_outcome<N: Number>(
        &self,
        outcome: &OutcomePlan,
        inputs: &[N],
        profile: &Profile<N>,
        years: usize,
        room: &mut Vec<N>,
    ) {
        refill(room, years);
        for first in &outcome.first_effects {
            for (k, (level, used)) in profile.levels.iter().zip(&profile.used).enumerate() {
                let year = first.saturating_add(k);
                if let Some(units) = room.get_mut(year) {
                    *units = *units + *level * self.of_year(inputs, *used, k, year);
                }
            }
        }
    }
}
