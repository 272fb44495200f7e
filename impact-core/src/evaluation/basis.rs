//! Basis: which assumptions and which parts of the conventions a figure rests on, so that it can carry their marks.
//!
//! One rule: a figure is marked illustrative or unverified where anything that moves it is.

use super::line::{Class, Line};
use super::plan::Sign;
use super::view::View;
use crate::model::{
    Correlation, Flow, Marks, Measure, Model, OptimismBias, Outcome, OutcomeValue, OwnShare, Perspective, Portion,
    PriceBasis, Question, QuestionError, Slot,
};
use crate::reference::{AttributionScope, Denominator};
use std::collections::BTreeSet;

/// What a figure rests on.
pub(crate) struct Basis {
    pub slots: BTreeSet<Slot>,
    /// Parts of the conventions, as addresses within them.
    pub conventions: Vec<&'static str>,
    /// Marks of the document's own price series.
    pub series: Marks,
    /// Marks of groups and weights, where the figure rests on them.
    pub weights: Marks,
}

impl Basis {
    /// What the answer to a question rests on.
    pub fn of(model: &Model, lines: &[Line], question: &Question) -> Result<Self, QuestionError> {
        let view = View::new(model, &question.perspective)?;
        let everybody = View::of_all_inputs(model, &question.perspective)?;
        let public = View::new(model, &Perspective::Public)?;
        let financed = view.sees_financing() && !model.convention().financing.value().is_zero();
        let counted = |outcome: &&Outcome| question.outcome.as_ref().is_none_or(|id| *id == outcome.id);
        let of_outcome = |line: &Line| {
            line.outcome.and_then(|position| model.outcomes().get(position)).is_some_and(|outcome| counted(&outcome))
        };
        let mut slots = BTreeSet::new();
        let mut carried = Carriers::default();
        for line in lines {
            let seen = match (line.summed_as(), question.measure) {
                (Class::Cost, measure) if takes_everybodys_inputs(model, measure) => everybody.sign(line) != Sign::None,
                (Class::Cost | Class::Transfer, Measure::PresentValueOutcomes | Measure::CashableSaving) => false,
                (Class::Outcome | Class::Displaced, Measure::PresentValueInputs | Measure::CostPerOutcome) => false,
                (Class::Transfer, Measure::PresentValueInputs | Measure::CostPerOutcome) => false,
                (class, measure) if is_of_worth(measure) => {
                    // Above and below the line: what anybody would pay, and what public budgets do.
                    class != Class::Financing
                        && (view.willing_sign(line) != Sign::None || public.money_sign(line) != Sign::None)
                }
                (_, Measure::NetBenefitPerBudgetKrone) => true,
                (_, measure) if measure.is_of_budget_years() => view.money_sign(line) != Sign::None,
                (_, Measure::GainPerUnit) => of_outcome(line) && view.sign(line) != Sign::None,
                _ => view.sign(line) != Sign::None || financed,
            };
            if seen {
                slots.extend(carried_slots(model, line, question.measure, &mut carried));
            }
        }
        if question.measure.is_of_an_outcome() {
            slots.extend(
                model
                    .outcomes()
                    .iter()
                    .filter(counted)
                    .flat_map(|outcome| unit_slots(model, outcome, question.measure)),
            );
        }
        let mut conventions = conventions(question.measure, financed, carried.conventions);
        conventions.extend(carried.corrected.then_some("corrections"));
        conventions.extend(carried.marked_up.then_some("prices.market_factor"));
        let weighed = model.weighting().filter(|_| question.measure == Measure::WeightedNpv);
        let weights =
            weighed.map(|weighting| model.groups().iter().fold(weighting.marks, |marks, group| marks.or(group.marks)));
        Ok(Self { slots, conventions, series: carried.series, weights: weights.unwrap_or_default() })
    }

    /// The marks of everything in it but some slot.
    pub fn marks(&self, model: &Model, except: Option<Slot>) -> Marks {
        let unverified = self.conventions.iter().any(|part| model.convention().mark_within(part));
        let numbers =
            self.slots.iter().filter(|slot| Some(**slot) != except).filter_map(|slot| model.assumption(*slot));
        let known = self.series.or(self.weights).or(Marks { illustrative: false, unverified });
        numbers.fold(known, |marks, number| marks.or(number.marks))
    }

