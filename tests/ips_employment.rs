//! The model of individual placement and support against arithmetic done by hand, in fractions outside the library.

mod common;

use common::model;
use impact_core::Model;
use impact_core::analysis::BreakEvenQuestion;
use impact_core::model::{Measure, Perspective};
use impact_core::report::assumption_rows;
use rust_decimal::Decimal;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn answer(model: &Model, id: &str) -> Decimal {
    let question = model.questions().iter().find(|question| question.id == id).unwrap();
    let asked = BreakEvenQuestion::new(question.break_even.clone(), question.question.clone());
    let answer = model.break_even(&asked).unwrap();
    assert_eq!(answer.crossings.len(), 1, "{id}");
    answer.crossings[0].value
}

#[test]
fn the_path_has_the_area_that_its_comment_says() {
    // Year 0: ½ × 1 × 1/15. Year 1: ½ × 0.5 × (1/15 + 0.1), and ½ × 0.5 × (0.1 + 0.1 × 1.5833 / 2.0833). Year 2: the value in
    // its middle, 0.1 × 1.0833 / 2.0833. Year 3: ½ × 0.5833 × (0.1 × 0.5833 / 2.0833).
    let appraisal = model("ips-employment").appraise().unwrap();
    let units = &appraisal.outcome_units()[0];
    let by_year: Vec<Decimal> = units.by_year.iter().map(|(_, units)| units.round_dp(9)).collect();
    assert_eq!(by_year, ["0.033333333", "0.085666571", "0.051999232", "0.008165864"].map(decimal));
    assert_eq!((units.accrued, units.cut_off), (decimal("0.179165"), Decimal::ZERO), "½ × 3.5833 × 0.10");
    assert_eq!((units.accrued * Decimal::from(12)).round_dp(2), decimal("2.15"), "months in work per participant");
}

#[test]
fn the_figures_are_those_computed_outside_the_library() {
    // Person-years at 4 % a year: 0.0333333 + 0.0856666 / 1.04 + 0.0519992 / 1.04² + 0.0081659 / 1.04³ = 0.1710406723; times
    // 0.93 and 246 800 + 50 000 + 24 000 for the state, + 12 000 for the municipality; for society 360 000 + 50 000, and
    // 0.20 on every krone of public budgets.
    let appraisal = model("ips-employment").appraise().unwrap();
    let npv = |perspective: &str| {
        let figure = appraisal.measure(Measure::Npv, Perspective::named(perspective)).unwrap();
        assert!(figure.marks.illustrative);
        figure.value.unwrap().round_dp(6)
    };
    assert_eq!(npv("public"), decimal("-7062.227768"));
    assert_eq!(npv("society"), decimal("3805.362785"));
    let cost = appraisal.measure(Measure::CostPerOutcome, Perspective::Public).unwrap();
    assert_eq!(cost.value.unwrap().round_dp(6), decimal("334886.836157"), "60 000 / 0.179165 person-years");
}

#[test]
fn the_questions_say_what_it_may_cost_and_what_it_must_achieve() {
    let model = model("ips-employment");
    // 0.1710406723 × 0.93 × 320 800
    assert_eq!(answer(&model, "cost-the-state-can-bear").round_dp(4), decimal("51028.9583"));
    // (0.1710406723 × 0.93 × 410 000 + 0.2 × 52 937.77) / 1.2
    assert_eq!(answer(&model, "cost-society-can-bear").round_dp(4), decimal("63171.1357"));
    // 0.10 × 60 000 / 52 937.77, and 0.10 × 72 000 / (65 217.81 + 0.2 × 52 937.77)
    assert_eq!(answer(&model, "difference-that-repays-public-budgets").round_dp(9), decimal("0.113340621"));
    assert_eq!(answer(&model, "difference-that-repays-society").round_dp(9), decimal("0.094980088"));
}

#[test]
fn what_was_invented_is_marked_and_what_was_published_is_not() {
    let model = model("ips-employment");
    let rows = assumption_rows(&model);
    let marked: Vec<&str> = rows.iter().filter(|row| row.marks.illustrative).map(|row| row.address.as_str()).collect();
    assert_eq!(
        marked,
        [
            "assumptions.full-time-share",
            "costs.ips.amount",
            "outcomes.in-work.quantity.effect.path.2.difference",
            "outcomes.in-work.values.wages.value",
            "outcomes.in-work.values.employers-contribution.value",
            "outcomes.in-work.values.state-tax.value",
            "outcomes.in-work.values.municipal-tax.value",
        ]
    );
    let sourced = rows.iter().filter(|row| row.origin == "document").all(|row| row.source.is_some());
    assert!(sourced, "every number of the document has a source");
    let effects = impact_core::reference::Effects::embedded();
    let rate = |id: &str| effects.get(id).unwrap().rate().unwrap();
    let difference = rate("ips-no-18m-treat") - rate("ips-no-18m-control");
    let slot = model.number_at("outcomes.in-work.quantity.effect.path.1.difference").unwrap();
    assert_eq!(model.assumption(slot).unwrap().point, difference, "as the register has it");
}
