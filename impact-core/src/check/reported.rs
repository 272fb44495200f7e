//! Reported figures: what a publication prints against what its own numbers give.

use super::finding::Found;
use super::rule::{Rule, Severity, Text};
use super::seen::short;
use super::{Family, Subject};
use crate::evaluation::Appraisal;
use crate::model::{Measure, Perspective, Reported};
use crate::units::Language;
use crate::units::written::Numeral;
use rust_decimal::Decimal;

pub(super) const FAMILY: Family = Family {
    title: Text { en: "Reported figures", nb: "Rapporterte tall" },
    subject: Subject::Document,
    rules: &[
        Rule {
            id: "reported-figure-differs",
            severity: Severity::Warning,
            looks_for: Text {
                en: "a figure in `reported` that the document does not give",
                nb: "et tall i `reported` som dokumentet ikke gir",
            },
            why: Text {
                en: "a publication that contradicts its own figures is either printed wrongly or described wrongly",
                nb: "en publikasjon som motsier sine egne tall, er enten trykt feil eller gjengitt feil",
            },
            source: "own recomputation of published SROI cases: two of two teaching examples of one source print a ratio that their figures do not give",
            example: r#"reported = [ { measure = "sroi_ratio", value = 4.2, source = "annual report" } ]

[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
values = [ { id = "wages", value = 300_000, unit = "person-year", kind = "economic", source = "pay slips" } ]
"#,
            find: |appraisal| {
                appraisal.model().reported().iter().filter_map(|claim| differs(appraisal, claim)).collect()
            },
        },
        Rule {
            id: "ratio-of-another-kind",
            severity: Severity::Warning,
            looks_for: Text {
                en: "a reported ratio that the document gives only as the other kind, gross or net, or over the inputs of one payer",
                nb: "en rapportert brøk som dokumentet bare gir som den andre typen, brutto eller netto, eller over én betalers innsats",
            },
            why: Text {
                en: "ratios of different kinds and over different inputs stand side by side in print and cannot be compared",
                nb: "brøker av ulik type og over ulik innsats står side om side på trykk og kan ikke sammenlignes",
            },
            source: "Helping Hand (niaa.gov.au): a ratio of 3 for justice alone fits only the cash of one department; a published 4.25 fits (PV − I) / I where PV / I is 5.25",
            example: r#"reported = [ { measure = "sroi_ratio", value = 6.5, source = "annual report" } ]

[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
values = [ { id = "wages", value = 300_000, unit = "person-year", kind = "economic", source = "pay slips" } ]
"#,
            find: |appraisal| {
                appraisal.model().reported().iter().filter_map(|claim| of_another_kind(appraisal, claim)).collect()
            },
        },
    ],
};

fn differs(appraisal: &Appraisal, claim: &Reported) -> Option<Found> {
    let (question, printed) = (&claim.question, Numeral(claim.value));
    let figure = appraisal.answer(question).ok()?;
    match figure.value {
        Ok(value) => {
            let far = value.checked_sub(claim.value).is_none_or(|gap| gap.abs() > claim.within);
            let value = short(value);
            far.then(|| {
                Found::at(
                    &claim.address,
                    format!("{question} is reported as {printed}, and the document gives {value}: correct what differs, or silence this with what the report leaves out"),
                    format!("`{question}` er rapportert som {printed:#}, og dokumentet gir {value:#}: rett det som avviker, eller slå av denne med det rapporten utelater"),
                )
            })
        }
        Err(absence) => {
            let absent = absence.label();
            let nb = absent.text(Language::Bokmal);
            Some(Found::at(
                &claim.address,
                format!("{question} is reported as {printed}, and the document gives none: {}", absent.en),
                format!("`{question}` er rapportert som {printed:#}, og dokumentet gir ingen: {nb}"),
            ))
        }
    }
}

/// A ratio that fits as another kind: the kind, and for whose inputs.
fn of_another_kind(appraisal: &Appraisal, claim: &Reported) -> Option<Found> {
    let fits = |value: Decimal| value.checked_sub(claim.value).is_some_and(|gap| gap.abs() <= claim.within);
    let asked = |measure: Measure, perspective: &Perspective| {
        appraisal.measure(measure, perspective.clone()).ok().and_then(|figure| figure.value.ok())
    };
    let perspective = &claim.question.perspective;
    let ratio = asked(claim.question.measure, perspective)?;
    let (other, name, navn) = match claim.question.measure {
        Measure::SroiRatio => (
            Measure::SroiNetRatio,
            "a net ratio, (outcomes − inputs) / inputs",
            "en nettobrøk, (virkninger − innsats) / innsats",
        ),
        Measure::SroiNetRatio => {
            (Measure::SroiRatio, "a gross ratio, outcomes / inputs", "en bruttobrøk, virkninger / innsats")
        }
        _ => return None,
    };
    if fits(ratio) {
        return None;
    }
    let question = &claim.question;
    if asked(other, perspective).is_some_and(fits) {
        return Some(Found::at(
            &claim.address,
            format!(
                "{question} is reported as {}, which the document gives as {name}: say which kind it is",
                claim.value
            ),
            format!(
                "`{question}` er rapportert som {}, som dokumentet gir som {navn}: si hvilken type det er",
                claim.value
            ),
        ));
    }
    let over = |payer: &str| {
        let (all, own) = (
            asked(Measure::PresentValueInputs, &Perspective::Society)?,
            asked(Measure::PresentValueInputs, &Perspective::named(payer))?,
        );
        let gross = asked(Measure::SroiRatio, perspective)?.checked_mul(all)?.checked_div(own)?;
        match question.measure {
            Measure::SroiNetRatio => gross.checked_sub(Decimal::ONE),
            _ => Some(gross),
        }
    };
    let payer = appraisal.model().holders().iter().map(|holder| &holder.id).find(|id| over(id).is_some_and(fits))?;
    Some(Found::at(
        &claim.address,
        format!(
            "{question} is reported as {}, which the document gives only over the inputs of `{payer}`: divide by all inputs, or name whose they are",
            claim.value
        ),
        format!(
            "`{question}` er rapportert som {}, som dokumentet bare gir over innsatsen til `{payer}`: del på all innsats, eller si hvem sin den er",
            claim.value
        ),
    ))
}
