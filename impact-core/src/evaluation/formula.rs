//! The formula: how much of an outcome there is in each year, and what a unit of it is worth.
//!
//! One rule: it is written once, over [`Number`]; whoever wants the result is a [`Sink`].
//!
//! # Formula
//! ```text
//! units(t)  = Σ over intakes of quantity · filters · level(k),   t = intake + lag + k; filters as `filter.rs` says
//! quantity and level(k): see `quantity.rs`
//! price     = value · index · (1 + inflation)^years without an index · exchange · conversion · destination share
//!             · (1 − correction for weak evidence), the last where the price is not below zero; of a part of a year in
//!             work also · Π shares · (1 − Σ rates)
//! posting   = units(t) · price · real growth of the price (`growth.rs`), as gross, avoidable and cashable amount; SROI claim = avoidable · own share
//! markup    = posting of a resource at factor prices · (factor to market prices − 1), to society only
//! financing = tax-financing cost · net (or gross) public outlay of the year (money only), discounted as the outlay is
//! ```

use super::filter::filter;
use super::flow::flow_amounts;
use super::growth::grown;
use super::plan::{ConversionPlan, Credit, OutcomePlan, Part, Plan, Sign, ValuePlan};
use super::quantity::{self, Profile};
use super::release::Release;
use super::units::Units;
use crate::model::Slot;
use crate::number::Number;

/// Where the formula writes.
pub(crate) trait Sink<N: Number> {
    /// Whether it asks for the price level of each year.
    const BY_YEAR: bool;

    /// Whether it asks for the units of an outcome by year; if not, lines of the outcome may come with their present value alone.
    #[inline(always)]
    fn asks_years(&self, _outcome: usize) -> bool {
        true
    }

    /// The amounts of a line: what a unit is worth and how many units there are in each year appraised.
    fn line(&mut self, line: usize, amounts: &Amounts<N>, units: &Units<'_, N>, calendar: &Calendar<'_, N>);

    /// How many places of a capacity are freed in each year, and which share of that releases money.
    fn capacity(&mut self, _capacity: usize, _freed: &[N], _released: &[N]) {}

    /// How many causal units an outcome has: in one intake of one year, in each year, and after the last year appraised. Not
    /// called where units by year are not asked for.
    fn outcome(&mut self, _outcome: usize, _units: &OutcomeUnits<'_, N>) {}
}

/// What the years bring to a line, beside its units.
pub(crate) struct Calendar<'w, N> {
    /// The price level of each year against the model's price year.
    pub levels: &'w [N],
    /// Of nominal money, the units in money of the year.
    pub written: &'w [N],
    /// The share of the cashable part that releases money in each year; none where all of it does.
    pub released: Option<&'w [N]>,
}

/// The causal units of an outcome.
pub(crate) struct OutcomeUnits<'u, N> {
    /// Units that start, over all intakes.
    pub started: N,
    /// Units (unit-years for a state) in each year appraised.
    pub by_year: &'u Units<'u, N>,
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
    #[inline(always)]
    pub fn plain(price: N) -> Self {
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
    pub(super) levels: Vec<N>,
    course: Vec<N>,
    pub(super) units: Vec<N>,
    pub(super) written: Vec<N>,
    growth: Vec<Vec<N>>,
    grown: Vec<N>,
    profile: Profile<N>,
    paid_back: Vec<N>,
    paid_back_written: Vec<N>,
    pub(super) release: Release<N>,
    cost_outlay: Vec<N>,
    outcome_outlay: Vec<N>,
}

impl<N: Number> Workspace<N> {
    /// Empty room.
    pub fn empty() -> Self {
        let none = Vec::new;
        Self {
            levels: none(),
            course: none(),
            units: none(),
            written: none(),
            growth: Vec::new(),
            grown: none(),
            profile: Profile::empty(),
            paid_back: none(),
            paid_back_written: none(),
            release: Release::empty(),
            cost_outlay: none(),
            outcome_outlay: none(),
        }
    }
}

