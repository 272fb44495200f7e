//! Break-even: every kind of answer, and every kind of question that has none.

mod common;

use common::model;
use impact_core::Model;
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
    assert_eq!(solve(&question).unwrap().crossings[0].value.round_dp(8), decimal("8.46096245"));
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
    // The saving is 26/3 × 56 500 × 12 / months: at break-even months = 5.5 × (26/3) / 8.46096245.
    assert_eq!(shared.crossings[0].value.round_dp(5), decimal("5.63372"));
}

#[test]
fn a_unit_cost_of_the_catalogue_is_solved_for() {
    let answer = solve(&asked("catalogue.der-no-sosialhjelp-year-2022", Measure::Npv, "municipality")).unwrap();
    // 56 500 × 8.46096245 / (26/3)
    assert_eq!(answer.crossings[0].value.round_dp(1), decimal("55159.0"));
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
    // Society breaks even where λ × net public outlay = NPV before financing cost: 3 930 428.58 / 1 460 412.51 > 1.
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
        message(&asked("outcomes.off-assistance.drop_off", Measure::Npv, "public").within(0.into(), 2.into())),
        "`outcomes.off-assistance.drop_off` cannot be varied from 0 to 2: it takes between 0 and 1, and the first must be below the last"
    );
    assert_eq!(
        message(&asked("outcomes.off-assistance.destinations.aap", Measure::Npv, "public")),
        "`outcomes.off-assistance.destinations.aap` cannot be varied by itself: the shares of `outcomes.off-assistance.destinations` add up to 1, so vary them together"
    );
    assert_eq!(
        message(&asked("assumptions.months-per-recipient", Measure::Npv, "public").within(1.into(), 13.into())),
        "`assumptions.months-per-recipient` cannot be varied from 1 to 13: it takes above 0 and at most 12, and the first must be below the last"
    );
    assert_eq!(
        message(&asked("horizon", Measure::Npv, "public").within(0.into(), 20.into())),
        "`horizon` cannot be varied from 0 to 20: it takes a whole number of years from 1 to 300, and the first must be below the last"
    );
}

#[test]
fn no_search_ends_in_an_invalid_decimal() {
    let question = asked("inflation", Measure::SroiNetRatio, "participants");
    let text = common::text("models/sandefjord.toml")
        .replace("\nhorizon = 7\n", "\nhorizon = 10\ninflation = 0.02\n")
        .replace("years = [2018, 2024]", "years = [2018, 2027]");
    let answer = Model::from_toml(&text).unwrap().break_even(&question).unwrap();
    assert!(answer.crossings.iter().all(|crossing| crossing.value.to_string().parse() == Ok(crossing.value)));
}

/// Puts every crossing back, as an author would, and holds the measure against the target.
fn put_back(model: &Model, question: &BreakEvenQuestion) -> usize {
    let answer = match model.break_even(question) {
        Ok(answer) => answer,
        Err(BreakEvenError::PartOfWhole { .. }) => return 0,
        // What the document refuses at the value it has now cannot be varied: the drop-off of an event, taken as none.
        Err(BreakEvenError::Model(refused)) => {
            let same = model.with(question.address.as_str(), Decimal::ZERO).unwrap_err();
            assert_eq!(refused.to_string(), same.to_string());
            return 0;
        }
        Err(error) => panic!("{question}: {error}"),
    };
    for crossing in &answer.crossings {
        for value in [Some(crossing.value), crossing.to].into_iter().flatten() {
            let changed = model.with(question.address.as_str(), value);
            let appraisal = changed.unwrap_or_else(|error| panic!("{question}: {value}: {error}")).appraise().unwrap();
            let measure = appraisal.answer(&question.question).unwrap().value.unwrap();
            let turnover: Decimal =
                appraisal.ledger().postings().iter().map(|posting| posting.present_value.abs()).sum();
            let room = turnover.max(Decimal::ONE) * decimal("0.000000001");
            assert!(crossing.jump || (measure - question.target).abs() <= room, "{question}: {value} gives {measure}");
        }
    }
    let values: Vec<Decimal> = answer.crossings.iter().map(|crossing| crossing.value).collect();
    assert!(values.is_sorted() && values.len() < 20, "{question}: {values:?}");
    values.len()
}

#[test]
fn every_crossing_put_back_meets_its_target_or_is_a_jump() {
    for (name, perspectives) in
        [("sandefjord", ["society", "municipality", "participants"]), ("shape", ["society", "public", "state"])]
    {
        let model = model(name);
        let mut found = 0;
        for assumption in model.assumptions() {
            for measure in [Measure::Npv, Measure::SroiNetRatio, Measure::Bcr] {
                for perspective in perspectives {
                    found += put_back(&model, &asked(assumption.address.as_str(), measure, perspective));
                }
            }
        }
        assert!(found > 30, "{name}: {found} crossings");
    }
}

