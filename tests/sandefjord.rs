//! The Sandefjord model against arithmetic done by hand.

mod common;

use common::model;
use impact_core::Model;
use impact_core::analysis::{BreakEven, BreakEvenQuestion};
use impact_core::evaluation::{Class, PriceLevel};
use impact_core::model::{Measure, Perspective};
use rust_decimal::Decimal;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn answer(model: &Model, id: &str) -> BreakEven {
    let question = model.questions().iter().find(|question| question.id == id).unwrap();
    model.break_even(&BreakEvenQuestion::new(question.break_even.clone(), question.question.clone())).unwrap()
}

#[test]
fn a_million_in_the_price_year_is_eighteen_recipient_years_or_eight_person_years() {
    // 1 000 000 / 56 500 = 17.699; at 5.5 months each, 17.699 × 5.5 / 12 = 8.112 full years. One year, no inflation.
    let one_year = model("sandefjord")
        .with_all([
            ("start", Decimal::from(2022)),
            ("present_value_year", Decimal::from(2022)),
            ("costs.cooperation.years.0", Decimal::from(2022)),
            ("costs.cooperation.years.1", Decimal::from(2022)),
            ("horizon", Decimal::ONE),
        ])
        .unwrap();
    let answer = answer(&one_year, "municipality-alone");
    assert_eq!(answer.crossings[0].value.round_dp(3), decimal("8.112"));
    let priced = &answer.outcome_units[0].in_price_units[0];
    assert_eq!((priced.units.round_dp(1), priced.unit.to_string()), (decimal("17.7"), "recipient-year".to_owned()));
}

#[test]
fn seven_nominal_millions_break_even_as_computed_outside_the_library() {
    // Computed with Python decimals from the source's yearly changes of consumer prices and 4 % a year: inputs
    // 6 510 585.6709; price 56 500 × 12 / 5.5; municipality alone 8.46096245; all public budgets, with 0.3 × 2 G of
    // 2022 (109 784, the average of the year) and 0.6 × 61 666.67 of tax, 11.04851910.
    let model = model("sandefjord");
    let inputs = model.appraise().unwrap().measure(Measure::PresentValueInputs, Perspective::Public).unwrap();
    assert_eq!(inputs.value.unwrap().round_dp(4), decimal("6510585.6709"));
    for (id, expected) in [("municipality-alone", "8.46096245"), ("all-public-budgets", "11.04851910")] {
        let answer = answer(&model, id);
        assert_eq!(answer.crossings.len(), 1);
        assert_eq!(answer.crossings[0].value.round_dp(8), decimal(expected));
    }
}

#[test]
fn the_break_even_put_back_gives_nothing_to_the_twelfth_digit() {
    let model = model("sandefjord");
    let value = answer(&model, "all-public-budgets").crossings[0].value;
    let repaid = model.with("outcomes.off-assistance.quantity", value).unwrap().appraise().unwrap();
    let npv = repaid.measure(Measure::Npv, Perspective::Public).unwrap().value.unwrap();
    let inputs = repaid.measure(Measure::PresentValueInputs, Perspective::Public).unwrap().value.unwrap();
    assert!((npv / inputs).abs() < Decimal::new(1, 11), "{npv}");
}

#[test]
fn a_benefit_not_paid_is_the_participants_loss() {
    let appraisal = model("sandefjord").appraise().unwrap();
    let (line, posting) = appraisal
        .ledger()
        .entries()
        .find(|(line, _)| line.cause.as_str() == "outcomes.off-assistance.values.social-assistance")
        .unwrap();
    assert!(line.from.is_some() && line.to.is_some() && line.class == Class::Outcome);
    assert_eq!(posting.amount.round_dp(2), decimal("1068363.64")); // 26/3 × 56 500 × 12 / 5.5
}

#[test]
fn nominal_budgets_show_the_money_as_paid() {
    let appraisal = model("sandefjord").appraise().unwrap();
    let municipality = Perspective::Holder("municipality".to_owned());
    let nominal = appraisal.budget(&municipality, PriceLevel::Nominal).unwrap().unwrap();
    assert!(nominal.rows.iter().all(|row| row.costs == Decimal::from(1_000_000)));
    let real = appraisal.budget(&municipality, PriceLevel::Real).unwrap().unwrap();
    assert_eq!(real.rows[4].costs, Decimal::from(1_000_000), "2022 is the price year");
    assert!(real.rows[0].costs > Decimal::from(1_100_000), "a krone of 2018 was worth more");
    let last = real.rows.last().unwrap();
    assert_eq!(last.cumulative, real.rows.iter().map(|row| row.net).sum::<Decimal>());
}

#[test]
fn without_an_inflation_path_nominal_money_after_the_last_observation_has_no_value() {
    let model = model("sandefjord").with_all([("horizon", 10), ("costs.cooperation.years.1", 2027)]).unwrap();
    assert_eq!(
        model.appraise().unwrap_err().to_string(),
        "costs.cooperation: the price level of 2025 is not known: give `inflation` for the years after the last observed one"
    );
}

#[test]
fn only_what_a_figure_rests_on_marks_it() {
    let model = model("sandefjord");
    assert!(
        !answer(&model, "municipality-alone").marks.illustrative,
        "it solves for the only invented number it needs"
    );
    assert!(answer(&model, "all-public-budgets").marks.illustrative, "destinations and tax are invented");
    let appraisal = model.appraise().unwrap();
    let marks = |measure| appraisal.measure(measure, Perspective::Public).unwrap().marks;
    assert!(marks(Measure::Npv).illustrative && marks(Measure::Npv).unverified);
    assert!(!marks(Measure::PresentValueInputs).illustrative);
}
