//! Published cases: reading them, and trying what they printed.

use super::fixtures;
use impact_core::Model;
use impact_core::analysis::BreakEvenQuestion;
use impact_core::document::{Node, Value};
use impact_core::evaluation::Appraisal;
use impact_core::model::{Perspective, Question};
use rust_decimal::Decimal;
use std::fs;
use std::path::Path;

/// A published case: a model and what its source printed.
pub struct Case {
    /// The file.
    pub name: String,
    /// The model it describes.
    pub model: Model,
    /// What it printed.
    pub expected: Vec<Expected>,
    /// What it printed against its own figures: the library must not reproduce it.
    pub contradicted: Vec<Expected>,
}

/// One printed figure.
pub struct Expected {
    /// Other values put at some addresses first.
    pub with: Vec<(String, Value)>,
    /// A measure of the model.
    pub measure: Option<String>,
    /// Whose.
    pub perspective: String,
    /// Of which outcome.
    pub outcome: Option<String>,
    /// The address solved for, where the figure is a break-even value.
    pub break_even: Option<String>,
    /// What the measure must reach there.
    pub target: Decimal,
    /// Cause, year and field of a posting.
    pub posting: Option<(String, i32, String)>,
    /// The figure.
    pub value: Decimal,
    /// Half the last digit printed.
    pub within: Decimal,
}

/// The cases of a folder below `fixtures/cases`, by name.
pub fn cases(folder: &str) -> Vec<Case> {
    let mut files: Vec<_> =
        fs::read_dir(fixtures().join("cases").join(folder)).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    files.iter().map(|path| case(path)).collect()
}

fn case(path: &Path) -> Case {
    let name = path.display().to_string();
    let node = Node::from_toml(&fs::read_to_string(path).unwrap()).unwrap_or_else(|error| panic!("{name}: {error}"));
    let table = node.as_table().unwrap();
    let model = table.get("model").unwrap().value.clone();
    let model = Node::new(impact_core::address::Address::root(), model);
    let model = Model::from_node(model).unwrap_or_else(|error| panic!("{name}: {error}"));
    let printed = |key: &str| {
        let list = table.get(key).and_then(Node::as_list).unwrap_or_default();
        list.iter().map(expected).collect()
    };
    Case { name, model, expected: printed("expected"), contradicted: printed("contradicted") }
}

fn expected(node: &Node) -> Expected {
    let field = |key: &str| node.as_table().and_then(|table| table.get(key));
    let text = |key: &str| field(key).and_then(Node::as_text).map(str::to_owned);
    let number = |key: &str| field(key).and_then(Node::as_number).map(|number| number.value());
    let posting = text("cause").map(|cause| {
        let year = number("year").unwrap().try_into().unwrap();
        (cause, year, text("field").unwrap())
    });
    let with = field("with").and_then(Node::as_table).map(|table| table.entries()).unwrap_or_default();
    Expected {
        with: with.iter().map(|entry| (entry.key.clone(), entry.node.value.clone())).collect(),
        target: number("target").unwrap_or_default(),
        measure: text("measure"),
        perspective: text("perspective").unwrap_or_else(|| "society".to_owned()),
        posting,
        outcome: text("outcome"),
        break_even: text("break_even"),
        value: number("value").or_else(|| number("printed")).unwrap(),
        within: number("within").unwrap(),
    }
}

fn posted(appraisal: &Appraisal, cause: &str, year: i32, field: &str) -> Decimal {
    if field == "growth" {
        let amount = |year| posted(appraisal, cause, year, "amount");
        return amount(year) / amount(year - 1) - Decimal::ONE;
    }
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

/// The library's answer to what a case printed: a posting, a break-even value or a measure.
fn value(case: &Case, expected: &Expected) -> Decimal {
    let model = case.model.with_all(expected.with.iter().cloned());
    let model = model.unwrap_or_else(|error| panic!("{}: {error}", case.name));
    let appraisal = &model.appraise().unwrap();
    if let Some((cause, year, field)) = &expected.posting {
        return posted(appraisal, cause, *year, field);
    }
    let measure = expected.measure.as_ref().unwrap_or_else(|| panic!("{} expects no measure", case.name));
    let question = Question::new(measure.parse().unwrap()).seen_by(Perspective::named(&expected.perspective));
    let question = expected.outcome.iter().fold(question, |question, outcome| question.of_outcome(outcome));
    match &expected.break_even {
        Some(address) => {
            let asked = BreakEvenQuestion::new(address.parse().unwrap(), question).with_target(expected.target);
            let crossings = model.break_even(&asked).unwrap().crossings;
            assert_eq!(crossings.len(), 1, "{}: {address} breaks even once", case.name);
            crossings[0].value
        }
        None => appraisal.answer(&question).unwrap().value.unwrap(),
    }
}

/// That the library gives what a case printed, and not what it printed against its own figures.
pub fn assert_case(case: &Case) {
    assert!(!case.expected.is_empty(), "{} expects nothing", case.name);
    for expected in &case.expected {
        let value = value(case, expected);
        let error = (value - expected.value).abs();
        assert!(error <= expected.within, "{}: {value} instead of {}", case.name, expected.value);
    }
    for printed in &case.contradicted {
        let value = value(case, printed);
        let error = (value - printed.value).abs();
        assert!(error > printed.within, "{}: {value} is what was printed, and should not be", case.name);
    }
}
