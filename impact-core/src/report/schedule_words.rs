//! Words of what payments follow: their schedules, and what must hold, multiplies and bounds them.
//!
//! One rule: every number is the one that pays, with all its digits; a boundary says whether it belongs to what lies past it.

use crate::model::terms::{Band, Boundary, Corner, Gate, Limits, Outside, Payment, Points, Refunds, Schedule};
use crate::model::{Contract, Slot};
use crate::units::written::Numeral;
use crate::units::{Label, Language};
use rust_decimal::Decimal;

/// What a figure pays, in words.
pub(super) fn schedule(contract: &Contract, schedule: &Schedule) -> Label {
    let number = |slot: &Slot| number(contract, *slot);
    match schedule {
        Schedule::PerUnit(price) => {
            let price = number(price);
            Label::both(format!("{price} for each unit"), format!("{price:#} for hver enhet"))
        }
        Schedule::PerPoint(points) => per_point(contract, *points),
        Schedule::Steps { steps, boundary } => stepped(contract, steps, *boundary),
        Schedule::Line { corners, below, above, boundary } => {
            let label = listed(contract, corners, ("at", "ved"));
            let (first_en, first_nb) = first(*below, *boundary);
            let (last_en, last_nb) = outside(*above);
            Label::both(
                format!("along straight lines: {}; {first_en}; past the last {last_en}", label.en),
                format!("langs rette linjer: {}; {first_nb}; etter det siste {last_nb}", bokmal(&label)),
            )
        }
        Schedule::Bands(bands) => {
            joined((0..).zip(bands).map(|(position, band)| banded(contract, position, band)), "; ")
        }
        Schedule::Share(share) => {
            let part = percent(contract, *share);
            Label::both(format!("{part} % of it, nothing of a loss"), format!("{part:#} % av det, ingenting av et tap"))
        }
        Schedule::Fixed(amount) => {
            let amount = number(amount);
            Label::both(format!("{amount} whatever is observed"), format!("{amount:#} uansett hva som observeres"))
        }
    }
}

fn banded(contract: &Contract, position: usize, band: &Band) -> Label {
    let price = number(contract, band.price);
    match band.up_to.map(|slot| number(contract, slot)) {
        Some(last) if position == 0 => Label::both(
            format!("{price} for each of the first {last}"),
            format!("{price:#} for hver av de første {last:#}"),
        ),
        Some(last) => Label::both(
            format!("{price} for each after those, up to {last} in all"),
            format!("{price:#} for hver etter dem, til {last:#} i alt"),
        ),
        None => Label::both(format!("{price} for each past those"), format!("{price:#} for hver ut over det")),
    }
}

fn per_point(contract: &Contract, points: Points) -> Label {
    let [price, point, from] = [points.price, points.point, points.from].map(|slot| number(contract, slot));
    let (whole, hele) = if points.whole { ("whole ", "hele ") } else { ("", "") };
    Label::both(
        format!("{price} for each {whole}{point}, counted from {from}"),
        format!("{price:#} for hver {hele}{point:#}, regnet fra {from:#}"),
    )
}

fn stepped(contract: &Contract, steps: &[Corner], boundary: Boundary) -> Label {
    let words = match boundary {
        Boundary::Closed => ("from", "fra"),
        Boundary::Open => ("past", "over"),
    };
    let told = listed(contract, steps, words);
    let (several, flere) = match steps {
        [] | [_] => ("", ""),
        _ => ("; the highest that is reached", "; det høyeste som nås"),
    };
    Label::both(
        format!("{}{several}; otherwise nothing", told.en),
        format!("{}{flere}; ellers ingenting", bokmal(&told)),
    )
}

/// Amounts with their figures: `9,600,000 from 0.1`.
fn listed(contract: &Contract, corners: &[Corner], (en, nb): (&str, &str)) -> Label {
    let told = corners.iter().map(|corner| {
        let (amount, at) = (number(contract, corner.amount), number(contract, corner.at));
        Label::both(format!("{amount} {en} {at}"), format!("{amount:#} {nb} {at:#}"))
    });
    joined(told, "; ")
}

/// What is paid below the first corner, or up to it.
fn first(below: Outside, boundary: Boundary) -> (String, String) {
    let (en, nb) = outside(below);
    match boundary {
        Boundary::Closed => (format!("below the first {en}"), format!("under det første {nb}")),
        Boundary::Open => (format!("up to and at the first {en}"), format!("til og med det første {nb}")),
    }
}

fn outside(outside: Outside) -> (&'static str, &'static str) {
    match outside {
        Outside::Nothing => ("nothing", "ingenting"),
        Outside::Flat => ("the same as there", "det samme som der"),
        Outside::Straight => ("on along the nearest line", "videre langs nærmeste linje"),
    }
}

