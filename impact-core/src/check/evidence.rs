//! How much the numbers can carry: weak, without a source, stretched from few to many, or all points.

use super::finding::Found;
use super::rule::{Rule, Severity, Text};
use super::seen::{percent, point, started_from, unsourced, values};
use super::{Family, Subject};
use crate::address::Address;
use crate::evaluation::Appraisal;
use crate::model::{Answers, Assumption, Model, Outcome, Quantity, Slot};
use crate::reference::Grade;
use rust_decimal::Decimal;
use std::collections::{BTreeSet, HashSet};

pub(super) const FAMILY: Family = Family {
    title: Text { en: "What the numbers rest on", nb: "Det tallene bygger på" },
    subject: Subject::Document,
    rules: &[
        Rule {
            id: "weak-evidence",
            severity: Severity::Warning,
            looks_for: Text { en: "numbers of grade C or D", nb: "tall med karakter C eller D" },
            why: Text {
                en: "press, single examples, loose units and contested figures carry little weight",
                nb: "presse, enkelteksempler, løse enheter og omstridte tall bærer lite",
            },
            source: "this library: no figure without a source, and no source stronger than it is",
            example: r#"[[outcomes]]
id = "into-work"
holder = "participants"
quantity = { value = 10, grade = "C", source = "the newspaper" }
"#,
            find: |appraisal| appraisal.model().assumptions().iter().filter_map(weak).collect(),
        },
        Rule {
            id: "outcome-without-evidence",
            severity: Severity::Warning,
            looks_for: Text {
                en: "an outcome whose quantity has no source, no design and no grade",
                nb: "en virkning der antallet verken har kilde, design eller karakter",
            },
            why: Text {
                en: "nobody can retrace how many people changed, or who counted them",
                nb: "ingen kan etterprøve hvor mange som endret seg, eller hvem som telte",
            },
            source: "proxy reviewers and audit trails of public SROI tools (Uellix, Impact Account): each row is linked to an indicator and its evidence",
            example: r#"[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
"#,
            find: |appraisal| {
                let model = appraisal.model();
                model.outcomes().iter().filter(|outcome| unfounded(model, outcome)).map(|outcome| Found::at(
                    &outcome.address,
                    "nothing says how the quantity was found: give `evidence` with its design and source, or the quantity a `source`",
                    "ingenting sier hvordan antallet er funnet: oppgi `evidence` med design og kilde, eller en `source` for antallet",
                )).collect()
            },
        },
        Rule {
            id: "share-without-source",
            severity: Severity::Warning,
            looks_for: Text {
                en: "a share in a chain of quantities that has no source",
                nb: "en andel i en kjede av antall som ikke har kilde",
            },
            why: Text {
                en: "a share found among those who answered is easily stretched to everybody who was helped",
                nb: "en andel funnet blant dem som svarte, strekkes lett til alle som fikk hjelp",
            },
            source: "own reading of public SROI models (language-atlas, ni-sroi.json, `improved`): the share and the number it was measured on are stated",
            example: r#"[[outcomes]]
id = "into-work"
holder = "participants"
quantity = { chain = { supported = 100, improved = 0.83 } }
"#,
            find: |appraisal| {
                let model = appraisal.model();
                shares(model).map(|number| {
                    let share = percent(number.point);
                    Found::at(
                        &number.address,
                        format!("{share} % is taken of all, and nothing says of how many it was measured: give its `source` with the number asked and answering"),
                        format!("{share:#} % brukes på alle, og ingenting sier hvor mange det er målt på: oppgi `source` med antall spurte og svar"),
                    )
                }).collect()
            },
        },
        Rule {
            id: "stretched-from-answers",
            severity: Severity::Warning,
            looks_for: Text {
                en: "a quantity found among those who answered that is used for more people than answered",
                nb: "et antall funnet blant dem som svarte, som brukes på flere mennesker enn som svarte",
            },
            why: Text {
                en: "those who do not answer are often those for whom less changed",
                nb: "de som ikke svarer, er ofte de som mindre endret seg for",
            },
            source: "own reading of public SROI models (language-atlas, ni-sroi.json, `improved`): the share and the number it was measured on are stated",
            example: r#"[[outcomes]]
id = "less-lonely"
holder = "participants"
quantity = { chain = { supported = 100, improved = 0.83 } }
evidence = { design = "survey", source = "own survey", asked = 100, answered = 40 }
"#,
            find: |appraisal| {
                let model = appraisal.model();
                model.outcomes().iter().filter_map(|outcome| stretched(model, outcome)).collect()
            },
        },
        Rule {
            id: "no-source",
            severity: Severity::Note,
            looks_for: Text {
                en: "any other number of the document without a source",
                nb: "alle andre tall i dokumentet uten kilde",
            },
            why: Text {
                en: "a number without a source cannot be checked by anybody but its author",
                nb: "et tall uten kilde kan bare sjekkes av den som skrev det",
            },
            source: "this library: no figure without a source",
            example: r#"[[outcomes]]
id = "into-work"
holder = "participants"
quantity = { value = 10, source = "register" }
deadweight = 0.2
"#,
            find: without_source,
        },
        Rule {
            id: "no-uncertainty",
            severity: Severity::Note,
            looks_for: Text {
                en: "a model in which no number is uncertain and no break-even is asked",
                nb: "en modell der ingen tall er usikre og det ikke spørres om noe nullpunkt",
            },
            why: Text {
                en: "without a range or a break-even nobody can see how far the conclusion carries",
                nb: "uten et spenn eller et nullpunkt ser ingen hvor langt konklusjonen holder",
            },
            source: "383 published SROI reports, read by machine: 53 % show any sensitivity analysis (github.com/jcmunozmora/sroi-meta-analysis, section 06)",
            example: r#"[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
values = [ { id = "wages", value = 300_000, unit = "person-year", kind = "economic", source = "pay slips" } ]
"#,
            find: all_points,
        },
        Rule {
            id: "tied-without-varying",
            severity: Severity::Note,
            looks_for: Text {
                en: "numbers in a correlation that do not vary",
                nb: "tall i en korrelasjon som ikke varierer",
            },
            why: Text {
                en: "a fixed number is tied to nothing, so the correlation does less than it seems to, or nothing",
                nb: "et fast tall er ikke bundet til noe, så korrelasjonen gjør mindre enn det ser ut til, eller ingenting",
            },
            source: "this library: a rank correlation is one of draws, and a fixed number has none",
            example: r#"outcomes = [ { id = "into-work", holder = "participants", quantity = { pert = [5, 10, 15] }, deadweight = 0.2 } ]

[[correlations]]
id = "one-survey"
between = ["outcomes.into-work.quantity", "outcomes.into-work.deadweight"]
rank = -0.4
"#,
            find: tied_without_varying,
        },
    ],
};

