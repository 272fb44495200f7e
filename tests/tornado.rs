//! Tornados: rows worked out by hand, laws, and every question that has no tornado.

mod common;

use common::model;
use impact_core::Model;
use impact_core::analysis::{Reach, Tornado, TornadoQuestion, TornadoRow};
use impact_core::model::{Measure, Perspective, Question};
use impact_core::report::{TornadoReport, number_name};
use impact_core::units::Label;
use rust_decimal::Decimal;

/// Postings are rounded at the twelfth decimal; a sum of the seven years' savings may be off by as many of them.
const ROUNDED: Decimal = Decimal::from_parts(7, 0, 0, false, 12);

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn npv(perspective: &str) -> TornadoQuestion {
    TornadoQuestion::new(Question::new(Measure::Npv).seen_by(Perspective::named(perspective)))
}

fn row<'t>(tornado: &'t Tornado, address: &str) -> &'t TornadoRow {
    tornado.rows.iter().find(|row| row.address.as_str() == address).unwrap()
}

fn figures(row: &TornadoRow) -> (Decimal, Decimal) {
    (row.low.clone().unwrap(), row.high.clone().unwrap())
}

/// A model of one year without discounting: NPV = quantity × (1 − deadweight) × price − team.
fn garden(quantity: &str, more: &str) -> Model {
    let text = format!(
        r#"
        impact = 1
        name = "Gardening group"
        country = "NO"
        currency = "NOK"
        price_year = 2024
        start = 2024
        horizon = 1
        conventions = "sroi-practice"
        holders = [ {{ id = "neighbours", kind = "people" }}, {{ id = "town", kind = "public", level = "municipality" }} ]
        costs = [ {{ id = "team", payer = "town", amount = {{ uniform = [300_000, 500_000] }}, year = 2024 }} ]
        [assumptions]
        company = {{ value = 20_000, unit = "NOK per person-year", source = "an example", illustrative = true }}
        [[outcomes]]
        id = "less-lonely"
        holder = "neighbours"
        quantity = {quantity}
        duration = 1
        {more}
        values = [ {{ id = "company", value = {{ use = "company" }}, unit = "person-year", kind = "social" }} ]
        "#
    );
    Model::from_toml(&text).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn each_row_is_the_figure_at_two_quantiles_of_one_number() {
    let model = garden("{ uniform = [10, 30] }", "deadweight = { uniform = [0, 0.5] }");
    let tornado = model.tornado(&npv("society")).unwrap();
    // 20 × 0.75 × 20 000 − 400 000
    assert_eq!(tornado.base.value, Ok(decimal("-100000")));
    let found: Vec<_> = tornado.rows.iter().map(|row| (row.address.as_str(), row.low_at, row.high_at)).collect();
    let at = |low: &str, high: &str| (Some(decimal(low)), Some(decimal(high)));
    let (quantity, deadweight, team) = (at("11", "29"), at("0.025", "0.475"), at("310000", "490000"));
    assert_eq!(
        found,
        [
            ("outcomes.less-lonely.quantity", quantity.0, quantity.1),
            ("costs.team.amount", team.0, team.1),
            ("outcomes.less-lonely.deadweight", deadweight.0, deadweight.1),
        ]
    );
    // 11 and 29 × 0.75 × 20 000 − 400 000; 300 000 less the team; 20 × 0.975 and 20 × 0.525 × 20 000 − 400 000
    let figures: Vec<_> = tornado.rows.iter().map(figures).collect();
    let expected = [("-235000", "35000"), ("-10000", "-190000"), ("-10000", "-190000")];
    assert_eq!(figures, expected.map(|(low, high)| (decimal(low), decimal(high))));
    let swings: Vec<_> = tornado.rows.iter().map(|row| row.swing.unwrap()).collect();
    assert_eq!(swings, ["270000", "180000", "180000"].map(decimal), "equal swings keep the order of the model");
}

#[test]
fn sandefjord_moves_as_the_arithmetic_says() {
    let model = model("sandefjord");
    // The quantity is a pert of 4, 8, 16: 4 + 12 × beta(7/3, 11/3), whose integral reaches 0.05 and 0.95 at these values.
    let (low_at, high_at) = (decimal("5.31398870398"), decimal("12.5594486386"));
    // NPV of the municipality = 158 286.360 012 717 48 + (quantity − 26/3) × 56 500 × 12 / 5.5 × Σ 1.04⁻ᵗ, t = 0 … 6.
    let (low, high) = (decimal("-2421549.827774240338"), decimal("3153724.60792321551"));
    let tornado = model.tornado(&npv("municipality")).unwrap();
    let first = &tornado.rows[0];
    assert_eq!(first.address.as_str(), "outcomes.off-assistance.quantity");
    assert_eq!((first.low_at, first.high_at), (Some(low_at), Some(high_at)));
    let found = figures(first);
    assert!((found.0 - low).abs() <= ROUNDED && (found.1 - high).abs() <= ROUNDED, "{found:?}");
    assert!(first.marks.illustrative && tornado.base.marks.illustrative);
    // Society: 20 øre of tax financing cost saved per krone of tax: 3 649 716.671 071 029 968 + 0.2 × (tax − 370 000 / 6)
    // × 26/3 × 0.6 × Σ 1.04⁻ᵗ.
    let society = model.tornado(&npv("society")).unwrap();
    let tax = row(&society, "outcomes.off-assistance.values.income-tax.value");
    assert_eq!((tax.low_at, tax.high_at), (Some(decimal("40704.1340156")), Some(decimal("83983.2577857"))));
    let found = figures(tax);
    let (low, high) = (decimal("3513631.633492179041"), decimal("3794592.015649728493"));
    assert!((found.0 - low).abs() <= ROUNDED && (found.1 - high).abs() <= ROUNDED, "{found:?}");
}

#[test]
fn what_does_not_matter_has_no_swing_and_stands_last() {
    let tornado = model("sandefjord").tornado(&npv("municipality")).unwrap();
    let wages = row(&tornado, "outcomes.off-assistance.values.wages.value");
    assert_eq!(wages.swing, Some(Decimal::ZERO));
    assert_eq!(wages.low.clone().ok(), tornado.base.value.clone().ok());
    assert!(tornado.rows.is_sorted_by(|one, other| one.swing >= other.swing));
}

#[test]
fn a_range_equals_the_document_with_its_ends_written_in() {
    let model = model("sandefjord");
    let ranges = [
        ("outcomes.off-assistance.quantity", "5", "10"),
        ("assumptions.months-per-recipient", "4", "7"),
        ("outcomes.off-assistance.values.social-assistance.conversion.months_per_recipient", "4", "7"),
        ("catalogue.der-no-sosialhjelp-year-2022", "50000", "60000"),
        ("outcomes.off-assistance.displacement", "0", "0.4"),
        ("horizon", "3", "7"),
        ("costs.cooperation.per_year", "800000", "1200000"),
    ];
    let question = Question::new(Measure::Npv).seen_by(Perspective::Public);
    let asked = ranges.iter().fold(TornadoQuestion::new(question.clone()).of([]), |asked, (address, low, high)| {
        asked.with_range(address.parse().unwrap(), decimal(low), decimal(high))
    });
    let tornado = model.tornado(&asked).unwrap();
    assert_eq!(tornado.rows.len(), ranges.len());
    for (address, low, high) in ranges {
        let figure = |value: &str| {
            let elsewhere = model.with(address, decimal(value)).unwrap().appraise().unwrap();
            elsewhere.answer(&question).unwrap().value.unwrap()
        };
        assert_eq!(figures(row(&tornado, address)), (figure(low), figure(high)), "{address}");
    }
}

#[test]
fn a_range_stands_in_place_of_the_quantiles_and_beside_the_other_numbers() {
    let model = garden("{ uniform = [10, 30] }", "deadweight = 0");
    let asked = npv("society")
        .with_range("outcomes.less-lonely.quantity".parse().unwrap(), decimal("19"), decimal("21"))
        .with_range("outcomes.less-lonely.deadweight".parse().unwrap(), Decimal::ZERO, Decimal::ONE);
    let tornado = model.tornado(&asked).unwrap();
    assert_eq!(tornado.rows.len(), 3);
    assert_eq!(row(&tornado, "outcomes.less-lonely.quantity").swing, Some(decimal("40000")));
    assert_eq!(row(&tornado, "outcomes.less-lonely.deadweight").swing, Some(decimal("400000")));
    assert_eq!(row(&tornado, "costs.team.amount").swing, Some(decimal("180000")));
}

#[test]
fn other_chances_and_some_of_the_numbers_may_be_asked_for() {
    let model = garden("{ uniform = [10, 30] }", "deadweight = { uniform = [0, 0.5] }");
    let asked = npv("town").with_chances(0.25, 0.75).of(["costs.team.amount".parse().unwrap()]);
    let tornado = model.tornado(&asked).unwrap();
    assert_eq!(tornado.rows.len(), 1);
    assert_eq!((tornado.rows[0].low_at, tornado.rows[0].high_at), (Some(350_000.into()), Some(450_000.into())));
    assert_eq!(tornado.rows[0].swing, Some(100_000.into()));
}

#[test]
fn marks_are_those_of_the_number() {
    let model = garden("20", "deadweight = { uniform = [0, 0.5] }");
    let company = "assumptions.company".parse().unwrap();
    let tornado = model.tornado(&npv("society").with_range(company, decimal("10000"), decimal("30000"))).unwrap();
    assert!(row(&tornado, "assumptions.company").marks.illustrative);
    assert!(!row(&tornado, "costs.team.amount").marks.illustrative);
}

#[test]
fn a_quantile_that_the_document_refuses_leaves_the_row_with_the_reason() {
    let effect = "{ effect = { population = 100, baseline = 0.7, risk_ratio = { uniform = [0.5, 1.5] } } }";
    let tornado = garden(effect, "").tornado(&npv("society")).unwrap();
    let last = tornado.rows.last().unwrap();
    assert_eq!(last.address.as_str(), "outcomes.less-lonely.quantity.effect.risk_ratio");
    // 0.7 × 1.45 is more than everybody.
    assert_eq!((last.low_at, last.high_at, last.swing), (Some(decimal("0.55")), Some(decimal("1.45")), None));
    assert!(last.low.is_ok());
    let reason = last.high.as_ref().unwrap_err();
    assert_eq!(
        reason.to_string(),
        "outcomes.less-lonely.quantity.effect (line 17, column 31): risk ratio `1.45` on baseline `0.7` gives `1.015`, \
         which is not between 0 and 1"
    );
    assert!(reason.label().nb.unwrap().starts_with("modellen tar ikke denne verdien: "));
}

#[test]
fn a_figure_that_does_not_exist_is_a_reason_and_not_a_number() {
    let question = Question::new(Measure::Payback).seen_by(Perspective::named("municipality"));
    let tornado = model("sandefjord").tornado(&TornadoQuestion::new(question)).unwrap();
    let quantity = row(&tornado, "outcomes.off-assistance.quantity");
    assert!(quantity.high.is_ok() && quantity.swing.is_none());
    assert!(quantity.low.as_ref().unwrap_err().to_string().starts_with("it is not paid back by 2024"));
}

#[test]
fn shares_that_add_up_are_named_and_not_moved_one_by_one() {
    let text = common::text("models/sandefjord.toml")
        .replace("work = { value = 0.6,", "work = { beta = { mean = 0.6, sd = 0.1 },");
    let model = Model::from_toml(&text).unwrap();
    let tornado = model.tornado(&npv("society")).unwrap();
    let work = row(&tornado, "outcomes.off-assistance.destinations.work");
    assert!(work.low_at.is_none() && work.low.as_ref().unwrap_err().to_string().contains("vary them together"));
    let asked = npv("society").of(["outcomes.off-assistance.destinations.work".parse().unwrap()]);
    assert!(model.tornado(&asked).unwrap_err().to_string().contains("vary them together"));
}

#[test]
fn a_model_without_uncertain_numbers_has_no_rows() {
    let tornado = model("beginner").tornado(&npv("society")).unwrap();
    assert!(tornado.rows.is_empty());
    assert_eq!(tornado.base.value, Ok(20_000.into()));
}

#[test]
fn questions_without_a_tornado_name_what_is_wrong() {
    let model = model("sandefjord");
    let message = |asked: TornadoQuestion| model.tornado(&asked).unwrap_err().to_string();
    let ratio = |measure| message(TornadoQuestion::new(Question::new(measure)));
    assert_eq!(
        ratio(Measure::SroiRatio),
        "there is no tornado of `sroi_ratio`: a ratio also moves with what stands below its line, so its swings do not \
         compare. Ask for `npv`"
    );
    assert!(ratio(Measure::Bcr).contains("`bcr`") && ratio(Measure::SroiNetRatio).contains("`npv`"));
    for (low, high) in [(0.0, 0.9), (0.5, 0.5), (0.9, 0.1), (0.1, 1.0), (f64::NAN, 0.9), (-1.0, f64::INFINITY)] {
        let said = message(npv("society").with_chances(low, high));
        assert_eq!(
            said,
            format!("the chances `{low}` and `{high}` are not two numbers between 0 and 1, the lower one first")
        );
    }
    let of = |address: &str| message(npv("society").of([address.parse().unwrap()]));
    assert_eq!(of("horizon"), "`horizon` does not vary in the model: give it a range");
    assert_eq!(
        of("outcomes.off-assistance.quantty"),
        "document: `outcomes.off-assistance.quantty` is no number of this model: did you mean `outcomes.off-assistance.quantity`?"
    );
    let range = |address: &str, low: Decimal, high: Decimal| {
        message(npv("society").with_range(address.parse().unwrap(), low, high))
    };
    assert_eq!(
        range("outcomes.off-assistance.drop_off", Decimal::ZERO, Decimal::TWO),
        "`outcomes.off-assistance.drop_off` cannot be varied from 0 to 2: it takes between 0 and 1, and the first must be below the last"
    );
    assert_eq!(
        range("horizon", Decimal::TEN, Decimal::TWO),
        "`horizon` cannot be varied from 10 to 2: it takes a whole number of years from 1 to 300, and the first must be below the last"
    );
    let half = range("horizon", decimal("2.5"), Decimal::TEN);
    assert!(half.starts_with("`horizon` cannot be `2.5`: horizon: "), "{half}");
    assert!(range("costs.cooperation.per_year", Decimal::MIN, Decimal::MAX).contains("it takes zero or more"));
    assert!(message(npv("county")).starts_with("`county` is no holder of this model"));
}

#[test]
fn amounts_beyond_all_decimals_are_said() {
    let model = model("sandefjord");
    let moved = |high: Decimal| {
        let address = "catalogue.der-no-sosialhjelp-year-2022".parse().unwrap();
        model.tornado(&npv("municipality").of([]).with_range(address, Decimal::ONE, high))
    };
    let error = moved(Decimal::MAX).unwrap_err().to_string();
    assert!(
        error.starts_with("`catalogue.der-no-sosialhjelp-year-2022` cannot be `79228162514264337593543950335`: "),
        "{error}"
    );
    // The document holds this one; the ledger does not hold eight times twelve over five and a half of it.
    let tornado = moved(decimal("7900000000000000000000000000")).unwrap();
    let cost = &tornado.rows[0];
    assert!(cost.low.is_ok() && cost.swing.is_none());
    assert!(cost.high.as_ref().unwrap_err().to_string().contains("28 digits"), "{:?}", cost.high);
}

#[test]
fn a_rare_risk_has_a_bar_to_both_its_values_and_says_so() {
    let model = garden("20", "deadweight = { discrete = [[0, 0.98], [1, 0.02]] }");
    let tornado = model.tornado(&npv("society")).unwrap();
    let risk = row(&tornado, "outcomes.less-lonely.deadweight");
    assert_eq!((risk.low_at, risk.high_at, risk.reach), (Some(decimal("0")), Some(decimal("1")), Reach::Support));
    // 20 × 20 000 − 400 000 without it, − 400 000 with it
    assert_eq!(figures(risk), (decimal("0"), decimal("-400000")));
    assert_eq!(risk.swing, Some(decimal("400000")));
    assert_eq!(row(&tornado, "costs.team.amount").reach, Reach::Quantiles);
    let report = TornadoReport::of(&model.appraise().unwrap(), tornado);
    let note = report.rows[0].note.as_ref().unwrap();
    assert!(note.en.ends_with("low and high are the least and the greatest value it can have"), "{note}");
    assert_eq!(report.rows[1].note, None);
}

#[test]
fn numbers_of_one_name_are_told_apart_by_what_they_belong_to() {
    let text = r#"
        impact = 1
        name = "Two groups"
        country = "NO"
        currency = "NOK"
        price_year = 2024
        start = 2024
        horizon = 1
        conventions = "sroi-practice"
        holders = [ { id = "people", kind = "people" } ]
        [[outcomes]]
        id = "choir"
        name = { en = "Choir", nb = "Kor" }
        holder = "people"
        quantity = { uniform = [1, 2], name = "Reached" }
        values = [ { id = "v", value = { uniform = [1, 2], name = "Worth" }, unit = "person-year", kind = "social" } ]
        [[outcomes]]
        id = "garden"
        holder = "people"
        quantity = { uniform = [1, 2], name = "Reached" }
        deadweight = { value = 0.1, name = "Anyhow" }
        values = [ { id = "v", value = { uniform = [1, 2], name = "Worth" }, unit = "person-year", kind = "social" } ]
    "#;
    let model = Model::from_toml(text).unwrap_or_else(|error| panic!("{error}"));
    let name = |address: &str| number_name(&model, &address.parse().unwrap());
    assert_eq!(name("outcomes.choir.quantity"), Label::both("Reached (Choir)", "Reached (Kor)"));
    assert_eq!(name("outcomes.garden.quantity").en, "Reached (garden)");
    assert_eq!(name("outcomes.choir.values.v.value").en, "Worth (Choir)");
    assert_eq!(name("outcomes.garden.deadweight").en, "Anyhow");
}
