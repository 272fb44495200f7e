//! Basis: which assumptions a figure rests on, so that it can carry their marks.
//!
//! One rule: a figure is marked illustrative or unverified where anything that moves it is.

use super::line::Class;
use super::view::View;
use crate::model::{
    Conversion, Flow, Marks, Measure, Model, Outcome, OutcomeValue, OwnShare, PriceBasis, Quantity, Slot,
};
use crate::reference::AttributionScope;
use std::collections::BTreeSet;

use super::ledger::Ledger;
use super::plan::Sign;

/// The slots that move a measure as a view sees it.
pub(crate) fn slots(model: &Model, ledger: &Ledger, view: &View, measure: Measure) -> BTreeSet<Slot> {
    let mut slots = BTreeSet::new();
    let seen = |class: Class, cause: &crate::address::Address| {
        let line = ledger.lines().iter().find(|line| line.class == class && line.cause == *cause);
        line.is_some_and(|line| view.sign(line) != Sign::None || view.sees_financing())
    };
    let outcomes_only = matches!(measure, Measure::PresentValueOutcomes | Measure::CashableSaving);
    let costs = model.costs().iter().map(|cost| (Class::Cost, &cost.address, &cost.flow));
    let transfers = model.transfers().iter().map(|transfer| (Class::Transfer, &transfer.address, &transfer.flow));
    for (_, _, flow) in costs.chain(transfers).filter(|(class, cause, _)| !outcomes_only && seen(*class, cause)) {
        slots.extend(flow_slots(model, flow));
    }
    if measure == Measure::PresentValueInputs {
        return slots;
    }
    for outcome in model.outcomes() {
        for value in outcome.values.iter().filter(|value| seen(Class::Outcome, &value.address)) {
            slots.extend(unit_slots(model, outcome, measure));
            slots.extend(value_slots(model, outcome, value, measure));
        }
        if measure == Measure::CostPerOutcome {
            slots.extend(unit_slots(model, outcome, measure));
        }
    }
    slots
}

fn flow_slots(model: &Model, flow: &Flow) -> Vec<Slot> {
    let nominal = flow.basis == PriceBasis::Nominal;
    [Some(flow.amount), model.inflation().filter(|_| nominal)].into_iter().flatten().collect()
}

/// What decides the units of an outcome, and the credit where the measure takes it.
fn unit_slots(model: &Model, outcome: &Outcome, measure: Measure) -> Vec<Slot> {
    let mut slots = match &outcome.quantity {
        Quantity::Number(slot) => vec![*slot],
        Quantity::Chain(links) => links.clone(),
    };
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

/// The marks of some assumptions together; of a present value also those of the discount rates.
pub(crate) fn marks(model: &Model, slots: impl IntoIterator<Item = Slot>, measure: Measure) -> Marks {
    let numbers = slots.into_iter().filter_map(|slot| model.assumption(slot));
    let rates = measure != Measure::Payback && model.convention().mark("discount.bands.0.rate").is_some();
    numbers.fold(Marks { illustrative: false, unverified: rates }, |marks, number| marks.or(number.marks))
}
