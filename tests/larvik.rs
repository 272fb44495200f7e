//! The Larvik model against arithmetic done by hand: who pays for less reoffending, and who gains.

mod common;

use common::model;
use impact_core::analysis::BreakEvenQuestion;
use impact_core::evaluation::Class;
use impact_core::model::{Measure, Perspective};
use rust_decimal::Decimal;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn the_people_who_must_stay_out_are_those_computed_outside_the_library() {
    // Computed with Python decimals from the source's yearly changes of consumer prices, 2 % a year after 2024, and 4 % a year.
    // Per person, two years on: prison 2 700 × index(2017→2022) × 180 × 0.3 = 156 896.01 and tax 32 359.47 to the state,
    // assistance 52 237.43 to the municipalities, harm 126 356.02 to victims, wages less assistance and tax 69 495.81 to the
    // participants; society 437 344.73 and 20 øre on each public krone. Payment 4.4 million of 2025: 3 523 524.66. Work: 3 865 045.63.
    let model = model("larvik");
    for (id, expected) in
        [("municipalities", "67.4521110694"), ("all-public-budgets", "14.5905929208"), ("society", "9.40968499417")]
    {
        let question = model.questions().iter().find(|question| question.id == id).unwrap();
        let asked = BreakEvenQuestion::new(question.break_even.clone(), question.question.clone());
        let answer = model.break_even(&asked).unwrap();
        assert_eq!(answer.crossings.iter().map(|crossing| crossing.value).collect::<Vec<_>>(), [decimal(expected)]);
    }
}

#[test]
fn the_payment_is_a_transfer_and_the_work_the_only_cost() {
    let appraisal = model("larvik").appraise().unwrap();
    let inputs = |perspective| {
        let figure = appraisal.measure(Measure::PresentValueInputs, perspective).unwrap();
        figure.value.unwrap().round_dp(2)
    };
    assert_eq!(inputs(Perspective::Society), decimal("3865045.63"));
    assert_eq!(inputs(Perspective::Public), Decimal::ZERO, "the payment is no resource");
    let paid = appraisal.ledger().entries().filter(|(line, _)| line.cause.as_str() == "transfers.payment");
    let paid: Vec<Decimal> = paid.map(|(_, posting)| posting.nominal.unwrap()).collect();
    assert_eq!(paid, [decimal("1100000"); 4], "a quarter each, 4.4 million together");
    let costs = appraisal.ledger().lines().iter().filter(|line| line.class == Class::Cost);
    assert_eq!(costs.count(), 1);
}

#[test]
fn each_payer_loses_what_the_state_gains() {
    let pocket = model("larvik").appraise().unwrap().wrong_pocket().unwrap();
    let losing: Vec<&str> = pocket.payers_that_lose().map(|row| row.holder.as_str()).collect();
    assert_eq!(losing, ["larvik", "sandefjord", "tonsberg", "faerder", "investor"]);
    let state = pocket.rows.iter().find(|row| row.holder == "state").unwrap();
    // 14/3 people × 189 255.478472
    assert_eq!((state.pays, state.gains.round_dp(2)), (Decimal::ZERO, decimal("883192.23")));
}

#[test]
fn one_person_kept_out_is_worth_most_to_society_then_to_the_state() {
    let appraisal = model("larvik").appraise().unwrap();
    let gain = |perspective| {
        let figure = appraisal.measure(Measure::GainPerUnit, Perspective::named(perspective)).unwrap();
        figure.value.unwrap().round_dp(2)
    };
    let by_holder = ["state", "buyers", "participants", "victims"].map(gain);
    assert_eq!(by_holder, ["189255.48", "52237.43", "69495.81", "126356.02"].map(decimal));
    // The tax and the assistance cancel; half an øre is lost in each rounding above.
    assert_eq!(gain("society"), decimal("437344.73"));
    assert_eq!(gain("larvik"), decimal("13059.36"), "a quarter of what the four gain");
    assert_eq!(gain("investor"), Decimal::ZERO);
    let unit = appraisal.measure(Measure::GainPerUnit, Perspective::Society).unwrap().unit.to_string();
    assert_eq!(unit, "NOK per person (2022 prices, present value 2022)");
    let unit = appraisal.measure(Measure::CostPerOutcome, Perspective::Society).unwrap().unit.to_string();
    assert_eq!(unit, "NOK per person (2022 prices)", "not discounted");
}

#[test]
fn recipient_years_of_an_event_are_not_taken_for_person_years() {
    let findings = model("larvik").appraise().unwrap().findings();
    assert!(findings.iter().all(|finding| finding.rule.id() != "recipient-year-as-person-year"));
}

#[test]
fn what_nobody_has_published_is_marked_and_what_is_published_is_not() {
    let model = model("larvik");
    let marked = |address: &str| {
        let slot = model.number_at(address).unwrap();
        model.assumption(slot).unwrap().marks.illustrative
    };
    assert!(!marked("transfers.payment.amount"));
    for invented in ["outcomes.kept-out.quantity", "costs.work.per_year", "holders.buyers.shares.faerder"] {
        assert!(marked(invented), "{invented}");
    }
}
