//! A run: what is paid at one set of counts, or at many side by side.
//!
//! One rule: the order of settlement: schedule, conditions, rounding, limits from the narrowest to the widest, payers.

use super::figures::{Found, make};
use super::gates::Testable;
use super::items::{Amount, Carried, Item};
use super::plan::Plan;
use super::rounded::rounded;
use crate::contract::figure::Counted;
use crate::contract::ratio::Ratio;
use crate::contract::schedule::amount as by_schedule;
use crate::contract::values::at;
use crate::model::Slot;
use crate::model::terms::{Limits, Payer, Payment, Rounding, RoundingRule};
use crate::number::{Constant, Number};

/// What a run came to, and the room for it, used again.
#[derive(Debug)]
pub(crate) struct Room<N> {
    found: Vec<Found<N>>,
    carried: Vec<N>,
    /// What is paid of each of what may be due, where it is asked for.
    pub by_item: Option<Vec<N>>,
    /// What each payer pays, in the order of the plan.
    pub by_payer: Vec<N>,
    /// What is paid in all.
    pub total: N,
    /// What of it goes back to payers, below zero: the amounts below zero added up.
    pub back: N,
    /// What is paid of each payment of the terms.
    pub by_payment: Vec<N>,
    /// What each payer pays in each year in which something may be due, the years of a payer beside each other.
    pub by_payer_and_due_year: Vec<N>,
    /// What each payer pays of each payment of the terms, the payments of a payer beside each other.
    by_payer_and_payment: Vec<N>,
    by_year: Vec<N>,
    by_payment_and_year: Vec<N>,
}

impl<N: Number> Room<N> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn clear(&mut self) {
        for ledger in [
            &mut self.by_payer,
            &mut self.by_payment,
            &mut self.by_payer_and_due_year,
            &mut self.by_payer_and_payment,
            &mut self.by_year,
            &mut self.by_payment_and_year,
        ] {
            ledger.fill(N::zero());
        }
        if let Some(items) = &mut self.by_item {
            items.clear();
        }
        (self.total, self.back) = (N::zero(), N::zero());
    }
}

impl Plan {
    /// Room for runs.
    pub fn room<N: Number>(&self) -> Room<N> {
        let (payments, payers) = (self.contract.terms().payments.len(), self.payers.len());
        let ledger = |size: usize| vec![N::zero(); size];
        let years = if self.limited_by_year { self.years } else { 0 };
        Room {
            found: Vec::new(),
            carried: Vec::new(),
            by_item: None,
            by_payer: ledger(payers),
            total: N::zero(),
            back: N::zero(),
            by_payment: ledger(payments),
            by_payer_and_due_year: ledger(payers.saturating_mul(self.due_years.len())),
            by_payer_and_payment: ledger(payers.saturating_mul(payments)),
            by_year: ledger(years),
            by_payment_and_year: ledger(payments.saturating_mul(years)),
        }
    }

    /// The same where nobody asks who pays in which year, and of which payment.
    pub fn room_of_totals<N: Number>(&self) -> Room<N> {
        Room { by_payer_and_due_year: Vec::new(), by_payer_and_payment: Vec::new(), ..self.room() }
    }

