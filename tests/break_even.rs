//! Break-even: every kind of answer, and every kind of question that has none.

mod common;

use common::model;
use impact_core::analysis::{BreakEven, BreakEvenError, BreakEvenQuestion};
use impact_core::model::{Measure, Perspective, Question};
use rust_decimal::Decimal;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn asked(address: &str, measure: Measure, perspective: &str) -> BreakEvenQuestion {
    let question = Question::new(measure).seen_by(Perspective::named(perspective));
    BreakEvenQuestion::new(address.parse().unwrap(), question)
}

fn solve(question: &BreakEvenQuestion) -> Result<BreakEven, BreakEvenError> {
    model("sandefjord").break_even(question)
}

const QUANTITY: &str = "outcomes.off-assistance.quantity";

#[test]
fn none_in_range_is_an_answer_with_the_ends_of_the_range() {
    let answer = solve(&asked(QUANTITY, Measure::Npv, "municipality").within(0.into(), 5.into())).unwrap();
    assert!(answer.crossings.is_empty() && !answer.everywhere);
    let (low, high) = answer.at_ends;
    assert!(low.unwrap() < high.unwrap() && high.unwrap() < Decimal::ZERO);
    assert!(answer.outcome_units.is_empty());
}

#[test]
fn an_assumption_that_does_not_matter_breaks_even_everywhere_or_nowhere() {
    let never = solve(&asked("outcomes.off-assistance.values.wages.value", Measure::Npv, "municipality")).unwrap();
    assert!(never.crossings.is_empty() && !never.everywhere);
    let inputs = asked("costs.cooperation.per_year", Measure::PresentValueInputs, "state");
    assert!(solve(&inputs).unwrap().everywhere, "the state puts in nothing whatever the cost");
}

#[test]
fn a_ratio_meets_a_target_other_than_zero() {
    let question = asked(QUANTITY, Measure::SroiRatio, "municipality").with_target(Decimal::ONE);
    assert_eq!(solve(&question).unwrap().crossings[0].value.round_dp(8), decimal("8.12496688"));
}

#[test]
fn payback_jumps_over_its_target_and_says_so() {
    let question = asked(QUANTITY, Measure::Payback, "municipality").with_target(decimal("4.5"));
    let answer = solve(&question).unwrap();
    assert!(!answer.crossings.is_empty() && answer.crossings.iter().all(|crossing| crossing.jump));
}

#[test]
fn a_shared_number_and_a_use_of_it_are_both_solved_for() {
    let shared = solve(&asked("assumptions.months-per-recipient", Measure::Npv, "municipality")).unwrap();
    let used = "outcomes.off-assistance.values.social-assistance.conversion.months_per_recipient";
    let used = solve(&asked(used, Measure::Npv, "municipality")).unwrap();
    assert_eq!(shared.crossings, used.crossings);
    // The saving is 26/3 × 56 500 × 12 / months: at break-even months = 5.5 × (26/3) / 8.12496688.
    assert_eq!(shared.crossings[0].value.round_dp(5), decimal("5.86669"));
}

#[test]
fn a_unit_cost_of_the_catalogue_is_solved_for() {
    let answer = solve(&asked("catalogue.der-no-sosialhjelp-year-2022", Measure::Npv, "municipality")).unwrap();
    // 56 500 × 8.12496688 / (26/3)
    assert_eq!(answer.crossings[0].value.round_dp(1), decimal("52968.5"));
    assert_eq!(answer.unit, "NOK per recipient-year (2022 prices)");
}

#[test]
fn a_number_that_is_a_setting_is_solved_for_by_reading_the_document_again() {
    let text = common::text("models/sandefjord.toml").replace(
        "conventions = \"norway-r109-2021\"",
        "conventions = { base = \"norway-r109-2021\", financing = { cost = 0.2 } }",
    );
    let model = impact_core::Model::from_toml(&text).unwrap();
    let question = asked("conventions.financing.cost", Measure::Npv, "society").within(Decimal::ZERO, Decimal::ONE);
    let answer = model.break_even(&question).unwrap();
    // Society breaks even where λ × net public outlay = NPV before financing cost: 5 660 780.9952 / 2 862 306.1465 > 1.
    assert!(answer.crossings.is_empty());
    assert!(answer.at_ends.1.unwrap() > Decimal::ZERO);
}

#[test]
fn questions_without_an_answer_name_what_is_wrong() {
    let message = |question: &BreakEvenQuestion| solve(question).unwrap_err().to_string();
    assert_eq!(
        message(&asked("outcomes.off-assistance.quantty", Measure::Npv, "municipality")),
        "document: `outcomes.off-assistance.quantty` is no number of this model: did you mean `outcomes.off-assistance.quantity`?"
    );
    assert_eq!(
        message(&asked(QUANTITY, Measure::Npv, "county")),
        "`county` is no holder of this model: choose among society, public, participants, municipality, state"
    );
    assert_eq!(
        message(&asked(QUANTITY, Measure::Npv, "municipality").within(5.into(), 1.into())),
        "`outcomes.off-assistance.quantity` cannot be varied from 5 to 1: it takes zero or more, and the first must be below the last"
    );
    assert_eq!(
        message(&asked("outcomes.off-assistance.destinations.aap", Measure::Npv, "public").within(0.into(), 2.into())),
        "`outcomes.off-assistance.destinations.aap` cannot be varied from 0 to 2: it takes between 0 and 1, and the first must be below the last"
    );
}