/// Evaluates a plan at the given values of its slots.
#[inline(always)]
pub(crate) fn evaluate<N: Number, S: Sink<N>>(plan: &Plan, inputs: &[N], work: &mut Workspace<N>, sink: &mut S) {
    let years = plan.years.len();
    if S::BY_YEAR || plan.flows.iter().any(|flow| flow.nominal) {
        price_levels(plan, inputs, &mut work.levels);
    }
    growth_levels(plan, inputs, &mut work.growth);
    if plan.financing.is_some() {
        refill(&mut work.cost_outlay, years);
        refill(&mut work.outcome_outlay, years);
    }
    for flow in &plan.flows {
        let amounts = flow_amounts(plan, flow, inputs, work);
        // One call for the flow and for what is paid back of it: the kernel is compiled anew at each call.
        for rule in std::iter::once(None).chain(flow.reimbursed.iter().map(Some)) {
            let (parts, units, written) = match rule {
                None => (&flow.parts, &work.units, &work.written),
                Some(rule) => {
                    rule.of_flow(flow, inputs, &work.units, &mut work.paid_back);
                    rule.of_flow(flow, inputs, &work.written, &mut work.paid_back_written);
                    (&rule.parts, &work.paid_back, &work.paid_back_written)
                }
            };
            let calendar = Calendar { levels: &work.levels, written, released: None };
            let outlay = plan.financing.as_ref().map(|_| work.cost_outlay.as_mut_slice());
            post(parts, inputs, &amounts, &Units::new(units, N::one()), &calendar, outlay, sink);
        }
    }
    if !plan.capacities.is_empty() {
        steps(plan, inputs, work);
        for (capacity, (freed, released)) in work.release.steps().enumerate() {
            sink.capacity(capacity, freed, released);
        }
    }
    for (position, outcome) in plan.outcomes.iter().enumerate() {
        outcome_lines(plan, (position, outcome), inputs, work, sink);
    }
    if let Some(financing) = &plan.financing {
        let amounts = Amounts::plain(N::constant(&financing.cost));
        let calendar = Calendar { levels: &work.levels, written: &[], released: None };
        let of_outcomes = (financing.outcomes_line, &work.outcome_outlay);
        for (line, outlay) in [(financing.costs_line, &work.cost_outlay), of_outcomes] {
            sink.line(line, &amounts, &Units::new(outlay, N::one()), &calendar);
        }
    }
}

/// Counts the steps of every capacity, from the places that all outcomes free. Not part of the loop over wide vectors, as few
/// models have any.
#[inline(never)]
fn steps<N: Number>(plan: &Plan, inputs: &[N], work: &mut Workspace<N>) {
    work.release.open(plan);
    for outcome in plan.outcomes.iter().filter(|outcome| outcome.values.iter().any(ValuePlan::frees_places)) {
        let filter = filter(plan.filters, outcome, inputs);
        let quantity = quantity::of_intake(&outcome.intake, inputs);
        let (caused, displaced) = (quantity * filter.caused, quantity * filter.displaced);
        course_of_intakes(plan, outcome, inputs, &mut work.course, &mut work.units);
        for value in &outcome.values {
            work.release.free(value, inputs, (caused, displaced), &work.units);
        }
    }
    work.release.close(plan, inputs);
}

