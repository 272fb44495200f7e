//! Two-way grids and break-even curves: worked cases, laws, and every question that has none.

mod common;
mod random_model;

use common::model;
use impact_core::Model;
use impact_core::analysis::{
    Axis, BreakEvenQuestion, MOST_CELLS, MOST_SOLVED, NoFigure, TwoWay, TwoWayQuestion, VariationError,
};
use impact_core::model::{Measure, Perspective, Question};
use impact_core::simulation::Progress;
use proptest::prelude::*;
use random_model::model_text;
use rust_decimal::Decimal;
use std::ops::ControlFlow;

const QUANTITY: &str = "outcomes.off-assistance.quantity";

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn axis(address: &str, values: &[&str]) -> Axis {
    Axis::at(address.parse().unwrap(), values.iter().map(|value| decimal(value)))
}

fn npv(perspective: &str) -> Question {
    Question::new(Measure::Npv).seen_by(Perspective::named(perspective))
}

fn on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn grid(model: &Model, question: Question, x: Axis, y: Axis) -> Result<TwoWay, VariationError> {
    model.two_way(&TwoWayQuestion { question, x, y }, &mut on)
}

/// The figure of the document with both values written in.
fn written(model: &Model, question: &Question, values: [(&str, Decimal); 2]) -> Option<Decimal> {
    model.with_all(values).ok()?.appraise().ok()?.answer(question).unwrap().value.ok()
}

fn holds_cell_by_cell(model: &Model, question: Question, x: Axis, y: Axis) -> TwoWay {
    let (x_at, y_at) = (x.address.clone(), y.address.clone());
    let found = grid(model, question.clone(), x, y).unwrap();
    assert_eq!(found.cells.len(), found.y.values.len());
    for (row, at_y) in found.cells.iter().zip(&found.y.values) {
        assert_eq!(row.len(), found.x.values.len());
        for (cell, at_x) in row.iter().zip(&found.x.values) {
            let alone = written(model, &question, [(x_at.as_str(), *at_x), (y_at.as_str(), *at_y)]);
            assert_eq!(cell.clone().ok(), alone, "{x_at} {at_x}, {y_at} {at_y}");
        }
    }
    found
}

#[test]
fn every_cell_is_the_document_with_both_values_written_in() {
    let model = model("sandefjord");
    let quantity = || axis(QUANTITY, &["4", "8.5", "16"]);
    let others = [
        axis("outcomes.off-assistance.displacement", &["0", "0.25", "0.5"]),
        axis("assumptions.months-per-recipient", &["3", "5.5", "12"]),
        axis("outcomes.off-assistance.values.social-assistance.conversion.months_per_recipient", &["3", "12"]),
        axis("catalogue.der-no-sosialhjelp-year-2022", &["40000", "60000"]),
        axis("outcomes.off-assistance.duration", &["0.5", "1", "4"]),
        axis("horizon", &["1", "5", "7"]),
    ];
    for other in others {
        for measure in [Measure::Npv, Measure::SroiRatio, Measure::Payback, Measure::CashableSaving] {
            let question = Question::new(measure).seen_by(Perspective::named("municipality"));
            holds_cell_by_cell(&model, question.clone(), quantity(), other.clone());
            holds_cell_by_cell(&model, question, other.clone(), quantity());
        }
    }
}

#[test]
fn a_duration_that_the_horizon_follows_takes_it_along() {
    // The document gives no horizon: it ends with the last effect.
    let text = common::text("models/beginner.toml").replace("quantity = 25", "quantity = 25\nduration = 2");
    let model = Model::from_toml(&text).unwrap();
    let (years, people) = ("outcomes.less-lonely.duration", "outcomes.less-lonely.quantity");
    holds_cell_by_cell(&model, npv("society"), axis(years, &["1", "2", "9"]), axis(people, &["10", "20"]));
}

