//! The risk of a contract as it is told: every situation in words, ids and names for positions, marks and provenance.

use impact_core::Contract;
use impact_core::analysis::risk::Situation;
use impact_core::report::{ContractRiskReport, situation_meaning, situation_name};
use impact_core::simulation::{Seed, Simulation};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

fn contract(name: &str) -> Contract {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/contracts").join(format!("{name}.toml"));
    Contract::from_toml(&fs::read_to_string(path).unwrap()).unwrap()
}

fn told(name: &str, draws: u64) -> Value {
    let contract = contract(name);
    let risk = contract.risk(&Simulation::new(draws, Seed(7)), &mut |_| ControlFlow::Continue(())).unwrap();
    serde_json::to_value(ContractRiskReport::of(&risk)).unwrap()
}

fn situation<'a>(report: &'a Value, name: &str) -> &'a Value {
    report["situations"].as_array().unwrap().iter().find(|row| row["situation"] == name).unwrap()
}

#[test]
fn every_situation_has_a_name_and_a_meaning_of_its_own_in_both_languages() {
    let texts = |tell: fn(Situation) -> impact_core::units::Label| {
        let told = Situation::ALL.map(tell);
        let mut all: Vec<String> = told.iter().map(|label| label.en.clone()).collect();
        all.extend(told.iter().map(|label| label.nb.clone().unwrap()));
        all
    };
    for texts in [texts(situation_name), texts(situation_meaning)] {
        assert_eq!(texts.iter().collect::<HashSet<_>>().len(), 10, "{texts:?}");
    }
}

#[test]
fn fifty_people_are_paid_for_by_chance_one_time_in_five_and_nearly_always_where_the_baseline_is_wrong() {
    let report = told("larvik-for-nothing", 20_000);
    let exact = |name: &str| situation(&report, name)["exact"]["chance_of_paying"].as_f64();
    // A tenth fewer than 63 % of fifty is 28.35: 28 or fewer. P(X ≤ 28) of fifty at 0.63 is 0.1890, at 0.40 it is 0.9924.
    let right = exact("nothing-works-baseline-right").unwrap();
    assert!((right - 0.19).abs() < 0.005, "{right}");
    let wrong = exact("nothing-works").unwrap();
    assert!(wrong > 0.99, "{wrong}");
    // An effect that is uncertain leaves more to chance than a count.
    assert_eq!(exact("as-believed"), None);
    let chance = &situation(&report, "nothing-works-baseline-right")["chance_of_paying"];
    let error = chance["standard_error"].as_f64().unwrap();
    assert!((chance["value"].as_f64().unwrap() - right).abs() < 4.0 * error && error < 0.003, "{chance}");
}

#[test]
fn payers_payments_years_and_changes_stand_with_their_ids_and_names() {
    let report = told("larvik-for-nothing", 2_000);
    let row = situation(&report, "expected-effect");
    let ids = |table: &str, key: &str| -> Vec<Value> {
        row[table].as_array().unwrap().iter().map(|row| row[key].clone()).collect()
    };
    assert_eq!(ids("by_payer", "payer"), ["larvik", "sandefjord", "tonsberg", "faerder"]);
    assert_eq!(row["by_payer"][2]["name"], json!({ "en": "Tønsberg" }));
    assert_eq!(ids("by_payment", "payment"), ["target"]);
    assert_eq!(row["by_payment"][0]["name"]["nb"], "Målet nådd");
    assert_eq!(ids("by_year", "year"), [2025, 2025, 2025, 2025]);
    // A quarter each of what is expected to be paid.
    let shares: f64 = row["by_year"].as_array().unwrap().iter().map(|row| row["mean"].as_f64().unwrap()).sum();
    assert!((shares - row["paid"]["mean"].as_f64().unwrap()).abs() < 1e-3);
    // A tenth of 40 % of fifty people is two people.
    let change = &row["changes"][0];
    assert_eq!([&change["metric"], &change["name"]["nb"], &change["unit"]], ["relapse", "Tilbake i fengsel", "person"]);
    assert!((change["change"]["mean"].as_f64().unwrap() - 2.0).abs() < 1e-9);
    assert_eq!(row["held"], 0.0);
}

#[test]
fn what_is_supposed_and_what_can_be_measured_are_told() {
    let report = told("larvik-for-nothing", 100);
    let told: Vec<(&str, bool)> = report["assumptions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["address"].as_str().unwrap(), row["illustrative"] == true))
        .collect();
    // What is published of the terms stands beside what is invented of them, and of the truth.
    for known in [
        ("contract.at_most", false),
        ("contract.payers.0.share", true),
        ("contract.estimates.fewer-relapses.against.fixed", false),
        ("contract.payments.target.schedule.steps.0.at", true),
        ("truth.metrics.relapse.counterfactual", true),
        ("truth.metrics.relapse.effect", true),
        ("truth.cohorts.first.people", true),
    ] {
        assert!(told.contains(&known), "{known:?} in {told:?}");
    }
    let effect = report["assumptions"].as_array().unwrap().iter().find(|row| row["address"] == told[told.len() - 2].0);
    assert_eq!(effect.unwrap()["distribution"], "normal(mean 0.1, sd 0.1)");
    let settings: Vec<(&str, &str, bool)> = report["settings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["address"].as_str().unwrap(), row["value"]["nb"].as_str().unwrap(), row["taken"] == true))
        .collect();
    assert_eq!(
        settings,
        [
            ("truth.cohorts.first.date", "31.12.2025", false),
            ("truth.metrics.relapse.scatter", "hver person har det eller ikke (binomisk)", true),
            ("truth.metrics.relapse.effect_in", "andel av det som skjer uansett", true),
        ]
    );
    let row = &report["measurable"][0];
    assert_eq!(
        [&row["estimate"], &row["cohort"], &row["compared"]],
        [&json!("fewer-relapses"), &json!("first"), &Value::Null]
    );
    // (1.959964 + 0.841621) · √(0.63 · 0.37 / 50) / 0.63 = 2.801585 · 0.068279 / 0.63 = 0.3036.
    assert!((row["detectable"].as_f64().unwrap() - 0.3036).abs() < 5e-5, "{row}");
}

#[test]
fn the_mark_the_note_and_what_made_it_stand_with_the_figures() {
    let report = told("larvik-for-nothing", 100);
    assert_eq!((&report["illustrative"], &report["currency"]), (&json!(true), &json!("NOK")));
    assert!(report["note"]["nb"].as_str().unwrap().starts_with("Antatt, ikke observert"));
    let provenance = &report["provenance"];
    assert_eq!(provenance["contract_hash"], contract("larvik-for-nothing").hash().as_str());
    assert_eq!(
        [&provenance["seed"], &provenance["draws"], &provenance["points"]],
        [&json!(7), &json!(100), &json!("random")]
    );
    assert_eq!(provenance["version"], env!("CARGO_PKG_VERSION"));
}