/// Posts the values of an outcome.
#[inline(always)]
fn outcome_lines<N: Number, S: Sink<N>>(
    plan: &Plan,
    (position, outcome): (usize, &OutcomePlan),
    inputs: &[N],
    work: &mut Workspace<N>,
    sink: &mut S,
) {
    let filter = filter(plan.filters, outcome, inputs);
    let quantity = quantity::of_intake(&outcome.intake, inputs);
    let caused = quantity * filter.caused;
    let displaced = quantity * filter.displaced;
    let net = caused - displaced;
    let present = count_units(plan, (position, outcome), inputs, net, work, sink);
    let units = |scale| match present {
        Some(present) => Units::weighed(present, scale),
        None => Units::new(&work.units, scale),
    };
    let own = units(if outcome.borne { caused } else { net });
    let displaced = units(displaced);
    if outcome.values.iter().any(|value| !value.reimbursed.is_empty()) {
        work.profile.fill(plan.drop_off, &outcome.course, inputs);
    }
    for value in &outcome.values {
        let amounts = value_amounts(plan, value, outcome.credit, filter.own_share, inputs);
        let mut posting = Posting {
            inputs,
            amounts: &amounts,
            calendar: Calendar {
                levels: &work.levels,
                written: &[],
                released: work.release.share(value.release.as_ref(), plan.years.len()),
            },
            grows: value.growth.and_then(|path| work.growth.get(path)).map(Vec::as_slice),
            grown: &mut work.grown,
            outlay: plan.financing.as_ref().map(|_| work.outcome_outlay.as_mut_slice()),
        };
        for rule in std::iter::once(None).chain(value.reimbursed.iter().map(Some)) {
            let paid_back;
            let sides = match rule {
                None => [(&value.parts, &own), (&value.displaced, &displaced)],
                Some(rule) => {
                    rule.of_outcome(outcome, inputs, &work.profile, plan.years.len(), &mut work.paid_back);
                    paid_back = [own.scale, displaced.scale].map(|scale| Units::new(&work.paid_back, scale));
                    let [own, displaced] = &paid_back;
                    [(&rule.parts, own), (&rule.displaced, displaced)]
                }
            };
            for (parts, units) in sides {
                posting.post(parts, units, sink);
            }
        }
    }
}

/// Counts the units of an outcome: the present value of one where nothing more is asked for, else how much of one there is in each
/// year, in the workspace.
#[inline(always)]
fn count_units<N: Number, S: Sink<N>>(
    plan: &Plan,
    (position, outcome): (usize, &OutcomePlan),
    inputs: &[N],
    net: N,
    work: &mut Workspace<N>,
    sink: &mut S,
) -> Option<N> {
    if let Some(weights) = outcome.weights.as_ref().filter(|_| !sink.asks_years(position)) {
        return Some(outcome.course.weighed(plan.drop_off, weights, inputs));
    }
    let (started, cut_off) = course_of_intakes(plan, outcome, inputs, &mut work.course, &mut work.units);
    let by_year = &Units::new(&work.units, net);
    sink.outcome(position, &OutcomeUnits { started: net * started, by_year, cut_off: cut_off * net });
    None
}

/// What the postings of one value share.
struct Posting<'w, N> {
    inputs: &'w [N],
    amounts: &'w Amounts<N>,
    calendar: Calendar<'w, N>,
    /// The levels of the price, where it grows.
    grows: Option<&'w [N]>,
    grown: &'w mut Vec<N>,
    outlay: Option<&'w mut [N]>,
}

impl<N: Number> Posting<'_, N> {
    #[inline(always)]
    fn post<S: Sink<N>>(&mut self, parts: &[Part], units: &Units<'_, N>, sink: &mut S) {
        if parts.is_empty() {
            return;
        }
        let in_growing_prices;
        let units = match self.grows {
            Some(levels) => {
                in_growing_prices = Units::new(grown(units.per_one, levels, self.grown), units.scale);
                &in_growing_prices
            }
            None => units,
        };
        let outlay = self.outlay.as_deref_mut();
        post(parts, self.inputs, self.amounts, units, &self.calendar, outlay, sink);
    }
}

/// The levels of each path of growth in the years appraised.
#[inline(always)]
fn growth_levels<N: Number>(plan: &Plan, inputs: &[N], levels: &mut Vec<Vec<N>>) {
    levels.resize(plan.growth.len(), Vec::new());
    for (path, levels) in plan.growth.iter().zip(levels) {
        path.levels(|slot| at(inputs, slot), levels);
    }
}

