//! The formula: how much of an outcome there is in each year, and what a unit of it is worth.
//!
//! One rule: it is written once, over [`Number`]; whoever wants the result is a [`Sink`].
//!
//! # Formula
//! ```text
//! units(t)  = Σ over intakes of quantity · (1 − deadweight) · (1 − displacement) · level(k),   t = intake + lag + k
//! quantity and level(k): see `quantity.rs`
//! price     = value · index · (1 + inflation)^years without an index · exchange · conversion · destination share
//! posting   = units(t) · price, as gross, avoidable and cashable amount; SROI claim = avoidable · own share
//! financing = tax-financing cost · net public outlay of the year (money only), discounted as the outlay is
//! ```

use super::plan::{ConversionPlan, Credit, CreditShare, FlowPlan, OutcomePlan, Part, Plan, Sign, ValuePlan};
use super::quantity;
use crate::model::Slot;
use crate::number::Number;
use crate::reference::{DropOff, Filters};

/// Where the formula writes.
pub(crate) trait Sink<N: Number> {
    /// The amounts of a line: what a unit is worth and how many units there are in each year appraised.
    fn line(&mut self, line: usize, amounts: &Amounts<N>, units: &[N], levels: &[N]);

    /// How many causal units an outcome has: in one intake of one year, in each year, and after the last year appraised.
    fn outcome(&mut self, _outcome: usize, _units: &OutcomeUnits<'_, N>) {}
}

/// The causal units of an outcome.
pub(crate) struct OutcomeUnits<'u, N> {
    /// Units that start, over all intakes.
    pub started: N,
    /// Units (unit-years for a state) in each year appraised.
    pub by_year: &'u [N],
    /// Units that fall after the last year appraised.
    pub cut_off: N,
}

/// What a unit of a line is worth.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Amounts<N> {
    pub price: N,
    pub avoidable: N,
    pub cashable: N,
    pub own_share: N,
}

impl<N: Number> Amounts<N> {
    fn plain(price: N) -> Self {
        Self { price, avoidable: N::one(), cashable: N::one(), own_share: N::one() }
    }

    /// The gross amount of some units.
    #[inline(always)]
    pub fn gross(&self, units: N) -> N {
        (self.price * units).quantised()
    }

    /// The amount that is really avoided.
    #[inline(always)]
    pub fn amount(&self, units: N) -> N {
        (self.price * units * self.avoidable).quantised()
    }
}

/// Room for the yearly profiles of one run, to be used again.
#[derive(Debug, Clone)]
pub(crate) struct Workspace<N> {
    levels: Vec<N>,
    profile: Vec<N>,
    units: Vec<N>,
    displaced: Vec<N>,
    net: Vec<N>,
    cost_outlay: Vec<N>,
    outcome_outlay: Vec<N>,
}

impl<N: Number> Workspace<N> {
    /// Empty room.
    pub fn empty() -> Self {
        let none = Vec::new;
        Self {
            levels: none(),
            profile: none(),
            units: none(),
            displaced: none(),
            net: none(),
            cost_outlay: none(),
            outcome_outlay: none(),
        }
    }
}

