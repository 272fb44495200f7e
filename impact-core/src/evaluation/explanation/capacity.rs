//! Capacities explained: the places freed each year, the steps they make, and what that does to the values.

use super::{Explanation, assumption};
use crate::address::Address;
use crate::evaluation::appraisal::Appraisal;
use crate::evaluation::capacities::CapacityRow;
use crate::model::{Model, OutcomeValue};
use crate::units::{Label, Language};

/// The capacity at an address.
pub(super) fn explain(appraisal: &Appraisal, address: &str) -> Option<Explanation> {
    let model = appraisal.model();
    let position = model.capacities().iter().position(|capacity| capacity.address.as_str() == address)?;
    let capacity = model.capacities().get(position)?;
    let (en, nb) = (capacity.name.text(Language::English), capacity.name.text(Language::Bokmal));
    let title = Label::both(
        format!("{en}: places closed in whole steps, over the years appraised"),
        format!("{nb}: plasser lagt ned i hele trinn, over årene som vurderes"),
    );
    let formula = Label::both(
        "the sum over the years of whole steps in the places freed / places per step, × places per step",
        "summen over årene av hele trinn i frigjorte plasser / plasser per trinn, × plasser per trinn",
    );
    let label = Label::both("places per step", "plasser per trinn");
    let mut parts = vec![assumption::explain(appraisal, capacity.places_per_step, label)];
    let rows = appraisal.capacities().unwrap_or_default();
    parts.extend(rows.iter().filter(|row| row.capacity == capacity.id && !row.freed.is_zero()).map(of_year));
    let explained = Explanation { source: capacity.source.clone(), ..Explanation::titled(title).at(&capacity.address) };
    let explained = explained.worth_if(appraisal.released_places(position), "places").by(formula).of(parts);
    let listed = capacity.values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ");
    let mut notes =
        vec![Label::both(format!("places are freed by {listed}"), format!("plasser frigjøres av {listed}"))];
    notes.extend(capacity.cashable_from.map(|year| from(&year.to_string())));
    notes.extend(at_points(model));
    Some(explained.noted_all(notes))
}

fn of_year(row: &CapacityRow) -> Explanation {
    let (year, freed, steps) = (row.year, row.freed.round_dp(6).normalize(), row.steps);
    let title = Label::both(
        format!("closed in {year} (places freed: {freed}, whole steps: {steps})"),
        format!("lagt ned i {year} (frigjorte plasser: {freed}, hele trinn: {steps})"),
    );
    Explanation::titled(title).worth(row.released, "places")
}

/// What decides when a value releases money, to be read beside it.
pub(super) fn notes(model: &Model, value: &OutcomeValue) -> Vec<Label> {
    let capacity = model.capacities().iter().find(|capacity| capacity.values.contains(&value.address));
    let steps = capacity.map(|capacity| stepwise(&capacity.address));
    value.cashable_from.map(|year| from(&year.to_string())).into_iter().chain(steps).collect()
}

fn from(year: &str) -> Label {
    Label::both(format!("releases money from {year} on"), format!("frigjør penger fra og med {year}"))
}

fn stepwise(capacity: &Address) -> Label {
    Label::both(
        format!("releases money only in whole steps: see `{capacity}`"),
        format!("frigjør penger bare i hele trinn: se `{capacity}`"),
    )
}

/// That steps at point values are not the expected ones, where a number of the model is uncertain.
pub(super) fn at_points(model: &Model) -> Option<Label> {
    let uncertain = model.assumptions().iter().any(|number| number.distribution.is_some());
    uncertain.then(crate::model::Capacity::at_points)
}