    /// Whether at least two uncertain numbers in it are tied by a correlation that somebody invented.
    pub fn has_invented_tie(&self, model: &Model) -> bool {
        let varies = |slot: Slot| model.assumption(slot).is_some_and(|number| number.distribution.is_some());
        let moves = |slot: &Slot| self.slots.contains(slot) && varies(*slot);
        let tied =
            |tie: &&Correlation| tie.members.iter().filter_map(|member| model.slot(member)).filter(moves).count() > 1;
        model.correlations().iter().filter(|tie| tie.illustrative).any(|tie| tied(&tie))
    }
}

fn takes_everybodys_inputs(model: &Model, measure: Measure) -> bool {
    let ratio = matches!(measure, Measure::SroiRatio | Measure::SroiNetRatio);
    ratio && model.convention().ratios.denominator == Denominator::AllInputs
}

fn is_of_worth(measure: Measure) -> bool {
    matches!(measure, Measure::Mvpf | Measure::WillingnessToPay | Measure::NetPublicCost | Measure::CbaRatio)
}

/// The parts of the conventions that decide a measure.
fn conventions(measure: Measure, financed: bool, priced: bool) -> Vec<&'static str> {
    let mut parts = Vec::new();
    let undiscounted =
        [Measure::Payback, Measure::Irr, Measure::CostPerOutcome, Measure::FiscalPayback, Measure::FiscalReturn];
    if !undiscounted.contains(&measure) {
        parts.push("discount");
    }
    if measure != Measure::PresentValueInputs {
        parts.push("combination");
    }
    if matches!(measure, Measure::SroiRatio | Measure::SroiNetRatio) {
        parts.push("ratios");
    }
    if financed && takes_financing(measure) {
        parts.push("financing");
    }
    if priced {
        parts.push("prices");
    }
    parts
}

/// Whether tax-financing cost is part of what the measure adds up.
fn takes_financing(measure: Measure) -> bool {
    use Measure::{Bcr, DiscountedPayback, EquivalentAnnualValue, Irr, Npv, Payback};
    let per_krone = matches!(measure, Measure::NetBenefitPerBudgetKrone | Measure::WeightedNpv);
    per_krone || matches!(measure, Npv | Bcr | Payback | DiscountedPayback | Irr | EquivalentAnnualValue)
}

/// The assumptions behind one line, as a measure counts it, and the marks of the document's own series that carry it.
pub(super) fn line_basis(model: &Model, line: &Line, measure: Measure) -> (Vec<Slot>, Marks) {
    let mut carried = Carriers::default();
    let slots = carried_slots(model, line, measure, &mut carried);
    (slots, carried.series)
}

/// The assumptions behind an amount that is written by itself, and the marks of the document's own series that carry it.
pub(super) fn flow_basis(model: &Model, flow: &Flow) -> (Vec<Slot>, Marks) {
    let mut carried = Carriers::default();
    carried.note_flow(model, flow);
    (flow_slots(model, flow, None), carried.series)
}

/// The same, noting what carries its prices.
fn carried_slots(model: &Model, line: &Line, measure: Measure, carried: &mut Carriers) -> Vec<Slot> {
    carried.marked_up |= line.is_markup();
    let mut shares = line.shares.clone();
    shares.extend(cause_slots(model, line, measure, carried));
    shares
}

/// What decides the amount of a line's cause.
fn cause_slots(model: &Model, line: &Line, measure: Measure, carried: &mut Carriers) -> Vec<Slot> {
    if let Some(rule) = model.reimbursements().iter().find(|rule| rule.address == line.cause) {
        let mut slots: Vec<Slot> = rule.slots().collect();
        slots.extend(reimbursed(model, line).map(|of| cause_slots(model, &of, measure, carried)).unwrap_or_default());
        return slots;
    }
    let (flow, bias) = match line.class {
        Class::Cost => {
            let cost = model.costs().iter().find(|cost| cost.address == line.cause);
            carried.corrected |= cost.is_some_and(|cost| cost.correction.is_some());
            (cost.map(|cost| &cost.flow), cost.and_then(|cost| cost.optimism_bias))
        }
        Class::Transfer => {
            let transfer = model.transfers().iter().find(|transfer| transfer.address == line.cause);
            (transfer.map(|transfer| &transfer.flow), None)
        }
        Class::Outcome | Class::Displaced | Class::Financing | Class::Reimbursement => (None, None),
    };
    if let Some(flow) = flow {
        carried.note_flow(model, flow);
        return flow_slots(model, flow, bias);
    }
    let Some(outcome) = line.outcome.and_then(|position| model.outcomes().get(position)) else { return Vec::new() };
    let Some(value) = outcome.values.iter().find(|value| value.address == line.cause) else { return Vec::new() };
    let price = &value.price;
    carried.note(model, price.index_series.as_deref(), price.assumed_years);
    carried.conventions |= price.exchange_series.is_some();
    carried.corrected |= outcome.evidence.correction.is_some();
    let mut slots = unit_slots(model, outcome, measure);
    slots.extend(value_slots(model, outcome, value, measure));
    slots
}

