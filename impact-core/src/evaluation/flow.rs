//! Costs and transfers: how they are laid out, and how much of them there is in each year.
//!
//! One rule: an amount is carried by its own price index, or by the price level of each year where it is nominal; never by both.
//!
//! # Formula
//! ```text
//! written(t) = amount of t · (1 + upper bound · (1 − mitigation)), the bias only after the years already spent; or
//!              amount of t · (1 + correction for weak evidence), after the same years
//! posting    = written(t) · index (its price year → the model's); nominal: written(t) / price level of t
//! ```

use super::formula::{Amounts, Workspace, at, growth, power, refill};
use super::line::{Class, Clocking, Line, Party};
use super::plan::{Level, Part, Plan};
use super::prepare::{Drawing, PrepareError};
use super::reimbursement::ReimbursementPlan;
use crate::address::{Address, Place};
use crate::model::{
    Cost, Flow, FlowAmount, GradeCorrection, HolderIndex, OptimismBias, PriceBasis, PricedAt, Slot, Transfer, ValueKind,
};
use crate::number::{Constant, Exact, Number};
use crate::units::Year;

/// A cost or transfer: an amount in each of some years.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FlowPlan {
    pub parts: Vec<Part>,
    /// What of it others pay back.
    pub reimbursed: Vec<ReimbursementPlan>,
    pub nominal: bool,
    /// One slot for all years, or one for each of them within the horizon.
    pub amount: FlowAmount,
    /// Index from its own price year, where it has one.
    pub factor: Option<Constant>,
    /// Years of assumed price growth on top (fewer than none: backwards).
    pub assumed_years: i32,
    /// Positions of the first year and of the one after the last, within the horizon.
    pub first: usize,
    pub end: usize,
    pub bias: Option<BiasPlan>,
    /// What a correction for weak evidence makes of the amount, and the position of the first year it does so.
    pub corrected: Option<(Constant, usize)>,
}

/// What is laid on top of a cost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct BiasPlan {
    pub bias: OptimismBias,
    /// The position of the first year that is not spent already.
    pub from: usize,
}

impl FlowPlan {
    /// A flow apart from the ledger: posted to no line, and nothing laid on top of it.
    pub fn apart(flow: &Flow, years: &[Year]) -> Self {
        let first = years.iter().position(|year| *year >= flow.first).unwrap_or(years.len());
        let end = years.iter().rposition(|year| *year <= flow.last).map_or(0, |last| last.saturating_add(1)).max(first);
        // Amounts of years before the first one appraised are left out.
        let before = years.first().map_or(0, |start| usize::try_from(start.since(flow.first)).unwrap_or(0));
        let amount = match &flow.amount {
            FlowAmount::Same(slot) => FlowAmount::Same(*slot),
            FlowAmount::Yearly(slots) => FlowAmount::Yearly(slots.iter().skip(before).copied().collect()),
        };
        Self {
            parts: Vec::new(),
            reimbursed: Vec::new(),
            nominal: flow.basis == PriceBasis::Nominal,
            amount,
            factor: flow.carried.as_ref().map(|carried| carried.index),
            assumed_years: flow.carried.as_ref().map_or(0, |carried| carried.assumed_years),
            first,
            end,
            bias: None,
            corrected: None,
        }
    }
}

/// A flow as the model has it.
#[derive(Clone, Copy)]
struct Written<'m> {
    address: &'m Address,
    from: HolderIndex,
    to: Option<HolderIndex>,
    flow: &'m Flow,
    bias: Option<OptimismBias>,
    correction: Option<GradeCorrection>,
    priced: PricedAt,
}

