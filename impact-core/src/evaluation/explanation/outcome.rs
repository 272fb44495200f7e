//! Outcomes and their values explained: units, price, shares.

use super::flow::{discounting, index_part, present_value, source_of};
use super::{Explanation, assumption, capacity, employment, growth, quantity, reimbursement};
use crate::evaluation::appraisal::Appraisal;
use crate::model::{Additionality, Answers, Conversion, Outcome, OutcomeValue, OwnShare, Price};
use crate::number::Exact;
use crate::reference::{AttributionScope, Convention, Filters};
use crate::units::{Label, Language};

/// The outcome or value at an address.
pub(super) fn explain(appraisal: &Appraisal, address: &str) -> Option<Explanation> {
    let outcomes = appraisal.model().outcomes();
    if let Some(position) = outcomes.iter().position(|outcome| outcome.address.as_str() == address) {
        let outcome = outcomes.get(position)?;
        let listed = outcome.values.iter().filter(|value| value.portion.is_none());
        let values = listed.map(|value| explain_value(appraisal, outcome, value, Vec::new()));
        let work = outcome.employment.as_ref().map(|work| employment::work(appraisal, outcome, work, None));
        return Some(units(appraisal, position, outcome).of_more(values.chain(work).collect()));
    }
    outcomes.iter().enumerate().find_map(|(position, outcome)| {
        let value = outcome.values.iter().find(|value| value.address.as_str() == address)?;
        Some(explain_value(appraisal, outcome, value, vec![units(appraisal, position, outcome)]))
    })
}

/// The units of an outcome by its id.
pub(super) fn explain_units(appraisal: &Appraisal, id: &str) -> Option<Explanation> {
    let mut outcomes = appraisal.model().outcomes().iter().enumerate();
    outcomes.find(|(_, outcome)| outcome.id == id).map(|(position, outcome)| units(appraisal, position, outcome))
}

impl Explanation {
    pub(super) fn of_more(mut self, more: Vec<Explanation>) -> Self {
        let parts = self.parts.drain(..).chain(more).collect();
        self.of(parts)
    }
}

/// The causal units of an outcome.
fn units(appraisal: &Appraisal, position: usize, outcome: &Outcome) -> Explanation {
    let title = |label: &Label| {
        Label::both(
            format!("{}: causal units", label.en),
            format!("{}: virkninger som skyldes tiltaket", label.nb.as_ref().unwrap_or(&label.en)),
        )
    };
    let formula = units_formula(appraisal.model().convention(), outcome);
    let explained = Explanation::titled(title(&outcome.name)).at(&outcome.address).by(formula);
    let explained = Explanation { source: outcome.evidence.source.clone(), grade: outcome.evidence.grade, ..explained };
    let explained = found_among(explained, outcome);
    let units = appraisal.outcome_units();
    let explained = match units.get(position) {
        Some(units) => {
            let mut explained = explained.worth(units.accrued, units.accrued_unit.to_string());
            if !units.cut_off.is_zero() {
                explained.notes.push(Label::both(
                    format!("{} {} after the last year appraised are left out", units.cut_off, units.accrued_unit),
                    format!("{} {} etter det siste året er utelatt", units.cut_off, units.accrued_unit),
                ));
            }
            explained
        }
        None => explained,
    };
    explained.of(filters(appraisal, outcome))
}

/// Notes how many the quantity was found among.
fn found_among(mut explained: Explanation, outcome: &Outcome) -> Explanation {
    if let Some(Answers { asked, answered }) = outcome.evidence.answers {
        explained.notes.push(match asked {
            Some(asked) => Label::both(
                format!("found among {answered} who answered, of {asked} asked"),
                format!("funnet blant {answered} som svarte, av {asked} spurte"),
            ),
            None => Label::both(
                format!("found among {answered} who answered"),
                format!("funnet blant {answered} som svarte"),
            ),
        });
    }
    explained
}

/// How the units come about, as the convention combines and decays them.
fn units_formula(convention: &Convention, outcome: &Outcome) -> Label {
    let (net, netto) = net_formula(convention.combination.filters, &outcome.additionality);
    let (quantity, left) = quantity::factors(convention, outcome);
    let said = |language, net: &str| match &left {
        Some(left) => format!("{} × {net} × {}", quantity.text(language), left.text(language)),
        None => format!("{} × {net}", quantity.text(language)),
    };
    Label::both(
        format!("the sum over intakes and years of {}", said(Language::English, &net)),
        format!("summen over opptak og år av {}", said(Language::Bokmal, &netto)),
    )
}

