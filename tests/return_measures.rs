//! Return measures of a model: worked cases by hand, and the laws that hold them to the net present value.

mod random_model;

use impact_core::Model;
use impact_core::analysis::BreakEvenQuestion;
use impact_core::evaluation::Appraisal;
use impact_core::model::{Measure, Perspective, Question};
use proptest::prelude::*;
use random_model::{ModelText, model_text};
use rust_decimal::Decimal;

/// What is left of the net present value at a rate of 12 decimals, over everything posted.
const LEFT: Decimal = Decimal::from_parts(1, 0, 0, false, 9);

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A municipality `m` that pays 1000 at once and is refunded 200 of it by a state `s`; people who cost it less for two years.
const MODEL: &str = r#"
impact = 1
name = "returns"
country = "NO"
currency = "NOK"
price_year = 2020
start = 2020
horizon = 3
conventions = { base = "sroi-practice", discount = { bands = [ { from_step = 1, rate = 0.25 } ] } }
holders = [ { id = "p", kind = "people" }, { id = "m", kind = "public", level = "municipality" }, { id = "s", kind = "public", level = "state" } ]
costs = [ { id = "c", payer = "m", amount = 1000, year = 2020, price_basis = "real", source = "x" } ]
transfers = [ { id = "t", from = "s", to = "m", amount = 200, year = 2020, price_basis = "real", source = "x" } ]
outcomes = [ { id = "o", holder = "p", unit = "person", quantity = 10, measured = "net", lag = 1, duration = 2, values = [ { id = "v", value = SAVED, unit = "person-year", to = "m", kind = "fiscal", source = "x" } ] } ]
"#;

