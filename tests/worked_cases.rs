//! Published cases: the models they describe, and what they printed. Each fixture names its source.

mod common;

use common::{Case, cases};
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

fn assert_case(case: &Case) {
    let appraisal = case.model.appraise().unwrap();
    assert!(!case.expected.is_empty(), "{} expects nothing", case.name);
    for expected in &case.expected {
        let value = match (&expected.measure, &expected.posting) {
            (Some(measure), _) => {
                let perspective = Perspective::named(&expected.perspective);
                let question = Question::new(measure.parse().unwrap()).seen_by(perspective);
                appraisal.answer(&question).unwrap().value.unwrap()
            }
            (None, Some((cause, year, field))) => posted(&appraisal, cause, *year, field),
            (None, None) => panic!("{}: expects neither a measure nor a posting", case.name),
        };
        let error = (value - expected.value).abs();
        assert!(error <= expected.within, "{}: {value} instead of {}", case.name, expected.value);
    }
}

#[test]
fn published_sroi_maps_reproduce_to_the_precision_printed() {
    let cases = cases("sroi");
    assert!(cases.len() >= 3);
    cases.iter().for_each(assert_case);
}
