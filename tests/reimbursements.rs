//! Reimbursements: what one budget pays back to another, to the øre, and that together they pay the same.

mod common;
mod random_model;

use common::model;
use impact_core::Model;
use impact_core::analysis::{BreakEvenQuestion, TornadoQuestion};
use impact_core::evaluation::{Class, PlanRowKind, PriceLevel};
use impact_core::model::{Measure, Perspective, Question};
use impact_core::number::Exact;
use impact_core::simulation::{Seed, Simulation};
use proptest::prelude::*;
use random_model::{ModelText, Refund, model_text};
use rust_decimal::Decimal;
use std::ops::ControlFlow;

/// A municipality pays, the state pays back; nothing is discounted. Figures invented.
const HEAD: &str = r#"
impact = 1
name = "Paid back"
country = "DK"
currency = "DKK"
price_year = 2024
start = 2022
horizon = 4
conventions = { base = "denmark-2023", discount = { bands = [ { from_step = 1, rate = 0 } ] } }

[[holders]]
id = "people"
kind = "people"

[[holders]]
id = "municipality"
kind = "public"
level = "municipality"

[[holders]]
id = "state"
kind = "public"
level = "state"

[[holders]]
id = "county"
kind = "public"
level = "county"

[[holders]]
id = "both"
kind = "joint"
shares = { municipality = 0.75, county = 0.25 }

[[costs]]
id = "shelter"
payer = "municipality"
per_year = 365_000
years = [2022, 2025]

[[transfers]]
id = "fee"
from = "municipality"
to = "people"
amount = 1_000
year = 2022

[[outcomes]]
id = "housed"
holder = "people"
quantity = 1
measured = "net"
intakes = [2022, 2023]
lag = 1
duration = 1.5
drop_off = 0
values = [
    { id = "bed", value = 365_000, unit = "person-year", kind = "fiscal", to = "municipality", cashable = 0.5 },
    { id = "benefit", value = 100, unit = "person-year", kind = "fiscal", to = "municipality", from = "people" },
    { id = "joy", value = 100, unit = "person-year", kind = "social" },
]

[[outcomes]]
id = "stays"
holder = "people"
nature = "event"
unit = "stay"
quantity = 2
measured = "net"
values = [ { id = "bed", value = 100_000, unit = "stay", kind = "fiscal", to = "both" } ]
"#;

fn read(rules: &str) -> Model {
    let text = format!("{HEAD}\n{rules}");
    Model::from_toml(&text).unwrap_or_else(|error| panic!("{error}"))
}

fn refused(rules: &str) -> String {
    Model::from_toml(&format!("{HEAD}\n{rules}")).unwrap_err().to_string()
}

