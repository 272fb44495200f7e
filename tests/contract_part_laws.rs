//! Laws of settlement where prices follow an index, effects must be more than chance, a comparison changes, windows are counted from
//! people, results are reported and paid on days, and a contract ends early.

use impact_core::contract::{Line, Observations, Row, Statement};
use impact_core::{Contract, model::terms::Per};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn text(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/contracts").join(format!("{name}.toml"));
    fs::read_to_string(path).unwrap()
}

fn contract(name: &str) -> Contract {
    Contract::from_toml(&text(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn settle(contract: &Contract, rows: &[Row]) -> Statement {
    let observed = Observations::of(contract, rows.iter().cloned()).unwrap_or_else(|error| panic!("{error}"));
    contract.settle(&observed).unwrap_or_else(|error| panic!("{error}"))
}

/// So many days after 1 January 2021.
fn day(days: u32) -> Option<chrono::NaiveDate> {
    chrono::NaiveDate::from_ymd_opt(2021, 1, 1)?.checked_add_days(chrono::Days::new(days.into()))
}

fn row(metric: &str, date: Option<chrono::NaiveDate>) -> Row {
    Row { metric: metric.into(), date, ..Row::default() }
}

/// Rows of `neighbourhood-fund`: people who begin and keep work within a year, homes, scores, and groups that are compared.
fn rows() -> impl Strategy<Value = Vec<Row>> {
    // Few days, so that several results are of one day.
    let person = prop::collection::vec((0_u32..8, 100_u32..390, any::<bool>()), 0..8);
    let counts = prop::collection::vec((0_u32..30, 0_u32..12), 0..5);
    let compared = prop::collection::vec((0_u32..15, any::<bool>(), 0_u32..120, 120_u32..300), 0..8);
    (person, counts, compared, any::<bool>()).prop_map(|(people, counts, compared, late)| {
        let mut rows = Vec::new();
        for (number, (began, later, kept)) in people.iter().enumerate() {
            let claim = |metric, days| Row {
                person: Some(format!("p{number}")),
                cohort: Some("first".into()),
                ..row(metric, day(days))
            };
            rows.push(claim("began", began * 80));
            rows.extend(kept.then(|| claim("kept", began * 80 + later)));
        }
        for (at, count) in counts {
            rows.push(Row { count: Some(count.into()), ..row("homes", day(181 + at * 30)) });
            rows.push(Row { count: Some((count * 8).into()), ..row("score", day(181 + at * 30)) });
        }
        for (at, treated, count, of) in compared {
            // The nearer group is compared with until the end of June 2022, and a cohort with one of the two.
            let (days, far) = if late { (546 + at * 36, "far") } else { (at * 36, "near") };
            for (metric, group) in [("returned", "matched"), ("stays", far)] {
                rows.push(Row {
                    cohort: Some("first".into()),
                    group: Some(group.to_owned()).filter(|_| !treated),
                    count: Some(count.into()),
                    of: Some(of.into()),
                    ..row(metric, day(days))
                });
            }
        }
        let key = |row: &Row| (row.metric.clone(), row.person.clone(), row.date, row.cohort.clone(), row.group.clone());
        rows.into_iter().map(|row| (key(&row), row)).collect::<BTreeMap<_, _>>().into_values().collect()
    })
}

/// Rows of `interrupted-course`, none of them in the pause from 1 April to 30 September 2024.
fn passed() -> impl Strategy<Value = Vec<Row>> {
    let days = prop_oneof![730_u32..1186, 1369_u32..2190];
    prop::collection::btree_map(days, 0_u32..40, 0..8).prop_map(|days| {
        days.into_iter().map(|(at, count)| Row { count: Some(count.into()), ..row("passed", day(at)) }).collect()
    })
}

/// What lines come to, by payment and day, nothing left out where they cancel.
fn net(lines: &[Line]) -> BTreeMap<(usize, chrono::NaiveDate), Decimal> {
    let mut sums = BTreeMap::new();
    for line in lines {
        *sums.entry((line.payment, line.date)).or_insert(Decimal::ZERO) += line.amount;
    }
    sums.retain(|_, sum| !sum.is_zero());
    sums
}

/// The laws of any settlement: order, parts, reversal, shares.
fn hold(contract: &Contract, rows: &[Row], cut: usize) -> Result<(), TestCaseError> {
    let all = settle(contract, rows);
    let turned: Vec<Row> = rows.iter().rev().cloned().collect();
    prop_assert_eq!(&settle(contract, &turned), &all);
    let first = settle(contract, &rows[..cut.min(rows.len())]);
    let parts: Vec<Line> = first.lines().iter().cloned().chain(all.since(&first).unwrap()).collect();
    prop_assert_eq!(net(&parts), net(all.lines()));
    let back: Vec<Line> = parts.into_iter().chain(first.since(&all).unwrap()).collect();
    prop_assert_eq!(net(&back), net(first.lines()));
    for line in all.lines() {
        prop_assert_eq!(line.shares.iter().map(|share| share.amount).sum::<Decimal>(), line.amount);
    }
    let payers: Decimal = all.by_payer().iter().map(|total| total.amount).sum();
    prop_assert_eq!(payers, all.total());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn many_parts_together_keep_the_laws_of_settlement(rows in rows(), cut in 0_usize..20, year in 0_i64..300_000) {
        let contract = contract("neighbourhood-fund").with("contract.at_most.year", year).unwrap();
        hold(&contract, &rows, cut)?;
        let all = settle(&contract, &rows);
        prop_assert!(all.total() <= Decimal::from(600_000));
        prop_assert!(all.by_year().iter().all(|one| one.amount <= Decimal::from(year)));
        let most = [150_000, 600_000, 60_000].map(Decimal::from);
        for (payer, total) in contract.terms().payers.iter().zip(most) {
            let paid = all.by_payer().iter().find(|one| one.of == payer.holder).map_or(Decimal::ZERO, |one| one.amount);
            prop_assert!(paid <= total);
        }
    }

    #[test]
    fn days_of_a_calendar_keep_the_laws_of_settlement(rows in passed(), cut in 0_usize..8) {
        let contract = contract("interrupted-course");
        hold(&contract, &rows, cut)?;
        let terms = contract.terms();
        for line in settle(&contract, &rows).lines() {
            let payment = &terms.payments[line.payment];
            prop_assert!(line.due >= line.date);
            prop_assert!(payment.due_on.is_empty() || payment.due_on.contains(&line.due));
            // No day of payments is left out between the report and the day it is due.
            let reported = terms.reports.iter().find(|report| **report >= line.date).filter(|_| payment.per != Per::Termination);
            let from = *reported.unwrap_or(&line.date) + chrono::Days::new(payment.due_after.into());
            prop_assert_eq!(line.due, payment.due_on.iter().copied().find(|day| *day >= from).unwrap_or(from));
        }
    }

    #[test]
    fn nothing_but_the_early_end_is_paid_on_nothing_observed(rows in passed()) {
        let contract = contract("interrupted-course");
        let by_end = |statement: &Statement| -> Decimal {
            let ended = |line: &&Line| contract.terms().payments[line.payment].per == Per::Termination;
            statement.lines().iter().filter(ended).map(|line| line.amount).sum()
        };
        let (nothing, all) = (settle(&contract, &[]), settle(&contract, &rows));
        prop_assert_eq!(nothing.total(), by_end(&nothing));
        prop_assert_eq!(by_end(&nothing), by_end(&all));
    }

    #[test]
    fn a_price_level_carries_what_is_paid_and_a_level_of_the_base_year_changes_nothing(rows in passed(), level in 1_u32..400) {
        let index = |level: u32| {
            let levels = "2022 = 100, 2023 = 100, 2024 = {}, 2025 = {}, 2026 = {}, 2027 = {}, 2028 = {}".replace("{}", &level.to_string());
            let own = format!("[indices.own]\nlevels = {{ {levels} }}\nsource = \"invented\"\n[contract]\n");
            let by = "schedule = { per_unit = 12_000 }\nindexed = { by = \"own\", base = 2022, year = \"observation\" }";
            let text = text("interrupted-course").replacen("[contract]\n", &own, 1).replacen("schedule = { per_unit = 12_000 }", by, 1);
            let contract = Contract::from_toml(&text).unwrap_or_else(|error| panic!("{error}"));
            let statement = settle(&contract, &rows);
            statement.lines().iter().filter(|line| line.payment == 0).map(|line| line.amount).collect::<Vec<_>>()
        };
        let plain = settle(&contract("interrupted-course"), &rows);
        let plain: Vec<&Line> = plain.lines().iter().filter(|line| line.payment == 0).collect();
        prop_assert_eq!(index(100), plain.iter().map(|line| line.amount).collect::<Vec<_>>());
        for (carried, line) in index(level).into_iter().zip(plain) {
            let year = chrono::Datelike::year(&line.date);
            let factor = if year < 2024 { Decimal::ONE } else { Decimal::from(level) / Decimal::ONE_HUNDRED };
            prop_assert_eq!(carried, line.amount * factor);
        }
    }

    #[test]
    fn fewer_who_return_never_make_an_effect_less_sure(count in 1_i64..150, of in 150_i64..400, compared in 0_i64..150) {
        let contract = contract("neighbourhood-fund");
        let paid = |count: i64| {
            let seen = |group: Option<&str>, count: i64| Row {
                cohort: Some("first".into()), group: group.map(str::to_owned), count: Some(count.into()), of: Some(of.into()),
                ..row("returned", day(300))
            };
            let statement = settle(&contract, &[seen(None, count), seen(Some("matched"), compared)]);
            let line = statement.lines().iter().find(|line| contract.terms().payments[line.payment].id == "fewer-returned");
            line.map_or(Decimal::ZERO, |line| line.amount)
        };
        prop_assert!(paid(count) <= paid(count - 1));
        prop_assert!(count < compared || paid(count).is_zero());
    }
}
