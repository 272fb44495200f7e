//! Factor prices and market prices: what society's account multiplies resources by, and that no budget contains it.

mod common;
mod random_model;

use common::model;
use impact_core::Model;
use impact_core::evaluation::{Appraisal, Party, SplitQuestion, Sums};
use impact_core::model::{Measure, Perspective};
use impact_core::number::{Exact, Number};
use impact_core::simulation::{Seed, Simulation};
use proptest::prelude::*;
use random_model::{ModelText, model_text};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::ops::ControlFlow;

/// Denmark from June 2023: a factor of 1.28. One year, nothing discounted.
///
/// - The municipality pays 1 000 000 at factor prices: to society 1 280 000.
/// - Ten people use a service less, 50 000 each at factor prices: to society 640 000.
/// - They would pay 20 000 each to be less lonely: market prices already, 200 000.
/// - They get 30 000 each less of a benefit: to society nothing.
const DANISH: &str = r#"
impact = 1
name = "Danish example"
country = "DK"
currency = "DKK"
price_year = 2024
start = 2024
horizon = 1
conventions = "denmark-2023"
holders = [ { id = "people", kind = "people" }, { id = "town", kind = "public", level = "municipality" } ]
costs = [ { id = "team", payer = "town", amount = 1_000_000, year = 2024, source = "budget" } ]
[[outcomes]]
id = "better"
holder = "people"
quantity = 10
values = [
    { id = "service", value = 50_000, unit = "person-year", to = "town", kind = "fiscal", source = "accounts" },
    { id = "company", value = 20_000, unit = "person-year", kind = "social", basis = "wtp", source = "survey" },
    { id = "benefit", value = 30_000, unit = "person-year", from = "people", to = "town", kind = "fiscal", source = "law" },
]
"#;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn read(text: &str) -> Model {
    Model::from_toml(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn measured(model: &Model, measure: Measure, perspective: &str) -> Decimal {
    let figure = model.appraise().unwrap().measure(measure, Perspective::named(perspective)).unwrap();
    figure.value.unwrap().normalize()
}

#[test]
fn society_counts_resources_at_market_prices_and_budgets_do_not() {
    let model = read(DANISH);
    assert_eq!(measured(&model, Measure::Npv, "society"), decimal("-440000"), "-1 280 000 + 640 000 + 200 000");
    assert_eq!(measured(&model, Measure::PresentValueInputs, "society"), decimal("1280000"));
    assert_eq!(measured(&model, Measure::Bcr, "society"), decimal("0.65625"), "840 000 / 1 280 000");
    assert_eq!(measured(&model, Measure::Npv, "town"), decimal("-200000"), "-1 000 000 + 500 000 + 300 000");
    assert_eq!(measured(&model, Measure::Npv, "people"), decimal("-100000"), "200 000 - 300 000");
    assert_eq!(measured(&model, Measure::NetPublicCost, "society"), decimal("200000"), "what budgets pay, in kroner");
    assert_eq!(measured(&model, Measure::WillingnessToPay, "society"), decimal("-100000"));
    assert_eq!(measured(&model, Measure::SroiRatio, "society"), decimal("0.65625"), "840 000 / 1 280 000");
    assert_eq!(
        measured(&model, Measure::SroiRatio, "town"),
        decimal("0.8"),
        "800 000 / 1 000 000: both in kroner paid"
    );
}

#[test]
fn what_payers_share_is_what_budgets_pay_without_the_markup() {
    let split = read(DANISH).appraise().unwrap().split(&SplitQuestion::default()).unwrap();
    // The town gains 500 000 + 300 000 and pays 1 000 000 in kroner, not 1 280 000.
    assert_eq!((split.cost.normalize(), split.missing.normalize()), (decimal("1000000"), decimal("200000")));
    assert_eq!(split.payers[0].pays_now, split.cost);
}

#[test]
fn what_is_said_to_be_at_market_prices_is_left_as_it_is() {
    let cost = read(&DANISH.replace("amount = 1_000_000,", "amount = 1_000_000, prices = \"market\","));
    assert_eq!(measured(&cost, Measure::Npv, "society"), decimal("-160000"), "-1 000 000 + 640 000 + 200 000");
    let wtp = read(&DANISH.replace("kind = \"social\",", "kind = \"social\", prices = \"factor\","));
    assert_eq!(measured(&wtp, Measure::Npv, "society"), decimal("-384000"), "-1 280 000 + 640 000 + 256 000");
    let said = Model::from_toml(&DANISH.replace("from = \"people\",", "from = \"people\", prices = \"factor\","));
    assert_eq!(
        said.unwrap_err().to_string(),
        "outcomes.better.values.benefit.prices (line 19, column 87): `prices` has no meaning here: money that changes hands is no \
         resource, and society counts none of it"
    );
}

#[test]
fn what_is_taken_for_granted_is_listed_where_the_conventions_ask() {
    let listed = |text: &str| -> Vec<String> {
        let model = read(text);
        let prices = model.defaults().iter().filter(|default| default.address.as_str().ends_with(".prices"));
        prices.map(|default| format!("{}: {}", default.address, default.taken)).collect()
    };
    assert_eq!(
        listed(DANISH),
        [
            "costs.team.prices: factor",
            "outcomes.better.values.service.prices: factor",
            "outcomes.better.values.company.prices: market",
        ]
    );
    assert!(listed(&DANISH.replace("denmark-2023", "denmark-2021")).is_empty());
    let people = DANISH.replace("payer = \"town\"", "payer = \"people\"");
    assert_eq!(listed(&people)[0], "costs.team.prices: market");
}

#[test]
fn the_ledger_shows_the_markup_as_a_posting_to_society_beside_the_one_of_who_pays() {
    let appraisal = read(DANISH).appraise().unwrap();
    let of_team = appraisal.ledger().entries().filter(|(line, _)| line.cause.as_str() == "costs.team");
    let rows: Vec<(bool, Decimal)> =
        of_team.map(|(line, posting)| (line.from == Some(Party::Society), posting.amount.normalize())).collect();
    assert_eq!(rows, [(false, decimal("1000000")), (true, decimal("280000"))]);
    let explained = appraisal.explain("costs.team").unwrap();
    assert_eq!(explained.value, Some(decimal("1000000")), "what the payer pays");
    let markup = explained.parts.last().unwrap();
    assert_eq!(markup.value, Some(decimal("280000")));
    assert_eq!(markup.parts[0].value, Some(decimal("1.28")));
    assert_eq!(markup.title.nb.as_deref(), Some("ført til markedspriser: bare for samfunnet, ikke i noe budsjett"));
    let npv =
        appraisal.explain_measure(&"npv".parse::<Measure>().map(impact_core::model::Question::new).unwrap()).unwrap();
    assert!(npv.parts.iter().any(|part| part.title.en == "team, carried to market prices"));
}

#[test]
fn a_factor_of_one_and_a_convention_without_one_give_the_same_digits() {
    let one = read(&DANISH.replace("\"denmark-2023\"", "{ base = \"denmark-2023\", prices = { market_factor = 1 } }"));
    let without = read(&DANISH.replace("\"denmark-2023\"", "{ base = \"denmark-2021\", financing = { cost = 0 } }"));
    assert_eq!(one.appraise().unwrap().ledger(), without.appraise().unwrap().ledger());
    assert_eq!(measured(&one, Measure::Npv, "society"), decimal("-300000"), "-1 000 000 + 500 000 + 200 000");
}

#[test]
fn a_factor_below_one_or_above_two_is_refused() {
    for factor in ["0.9", "2.1"] {
        let text = DANISH.replace(
            "\"denmark-2023\"",
            &format!("{{ base = \"denmark-2023\", prices = {{ market_factor = {factor} }} }}"),
        );
        let said = Model::from_toml(&text).unwrap_err().to_string();
        let expected = format!("factor to market prices `{factor}` is not between 1 and 2");
        assert!(said.contains(&expected), "{said}");
    }
}

#[test]
fn the_distortion_factor_of_older_danish_editions_is_of_net_public_outlay() {
    // Net outlay of the town 1 000 000 - 500 000 - 300 000 = 200 000; the factor from factor prices was not read there.
    for (edition, npv) in [("denmark-2017", "-320000"), ("denmark-2021", "-320000")] {
        let model = read(&DANISH.replace("denmark-2023", edition));
        assert_eq!(measured(&model, Measure::Npv, "society"), decimal(npv), "-300 000 - 0.10 × 200 000");
    }
}

#[test]
fn what_somebody_without_standing_pays_is_marked_up_for_everybody_only() {
    let model = read(&DANISH.replace("level = \"municipality\"", "level = \"municipality\", standing = false"));
    assert_eq!(
        measured(&model, Measure::Npv, "society"),
        decimal("-100000"),
        "200 000 - 300 000: the town is left out"
    );
    assert_eq!(measured(&model, Measure::Npv, "everybody"), decimal("-440000"));
}

#[test]
fn production_is_at_factor_prices() {
    let text = common::text("models/work.toml").replace("norway-r109-2021", "denmark-2023");
    // 4 731 955.2 × 1.28
    assert_eq!(measured(&read(&text), Measure::PresentValueOutcomes, "society"), decimal("6056902.656"));
    assert_eq!(measured(&read(&text), Measure::PresentValueOutcomes, "public"), decimal("3591000"));
    assert_eq!(measured(&model("work"), Measure::PresentValueOutcomes, "society"), decimal("4731955.2"));
}

#[test]
fn draws_of_certain_numbers_are_the_exact_figures() {
    let model = read(DANISH);
    let simulated = model.simulate(&Simulation::new(3, Seed(1)), &mut |_| ControlFlow::Continue(())).unwrap();
    let npv = simulated.answer(&impact_core::model::Question::new(Measure::Npv)).unwrap().mean().unwrap().value;
    assert!((npv + 440_000.0).abs() < 1e-6, "{npv}");
}

fn marked_up(text: &ModelText, factor: &str) -> Model {
    let named = format!("conventions = \"{}\"", text.convention);
    let own = format!("conventions = {{ base = \"{}\", prices = {{ market_factor = {factor} }} }}", text.convention);
    read(&text.to_string().replace(&named, &own))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn holders_see_the_same_digits_whatever_the_factor(text in model_text()) {
        let (plain, dear) = (read(&text.to_string()).appraise().unwrap(), marked_up(&text, "1.28").appraise().unwrap());
        let holders = plain.model().holders().iter().map(|holder| Perspective::Holder(holder.id.clone()));
        for perspective in holders.chain([Perspective::Public]) {
            prop_assert_eq!(plain.sums(&perspective).unwrap(), dear.sums(&perspective).unwrap());
            for measure in [Measure::SroiRatio, Measure::Bcr, Measure::Payback, Measure::NetPublicCost, Measure::Mvpf] {
                let value = |of: &Appraisal| of.measure(measure, perspective.clone()).unwrap().value.ok();
                prop_assert_eq!(value(&plain), value(&dear), "{} for {}", measure, perspective);
            }
        }
        let one = marked_up(&text, "1").appraise().unwrap();
        prop_assert_eq!(plain.ledger(), one.ledger(), "a factor of one changes no digit");
    }

    #[test]
    fn society_is_its_holders_and_the_markup_less_the_financing_cost(text in model_text()) {
        let appraisal = marked_up(&text.where_transfers_cancel(), "1.28").appraise().unwrap();
        let society = appraisal.sums(&Perspective::Society).unwrap();
        let holders = appraisal.model().holders().iter();
        let held: Exact =
            holders.map(|holder| appraisal.sums(&Perspective::Holder(holder.id.clone())).unwrap().net()).sum();
        let markup: Exact = appraisal
            .ledger()
            .entries()
            .filter(|(line, _)| line.is_markup())
            .map(|(line, posting)| {
                let gained = line.to.is_some() != posting.turned;
                Exact::whole(if gained { 1 } else { -1 }) * Exact::from(posting.present_value)
            })
            .sum();
        prop_assert_eq!(society.net(), held + markup - society.financing);
    }

    #[test]
    fn floats_agree_with_decimals(text in model_text()) {
        let model = marked_up(&text, "1.28");
        let exact = model.appraise().unwrap().sums(&Perspective::Society).unwrap();
        let float: Sums<f64> = model.fast_totals::<f64>().unwrap().sums(&Perspective::Society).unwrap();
        let scale = [exact.outcomes, exact.inputs].map(|sum| sum.value().unwrap().to_f64().unwrap().abs());
        let net = exact.net().value().unwrap().to_f64().unwrap();
        prop_assert!((net - float.net()).abs() <= 1e-9 * scale[0].max(scale[1]).max(1.0), "{net} and {}", float.net());
    }
}