/// A rule of the state on something.
fn rule(of: &str, keys: &str) -> String {
    format!("[[reimbursements]]\nid = \"rule\"\nof = \"{of}\"\nfrom = \"state\"\n{keys}\n")
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// What is posted by the rules, by year, from and to: of one cause, added up.
fn paid(model: &Model) -> Vec<(i32, String)> {
    let appraisal = model.appraise().unwrap();
    let rules = appraisal.ledger().entries().filter(|(line, _)| line.class == Class::Reimbursement);
    rules.map(|(_, posting)| (posting.year.number(), posting.amount.round_dp(2).normalize().to_string())).collect()
}

fn of_years(amounts: &[(i32, &str)]) -> Vec<(i32, String)> {
    amounts.iter().map(|(year, amount)| (*year, (*amount).to_owned())).collect()
}

fn npv(model: &Model, perspective: &str) -> Decimal {
    model.appraise().unwrap().measure(Measure::Npv, Perspective::named(perspective)).unwrap().value.unwrap()
}

#[test]
fn days_years_and_dates_limit_what_is_paid_back_of_a_cost() {
    let half = |limits: &str| paid(&read(&rule("costs.shelter", &format!("share = 0.5\n{limits}"))));
    let all = "182500";
    assert_eq!(half(""), of_years(&[(2022, all), (2023, all), (2024, all), (2025, all)]));
    // 100 of 365 days at 1,000 kroner a day, half of it.
    let days = "50000";
    assert_eq!(half("days_a_year = 100"), of_years(&[(2022, days), (2023, days), (2024, days), (2025, days)]));
    // 100 of 200 days in use: half of half.
    assert_eq!(half("days_a_year = 100\ndays_used = 200")[0].1, "91250");
    // More days than the year is used are no limit.
    assert_eq!(half("days_a_year = 366")[0].1, all);
    assert_eq!(half("days_a_year = 0"), []);
    // A year and a half from the first year: half of the second.
    assert_eq!(half("years_from_start = 1.5"), of_years(&[(2022, all), (2023, "91250")]));
    // 92 of 365 days of 2023; of the leap year 2024 the first 91 of 366.
    let dates = "first_day = 2023-10-01\nlast_day = 2024-03-31";
    assert_eq!(half(dates), of_years(&[(2023, "46000"), (2024, "45375.68")]));
    // In the 92 days at most 60, in the 91 of 366 too: 60 × 1,000 × 0.5.
    assert_eq!(half(&format!("{dates}\ndays_a_year = 60")), of_years(&[(2023, "30000"), (2024, "30000")]));
}

#[test]
fn a_phase_in_has_a_share_for_each_of_its_years() {
    let phased = "share = 0.5\nphase_in = { 2023 = 0.1, 2024 = 0.2 }";
    let expected = of_years(&[(2023, "36500"), (2024, "73000"), (2025, "182500")]);
    assert_eq!(paid(&read(&rule("costs.shelter", phased))), expected);
    let model = read(&rule("costs.shelter", phased));
    let more = model.with("reimbursements.rule.phase_in.2024", decimal("0.3")).unwrap();
    assert_eq!(paid(&more)[1].1, "109500");
    let added = model.with("reimbursements.rule.phase_in.2025", decimal("0.3")).unwrap_err().to_string();
    assert!(added.contains("`reimbursements.rule.phase_in.2025` is no address of this model"), "{added}");
}

#[test]
fn a_part_of_a_saving_falls_to_whoever_would_have_paid_it_back() {
    // Two intakes with a lag of a year and 1.5 years each: 1 person-year in 2023, 1.5 in 2024, 0.5 in 2025.
    let half = |limits: &str| paid(&read(&rule("outcomes.housed.values.bed", &format!("share = 0.5\n{limits}"))));
    assert_eq!(half(""), of_years(&[(2023, "182500"), (2024, "273750"), (2025, "91250")]));
    // 200 days of each person's year: all 182.5 of a half year.
    assert_eq!(half("days_a_year = 200"), of_years(&[(2023, "100000"), (2024, "191250"), (2025, "91250")]));
    // The lag counts: of two years from the start one is left, the first of each.
    assert_eq!(half("years_from_start = 2"), of_years(&[(2023, "182500"), (2024, "182500")]));
    assert_eq!(half("years_from_start = 1"), []);
    let model = read(&rule("outcomes.housed.values.bed", "share = 0.5"));
    let line = model.appraise().unwrap().ledger().lines().iter().find(|line| line.of.is_some()).cloned().unwrap();
    assert_eq!(line.of.unwrap().as_str(), "outcomes.housed.values.bed");
    // 3 person-years of 365,000; the state takes half, and half of what each keeps is cash.
    assert_eq!(npv(&model, "state"), decimal("547500"));
    let appraisal = model.appraise().unwrap();
    let cash = |holder| {
        let figure = appraisal.measure(Measure::CashableSaving, Perspective::named(holder)).unwrap();
        figure.value.unwrap()
    };
    assert_eq!((cash("municipality"), cash("state"), cash("public")), (273750.into(), 273750.into(), 547500.into()));
}

#[test]
fn a_path_that_begins_later_is_paid_back_from_where_it_begins() {
    // Four units from one and a half to two and a half years after the first effect: two person-years in 2023 and in 2024.
    let path = r#"
[[outcomes]]
id = "later"
holder = "people"
quantity = { path = [ { at = 1.5, units = 4 }, { at = 2.5, units = 4 } ] }
measured = "net"
values = [ { id = "bed", value = 1_000, unit = "person-year", kind = "fiscal", to = "municipality" } ]
"#;
    let model = read(&format!("{path}{}", rule("outcomes.later.values.bed", "share = 0.5")));
    assert_eq!(paid(&model), of_years(&[(2023, "1000"), (2024, "1000")]));
}

#[test]
fn a_benefit_paid_back_in_part_is_the_saving_of_both_budgets() {
    let model = read(&rule("outcomes.housed.values.benefit", "share = 0.3"));
    assert_eq!(npv(&model, "state"), decimal("90"), "3 person-years of 100 kroner, 30 %");
    assert_eq!(npv(&model, "people"), decimal("1000") - decimal("300") + decimal("300"), "fee, benefit, joy");
}

#[test]
fn members_of_a_joint_holder_are_paid_back_in_their_shares() {
    // Two stays of 100,000: 30 of 40 days, 60 %: 90,000, in the shares 0.75 and 0.25.
    let of = rule("outcomes.stays.values.bed", "share = 0.6\ndays_a_year = 30\ndays_used = 40");
    assert_eq!(paid(&read(&of)), of_years(&[(2022, "67500"), (2022, "22500")]));
    // The joint holder pays back one of its members, who pays itself nothing.
    let back = rule("costs.shelter", "share = 1\nlast_day = 2022-12-31").replace("\"state\"", "\"both\"");
    assert_eq!(paid(&read(&back)), of_years(&[(2022, "91250")]));
}

#[test]
fn shares_of_nothing_and_of_all() {
    let all = read(&rule("costs.shelter", "share = 1"));
    assert_eq!(npv(&all, "state"), decimal("-1460000"));
    let nothing = read(&rule("costs.shelter", "share = 0"));
    for holder in ["municipality", "state", "public", "society"] {
        assert_eq!(npv(&nothing, holder), npv(&read(""), holder), "{holder}");
    }
    assert_eq!(
        npv(&all, "municipality") + decimal("1460000"),
        npv(&read(""), "municipality") + decimal("1460000") * Decimal::TWO
    );
}

#[test]
fn displaced_units_are_paid_back_the_other_way() {
    let borne = HEAD.replace("lag = 1", "lag = 1\ndisplacement = { share = 0.2, borne_by = \"people\" }");
    let rule = rule("outcomes.housed.values.bed", "share = 0.5");
    let with = Model::from_toml(&format!("{borne}\n{rule}")).unwrap();
    // 0.8 of 1,095,000, half of it.
    assert_eq!(npv(&with, "state"), decimal("438000"));
    assert_eq!(npv(&with, "public"), npv(&Model::from_toml(&borne).unwrap(), "public"));
}

#[test]
fn the_danish_purse_is_another_one_after_the_reform() {
    let model = model("danish-housing-first");
    let appraisal = model.appraise().unwrap();
    let saved = |holder: &str| {
        let budget = appraisal.budget(&Perspective::named(holder), PriceLevel::Real).unwrap().unwrap();
        budget.rows.iter().map(|row| row.savings.round_dp(2).normalize().to_string()).collect::<Vec<_>>()
    };
    // Ten people: 5,500,000 of shelter less 850,000 of support. 2022: half to the state. 2023: 273 days half, 92 days at
    // most 120 half; support 92/365 × half. 2024 on: 120 days half; support past its two years.
    assert_eq!(saved("municipality"), ["1900000", "2007123.29", "3745890.41", "3745890.41"]);
    assert_eq!(saved("state"), ["2750000", "2642876.71", "904109.59", "904109.59"]);
    assert_eq!(saved("public"), ["4650000", "4650000", "4650000", "4650000"]);
    let ninety = model.with("reimbursements.shelter-after.days_a_year", 90).unwrap();
    let alone = ninety.with("outcomes.housed.values.support.value", 0).unwrap().with("assumptions.people", 1).unwrap();
    let budget = alone.appraise().unwrap().budget(&Perspective::named("municipality"), PriceLevel::Real);
    let rows = budget.unwrap().unwrap().rows;
    assert_eq!(rows[0].savings, decimal("275000"));
    assert_eq!(rows[2].savings.round_dp(2), decimal("482191.78"));
}

#[test]
fn a_reimbursement_is_a_row_of_the_budget_plan() {
    let model = read(&rule("costs.shelter", "share = 0.5\nname = \"Refusion\""));
    let plan =
        |holder: &str| model.appraise().unwrap().budget_plan(&Perspective::named(holder), None).unwrap().unwrap();
    let amounts = |holder: &str| {
        let plan = plan(holder);
        let row = plan.row(PlanRowKind::Reimbursement).unwrap().clone();
        (row.cause.unwrap().to_string(), row.cells[0].amount.clone().unwrap() > Decimal::ZERO)
    };
    assert_eq!(amounts("municipality"), ("reimbursements.rule".to_owned(), true));
    assert_eq!(amounts("state"), ("reimbursements.rule".to_owned(), false));
    assert!(plan("public").row(PlanRowKind::Reimbursement).is_none());
}

#[test]
fn every_number_of_a_rule_is_an_assumption() {
    let keys =
        "share = { value = 0.5, source = \"the act\" }\ndays_a_year = { uniform = [80, 120] }\nyears_from_start = 3";
    let model = read(&rule("costs.shelter", keys));
    // Three years of 365,000 with half of d days paid back: 500 × d × 3 = 120,000 at d = 80.
    let state = Question::new(Measure::Npv).seen_by(Perspective::named("state"));
    let address = "reimbursements.rule.days_a_year".parse().unwrap();
    let asked = BreakEvenQuestion { target: decimal("-120000"), ..BreakEvenQuestion::new(address, state.clone()) };
    let found = serde_json::to_value(model.break_even(&asked).unwrap().crossings).unwrap();
    assert!(found.to_string().contains("\"80\""), "{found}");
    let tornado = model.tornado(&TornadoQuestion::new(state)).unwrap();
    let addresses: Vec<&str> = tornado.rows.iter().map(|row| row.address.as_str()).collect();
    assert!(addresses.contains(&"reimbursements.rule.days_a_year"), "{addresses:?}");
    let explained = model.appraise().unwrap().explain("reimbursements.rule").unwrap();
    assert_eq!(explained.value, Some(decimal("-150000")));
    let titles: Vec<&str> = explained.parts.iter().map(|part| part.title.en.as_str()).collect();
    assert_eq!(titles[1..], ["share paid back", "days a year paid back", "years from the start paid back"]);
    assert!(explained.parts[1].source.is_some());
    let cost = model.appraise().unwrap().explain("costs.shelter").unwrap();
    assert!(cost.notes.iter().any(|note| note.en.contains("see `reimbursements.rule`")), "{:?}", cost.notes);
}

#[test]
fn what_cannot_be_meant_is_said() {
    let said = |of: &str, keys: &str| refused(&rule(of, keys));
    assert!(said("costs.shelte", "share = 0.5").contains(
        "reimbursements.rule.of (line 74, column 6): `costs.shelte` is no cost, transfer or value of an outcome: did you mean `costs.shelter`?"
    ), "{}", said("costs.shelte", "share = 0.5"));
    assert!(said("outcomes.housed.values.joy", "share = 1").contains("is no fiscal value: only money is paid back"));
    assert!(
        said("costs.shelter", "share = 0.5\nto = \"people\"")
            .contains("`people` has no part in `costs.shelter`: who is paid back is `municipality`")
    );
    let itself = refused(&rule("costs.shelter", "share = 1").replace("\"state\"", "\"municipality\""));
    assert!(
        itself.contains("`municipality` pays back and is paid back for `costs.shelter`: money has to change hands")
    );
    assert!(said("outcomes.stays.values.bed", "share = 1\ndays_a_year = 90").contains(
        "`days_used` is missing: `outcomes.stays.values.bed` is of an event, so say on how many days of a year one stay is used"
    ));
    assert!(said("costs.shelter", "share = 1\ndays_used = 90").contains("it goes with `days_a_year`"));
    assert!(said("costs.shelter", "share = 1\ndays_a_year = 400").contains("days of a year `400` is not at most 366"));
    assert!(
        said("costs.shelter", "share = 1\nfirst_day = 2024-02-01\nlast_day = 2024-01-31")
            .contains("the first day 2024-02-01 is after the last day 2024-01-31")
    );
    assert!(said("costs.shelter", "share = 1\nphase_in = { 2022 = 0.1, 2024 = 0.2 }").contains("leaves out 2023"));
    let twice = rule("costs.shelter", "share = 0.6")
        + &rule("costs.shelter", "share = 0.6\nfirst_day = 2023-07-01").replace("\"rule\"", "\"more\"");
    assert!(
        refused(&twice).contains(
            "reimbursements.more: with other reimbursements more than the whole of `costs.shelter` is paid back in 2024"
        ),
        "{}",
        refused(&twice)
    );
    let misplaced = said("costs.shelter", "share = 1.5\nsince = 2023-10-01");
    assert!(
        misplaced.contains("share paid back `1.5` is not") && misplaced.contains("unknown key `since`"),
        "{misplaced}"
    );
}

fn net_before_financing(model: &Model, perspective: Perspective) -> Exact {
    let sums = model.appraise().unwrap().sums(&perspective).unwrap();
    sums.net() + sums.financing
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn between_public_budgets_paying_back_changes_no_total(text in model_text(), refund in random_model::refund()) {
        let read = |refund: Option<Refund>| {
            let document = ModelText { refund, ..text.clone() }.to_string();
            Model::from_toml(&document).unwrap_or_else(|error| panic!("{error}\n{document}"))
        };
        let (with, without) = (read(Some(refund.clone())), read(None));
        for perspective in [Perspective::Society, Perspective::Public, Perspective::named("people")] {
            let net = |model: &Model| net_before_financing(model, perspective.clone());
            prop_assert_eq!(net(&with), net(&without));
        }
        // What the state pays less what it gains is what the municipality gains less what it pays.
        let gained = |holder: &str| {
            let net = |model: &Model| net_before_financing(model, Perspective::named(holder));
            net(&with) - net(&without)
        };
        prop_assert_eq!(gained("municipality") + gained("state"), Exact::ZERO);
    }

    #[test]
    fn a_share_of_one_without_limits_leaves_the_payer_nothing(text in model_text()) {
        let refund = Refund { share: 100, days: None, years: None, dated: false };
        let model = Model::from_toml(&ModelText { refund: Some(refund), ..text }.to_string()).unwrap();
        let municipality = model.appraise().unwrap().sums(&Perspective::named("municipality")).unwrap();
        prop_assert_eq!(municipality.net(), Exact::ZERO);
    }

    #[test]
    fn draws_of_certain_numbers_are_the_exact_figures(text in model_text(), refund in random_model::refund()) {
        const OFF: f64 = 1e-9;
        let model = Model::from_toml(&ModelText { refund: Some(refund), ..text }.to_string()).unwrap();
        let appraisal = model.appraise().unwrap();
        for perspective in ["municipality", "state", "public"].map(Perspective::named) {
            let questions = [Measure::Npv, Measure::CashableSaving, Measure::PresentValueOutcomes]
                .map(|measure| Question::new(measure).seen_by(perspective.clone()));
            let simulation = Simulation::new(16, Seed(7)).asking(questions.to_vec());
            let simulated = model.simulate(&simulation, &mut |_| ControlFlow::Continue(())).unwrap();
            let turnover: f64 = appraisal.ledger().postings().iter()
                .map(|posting| f64::try_from(posting.present_value).unwrap()).sum();
            for (question, figure) in questions.iter().zip(simulated.figures()) {
                let exact = f64::try_from(appraisal.answer(question).unwrap().value.unwrap()).unwrap();
                let drawn = figure.mean().unwrap().value;
                prop_assert!((exact - drawn).abs() <= OFF * turnover.max(1.0), "{exact} and {drawn}");
            }
        }
    }
}