/// A line of what is paid back.
fn reimbursed(model: &Model, line: &Line) -> Option<Line> {
    let cause = line.of.clone()?;
    let class = match line.outcome {
        Some(_) => Class::Outcome,
        None if model.costs().iter().any(|cost| cost.address == cause) => Class::Cost,
        None => Class::Transfer,
    };
    Some(Line { cause, class, of: None, ..line.clone() })
}

/// What carries prices between years: the conventions' index, and series of the document's own.
#[derive(Default)]
struct Carriers {
    conventions: bool,
    /// Whether the conventions correct something for weak evidence.
    corrected: bool,
    /// Whether the conventions carry a resource to market prices.
    marked_up: bool,
    series: Marks,
}

impl Carriers {
    fn note_flow(&mut self, model: &Model, flow: &Flow) {
        self.conventions |= flow.basis == PriceBasis::Nominal;
        if let Some(carried) = &flow.carried {
            self.note(model, carried.index_series.as_deref(), carried.assumed_years);
        }
    }

    fn note(&mut self, model: &Model, series: Option<&str>, assumed_years: i32) {
        match series.and_then(|id| model.price_series().iter().find(|own| own.id == id)) {
            Some(own) => self.series = self.series.or(own.marks),
            None => self.conventions |= series.is_some() || assumed_years != 0,
        }
    }
}

fn flow_slots(model: &Model, flow: &Flow, bias: Option<OptimismBias>) -> Vec<Slot> {
    let assumed = flow.basis == PriceBasis::Nominal || flow.carried.as_ref().is_some_and(|by| by.assumed_years != 0);
    let mut slots = flow.amount.slots().to_vec();
    slots.extend(model.inflation().filter(|_| assumed));
    slots.extend(bias.iter().flat_map(OptimismBias::slots));
    slots
}

/// What decides the units of an outcome, and the credit where the measure takes it.
fn unit_slots(model: &Model, outcome: &Outcome, measure: Measure) -> Vec<Slot> {
    let mut slots = outcome.quantity.slots();
    slots.push(outcome.displacement.share);
    slots.extend(outcome.additionality.slots());
    slots.push(outcome.drop_off);
    slots.extend(outcome.deadweight);
    slots.extend(outcome.duration);
    let claims = matches!(measure, Measure::SroiRatio | Measure::SroiNetRatio);
    let everywhere = model.convention().combination.attribution == AttributionScope::EveryMeasure;
    match outcome.own_share {
        OwnShare::Others(slot) | OwnShare::Own(slot) if claims || everywhere => slots.push(slot),
        _ => {}
    }
    slots
}

/// What decides which steps a value's places make: those of every value of its capacity.
fn steps(model: &Model, value: &OutcomeValue) -> Vec<Slot> {
    let Some(capacity) = model.capacities().iter().find(|capacity| capacity.values.contains(&value.address)) else {
        return Vec::new();
    };
    let mut slots = vec![capacity.places_per_step];
    for outcome in model.outcomes() {
        for value in outcome.values.iter().filter(|value| capacity.values.contains(&value.address)) {
            slots.extend(unit_slots(model, outcome, Measure::CashableSaving));
            slots.extend(value.conversion.number());
            slots.extend(value.destination.and_then(|at| outcome.destinations.get(at)).map(|found| found.share));
        }
    }
    slots
}

/// What decides the worth of a unit.
pub(crate) fn value_slots(model: &Model, outcome: &Outcome, value: &OutcomeValue, measure: Measure) -> Vec<Slot> {
    let mut slots = vec![value.price.amount, value.avoidable];
    slots.extend(model.inflation().filter(|_| value.price.assumed_years != 0));
    let path = value.growth.and_then(|path| model.growth().get(path));
    slots.extend(path.iter().flat_map(|path| &path.points).map(|point| point.rate));
    if measure == Measure::CashableSaving {
        slots.push(value.cashable);
        slots.extend(steps(model, value));
    }
    slots.extend(value.conversion.number());
    slots.extend(value.destination.and_then(|at| outcome.destinations.get(at)).map(|destination| destination.share));
    slots.extend(value.portion.iter().flat_map(Portion::slots));
    slots
}
