//! What a figure was made of, as a statement tells it: numerator, denominator, comparison, and the effect they come to.
//!
//! One rule: where fewer than five people stand in a count, the count and what could be worked out from it are not told. Of a
//! share that holds for those without the result too (48 of 50 are two without), and a group of fewer than five tells no size.

use super::statement::FEWEST_PEOPLE;
use crate::contract::{Basis, Compared, Line, Part, SoMany};
use crate::model::Contract;
use crate::model::terms::{Effect, Figure, Made, MetricKind, Payment};
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
        let whole = is_share(contract, payment.of);
        let told = |seen: SoMany| every_line || !few(seen, whole);
        let size = |seen: SoMany| Some(seen.of).filter(|of| every_line || !is_few(*of));
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
            figure: Some(part.figure).filter(|_| every_line || !of_few(&part.basis, whole)),
            weight: part.weight,
        };
        let parts: Vec<PartRow> = parts.iter().map(part).collect();
        let words = match (treated, parts.as_slice()) {
            (Some(treated), _) => Some(pair(contract, payment, *treated, compared.as_ref(), |seen| {
                if told(seen) { Told::Whole } else { Told::of_few(seen) }
            })),
            (None, []) => None,
            (None, parts) => Some(pooled(parts)),
        };
        Self {
            of: treated.and_then(size),
            compared_count: baseline.or(group
                .as_ref()
                .map(|(_, seen)| *seen)
                .filter(|seen| told(*seen))
                .map(|seen| seen.count)),
            compared_of: group.as_ref().and_then(|(_, seen)| size(*seen)),
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

/// Whether a figure was made of fewer than five people with a result, or events, somewhere; of shares, or without one.
pub(super) fn of_few(basis: &Basis, share: bool) -> bool {
    let compared = matches!(&basis.compared, Some(Compared::Group { seen, .. }) if few(*seen, share));
    basis.treated.is_some_and(|treated| few(treated, share))
        || compared
        || basis.parts.iter().any(|part| of_few(&part.basis, share))
}

/// Whether a figure rests on shares: those without the result are people too. Of a rate, events may be more than people.
pub(super) fn is_share(contract: &Contract, figure: Figure) -> bool {
    let terms = contract.terms();
    match figure {
        Figure::Metric(at) => terms.metrics.get(at).is_some_and(|metric| metric.kind == MetricKind::Share),
        Figure::Estimate(at) => match terms.estimates.get(at).map(|estimate| &estimate.made) {
            Some(Made::Compared { metric, .. }) => is_share(contract, Figure::Metric(*metric)),
            Some(Made::Pooled { of, .. }) => is_share(contract, *of),
            Some(Made::Mixed { of }) => of.iter().any(|one| is_share(contract, one.what)),
            None => false,
        },
        Figure::Nothing => false,
    }
}

fn few(seen: SoMany, share: bool) -> bool {
    is_few(seen.count) || share && seen.of.checked_sub(seen.count).is_some_and(is_few)
}

pub(super) fn is_few(people: Decimal) -> bool {
    people < Decimal::from(FEWEST_PEOPLE)
}

/// How a count is told.
enum Told {
    Whole,
    /// With fewer than five who have it.
    Few,
    /// With fewer than five who have it not.
    AllButFew,
    /// Of fewer than five in all.
    FewInAll,
}

impl Told {
    fn of_few(seen: SoMany) -> Self {
        match (is_few(seen.of), is_few(seen.count)) {
            (true, _) => Self::FewInAll,
            (false, true) => Self::Few,
            (false, false) => Self::AllButFew,
        }
    }
}

/// `relative effect: 20 of 100 against 35 of 100 (matched)`.
fn pair(
    contract: &Contract,
    payment: &Payment,
    treated: SoMany,
    compared: Option<&Compared>,
    told: impl Fn(SoMany) -> Told,
) -> Label {
    let so_many = |seen: SoMany| {
        let of = Numeral(seen.of);
        match told(seen) {
            Told::Whole => {
                let count = Numeral(seen.count);
                (format!("{count} of {of}"), format!("{count:#} av {of:#}"))
            }
            Told::Few => (format!("fewer than 5 of {of}"), format!("færre enn 5 av {of:#}")),
            Told::AllButFew => (format!("all but fewer than 5 of {of}"), format!("alle unntatt færre enn 5 av {of:#}")),
            Told::FewInAll => ("some of fewer than 5".to_owned(), "noen av færre enn 5".to_owned()),
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