    /// The figures where the contract's numbers have these values and this was seen of its cells.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn figures<N: Number>(&self, values: &[N], seen: &[Counted<N>], found: &mut Vec<Found<N>>) {
        make(&self.figures, values, seen, found);
    }

    /// What is paid where the contract's numbers have these values and this was seen of its cells.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn run<N: Testable>(&self, values: &[N], seen: &[Counted<N>], room: &mut Room<N>) {
        let mut found = std::mem::take(&mut room.found);
        self.figures(values, seen, &mut found);
        self.pay(values, (seen, &found), room);
        room.found = found;
    }

    /// What is paid for figures that were made before.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn pay<N: Testable>(&self, values: &[N], (seen, found): (&[Counted<N>], &[Found<N>]), room: &mut Room<N>) {
        room.clear();
        for item in &self.items {
            let Some(payment) = self.contract.terms().payments.get(item.payment) else { continue };
            let carried = carry(item.carried.as_ref(), values, &mut room.carried);
            let given = self.given(payment, item, carried, found);
            let mut open = item.exists(seen, found);
            for gate in &item.gates {
                open = open.min(gate.met(values, seen, found));
            }
            for first in &item.unless_paid {
                let before = room.by_payment.get(*first).copied().unwrap_or_else(N::zero);
                open = N::select(N::zero(), before, N::zero(), open);
            }
            let limited = Limited { plan: self, values, room, item, payment }.limited(given);
            let paid = N::select(N::zero(), open, limited, N::zero());
            let paid = self.share((item, self.payers_of(payment)), values, paid, room);
            self.enter(item, paid, room);
        }
    }

    /// The most that was paid of any payment for a result: above zero where any result was paid for.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn for_results<N: Number>(&self, room: &Room<N>) -> N {
        self.most_for_results(&room.by_payment)
    }

    /// The same of what each payer pays, in the order of the plan; nothing where the room has no ledger for it.
    pub fn for_results_by_payer<N: Number>(&self, room: &Room<N>) -> impl Iterator<Item = N> {
        let each = room.by_payer_and_payment.chunks(self.results.len().max(1));
        each.map(|by_payment| self.most_for_results(by_payment))
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn most_for_results<N: Number>(&self, by_payment: &[N]) -> N {
        let mut most = N::zero();
        for (paid, is_result) in by_payment.iter().zip(&self.results) {
            if *is_result {
                most = most.max(*paid);
            }
        }
        most
    }

    /// What the schedule gives, in units of what is paid; of all that was seen so far, as a whole and less the same of what was
    /// seen before.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn given<N: Number>(&self, payment: &Payment, item: &Item, values: &[N], found: &[Found<N>]) -> N {
        let given = |ratio: Ratio<N>| by_schedule((&payment.schedule, payment.refunds), values, ratio);
        let of = |position: &usize| found.get(*position).map_or_else(N::zero, |found| given(found.ratio));
        let amount = match &item.amount {
            Amount::Fee(_) => given(Ratio::whole(N::zero())),
            Amount::Of(position) => of(position),
            Amount::Each(positions) => {
                let counts = positions.iter().filter_map(|position| found.get(*position));
                let counts = counts.map(|found| found.ratio.quotient());
                given(Ratio::whole(N::one())) * counts.reduce(N::min).unwrap_or_else(N::zero)
            }
            Amount::Beyond { so_far, before } => {
                let before = before.as_ref().map_or_else(N::zero, of);
                return self.in_units(of(so_far), None) - self.in_units(before, None);
            }
        };
        self.in_units(amount, None)
    }

    /// An amount in units of what is paid: by the contract's own rule, or to a side.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn in_units<N: Number>(&self, amount: N, side: Option<RoundingRule>) -> N {
        match &self.rounding {
            Some((to, own)) => rounded(amount, N::constant(to), side.unwrap_or(*own)),
            None => amount,
        }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn enter<N: Number>(&self, item: &Item, paid: N, room: &mut Room<N>) {
        let both = item.payment * self.years + item.year;
        for (ledger, place) in [
            (&mut room.by_payment, item.payment),
            (&mut room.by_year, item.year),
            (&mut room.by_payment_and_year, both),
        ] {
            if let Some(so_far) = ledger.get_mut(place) {
                *so_far = *so_far + paid;
            }
        }
        room.total = room.total + paid;
        room.back = room.back + paid.min(N::zero());
        if let Some(items) = &mut room.by_item {
            items.push(paid);
        }
    }

    /// Books an amount on its payers, and gives what of it they pay.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn share<N: Number>(&self, (item, payers): (&Item, &[Payer]), values: &[N], amount: N, room: &mut Room<N>) -> N {
        let fund = payers.iter().position(|payer| payer.tops_up);
        let (mut paid, mut unpaid) = (N::zero(), N::zero());
        for (payer, position) in payers.iter().zip(&item.payers) {
            let Some(share) = payer.share else { continue };
            let part = at(values, share) * amount;
            let within = self.book((item, payer, *position), values, part, room);
            paid = paid + within;
            if fund.is_some() {
                unpaid = unpaid + part - within;
            }
        }
        let fund = fund.and_then(|fund| Some((payers.get(fund)?, *item.payers.get(fund)?)));
        match fund {
            Some((fund, position)) => paid + self.book((item, fund, position), values, unpaid, room),
            None => paid,
        }
    }

    /// Books a part on a payer, as far as its own limit goes.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn book<N: Number>(
        &self,
        (item, payer, position): (&Item, &Payer, usize),
        values: &[N],
        part: N,
        room: &mut Room<N>,
    ) -> N {
        let Some(place) = room.by_payer.get_mut(position) else { return N::zero() };
        let within = match payer.at_most {
            Some(limit) => part.min((at(values, limit) - *place).max(N::zero())),
            None => part,
        };
        *place = *place + within;
        if let Some(place) = room.by_payer_and_due_year.get_mut(position * self.due_years.len() + item.due_year) {
            *place = *place + within;
        }
        if let Some(place) = room.by_payer_and_payment.get_mut(position * self.results.len() + item.payment) {
            *place = *place + within;
        }
        within
    }
}

