//! Corrections: one doubt counted twice, where both are allowed and neither is a mistake by itself.
//!
//! What can only be a mistake is refused when the document is read: a grade that corrects a discounted prior, optimism bias
//! with a correction by `confidence`.

use super::finding::Found;
use super::rule::{Rule, Severity, Text};
use super::seen::{text_mentions, varies};
use super::{Family, Subject};
use crate::evaluation::Appraisal;
use crate::model::{Model, Outcome, Quantity, Slot};

pub(super) const FAMILY: Family = Family {
    title: Text { en: "One doubt counted twice", nb: "Samme tvil regnet to ganger" },
    subject: Subject::Document,
    rules: &[
        Rule {
            id: "correction-on-a-range",
            severity: Severity::Warning,
            looks_for: Text {
                en: "optimism bias, or a correction by grade, on an amount or a quantity that has a range already",
                nb: "optimismetillegg, eller korreksjon etter karakter, på et beløp eller antall som alt har et spenn",
            },
            why: Text {
                en: "a range that reaches as far as estimates usually miss allows for it; a correction on top counts the same doubt again",
                nb: "et spenn som rekker så langt som anslag vanligvis bommer, tar høyde for det; en korreksjon oppå regner samme tvil igjen",
            },
            source: "this library: an interval that already includes the correction is not widened (docs/conventions, in which order corrections are made)",
            example: r#"costs = [ { id = "team", payer = "municipality", amount = { pert = [350_000, 400_000, 700_000] }, year = 2024, source = "budget", optimism_bias = 0.4 } ]
"#,
            find: on_ranges,
        },
        Rule {
            id: "prudence-in-the-chain",
            severity: Severity::Warning,
            looks_for: Text {
                en: "a chain of quantities with a link for prudence, where the conventions correct the benefit by grade too",
                nb: "en kjede av antall med et ledd for forsiktighet, der konvensjonene også korrigerer nytten etter karakter",
            },
            why: Text {
                en: "a haircut in the chain and a correction by grade are two deductions for one weakness",
                nb: "et fratrekk i kjeden og en korreksjon etter karakter er to fratrekk for én svakhet",
            },
            source: "this library: one doubt counts once; a quantity discounted before it was written says so with `includes`",
            example: r#"conventions = { base = "sroi-practice", corrections = { by = "evidence-grade", benefits = { C = 0.15 } } }

[[outcomes]]
id = "into-work"
holder = "participants"
quantity = { chain = { supported = 100, into_work = 0.3, prudence = 0.8 } }
evidence = { grade = "C", design = "before-after", source = "register" }
"#,
            find: in_chains,
        },
    ],
};

fn on_ranges(appraisal: &Appraisal) -> Vec<Found> {
    let model = appraisal.model();
    let any = |slots: &[Slot]| slots.iter().any(|slot| varies(model, *slot));
    let laid = model
        .costs()
        .iter()
        .filter(|cost| (cost.optimism_bias.is_some() || cost.correction.is_some()) && any(cost.flow.amount.slots()));
    let costs = laid.map(|cost| {
        Found::at(
            &cost.address,
            "the amount has a range and a correction on top of it: write `optimism_bias = \"included\"` where the range allows for \
             optimism, or silence this with what the range leaves out",
            "beløpet har et spenn og en korreksjon oppå det: skriv `optimism_bias = \"included\"` der spennet tar høyde for optimisme, \
             eller slå av denne med det spennet utelater",
        )
    });
    let corrected = |outcome: &&Outcome| outcome.evidence.correction.is_some() && any(&outcome.quantity.slots());
    let outcomes = model.outcomes().iter().filter(corrected).map(|outcome| {
        Found::at(
            &outcome.address.child("quantity"),
            "the quantity has a range and its benefits a correction by grade: write `includes = \"interval\"` in `evidence` where the \
             range allows for weak evidence, or silence this with what the range leaves out",
            "antallet har et spenn, og nytten korrigeres etter karakter: skriv `includes = \"interval\"` i `evidence` der spennet tar \
             høyde for svakt grunnlag, eller slå av denne med det spennet utelater",
        )
    });
    costs.chain(outcomes).collect()
}

/// What a link of a chain is called that takes something off for prudence.
const PRUDENCE: &[&str] =
    &["pruden", "optimism", "haircut", "caution", "cautious", "realism", "confidence", "forsiktig", "nøktern"];

fn in_chains(appraisal: &Appraisal) -> Vec<Found> {
    let model = appraisal.model();
    let corrected = model.outcomes().iter().filter(|outcome| outcome.evidence.correction.is_some());
    let found = corrected.filter_map(|outcome| prudent(model, outcome)).map(|link| {
        Found::at(
            &link,
            "this link is a deduction for prudence, and the conventions correct the benefit by its grade too: keep one of them",
            "dette leddet er et fratrekk for forsiktighet, og konvensjonene korrigerer også nytten etter karakter: behold ett av dem",
        )
    });
    found.collect()
}

/// The link of a chain that is a deduction for prudence.
fn prudent(model: &Model, outcome: &Outcome) -> Option<crate::address::Address> {
    let Quantity::Chain(_) = outcome.quantity else { return None };
    let chain = outcome.address.child("quantity").child("chain");
    let table = model.document().at(&chain)?.as_table()?;
    let link = table.entries().iter().find(|entry| text_mentions(&entry.key, PRUDENCE))?;
    Some(link.node.address().clone())
}