#[test]
fn cost_per_outcome_and_cashable_saving_are_put_back_too() {
    let model = model("sandefjord");
    for address in [QUANTITY, "costs.cooperation.per_year", "outcomes.off-assistance.drop_off"] {
        let cost = asked(address, Measure::CostPerOutcome, "municipality").with_target(100_000.into());
        let saving = asked(address, Measure::CashableSaving, "public").with_target(1_000_000.into());
        put_back(&model, &cost);
        put_back(&model, &saving);
    }
}

/// The Sandefjord model without its horizon, each exit lasting some years.
fn without_horizon() -> Model {
    let text = common::text("models/sandefjord.toml");
    Model::from_toml(
        &text.replace("\nhorizon = 7\n", "\n").replace("duration = { value = 1,", "duration = { value = 2,"),
    )
    .unwrap()
}

#[test]
fn a_duration_that_sets_the_horizon_is_varied_in_the_document() {
    let model = without_horizon();
    let question =
        asked("outcomes.off-assistance.duration", Measure::Npv, "municipality").with_target(20_000_000.into());
    assert!(put_back(&model, &question) > 0);
    let answer = model.break_even(&question).unwrap();
    let grown = model.with("outcomes.off-assistance.duration", answer.crossings[0].value).unwrap();
    assert!(grown.horizon() > model.horizon(), "the horizon grows with the duration");
    assert!(answer.searched.1 <= 300.into());
}

#[test]
fn months_per_recipient_end_at_twelve() {
    for address in [
        "assumptions.months-per-recipient",
        "outcomes.off-assistance.values.social-assistance.conversion.months_per_recipient",
    ] {
        let answer = solve(&asked(address, Measure::Npv, "municipality")).unwrap();
        assert!(answer.searched.1 <= 12.into() && answer.at_ends.1.is_some(), "{address}");
    }
}

#[test]
fn whole_numbers_are_tried_one_by_one() {
    let longer = without_horizon();
    let question = asked("horizon", Measure::PresentValueInputs, "municipality").with_target(5_000_000.into());
    for model in [&model("sandefjord"), &longer] {
        let answer = model.break_even(&question).unwrap();
        let inputs = |years: Decimal| {
            let appraisal = model.with("horizon", years).unwrap().appraise().unwrap();
            appraisal.answer(&question.question).unwrap().value.unwrap()
        };
        let [crossing] = answer.crossings.as_slice() else { panic!("{:?}", answer.crossings) };
        assert!(crossing.jump && inputs(crossing.value) > question.target);
        assert!(inputs(crossing.value - Decimal::ONE) < question.target, "the year before is not enough");
    }
    let present =
        asked("present_value_year", Measure::PresentValueInputs, "municipality").with_target(10_000_000.into());
    let answer = solve(&present).unwrap();
    assert!(answer.crossings.iter().all(|crossing| crossing.value.is_integer()) && answer.crossings.len() == 1);
}

#[test]
fn a_stretch_that_meets_the_target_is_one_answer() {
    let question = asked(QUANTITY, Measure::Payback, "municipality").with_target(7.into());
    let answer = solve(&question).unwrap();
    let [crossing] = answer.crossings.as_slice() else { panic!("{:?}", answer.crossings) };
    let (to, jump) = (crossing.to.unwrap(), crossing.jump);
    assert!(!jump && crossing.value < to);
    put_back(&model("sandefjord"), &question);
    let nothing = asked("costs.cooperation.per_year", Measure::SroiRatio, "state");
    let answer = solve(&nothing).unwrap();
    assert!(answer.crossings.len() <= 1, "{:?}", answer.crossings);
}

#[test]
fn the_range_nobody_asked_for_holds_at_the_ends_of_decimals() {
    let model = model("sandefjord");
    for point in ["0.0000000000000000000000000001", "7000000000000000000000000"] {
        for address in ["inflation", "costs.cooperation.per_year", "outcomes.off-assistance.values.wages.value"] {
            let Ok(changed) = model.with(address, decimal(point)) else { continue };
            match changed.break_even(&asked(address, Measure::Npv, "participants")) {
                Ok(_) | Err(BreakEvenError::Model(_)) => {}
                Err(error) => panic!("{address} at {point}: {error}"),
            }
        }
    }
}
