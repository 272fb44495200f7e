//! Reported figures: what a publication prints against what its own numbers give.

use super::Family;
use super::finding::Found;
use super::rule::{Rule, Severity, Text};
use super::seen::short;
use crate::evaluation::Appraisal;
use crate::model::Reported;
use crate::units::Language;

pub(super) const FAMILY: Family = Family {
    title: Text { en: "Reported figures", nb: "Rapporterte tall" },
    rules: &[Rule {
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
        find: |appraisal| appraisal.model().reported().iter().filter_map(|claim| differs(appraisal, claim)).collect(),
    }],
};

fn differs(appraisal: &Appraisal, claim: &Reported) -> Option<Found> {
    let (question, printed) = (&claim.question, claim.value);
    let figure = appraisal.answer(question).ok()?;
    match figure.value {
        Ok(value) => {
            let far = value.checked_sub(printed).is_none_or(|gap| gap.abs() > claim.within);
            let value = short(value);
            far.then(|| {
                Found::at(
                    &claim.address,
                    format!("{question} is reported as {printed}, and the document gives {value}: correct what differs, or silence this with what the report leaves out"),
                    format!("{question} er rapportert som {printed}, og dokumentet gir {value}: rett det som avviker, eller slå av denne med det rapporten utelater"),
                )
            })
        }
        Err(absence) => {
            let absent = absence.label();
            let nb = absent.text(Language::Bokmal);
            Some(Found::at(
                &claim.address,
                format!("{question} is reported as {printed}, and the document gives none: {}", absent.en),
                format!("{question} er rapportert som {printed}, og dokumentet gir ingen: {nb}"),
            ))
        }
    }
}
