//! Preparing: a model laid out as a plan.
//!
//! One rule: everything that can be wrong with the laying out is found here, so that the formula cannot fail on an index.

use super::growth::GrowthPlan;
use super::line::{Class, Clocking, Line, Party};
use super::plan::{ConversionPlan, Credit, CreditShare, Financing, Level, OutcomePlan, Part, Plan, Sign, ValuePlan};
use super::quantity;
use super::release::{capacity_plans, release_plan};
use crate::address::{Address, Place};
use crate::discount::{Clock, Timing};
use crate::error::{ModelError, Problems};
use crate::model::{
    Conversion, GrowthPath, HolderIndex, HolderKind, Model, Outcome, OutcomeValue, OwnShare, PricedAt, Slot, ValueKind,
    Willingness,
};
use crate::number::{Constant, Exact, Fault, Number};
use crate::reference::{AttributionScope, FinancingBase, IndexSeries, Indices, WillingnessToPay};
use crate::units::Year;
use rust_decimal::Decimal;

/// Why a model cannot be laid out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PrepareError {
    /// Nominal money in a year without a price level.
    #[error("the price level of {year} is not known: give `inflation` for the years after the last observed one")]
    NoPriceLevel {
        /// The year.
        year: Year,
    },
    /// Displaced units borne by the one who is at the other end of a value.
    #[error(
        "displaced units cannot be borne by `{holder}`, who is at the other end of this value: name whoever stands where `{instead}` stood"
    )]
    BearerAtOtherEnd {
        /// The bearer.
        holder: String,
        /// The holder of the outcome.
        instead: String,
    },
    /// A price that no number holds.
    #[error("the price has no value: {0}")]
    Price(Fault),
    /// More postings than are kept.
    #[error(
        "the model would need {postings} postings, more than the {MOST_POSTINGS} that are kept: shorten `horizon` or split it"
    )]
    TooLarge {
        /// Lines times years.
        postings: usize,
    },
    /// Years beyond the calendar this library knows.
    #[error("the {horizon} years appraised from {start} run to the end of the calendar, {last}: start earlier or shorten `horizon`", last = Year::LAST)]
    BeyondCalendar {
        /// The first year.
        start: Year,
        /// How many are appraised.
        horizon: u32,
    },
    /// A discount factor that no number holds.
    #[error("the discount factor of {year} has no value: {fault}")]
    Discount {
        /// The year.
        year: Year,
        /// What went wrong.
        fault: Fault,
    },
}

/// Postings that an appraisal keeps at most.
pub const MOST_POSTINGS: usize = 2_000_000;

impl Model {
    /// Lays the model out for the formula.
    pub(crate) fn plan(&self) -> Result<Plan, ModelError> {
        let mut problems = Problems::new();
        let mut drawing = Drawing { model: self, lines: Vec::new(), left_out: 0, problems: &mut problems };
        let years = self.years();
        let convention = self.convention();
        let levels = levels(self, &years);
        let flows = drawing.flows(&years, &levels);
        let outcomes = self.outcomes().iter().enumerate().map(|(at, outcome)| drawing.outcome(at, outcome)).collect();
        let growth = growth_plans(self, &years);
        let financing = drawing.financing();
        let cost_timing = convention.discount.costs_discounted.then_some(convention.discount.costs);
        let cost_factors = drawing.factors(&years, cost_timing);
        let outcome_factors = drawing.factors(&years, Some(convention.discount.outcomes));
        let (lines, left_out) = (drawing.lines, drawing.left_out);
        if years.last().is_none_or(|last| *last >= Year::LAST) {
            let (start, horizon) = (self.start(), self.horizon());
            problems.add(&Place::at(Address::root().child("horizon")), PrepareError::BeyondCalendar { start, horizon });
        }
        let postings = lines.len().saturating_add(left_out).saturating_mul(years.len());
        if postings > MOST_POSTINGS {
            problems.add(&Place::document(), PrepareError::TooLarge { postings });
        }
        problems.into_result()?;
        Ok(Plan {
            points: self.assumptions().iter().map(|assumption| Constant::from(assumption.point)).collect(),
            inflation: self.inflation(),
            filters: convention.combination.filters,
            drop_off: convention.combination.drop_off,
            years,
            levels,
            cost_factors,
            outcome_factors,
            lines,
            flows,
            growth,
            outcomes,
            capacities: capacity_plans(self),
            financing,
        })
    }