/// Evaluates a plan at the given values of its slots.
pub(crate) fn evaluate<N: Number, S: Sink<N>>(plan: &Plan, inputs: &[N], work: &mut Workspace<N>, sink: &mut S) {
    let years = plan.years.len();
    price_levels(plan, inputs, &mut work.levels);
    refill(&mut work.cost_outlay, years);
    refill(&mut work.outcome_outlay, years);
    for flow in &plan.flows {
        flow_units(plan, flow, work);
        let amounts = Amounts::plain(at(inputs, flow.amount));
        let outlay = plan.financing.as_ref().map(|_| work.cost_outlay.as_mut_slice());
        post(&flow.parts, inputs, &amounts, &work.units, &work.levels, outlay, sink);
    }
    for (position, outcome) in plan.outcomes.iter().enumerate() {
        let filter = filter(plan.filters, outcome, inputs);
        let (started, cut_off) = outcome_units(plan.drop_off, outcome, &filter, inputs, work, years);
        sink.outcome(position, &OutcomeUnits { started, by_year: &work.net, cut_off });
        for value in &outcome.values {
            let amounts = value_amounts(plan, value, outcome.credit, filter.own_share, inputs);
            for (parts, units) in [(&value.parts, &work.units), (&value.displaced, &work.displaced)] {
                let outlay = plan.financing.as_ref().map(|_| work.outcome_outlay.as_mut_slice());
                post(parts, inputs, &amounts, units, &work.levels, outlay, sink);
            }
        }
    }
    if let Some(financing) = &plan.financing {
        let amounts = Amounts::plain(N::constant(&financing.cost));
        sink.line(financing.costs_line, &amounts, &work.cost_outlay, &work.levels);
        sink.line(financing.outcomes_line, &amounts, &work.outcome_outlay, &work.levels);
    }
}

/// Posts the amounts of a cause to its lines, and adds what they take out of public budgets where that is asked for.
fn post<N: Number, S: Sink<N>>(
    parts: &[Part],
    inputs: &[N],
    amounts: &Amounts<N>,
    units: &[N],
    levels: &[N],
    mut outlay: Option<&mut [N]>,
    sink: &mut S,
) {
    for part in parts {
        let price = part.shares.iter().fold(amounts.price, |price, share| price * at(inputs, *share));
        let amounts = Amounts { price, ..*amounts };
        sink.line(part.line, &amounts, units, levels);
        if let Some(outlay) = outlay.as_deref_mut() {
            add_outlay(outlay, part.public_outlay, &amounts, units);
        }
    }
}

/// The value of a slot. Plans hold slots of their own model only, and inputs one value for each of them.
#[allow(clippy::indexing_slicing, reason = "checked when the plan was laid out; the kernel runs a million times")]
#[inline(always)]
pub(super) fn at<N: Number>(inputs: &[N], slot: Slot) -> N {
    inputs[slot.position()]
}

fn refill<N: Number>(room: &mut Vec<N>, years: usize) {
    room.clear();
    room.resize(years, N::zero());
}

/// The price level of each year against the model's price year; zero where it is not known.
fn price_levels<N: Number>(plan: &Plan, inputs: &[N], levels: &mut Vec<N>) {
    let growth = growth(plan, inputs);
    levels.clear();
    levels.extend(plan.levels.iter().map(|level| match level {
        Some(level) => N::constant(&level.observed) * power(growth, level.assumed_years),
        None => N::zero(),
    }));
}

/// What prices are multiplied by from one year to the next where no level was observed.
fn growth<N: Number>(plan: &Plan, inputs: &[N]) -> N {
    plan.inflation.map_or(N::one(), |slot| N::one() + at(inputs, slot))
}

/// A base multiplied by itself so many times; fewer than none divides.
pub(super) fn power<N: Number>(base: N, exponent: i32) -> N {
    let product = (0..exponent.unsigned_abs()).fold(N::one(), |product, _| product * base);
    if exponent < 0 { N::one() / product } else { product }
}

/// One unit in each year the flow runs; of nominal money, what one unit is worth in the model's prices.
fn flow_units<N: Number>(plan: &Plan, flow: &FlowPlan, work: &mut Workspace<N>) {
    refill(&mut work.units, plan.years.len());
    for (units, level) in work.units.iter_mut().zip(&work.levels).take(flow.end).skip(flow.first) {
        *units = if flow.nominal { N::one() / *level } else { N::one() };
    }
}

/// What deadweight, displacement and attribution leave of one unit.
struct Filter<N> {
    /// After deadweight.
    caused: N,
    /// The part of it that was pushed out elsewhere.
    displaced: N,
    /// The intervention's own share of what is left.
    own_share: N,
}