/// What the filters leave of a unit, in words.
fn net_formula(filters: Filters, further: &Additionality) -> (String, String) {
    let mut named = vec![("deadweight", "dødvekt"), ("displacement", "fortrengning")];
    named.extend(further.leakage.map(|_| ("leakage", "lekkasje")));
    named.extend(further.substitution.map(|_| ("substitution", "substitusjon")));
    let (en, nb): (Vec<&str>, Vec<&str>) = named.into_iter().unzip();
    let net = |names: &[&str]| match filters {
        Filters::Multiplicative => names.iter().map(|name| format!("(1 − {name})")).collect::<Vec<_>>().join(" × "),
        Filters::Additive => format!("(1 − {})", names.join(" − ")),
    };
    let (factor, faktor) =
        if further.multiplier.is_some() { (" × multiplier", " × multiplikator") } else { ("", "") };
    (format!("{}{factor}", net(&en)), format!("{}{faktor}", net(&nb)))
}

/// The numbers that make up the units.
fn filters(appraisal: &Appraisal, outcome: &Outcome) -> Vec<Explanation> {
    let mut parts = quantity::parts(appraisal, outcome);
    let mut part = |slot, en: &str, nb: &str| parts.push(assumption::explain(appraisal, slot, Label::both(en, nb)));
    if let Some(slot) = outcome.deadweight {
        part(slot, "deadweight", "dødvekt");
    }
    part(outcome.displacement.share, "displacement", "fortrengning");
    let Additionality { leakage, substitution, multiplier } = outcome.additionality;
    let further = [
        (leakage, "leakage", "lekkasje"),
        (substitution, "substitution", "substitusjon"),
        (multiplier, "multiplier", "multiplikator"),
    ];
    for (slot, en, nb) in further {
        slot.into_iter().for_each(|slot| part(slot, en, nb));
    }
    if let Some(slot) = outcome.duration {
        part(slot, "duration in years", "varighet i år");
        part(outcome.drop_off, "drop-off a year", "avtakende effekt per år");
    }
    match outcome.own_share {
        OwnShare::Whole => {}
        OwnShare::Others(slot) => part(slot, "share of the credit due to others", "andres bidrag"),
        OwnShare::Own(slot) => part(slot, "own share of the credit", "eget bidrag"),
    }
    parts
}

pub(super) fn explain_value(
    appraisal: &Appraisal,
    outcome: &Outcome,
    value: &OutcomeValue,
    units: Vec<Explanation>,
) -> Explanation {
    let mut parts = units;
    parts.push(price(appraisal, outcome, value));
    parts.extend(employment::shares(appraisal, value));
    parts.extend(value.growth.and_then(|path| growth::explain(appraisal, path)));
    let mut part = |slot, en: &str, nb: &str| parts.push(assumption::explain(appraisal, slot, Label::both(en, nb)));
    if let Some(destination) = value.destination.and_then(|at| outcome.destinations.get(at)) {
        let id = &destination.id;
        part(destination.share, &format!("share that goes to {id}"), &format!("andel som går til {id}"));
    }
    if let Some(laid) = outcome.evidence.correction {
        parts.push(super::flow::correction(appraisal, laid, "benefits"));
    }
    let mut part = |slot, en: &str, nb: &str| parts.push(assumption::explain(appraisal, slot, Label::both(en, nb)));
    part(value.avoidable, "avoidable share", "unngåelig andel");
    part(value.cashable, "cashable share", "realiserbar andel");
    parts.extend(super::flow::shares(appraisal, &value.address));
    parts.extend(super::market_prices::part(appraisal, &value.address));
    let formula = value_formula(appraisal.model().convention(), outcome, value);
    let explained = present_value(appraisal, &value.address, &value.name).by(formula).of(parts);
    let model = appraisal.model();
    let explained = explained.noted(discounting(appraisal)).noted_all(reimbursement::notes(model, &value.address));
    explained.noted_all(capacity::notes(model, value))
}

