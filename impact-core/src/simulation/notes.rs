//! Notes: what to know before reading simulated figures.
//!
//! One rule: whatever the library knows to limit an answer is said with it.

use super::dependence::Repair;
use super::inverse::caveats;
use super::kept::{KEPT_DRAWS, KEPT_NUMBERS};
use super::points::Points;
use super::request::Simulation;
use super::run::Blocks;
use crate::model::{Capacity, Measure, Model};
use crate::units::Label;
use crate::units::written::Numeral;

/// The notes on a simulation of a model.
pub(super) fn notes(model: &Model, simulation: &Simulation, blocks: &Blocks) -> Vec<Label> {
    let uncertain = model.assumptions().iter().filter_map(|number| Some((number, number.distribution.as_ref()?)));
    let mut notes = Vec::new();
    if uncertain.clone().next().is_none() {
        notes.push(Label::both(
            "no number of this model is uncertain: every draw is the same".to_owned(),
            "ingen tall i denne modellen er usikre: alle trekninger er like".to_owned(),
        ));
    }
    for (number, distribution) in uncertain {
        for caveat in caveats(distribution) {
            let address = &number.address;
            notes.push(Label::both(format!("{address}: {caveat}"), format!("{address}: {}", caveat.in_norwegian())));
        }
    }
    let cash = simulation.questions().iter().any(|question| question.measure == Measure::CashableSaving);
    notes.extend((cash && !model.capacities().is_empty()).then(Capacity::at_points));
    notes.extend(blocks.dependence().repairs().iter().map(Repair::label));
    if simulation.points() != Points::Random {
        notes.push(Label::both(
            "the points are spread more evenly than independent draws: standard errors are usually smaller than shown"
                .to_owned(),
            "punktene er jevnere fordelt enn uavhengige trekninger: standardfeilene er som regel mindre enn vist"
                .to_owned(),
        ));
    }
    let without_dimension = blocks.without_dimension();
    if let (Some(first), count) = (without_dimension.first(), without_dimension.len()) {
        notes.push(Label::both(
            format!("{count} addresses from {first} on are past the dimensions of Sobol' points and have Latin points instead"),
            format!("{count} adresser fra {first} og utover ligger utenfor dimensjonene til Sobol'-punktene og har latinske punkter i stedet"),
        ));
    }
    if simulation.draws() == 1 {
        notes.push(Label::both(
            "one draw has no standard error".to_owned(),
            "én trekning har ingen standardfeil".to_owned(),
        ));
    }
    notes.extend(counted(simulation));
    notes
}

/// Where values are only counted, and why.
fn counted(simulation: &Simulation) -> Option<Label> {
    let (draws, measures) = (simulation.draws(), simulation.questions().len());
    if simulation.keeps_draws() {
        return None;
    }
    let (most, kept, drawn) = (Numeral(KEPT_DRAWS.into()), Numeral(KEPT_NUMBERS.into()), Numeral(draws.into()));
    Some(match draws > KEPT_DRAWS {
        true => Label::both(
            format!(
                "past {most} draws values are counted in bins: quantiles are off by at most a thousandth of their value"
            ),
            format!(
                "over {most:#} trekninger telles verdiene i intervaller: kvantilene er høyst en tusendel av sin verdi unna"
            ),
        ),
        false => Label::both(
            format!(
                "{drawn} draws of {measures} measures are more than the {kept} numbers that are kept: values are counted in bins, and quantiles are off by at most a thousandth of their value; ask for fewer measures or draws"
            ),
            format!(
                "{drawn:#} trekninger av {measures} størrelser er mer enn de {kept:#} tallene som beholdes: verdiene telles i intervaller, og kvantilene er høyst en tusendel av sin verdi unna; be om færre størrelser eller trekninger"
            ),
        ),
    })
}