fn filter<N: Number>(filters: Filters, outcome: &OutcomePlan, inputs: &[N]) -> Filter<N> {
    let at = |slot: Slot| at(inputs, slot);
    let caused = outcome.deadweight.map_or(N::one(), |slot| N::one() - at(slot));
    let displacement = at(outcome.displacement);
    let own_share = match outcome.credit.share {
        CreditShare::Whole => N::one(),
        CreditShare::Others(slot) => N::one() - at(slot),
        CreditShare::Own(slot) => at(slot),
    };
    match filters {
        Filters::Multiplicative => Filter { caused, displaced: caused * displacement, own_share },
        Filters::Additive => {
            let net = caused - displacement;
            let claimed = net - (N::one() - own_share);
            // Where nothing is left there is nothing to take a share of; below zero the share keeps the sum.
            Filter {
                caused,
                displaced: displacement,
                own_share: N::select(N::zero(), net * net, claimed / net, N::zero()),
            }
        }
    }
}

/// Fills units, displaced and net units by year; returns the units that start and those after the last year appraised.
fn outcome_units<N: Number>(
    drop_off: DropOff,
    outcome: &OutcomePlan,
    filter: &Filter<N>,
    inputs: &[N],
    work: &mut Workspace<N>,
    years: usize,
) -> (N, N) {
    let quantity = quantity::of_intake(&outcome.intake, inputs);
    let started = quantity::course(drop_off, &outcome.course, inputs, &mut work.profile);
    let caused = quantity * filter.caused;
    let displaced = quantity * filter.displaced;
    let net = caused - displaced;
    refill(&mut work.net, years);
    let mut cut_off = N::zero();
    let mut intakes = N::zero();
    for first in &outcome.first_effects {
        intakes = intakes + N::one();
        for (k, decay) in work.profile.iter().enumerate() {
            match work.net.get_mut(first.saturating_add(k)) {
                Some(units) => *units = *units + *decay,
                None => cut_off = cut_off + *decay,
            }
        }
    }
    refill(&mut work.units, years);
    refill(&mut work.displaced, years);
    for ((units, displaced_units), per_unit) in work.units.iter_mut().zip(&mut work.displaced).zip(&mut work.net) {
        *units = *per_unit * if outcome.borne { caused } else { net };
        *displaced_units = *per_unit * displaced;
        *per_unit = *per_unit * net;
    }
    (net * intakes * started, cut_off * net)
}

fn value_amounts<N: Number>(plan: &Plan, value: &ValuePlan, credit: Credit, own_share: N, inputs: &[N]) -> Amounts<N> {
    let at = |slot: Slot| at(inputs, slot);
    let mut price = at(value.price) * N::constant(&value.factor);
    if value.assumed_years != 0 {
        price = price * power(growth(plan, inputs), value.assumed_years);
    }
    match value.conversion {
        Some(ConversionPlan::MonthsPerRecipient(slot)) => price = price * N::whole(12) / at(slot),
        Some(ConversionPlan::PerUnit(slot)) => price = price * at(slot),
        None => {}
    }
    if let Some(slot) = value.destination {
        price = price * at(slot);
    }
    let (avoidable, cashable) = (at(value.avoidable), at(value.cashable));
    if credit.every_measure {
        Amounts { price: price * own_share, avoidable, cashable, own_share: N::one() }
    } else {
        Amounts { price, avoidable, cashable, own_share }
    }
}

/// Adds what a line takes out of public budgets. Sums run over quantised amounts, so that they equal the ledger's.
fn add_outlay<N: Number>(outlay: &mut [N], sign: Sign, amounts: &Amounts<N>, units: &[N]) {
    if sign == Sign::None {
        return;
    }
    for (outlay, units) in outlay.iter_mut().zip(units) {
        let amount = amounts.amount(*units);
        *outlay = if sign == Sign::Plus { *outlay + amount } else { *outlay - amount };
    }
}