fn value_formula(convention: &Convention, outcome: &Outcome, value: &OutcomeValue) -> Label {
    let shared = value.destination.is_some();
    let (destination, destinasjon) =
        if shared { (" × share of the destination", " × andel til destinasjonen") } else { ("", "") };
    let credited =
        outcome.own_share != OwnShare::Whole && convention.combination.attribution == AttributionScope::EveryMeasure;
    let grows = value.growth.is_some();
    let (growth, vekst) = if grows { (" × real growth of the price", " × realvekst i prisen") } else { ("", "") };
    let corrected = outcome.evidence.correction.is_some();
    let (correction, korreksjon) =
        if corrected { (" × (1 − correction)", " × (1 − korreksjon)") } else { ("", "") };
    let (portion, andel) = employment::factor(value);
    let (credit, bidrag) = if credited { (" × own share of the credit", " × eget bidrag") } else { ("", "") };
    Label::both(
        format!(
            "the sum over the years of units × price{portion}{growth}{destination}{correction}{credit} × avoidable share × discount factor"
        ),
        format!(
            "summen over årene av enheter × pris{andel}{vekst}{destinasjon}{korreksjon}{bidrag} × unngåelig andel × diskonteringsfaktor"
        ),
    )
}

/// The price per unit of the outcome, from its source.
fn price(appraisal: &Appraisal, outcome: &Outcome, value: &OutcomeValue) -> Explanation {
    let price = &value.price;
    let model = appraisal.model();
    let mut parts = vec![assumption::explain(appraisal, price.amount, Label::both("unit value", "enhetsverdi"))];
    parts.extend(carrying(appraisal, price));
    let growth = appraisal.assumed_growth(price);
    parts.extend(growth.and_then(|growth| growth_part(appraisal, price, growth)));
    let point = |slot| appraisal.point(slot);
    let amount = point(price.amount);
    match &value.conversion {
        Conversion::Fixed(factor) => {
            let title =
                Label::both("units of the price per unit of the outcome", "prisenheter per enhet av virkningen");
            parts.extend(factor.exact().value().ok().map(|factor| Explanation::titled(title).worth(factor, "")));
        }
        Conversion::MonthsPerRecipient(slot) => {
            let title = Label::both(
                "months a recipient is on the benefit (12 over these)",
                "måneder en mottaker har ytelsen (12 delt på disse)",
            );
            parts.push(assumption::explain(appraisal, *slot, title));
        }
        Conversion::PerUnit(slot) => {
            let title =
                Label::both("units of the price per unit of the outcome", "prisenheter per enhet av virkningen");
            parts.push(assumption::explain(appraisal, *slot, title));
        }
    }
    let title = Label::both("price per unit of the outcome", "pris per enhet av virkningen");
    let formula =
        Label::both("unit value × index × exchange × conversion", "enhetsverdi × indeks × valuta × omregning");
    let factor = value.conversion.factor(point) * growth.unwrap_or(Exact::ONE);
    let explained = Explanation::titled(title).by(formula).of(parts);
    let unit = format!("{} per {} ({} prices)", model.currency(), outcome.accrued_unit(), model.price_year());
    explained.worth_if(amount * price.index.exact() * price.exchange.exact() * factor, unit)
}

/// The index and exchange that carry a price, where they do something.
fn carrying(appraisal: &Appraisal, price: &Price) -> Vec<Explanation> {
    let model = appraisal.model();
    let series = price.index_series.as_deref();
    let mut parts = Vec::new();
    let from = price.index_from.as_deref();
    parts.extend(index_part(appraisal, (from, series), price.price_year, &price.index, price.assumed_years));
    if let (Some(series), Ok(exchange)) = (&price.exchange_series, price.exchange.exact().value()) {
        let title = Label::both(
            format!("exchange {series}, {} per {}, {}", model.currency(), price.currency, model.price_year()),
            format!("valuta {series}, {} per {}, {}", model.currency(), price.currency, model.price_year()),
        );
        parts.push(Explanation { source: source_of(series), ..Explanation::titled(title).worth(exchange, "") });
    }
    parts
}

fn growth_part(appraisal: &Appraisal, price: &Price, growth: Exact) -> Option<Explanation> {
    let years = price.assumed_years;
    let title = Label::both(
        format!("price growth assumed for {years} {}", if years.abs() == 1 { "year" } else { "years" }),
        format!("prisvekst forutsatt i {years} år"),
    );
    let explained = Explanation::titled(title).worth(growth.value().ok()?, "");
    Some(explained.of(super::flow::inflation(appraisal).into_iter().collect()))
}
