//! Basis: which assumptions and which parts of the conventions a figure rests on, so that it can carry their marks.
//!
//! One rule: a figure is marked illustrative or unverified where anything that moves it is.

use super::line::{Class, Line};
use super::plan::Sign;
use super::view::View;
use crate::model::{
    Conversion, Flow, Marks, Measure, Model, Outcome, OutcomeValue, OwnShare, Perspective, PriceBasis, Question,
    QuestionError, Slot,
};
use crate::reference::{AttributionScope, Denominator};
use std::collections::BTreeSet;

/// What a figure rests on.
pub(crate) struct Basis {
    pub slots: BTreeSet<Slot>,
    /// Parts of the conventions, as addresses within them.
    pub conventions: Vec<&'static str>,
}

impl Basis {
    /// What the answer to a question rests on.
    pub fn of(model: &Model, lines: &[Line], question: &Question) -> Result<Self, QuestionError> {
        let view = View::new(model, &question.perspective)?;
        let everybody = View::new(model, &Perspective::Society)?;
        let financed = view.sees_financing() && !model.convention().financing.value().is_zero();
        let mut slots = BTreeSet::new();
        let mut priced = false;
        for line in lines {
            let seen = match (line.class, question.measure) {
                (Class::Cost, measure) if takes_everybodys_inputs(model, measure) => everybody.sign(line) != Sign::None,
                (Class::Cost | Class::Transfer, Measure::PresentValueOutcomes | Measure::CashableSaving) => false,
                (Class::Outcome | Class::Displaced, Measure::PresentValueInputs | Measure::CostPerOutcome) => false,
                (Class::Transfer, Measure::PresentValueInputs | Measure::CostPerOutcome) => false,
                _ => view.sign(line) != Sign::None || financed,
            };
            if seen {
                slots.extend(line_slots(model, line, question.measure, &mut priced));
            }
        }
        let counted = |outcome: &&Outcome| question.outcome.as_ref().is_none_or(|id| *id == outcome.id);
        if question.measure == Measure::CostPerOutcome {
            slots.extend(
                model
                    .outcomes()
                    .iter()
                    .filter(counted)
                    .flat_map(|outcome| unit_slots(model, outcome, question.measure)),
            );
        }
        Ok(Self { slots, conventions: conventions(question.measure, financed, priced) })
    }

    /// The marks of everything in it but some slot.
    pub fn marks(&self, model: &Model, except: Option<Slot>) -> Marks {
        let unverified = self.conventions.iter().any(|part| model.convention().mark_within(part));
        let numbers =
            self.slots.iter().filter(|slot| Some(**slot) != except).filter_map(|slot| model.assumption(*slot));
        numbers.fold(Marks { illustrative: false, unverified }, |marks, number| marks.or(number.marks))
    }
}

fn takes_everybodys_inputs(model: &Model, measure: Measure) -> bool {
    let ratio = matches!(measure, Measure::SroiRatio | Measure::SroiNetRatio);
    ratio && model.convention().ratios.denominator == Denominator::AllInputs
}

/// The parts of the conventions that decide a measure.
fn conventions(measure: Measure, financed: bool, priced: bool) -> Vec<&'static str> {
    let mut parts = Vec::new();
    if !matches!(measure, Measure::Payback | Measure::CostPerOutcome) {
        parts.push("discount");
    }
    if measure != Measure::PresentValueInputs {
        parts.push("combination");
    }
    if matches!(measure, Measure::SroiRatio | Measure::SroiNetRatio) {
        parts.push("ratios");
    }
    if financed && matches!(measure, Measure::Npv | Measure::Bcr | Measure::Payback) {
        parts.push("financing");
    }
    if priced {
        parts.push("prices");
    }
    parts
}

fn line_slots(model: &Model, line: &Line, measure: Measure, priced: &mut bool) -> Vec<Slot> {
    let mut shares = line.shares.clone();
    shares.extend(cause_slots(model, line, measure, priced));
    shares
}

/// What decides the amount of a line's cause.
fn cause_slots(model: &Model, line: &Line, measure: Measure, priced: &mut bool) -> Vec<Slot> {
    let flow = match line.class {
        Class::Cost => model.costs().iter().find(|cost| cost.address == line.cause).map(|cost| &cost.flow),
        Class::Transfer => {
            model.transfers().iter().find(|transfer| transfer.address == line.cause).map(|transfer| &transfer.flow)
        }
        Class::Outcome | Class::Displaced | Class::Financing => None,
    };
    if let Some(flow) = flow {
        *priced |= flow.basis == PriceBasis::Nominal;
        return flow_slots(model, flow);
    }
    let Some(outcome) = line.outcome.and_then(|position| model.outcomes().get(position)) else { return Vec::new() };
    let Some(value) = outcome.values.iter().find(|value| value.address == line.cause) else { return Vec::new() };
    let price = &value.price;
    *priced |= price.index_series.is_some() || price.assumed_years != 0 || price.exchange_series.is_some();
    let mut slots = unit_slots(model, outcome, measure);
    slots.extend(value_slots(model, outcome, value, measure));
    slots
}

fn flow_slots(model: &Model, flow: &Flow) -> Vec<Slot> {
    let nominal = flow.basis == PriceBasis::Nominal;
    [Some(flow.amount), model.inflation().filter(|_| nominal)].into_iter().flatten().collect()
}

/// What decides the units of an outcome, and the credit where the measure takes it.
fn unit_slots(model: &Model, outcome: &Outcome, measure: Measure) -> Vec<Slot> {
    let mut slots = outcome.quantity.slots();
    slots.push(outcome.displacement.share);
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

/// What decides the worth of a unit.
fn value_slots(model: &Model, outcome: &Outcome, value: &OutcomeValue, measure: Measure) -> Vec<Slot> {
    let mut slots = vec![value.price.amount, value.avoidable];
    slots.extend(model.inflation().filter(|_| value.price.assumed_years != 0));
    if measure == Measure::CashableSaving {
        slots.push(value.cashable);
    }
    match value.conversion {
        Conversion::MonthsPerRecipient(slot) | Conversion::PerUnit(slot) => slots.push(slot),
        Conversion::Fixed(_) => {}
    }
    slots.extend(value.destination.and_then(|at| outcome.destinations.get(at)).map(|destination| destination.share));
    slots
}
