//! What the tests of adjustments share: a model of one line and what can be asked of it.

use impact_core::Model;
use impact_core::analysis::BreakEvenQuestion;
use impact_core::evaluation::Explanation;
use impact_core::model::{Marks, Measure, Question};
use rust_decimal::Decimal;

/// The head of the models, undiscounted, with a holder of each kind that is needed.
pub const HEAD: &str = r#"
impact = 1
name = "Adjusted"
country = "NO"
currency = "NOK"
price_year = 2024
start = 2024
horizon = 3
conventions = { base = "norway-r109-2021", discount = { bands = [ { from_step = 1, rate = 0 } ] } }
holders = [
    { id = "people", kind = "people" },
    { id = "neighbours", kind = "people" },
    { id = "town", kind = "public", level = "municipality" },
    { id = "state", kind = "public", level = "state" },
]
"#;

/// A whole document.
pub fn text(more: &str) -> String {
    format!("{HEAD}{more}")
}

/// A model, its head followed by more.
pub fn model(more: &str) -> Model {
    Model::from_toml(&text(more)).unwrap_or_else(|error| panic!("{error}"))
}

/// What is said of a document that cannot be meant.
pub fn said(more: &str) -> String {
    Model::from_toml(&text(more)).unwrap_err().to_string()
}

/// A decimal.
pub fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A measure for society.
pub fn question(measure: Measure) -> Question {
    Question::new(measure)
}

/// A measure of a model for society.
pub fn value(model: &Model, measure: Measure) -> Decimal {
    model.appraise().unwrap().answer(&question(measure)).unwrap().value.unwrap()
}

/// The amounts of a cause by year.
pub fn amounts(model: &Model, cause: &str) -> Vec<(i32, Decimal)> {
    let appraisal = model.appraise().unwrap();
    let postings = appraisal.ledger().entries().filter(|(line, _)| line.cause.as_str() == cause);
    postings.map(|(_, posting)| (posting.year.number(), posting.amount.normalize())).collect()
}

/// The first part of an explanation that is called so.
pub fn find<'e>(explanation: &'e Explanation, title: &str) -> &'e Explanation {
    fn search<'e>(explanation: &'e Explanation, title: &str) -> Option<&'e Explanation> {
        let here = explanation.title.en.starts_with(title).then_some(explanation);
        here.or_else(|| explanation.parts.iter().find_map(|part| search(part, title)))
    }
    search(explanation, title).unwrap_or_else(|| panic!("nothing is called {title}"))
}

/// The formula in Norwegian.
pub fn nb(explanation: &Explanation) -> &str {
    explanation.formula.as_ref().and_then(|formula| formula.nb.as_deref()).unwrap()
}

/// The marks of a measure.
pub fn marks(model: &Model, measure: Measure) -> Marks {
    model.appraise().unwrap().answer(&question(measure)).unwrap().marks
}

/// The only value of an address that brings a measure to its target.
pub fn break_even(model: &Model, address: &str, measure: Measure, target: &str) -> Decimal {
    let asked = BreakEvenQuestion::new(address.parse().unwrap(), question(measure)).with_target(decimal(target));
    let crossings = model.break_even(&asked).unwrap().crossings;
    assert_eq!(crossings.len(), 1, "{address}");
    crossings[0].value
}
