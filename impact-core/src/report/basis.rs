//! What a figure was made of, as a statement tells it: numerator, denominator, comparison, and the effect they come to.
//!
//! One rule: where fewer than five people stand in a count, the count and what could be worked out from it are not told.

use super::statement::FEWEST_PEOPLE;
use crate::contract::{Basis, Compared, Line, Part, SoMany};
use crate::model::Contract;
use crate::model::terms::{Effect, Figure, Made, Payment};
use crate::units::written::{self, Numeral};
use crate::units::{Label, Language};
use rust_decimal::Decimal;

/// Decimals of a figure in words.
const DECIMALS: u32 = 4;

/// What a figure was made of.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct BasisRow {
    /// Of how many people, among those treated.
    pub of: Option<Decimal>,
    /// The group compared with; none where the baseline is fixed, or nothing is compared.
    pub compared_with: Option<String>,
    /// How many of them have it, or their events; of a fixed baseline, that number per person.
    pub compared_count: Option<Decimal>,
    /// Of how many people; none of a fixed baseline.
    pub compared_of: Option<Decimal>,
    /// The figures that were pooled or mixed.
    pub parts: Vec<PartRow>,
    /// All of it in words.
    #[serde(rename = "basis")]
    pub told: Option<Label>,
}

/// A figure in a pool or a mix.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct PartRow {
    /// The cohort, or the id of the figure.
    pub what: String,
    /// What it is called.
    pub name: Label,
    /// The figure; none of so few people that it is not told.
    pub figure: Option<Decimal>,
    /// Its weight.
    pub weight: Decimal,
}

impl BasisRow {
    /// What a line's figure was made of; with `every_line`, also of few people.
    pub(super) fn of(contract: &Contract, payment: &Payment, line: &Line, every_line: bool) -> Self {
        let told = |count: Decimal| every_line || !few(count);
        let Basis { treated, compared, parts } = &line.basis;
        let group = match compared {
            Some(Compared::Group { group, seen }) => Some((group.clone(), *seen)),
            _ => None,
        };
        let baseline = match compared {
            Some(Compared::Fixed(baseline)) => Some(*baseline),
            _ => None,
        };
        let part = |part: &Part| PartRow {
            what: part.what.clone(),
            name: name(contract, &part.what),
            figure: Some(part.figure).filter(|_| every_line || !of_few(&part.basis)),
            weight: part.weight,
        };
        let parts: Vec<PartRow> = parts.iter().map(part).collect();
        let words = match (treated, parts.as_slice()) {
            (Some(treated), _) => Some(pair(contract, payment, *treated, compared.as_ref(), told)),
            (None, []) => None,
            (None, parts) => Some(pooled(parts)),
        };
        Self {
            of: treated.map(|treated| treated.of),
            compared_count: baseline.or(group.as_ref().map(|(_, seen)| seen.count).filter(|count| told(*count))),
            compared_of: group.as_ref().map(|(_, seen)| seen.of),
            compared_with: group.map(|(group, _)| group),
            parts,
            told: words,
        }
    }
}

/// What a cohort, an estimate or a metric is called.
fn name(contract: &Contract, what: &str) -> Label {
    let terms = contract.terms();
    let cohort = terms.cohort(what).map(|cohort| &cohort.name);
    let estimate = || terms.estimates.iter().find(|estimate| estimate.id == what).map(|estimate| &estimate.name);
    let metric = || terms.metrics.iter().find(|metric| metric.id == what).map(|metric| &metric.name);
    cohort.or_else(estimate).or_else(metric).cloned().unwrap_or_else(|| Label::plain(what))
}

/// Whether a figure was made of fewer than five people with a result, or events, somewhere.
pub(super) fn of_few(basis: &Basis) -> bool {
    let compared = matches!(&basis.compared, Some(Compared::Group { seen, .. }) if few(seen.count));
    basis.treated.is_some_and(|treated| few(treated.count))
        || compared
        || basis.parts.iter().any(|part| of_few(&part.basis))
}

fn few(count: Decimal) -> bool {
    count < Decimal::from(FEWEST_PEOPLE)
}

/// `relative effect: 20 of 100 against 35 of 100 (matched)`.
fn pair(
    contract: &Contract,
    payment: &Payment,
    treated: SoMany,
    compared: Option<&Compared>,
    told: impl Fn(Decimal) -> bool,
) -> Label {
    let so_many = |seen: SoMany| {
        let of = Numeral(seen.of);
        match told(seen.count) {
            true => {
                let count = Numeral(seen.count);
                (format!("{count} of {of}"), format!("{count:#} av {of:#}"))
            }
            false => (format!("fewer than 5 of {of}"), format!("færre enn 5 av {of:#}")),
        }
    };
    let (en, nb) = so_many(treated);
    let (en, nb) = match compared {
        None => (en, nb),
        Some(Compared::Fixed(baseline)) => {
            let baseline = Numeral(*baseline);
            (format!("{en} against {baseline} per person (fixed)"), format!("{nb} mot {baseline:#} per person (fast)"))
        }
        Some(Compared::Group { group, seen }) => {
            let (en_seen, nb_seen) = so_many(*seen);
            (format!("{en} against {en_seen} ({group})"), format!("{nb} mot {nb_seen} ({group})"))
        }
    };
    match effect(contract, payment.of) {
        None => Label::both(en, nb),
        Some((en_effect, nb_effect)) => Label::both(format!("{en_effect}: {en}"), format!("{nb_effect}: {nb}")),
    }
}

fn effect(contract: &Contract, figure: Figure) -> Option<(&'static str, &'static str)> {
    let Figure::Estimate(at) = figure else { return None };
    match contract.terms().estimates.get(at)?.made {
        Made::Compared { effect: Effect::Relative, .. } => Some(("relative effect", "relativ effekt")),
        Made::Compared { effect: Effect::Absolute, .. } => Some(("absolute effect", "absolutt effekt")),
        Made::Compared { effect: Effect::Avoided, .. } => Some(("avoided", "unngått")),
        _ => None,
    }
}

/// `weighted mean: 0.0839 (cohort-1, weight 1); 0.0974 (cohort-2, weight 1)`.
fn pooled(parts: &[PartRow]) -> Label {
    let one = |part: &PartRow, language: Language| {
        let number = |number: Decimal| written::rounded(number, DECIMALS, language);
        let (untold, weight) = match language {
            Language::English => ("not told", "weight"),
            Language::Bokmal => ("ikke vist", "vekt"),
        };
        let figure = part.figure.map_or_else(|| untold.to_owned(), number);
        format!("{figure} ({}, {weight} {})", part.name.text(language), number(part.weight))
    };
    let all = |language| parts.iter().map(|part| one(part, language)).collect::<Vec<_>>().join("; ");
    Label::both(
        format!("weighted mean: {}", all(Language::English)),
        format!("vektet gjennomsnitt: {}", all(Language::Bokmal)),
    )
}
