//! A model that is linear in normal numbers: npv = 2 a + 3 b + tiny + sure − team, in closed form.
//!
//! a ~ N(20, 2), b ~ N(10, 1), tiny ~ N(1, 0.001), team ~ N(68, 4), sure = 0: npv ~ N(3, √41).
//! A cut at nothing, ten and more standard deviations away, is there only for the reader's sake.

#![allow(dead_code, reason = "each test file that includes this uses a part of it")]

use impact_core::Model;
use impact_core::address::Address;
use impact_core::model::{Measure, Question};
use impact_core::simulation::Progress;
use std::ops::ControlFlow;

pub const TEXT: &str = r#"
impact = 1
name = "Linear in normal numbers (illustrative)"
country = "NO"
currency = "NOK"
price_year = 2024
start = 2024
horizon = 1
conventions = "sroi-practice"
holders = [{ id = "people", kind = "people" }]
costs = [{ id = "team", payer = "people", amount = { truncated = { of = { normal = { mean = 68, sd = 4 } }, low = 0 } }, year = 2024, source = "illustrative" }]
[[outcomes]]
id = "a"
holder = "people"
nature = "event"
quantity = { truncated = { of = { normal = { mean = 20, sd = 2 } }, low = 0 } }
values = [{ id = "v", value = 2, unit = "person", to = "people", kind = "social", source = "illustrative" }]
[[outcomes]]
id = "b"
holder = "people"
nature = "event"
quantity = { truncated = { of = { normal = { mean = 10, sd = 1 } }, low = 0 } }
values = [{ id = "v", value = 3, unit = "person", to = "people", kind = "social", source = "illustrative" }]
[[outcomes]]
id = "tiny"
holder = "people"
nature = "event"
quantity = { truncated = { of = { normal = { mean = 1, sd = 0.001 } }, low = 0 } }
values = [{ id = "v", value = 1, unit = "person", to = "people", kind = "social", source = "illustrative" }]
[[outcomes]]
id = "sure"
holder = "people"
nature = "event"
quantity = 0
values = [{ id = "v", value = 1, unit = "person", to = "people", kind = "social", source = "illustrative" }]
"#;

pub fn linear() -> Model {
    Model::from_toml(TEXT).unwrap()
}

/// The same with a and b moving as one.
pub fn tied() -> Model {
    let block = r#"
[[correlations]]
id = "trial"
together = { "outcomes.a.quantity" = 1, "outcomes.b.quantity" = 1 }
"#;
    Model::from_toml(&format!("{TEXT}{block}")).unwrap()
}

pub fn npv() -> Question {
    Question::new(Measure::Npv)
}

pub fn address(text: &str) -> Address {
    text.parse().unwrap()
}

pub fn on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}