/// What must hold, what multiplies it, and what bounds it, in words; empty where nothing does.
pub(super) fn conditions(contract: &Contract, payment: &Payment) -> Label {
    let gates = payment.gates.iter().map(|gate| required(contract, gate));
    let uplifts = payment.uplift.iter().map(|(group, factor)| {
        let factor = number(contract, *factor);
        Label::both(format!("times {factor} for the group {group}"), format!("ganger {factor:#} for gruppen {group}"))
    });
    joined(gates.chain(uplifts).chain(limits(contract, payment.limits)).chain(owed_back(payment)), "; ")
}

fn required(contract: &Contract, gate: &Gate) -> Label {
    let payments = &contract.terms().payments;
    let of = |at: &usize| payments.get(*at).map_or_else(|| Label::plain(""), |payment| payment.name.clone());
    match gate {
        Gate::Reaches { figure, at, boundary } => {
            let (name, at) = (super::statement::figure(contract, *figure).2, number(contract, *at));
            let (en, nb) = match boundary {
                Boundary::Closed => ("at least", "minst"),
                Boundary::Open => ("more than", "mer enn"),
            };
            Label::both(
                format!("only if {} is {en} {at}", name.en),
                format!("bare hvis {} er {nb} {at:#}", bokmal(&name)),
            )
        }
        Gate::Before { payment, spacing } => {
            let (name, (en, nb)) = (of(payment), earlier(*spacing));
            Label::both(
                format!("only for who achieved {en}: {}", name.en),
                format!("bare for den som {nb} oppnådde: {}", bokmal(&name)),
            )
        }
        Gate::UnlessPaid(payment) => {
            let name = of(payment);
            Label::both(
                format!("only if nothing was paid of: {}", name.en),
                format!("bare hvis ingenting er betalt av: {}", bokmal(&name)),
            )
        }
        Gate::Significant(_) => {
            Label::both("only if the effect is more than chance", "bare hvis effekten er mer enn tilfeldig")
        }
        Gate::People { at_least, .. } => {
            let fewest = number(contract, *at_least);
            Label::both(
                format!("only of at least {fewest} people in each group"),
                format!("bare av minst {fewest:#} personer i hver gruppe"),
            )
        }
    }
}

/// How long before, in words.
fn earlier(days: u32) -> (String, String) {
    match days {
        0 => ("on the same day or before".to_owned(), "samme dag eller før".to_owned()),
        1 => ("on an earlier day".to_owned(), "en tidligere dag".to_owned()),
        _ => (format!("{days} days or more before"), format!("minst {days} dager før")),
    }
}

/// That a result below zero is owed back, where nothing says how far.
fn owed_back(payment: &Payment) -> Option<Label> {
    let endless = payment.refunds == Refunds::Owed && payment.limits.least_each.is_none();
    endless.then(|| Label::both("below zero it is owed back, without end", "under null skal det tilbake, uten grense"))
}

/// The least and the most that is paid, in words.
fn limits(contract: &Contract, limits: Limits) -> impl Iterator<Item = Label> {
    let told = [
        (limits.least_each, "at least", "minst", "each time", "hver gang"),
        (limits.most_each, "at most", "høyst", "each time", "hver gang"),
        (limits.most_person, "at most", "høyst", "for a person", "for en person"),
        (limits.most_year, "at most", "høyst", "in a calendar year", "i et kalenderår"),
        (limits.most_total, "at most", "høyst", "in all", "i alt"),
    ];
    told.into_iter().filter_map(|(slot, bound, grense, of, av)| {
        let amount = number(contract, slot?);
        Some(Label::both(format!("{bound} {amount} {of}"), format!("{grense} {amount:#} {av}")))
    })
}

/// The number of a slot.
pub(super) fn number(contract: &Contract, slot: Slot) -> Numeral {
    Numeral(contract.assumption(slot).map(|number| number.point).unwrap_or_default())
}

/// A share in hundredths.
fn percent(contract: &Contract, slot: Slot) -> Numeral {
    let share = number(contract, slot).0;
    // A share has no more digits than that the point can move by two.
    Numeral(share.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(share).normalize())
}

fn bokmal(label: &Label) -> &str {
    label.text(Language::Bokmal)
}

/// Several as one, in both languages.
fn joined(labels: impl Iterator<Item = Label>, between: &str) -> Label {
    let (mut en, mut nb) = (Vec::new(), Vec::new());
    for label in labels {
        nb.push(bokmal(&label).to_owned());
        en.push(label.en);
    }
    Label::both(en.join(between), nb.join(between))
}
