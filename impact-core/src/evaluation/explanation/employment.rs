//! A year in work explained: what is produced, and who gets which part of it.

use super::outcome::{explain_units, explain_value};
use super::{Explanation, assumption};
use crate::evaluation::appraisal::Appraisal;
use crate::model::{Employment, Outcome, OutcomeValue, Portion, WorkPart};
use crate::number::Exact;
use crate::units::Label;

/// The year in work at an address.
pub(super) fn explain(appraisal: &Appraisal, address: &str) -> Option<Explanation> {
    let outcomes = appraisal.model().outcomes();
    outcomes.iter().find_map(|outcome| {
        let employment = outcome.employment.as_ref().filter(|employment| employment.address.as_str() == address)?;
        let units = explain_units(appraisal, &outcome.id);
        Some(work(appraisal, outcome, employment, units))
    })
}

/// What is produced, taken apart by who gets it, and the benefits that are withdrawn beside it.
pub(super) fn work(
    appraisal: &Appraisal,
    outcome: &Outcome,
    employment: &Employment,
    units: Option<Explanation>,
) -> Explanation {
    let of = |value: &&OutcomeValue| value.portion.is_some();
    let parts: Vec<Explanation> =
        outcome.values.iter().filter(of).map(|value| explain_value(appraisal, outcome, value, Vec::new())).collect();
    let title = Label::both(
        format!("{}: what the work produces, present value", outcome.name.en),
        format!("{}: verdien av arbeidet, nåverdi", outcome.name.nb.as_ref().unwrap_or(&outcome.name.en)),
    );
    let formula = Label::both(
        "units × wage × full-time share × (1 + rates of the employer's contribution) = wage after tax + income tax + employer's contribution",
        "enheter × lønn × stillingsandel × (1 + satser for arbeidsgiveravgift) = lønn etter skatt + inntektsskatt + arbeidsgiveravgift",
    );
    let explained = Explanation::titled(title).at(&employment.address).by(formula);
    let explained = explained.of(units.into_iter().chain(parts).collect());
    let explained = explained.worth_if(produced(appraisal, outcome), super::measure::money(appraisal));
    let withdrawn = outcome.values.iter().any(|value| part_of(value) == Some(WorkPart::Benefit));
    let noted = withdrawn.then(|| {
        Label::both(
            "benefits that are withdrawn move money between participants and budgets, and are no part of what is produced",
            "ytelser som faller bort, flytter penger mellom deltakere og budsjetter, og er ingen del av det som produseres",
        )
    });
    Explanation { notes: noted.into_iter().collect(), ..explained }
}

/// The present value of what is produced, displaced work deducted.
fn produced(appraisal: &Appraisal, outcome: &Outcome) -> Exact {
    let parts = outcome.values.iter().filter(|value| part_of(value).is_some_and(WorkPart::is_production));
    parts.map(|value| super::flow::present_total(appraisal, &value.address)).sum()
}

fn part_of(value: &OutcomeValue) -> Option<WorkPart> {
    value.portion.as_ref().map(|portion| portion.part)
}

/// The factor of a part in words: ` × full-time share × (1 − rates of income tax)`.
pub(super) fn factor(value: &OutcomeValue) -> (&'static str, &'static str) {
    match part_of(value) {
        None | Some(WorkPart::Benefit) => ("", ""),
        Some(WorkPart::NetWage) => {
            (" × full-time share × (1 − rates of income tax)", " × stillingsandel × (1 − satser for inntektsskatt)")
        }
        Some(WorkPart::IncomeTax | WorkPart::EmployerContribution) => {
            (" × full-time share × rate", " × stillingsandel × sats")
        }
        Some(WorkPart::BenefitTax) => (" × rate", " × sats"),
    }
}

/// The shares of a part, each down to its source.
pub(super) fn shares(appraisal: &Appraisal, value: &OutcomeValue) -> Vec<Explanation> {
    let Some(Portion { part, times, less, .. }) = &value.portion else { return Vec::new() };
    let rate = Label::both("share of it", "andel av den");
    let full_time = Label::both("full-time share", "stillingsandel");
    let titled = |position: usize| match (part.is_production(), position) {
        (true, 0) => full_time.clone(),
        _ => rate.clone(),
    };
    let multiplied = times.iter().enumerate().map(|(position, slot)| (*slot, titled(position)));
    let taken = less.iter().map(|slot| (*slot, Label::both("taken off it", "trekkes fra")));
    multiplied.chain(taken).map(|(slot, title)| assumption::explain(appraisal, slot, title)).collect()
}
