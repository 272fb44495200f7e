//! Waterfalls: laws on random models, and two cases worked by hand.

mod common;
mod random_model;

use common::model;
use common::published::cases;
use impact_core::Model;
use impact_core::evaluation::{Appraisal, Step, Waterfall, WaterfallStep};
use impact_core::model::{Measure, Perspective};
use impact_core::number::Exact;
use impact_core::reference::AttributionScope;
use proptest::prelude::*;
use random_model::model_text;
use rust_decimal::Decimal;

fn amount(steps: &[WaterfallStep], step: Step) -> Decimal {
    steps.iter().find(|found| found.step == step).unwrap_or_else(|| panic!("no step {step:?}")).amount
}

fn perspectives(model: &Model) -> Vec<Perspective> {
    let holders = model.holders().iter().map(|holder| Perspective::Holder(holder.id.clone()));
    [Perspective::Society, Perspective::Public].into_iter().chain(holders).collect()
}

/// Changes added to the level they start from, and each level against what stands there.
fn assert_adds_up(steps: &[WaterfallStep]) {
    let mut standing = Decimal::ZERO;
    for step in steps {
        standing = if step.step == Step::Gross { step.amount } else { standing };
        standing = if step.step.is_level() { standing } else { standing + step.amount };
        assert_eq!(step.standing, standing, "{:?} of {steps:?}", step.step);
        assert!(!step.step.is_level() || step.amount == step.standing);
    }
}

fn money(appraisal: &Appraisal, measure: Measure, perspective: &Perspective) -> Decimal {
    appraisal.measure(measure, perspective.clone()).unwrap().value.unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn steps_add_up_to_the_last_digit_from_gross_to_what_the_ledger_says(text in model_text()) {
        let appraisal = Model::from_toml(&text.to_string()).unwrap().appraise().unwrap();
        for perspective in perspectives(appraisal.model()) {
            let waterfall = appraisal.waterfall(&perspective).unwrap();
            let sums = appraisal.sums(&perspective).unwrap();
            assert_adds_up(&waterfall.steps);
            prop_assert_eq!(Exact::from(amount(&waterfall.steps, Step::Impact)), sums.claims);
            prop_assert_eq!(Exact::from(amount(&waterfall.steps, Step::Inputs)), Exact::ZERO - sums.inputs);
            // Net present value counts what was caused, whoever takes the credit, where only SROI claims take it away.
            let everywhere = appraisal.model().convention().combination.attribution == AttributionScope::EveryMeasure;
            let others = if everywhere { Decimal::ZERO } else { amount(&waterfall.steps, Step::Others) };
            let net = amount(&waterfall.steps, Step::Net) - others;
            prop_assert_eq!(net, money(&appraisal, Measure::Npv, &perspective));
        }
    }

    #[test]
    fn outcomes_add_up_to_every_step(text in model_text()) {
        let appraisal = Model::from_toml(&text.to_string()).unwrap().appraise().unwrap();
        for perspective in perspectives(appraisal.model()) {
            let waterfall = appraisal.waterfall(&perspective).unwrap();
            for outcome in &waterfall.outcomes {
                assert_adds_up(&outcome.steps);
            }
            for step in &waterfall.outcomes[0].steps {
                let parts: Decimal = waterfall.outcomes.iter().map(|outcome| amount(&outcome.steps, step.step)).sum();
                prop_assert_eq!(parts, amount(&waterfall.steps, step.step), "{:?}", step.step);
            }
        }
    }

    #[test]
    fn a_filter_that_is_not_there_takes_nothing(text in model_text()) {
        let mut text = text;
        (text.deadweight, text.displacement, text.drop_off, text.others, text.avoidable) = (0, (0, true), 0, 0, 100);
        (text.adjusted.leakage, text.adjusted.substitution, text.adjusted.multiplier) = (None, None, None);
        text.effect.hazard.fill(0);
        let gone = [("outcomes.avoided.deadweight", Decimal::ZERO), ("outcomes.effect.displacement", Decimal::ZERO)];
        let model = Model::from_toml(&text.to_string()).unwrap().with_all(gone);
        let waterfall = model.unwrap().appraise().unwrap().waterfall(&Perspective::Society).unwrap();
        let gross = amount(&waterfall.steps, Step::Gross);
        prop_assert_eq!(gross, amount(&waterfall.steps, Step::Impact));
        for step in [Step::Deadweight, Step::Displacement, Step::DropOff, Step::NotAvoidable, Step::Others] {
            prop_assert_eq!(amount(&waterfall.steps, step), Decimal::ZERO);
        }
    }
}

