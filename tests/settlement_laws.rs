//! Laws of settlement: what holds for any terms and any observations.

use impact_core::Contract;
use impact_core::contract::{Line, Observations, Row, Statement};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Terms with a price per result, limits of a year and of all, and three payers.
fn terms(price: u32, year: u32, total: u32, shares: (u32, u32)) -> Contract {
    let text = text(price, year, total, shares);
    Contract::from_toml(&text).unwrap_or_else(|error| panic!("{error}"))
}

fn text(price: u32, year: u32, total: u32, shares: (u32, u32)) -> String {
    let (one, other) = shares;
    let rest = 1000 - one - other;
    format!(
        r#"
        impact = 1
        name = "Laws"
        currency = "NOK"
        holders = [
            {{ id = "a", kind = "public", level = "municipality" }}, {{ id = "b", kind = "public", level = "municipality" }},
            {{ id = "c", kind = "public", level = "state" }}, {{ id = "investor", kind = "investor" }},
        ]
        [contract]
        payee = "investor"
        at_most = {{ total = {total} }}
        payers = [{{ holder = "a", share = 0.{one:03} }}, {{ holder = "b", share = 0.{other:03} }}, {{ holder = "c", share = 0.{rest:03} }}]
        metrics = [{{ id = "results", kind = "count" }}, {{ id = "work", kind = "claims" }}]
        [[contract.payments]]
        id = "results"
        of = "results"
        schedule = {{ per_unit = {price}.37 }}
        at_most = {{ year = {year} }}
        [[contract.payments]]
        id = "work"
        of = "work"
        schedule = {{ per_unit = {price}.11 }}
        repeats = {{ at_most = 2, spacing = 20 }}
        uplift = {{ far = 1.5, near = 0.8 }}
        at_most = {{ person = 9000 }}
        [[contract.payments]]
        id = "kept"
        of = "work"
        per = "cohort"
        schedule = {{ bands = [{{ up_to = 2, price = {price} }}, {{ price = 7 }}] }}
        [[contract.payments]]
        id = "fee"
        per = "cohort"
        schedule = {{ fixed = {price} }}
        "#
    )
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let one_of = |names: [Option<&'static str>; 3]| prop::sample::select(names.to_vec());
    let place = (one_of([None, Some("zeta"), Some("alpha")]), one_of([None, Some("near"), Some("far")]));
    let place = place.prop_map(|(cohort, group)| (cohort.map(str::to_owned), group.map(str::to_owned)));
    let result = (0_u32..720, 0_u32..40, place.clone()).prop_map(|(day, count, (cohort, group))| Row {
        metric: "results".to_owned(),
        date: date(day),
        count: Some(count.into()),
        cohort,
        group,
        ..Row::default()
    });
    // Few days and few people, so that one person often claims twice on one day.
    let claim = (0_u32..12, 0_u32..6, place).prop_map(|(day, person, (cohort, group))| Row {
        metric: "work".to_owned(),
        date: date(day * 60),
        person: Some(format!("p{person}")),
        cohort,
        group,
        ..Row::default()
    });
    let rows = prop::collection::vec(prop_oneof![result, claim], 1..25);
    rows.prop_map(|rows| {
        let key = |row: &Row| (row.metric.clone(), row.person.clone(), row.date, row.cohort.clone(), row.group.clone());
        rows.into_iter().map(|row| (key(&row), row)).collect::<BTreeMap<_, _>>().into_values().collect()
    })
}

fn date(day: u32) -> Option<chrono::NaiveDate> {
    chrono::NaiveDate::from_ymd_opt(2023, 1, 1)?.checked_add_days(chrono::Days::new(day.into()))
}

fn settle(contract: &Contract, rows: &[Row]) -> Statement {
    contract.settle(&Observations::of(contract, rows.iter().cloned()).unwrap()).unwrap()
}

/// What lines of several statements come to, by payment and day, nothing left out where they cancel.
fn net(lines: &[Line]) -> BTreeMap<(usize, chrono::NaiveDate), Decimal> {
    let mut sums = BTreeMap::new();
    for line in lines {
        *sums.entry((line.payment, line.date)).or_insert(Decimal::ZERO) += line.amount;
    }
    sums.retain(|_, sum| !sum.is_zero());
    sums
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn shares_add_up_to_each_line_and_lines_to_the_total(rows in rows(), price in 1_u32..9999, one in 1_u32..400, other in 1_u32..400) {
        let statement = settle(&terms(price, 1_000_000, 10_000_000, (one, other)), &rows);
        for line in statement.lines() {
            let shares: Decimal = line.shares.iter().map(|share| share.amount).sum();
            prop_assert_eq!(shares, line.amount);
        }
        let lines: Decimal = statement.lines().iter().map(|line| line.amount).sum();
        let payers: Decimal = statement.by_payer().iter().map(|total| total.amount).sum();
        let payments: Decimal = statement.by_payment().iter().map(|total| total.amount).sum();
        let years: Decimal = statement.by_year().iter().map(|total| total.amount).sum();
        prop_assert_eq!([lines, payers, payments, years], [statement.total(); 4]);
    }

    #[test]
    fn who_pays_changes_nothing_of_what_is_paid(rows in rows(), price in 1_u32..9999, one in 1_u32..400, other in 1_u32..400) {
        let (year, total) = (9_000, 20_000);
        let several = text(price, year, total, (one, other));
        let payers = several.lines().find(|line| line.trim_start().starts_with("payers = ")).unwrap();
        let alone = Contract::from_toml(&several.replace(payers, "payers = [{ holder = \"a\" }]")).unwrap();
        let amounts = |contract: &Contract| settle(contract, &rows).lines().iter().map(|line| line.amount).collect::<Vec<_>>();
        prop_assert_eq!(amounts(&terms(price, year, total, (one, other))), amounts(&alone));
    }

    #[test]
    fn limits_bind(rows in rows(), price in 1_u32..9999, year in 0_u32..9000, total in 0_u32..20_000) {
        let statement = settle(&terms(price, year, total, (333, 333)), &rows);
        prop_assert!(statement.total() <= Decimal::from(total));
        let mut years: BTreeMap<i32, Decimal> = BTreeMap::new();
        for line in statement.lines().iter().filter(|line| line.payment == 0) {
            *years.entry(chrono::Datelike::year(&line.date)).or_default() += line.amount;
        }
        prop_assert!(years.values().all(|paid| *paid <= Decimal::from(year)));
        let free = settle(&terms(price, 4_000_000_000, 4_000_000_000, (333, 333)), &rows);
        prop_assert!(statement.total() <= free.total());
    }

    #[test]
    fn the_order_of_rows_does_not_matter(rows in rows(), price in 1_u32..9999) {
        let contract = terms(price, 3000, 9000, (250, 250));
        let turned: Vec<Row> = rows.iter().rev().cloned().collect();
        prop_assert_eq!(settle(&contract, &rows), settle(&contract, &turned));
    }

    #[test]
    fn in_parts_equals_at_once(rows in rows(), cut in 0_usize..25, price in 1_u32..9999) {
        let contract = terms(price, 3000, 9000, (250, 250));
        let first = settle(&contract, &rows[..cut.min(rows.len())]);
        let all = settle(&contract, &rows);
        let parts: Vec<Line> = first.lines().iter().cloned().chain(all.since(&first).unwrap()).collect();
        prop_assert_eq!(net(&parts), net(all.lines()));
        prop_assert_eq!(all.since(&all).unwrap(), vec![]);
    }

    #[test]
    fn a_reversal_restores(rows in rows(), price in 1_u32..9999) {
        let contract = terms(price, 3000, 9000, (250, 250));
        let all = settle(&contract, &rows);
        let fewer = settle(&contract, &rows[..rows.len() - 1]);
        let there: Vec<Line> = fewer.lines().iter().cloned().chain(all.since(&fewer).unwrap()).collect();
        let back: Vec<Line> = there.into_iter().chain(fewer.since(&all).unwrap()).collect();
        prop_assert_eq!(net(&back), net(fewer.lines()));
    }

    #[test]
    fn more_results_never_pay_less(rows in rows(), price in 1_u32..9999, more in 1_u32..50) {
        let contract = terms(price, 3000, 9000, (250, 250));
        let mut better = rows.clone();
        for row in better.iter_mut().filter(|row| row.metric == "results") {
            row.count = row.count.map(|count| count + Decimal::from(more));
        }
        prop_assert!(settle(&contract, &rows).total() <= settle(&contract, &better).total());
    }
}

#[test]
fn nothing_is_paid_on_nothing_observed() {
    let statement = settle(&terms(100, 1000, 1000, (250, 250)), &[]);
    assert_eq!((statement.lines().len(), statement.total()), (0, Decimal::ZERO));
}