impl Drawing<'_> {
    pub fn flows(&mut self, years: &[Year], levels: &[Option<Level>]) -> Vec<FlowPlan> {
        let model = self.model;
        let costs =
            model.costs().iter().map(|Cost { address, payer, flow, optimism_bias, correction, priced, .. }| Written {
                address,
                from: *payer,
                to: None,
                flow,
                bias: *optimism_bias,
                correction: *correction,
                priced: *priced,
            });
        let transfers = model.transfers().iter().map(|Transfer { address, from, to, flow, .. }| Written {
            address,
            from: *from,
            to: Some(*to),
            flow,
            bias: None,
            correction: None,
            priced: PricedAt::Market,
        });
        costs.chain(transfers).map(|written| self.flow(written, years, levels)).collect()
    }

    fn flow(&mut self, written: Written<'_>, years: &[Year], levels: &[Option<Level>]) -> FlowPlan {
        let Written { address, from, to, flow, bias, correction, priced } = written;
        let nominal = flow.basis == PriceBasis::Nominal;
        let line = Line {
            cause: address.clone(),
            of: None,
            class: if to.is_some() { Class::Transfer } else { Class::Cost },
            from: Some(Party::Holder(from)),
            to: to.map(Party::Holder),
            kind: ValueKind::Fiscal,
            outcome: None,
            nominal,
            shares: Vec::new(),
            from_stands: true,
            to_stands: true,
            willingness: true,
            clocking: Clocking::Costs,
        };
        let parts = self.parts(&line, priced);
        let laid = FlowPlan::apart(flow, years);
        let unknown = years.iter().zip(levels).take(laid.end).skip(laid.first).find(|(_, level)| level.is_none());
        if let (true, Some((year, _))) = (nominal, unknown) {
            self.problems.add(&Place::at(address.clone()), PrepareError::NoPriceLevel { year: *year });
        }
        if let Some(Err(fault)) = flow.carried.as_ref().map(|carried| carried.index.exact().value()) {
            self.problems.add(&Place::at(address.clone()), PrepareError::Price(fault));
        }
        let before = years.first().map_or(0, |start| usize::try_from(start.since(flow.first)).unwrap_or(0));
        let spent = self.model.actuals_to();
        let from = spent.map_or(0, |spent| years.iter().position(|year| *year > spent).unwrap_or(years.len()));
        let gone = i32::try_from(before).unwrap_or(i32::MAX);
        FlowPlan {
            parts,
            reimbursed: self.reimbursements(&line, gone, None),
            bias: bias.map(|bias| BiasPlan { bias, from }),
            corrected: correction.map(|laid| (Constant::new(Exact::ONE + Exact::from(laid.share)), from)),
            ..laid
        }
    }
}

/// What an amount of a flow is worth in the model's prices, and fills how many there are in each year: of nominal money as
/// written, and in the model's prices.
#[inline(always)]
pub(super) fn flow_amounts<N: Number>(
    plan: &Plan,
    flow: &FlowPlan,
    inputs: &[N],
    work: &mut Workspace<N>,
) -> Amounts<N> {
    let years = plan.years.len();
    refill(&mut work.units, years);
    refill(&mut work.written, years);
    let biased = flow.bias.map(|laid| (laid.from, N::one() + bias(laid.bias, |slot| at(inputs, slot))));
    let biased = biased.or(flow.corrected.map(|(factor, from)| (from, N::constant(&factor))));
    let (same, listed): (_, &[Slot]) = match &flow.amount {
        FlowAmount::Same(slot) => (at(inputs, *slot), &[]),
        FlowAmount::Yearly(slots) => (N::one(), slots),
    };
    let each = work.units.iter_mut().zip(&mut work.written).enumerate();
    for (position, (units, written)) in each.take(flow.end).skip(flow.first) {
        let slot = listed.get(position.saturating_sub(flow.first));
        let amount = slot.map_or(N::one(), |slot| at(inputs, *slot));
        *written = match biased {
            Some((from, biased)) if position >= from => amount * biased,
            _ => amount,
        };
        // Levels are worked out wherever any flow is nominal.
        *units = match work.levels.get(position) {
            Some(level) if flow.nominal => *written / *level,
            _ => *written,
        };
    }
    let mut price = same;
    if let Some(factor) = &flow.factor {
        price = price * N::constant(factor);
    }
    if flow.assumed_years != 0 {
        price = price * power(growth(plan, inputs), flow.assumed_years);
    }
    Amounts::plain(price)
}

/// What optimism bias lays on top of one unit of an amount.
#[inline(always)]
pub(super) fn bias<N: Number>(bias: OptimismBias, value: impl Fn(Slot) -> N) -> N {
    let upper_bound = value(bias.upper_bound);
    bias.mitigation.map_or(upper_bound, |slot| upper_bound * (N::one() - value(slot)))
}
