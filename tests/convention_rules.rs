//! Rules of conventions: discount factors of the published cases, financing of gross outlay, growth by class of value, and
//! corrections of benefits and costs by grade.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot read its document has failed"
)]

use impact_core::Model;
use impact_core::document::Node;
use impact_core::model::{Measure, Perspective, Question};
use impact_core::simulation::{Seed, Simulation};
use rust_decimal::Decimal;
use std::ops::ControlFlow;

const HEAD: &str = r#"
impact = 1
name = "Rules"
country = "NO"
currency = "NOK"
price_year = 2024
start = 2024
horizon = 3
holders = [
    { id = "people", kind = "people" },
    { id = "town", kind = "public", level = "municipality" },
    { id = "state", kind = "public", level = "state" },
]
"#;

fn text(rules: &str, more: &str) -> String {
    format!("{HEAD}conventions = {rules}\n{more}")
}

fn model(rules: &str, more: &str) -> Model {
    Model::from_toml(&text(rules, more)).unwrap_or_else(|error| panic!("{error}"))
}

fn said(rules: &str, more: &str) -> String {
    Model::from_toml(&text(rules, more)).unwrap_err().to_string()
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn society(model: &Model, measure: Measure) -> Decimal {
    model.appraise().unwrap().answer(&Question::new(measure)).unwrap().value.unwrap()
}

/// That the exact figure, the fast totals and draws of a certain model are the same formula.
fn assert_fast_agrees(model: &Model) {
    let exact = society(model, Measure::Npv);
    let fast = model.fast_totals::<f64>().unwrap().sums(&Perspective::Society).unwrap().net();
    let exact: f64 = exact.to_string().parse().unwrap();
    assert!((exact - fast).abs() <= 1e-9 * exact.abs().max(1.0), "{exact} and {fast}");
    let question = Question::new(Measure::Npv);
    let simulation = Simulation::new(3, Seed(1)).asking([question.clone()]);
    let simulated = model.simulate(&simulation, &mut |_| ControlFlow::Continue(())).unwrap();
    let drawn = simulated.answer(&question).unwrap().mean().unwrap().value;
    assert!((exact - drawn).abs() <= 1e-9 * exact.abs().max(1.0), "{exact} and {drawn}");
}

// ---- discount factors

/// The factors of a published case, by year.
fn case(text: &str) -> (i32, i32, Vec<(i32, Decimal)>) {
    let node = Node::from_toml(text).unwrap();
    let table = node.as_table().unwrap();
    let year = |key: &str| i32::try_from(table.get(key).unwrap().as_number().unwrap().value()).unwrap();
    let expected = table.get("expected").unwrap().as_table().unwrap().entries().iter();
    let factors = expected.map(|entry| (entry.key.parse().unwrap(), entry.node.as_number().unwrap().value()));
    (year("origin"), year("present_value_year"), factors.collect())
}

fn assert_factors(rules: &str, published: &str) {
    let (origin, present, factors) = case(published);
    let text = text(rules, "")
        .replace("start = 2024", &format!("start = {present}"))
        .replace("horizon = 3", &format!("horizon = 3\ndiscount_origin = {origin}"));
    let clock = Model::from_toml(&text).unwrap().clock();
    assert!(factors.len() > 3);
    for (year, expected) in factors {
        let year = impact_core::units::Year::new(i64::from(year)).unwrap();
        let factor = clock.factor(year, impact_core::discount::Timing::Start).value().unwrap();
        assert!(
            (factor - expected).abs() < decimal("0.000000000001"),
            "{rules}: {year} gives {factor}, not {expected}"
        );
    }
}

#[test]
fn conventions_have_the_factors_of_their_cases() {
    assert_factors("\"denmark-2023\"", include_str!("../fixtures/cases/factors/denmark-2023.toml"));
    assert_factors("\"denmark-2021\"", include_str!("../fixtures/cases/factors/denmark-2023.toml"));
    assert_factors("\"norway-r109-2021\"", include_str!("../fixtures/cases/factors/norway-r109-year-zero.toml"));
    assert_factors("\"norway-r109-fram\"", include_str!("../fixtures/cases/factors/norway-r109-fram.toml"));
    assert_factors("\"uk-green-book-2026\"", include_str!("../fixtures/cases/factors/uk-green-book-standard.toml"));
    let chosen = |id: &str| format!("{{ base = \"uk-green-book-2026\", discount = {{ schedule = \"{id}\" }} }}");
    assert_factors(&chosen("health"), include_str!("../fixtures/cases/factors/uk-green-book-health.toml"));
    assert_factors(&chosen("catastrophic"), include_str!("../fixtures/cases/factors/uk-green-book-catastrophic.toml"));
}

#[test]
fn a_schedule_is_chosen_by_its_id_and_the_result_names_it() {
    let low = model("{ base = \"wsipp\", discount = { schedule = \"low\" } }", "");
    assert_eq!(low.convention().discount.chosen.as_deref(), Some("low"));
    assert_eq!(
        low.clock().factor(low.start().plus(1), impact_core::discount::Timing::Start).value().unwrap().round_dp(12),
        (Decimal::ONE / decimal("1.02")).round_dp(12)
    );
    assert_eq!(low.overridden_switches()[0].as_str(), "conventions.discount.schedule");
    let marked = |model: &Model, address: &str| model.convention().mark(address).is_some();
    assert!(marked(&low, "discount.alternatives.low") && !marked(&low, "discount.bands.0.rate"));
    let standard = model("{ base = \"wsipp\", discount = { schedule = \"standard\" } }", "");
    assert!(!marked(&standard, "discount.alternatives.low") && marked(&standard, "discount.bands.0.rate"));
    assert_eq!(
        said("{ base = \"wsipp\", discount = { schedule = \"middle\" } }", ""),
        "conventions.discount.schedule (line 14, column 57): unknown word `middle`: accepted are `standard`, `low`, `high`"
    );
    let both = "{ base = \"wsipp\", discount = { schedule = \"low\", bands = [ { from_step = 1, rate = 0 } ] } }";
    assert!(said(both, "").contains("write one of `bands` and `schedule`"), "{}", said(both, ""));
}

// ---- financing

const BUDGETS: &str = r#"
costs = [ { id = "team", payer = "town", amount = 1000, year = 2024 } ]
[[outcomes]]
id = "less-care"
holder = "people"
quantity = 1
nature = "event"
unit = "stay"
values = [ { id = "care", kind = "fiscal", value = 400, unit = "stay", to = "town", avoidable = 1 } ]
"#;

#[test]
fn gross_outlay_sets_nothing_off() {
    let rules = |base: &str| {
        format!("{{ base = \"norway-r109-2021\", financing = {{ cost = 0.25, base = \"{base}-public-outlay\" }} }}")
    };
    let (net, gross) = (model(&rules("net"), BUDGETS), model(&rules("gross"), BUDGETS));
    // −1000 + 400 less 25 % of 600, and of 1000
    assert_eq!(society(&net, Measure::Npv), decimal("-750"));
    assert_eq!(society(&gross, Measure::Npv), decimal("-850"));
    assert_fast_agrees(&net);
    assert_fast_agrees(&gross);
    let circular = model("\"us-omb-a94-supplementary\"", BUDGETS);
    assert_eq!(society(&circular, Measure::Npv), decimal("-850"), "public expenditures are multiplied by 1.25");
}

#[test]
fn no_mark_up_is_laid_where_conventions_have_none() {
    let factor = model("\"denmark-2023\"", BUDGETS);
    assert_eq!(society(&factor, Measure::Npv), decimal("-768"), "1.28 × (400 - 1000), and nothing of the outlay");
    for id in ["mvpf", "uk-green-book-2026", "value-map"] {
        assert_eq!(society(&model(&format!("\"{id}\""), BUDGETS), Measure::Npv), decimal("-600"), "{id}");
    }
    for (id, npv) in [("ireland-2019", "-780"), ("sweden-asek-5", "-780"), ("denmark-2017", "-660")] {
        assert_eq!(society(&model(&format!("\"{id}\""), BUDGETS), Measure::Npv), decimal(npv), "{id}");
    }
}

// ---- growth by class of value

#[test]
fn fram_lets_social_values_grow_along_its_path() {
    // FRAM: none up to 2024, 0.9 % from 2025 to 2060, then a straight line to nothing in 2100.
    let expected = [
        (2024, "0"),
        (2025, "0.009"),
        (2040, "0.009"),
        (2060, "0.009"),
        (2061, "0.008775"),
        (2070, "0.00675"),
        (2080, "0.0045"),
        (2099, "0.000225"),
        (2100, "0"),
        (2105, "0"),
    ];
    let outcome = |more: &str| {
        format!(
            "[[outcomes]]\nid = \"time\"\nholder = \"people\"\nquantity = 1\nduration = 84\nvalues = [ {{ id = \"hour\", kind = \"social\", value = 1000, unit = \"person-year\"{more} }} ]\n"
        )
    };
    let long = |more: &str| {
        let text = text("\"norway-r109-fram\"", &outcome(more))
            .replace("start = 2024\nhorizon = 3", "start = 2023\nhorizon = 84");
        Model::from_toml(&text).unwrap()
    };
    let amounts = |model: &Model| -> Vec<(i32, Decimal)> {
        model
            .appraise()
            .unwrap()
            .ledger()
            .postings()
            .iter()
            .map(|posting| (posting.year.number(), posting.amount))
            .collect()
    };
    let grown = amounts(&long(""));
    for (year, rate) in expected {
        let at = |year: i32| grown.iter().find(|(other, _)| *other == year).unwrap().1;
        let growth = at(year) / at(year - 1) - Decimal::ONE;
        assert!((growth - decimal(rate)).abs() < decimal("0.0000000001"), "{year}: {growth}");
    }
    let own = long(", growth = \"none\"");
    assert!(amounts(&own).iter().all(|(_, amount)| *amount == decimal("1000")));
    let left_out =
        long("").defaults().iter().any(|left_out| left_out.address.as_str() == "outcomes.time.values.hour.growth");
    assert!(left_out, "what the conventions add is listed");
    assert_fast_agrees(&long(""));
    let explained = long("").appraise().unwrap().explain("outcomes.time.values.hour").unwrap();
    assert!(format!("{explained:?}").contains("conventions.growth.social"));
}

// ---- corrections by grade

const TABLE: &str = "{ base = \"gmca-cba\", corrections = { benefits = { 3 = 0.15, 6 = 0.4 }, costs = { 3 = 0.1 } } }";

fn graded(evidence: &str, cost: &str) -> String {
    format!(
        r#"
actuals_to = 2024
[[costs]]
id = "team"
payer = "town"
per_year = 100
years = [2024, 2025]
{cost}
[[outcomes]]
id = "work"
holder = "people"
quantity = 10
nature = "event"
unit = "job"
deadweight = 0.2
attribution = {{ others = 0.5 }}
{evidence}
[[outcomes.values]]
id = "worth"
kind = "social"
value = 1000
unit = "job"
[[outcomes.values]]
id = "stress"
kind = "social"
value = -100
unit = "job"
"#
    )
}

#[test]
fn a_benefit_loses_and_a_cost_gains_the_share_of_its_grade() {
    let graded = model(TABLE, &graded("evidence = { confidence = 3 }", "confidence = 3"));
    // 10 · 0.8 · (1000 · 0.85 − 100): the harm is not made smaller
    assert_eq!(society(&graded, Measure::PresentValueOutcomes), decimal("6000"));
    let appraisal = graded.appraise().unwrap();
    let cost = |year: i32| {
        let found = appraisal
            .ledger()
            .entries()
            .find(|(line, posting)| line.cause.as_str() == "costs.team" && posting.year.number() == year);
        found.unwrap().1.amount
    };
    assert_eq!([cost(2024), cost(2025)], [decimal("100"), decimal("110")], "what is spent is known");
    assert_fast_agrees(&graded);
    let explained = format!("{:?}", appraisal.explain("outcomes.work.values.worth").unwrap());
    assert!(explained.contains("correction for grade 3") && explained.contains("(1 − correction)"), "{explained}");
    let explained = format!("{:?}", appraisal.explain("costs.team").unwrap());
    assert!(explained.contains("korreksjon for grad 3") && explained.contains("(1 + correction)"), "{explained}");
}

#[test]
fn corrections_come_before_credit_and_after_the_filters() {
    let rules = TABLE.replace(
        "base = \"gmca-cba\"",
        "base = \"gmca-cba\", combination = { filters = \"additive\", attribution = \"every-measure\" }",
    );
    let graded = model(&rules, &graded("evidence = { confidence = 3 }\ndisplacement = 0.1", ""));
    // 10 · (1 − 0.2 − 0.1 − 0.5) · (850 − 100): the correction takes its share of what the filters leave, added or not
    assert_eq!(society(&graded, Measure::PresentValueOutcomes), decimal("1500"));
    assert_fast_agrees(&graded);
}

#[test]
fn one_doubt_counts_once() {
    let included = model(
        TABLE,
        &graded(
            "evidence = { confidence = 3, includes = \"interval\" }",
            "optimism_bias = \"included\"\nconfidence = 3",
        ),
    );
    assert_eq!(society(&included, Measure::PresentValueOutcomes), decimal("7200"));
    assert_eq!(
        society(&included, Measure::PresentValueInputs),
        society(&model(TABLE, &graded("", "")), Measure::PresentValueInputs)
    );
    let twice = said(
        TABLE,
        &graded(
            "evidence = { confidence = 3, includes = \"discounted-prior\" }",
            "optimism_bias = 0.2\nconfidence = 3",
        ),
    );
    assert!(twice.contains("costs.team.confidence"), "{twice}");
    assert!(twice.contains("a cost has optimism bias or a correction by its `confidence`, not both"), "{twice}");
    assert!(
        twice.contains("outcomes.work.evidence.includes") && twice.contains("the same doubt counts once"),
        "{twice}"
    );
}

#[test]
fn what_has_no_grade_is_listed_and_a_grade_without_a_correction_is_refused() {
    let ungraded = model(TABLE, &graded("", ""));
    let listed: Vec<&str> = ungraded.defaults().iter().map(|default| default.address.as_str()).collect();
    assert!(
        listed.contains(&"outcomes.work.evidence.confidence") && listed.contains(&"costs.team.confidence"),
        "{listed:?}"
    );
    let wrong = said("\"gmca-cba\"", &graded("evidence = { confidence = 3 }", "confidence = 7"));
    assert!(
        wrong.contains("the conventions have no correction for grade `3`: give `conventions.corrections.benefits.3`"),
        "{wrong}"
    );
    assert!(wrong.contains("`7` is not a grade: write 1 to 6 for confidence, or `A` to `D` for evidence"), "{wrong}");
    let too_much = said(&TABLE.replace("0.15", "1.5"), "");
    assert!(
        too_much.contains("conventions.corrections.benefits.3")
            && too_much.contains("correction `1.5` is not between 0 and 1"),
        "{too_much}"
    );
}

#[test]
fn conventions_without_corrections_leave_grades_alone_and_a_document_may_bring_its_own() {
    let plain =
        model("\"norway-r109-2021\"", &graded("evidence = { grade = \"C\", confidence = 3 }", "confidence = \"C\""));
    assert_eq!(society(&plain, Measure::PresentValueOutcomes), decimal("7200"));
    let own = "{ base = \"norway-r109-2021\", corrections = { by = \"evidence-grade\", benefits = { C = 0.25 }, costs = { C = 0.5 } } }";
    let corrected = model(own, &graded("evidence = { grade = \"C\" }", "confidence = \"C\""));
    assert_eq!(society(&corrected, Measure::PresentValueOutcomes), decimal("5200"));
    let off = corrected.with("conventions.corrections.by", "none").unwrap();
    assert_eq!(society(&off, Measure::PresentValueOutcomes), decimal("7200"));
}
