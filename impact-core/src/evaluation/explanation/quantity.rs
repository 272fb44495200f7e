//! Quantities explained: the numbers of an intake, and how an effect or a path makes units of them.

use super::{Explanation, assumption};
use crate::evaluation::appraisal::Appraisal;
use crate::evaluation::quantity::change;
use crate::model::{Change, ContrastChange, Direction, Outcome, Path, PopulationEffect, Quantity, Slot};
use crate::number::{Exact, Number};
use crate::reference::{Contrast, Convention, DropOff};
use crate::units::{Label, Language};
use rust_decimal::Decimal;

/// What the units of a year are a product of, beside deadweight and displacement: the quantity, and what is left of it. Of a
/// plain path the two are one.
pub(super) fn factors(convention: &Convention, outcome: &Outcome) -> (Label, Option<Label>) {
    let quantity = match &outcome.quantity {
        Quantity::Number(_)
        | Quantity::Chain(_)
        | Quantity::Effect(PopulationEffect { change: Change::Contrast(_), .. }) => Label::both("quantity", "antall"),
        Quantity::Effect(_) => Label::both("population", "målgruppe"),
        Quantity::Path(_) => return (path_average(outcome), None),
    };
    let left = match (&outcome.quantity, convention.combination.drop_off) {
        (Quantity::Effect(PopulationEffect { change: Change::Path(_), .. }), _) => path_average(outcome),
        (quantity, _) if quantity.years().is_some() => {
            Label::both("the product of (1 − hazard) of the years before", "produktet av (1 − frafall) i årene før")
        }
        (_, DropOff::Geometric) => Label::both("(1 − drop-off)^k", "(1 − avtakende effekt)^k"),
        (_, DropOff::Once) => Label::both("(1 − drop-off)", "(1 − avtakende effekt)"),
        (_, DropOff::Linear) => Label::both("(1 − k × drop-off)", "(1 − k × avtakende effekt)"),
    };
    (quantity, Some(left))
}

fn path_average(outcome: &Outcome) -> Label {
    match (&outcome.quantity, outcome.direction) {
        (Quantity::Effect(_), Direction::Decrease) => {
            Label::both("(− the average of the path in the year)", "(− gjennomsnittet av forløpet i året)")
        }
        _ => Label::both("the average of the path in the year", "gjennomsnittet av forløpet i året"),
    }
}

/// The numbers that make up the quantity of an intake.
pub(super) fn parts(appraisal: &Appraisal, outcome: &Outcome) -> Vec<Explanation> {
    let part = |slot: Slot, en: &str, nb: &str| assumption::explain(appraisal, slot, Label::both(en, nb));
    match &outcome.quantity {
        Quantity::Number(slot) => vec![part(*slot, "quantity of each intake", "antall i hvert opptak")],
        Quantity::Chain(links) => {
            links.iter().map(|slot| part(*slot, "quantity, link of a chain", "antall, ledd i en kjede")).collect()
        }
        Quantity::Path(path) => points(appraisal, path, ("units", "enheter")),
        Quantity::Effect(PopulationEffect { population, change: Change::Path(path) }) => {
            let mut parts = vec![part(*population, "population of each intake", "målgruppe i hvert opptak")];
            parts.extend(points(appraisal, path, ("difference", "forskjell")));
            parts
        }
        Quantity::Effect(PopulationEffect { population, change: Change::Contrast(change) }) => {
            let mut parts = vec![effect(appraisal, outcome, *population, change)];
            let years = (2..).zip(&change.hazard);
            parts.extend(years.map(|(year, slot): (u32, _)| {
                let nb = format!("andel som faller fra ved starten av år {year}");
                part(*slot, &format!("share lost at the start of year {year}"), &nb)
            }));
            parts
        }
    }
}

/// The points of a path.
fn points(appraisal: &Appraisal, path: &Path, (en, nb): (&str, &str)) -> Vec<Explanation> {
    let point = |at: Decimal, slot| {
        let years = if at == Decimal::ONE { "year" } else { "years" };
        let at = written(at);
        let title = Label::both(
            format!("{en} after {} {years}", at.en),
            format!("{nb} etter {} år", at.text(Language::Bokmal)),
        );
        assumption::explain(appraisal, slot, title)
    };
    path.points.iter().map(|one| point(one.at, one.level)).collect()
}

