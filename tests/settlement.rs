//! Published contracts settled to the cent.

use impact_core::Contract;
use impact_core::contract::{Observations, Row, Statement, Withheld};
use std::fs;
use std::path::Path;

fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/contracts").join(name);
    fs::read_to_string(path).unwrap()
}

fn contract(name: &str) -> Contract {
    Contract::from_toml(&read(&format!("{name}.toml"))).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn settled(name: &str) -> Statement {
    let contract = contract(name);
    let observed = Observations::from_toml(&contract, &read(&format!("{name}.observations.toml")));
    contract.settle(&observed.unwrap_or_else(|error| panic!("{name}: {error}"))).unwrap()
}

fn row(metric: &str, cohort: &str, day: &str, count: &str) -> Row {
    Row {
        metric: metric.to_owned(),
        date: day.parse().ok(),
        cohort: Some(cohort.to_owned()).filter(|name| !name.is_empty()),
        count: count.parse().ok(),
        ..Row::default()
    }
}

fn of_rows(name: &str, rows: &[Row]) -> Statement {
    let contract = contract(name);
    let observed = Observations::of(&contract, rows.iter().cloned()).unwrap();
    contract.settle(&observed).unwrap()
}

fn total(statement: &Statement) -> String {
    statement.total().normalize().to_string()
}

fn amounts(statement: &Statement) -> Vec<String> {
    statement.lines().iter().map(|line| line.amount.normalize().to_string()).collect()
}

#[test]
fn denver_is_paid_to_the_cent() {
    let statement = settled("denver");
    assert_eq!(amounts(&statement), ["3913932.96", "620978.4", "5104000"]);
    // 3,913,932.96 + 620,978.40 + 5,104,000.00; less the 8,600,000 invested, 1,038,911.36.
    assert_eq!(statement.total().to_string(), "9638911.36");
    assert_eq!((statement.total() - rust_decimal::Decimal::from(8_600_000)).to_string(), "1038911.36");
}

#[test]
fn denvers_maxima_bind_and_say_so() {
    let many = row("housing-days", "", "2020-12-31", "400000");
    let full = row("jail-reduction", "", "2020-12-31", "0.9");
    let statement = of_rows("denver", &[many, full]);
    // 400,000 · 15.12 = 6,048,000, of which 5,290,000 is paid; 5,290,000 + 6,130,000 = 11,420,000.
    assert_eq!(amounts(&statement), ["5290000", "6130000"]);
    assert_eq!(statement.lines()[0].by_schedule.to_string(), "6048000.00");
    let bound: Vec<String> = statement.lines()[0].bound_by.iter().map(ToString::to_string).collect();
    assert_eq!(bound, ["contract.payments.housing.at_most"]);
    assert!(statement.lines()[1].bound_by.is_empty());
}

#[test]
fn the_two_contracts_of_care_leavers_are_paid_line_by_line() {
    for (name, expected) in [("care-leavers-i-aspire", "2165460"), ("care-leavers-apollo", "848540")] {
        let statement = settled(name);
        assert_eq!(total(&statement), expected, "{name}");
        assert_eq!(statement.lines().len(), 23, "{name}");
    }
    let aspire = settled("care-leavers-i-aspire");
    // 706 claims of 240 people at 220; 103 of 2,750.
    assert_eq!([0, 21].map(|at| amounts(&aspire)[at].clone()), ["155320", "283250"]);
}

#[test]
fn the_fair_chance_fund_would_have_paid_more_than_its_budget() {
    let statement = settled("fair-chance-fund");
    let gross: rust_decimal::Decimal = statement.lines().iter().map(|line| line.by_schedule).sum();
    assert_eq!(gross.to_string(), "15938200");
    assert_eq!(total(&statement), "15000000");
    assert!(statement.lines().iter().any(|line| !line.bound_by.is_empty()));
}

#[test]
fn rikers_pays_nothing_below_its_first_step() {
    let paid = |reduction| amounts(&of_rows("rikers", &[row("reduction", "", "2015-07-02", reduction)])).remove(0);
    assert_eq!(paid("0"), "0");
    assert_eq!(paid("0.0849"), "0");
    assert_eq!(paid("0.1"), "9600000");
    assert_eq!(paid("0.25"), "11712000");
}

#[test]
fn peterboroughs_cohorts_miss_and_their_pool_passes() {
    let statement = settled("peterborough");
    assert_eq!(amounts(&statement), ["0", "0", "1500000"]);
    // Equal weights: (8.39 + 9.74) / 2.
    assert_eq!(statement.lines()[2].figure.unwrap().to_string(), "0.09065");
    let shares: Vec<String> =
        statement.lines()[2].shares.iter().map(|share| share.amount.normalize().to_string()).collect();
    assert_eq!(shares, ["750000", "750000"]);
}

#[test]
fn a_second_chance_is_void_where_the_first_was_paid() {
    let first = row("reduction", "cohort-1", "2013-12-30", "0.11");
    let second = row("reduction", "cohort-2", "2015-12-30", "0.09");
    let statement = of_rows("peterborough", &[first.clone(), second]);
    assert_eq!(amounts(&statement), ["1000000", "0", "0"]);
    let address = "contract.payments.cohort".parse().unwrap();
    assert_eq!(statement.lines()[2].withheld, Some(Withheld::PaidAlready(address)));
    let early = of_rows("peterborough", &[first]);
    assert!(matches!(early.lines()[1].withheld, Some(Withheld::Awaits(_))), "{:?}", early.lines());
    // Where nothing of the pool was seen, nothing waits.
    assert!(of_rows("peterborough", &[]).lines().is_empty());
}

#[test]
fn utah_shares_the_saving_of_its_first_year() {
    let statement = of_rows("utah", &[row("saving", "", "2014-08-31", "281000")]);
    // 0.95 · 281,000; 267,000 was published, rounded.
    assert_eq!(amounts(&statement), ["266950"]);
}

#[test]
fn utah_pays_forty_per_cent_once_the_lenders_have_theirs_back() {
    let savings =
        [("2014-08-31", "281000"), ("2020-08-31", "8829526.32"), ("2021-08-31", "1100000"), ("2022-08-31", "500000")];
    let rows: Vec<Row> = savings.iter().map(|(day, count)| row("saving", "", day, count)).collect();
    // 266,950; 0.95 · 8,829,526.32 = 8,388,050.004 brings it to 9,110,526.32 of savings; 100,000 · 0.95 + 1,000,000 · 0.4; 0.4.
    assert_eq!(amounts(&of_rows("utah", &rows)), ["266950", "8388050", "495000", "200000"]);
}

#[test]
fn rocas_backstop_mixes_two_estimates() {
    let rows = [row("trial", "", "2022-06-30", "-0.02"), row("differences", "", "2022-06-30", "0.3")];
    let statement = of_rows("roca", &rows);
    // 0.8 · (−0.02) + 0.2 · 0.3 = 0.044, below the first tier.
    assert_eq!(statement.lines()[0].figure.unwrap().to_string(), "0.044");
    assert_eq!(amounts(&statement), ["0"]);
    let rows = [row("trial", "", "2022-06-30", "0.6"), row("differences", "", "2022-06-30", "0.6")];
    let most = of_rows("roca", &rows);
    // Half of 27 million each; the federal half is cut to 12 million, and nobody tops up.
    assert_eq!(total(&most), "25500000");
    assert_eq!(most.lines()[0].bound_by[0].as_str(), "contract.payers.1.at_most");
}
