//! Cash: from a year on, and only in whole steps over all outcomes that free places.

mod common;

use common::model;
use impact_core::Model;
use impact_core::analysis::{Axis, BreakEvenQuestion, GridQuestion};
use impact_core::evaluation::{CapacityRow, PriceLevel};
use impact_core::model::{Measure, Perspective, Question};
use impact_core::simulation::{Seed, Simulation};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::ops::ControlFlow;

/// Two outcomes free places of one prison; the state pays it, a municipality pays the state back a tenth. Figures invented.
const PRISON: &str = r#"
impact = 1
name = "A wing closes"
country = "DK"
currency = "DKK"
price_year = 2024
start = 2024
horizon = 4
conventions = { base = "denmark-2023", discount = { bands = [ { from_step = 1, rate = 0 } ] } }

[[holders]]
id = "people"
kind = "people"

[[holders]]
id = "state"
kind = "public"
level = "state"

[[holders]]
id = "town"
kind = "public"
level = "municipality"

[[transfers]]
id = "grant"
from = "state"
to = "town"
amount = 1_000
year = 2024

[[outcomes]]
id = "help"
holder = "people"
quantity = 12
measured = "net"
intakes = [2024, 2025]
duration = 2
drop_off = 0
destinations = { home = 0.75, prison = 0.25 }

[[outcomes.values]]
id = "place"
value = 1_000
unit = "place-year"
conversion = { per_unit = 1 }
destination = "home"
to = "state"
kind = "fiscal"
avoidable = 0.8
cashable = 0.5

[[outcomes]]
id = "sentences"
holder = "people"
nature = "event"
unit = "sentence"
quantity = 20
measured = "net"
intakes = [2024, 2025, 2026]

[[outcomes.values]]
id = "place"
value = 10
unit = "place-day"
conversion = { per_unit = 73 }
to = "state"
kind = "fiscal"
avoidable = 1
cashable = 1

[[capacities]]
id = "wing"
name = { en = "The wing", nb = "Avdelingen" }
holder = "state"
places_per_step = 10
values = ["outcomes.help.values.place", "outcomes.sentences.values.place"]
"#;

