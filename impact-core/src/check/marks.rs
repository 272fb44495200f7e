//! Marks: what was invented, and what was not read at its source. They cannot be silenced.

use super::finding::Found;
use super::rule::{Rule, Severity, Text};
use super::{Family, Subject};
use crate::address::Address;
use crate::evaluation::Appraisal;
use crate::model::{Assumption, Contract, Correlation, Marks, PriceSeries};
use crate::units::Language;

pub(super) const FAMILY: Family = Family {
    title: Text { en: "Marks, always said", nb: "Merker som alltid sies" },
    subject: Subject::Document,
    rules: &[
        Rule {
            id: "illustrative",
            severity: Severity::Warning,
            looks_for: Text { en: "numbers marked `illustrative`", nb: "tall merket `illustrative`" },
            why: Text {
                en: "they were invented to show the working, and every figure that rests on them is an example",
                nb: "de er oppdiktet for å vise regningen, og hvert tall som bygger på dem, er et eksempel",
            },
            source: "this library: no figure without a source, and no source stronger than it is",
            example: r#"[[outcomes]]
id = "into-work"
holder = "participants"
quantity = { value = 10, illustrative = true }
"#,
            find: |appraisal| marked(appraisal, |marks| marks.illustrative, INVENTED),
        },
        Rule {
            id: "unverified",
            severity: Severity::Warning,
            looks_for: Text { en: "numbers marked `unverified`", nb: "tall merket `unverified`" },
            why: Text { en: "nobody has read them at their own source", nb: "ingen har lest dem i sin egen kilde" },
            source: "this library: no figure without a source, and no source stronger than it is",
            example: r#"[[outcomes]]
id = "into-work"
holder = "participants"
quantity = { value = 10, unverified = true, source = "quoted in the press" }
"#,
            find: |appraisal| marked(appraisal, |marks| marks.unverified, UNREAD),
        },
        Rule {
            id: "unverified-convention",
            severity: Severity::Note,
            looks_for: Text {
                en: "parts of the conventions that were not read at their source",
                nb: "deler av konvensjonene som ikke er lest i kilden",
            },
            why: Text {
                en: "a rule known from another's quotation may be quoted wrongly",
                nb: "en regel kjent fra andres sitat kan være sitert feil",
            },
            source: "this library: no figure without a source, and no source stronger than it is",
            example: r#"conventions = "norway-r109-2021"
"#,
            find: conventions,
        },
    ],
};

const INVENTED: (&str, &str) = ("is invented for illustration", "er oppdiktet for illustrasjon");
const UNREAD: (&str, &str) =
    ("was not read at its own source: read it there", "er ikke lest i sin egen kilde: les det der");

/// What the terms of a contract say that was invented.
pub(super) fn invented_terms(contract: &Contract) -> Vec<Found> {
    marked_terms(contract, |marks| marks.illustrative, INVENTED).collect()
}

/// What the terms of a contract say that was not read at its source.
pub(super) fn unread_terms(contract: &Contract) -> Vec<Found> {
    marked_terms(contract, |marks| marks.unverified, UNREAD).collect()
}

fn marked_terms(
    contract: &Contract,
    is: fn(Marks) -> bool,
    said: (&'static str, &'static str),
) -> impl Iterator<Item = Found> {
    contract.assumptions().iter().filter(move |number| is(number.marks)).map(move |number| marked_number(number, said))
}

fn marked_number(number: &Assumption, said: (&str, &str)) -> Found {
    let point = number.point.round_dp(6).normalize();
    Found::at(&number.address, format!("{point} {}", said.0), format!("{point} {}", said.1))
}

fn marked(appraisal: &Appraisal, is: fn(Marks) -> bool, said: (&'static str, &'static str)) -> Vec<Found> {
    let series = |series: &PriceSeries| {
        Found::at(&series.address, format!("the price series {}", said.0), format!("prisserien {}", said.1))
    };
    let correlation = |correlation: &Correlation| {
        Found::at(&correlation.address, format!("the correlation {}", said.0), format!("korrelasjonen {}", said.1))
    };
    let model = appraisal.model();
    let invented = |correlation: &&Correlation| is(Marks { illustrative: correlation.illustrative, unverified: false });
    let correlations = model.correlations().iter().filter(invented).map(correlation);
    let numbers = model.assumptions().iter().filter(|number| is(number.marks));
    // Numbers that a model and its contract share are told once.
    let of_terms = model.contract().into_iter().flat_map(|contract| marked_terms(contract, is, said));
    let of_terms = of_terms.filter(|found| model.slot(&found.address).is_none());
    numbers
        .map(|number| marked_number(number, said))
        .chain(of_terms)
        .chain(model.price_series().iter().filter(|series| is(series.marks)).map(series))
        .chain(correlations)
        .collect()
}

fn conventions(appraisal: &Appraisal) -> Vec<Found> {
    let convention = appraisal.model().convention();
    let top = Address::root().child("conventions");
    let id = &convention.id;
    let found = convention.unverified.iter().map(|mark| {
        Found::at(
            &mark.address.segments().fold(top.clone(), |address, segment| address.child(segment)),
            format!("unverified in {id}: {}", mark.why.en),
            format!("ikke verifisert i {id}: {}", mark.why.text(Language::Bokmal)),
        )
    });
    found.collect()
}