fn two_outcomes() -> Model {
    cases("sroi").into_iter().find(|case| case.name.contains("two-outcome")).unwrap().model
}

fn rounded(steps: &[WaterfallStep]) -> Vec<(Step, String)> {
    steps.iter().map(|step| (step.step, step.amount.round_dp(2).normalize().to_string())).collect()
}

fn told(expected: &[(Step, &str)]) -> Vec<(Step, String)> {
    expected.iter().map(|(step, amount)| (*step, (*amount).to_owned())).collect()
}

#[test]
fn two_outcomes_as_worked_by_hand() {
    // Outcome A: 220 × 4 500 = 990 000 a year for three years at 3.5 % at the end of each year, 990 000 × 2.80163698 =
    // 2 773 620.61; deadweight 0.3 of it = 832 086.18; what is left, 1 941 534.43, with drop-off is
    // 693 000 × (0.96618357 + 0.8 × 0.93351070 + 0.64 × 0.90194271) = 1 587 133.18; others 0.2 of that = 317 426.64.
    // Outcome B: 220 × 1 200 = 264 000 a year for two years, 264 000 × 1.89969428 = 501 519.29; deadweight 0.15 = 75 227.89;
    // others 0.1 of the rest = 42 629.14.
    let waterfall = two_outcomes().appraise().unwrap().waterfall(&Perspective::Society).unwrap();
    let [a, b] = waterfall.outcomes.as_slice() else { panic!("two outcomes") };
    assert_eq!(
        rounded(&a.steps),
        told(&[
            (Step::Gross, "2773620.61"),
            (Step::Deadweight, "-832086.18"),
            (Step::Displacement, "0"),
            (Step::DropOff, "-354401.25"),
            (Step::NotAvoidable, "0"),
            (Step::Others, "-317426.64"),
            (Step::Impact, "1269706.54"),
        ])
    );
    assert_eq!(rounded(&b.steps)[1].1, "-75227.89");
    assert_eq!(rounded(&b.steps)[5].1, "-42629.14");
    let impact = amount(&waterfall.steps, Step::Impact);
    assert_eq!(impact.round_dp(0), Decimal::from(1_653_369), "the total the source prints");
    assert_eq!(amount(&waterfall.steps, Step::Net), impact - Decimal::from(620_000));
}

const BORNE: &str = r#"
impact = 1
name = "Displaced and borne"
country = "NO"
currency = "NOK"
price_year = 2024
start = 2024
conventions = "none-yet"
holders = [ { id = "helped", kind = "people" }, { id = "others", kind = "people" }, { id = "town", kind = "public", level = "municipality" } ]
costs = [ { id = "team", payer = "town", amount = 100_000, year = 2024, source = "budget" } ]
[[outcomes]]
id = "jobs"
holder = "helped"
quantity = 10
deadweight = 0.2
displacement = { share = 0.5, borne_by = "others" }
attribution = { own = 0.75 }
values = [ { id = "wage", value = 100_000, unit = "person-year", kind = "economic", avoidable = 0.5, source = "study" } ]
"#;

