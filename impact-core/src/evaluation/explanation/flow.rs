//! Costs and transfers explained.

use super::{Explanation, assumption, reimbursement};
use crate::address::Address;
use crate::discount::Band;
use crate::evaluation::appraisal::Appraisal;
use crate::evaluation::flow::bias;
use crate::evaluation::line::Class;
use crate::model::{Carried, Flow, FlowAmount, GradeCorrection, Marks, OptimismBias, PriceBasis, Slot};
use crate::number::{Constant, Exact};
use crate::reference::{Indices, Source};
use crate::units::{Label, Language, PriceYear, Year};
use std::collections::BTreeSet;

/// The cost or transfer at an address.
pub(super) fn explain(appraisal: &Appraisal, address: &str) -> Option<Explanation> {
    let model = appraisal.model();
    if let Some(cost) = model.costs().iter().find(|cost| cost.address.as_str() == address) {
        let explained = present_value(appraisal, &cost.address, &cost.name);
        let explained = Explanation { source: cost.source.clone(), ..explained };
        return Some(
            explain_flow(appraisal, explained, &cost.flow, Laid(cost.optimism_bias, cost.correction))
                .of_more(shares(appraisal, &cost.address))
                .of_more(super::market_prices::part(appraisal, &cost.address).into_iter().collect())
                .noted_all(reimbursement::notes(model, &cost.address)),
        );
    }
    let transfer = model.transfers().iter().find(|transfer| transfer.address.as_str() == address)?;
    let explained = present_value(appraisal, &transfer.address, &transfer.name);
    let explained = Explanation { source: transfer.source.clone(), ..explained };
    Some(
        explain_flow(appraisal, explained, &transfer.flow, Laid(None, None))
            .of_more(shares(appraisal, &transfer.address))
            .noted_all(reimbursement::notes(model, &transfer.address)),
    )
}

/// What is laid on top of a cost: optimism bias, or a correction by grade.
#[derive(Clone, Copy)]
struct Laid(Option<OptimismBias>, Option<GradeCorrection>);

fn explain_flow(appraisal: &Appraisal, explained: Explanation, flow: &Flow, laid: Laid) -> Explanation {
    let Laid(bias, graded) = laid;
    let mut parts = amounts(appraisal, flow);
    if let Some(carried) = &flow.carried {
        parts.extend(carrying(appraisal, carried));
    }
    if flow.basis == PriceBasis::Nominal {
        parts.extend(inflation(appraisal));
    }
    parts.extend(bias.map(|laid| explain_bias(appraisal, laid)));
    parts.extend(graded.map(|laid| correction(appraisal, laid, "costs")));
    let years = Label::both(
        format!("paid each year from {} to {}", flow.first, flow.last),
        format!("betalt hvert år fra {} til {}", flow.first, flow.last),
    );
    let spent = appraisal.model().actuals_to().filter(|_| bias.is_some()).map(|last| {
        Label::both(
            format!("years up to {last} are spent already and carry no optimism bias"),
            format!("år til og med {last} er allerede brukt, uten optimismeskjevhet"),
        )
    });
    let notes = [years].into_iter().chain(spent).chain([discounting(appraisal)]).collect();
    Explanation { notes, ..explained.by(formula(flow, laid)).of(parts) }
}

fn formula(flow: &Flow, laid: Laid) -> Label {
    let index =
        flow.carried.as_ref().is_some_and(|carried| carried.index_series.is_some() || carried.assumed_years != 0);
    let (index, indeks) = if index { (" × index", " × indeks") } else { ("", "") };
    let (bias, tillegg) = match laid {
        Laid(Some(_), _) => (" × (1 + optimism bias)", " × (1 + optimismeskjevhet)"),
        Laid(None, Some(_)) => (" × (1 + correction)", " × (1 + korreksjon)"),
        Laid(None, None) => ("", ""),
    };
    let (level, nivå) = match flow.basis {
        PriceBasis::Nominal => (" / price level of the year", " / prisnivået i året"),
        PriceBasis::Real => ("", ""),
    };
    Label::both(
        format!("the sum over the years of amount{index}{bias}{level} × discount factor"),
        format!("summen over årene av beløp{indeks}{tillegg}{nivå} × diskonteringsfaktor"),
    )
}