    /// The years appraised.
    pub fn years(&self) -> Vec<Year> {
        (0..self.horizon()).map_while(|year| i32::try_from(year).ok()).map(|year| self.start().plus(year)).collect()
    }

    /// The discount schedule on its two clocks.
    pub fn clock(&self) -> Clock {
        Clock {
            schedule: self.convention().discount.schedule.clone(),
            origin: self.discount_origin(),
            present_value_year: self.present_value_year(),
        }
    }

    /// The index that carries money of one year to that of another, where there is one for the country.
    pub(crate) fn level_series(&self) -> Option<&'static IndexSeries> {
        Indices::embedded().find(self.convention().prices.index.kind(), self.country()).ok()
    }

    /// Whether a value is part of the willingness to pay.
    fn is_willingness(&self, value: &OutcomeValue) -> bool {
        match value.willingness {
            Willingness::Yes => true,
            Willingness::No => false,
            Willingness::Convention => self.convention().ratios.willingness_to_pay == WillingnessToPay::EveryValue,
        }
    }

    fn is_public(&self, party: Option<Party>) -> bool {
        match party {
            Some(Party::Holder(holder)) => {
                self.holders().get(holder.position()).is_some_and(|holder| holder.kind == HolderKind::Public)
            }
            _ => false,
        }
    }
}

/// Price levels against the model's price year: observed, and after the last observation grown by `inflation`.
pub(super) fn levels(model: &Model, years: &[Year]) -> Vec<Option<Level>> {
    let price_year = model.price_year().0;
    let series = model.level_series();
    let last = series.and_then(|series| series.last_year()).unwrap_or(price_year);
    let assumed = |year: Year| if model.inflation().is_some() { year.since(last).max(0) } else { 0 };
    let observed = |year: Year| year.plus(assumed(year).saturating_neg());
    let level = |year: &Year| {
        let (from, to) = (observed(price_year), observed(*year));
        let ratio = if from == to { Some(Exact::ONE) } else { series.and_then(|series| series.ratio(from, to).ok()) };
        let assumed_years = assumed(*year).saturating_sub(assumed(price_year));
        ratio.map(|ratio| Level { observed: Constant::new(ratio), assumed_years })
    };
    years.iter().map(level).collect()
}

/// The paths of growth over the years appraised; real prices are those of the model's price year.
pub(super) fn growth_plans(model: &Model, years: &[Year]) -> Vec<GrowthPlan> {
    let (first, last) = (model.start(), years.last().copied().unwrap_or(model.start()));
    let plan = |path: &GrowthPath| GrowthPlan::new(&path.points, model.price_year().0, first, last);
    model.growth().iter().map(plan).collect()
}

/// What is being laid out.
pub(super) struct Drawing<'m> {
    pub model: &'m Model,
    lines: Vec<Line>,
    /// Lines that are only counted, where there are more than are kept.
    left_out: usize,
    pub problems: &'m mut Problems,
}