fn borne(switches: &str) -> Model {
    let text = BORNE
        .replace(r#"conventions = "none-yet""#, &format!("conventions = {{ base = \"sroi-practice\", {switches} }}"));
    Model::from_toml(&text).unwrap_or_else(|error| panic!("{error}"))
}

fn impact(model: &Model, perspective: &str) -> Waterfall {
    model.appraise().unwrap().waterfall(&Perspective::named(perspective)).unwrap()
}

fn filters(waterfall: &Waterfall) -> Vec<String> {
    waterfall.steps.iter().take(7).map(|step| step.amount.round_dp(2).normalize().to_string()).collect()
}

#[test]
fn displacement_is_a_step_of_society_and_of_its_bearer_alone() {
    // 10 × 100 000; deadweight a fifth; half of what is left is taken from others; half of the value is avoidable; a quarter
    // of the credit is others'. No discounting in the first year.
    let model = borne(r#"discount = { timing = { outcomes = "start" } }"#);
    assert_eq!(
        filters(&impact(&model, "society")),
        ["1000000", "-200000", "-400000", "0", "-200000", "-50000", "150000"]
    );
    assert_eq!(filters(&impact(&model, "helped")), ["1000000", "-200000", "0", "0", "-400000", "-100000", "300000"]);
    assert_eq!(filters(&impact(&model, "others")), ["0", "0", "-400000", "0", "200000", "50000", "-150000"]);
}

#[test]
fn additive_filters_take_their_shares_of_the_gross_value() {
    // The shares of one whole: 0.2 deadweight, 0.5 displacement, 0.25 others' credit; half of each is avoidable.
    let model = borne(r#"discount = { timing = { outcomes = "start" } }, combination = { filters = "additive" }"#);
    assert_eq!(
        filters(&impact(&model, "society")),
        ["1000000", "-200000", "-500000", "0", "-150000", "-125000", "25000"]
    );
}

#[test]
fn credit_that_enters_every_measure_leaves_net_present_value() {
    let model = borne(r#"combination = { attribution = "every-measure" }"#);
    let waterfall = impact(&model, "society");
    let npv = money(&model.appraise().unwrap(), Measure::Npv, &Perspective::Society);
    assert!(amount(&waterfall.steps, Step::Others) < Decimal::ZERO);
    assert_eq!(amount(&waterfall.steps, Step::Net), npv);
}

#[test]
fn a_shared_number_is_taken_away_only_where_it_is_a_filter() {
    let text = BORNE
        .replace(r#"conventions = "none-yet""#, "[assumptions.half]\nvalue = 0.5\n")
        .replace("costs = [", "# the share is used as deadweight and as the avoidable share\ncosts = [");
    let (head, shared) = text.split_once("[assumptions.half]\nvalue = 0.5\n").unwrap();
    let text = format!("{head}{shared}[assumptions.half]\nvalue = 0.5\nsource = \"study\"\n")
        .replace("deadweight = 0.2", "deadweight = { use = \"half\" }")
        .replace("avoidable = 0.5", "avoidable = { use = \"half\" }")
        .replace("quantity = 10", "quantity = { chain = { people = 20, take-up = { use = \"half\" } } }");
    let model = Model::from_toml(&text).unwrap_or_else(|error| panic!("{error}"));
    let steps = impact(&model, "society").steps;
    let gross = amount(&steps, Step::Gross);
    assert_eq!(
        amount(&steps, Step::Deadweight) * Decimal::NEGATIVE_ONE * Decimal::TWO,
        gross,
        "half of the gross value"
    );
    assert!(gross > Decimal::ZERO, "the take-up of the chain stays");
}

#[test]
fn a_quantity_measured_against_others_starts_after_deadweight() {
    let steps = impact(&model("sandefjord"), "society").steps;
    assert_eq!(amount(&steps, Step::Deadweight), Decimal::ZERO);
    assert!(steps.iter().find(|step| step.step == Step::Gross).unwrap().marks.illustrative);
}

#[test]
fn only_steps_from_an_illustrative_filter_on_are_marked() {
    let text = BORNE
        .replace(r#"conventions = "none-yet""#, r#"conventions = "sroi-practice""#)
        .replace("share = 0.5, borne_by", "share = { value = 0.5, illustrative = true }, borne_by");
    let steps = impact(&Model::from_toml(&text).unwrap(), "society").steps;
    let marked: Vec<_> = steps.iter().map(|step| (step.step, step.marks.illustrative)).take(4).collect();
    let expected = [(Step::Gross, false), (Step::Deadweight, false), (Step::Displacement, true), (Step::DropOff, true)];
    assert_eq!(marked, expected);
}

#[test]
fn the_members_of_a_joint_holder_add_up_to_it() {
    let appraisal = model("larvik").appraise().unwrap();
    let steps = |holder: &str| appraisal.waterfall(&Perspective::named(holder)).unwrap().steps;
    let joint = steps("buyers");
    assert_adds_up(&joint);
    for step in joint.iter().map(|step| step.step) {
        let members = ["larvik", "sandefjord", "tonsberg", "faerder"];
        let parts: Decimal = members.into_iter().map(|member| amount(&steps(member), step)).sum();
        assert_eq!(parts, amount(&joint, step), "{step:?}");
    }
    assert!(amount(&joint, Step::Transfers) < Decimal::ZERO, "they pay for results");
}

#[test]
fn a_holder_the_model_does_not_have_is_refused() {
    let told = model("beginner").appraise().unwrap().waterfall(&Perspective::named("nobody")).unwrap_err().to_string();
    assert!(told.starts_with("`nobody` is no holder of this model"), "{told}");
}
