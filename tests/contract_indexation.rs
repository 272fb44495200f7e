//! Prices that follow an index: carried from their base year to the year that counts, each rounded as the contract says.

use impact_core::Contract;
use impact_core::contract::{Observations, Row, Statement};
use impact_core::error::ModelError;
use impact_core::report::StatementReport;
use std::fs;
use std::path::Path;

fn text_of(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/contracts").join(name)).unwrap()
}

fn contract(name: &str) -> Contract {
    Contract::from_toml(&text_of(&format!("{name}.toml"))).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn claim(person: &str, day: &str, group: &str) -> Row {
    Row {
        metric: "kept".to_owned(),
        person: Some(person.to_owned()),
        date: day.parse().ok(),
        group: Some(group.to_owned()).filter(|group| !group.is_empty()),
        ..Row::default()
    }
}

fn passed(cohort: &str, day: &str, count: i64) -> Row {
    Row {
        metric: "passed".to_owned(),
        cohort: Some(cohort.to_owned()),
        date: day.parse().ok(),
        count: Some(count.into()),
        ..Row::default()
    }
}

fn settle(contract: &Contract, rows: Vec<Row>) -> Result<Statement, ModelError> {
    contract.settle(&Observations::of(contract, rows).unwrap_or_else(|error| panic!("{error}")))
}

fn amounts(statement: &Statement) -> Vec<String> {
    statement.lines().iter().map(|line| line.amount.normalize().to_string()).collect()
}

#[test]
fn a_price_list_follows_consumer_prices() {
    let rows = vec![claim("a", "2021-05-01", ""), claim("a", "2022-05-01", ""), claim("b", "2023-11-15", "far")];
    let statement = settle(&contract("indexed-price-list"), rows).unwrap();
    // 20,000 · 122.783…/116.091… = 21,152.82, 20,000 · 129.558…/116.091… = 22,319.99; in hundreds 21,200 and 22,300, the last
    // times 1.5. The fee is seen in 2023 and due in 2024: 500,000 · 133.633…/116.091… = 575,550.52.
    assert_eq!(amounts(&statement), ["20000", "21200", "33450", "575550.52"]);
    let told = StatementReport::of(&statement, true).unwrap();
    let indexed = told.lines[1].indexed.as_ref().unwrap();
    assert_eq!(indexed.told.en, "prices of 2021 times 122.7833/116.0916 (cpi-no of 2022)");
    assert_eq!(indexed.told.nb.as_deref(), Some("priser fra 2021 ganger 122,7833/116,0916 (cpi-no for 2022)"));
    assert!(indexed.source.as_ref().unwrap().title.starts_with("World Bank"), "{:?}", indexed.source);
    assert_eq!(told.lines[0].indexed.as_ref().unwrap().indexed.year, 2021);
}

#[test]
fn a_limit_for_a_person_holds_what_is_paid_at_the_prices_of_each_year() {
    let rows = ["2021-05-01", "2022-05-01", "2023-05-01"].map(|day| claim("a", day, "")).to_vec();
    let statement = settle(&contract("indexed-price-list"), rows).unwrap();
    // 20,000 + 21,200 leave 8,800 of 50,000.
    assert_eq!(amounts(&statement)[..3], ["20000", "21200", "8800"]);
}

#[test]
fn each_price_of_a_schedule_is_carried_by_itself() {
    let rows = vec![passed("autumn-22", "2023-06-30", 24), passed("spring-23", "2024-06-30", 24)];
    let statement = settle(&contract("indexed-cohorts"), rows).unwrap();
    // 20 · 40,000 + 4 · 25,001 = 900,004; at 1.052: 42,080 and 26,301.052, rounded down: 20 · 42,080 + 4 · 26,301 = 946,804.
    assert_eq!(amounts(&statement), ["900004", "946804"]);
    assert!(StatementReport::of(&statement, true).unwrap().marks.illustrative);
}

#[test]
fn a_year_without_a_level_is_a_fault_with_its_place() {
    let failed = |name: &str, rows| settle(&contract(name), rows).unwrap_err().to_string();
    assert_eq!(
        failed("indexed-cohorts", vec![passed("spring-25", "2026-01-31", 1)]),
        "contract.payments.passed: prices follow `wages`, which has no level for the line of 2026-01-31: no price level for 2025: \
         the series covers 2022 to 2024"
    );
    let of_cpi = failed("indexed-price-list", vec![claim("a", "2031-05-01", "")]);
    assert!(of_cpi.starts_with("contract.payments.kept: prices follow `cpi-no`, which has no level"), "{of_cpi}");
}

fn refused(from: &str, to: &str) -> String {
    let text = text_of("indexed-price-list.toml");
    assert!(text.contains(from));
    let message = Contract::from_toml(&text.replace(from, to)).unwrap_err().to_string();
    message.lines().filter_map(|line| line.split_once("): ")).map(|(_, why)| why).collect::<Vec<_>>().join("\n")
}

#[test]
fn an_index_that_cannot_be_meant_is_refused() {
    let kept = "by = \"cpi-no\", base = 2021, year = \"observation\"";
    let why = refused(kept, "by = \"cpi-np\", base = 2021, year = \"observation\"");
    assert!(why.contains("`cpi-np`") && why.contains("did you mean `cpi-no`?"), "{why}");
    let why = refused(kept, "by = \"cpi-no\", base = 1870, year = \"observation\"");
    assert!(why.contains("1870"), "{why}");
    assert_eq!(
        refused(kept, "by = \"cpi-no\", base = 2021, year = \"cohort\""),
        "the cohorts of the contract have no days: list its `cohorts`"
    );
    assert_eq!(
        refused("year = \"due\" }", "year = \"cohort\" }"),
        "the cohorts of the contract have no days: list its `cohorts`\n\
         prices follow the year of each line: with `per = \"contract\"` the results of all years are paid together"
    );
    assert_eq!(
        refused("schedule = { per_unit = 20_000 }\n", "schedule = { per_unit = 20_000 }\nper = \"contract\"\n")
            .lines()
            .next_back(),
        Some(
            "prices follow the year of each line: with `per = \"contract\"` the results of all years are paid together"
        )
    );
    // A number that is both an amount and a figure would be carried as both.
    let shared = "[assumptions]\nboth = { value = 20_000, unit = \"NOK\", illustrative = true }\n[contract]\n";
    let text = text_of("indexed-price-list.toml").replacen("[contract]\n", shared, 1);
    let bands = "schedule = { bands = [{ up_to = { use = \"both\" }, price = { use = \"both\" } }, { price = 1 }] }";
    let text = text.replacen("schedule = { per_unit = 20_000 }", bands, 1);
    assert!(Contract::from_toml(&text).unwrap_err().to_string().contains(
        "`assumptions.both` is both an amount and a figure here, and only amounts follow an index: write it twice"
    ));
}
