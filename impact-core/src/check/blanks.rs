//! What was left blank: blank is not zero, and a reader should be told.

use super::finding::{Finding, Rule};
use crate::address::Address;
use crate::evaluation::{Appraisal, OutcomeUnits};
use crate::model::{Flow, Measured, Model, Nature, Origin, Outcome, OwnShare, Quantity, Slot};
use crate::units::Label;
use rust_decimal::Decimal;

pub(super) fn check(appraisal: &Appraisal, findings: &mut Vec<Finding>) {
    let model = appraisal.model();
    for outcome in model.outcomes() {
        findings.extend(filters(model, outcome));
    }
    findings.extend(quantities(model));
    findings.extend(flows_cut_off(model));
    let outcomes = model.outcomes().iter();
    findings.extend(outcomes.zip(appraisal.outcome_units()).filter_map(|(outcome, units)| cut_off(outcome, units)));
}

fn left_out(model: &Model, slot: Slot) -> bool {
    model.assumption(slot).is_some_and(|number| number.origin == Origin::Default)
}

fn filters(model: &Model, outcome: &Outcome) -> Vec<Finding> {
    let mut findings = Vec::new();
    let blank = outcome.deadweight.is_none_or(|slot| left_out(model, slot));
    if outcome.measured == Measured::Gross && blank {
        findings.push(Finding::new(
            Rule::BlankDeadweight,
            &outcome.address,
            "deadweight is left out of a gross quantity: everything is claimed to be due to the intervention",
            "dødvekt er utelatt fra et bruttotall: alt regnes som tiltakets fortjeneste",
        ));
    }
    if outcome.own_share == OwnShare::Whole {
        findings.push(Finding::new(
            Rule::BlankAttribution,
            &outcome.address,
            "nothing is said of the credit due to others: the SROI claims all of it",
            "andres bidrag er ikke nevnt: SROI tilskriver tiltaket alt",
        ));
    }
    let years = outcome.duration.and_then(|slot| model.assumption(slot)).map_or(Decimal::ONE, |years| years.point);
    if outcome.nature == Nature::State && years > Decimal::ONE && left_out(model, outcome.drop_off) {
        findings.push(Finding::new(
            Rule::NoDropOff,
            &outcome.address,
            format!("the outcome lasts {years} years and nothing is lost on the way: drop-off is left out"),
            format!("virkningen varer {years} år uten å avta: avtakende effekt er utelatt"),
        ));
    }
    if left_out(model, outcome.displacement.share) {
        findings.push(Finding::new(
            Rule::NoDisplacement,
            &outcome.address,
            "displacement is left out: nobody is assumed to lose what participants gain",
            "fortrengning er utelatt: ingen antas å tape det deltakerne vinner",
        ));
    }
    findings
}

fn quantities(model: &Model) -> Vec<Finding> {
    let above = |outcome: &Outcome| {
        let holder = model.holders().get(outcome.holder.position())?;
        let size = holder.size?;
        let point = |slot: Slot| model.assumption(slot).map(|number| number.point);
        let of_people = outcome.unit.thing() == "person";
        let (quantity, (verb, in_nb)) = match &outcome.quantity {
            Quantity::Number(slot) if of_people => (point(*slot)?, ("change", "endrer seg")),
            Quantity::Path(path) if of_people => (path.slots().filter_map(point).max()?, ("change", "endrer seg")),
            Quantity::Effect(effect) => (point(effect.population)?, ("are treated", "får tiltaket")),
            _ => return None,
        };
        (quantity > size).then(|| {
            let (name, id) = (Label::text(&holder.name, crate::units::Language::English), &holder.id);
            Finding::new(
                Rule::QuantityAboveGroup,
                &outcome.address,
                format!("{quantity} people of {name} {verb} in one intake, but the group `{id}` has {size}"),
                format!("{quantity} personer {in_nb} i ett opptak, men gruppen `{id}` er på {size}"),
            )
        })
    };
    model.outcomes().iter().filter_map(above).collect()
}

/// Years of costs and transfers that the appraised years leave out.
fn flows_cut_off(model: &Model) -> Vec<Finding> {
    let years = model.years();
    let (Some(first), Some(last)) = (years.first(), years.last()) else { return Vec::new() };
    let costs = model.costs().iter().map(|cost| (&cost.address, &cost.flow));
    let transfers = model.transfers().iter().map(|transfer| (&transfer.address, &transfer.flow));
    let outside = |(address, flow): (&Address, &Flow)| {
        let before = first.since(flow.first).max(0);
        let after = flow.last.since(*last).max(0);
        let left_out = before.saturating_add(after);
        let all = flow.last.since(flow.first).saturating_add(1);
        (left_out > 0).then(|| {
            Finding::new(
                Rule::CutOff,
                address,
                format!("{left_out} of its {all} years lie outside {first} to {last} and are left out"),
                format!("{left_out} av {all} år ligger utenfor {first} til {last} og er utelatt"),
            )
        })
    };
    costs.chain(transfers).filter_map(outside).collect()
}

fn cut_off(outcome: &Outcome, units: &OutcomeUnits) -> Option<Finding> {
    let (left, unit): (Decimal, &_) = (units.cut_off, &units.accrued_unit);
    let address: &Address = &outcome.address;
    (!left.is_zero()).then(|| {
        Finding::new(
            Rule::CutOff,
            address,
            format!("{left} {unit} fall after the last year appraised and are left out"),
            format!("{left} {unit} faller etter det siste året som vurderes og er utelatt"),
        )
    })
}