/// A number as both languages write it.
fn written(number: Decimal) -> Label {
    let text = number.normalize().to_string();
    Label::both(text.clone(), text.replace('.', ","))
}

/// The units of an intake by a contrast: the treated rate, less the baseline, times the population.
fn effect(appraisal: &Appraisal, outcome: &Outcome, population: Slot, contrast: &ContrastChange) -> Explanation {
    let part = |slot: Slot, (en, nb): (&str, &str)| assumption::explain(appraisal, slot, Label::both(en, nb));
    let mut parts = vec![part(population, ("population of each intake", "målgruppe i hvert opptak"))];
    parts.extend(contrast.baseline.map(|slot| part(slot, ("rate without the intervention", "andel uten tiltaket"))));
    parts.push(part(contrast.size, contrast_name(contrast.contrast)));
    let baseline = contrast.baseline.map(|slot| appraisal.point(slot));
    let difference = change(contrast.contrast, baseline, appraisal.point(contrast.size));
    let wanted = match outcome.direction {
        Direction::Increase => difference,
        Direction::Decrease => Exact::zero() - difference,
    };
    if let Some(baseline) = baseline {
        let title = Label::both("rate with the intervention", "andel med tiltaket");
        let treated = Explanation::titled(title).by(treated_formula(contrast.contrast));
        parts.push(treated.worth_if((baseline + difference).quantised(), ""));
    }
    let title = Label::both("quantity of each intake", "antall i hvert opptak");
    let people = appraisal.point(population);
    let explained = Explanation::titled(title).by(units_formula(outcome.direction, baseline.is_some())).of(parts);
    let explained = explained.worth_if((people * wanted).quantised(), outcome.unit.to_string());
    let rates = baseline.map(|without| (without, without + difference));
    match substituted(outcome.direction, people, rates.unwrap_or((Exact::ZERO, difference))) {
        Some(note) => explained.noted(note),
        None => explained,
    }
}

/// The formula with its numbers: `100 × (0.2 − 0.124726477024)`.
fn substituted(direction: Direction, people: Exact, (without, with): (Exact, Exact)) -> Option<Label> {
    let number = |value: Exact| value.quantised().value().ok().map(written);
    let (people, without, with) = (number(people)?, number(without)?, number(with)?);
    let (first, second) = match direction {
        Direction::Increase => (with, without),
        Direction::Decrease => (without, with),
    };
    let said = |language| format!("{} × ({} − {})", people.text(language), first.text(language), second.text(language));
    Some(Label::both(said(Language::English), said(Language::Bokmal)))
}

fn contrast_name(contrast: Contrast) -> (&'static str, &'static str) {
    match contrast {
        Contrast::RiskDifference => ("risk difference", "risikodifferanse"),
        Contrast::RiskRatio => ("risk ratio", "relativ risiko"),
        Contrast::OddsRatio => ("odds ratio", "oddsratio"),
        Contrast::RateRatio => ("rate ratio", "rateratio"),
        Contrast::RelativeChange => ("relative change", "relativ endring"),
    }
}

fn units_formula(direction: Direction, of_rates: bool) -> Label {
    let (en, nb) = match (direction, of_rates) {
        (Direction::Increase, true) => {
            ("population × (rate with − rate without)", "målgruppe × (andel med − andel uten)")
        }
        (Direction::Decrease, true) => {
            ("population × (rate without − rate with)", "målgruppe × (andel uten − andel med)")
        }
        (Direction::Increase, false) => ("population × risk difference", "målgruppe × risikodifferanse"),
        (Direction::Decrease, false) => ("population × (− risk difference)", "målgruppe × (− risikodifferanse)"),
    };
    Label::both(en, nb)
}

fn treated_formula(contrast: Contrast) -> Label {
    let (en, nb) = match contrast {
        Contrast::RiskDifference => ("rate without + risk difference", "andel uten + risikodifferanse"),
        Contrast::RiskRatio => ("rate without × risk ratio", "andel uten × relativ risiko"),
        Contrast::RateRatio => ("rate without × rate ratio", "rate uten × rateratio"),
        Contrast::RelativeChange => ("rate without × (1 + relative change)", "andel uten × (1 + relativ endring)"),
        Contrast::OddsRatio => (
            "odds with / (1 + odds with), odds with = odds ratio × rate without / (1 − rate without)",
            "odds med / (1 + odds med), odds med = oddsratio × andel uten / (1 − andel uten)",
        ),
    };
    Label::both(en, nb)
}