fn model(saved: &str) -> Model {
    let text = MODEL.replace("SAVED", saved);
    Model::from_toml(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn value(appraisal: &Appraisal, measure: Measure, perspective: &str) -> Result<Decimal, String> {
    let figure = appraisal.measure(measure, Perspective::named(perspective)).unwrap();
    figure.value.map_err(|absence| absence.to_string())
}

#[test]
fn the_internal_rate_counts_transfers_for_the_holder_and_not_for_society() {
    let appraisal = model("72").appraise().unwrap();
    // The municipality: −800, 720, 720; 800 = 720/1.5 + 720/2.25, so 50 %.
    assert_eq!(value(&appraisal, Measure::Irr, "m"), Ok(decimal("0.5")));
    // Society: −1000, 720, 720, put back.
    let rate = value(&appraisal, Measure::Irr, "society").unwrap();
    let factor = Decimal::ONE / (Decimal::ONE + rate);
    let left = decimal("720") * (factor + factor * factor) - decimal("1000");
    assert!(left.abs() < decimal("0.00000001"), "{left}");
    assert_eq!(
        value(&appraisal, Measure::Irr, "s").unwrap_err(),
        "there is no internal rate of return: all flows are paid: nothing is received"
    );
}

#[test]
fn several_rates_are_told_and_none_is_the_rate() {
    // −1600 at once, 10 000 a year later, −10 000 the year after.
    let text = MODEL
        .replace("amount = 1000, year = 2020", "amount = 1600, year = 2020")
        .replace("amount = 200, year = 2020", "amount = 10000, year = 2021")
        .replace("SAVED", "0")
        .replace(
            "costs = [",
            r#"costs = [ { id = "d", payer = "m", amount = 10000, year = 2022, price_basis = "real", source = "x" },"#,
        );
    let appraisal = Model::from_toml(&text).unwrap().appraise().unwrap();
    assert_eq!(
        value(&appraisal, Measure::Irr, "m").unwrap_err(),
        "there is not one internal rate of return: the net present value is zero at each of several rates: 25 %, 400 %"
    );
}

#[test]
fn the_discounted_payback_counts_part_of_its_year() {
    let appraisal = model("100").appraise().unwrap();
    // −800, then 1000/1.25 = 800 and 640: even at the end of the second year.
    assert_eq!(value(&appraisal, Measure::DiscountedPayback, "m"), Ok(Decimal::TWO));
    // −1000, 800, 640: 200 of 640 of the third year.
    assert_eq!(value(&appraisal, Measure::DiscountedPayback, "society"), Ok(decimal("2.3125")));
    assert_eq!(
        value(&appraisal, Measure::Payback, "society"),
        Ok(Decimal::TWO),
        "undiscounted it is even a year earlier"
    );
    assert_eq!(
        value(&model("50").appraise().unwrap(), Measure::DiscountedPayback, "m").unwrap_err(),
        "it is not paid back by 2022: the cumulative discounted net gain then stands at −80"
    );
}

#[test]
fn the_equivalent_annual_value_spreads_the_npv_over_the_years_appraised() {
    let appraisal = model("100").appraise().unwrap();
    // 440 over 1 + 0.8 + 0.64.
    let figure = appraisal.measure(Measure::EquivalentAnnualValue, Perspective::Society).unwrap();
    assert_eq!(figure.value.unwrap().round_dp(9), decimal("180.327868852"));
    assert_eq!(figure.unit.to_string(), "NOK a year (2020 prices)");
    let explained = appraisal.explain_measure(&Question::new(Measure::EquivalentAnnualValue)).unwrap();
    assert_eq!(explained.parts.last().and_then(|part| part.value), Some(decimal("2.44")));
}

#[test]
fn outcomes_at_the_end_of_their_year_are_spread_over_ends_of_years() {
    let late = MODEL
        .replace("SAVED", "100")
        .replace("rate = 0.25 } ] }", "rate = 0.25 } ], timing = { costs = \"start\", outcomes = \"end\" } }");
    let appraisal = Model::from_toml(&late).unwrap().appraise().unwrap();
    let npv = value(&appraisal, Measure::Npv, "society").unwrap();
    let annual = value(&appraisal, Measure::EquivalentAnnualValue, "society").unwrap();
    // NPV · r / (1 − (1 + r)⁻³) with (1 + r)⁻³ = 0.512.
    assert_eq!(annual.round_dp(9), (npv * decimal("0.25") / decimal("0.488")).round_dp(9));
}

#[test]
fn a_rate_is_a_target_to_break_even_at() {
    let question = Question::new(Measure::Irr).seen_by(Perspective::named("m"));
    let asked = BreakEvenQuestion::new("outcomes.o.values.v.value".parse().unwrap(), question);
    let answer = model("100").break_even(&asked.clone().with_target(decimal("0.5"))).unwrap();
    assert_eq!(answer.crossings.len(), 1, "{answer:?}");
    assert!((answer.crossings[0].value - decimal("72")).abs() < decimal("0.0000001"), "{answer:?}");
    let annual = Question::new(Measure::EquivalentAnnualValue).seen_by(Perspective::named("m"));
    let asked = BreakEvenQuestion::new("outcomes.o.values.v.value".parse().unwrap(), annual);
    let answer = model("100").break_even(&asked).unwrap();
    // 800 = 10 v (0.8 + 0.64)
    assert_eq!(answer.crossings[0].value.round_dp(6), decimal("55.555556"));
}

#[test]
fn a_question_of_a_document_may_ask_for_them() {
    let asks = r#"questions = [ { id = "q", break_even = "outcomes.o.quantity", measure = "irr", perspective = "m", target = 0.5 } ]"#;
    let text = format!("{asks}\n{}", MODEL.replace("SAVED", "72"));
    let model = Model::from_toml(&text).unwrap();
    assert_eq!(model.questions()[0].question.measure, Measure::Irr);
}

/// The same model under one flat rate.
fn at_rate(text: &ModelText, rate: Decimal) -> Appraisal {
    let bands = format!(
        "conventions = {{ base = \"sroi-practice\", discount = {{ bands = [ {{ from_step = 1, rate = {rate} }} ] }} }}"
    );
    let text = text.to_string().replace("conventions = \"sroi-practice\"", &bands);
    Model::from_toml(&text).unwrap_or_else(|error| panic!("{error}\n{text}")).appraise().unwrap()
}

const PERSPECTIVES: [&str; 3] = ["society", "public", "municipality"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn discounted_at_its_internal_rate_a_perspective_neither_gains_nor_loses(text in model_text()) {
        let text = ModelText { convention: "sroi-practice", ..text };
        let undiscounted = at_rate(&text, Decimal::ZERO);
        for perspective in PERSPECTIVES {
            let rate = match value(&undiscounted, Measure::Irr, perspective) {
                Ok(rate) if rate >= Decimal::ZERO && rate <= Decimal::ONE => rate,
                _ => continue,
            };
            let discounted = at_rate(&text, rate);
            prop_assert_eq!(value(&discounted, Measure::Irr, perspective), Ok(rate), "discounting does not move it");
            let turnover: Decimal = discounted.ledger().postings().iter().map(|posting| posting.present_value).sum();
            let npv = value(&discounted, Measure::Npv, perspective).unwrap();
            prop_assert!(npv.abs() <= LEFT * turnover, "{npv} of {turnover} is left at {rate}");
        }
    }

    #[test]
    fn without_discounting_the_two_paybacks_end_in_the_same_year(text in model_text()) {
        let appraisal = at_rate(&ModelText { convention: "sroi-practice", ..text }, Decimal::ZERO);
        for perspective in PERSPECTIVES {
            let plain = value(&appraisal, Measure::Payback, perspective);
            let discounted = value(&appraisal, Measure::DiscountedPayback, perspective);
            prop_assert_eq!(plain.ok(), discounted.ok().map(|years| years.ceil()));
        }
    }

    #[test]
    fn the_equivalent_annual_value_in_every_year_has_the_net_present_value(text in model_text()) {
        let text = text.where_transfers_cancel().to_string();
        let appraisal = Model::from_toml(&text).unwrap().appraise().unwrap();
        let model = appraisal.model();
        let factors = model.clock().factors(model.start(), model.horizon(), model.convention().discount.outcomes);
        let years: Decimal = factors.iter().map(|factor| factor.value().unwrap()).sum();
        for perspective in PERSPECTIVES {
            let npv = value(&appraisal, Measure::Npv, perspective).unwrap();
            let annual = value(&appraisal, Measure::EquivalentAnnualValue, perspective).unwrap();
            prop_assert!((annual * years - npv).abs() <= Decimal::new(1, 10), "{annual} · {years} is not {npv}");
        }
    }
}