fn weak(number: &Assumption) -> Option<Found> {
    let grade = number.grade.filter(|grade| matches!(grade, Grade::C | Grade::D))?;
    Some(Found::at(
        &number.address,
        format!(
            "the evidence behind this number has grade {grade}: find a stronger source, or show the result over its range"
        ),
        format!(
            "grunnlaget for tallet har karakter {grade}: finn en sterkere kilde, eller vis resultatet over et spenn"
        ),
    ))
}

/// The numbers that a quantity is made of, each once.
fn quantity_numbers<'m>(model: &'m Model, outcome: &Outcome) -> impl Iterator<Item = &'m Assumption> + use<'m> {
    let slots: BTreeSet<Slot> = outcome.quantity.slots().into_iter().collect();
    slots.into_iter().filter_map(|slot| model.assumption(slot))
}

fn unfounded(model: &Model, outcome: &Outcome) -> bool {
    let evidence = &outcome.evidence;
    let said =
        evidence.grade.is_some() || evidence.design.is_some() || evidence.source.is_some() || outcome.source.is_some();
    !said && quantity_numbers(model, outcome).all(unsourced)
}

/// A change found among fewer people than it is used for.
fn stretched(model: &Model, outcome: &Outcome) -> Option<Found> {
    let Answers { asked, answered } = outcome.evidence.answers?;
    let people = match &outcome.quantity {
        Quantity::Number(slot) => point(model, *slot),
        _ => started_from(model, outcome)?,
    };
    let (of, av) = match asked {
        Some(asked) => (format!(" of {asked} asked"), format!(", av {asked} spurte")),
        None => Default::default(),
    };
    (outcome.unit.thing() == "person" && people > Decimal::from(answered)).then(|| {
        Found::at(
            &outcome.address.child("quantity"),
            format!("this was found among {answered} who answered{of}, and is used for {people}: count those who answered only, or say why the others are like them and silence this"),
            format!("dette er funnet blant {answered} som svarte{av}, og brukes på {people}: regn bare med dem som svarte, eller si hvorfor de andre er like dem, og slå av denne"),
        )
    })
}