/// The values with the prices of an item carried, where they follow an index.
#[cfg_attr(not(debug_assertions), inline(always))]
fn carry<'v, N: Number>(carried: Option<&Carried>, values: &'v [N], room: &'v mut Vec<N>) -> &'v [N] {
    let Some(Carried { prices, levels, rounding }) = carried else { return values };
    room.clear();
    room.extend_from_slice(values);
    for slot in prices {
        let Some(price) = room.get_mut(slot.position()) else { continue };
        *price = *price * N::constant(&levels.0) / N::constant(&levels.1);
        if let Some(Rounding { to, rule }) = rounding {
            *price = rounded(*price, N::constant(&Constant::from(*to)), *rule);
        }
    }
    room
}

/// An amount on its way through the limits.
struct Limited<'a, N> {
    plan: &'a Plan,
    values: &'a [N],
    room: &'a Room<N>,
    item: &'a Item,
    payment: &'a Payment,
}

impl<N: Number> Limited<'_, N> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn limited(&self, amount: N) -> N {
        let Self { item, room, payment, plan, .. } = self;
        let both = item.payment * plan.years + item.year;
        let Limits { least_each, most_each, most_year, most_total, .. } = payment.limits;
        let of_contract = plan.contract.terms().limits;
        let amount = self.at_least(amount, least_each);
        let amount = self.at_most(amount, most_each, None);
        let amount = self.at_most(amount, most_year, room.by_payment_and_year.get(both));
        let amount = self.at_most(amount, most_total, room.by_payment.get(item.payment));
        let amount = self.at_most(amount, of_contract.most_each, None);
        let amount = self.at_most(amount, of_contract.most_year, room.by_year.get(item.year));
        self.at_most(amount, of_contract.most_total, Some(&room.total))
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn at_least(&self, amount: N, limit: Option<Slot>) -> N {
        let Some(slot) = limit else { return amount };
        let least = at(self.values, slot);
        let (down, up) = (Some(RoundingRule::Down), Some(RoundingRule::Up));
        let bound = N::select(least, N::zero(), self.plan.in_units(least, down), self.plan.in_units(least, up));
        N::select(amount, least, bound, amount)
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn at_most(&self, amount: N, limit: Option<Slot>, before: Option<&N>) -> N {
        let Some(slot) = limit else { return amount };
        let limit = at(self.values, slot);
        let rest = before.map_or(limit, |before| limit - *before).max(N::zero());
        match &self.plan.rounding {
            Some(_) => N::select(rest, amount, self.plan.in_units(rest, Some(RoundingRule::Down)), amount),
            None => amount.min(rest),
        }
    }
}
