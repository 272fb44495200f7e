//! Reimbursements explained: what whoever pays back gains and pays by them, cause by cause, and their limits.

use super::flow::discounting;
use super::{Explanation, assumption};
use crate::address::Address;
use crate::evaluation::appraisal::Appraisal;
use crate::evaluation::line::Line;
use crate::evaluation::view::View;
use crate::model::{Model, Perspective, Reimbursed, Reimbursement, Slot};
use crate::number::Exact;
use crate::units::{Label, Language};

/// The reimbursement at an address.
pub(super) fn explain(appraisal: &Appraisal, address: &str) -> Option<Explanation> {
    let model = appraisal.model();
    let rule = model.reimbursements().iter().find(|rule| rule.address.as_str() == address)?;
    let payer = model.holders().get(rule.from.position())?;
    let view = View::new(model, &Perspective::named(&payer.id)).ok()?;
    let total = |of: Option<&Reimbursed>| {
        let own = |line: &Line| line.cause == rule.address && of.is_none_or(|of| line.of.as_ref() == Some(&of.cause));
        let lines = appraisal.ledger().lines().iter().zip(appraisal.totals()).filter(|(line, _)| own(line));
        lines.map(|(line, total)| view.signed_total(line, total.present_value)).sum::<Exact>()
    };
    let named = |label: &Label, language| label.text(language).to_owned();
    let title = |language| (named(&rule.name, language), named(&payer.name, language));
    let ((en, who), (nb, hvem)) = (title(Language::English), title(Language::Bokmal));
    let title = Label::both(
        format!("{en}: present value of what {who} gains by it less what it pays"),
        format!("{nb}: nåverdi av det {hvem} får av den, fratrukket det den betaler"),
    );
    let money = super::measure::money(appraisal);
    let of_cause = |of: &Reimbursed| {
        let title = Label::both(format!("of `{}`", of.cause), format!("av `{}`", of.cause));
        Explanation::titled(title).at(&of.cause).worth_if(total(Some(of)), money.clone())
    };
    let mut parts: Vec<Explanation> = rule.of.iter().map(of_cause).collect();
    parts.extend(numbers(appraisal, rule));
    let explained = Explanation { source: rule.source.clone(), ..Explanation::titled(title).at(&rule.address) };
    let explained = explained.worth_if(total(None), money.clone()).by(formula(rule)).of(parts);
    Some(explained.noted_all(limits(rule)).noted(discounting(appraisal)))
}

/// The rules by which a cause is paid back, to be read beside it.
pub(super) fn notes(model: &Model, cause: &Address) -> Vec<Label> {
    let rules = model.reimbursements().iter().filter(|rule| rule.of.iter().any(|of| of.cause == *cause));
    let note = |rule: &Reimbursement| {
        let payer = model.holders().get(rule.from.position()).map_or("", |holder| holder.id.as_str());
        Label::both(
            format!("`{payer}` pays back a part of such costs: see `{}`", rule.address),
            format!("`{payer}` refunderer en del av slike kostnader: se `{}`", rule.address),
        )
    };
    rules.map(note).collect()
}

/// The numbers of the rule.
fn numbers(appraisal: &Appraisal, rule: &Reimbursement) -> Vec<Explanation> {
    let part = |slot: Slot, en: &str, nb: &str| assumption::explain(appraisal, slot, Label::both(en, nb));
    let mut parts = vec![part(rule.share, "share paid back", "andel som refunderes")];
    parts.extend(rule.phase_in.iter().map(|(year, slot)| {
        part(*slot, &format!("share paid back in {year}"), &format!("andel som refunderes i {year}"))
    }));
    let limits = [
        (rule.days_a_year, "days a year paid back", "døgn i året som refunderes"),
        (rule.days_used, "days used a year", "døgn i bruk i året"),
        (rule.years_from_start, "years from the start paid back", "år fra start som refunderes"),
    ];
    parts.extend(limits.into_iter().filter_map(|(slot, en, nb)| Some(part(slot?, en, nb))));
    parts
}

fn formula(rule: &Reimbursement) -> Label {
    let dated = rule.is_dated();
    let mut words = vec![("amount", "beløp"), ("share paid back", "andel som refunderes")];
    words.extend(
        rule.years_from_start.map(|_| ("part within the years from the start", "del innenfor årene fra start")),
    );
    words.extend(dated.then_some(("part of the year in force", "del av året regelen gjelder")));
    let (en, nb): (Vec<&str>, Vec<&str>) = words.into_iter().unzip();
    let limit = rule.days_a_year.map_or(("", ""), |_| {
        (", of a year at most days paid back / days used", ", av et år høyst døgn som refunderes / døgn i bruk")
    });
    Label::both(
        format!("the sum over the years of {} × discount factor{}", en.join(" × "), limit.0),
        format!("summen over årene av {} × diskonteringsfaktor{}", nb.join(" × "), limit.1),
    )
}

/// What the rule says in dates and in silence.
fn limits(rule: &Reimbursement) -> Vec<Label> {
    let mut notes = Vec::new();
    if let Some(first) = rule.first_day {
        notes.push(Label::both(format!("in force from {first}"), format!("gjelder fra {first}")));
    }
    if let Some(last) = rule.last_day {
        notes.push(Label::both(format!("in force until {last}"), format!("gjelder til og med {last}")));
    }
    if rule.days_a_year.is_some() && rule.days_used.is_none() {
        notes.push(Label::both("used on every day of 365", "i bruk alle 365 døgn i året"));
    }
    if rule.years_from_start.is_some() {
        notes.push(Label::both(
            "years count from the start of an intake; of a cost or transfer from its first year",
            "årene telles fra starten av et opptak; for en kostnad eller overføring fra det første året",
        ));
    }
    notes
}