/// Posts the amounts of a cause to its lines, and adds what they take out of public budgets where that is asked for.
#[inline(always)]
fn post<N: Number, S: Sink<N>>(
    parts: &[Part],
    inputs: &[N],
    amounts: &Amounts<N>,
    units: &Units<'_, N>,
    calendar: &Calendar<'_, N>,
    mut outlay: Option<&mut [N]>,
    sink: &mut S,
) {
    for part in parts {
        let mut price = part.shares.iter().fold(amounts.price, |price, share| price * at(inputs, *share));
        if let Some(markup) = &part.markup {
            price = price * N::constant(markup);
        }
        let amounts = Amounts { price, ..*amounts };
        sink.line(part.line, &amounts, units, calendar);
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

#[inline(always)]
pub(super) fn refill<N: Number>(room: &mut Vec<N>, years: usize) {
    room.clear();
    room.resize(years, N::zero());
}

/// The price level of each year against the model's price year; zero where it is not known.
#[inline(always)]
pub(super) fn price_levels<N: Number>(plan: &Plan, inputs: &[N], levels: &mut Vec<N>) {
    let growth = growth(plan, inputs);
    levels.clear();
    levels.extend(plan.levels.iter().map(|level| match level {
        Some(level) => N::constant(&level.observed) * power(growth, level.assumed_years),
        None => N::zero(),
    }));
}

/// What prices are multiplied by from one year to the next where no level was observed.
#[inline(always)]
pub(super) fn growth<N: Number>(plan: &Plan, inputs: &[N]) -> N {
    plan.inflation.map_or(N::one(), |slot| N::one() + at(inputs, slot))
}

/// A base multiplied by itself so many times; fewer than none divides.
#[inline(always)]
pub(super) fn power<N: Number>(base: N, exponent: i32) -> N {
    let product = (0..exponent.unsigned_abs()).fold(N::one(), |product, _| product * base);
    if exponent < 0 { N::one() / product } else { product }
}

/// Fills in how much of one unit there is in each year appraised, over all intakes; returns how many of one start, and how
/// much falls after the last year.
#[inline(always)]
fn course_of_intakes<N: Number>(
    plan: &Plan,
    outcome: &OutcomePlan,
    inputs: &[N],
    course: &mut Vec<N>,
    by_year: &mut Vec<N>,
) -> (N, N) {
    let years = plan.years.len();
    by_year.clear();
    if let [first] = outcome.first_effects.as_slice() {
        by_year.resize((*first).min(years), N::zero());
        let started = quantity::course(plan.drop_off, &outcome.course, inputs, by_year);
        // Of an intake whose first effect lies beyond the last year all of it does.
        let after = if *first < years { years } else { by_year.len().min(years) };
        let cut_off = by_year.iter().skip(after).fold(N::zero(), |sum, units| sum + *units);
        by_year.truncate(after);
        by_year.resize(years, N::zero());
        return (started, cut_off);
    }
    course.clear();
    let started = quantity::course(plan.drop_off, &outcome.course, inputs, course);
    by_year.resize(years, N::zero());
    let mut cut_off = N::zero();
    let mut intakes = N::zero();
    for first in &outcome.first_effects {
        intakes = intakes + N::one();
        for (k, level) in course.iter().enumerate() {
            match by_year.get_mut(first.saturating_add(k)) {
                Some(units) => *units = *units + *level,
                None => cut_off = cut_off + *level,
            }
        }
    }
    (intakes * started, cut_off)
}

#[inline(always)]
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
    if let Some(portion) = &value.portion {
        price = portion.times.iter().fold(price, |price, share| price * at(*share));
        price = price * portion.less.iter().fold(N::one(), |left, share| left - at(*share));
    }
    if let Some(slot) = value.destination {
        price = price * at(slot);
    }
    if let Some(left) = &value.corrected {
        price = N::select(price, N::zero(), price, price * N::constant(left));
    }
    let (avoidable, cashable) = (at(value.avoidable), at(value.cashable));
    if credit.every_measure {
        Amounts { price: price * own_share, avoidable, cashable, own_share: N::one() }
    } else {
        Amounts { price, avoidable, cashable, own_share }
    }
}

/// Adds what a line takes out of public budgets. Sums run over quantised amounts, so that they equal the ledger's.
#[inline(always)]
fn add_outlay<N: Number>(outlay: &mut [N], sign: Sign, amounts: &Amounts<N>, units: &Units<'_, N>) {
    if sign == Sign::None {
        return;
    }
    for (outlay, units) in outlay.iter_mut().zip(units.by_year()) {
        let amount = amounts.amount(units);
        *outlay = if sign == Sign::Plus { *outlay + amount } else { *outlay - amount };
    }
}
