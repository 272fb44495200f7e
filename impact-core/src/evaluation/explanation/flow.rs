//! Costs and transfers explained.

use super::{Explanation, assumption};
use crate::address::Address;
use crate::discount::Band;
use crate::evaluation::appraisal::Appraisal;
use crate::evaluation::line::Class;
use crate::model::{Flow, PriceBasis, Slot};
use crate::number::Exact;
use crate::reference::Source;
use crate::units::{Label, Language};
use std::collections::BTreeSet;

/// The cost or transfer at an address.
pub(super) fn explain(appraisal: &Appraisal, address: &str) -> Option<Explanation> {
    let model = appraisal.model();
    let costs = model.costs().iter().map(|cost| (&cost.address, &cost.name, &cost.flow, &cost.source));
    let transfers =
        model.transfers().iter().map(|transfer| (&transfer.address, &transfer.name, &transfer.flow, &transfer.source));
    let (address, name, flow, source) = costs.chain(transfers).find(|(known, ..)| known.as_str() == address)?;
    Some(explain_flow(appraisal, address, name, flow, source.as_ref()))
}

fn explain_flow(
    appraisal: &Appraisal,
    address: &Address,
    name: &Label,
    flow: &Flow,
    source: Option<&Source>,
) -> Explanation {
    let amount = Label::both("amount a year", "beløp per år");
    let nominal = flow.basis == PriceBasis::Nominal;
    let formula = if nominal {
        Label::both(
            "the sum over the years of amount / price level of the year × discount factor",
            "summen over årene av beløp / prisnivået i året × diskonteringsfaktor",
        )
    } else {
        Label::both(
            "the sum over the years of amount × discount factor",
            "summen over årene av beløp × diskonteringsfaktor",
        )
    };
    let years = Label::both(
        format!("paid each year from {} to {}", flow.first, flow.last),
        format!("betalt hvert år fra {} til {}", flow.first, flow.last),
    );
    let mut parts = vec![assumption::explain(appraisal, flow.amount, amount)];
    if nominal {
        parts.extend(inflation(appraisal));
    }
    parts.extend(shares(appraisal, address));
    let explained = present_value(appraisal, address, name).by(formula).of(parts);
    Explanation { source: source.cloned(), notes: vec![years, discounting(appraisal)], ..explained }
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
        let named = |language| (single.name.text(language), joint.name.text(language));
        let ((en, whole), (nb, hele)) = (named(Language::English), named(Language::Bokmal));
        let title = Label::both(format!("share of {en} in {whole}"), format!("andel for {nb} i {hele}"));
        Some(assumption::explain(appraisal, member.share, title))
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
    let lines = appraisal.ledger().lines().iter().zip(appraisal.totals());
    let total: Exact = lines
        .filter(|(line, _)| line.cause == *address)
        .map(|(line, total)| match line.class {
            Class::Displaced => Exact::ZERO - total.present_value,
            _ => total.present_value,
        })
        .sum();
    let title = Label::both(
        format!("{}: present value", name.en),
        format!("{}: nåverdi", name.nb.as_ref().unwrap_or(&name.en)),
    );
    Explanation::titled(title).at(address).worth_if(total, super::measure::money(appraisal))
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
