//! Published cases: the models they describe, and what they printed. Each fixture names its source.

mod common;

use common::{Case, Expected, cases};
use impact_core::analysis::BreakEvenQuestion;
use impact_core::evaluation::Appraisal;
use impact_core::model::{Perspective, Question};
use rust_decimal::Decimal;

fn posted(appraisal: &Appraisal, cause: &str, year: i32, field: &str) -> Decimal {
    let entries = appraisal.ledger().entries();
    let found = entries.filter(|(line, posting)| line.cause.as_str() == cause && posting.year.number() == year);
    let amount = |posting: &impact_core::evaluation::Posting| match field {
        "gross" => posting.gross,
        "amount" => posting.amount,
        "present_value" => posting.present_value,
        other => panic!("no such field in a case: {other}"),
    };
    found.map(|(_, posting)| amount(posting)).sum()
}

fn value(case: &Case, appraisal: &Appraisal, expected: &Expected) -> Decimal {
    if let Some((cause, year, field)) = &expected.posting {
        return posted(appraisal, cause, *year, field);
    }
    let measure = expected.measure.as_ref().unwrap_or_else(|| panic!("{} expects no measure", case.name));
    let question = Question::new(measure.parse().unwrap()).seen_by(Perspective::named(&expected.perspective));
    let question = expected.outcome.iter().fold(question, |question, outcome| question.of_outcome(outcome));
    match &expected.break_even {
        Some(address) => {
            let asked = BreakEvenQuestion::new(address.parse().unwrap(), question);
            let crossings = case.model.break_even(&asked).unwrap().crossings;
            assert_eq!(crossings.len(), 1, "{}: {address} breaks even once", case.name);
            crossings[0].value
        }
        None => appraisal.answer(&question).unwrap().value.unwrap(),
    }
}

fn assert_case(case: &Case) {
    let appraisal = case.model.appraise().unwrap();
    assert!(!case.expected.is_empty(), "{} expects nothing", case.name);
    for expected in &case.expected {
        let value = value(case, &appraisal, expected);
        let error = (value - expected.value).abs();
        assert!(error <= expected.within, "{}: {value} instead of {}", case.name, expected.value);
    }
    for printed in &case.contradicted {
        let value = value(case, &appraisal, printed);
        let error = (value - printed.value).abs();
        assert!(error > printed.within, "{}: {value} is what was printed, and should not be", case.name);
    }
}

#[test]
fn published_sroi_maps_reproduce_to_the_precision_printed() {
    let cases = cases("sroi");
    let contradicted = cases.iter().filter(|case| !case.contradicted.is_empty()).count();
    assert_eq!((cases.len(), contradicted), (12, 2), "every case of the folder is tried");
    cases.iter().for_each(assert_case);
}
