//! Who pays and who gains: wrong pockets, transfers with one side, and values of different kinds in one total.

use super::counted_twice::{is_tax_beside_net, is_tax_of_wages};
use super::finding::Found;
use super::rule::{Rule, Severity, Text};
use super::seen::{entry, holder_id, is_public, values};
use super::{Family, Subject};
use crate::address::Address;
use crate::evaluation::{Appraisal, PocketRow};
use crate::model::{Basis, Model, Outcome, OutcomeValue, ValueKind};
use crate::reference::{Domain, TransferCounting};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

pub(super) const FAMILY: Family = Family {
    title: Text { en: "Who pays and who gains", nb: "Hvem som betaler, og hvem som vinner" },
    subject: Subject::Document,
    rules: &[
        Rule {
            id: "wrong-pocket",
            severity: Severity::Warning,
            looks_for: Text {
                en: "a holder that pays more than comes back to it",
                nb: "en budsjettansvarlig som betaler mer enn den får igjen",
            },
            why: Text {
                en: "what pays for society may still not be paid for, if the payer is not the one who gains",
                nb: "det som lønner seg for samfunnet, blir kanskje ikke betalt når den som betaler, ikke er den som vinner",
            },
            source: "this library: a payer that does not gain is shown",
            example: r#"[[outcomes]]
id = "fewer-sentences"
holder = "participants"
unit = "sentence"
nature = "event"
direction = "decrease"
quantity = 10
values = [ { id = "prison", value = 300_000, unit = "sentence", to = "state", kind = "fiscal", source = "unit cost", avoidable = 0.2 } ]
"#,
            find: wrong_pockets,
        },
        Rule {
            id: "mixed-kinds",
            severity: Severity::Warning,
            looks_for: Text {
                en: "fiscal values together with economic or social ones",
                nb: "budsjettvirkninger sammen med økonomiske eller sosiale verdier",
            },
            why: Text {
                en: "money in a budget and wellbeing are not spent alike; a ratio over both hides which is which",
                nb: "penger i et budsjett og livskvalitet brukes ikke likt; én brøk over begge skjuler hva som er hva",
            },
            source: "this library: fiscal, economic and social values are not added silently",
            example: r#"[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
values = [
    { id = "assistance", value = 100_000, unit = "person-year", to = "municipality", from = "participants", kind = "fiscal", source = "accounts" },
    { id = "wellbeing", value = 30_000, unit = "person-year", kind = "social", source = "survey" },
]
"#,
            find: mixed_kinds,
        },
        Rule {
            id: "transfers-counted",
            severity: Severity::Warning,
            looks_for: Text {
                en: "transfers under conventions that count the gaining side only",
                nb: "overføringer under konvensjoner som bare teller den som får",
            },
            why: Text {
                en: "what one gains the other loses: society has gained nothing",
                nb: "det den ene får, taper den andre: samfunnet har ikke vunnet noe",
            },
            source: "welfare economics: a transfer is no gain to society",
            example: r#"conventions = "sroi-practice"

[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
values = [ { id = "assistance", value = 100_000, unit = "person-year", to = "municipality", from = "participants", kind = "fiscal", source = "accounts" } ]
"#,
            find: transfers_counted,
        },
        Rule {
            id: "one-sided-benefit",
            severity: Severity::Warning,
            looks_for: Text {
                en: "a benefit not paid, or a tax received, by a public budget, without `from`",
                nb: "en ytelse som ikke utbetales, eller en skatt som kommer inn, i et offentlig budsjett uten `from`",
            },
            why: Text {
                en: "money that a budget keeps is money that somebody no longer has: without the other side society seems to gain",
                nb: "penger et budsjett beholder, er penger noen andre ikke lenger har: uten den andre siden ser samfunnet ut til å vinne",
            },
            source: "welfare economics: a transfer is no gain to society",
            example: r#"[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
values = [ { id = "assistance", value = 100_000, unit = "person-year", to = "municipality", kind = "fiscal", basis = "income", source = "accounts" } ]
"#,
            find: one_sided,
        },
    ],
};

fn wrong_pockets(appraisal: &Appraisal) -> Vec<Found> {
    let Ok(table) = appraisal.wrong_pocket() else { return Vec::new() };
    let found = |row: &PocketRow| {
        let address = Address::root().child("holders").child(&row.holder);
        let others_gain = table.rows.iter().any(|other| other.holder != row.holder && other.net > Decimal::ZERO);
        let (en, nb) = if others_gain {
            ("others gain what it pays for", "andre vinner det den betaler for")
        } else {
            ("nobody gains as much", "ingen vinner like mye")
        };
        let (holder, pays, returns) = (&row.holder, row.pays.round_dp(0), row.returns.round_dp(0));
        Found::at(
            &address,
            format!("`{holder}` pays {pays} and gets back {returns}: {en}"),
            format!("`{holder}` betaler {pays} og får igjen {returns}: {nb}"),
        )
    };
    table.payers_that_lose().map(found).collect()
}

fn mixed_kinds(appraisal: &Appraisal) -> Vec<Found> {
    let kinds: BTreeSet<ValueKind> = values(appraisal.model()).map(|(_, value)| value.kind).collect();
    if !kinds.contains(&ValueKind::Fiscal) || kinds.len() < 2 {
        return Vec::new();
    }
    vec![Found::at(
        &Address::root().child("outcomes"),
        "fiscal and other values stand in one total: read the budget table beside the ratio",
        "budsjettvirkninger og andre verdier står i samme sum: les budsjettabellen sammen med forholdstallet",
    )]
}

fn transfers_counted(appraisal: &Appraisal) -> Vec<Found> {
    let model = appraisal.model();
    if model.convention().combination.transfers != TransferCounting::GainingHolderOnly {
        return Vec::new();
    }
    let transfers = values(model).filter(|(_, value)| value.from.is_some());
    let found = transfers.map(|(_, value)| {
        Found::at(
            &value.address,
            "a transfer counts as a gain to society: the convention leaves out whoever loses the same",
            "en overføring regnes som gevinst for samfunnet: konvensjonen ser bort fra den som taper det samme",
        )
    });
    found.collect()
}

/// Whether a value is money that a public budget keeps or gets and nobody is said to lose.
pub(super) fn is_one_sided(model: &Model, value: &OutcomeValue) -> bool {
    let benefit = entry(model, value).is_some_and(|entry| entry.domain == Domain::IncomeSupport);
    let income = value.basis == Some(Basis::Income) || (value.basis.is_none() && benefit);
    value.kind == ValueKind::Fiscal && value.from.is_none() && is_public(model, value.to) && income
}

fn one_sided(appraisal: &Appraisal) -> Vec<Found> {
    let model = appraisal.model();
    let elsewhere = |outcome: &Outcome, value: &OutcomeValue| {
        is_tax_of_wages(model, outcome, value) || is_tax_beside_net(model, outcome, value)
    };
    let found = values(model).filter(|(outcome, value)| is_one_sided(model, value) && !elsewhere(outcome, value)).map(
        |(_, value)| {
            let holder = holder_id(model, value.to);
            Found::at(
                &value.address,
                format!("what `{holder}` keeps or gets here somebody no longer has: name them with `from`"),
                format!("det `{holder}` beholder eller får her, er det noen som ikke lenger har: oppgi dem med `from`"),
            )
        },
    );
    found.collect()
}
