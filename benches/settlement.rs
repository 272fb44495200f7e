//! The stages of a settlement of a million claims of single people: hold the rows against the terms, settle them.
//!
//! Run with `make bench` or `cargo bench --bench settlement`.

use chrono::{Days, NaiveDate};
use divan::{Bencher, black_box};
use impact_core::Contract;
use impact_core::contract::{Observations, Row};

fn main() {
    divan::main();
}

/// A ladder of three rungs with repeats, a factor for a group, and limits for people, years and all.
const TERMS: &str = include_str!("ladder.toml");

/// A million claims of a quarter of a million people in twelve cohorts.
fn claims() -> Vec<Row> {
    let start = NaiveDate::from_ymd_opt(2023, 1, 1).unwrap();
    let claim = |number: u64| {
        let (person, rung) = (number / 4, number % 4);
        let day = person * 7919 % 500 + rung * 100;
        Row {
            metric: ["assessed", "assessed", "weeks-13", "weeks-26"][rung as usize].to_owned(),
            date: start.checked_add_days(Days::new(day)),
            cohort: Some(format!("cohort-{:02}", person % 12)),
            group: (person % 3 == 0).then(|| "far".to_owned()),
            person: Some(format!("p-{person:06}")),
            ..Row::default()
        }
    };
    (0..1_000_000).map(claim).collect()
}

fn contract() -> Contract {
    Contract::from_toml(TERMS).unwrap_or_else(|error| panic!("{error}"))
}

#[divan::bench(sample_count = 7)]
fn hold_a_million_claims_against_the_terms(bencher: Bencher) {
    let (contract, rows) = (contract(), claims());
    bencher.with_inputs(|| rows.clone()).bench_values(|rows| Observations::of(&contract, rows).unwrap());
}

#[divan::bench(sample_count = 7)]
fn settle_a_million_claims(bencher: Bencher) {
    let contract = contract();
    let observed = Observations::of(&contract, claims()).unwrap();
    // 83,334 people of the far group at 68,000, of which 60,000 is left, and 166,666 others at 58,000.
    assert_eq!(contract.settle(&observed).unwrap().total(), 14_666_668_000_u64.into(), "it settles what it should");
    bencher.bench(|| contract.settle(black_box(&observed)).unwrap());
}