/// The amount a year, or that of each year.
fn amounts(appraisal: &Appraisal, flow: &Flow) -> Vec<Explanation> {
    match &flow.amount {
        FlowAmount::Same(slot) => {
            vec![assumption::explain(appraisal, *slot, Label::both("amount a year", "beløp per år"))]
        }
        FlowAmount::Yearly(slots) => {
            let years = (0..).map(|step| flow.first.plus(step));
            let amount = |(year, slot): (Year, &Slot)| {
                let title = Label::both(format!("amount in {year}"), format!("beløp i {year}"));
                assumption::explain(appraisal, *slot, title)
            };
            years.zip(slots).map(amount).collect()
        }
    }
}

/// What carries amounts of another year's prices to the model's, where it does something.
fn carrying(appraisal: &Appraisal, carried: &Carried) -> Vec<Explanation> {
    let series = carried.index_series.as_deref();
    let index = index_part(appraisal, (None, series), carried.price_year, &carried.index, carried.assumed_years);
    let assumed = (carried.assumed_years != 0).then(|| inflation(appraisal)).flatten();
    index.into_iter().chain(assumed).collect()
}

/// The index that carries a price from its year to the model's, where there is one; with the series it starts from, where that is another.
pub(super) fn index_part(
    appraisal: &Appraisal,
    (start, series): (Option<&str>, Option<&str>),
    from: PriceYear,
    index: &Constant,
    assumed_years: i32,
) -> Option<Explanation> {
    let (series, index) = (series?, index.exact().value().ok()?);
    let model = appraisal.model();
    let reach = if assumed_years == 0 { ("", "") } else { (", as far as it goes", ", så langt den rekker") };
    let to = model.price_year();
    let title = match start {
        None => Label::both(
            format!("price index {series}, {from} to {to}{}", reach.0),
            format!("prisindeks {series}, {from} til {to}{}", reach.1),
        ),
        Some(start) => Label::both(
            format!("price index {start} of {from} to {series} of {to}"),
            format!("prisindeks {start} for {from} til {series} for {to}"),
        ),
    };
    let levels = start.map(|start| [level_in(series, to), level_in(start, from)]).into_iter().flatten().flatten();
    let explained = Explanation::titled(title).worth(index, "").of(levels.collect());
    Some(match model.price_series().iter().find(|own| own.id == series) {
        Some(own) => Explanation { source: own.source.clone(), marks: own.marks, ..explained.at(&own.address) },
        None => Explanation { source: source_of(series), ..explained },
    })
}

/// The level of a series in a year: whoever divides the one by the other has the index to the last digit.
fn level_in(series: &str, year: PriceYear) -> Option<Explanation> {
    let series = Indices::embedded().get(series)?;
    let level = series.value(year.0).ok()?;
    let of_year = |language| format!("{}, {year}", series.title().text(language));
    let title = Label::both(of_year(Language::English), of_year(Language::Bokmal));
    Some(Explanation::titled(title).worth(level, ""))
}

/// The source of a series of the library.
pub(super) fn source_of(series: &str) -> Option<Source> {
    Indices::embedded().get(series).map(|series| series.source().clone())
}

/// What is laid on top of a cost, and what it is made of.
fn explain_bias(appraisal: &Appraisal, laid: OptimismBias) -> Explanation {
    let title = Label::both("optimism bias", "optimismeskjevhet");
    let Some(mitigation) = laid.mitigation else {
        return assumption::explain(appraisal, laid.upper_bound, title);
    };
    let part = |slot, en: &str, nb: &str| assumption::explain(appraisal, slot, Label::both(en, nb));
    let parts = vec![
        part(laid.upper_bound, "upper bound", "øvre grense"),
        part(mitigation, "share managed away", "andel som er håndtert"),
    ];
    let formula = Label::both("upper bound × (1 − share managed away)", "øvre grense × (1 − andel som er håndtert)");
    let value = bias(laid, |slot| appraisal.point(slot));
    Explanation::titled(title).by(formula).of(parts).worth_if(value, "share of the amount")
}