fn read(text: &str) -> Model {
    Model::from_toml(text).unwrap_or_else(|error| panic!("{error}"))
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn cash(model: &Model, holder: &str) -> Decimal {
    let figure = model.appraise().unwrap().measure(Measure::CashableSaving, Perspective::named(holder)).unwrap();
    figure.value.unwrap()
}

fn cash_by_year(model: &Model, holder: &str) -> Vec<String> {
    let budget = model.appraise().unwrap().budget(&Perspective::named(holder), PriceLevel::Real).unwrap().unwrap();
    budget.rows.iter().map(|row| row.cashable.round_dp(6).normalize().to_string()).collect()
}

fn rows(model: &Model) -> Vec<(String, String, String)> {
    let text = |number: Decimal| number.round_dp(6).normalize().to_string();
    let row = |row: CapacityRow| (text(row.freed), text(row.steps), text(row.released));
    model.appraise().unwrap().capacities().unwrap().into_iter().map(row).collect()
}

fn row(freed: &str, steps: &str, released: &str) -> (String, String, String) {
    (freed.to_owned(), steps.to_owned(), released.to_owned())
}

#[test]
fn freed_places_of_all_outcomes_are_added_up_before_steps_are_counted() {
    let model = read(PRISON);
    // Help: 12 people a year for two years, three of four at home: 9, 18, 9, 0 places. Sentences: 20 × 73/365 = 4 places, three years.
    assert_eq!(rows(&model), [row("13", "1", "10"), row("22", "2", "20"), row("13", "1", "10"), row("0", "0", "0")]);
    // Help alone has a step in 2025 only, and sentences alone none at all.
    let alone = read(&PRISON.replace(", \"outcomes.sentences.values.place\"]", "]"));
    assert_eq!(rows(&alone)[..3], [row("9", "0", "0"), row("18", "1", "10"), row("9", "0", "0")]);
}

#[test]
fn the_model_of_the_manual_frees_the_same_places() {
    assert_eq!(rows(&model("prison-wing")), rows(&read(PRISON)));
}

#[test]
fn only_whole_steps_release_money() {
    let model = read(PRISON);
    // 2024: help 9 × 1,000 × 0.8 × 0.5 = 3,600 and sentences 20 × 730 = 14,600, of which 10/13; 2025: 7,200 + 14,600, 20/22.
    let first = (decimal("18200") * decimal("10") / decimal("13")).round_dp(6).normalize().to_string();
    let second = (decimal("21800") * decimal("20") / decimal("22")).round_dp(6).normalize().to_string();
    assert_eq!(cash_by_year(&model, "state"), [first.clone(), second, first, "0".to_owned()]);
    // What measures count beside cash does not change.
    let npv =
        |model: &Model| model.appraise().unwrap().measure(Measure::Npv, Perspective::Public).unwrap().value.unwrap();
    let without = PRISON.split("[[capacities]]").next().unwrap();
    assert_eq!(npv(&model), npv(&read(without)));
}

#[test]
fn a_step_of_nothing_or_of_the_whole_is_the_cashable_share_or_nothing() {
    let without = read(PRISON.split("[[capacities]]").next().unwrap());
    let whole = read(&PRISON.replace("places_per_step = 10", "places_per_step = 1"));
    assert_eq!(cash(&whole, "state"), cash(&without, "state"), "13, 22 and 13 places are whole steps of one");
    let never = read(&PRISON.replace("places_per_step = 10", "places_per_step = 22.1"));
    assert_eq!(cash(&never, "state"), Decimal::ZERO);
    let just = read(&PRISON.replace("places_per_step = 10", "places_per_step = 22"));
    assert_eq!(cash_by_year(&just, "state"), ["0", "21800", "0", "0"]);
}

#[test]
fn a_value_and_a_capacity_release_money_from_a_year_on() {
    let without = PRISON.split("[[capacities]]").next().unwrap();
    let later = without.replace("cashable = 0.5", "cashable = 0.5\ncashable_from = 2025");
    // Help 3,600, 7,200, 3,600; sentences 14,600 in each of three years.
    assert_eq!(cash_by_year(&read(&later), "state"), ["14600", "21800", "18200", "0"]);
    let model = read(&later);
    let moved = model.with("outcomes.help.values.place.cashable_from", 2026).unwrap();
    assert_eq!(cash_by_year(&moved, "state"), ["14600", "14600", "18200", "0"]);
    let capacity =
        read(&PRISON.replace("holder = \"state\"\nplaces", "holder = \"state\"\ncashable_from = 2025\nplaces"));
    assert_eq!(cash_by_year(&capacity, "state")[..2], ["0", "19818.181818"]);
}

#[test]
fn the_budget_plan_and_the_ledger_have_the_same_cash() {
    let appraisal = read(PRISON).appraise().unwrap();
    let state = Perspective::named("state");
    let plan = appraisal.budget_plan(&state, None).unwrap().unwrap();
    let row = plan.row(impact_core::evaluation::PlanRowKind::Cashable).unwrap();
    // Prices of the price year are those of 2024.
    assert_eq!(row.cells[0].amount.clone().unwrap().round_dp(6), decimal("14000"));
    // What carries it to market prices is posted to society, and releases no money.
    let saved = appraisal.ledger().entries().filter(|(line, _)| line.outcome.is_some() && !line.is_markup());
    let posted: Decimal = saved.map(|(_, posting)| posting.present_cashable).sum();
    assert_eq!(posted, cash(&read(PRISON), "state"));
    assert_eq!(appraisal.wrong_pocket().unwrap().rows[1].cashable, posted);
}

#[test]
fn needed_places_bind_money_in_whole_steps_too() {
    let more = "quantity = { effect = { population = 12, baseline = 1, risk_difference = -1 } }";
    let model = read(&PRISON.replace("quantity = 12", more).replace("quantity = 20", "quantity = 0"));
    assert_eq!(rows(&model)[1], row("-18", "-1", "-10"));
}

#[test]
fn cash_in_steps_is_shared_with_whoever_pays_back_and_among_joint_holders() {
    let back = r#"
[[reimbursements]]
id = "share"
of = "outcomes.sentences.values.place"
from = "town"
share = 0.1
"#;
    let model = read(&format!("{PRISON}{back}"));
    let alone = read(PRISON);
    assert_eq!(cash(&model, "public"), cash(&alone, "public"));
    // A tenth of 14,600 × 10/13, × 20/22, × 10/13.
    let ratio = decimal("10") / decimal("13") * Decimal::TWO + decimal("20") / decimal("22");
    assert_eq!(cash(&model, "town").round_dp(6), (decimal("1460") * ratio).round_dp(6));
    let joint = PRISON
        .replace(
            "[[transfers]]",
            "[[holders]]\nid = \"both\"\nkind = \"joint\"\nshares = { state = 0.6, town = 0.4 }\n\n[[transfers]]",
        )
        .replace("to = \"state\"\nkind", "to = \"both\"\nkind")
        .replace("holder = \"state\"\nplaces", "holder = \"both\"\nplaces");
    let joint = read(&joint);
    assert_eq!(cash(&joint, "both").round_dp(9), cash(&alone, "state").round_dp(9));
    assert_eq!(
        (cash(&joint, "state") * decimal("0.4")).round_dp(9),
        (cash(&joint, "town") * decimal("0.6")).round_dp(9)
    );
}

#[test]
fn displaced_places_close_no_wing() {
    let displaced = PRISON.replace(
        "quantity = 20\nmeasured = \"net\"",
        "quantity = 20\nmeasured = \"net\"\ndisplacement = { share = 0.5, borne_by = \"town\" }",
    );
    // Two places of four come back in the same prison: 11 and 20 places.
    assert_eq!(rows(&read(&displaced))[..2], [row("11", "1", "10"), row("20", "2", "20")]);
}

#[test]
fn steps_are_counted_draw_by_draw() {
    let uncertain = PRISON.replace("quantity = 20", "quantity = { discrete = [[0, 0.5], [40, 0.5]] }");
    let model = read(&uncertain);
    let question = Question::new(Measure::CashableSaving).seen_by(Perspective::named("state"));
    let simulation = Simulation::new(4096, Seed(7)).asking([question.clone()]);
    let simulated = model.simulate(&simulation, &mut |_| ControlFlow::Continue(())).unwrap();
    let at = |quantity: i32| {
        let certain = model.with("outcomes.sentences.quantity", quantity).unwrap();
        f64::try_from(certain.appraise().unwrap().answer(&question).unwrap().value.unwrap()).unwrap()
    };
    // Without sentences 9, 18, 9 places; with 40 of them 17, 26, 17: one, two and one step.
    let expected = (at(0) + at(40)) / 2.0;
    let mean = simulated.figures()[0].mean().unwrap();
    assert!((mean.value - expected).abs() < 5.0 * mean.standard_error.unwrap(), "{} and {expected}", mean.value);
    assert!((expected - at(20)).abs() > 1000.0, "the steps at the mean are not the mean of the steps");
    let notes: Vec<&str> = simulated.notes().iter().map(|note| note.en.as_str()).collect();
    assert!(notes.iter().any(|note| note.contains("not the expected ones")), "{notes:?}");
    let told = model.appraise().unwrap().explain("capacities.wing").unwrap();
    assert!(told.notes.iter().any(|note| note.en.contains("not the expected ones")));
}

#[test]
fn a_grid_counts_the_steps_of_all_outcomes_together() {
    let model = read(PRISON);
    let question = Question::new(Measure::CashableSaving).seen_by(Perspective::named("state"));
    let axis = |address: &str, values: [i32; 3]| Axis {
        address: address.parse().unwrap(),
        values: values.map(Decimal::from).to_vec(),
    };
    let axes = vec![
        axis("outcomes.help.quantity", [3, 12, 30]),
        axis("outcomes.sentences.quantity", [0, 20, 60]),
        axis("capacities.wing.places_per_step", [9, 10, 12]),
    ];
    let simulation = Simulation::new(16, Seed(7));
    let asked =
        GridQuestion { axes: axes.clone(), question: question.clone(), threshold: 0.0, chances: vec![0.5], simulation };
    let grid = model.grid(&asked, &mut |_| ControlFlow::Continue(())).unwrap();
    for (number, scenario) in grid.scenarios.iter().enumerate() {
        let at = [number / 9, number / 3 % 3, number % 3];
        let changes = axes.iter().zip(at).map(|(axis, at)| (axis.address.as_str(), axis.values[at]));
        let changed = model.with_all(changes).unwrap();
        let exact = f64::try_from(changed.appraise().unwrap().answer(&question).unwrap().value.unwrap()).unwrap();
        let drawn = scenario.mean.unwrap().0;
        assert!((exact - drawn).abs() <= 1e-9 * exact.max(1.0), "{at:?}: {exact} and {drawn}");
    }
}

#[test]
fn a_target_inside_a_step_is_jumped_over_and_said_to_be() {
    let model = read(PRISON);
    let question = Question::new(Measure::CashableSaving).seen_by(Perspective::named("state"));
    let address = "capacities.wing.places_per_step".parse().unwrap();
    // From 22 places a step on, 21,800 in 2025; beyond, nothing: 10,000 lies in the jump.
    let asked = BreakEvenQuestion { target: decimal("10000"), ..BreakEvenQuestion::new(address, question.clone()) };
    let found = model.break_even(&asked).unwrap();
    assert!(found.crossings.iter().any(|crossing| crossing.jump), "{:?}", found.crossings);
    for crossing in found.crossings.iter().filter(|crossing| !crossing.jump) {
        let met = model.with("capacities.wing.places_per_step", crossing.value).unwrap();
        let there = met.appraise().unwrap().answer(&question).unwrap().value.unwrap();
        assert!((there - decimal("10000")).abs() < Decimal::ONE, "{}: {there}", crossing.value);
    }
}

#[test]
fn a_capacity_is_explained_year_by_year() {
    let appraisal = read(PRISON).appraise().unwrap();
    let told = appraisal.explain("capacities.wing").unwrap();
    assert_eq!(told.value, Some(decimal("40")));
    let titles: Vec<&str> = told.parts.iter().map(|part| part.title.en.as_str()).collect();
    assert_eq!(titles[1], "closed in 2024 (places freed: 13, whole steps: 1)");
    let value = appraisal.explain("outcomes.help.values.place").unwrap();
    assert!(value.notes.iter().any(|note| note.en == "releases money only in whole steps: see `capacities.wing`"));
}

#[test]
fn what_cannot_be_meant_is_said() {
    let refused = |from: &str, to: &str| Model::from_toml(&PRISON.replace(from, to)).unwrap_err().to_string();
    assert!(refused("avoidable = 0.8\n", "").contains("`avoidable` is missing"));
    let cashable = refused("avoidable = 1\ncashable = 1\n", "");
    assert!(cashable.contains("outcomes.sentences.values.place"), "{cashable}");
    let person = PRISON.replace("unit = \"place-year\"\nconversion = { per_unit = 1 }", "unit = \"person-year\"");
    let person = person.replace("avoidable = 0.8\n", "");
    let said = Model::from_toml(&person).unwrap_err().to_string();
    assert!(
        said.contains("`avoidable` is missing: the value belongs to the capacity `wing`, for which it has no default"),
        "{said}"
    );
    let other = refused("holder = \"state\"\nplaces", "holder = \"town\"\nplaces");
    assert!(other.contains("`outcomes.help.values.place` is gained by `state`, not by `town`"), "{other}");
    let lost = refused("\"outcomes.help.values.place\", ", "\"outcomes.help.values.plac\", ");
    assert!(lost.contains("`outcomes.help.values.plac` is no value of an outcome: did you mean"), "{lost}");
    let twice = refused("\"outcomes.help.values.place\", ", "\"outcomes.sentences.values.place\", ");
    assert!(twice.contains("is listed twice: a freed place is one place of one capacity"), "{twice}");
    let none = refused("places_per_step = 10", "places_per_step = 0");
    assert!(none.contains("places per step `0` is not"), "{none}");
    assert!(
        refused("values = [\"outcomes.help.values.place\", \"outcomes.sentences.values.place\"]", "values = []")
            .contains("`values` is empty")
    );
    let kind = PRISON.replace("kind = \"fiscal\"\navoidable = 0.8", "kind = \"economic\"\navoidable = 0.8");
    assert!(Model::from_toml(&kind).unwrap_err().to_string().contains("only money of a budget is released by steps"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn steps_release_no_more_than_is_there_and_the_same_over_draws(
        help in 0u32..60, sentences in 0u32..200, step in 1u32..400, from in 2024i64..2028,
    ) {
        let text = PRISON
            .replace("quantity = 12", &format!("quantity = {help}"))
            .replace("quantity = 20", &format!("quantity = {sentences}"))
            .replace("places_per_step = 10", &format!("places_per_step = {step}e-1\ncashable_from = {from}"));
        let model = read(&text);
        let without = read(text.split("[[capacities]]").next().unwrap());
        let (steps, all) = (cash(&model, "state"), cash(&without, "state"));
        prop_assert!(steps >= Decimal::ZERO && steps <= all, "{steps} of {all}");
        for row in model.appraise().unwrap().capacities().unwrap() {
            prop_assert!(row.steps.fract().is_zero() && row.released <= row.freed, "{row:?}");
            prop_assert!(row.freed - row.released < row.places_per_step || i64::from(row.year.number()) < from, "{row:?}");
        }
        let question = Question::new(Measure::CashableSaving).seen_by(Perspective::named("state"));
        let simulation = Simulation::new(16, Seed(7)).asking([question]);
        let simulated = model.simulate(&simulation, &mut |_| ControlFlow::Continue(())).unwrap();
        let (drawn, exact) = (simulated.figures()[0].mean().unwrap().value, f64::try_from(steps).unwrap());
        prop_assert!((drawn - exact).abs() <= 1e-9 * exact.max(1.0), "{drawn} and {exact}");
    }
}