/// Shares in chains that nothing is said of.
fn shares(model: &Model) -> impl Iterator<Item = &Assumption> {
    let chains = model.outcomes().iter().filter(|outcome| matches!(outcome.quantity, Quantity::Chain(_)));
    let numbers = chains.flat_map(|outcome| quantity_numbers(model, outcome));
    let is_share = |number: &&Assumption| number.point > Decimal::ZERO && number.point < Decimal::ONE;
    numbers.filter(is_share).filter(|number| unsourced(number))
}

fn without_source(appraisal: &Appraisal) -> Vec<Found> {
    let model = appraisal.model();
    let unfounded = model.outcomes().iter().filter(|outcome| unfounded(model, outcome));
    let prices = values(model).filter_map(|(_, value)| model.assumption(value.price.amount));
    let elsewhere: HashSet<&Address> = prices
        .chain(unfounded.flat_map(|outcome| quantity_numbers(model, outcome)))
        .chain(shares(model))
        .map(|number| &number.address)
        .collect();
    let numbers = model
        .assumptions()
        .iter()
        .filter(|number| unsourced(number))
        .filter(|number| !elsewhere.contains(&number.address));
    numbers
        .map(|number| {
            Found::at(
                &number.address,
                "the number has no source: give its `source`",
                "tallet har ingen kilde: oppgi `source`",
            )
        })
        .collect()
}

fn tied_without_varying(appraisal: &Appraisal) -> Vec<Found> {
    let model = appraisal.model();
    let fixed = |address: &&Address| {
        let number = model.slot(address).and_then(|slot| model.assumption(slot));
        number.is_some_and(|number| number.distribution.is_none())
    };
    let found = model.correlations().iter().flat_map(|correlation| {
        correlation.members.iter().filter(fixed).map(|number| {
            Found::at(
                &correlation.address,
                format!(
                    "`{number}` does not vary, so it is tied to nothing: give it a distribution, or leave it out here"
                ),
                format!(
                    "`{number}` varierer ikke, så det er ikke bundet til noe: gi det en fordeling, eller utelat det her"
                ),
            )
        })
    });
    found.collect()
}

fn all_points(appraisal: &Appraisal) -> Vec<Found> {
    let model = appraisal.model();
    let uncertain = model.assumptions().iter().any(|number| number.distribution.is_some());
    if uncertain || !model.questions().is_empty() || values(model).next().is_none() {
        return Vec::new();
    }
    vec![Found::at(
        &Address::root().child("questions"),
        "no number has a range and no break-even is asked: give the numbers that matter a range, or ask what they must be with \
         `questions`",
        "ingen tall har et spenn, og det spørres ikke om noe nullpunkt: gi de viktigste tallene et spenn, eller spør hva de må være \
         med `questions`",
    )]
}
