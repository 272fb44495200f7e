//! Everything that adjusts a quantity at once, by hand: a chain, several intakes, a lag, part of a year, filters, drop-off, growth.
//!
//! One intake: 200 × 0.6 × 0.8 × 0.3 = 28.8 reach work; × (1 − 0.25) × (1 − 0.1) × (1 − 0.05) = 18.468 are due to the programme.
//! It lasts a year and a half, and a fifth is lost after the first year: 18.468, then 18.468 × 0.8 × 0.5 = 7.3872.
//! The price grows by a tenth from 2026. Intakes in 2024 and 2025, a year's lag, nothing discounted:
//!
//! | year | person-years | × 1000 × growth |
//! |---|---|---|
//! | 2025 | 18.468 | 18 468 |
//! | 2026 | 7.3872 + 18.468 = 25.8552 | × 1.1 = 28 440.72 |
//! | 2027 | 7.3872 | × 1.21 = 8 938.512 |
//! | all | 51.7104 | 55 847.232 |

mod common;

use impact_core::Model;
use impact_core::analysis::BreakEvenQuestion;
use impact_core::model::{Measure, Perspective, Question};
use rust_decimal::Decimal;

const TEXT: &str = r#"
impact = 1
name = "All at once"
country = "NO"
currency = "NOK"
price_year = 2024
start = 2024
horizon = 4
conventions = { base = "norway-r109-2021", discount = { bands = [ { from_step = 1, rate = 0 } ] } }
holders = [ { id = "people", kind = "people" } ]
growth = { worth = { points = { 2025 = 0, 2026 = 0.1 } } }
[[outcomes]]
id = "work"
holder = "people"
quantity.chain = { population = 200, engaged = 0.6, retained = 0.8, success = 0.3 }
intakes = [2024, 2025]
lag = 1
duration = 1.5
drop_off = 0.2
deadweight = 0.25
displacement = 0.1
leakage = 0.05
values = [ { id = "worth", value = 1000, unit = "person-year", kind = "social", growth = "worth" } ]
"#;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn outcomes(model: &Model) -> Decimal {
    let appraisal = model.appraise().unwrap();
    appraisal.measure(Measure::PresentValueOutcomes, Perspective::Society).unwrap().value.unwrap().normalize()
}

#[test]
fn every_adjustment_takes_its_turn() {
    let model = Model::from_toml(TEXT).unwrap();
    let appraisal = model.appraise().unwrap();
    let units = &appraisal.outcome_units()[0];
    let by_year: Vec<Decimal> = units.by_year.iter().map(|(_, units)| units.normalize()).collect();
    assert_eq!(by_year, ["0", "18.468", "25.8552", "7.3872"].map(decimal));
    assert_eq!((units.accrued.normalize(), units.cut_off), (decimal("51.7104"), Decimal::ZERO));
    assert_eq!(outcomes(&model), decimal("55847.232"));
}

#[test]
fn every_link_of_a_chain_is_a_number_of_its_own() {
    let model = Model::from_toml(TEXT).unwrap();
    for link in ["population", "engaged", "retained", "success"] {
        let address = format!("outcomes.work.quantity.chain.{link}");
        let slot = model.number_at(&address).unwrap();
        let half = model.assumption(slot).unwrap().point / Decimal::TWO;
        assert_eq!(
            outcomes(&model.with(&address, half).unwrap()),
            decimal("27923.616"),
            "{link}: half of it, half of all"
        );
        let asked = Question::new(Measure::PresentValueOutcomes);
        let asked = BreakEvenQuestion::new(address.parse().unwrap(), asked);
        let question = BreakEvenQuestion { target: decimal("27923.616"), ..asked };
        let answer = model.break_even(&question).unwrap();
        assert_eq!(answer.crossings[0].value.normalize(), half.normalize(), "{link}");
    }
}
