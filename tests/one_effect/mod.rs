//! A model of one outcome, to be given effects and paths.
#![allow(dead_code, reason = "each test file uses its own part of this one")]

use impact_core::Model;
use impact_core::evaluation::OutcomeUnits;
use impact_core::model::Assumption;
use rust_decimal::Decimal;

/// A model of one outcome, whose quantity and further lines are put in.
const ONE: &str = r#"
impact = 1
name = "one effect"
country = "NO"
currency = "NOK"
price_year = 2024
start = 2024
conventions = { base = "sroi-practice", discount = { bands = [{ from_step = 1, rate = 0 }] } }
holders = [{ id = "people", kind = "people", size = 150 }, { id = "state", kind = "public", level = "state" }]
costs = [{ id = "work", payer = "state", amount = 1_000_000, year = 2024, source = "by hand" }]
[[outcomes]]
id = "change"
holder = "people"
LINES
quantity = QUANTITY
values = [{ id = "worth", value = 50_000, unit = "UNIT", kind = "social", source = "by hand" }]
"#;

/// A decimal.
pub fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// The document.
pub fn text(lines: &str, quantity: &str) -> String {
    let event = lines.contains("event");
    let thing = if lines.contains("incident") { "incident" } else { "person" };
    let unit = if event { thing.to_owned() } else { format!("{thing}-year") };
    ONE.replace("LINES", lines).replace("QUANTITY", quantity).replace("UNIT", &unit)
}

/// The model.
pub fn read(lines: &str, quantity: &str) -> Model {
    let document = text(lines, quantity);
    Model::from_toml(&document).unwrap_or_else(|error| panic!("{error}\n{document}"))
}

/// What is said of it, each problem at its address.
pub fn refused(lines: &str, quantity: &str) -> String {
    let error = Model::from_toml(&text(lines, quantity)).unwrap_err();
    let said = error.problems().iter().map(|problem| format!("{}: {}", problem.place.address, problem.fault));
    said.collect::<Vec<_>>().join("\n")
}

/// The units of the outcome.
pub fn units(model: &Model) -> OutcomeUnits {
    model.appraise().unwrap().outcome_units()[0].clone()
}

/// The units that start.
pub fn started(lines: &str, quantity: &str) -> Decimal {
    units(&read(lines, quantity)).started
}

/// The units of each year.
pub fn by_year(model: &Model) -> Vec<String> {
    units(model).by_year.iter().map(|(_, units)| units.to_string()).collect()
}

/// The number at an address.
pub fn at<'m>(model: &'m Model, address: &str) -> &'m Assumption {
    model.assumption(model.number_at(address).unwrap()).unwrap()
}

/// Less is wanted of what happens once.
pub const LESS: &str = "direction = \"decrease\"\nnature = \"event\"";
/// The same, counted in incidents.
pub const FEWER: &str = "direction = \"decrease\"\nnature = \"event\"\nunit = \"incident\"";