impl Drawing<'_> {
    fn line(&mut self, line: Line) -> usize {
        self.lines.push(line);
        self.lines.len().saturating_sub(1)
    }

    /// The lines of a cause: one, or one for each pair of members where an end is a joint holder. Between the members of a
    /// joint holder that stands at both ends nothing changes hands, so a member's line to itself is left out.
    pub fn parts(&mut self, whole: &Line, priced: PricedAt) -> Vec<Part> {
        let (payers, gainers) = (self.members(whole.from), self.members(whole.to));
        let pairs = payers.len().saturating_mul(gainers.len());
        if self.lines.len().saturating_add(pairs) > MOST_POSTINGS {
            self.left_out = self.left_out.saturating_add(pairs);
            return Vec::new();
        }
        let mut parts = Vec::with_capacity(pairs);
        for (from, paid) in &payers {
            for (to, gained) in gainers.iter().filter(|(to, _)| to.is_none() || to != from) {
                let shares: Vec<Slot> = paid.iter().chain(gained).copied().collect();
                let (from_stands, to_stands) =
                    (whole.from_stands && self.stands(*from), whole.to_stands && self.stands(*to));
                let shares_of = shares.clone();
                let line = Line { from: *from, to: *to, shares: shares_of, from_stands, to_stands, ..whole.clone() };
                let public_outlay = self.outlay(&line);
                let marked_up = self.marked_up(&line, priced);
                parts.push(Part { line: self.line(line), shares: shares.clone(), markup: None, public_outlay });
                parts.extend(marked_up.map(|(line, markup)| {
                    let line = self.line(line);
                    Part { line, shares, markup: Some(markup), public_outlay: Sign::None }
                }));
            }
        }
        parts
    }

    /// The line that carries a resource at factor prices to market prices, and the factor less one: society pays or gains by
    /// it, no holder does. What one holder pays another is no resource.
    fn marked_up(&self, line: &Line, priced: PricedAt) -> Option<(Line, Constant)> {
        let factor = self.model.convention().prices.market_factor?.value();
        let resource = line.from.is_none() != line.to.is_none();
        if priced == PricedAt::Market || !resource || factor == Decimal::ONE {
            return None;
        }
        let society = |end: Option<Party>| end.map(|_| Party::Society);
        let (from, to) = (society(line.from), society(line.to));
        let markup = Constant::new(Exact::from(factor) - Exact::ONE);
        Some((Line { from, to, willingness: false, ..line.clone() }, markup))
    }

    /// Whether society counts who stands at an end.
    fn stands(&self, party: Option<Party>) -> bool {
        match party {
            Some(Party::Holder(holder)) => {
                self.model.holders().get(holder.position()).is_none_or(|holder| holder.standing)
            }
            _ => true,
        }
    }

    /// Who stands at an end, each with the share of a joint holder.
    fn members(&self, party: Option<Party>) -> Vec<(Option<Party>, Option<Slot>)> {
        let joint = match party {
            Some(Party::Holder(holder)) => self.model.holders().get(holder.position()),
            _ => None,
        };
        match joint.filter(|holder| holder.kind == HolderKind::Joint) {
            Some(joint) => {
                joint.members.iter().map(|member| (Some(Party::Holder(member.holder)), Some(member.share))).collect()
            }
            None => vec![(party, None)],
        }
    }

    /// Plus where a public budget pays money by the line, minus where one gains money that the conventions set off.
    fn outlay(&self, line: &Line) -> Sign {
        if line.kind != ValueKind::Fiscal {
            return Sign::None;
        }
        match (self.model.is_public(line.from), self.model.is_public(line.to)) {
            (true, false) => Sign::Plus,
            (false, true) if self.model.convention().financing.base == FinancingBase::NetPublicOutlay => Sign::Minus,
            _ => Sign::None,
        }
    }

    fn outcome(&mut self, position: usize, outcome: &Outcome) -> OutcomePlan {
        let start = self.model.start();
        let effect = |intake: &Year| {
            let lag = i32::try_from(outcome.lag).unwrap_or(i32::MAX);
            usize::try_from(intake.since(start).saturating_add(lag)).unwrap_or(0)
        };
        let share = match outcome.own_share {
            OwnShare::Whole => CreditShare::Whole,
            OwnShare::Others(slot) => CreditShare::Others(slot),
            OwnShare::Own(slot) => CreditShare::Own(slot),
        };
        let scope = self.model.convention().combination.attribution;
        let (intake, course) = quantity::plan(outcome);
        OutcomePlan {
            address: outcome.address.clone(),
            intake,
            course,
            deadweight: outcome.deadweight,
            displacement: outcome.displacement.share,
            additionality: outcome.additionality,
            borne: outcome.displacement.borne_by.is_some(),
            first_effects: outcome.intakes.iter().map(effect).collect(),
            weights: None,
            credit: Credit { share, every_measure: scope == AttributionScope::EveryMeasure },
            values: outcome.values.iter().map(|value| self.value(position, outcome, value)).collect(),
        }
    }

    fn value(&mut self, position: usize, outcome: &Outcome, value: &OutcomeValue) -> ValuePlan {
        let line = Line {
            cause: value.address.clone(),
            of: None,
            class: Class::Outcome,
            from: value.from.map(Party::Holder),
            to: Some(Party::Holder(value.to)),
            kind: value.kind,
            outcome: Some(position),
            nominal: false,
            shares: Vec::new(),
            from_stands: true,
            to_stands: value.standing,
            willingness: self.model.is_willingness(value),
            clocking: Clocking::Outcomes,
        };
        // A displaced unit undoes the value at both ends; whoever bears it stands where the outcome's holder stood.
        let stands_in = outcome
            .displacement
            .borne_by
            .map(|bearer| move |holder: HolderIndex| if holder == outcome.holder { bearer } else { holder });
        let displaced = stands_in.as_ref().map(|stands_in| {
            let stand_in = |holder: HolderIndex| Party::Holder(stands_in(holder));
            Line {
                class: Class::Displaced,
                from: Some(stand_in(value.to)),
                to: value.from.map(stand_in),
                from_stands: value.standing,
                to_stands: true,
                ..line.clone()
            }
        });
        if let Some(displaced) = displaced.as_ref().filter(|displaced| displaced.from == displaced.to) {
            self.refuse_bearer(outcome, value, displaced);
        }
        let parts = self.parts(&line, value.priced);
        let displaced = displaced.map(|displaced| self.parts(&displaced, value.priced)).unwrap_or_default();
        let lag = i32::try_from(outcome.lag).unwrap_or(i32::MAX);
        let reimbursed = self.reimbursements(&line, lag, stands_in.as_ref().map(|stands_in| stands_in as _));
        let price = &value.price;
        let carried = price.index.exact() * price.exchange.exact();
        let (fixed, conversion) = match &value.conversion {
            Conversion::Fixed(factor) => (factor.exact(), None),
            Conversion::MonthsPerRecipient(slot) => (Exact::one(), Some(ConversionPlan::MonthsPerRecipient(*slot))),
            Conversion::PerUnit(slot) => (Exact::one(), Some(ConversionPlan::PerUnit(*slot))),
        };
        let destination = value.destination.and_then(|at| outcome.destinations.get(at));
        if let Err(fault) = (carried * fixed).value() {
            self.problems.add(&Place::at(value.address.clone()), PrepareError::Price(fault));
        }
        ValuePlan {
            parts,
            displaced,
            reimbursed,
            price: price.amount,
            factor: Constant::new(carried * fixed),
            assumed_years: price.assumed_years,
            conversion,
            portion: value.portion.clone(),
            corrected: outcome.evidence.correction.map(|laid| Constant::new(Exact::ONE - Exact::from(laid.share))),
            growth: value.growth,
            destination: destination.map(|destination| destination.share),
            avoidable: value.avoidable,
            cashable: value.cashable,
            release: release_plan(self.model, outcome, value),
        }
    }

    fn refuse_bearer(&mut self, outcome: &Outcome, value: &OutcomeValue, displaced: &Line) {
        let id = |holder: HolderIndex| {
            self.model.holders().get(holder.position()).map_or("", |holder| &holder.id).to_owned()
        };
        let bearer = match displaced.from {
            Some(Party::Holder(holder)) => id(holder),
            _ => String::new(),
        };
        let fault = PrepareError::BearerAtOtherEnd { holder: bearer, instead: id(outcome.holder) };
        self.problems.add(&Place::at(value.address.clone()), fault);
    }

    fn financing(&mut self) -> Option<Financing> {
        let cost = self.model.convention().financing.value();
        if cost.is_zero() {
            return None;
        }
        let mut line = |clocking| {
            self.line(Line {
                cause: Address::root().child("conventions").child("financing").child("cost"),
                of: None,
                class: Class::Financing,
                from: Some(Party::Society),
                to: None,
                kind: ValueKind::Economic,
                outcome: None,
                nominal: false,
                shares: Vec::new(),
                from_stands: true,
                to_stands: true,
                willingness: false,
                clocking,
            })
        };
        let (costs_line, outcomes_line) = (line(Clocking::Costs), line(Clocking::Outcomes));
        Some(Financing { costs_line, outcomes_line, cost: Constant::from(cost) })
    }

    /// Discount factors by year; ones where these flows are not discounted.
    fn factors(&mut self, years: &[Year], timing: Option<Timing>) -> Vec<Constant> {
        let model = self.model;
        let factors = match timing {
            Some(timing) => model.clock().factors(model.start(), model.horizon(), timing),
            None => vec![Exact::ONE; years.len()],
        };
        for (year, factor) in years.iter().zip(&factors) {
            if let Err(fault) = factor.value() {
                let place = Place::at(Address::root().child("conventions").child("discount"));
                self.problems.add(&place, PrepareError::Discount { year: *year, fault });
            }
        }
        factors.into_iter().map(Constant::new).collect()
    }
}