#[test]
fn pairs_that_the_document_refuses_together_are_cells_with_the_reason() {
    let model = model("effects");
    let effect = model.outcomes().iter().find(|outcome| {
        model.node_at(&outcome.address.child("quantity").child("effect").child("risk_ratio")).is_some()
    });
    let effect = effect.unwrap().address.child("quantity").child("effect");
    let (baseline, ratio) = (effect.child("baseline"), effect.child("risk_ratio"));
    let values = |texts: [&str; 3]| texts.map(decimal);
    // 0.9 × 1.5 is no share, though 0.9 and 1.5 are each fine with the other as the model has it.
    let x = Axis::at(baseline, values(["0.3", "0.5", "0.9"]));
    let y = Axis::at(ratio, values(["0.5", "1", "1.5"]));
    let found = holds_cell_by_cell(&model, npv("society"), x, y);
    assert!(matches!(found.cells[2][2], Err(NoFigure::Refused(_))), "{:?}", found.cells[2][2]);
    assert!(found.cells[2][0].is_ok() && found.cells[0][2].is_ok());
}

#[test]
fn steps_are_equally_far_apart_and_end_where_they_are_told() {
    let spaced = |low: &str, high: &str, count| {
        let found = Axis::spaced("horizon".parse().unwrap(), decimal(low), decimal(high), count).unwrap();
        found.values.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(spaced("0", "1", 5), ["0", "0.25", "0.5", "0.75", "1"]);
    assert_eq!(spaced("1", "2", 2), ["1", "2"]);
    assert_eq!(spaced("-1", "1", 4), ["-1", "-0.333333333333", "0.333333333333", "1"]);
    let exact = "0.12345678901234567890123456";
    assert_eq!(spaced(exact, "1", 2)[0], exact, "an end keeps the digits it was given");
}

#[test]
fn a_curve_is_the_break_even_at_each_value() {
    let model = model("sandefjord");
    let asked = BreakEvenQuestion::new(QUANTITY.parse().unwrap(), npv("municipality"));
    let months = axis("assumptions.months-per-recipient", &["2.75", "5.5", "11"]);
    let curve = model.break_even_curve(&months, &asked, &mut on).unwrap();
    for point in &curve.points {
        let alone = model.with("assumptions.months-per-recipient", point.at).unwrap().break_even(&asked).unwrap();
        assert_eq!(point.answer, alone);
    }
    // The saving is quantity × 56 500 × 12 / months: twice the months take twice the people, 8.46096245 at 5.5.
    let values: Vec<_> = curve.points.iter().map(|point| point.answer.crossings[0].value.round_dp(8)).collect();
    assert_eq!(values, ["4.23048122", "8.46096245", "16.92192489"].map(decimal));
}

#[test]
fn a_curve_says_where_no_value_in_the_range_breaks_even() {
    let model = model("sandefjord");
    let asked = BreakEvenQuestion::new(QUANTITY.parse().unwrap(), npv("municipality")).within(0.into(), 10.into());
    let months = axis("assumptions.months-per-recipient", &["5.5", "11"]);
    let curve = model.break_even_curve(&months, &asked, &mut on).unwrap();
    let [found, none] = curve.points.as_slice() else { panic!("{curve:?}") };
    assert_eq!(found.answer.crossings.len(), 1);
    assert!(none.answer.crossings.is_empty() && none.answer.at_ends.1.unwrap() < Decimal::ZERO);
}

#[test]
fn grids_and_curves_that_cannot_be_walked_name_the_number_and_the_value() {
    let model = model("sandefjord");
    let shares = "outcomes.off-assistance.displacement";
    let message = |x: Axis, y: Axis| grid(&model, npv("society"), x, y).unwrap_err().to_string();
    let people = || axis(QUANTITY, &["4", "8"]);
    let share = "outcomes.off-assistance.displacement";
    assert_eq!(
        message(people(), axis(share, &["0", "1.4"])),
        format!("`{share}` cannot be `1.4`: it takes between 0 and 1")
    );
    assert_eq!(
        message(people(), axis(share, &["0.5", "0.2"])),
        format!("the values of `{share}` do not rise: `0.2` comes after `0.5`")
    );
    assert!(message(people(), axis(share, &["0.5", "0.50"])).contains("do not rise"));
    assert_eq!(message(people(), axis(share, &[])), format!("`{share}` is given no value"));
    assert_eq!(message(people(), people()), format!("`{QUANTITY}` stands on both axes: choose two different numbers"));
    assert!(message(people(), axis("outcomes.off-assistance.name", &["1"])).contains("is no number of this model"));
    assert!(
        message(people(), axis("outcomes.off-assistance.destinations.work", &["0.5"])).contains("vary them together")
    );
    let many = || Axis::spaced(QUANTITY.parse().unwrap(), 1.into(), 2.into(), 1001).unwrap();
    let shares = Axis::spaced(shares.parse().unwrap(), 0.into(), 1.into(), 1000).unwrap();
    assert_eq!(message(many(), shares), format!("1001000 cells are more than {MOST_CELLS}: take fewer values"));

    let asked = BreakEvenQuestion::new(QUANTITY.parse().unwrap(), npv("society"));
    let curve = |x: Axis| model.break_even_curve(&x, &asked, &mut on).unwrap_err().to_string();
    assert_eq!(curve(people()), format!("`{QUANTITY}` stands on both axes: choose two different numbers"));
    let half = curve(axis("horizon", &["2.5"]));
    assert!(half.starts_with("`horizon` cannot be `2.5`: horizon: "), "{half}");
    let long = Axis::spaced(shares_address(), 0.into(), 1.into(), MOST_SOLVED + 1).unwrap();
    assert_eq!(curve(long), "10001 values are more than 10000: take fewer values");
    let spaced = |low: Decimal, high: Decimal, count| {
        Axis::spaced("horizon".parse().unwrap(), low, high, count).unwrap_err().to_string()
    };
    assert_eq!(
        spaced(1.into(), 2.into(), 1),
        "the values of `horizon` are spaced out over a range: that takes at least two, not 1"
    );
    assert_eq!(
        spaced(1.into(), 2.into(), usize::MAX),
        format!("{} values are more than {MOST_CELLS}: take fewer values", usize::MAX)
    );
    assert!(spaced(Decimal::MIN, Decimal::MAX, 3).starts_with("the values of `horizon` cannot be spaced out from"));
}

fn shares_address() -> impact_core::address::Address {
    "outcomes.off-assistance.displacement".parse().unwrap()
}

#[test]
fn a_walk_tells_how_far_it_is_and_can_be_ended() {
    let model = model("beginner");
    let x = Axis::spaced("outcomes.less-lonely.quantity".parse().unwrap(), 1.into(), 20.into(), 20).unwrap();
    let y = Axis::spaced("costs.team.amount".parse().unwrap(), 1.into(), 10.into(), 10).unwrap();
    let asked = TwoWayQuestion { question: npv("society"), x: x.clone(), y };
    let mut seen = Vec::new();
    let watched = model.two_way(&asked, &mut |progress| {
        seen.push(progress.done);
        on(progress)
    });
    assert!(watched.is_ok());
    assert_eq!(seen, [64, 128, 192, 200]);
    let mut end = |progress: Progress| if progress.done > 64 { ControlFlow::Break(()) } else { on(progress) };
    let ended = model.two_way(&asked, &mut end).unwrap_err();
    assert_eq!(ended, VariationError::Cancelled { done: 128, of: 200 });
    assert_eq!(ended.to_string(), "cancelled after 128 of 200 figures: nothing is kept");
    let solved = BreakEvenQuestion::new("costs.team.amount".parse().unwrap(), npv("society"));
    let ended = model.break_even_curve(&x, &solved, &mut |_| ControlFlow::Break(())).unwrap_err();
    assert_eq!(ended, VariationError::Cancelled { done: 1, of: 20 });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_cells_of_any_model_equal_single_appraisals(text in model_text(), low in 0u32..50, high in 51u32..=100) {
        let model = Model::from_toml(&text.to_string()).unwrap();
        let shares = |address: &str| {
            Axis::at(address.parse().unwrap(), [low, high].map(|share| Decimal::new(share.into(), 2)))
        };
        let people = Axis::at("outcomes.change.quantity".parse().unwrap(), [1.into(), 500.into()]);
        for other in ["outcomes.change.deadweight", "outcomes.change.drop_off", "outcomes.effect.quantity.effect.baseline"] {
            holds_cell_by_cell(&model, npv("society"), people.clone(), shares(other));
        }
        holds_cell_by_cell(&model, npv("public"), shares("outcomes.change.deadweight"), shares("inflation"));
    }
}