/// What the conventions lay on a cost or take off a benefit for weak evidence.
pub(super) fn correction(appraisal: &Appraisal, laid: GradeCorrection, table: &str) -> Explanation {
    let convention = appraisal.model().convention();
    let GradeCorrection { grade, share } = laid;
    let title = Label::both(
        format!("correction for grade {grade}, by {}", convention.id),
        format!("korreksjon for grad {grade}, etter {}", convention.id),
    );
    let unverified = convention.mark(&format!("corrections.{table}.{grade}")).is_some();
    let marks = Marks { illustrative: false, unverified };
    Explanation { marks, ..Explanation::titled(title).worth(share, "share") }
}

/// The shares in which the postings of a cause fall on the members of joint holders.
pub(super) fn shares(appraisal: &Appraisal, address: &Address) -> Vec<Explanation> {
    let lines = appraisal.ledger().lines().iter().filter(|line| line.cause == *address);
    let slots: BTreeSet<Slot> = lines.flat_map(|line| line.shares.iter().copied()).collect();
    let holders = appraisal.model().holders();
    let members = holders.iter().flat_map(|joint| joint.members.iter().map(move |member| (joint, member)));
    let used = members.filter(|(_, member)| slots.contains(&member.share));
    used.filter_map(|(joint, member)| {
        let single = holders.get(member.holder.position())?;
        Some(assumption::explain(appraisal, member.share, single.share_in(joint)))
    })
    .collect()
}

/// The price growth assumed after the last observed level, where the model has one.
pub(super) fn inflation(appraisal: &Appraisal) -> Option<Explanation> {
    let slot = appraisal.model().inflation()?;
    let title = Label::both(
        "price growth a year after the last observed level",
        "prisvekst per år etter siste observerte nivå",
    );
    Some(assumption::explain(appraisal, slot, title))
}

/// The present value of all postings of a cause, as the gaining side sees it (a cost: as paid), displaced ones deducted.
pub(super) fn present_value(appraisal: &Appraisal, address: &Address, name: &Label) -> Explanation {
    let total = present_total(appraisal, address);
    let title = Label::both(
        format!("{}: present value", name.en),
        format!("{}: nåverdi", name.nb.as_ref().unwrap_or(&name.en)),
    );
    Explanation::titled(title).at(address).worth_if(total, super::measure::money(appraisal))
}

/// The sum of those postings.
pub(super) fn present_total(appraisal: &Appraisal, address: &Address) -> Exact {
    let lines = appraisal.ledger().lines().iter().zip(appraisal.totals());
    let own = lines.filter(|(line, _)| line.cause == *address && !line.is_markup());
    let signed = own.map(|(line, total)| match line.class {
        Class::Displaced => Exact::ZERO - total.present_value,
        _ => total.present_value,
    });
    signed.sum()
}

/// How amounts are discounted: the convention, its edition and its rates.
pub(super) fn discounting(appraisal: &Appraisal) -> Label {
    let model = appraisal.model();
    let convention = model.convention();
    let bands = convention.discount.schedule.bands().iter();
    let rates = |word: &str| {
        let rate = |band: &Band| format!("{} {word} {}", band.rate.value().normalize(), band.from_step);
        bands.clone().map(rate).collect::<Vec<_>>().join(", ")
    };
    let (id, edition, year) = (&convention.id, &convention.edition, model.present_value_year());
    let unread = if convention.mark("discount").is_some() || convention.mark("discount.bands.0.rate").is_some() {
        (" (rates unverified)", " (satser ikke verifisert)")
    } else {
        ("", "")
    };
    Label::both(
        format!("discounted to {year} by {id}, edition {edition}: rate {}{}", rates("from step"), unread.0),
        format!("diskontert til {year} etter {id}, utgave {edition}: rente {}{}", rates("fra trinn"), unread.1),
    )
}
