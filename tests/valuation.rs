//! Valuation rules one by one, on models small enough to work out by hand; each answer is worked out beside it.

use impact_core::Model;
use impact_core::evaluation::{Appraisal, PriceLevel};
use impact_core::model::{Measure, Perspective};
use rust_decimal::Decimal;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A model of people `p`, neighbours `n`, a municipality `m` and a state `s`, from 2020, with some parts of its own.
fn model(parts: &str) -> Model {
    let head = r#"
impact = 1
name = "by hand"
country = "NO"
currency = "NOK"
price_year = 2020
start = 2020
"#;
    let holders = r#"
[[holders]]
id = "p"
kind = "people"
[[holders]]
id = "n"
kind = "people"
[[holders]]
id = "m"
kind = "public"
level = "municipality"
[[holders]]
id = "s"
kind = "public"
level = "state"
"#;
    let text = format!("{head}{parts}{holders}");
    Model::from_toml(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn appraisal(parts: &str) -> Appraisal {
    model(parts).appraise().unwrap()
}

fn value(appraisal: &Appraisal, measure: Measure, perspective: &str) -> Decimal {
    appraisal.measure(measure, Perspective::named(perspective)).unwrap().value.unwrap()
}

#[test]
fn financing_cost_is_discounted_as_the_outlay_it_belongs_to() {
    // 1000 spent at the start, 1100 saved at the end of the year, 10 %: outlay 1000 − 1100/1.1 = 0, so no financing cost.
    let appraisal = appraisal(
        r#"
conventions = { base = "norway-r109-2021", discount = { bands = [ { from_step = 1, rate = 0.10 }, { from_step = 41, rate = 0.10 }, { from_step = 76, rate = 0.10 } ], timing = { costs = "start", outcomes = "end" } } }
costs = [ { id = "c", payer = "m", amount = 1000, year = 2020, price_basis = "real", source = "x" } ]
outcomes = [ { id = "o", holder = "p", unit = "thing", nature = "event", quantity = 1, measured = "net", values = [ { id = "v", value = 1100, unit = "thing", to = "m", kind = "fiscal", source = "x" } ] } ]
"#,
    );
    assert_eq!(value(&appraisal, Measure::Npv, "society").round_dp(9), Decimal::ZERO);
    assert_eq!(value(&appraisal, Measure::Bcr, "society").round_dp(9), Decimal::ONE);
}

#[test]
fn only_money_moves_the_financing_cost() {
    // The municipality pays 1000 and gains a social value of 500: 0.2 × 1000 = 200, so 500 − 1000 − 200 = −700.
    let appraisal = appraisal(
        r#"
conventions = "norway-r109-2021"
costs = [ { id = "c", payer = "m", amount = 1000, year = 2020, price_basis = "real", source = "x" } ]
outcomes = [ { id = "o", holder = "p", unit = "thing", nature = "event", quantity = 1, measured = "net", values = [ { id = "v", value = 500, unit = "thing", to = "m", kind = "social", source = "x" } ] } ]
"#,
    );
    assert_eq!(value(&appraisal, Measure::Npv, "society"), decimal("-700"));
}

#[test]
fn additive_filters_below_zero_keep_the_sum() {
    // 10 × (1 − 0.6 − 0.7 − 0.2) = −5 claimed units of 100.
    let appraisal = appraisal(
        r#"
conventions = { base = "sroi-practice", combination = { filters = "additive" } }
costs = [ { id = "c", payer = "m", amount = 1000, year = 2020, price_basis = "real", source = "x" } ]
outcomes = [ { id = "o", holder = "p", unit = "thing", nature = "event", quantity = 10, deadweight = 0.6, displacement = 0.7, attribution = { others = 0.2 }, values = [ { id = "v", value = 100, unit = "thing", kind = "social", source = "x" } ] } ]
"#,
    );
    assert_eq!(value(&appraisal, Measure::PresentValueOutcomes, "society"), decimal("-500"));
}

const DISPLACED: &str = r#"
conventions = { base = "sroi-practice", discount = { bands = [ { from_step = 1, rate = 0 } ] } }
costs = [ { id = "c", payer = "m", amount = 1000, year = 2020, price_basis = "real", source = "x" } ]
outcomes = [ { id = "o", holder = "p", unit = "person", quantity = 10, measured = "net", displacement = { share = 0.2, borne_by = "BEARER" }, values = [ { id = "v", value = 100, unit = "person-year", to = "p", kind = "social", source = "x" }, { id = "b", value = 50, unit = "person-year", to = "m", from = "p", kind = "fiscal", source = "x" } ] } ]
"#;

#[test]
fn displaced_units_are_undone_at_both_ends_and_borne_by_whoever_is_named() {
    let appraisal = appraisal(&DISPLACED.replace("BEARER", "n"));
    let outcomes = |holder| value(&appraisal, Measure::PresentValueOutcomes, holder);
    assert_eq!(outcomes("p"), decimal("500")); // 10 × 100 gained, 10 × 50 of benefit lost
    assert_eq!(outcomes("n"), decimal("-100")); // 2 × 100 lost, 2 × 50 of benefit gained
    assert_eq!(outcomes("m"), decimal("400")); // 10 × 50 less 2 × 50
    let explained = appraisal.explain("outcomes.o.values.v").unwrap();
    assert_eq!(explained.value, Some(decimal("800")), "displaced units are deducted");
}

#[test]
fn a_bearer_at_the_other_end_of_a_value_is_refused() {
    let error = model(&DISPLACED.replace("BEARER", "m")).appraise().unwrap_err();
    assert_eq!(
        error.to_string(),
        "outcomes.o.values.b: displaced units cannot be borne by `m`, who is at the other end of this value: name whoever \
         stands where `p` stood"
    );
}

#[test]
fn the_last_part_of_a_year_counts_as_its_part_and_each_decay_is_the_conventions() {
    // 2.5 years, 0.2 lost a year, 10 people at 100: years of 1, 1 and 0.5.
    let total = |drop_off: &str| {
        let parts = r#"
conventions = { base = "sroi-practice", discount = { bands = [ { from_step = 1, rate = 0 } ] }, combination = { drop_off = "KIND" } }
costs = [ { id = "c", payer = "m", amount = 1000, year = 2020, price_basis = "real", source = "x" } ]
outcomes = [ { id = "o", holder = "p", unit = "person", quantity = 10, measured = "net", duration = 2.5, drop_off = 0.2, values = [ { id = "v", value = 100, unit = "person-year", kind = "social", source = "x" } ] } ]
"#;
        value(&appraisal(&parts.replace("KIND", drop_off)), Measure::PresentValueOutcomes, "society")
    };
    assert_eq!(total("geometric"), decimal("2120")); // 1000 × (1 + 0.8 + 0.64 / 2)
    assert_eq!(total("once"), decimal("2000")); // 1000 × 2.5 × 0.8
    assert_eq!(total("linear"), decimal("2100")); // 1000 × (1 + 0.8 + 0.6 / 2)
}

#[test]
fn what_is_paid_and_comes_back_in_the_same_year_is_paid_back_in_that_year() {
    let appraisal = appraisal(
        r#"
conventions = "sroi-practice"
costs = [ { id = "c", payer = "m", amount = 1000, year = 2020, price_basis = "real", source = "x" } ]
outcomes = [ { id = "o", holder = "p", unit = "thing", nature = "event", quantity = 1, measured = "net", values = [ { id = "v", value = 3000, unit = "thing", to = "m", kind = "fiscal", source = "x" } ] } ]
"#,
    );
    assert_eq!(value(&appraisal, Measure::Payback, "m"), Decimal::ONE);
    let budget = appraisal.budget(&Perspective::named("m"), PriceLevel::Real).unwrap().unwrap();
    assert_eq!(budget.break_even_year.unwrap().number(), 2020);
}

#[test]
fn a_budget_is_asked_of_public_holders() {
    let appraisal = appraisal(&DISPLACED.replace("BEARER", "n"));
    for perspective in ["p", "society"] {
        let budget = appraisal.budget(&Perspective::named(perspective), PriceLevel::Real).unwrap();
        let message = budget.unwrap_err().to_string();
        assert_eq!(
            message,
            format!(
                "there is no budget for `{perspective}`: it is asked of public budgets, all (`public`) or of one holder"
            )
        );
    }
}

#[test]
fn cost_per_outcome_discounts_neither_costs_nor_units() {
    // 1000 a year for two years at 25 %, 10 people each year: 2000 / 20 = 100.
    let appraisal = appraisal(
        r#"
conventions = { base = "sroi-practice", discount = { bands = [ { from_step = 1, rate = 0.25 } ] } }
costs = [ { id = "c", payer = "m", per_year = 1000, years = [2020, 2021], price_basis = "real", source = "x" } ]
outcomes = [ { id = "o", holder = "p", unit = "person", intakes = "yearly", quantity = 10, measured = "net", values = [] } ]
"#,
    );
    assert_eq!(value(&appraisal, Measure::CostPerOutcome, "society"), decimal("100"));
    let nobody = appraisal.measure(Measure::CostPerOutcome, Perspective::named("s")).unwrap();
    assert_eq!(nobody.value.unwrap(), Decimal::ZERO, "the state puts in nothing");
}

#[test]
fn years_of_a_cost_outside_the_appraisal_are_reported() {
    let appraisal = appraisal(
        r#"
horizon = 2
conventions = "sroi-practice"
costs = [ { id = "c", payer = "m", per_year = 1000, years = [2020, 2028], price_basis = "real", source = "x" } ]
"#,
    );
    let messages: Vec<String> = appraisal.findings().iter().map(ToString::to_string).collect();
    assert!(
        messages.contains(&"costs.c: 7 of its 9 years lie outside 2020 to 2021 and are left out [cut-off]".to_owned()),
        "{messages:#?}"
    );
    assert!(messages.iter().any(|message| message.contains("nobody gains as much")), "no outcome, so nobody gains");
}

#[test]
fn years_beyond_the_calendar_are_refused() {
    let late = model(
        r#"
horizon = 2
conventions = "sroi-practice"
costs = [ { id = "c", payer = "m", amount = 1000, year = 2020, price_basis = "real", source = "x" } ]
"#,
    );
    let late = late.with_all([("start", 2998), ("present_value_year", 2998), ("costs.c.year", 2998)]).unwrap();
    assert_eq!(
        late.appraise().unwrap_err().to_string(),
        "horizon: the 2 years appraised from 2998 run to the end of the calendar, 2999: start earlier or shorten `horizon`"
    );
}

#[test]
fn the_marks_of_conventions_reach_the_figures_they_decide() {
    let appraisal = appraisal(
        r#"
conventions = "norway-r109-2021"
costs = [ { id = "c", payer = "m", amount = { value = 1000, illustrative = true, source = "x" }, year = 2020, price_basis = "real" } ]
outcomes = [ { id = "o", holder = "p", unit = "thing", nature = "event", quantity = 1, measured = "net", values = [ { id = "v", value = 500, unit = "thing", kind = "social", source = "x" } ] } ]
"#,
    );
    let marks = |measure, perspective| appraisal.measure(measure, Perspective::named(perspective)).unwrap().marks;
    assert!(marks(Measure::Npv, "society").unverified, "the tax-financing cost was not read at its source");
    assert!(marks(Measure::SroiRatio, "p").illustrative, "everybody's inputs stand below the line");
    assert!(!marks(Measure::Npv, "p").illustrative, "the people pay nothing");
}
