//! A comparison that changes on a day: results before and after it are held against the right group, and never mixed.

use impact_core::Contract;
use impact_core::contract::{FigureFault, Observations, Row, Statement, Withheld};
use std::fs;
use std::path::Path;

fn contract(name: &str) -> Contract {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/contracts").join(format!("{name}.toml"));
    Contract::from_toml(&fs::read_to_string(path).unwrap()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A row of a cohort and a group; the group of nobody is the treated.
fn row(metric: &str, (cohort, group): (&str, &str), day: &str, (count, of): (i64, i64)) -> Row {
    Row {
        metric: metric.to_owned(),
        date: day.parse().ok(),
        cohort: Some(cohort.to_owned()),
        group: Some(group.to_owned()).filter(|group| !group.is_empty()),
        count: Some(count.into()),
        of: Some(of.into()),
        ..Row::default()
    }
}

fn settled(contract: &Contract, rows: &[Row]) -> Statement {
    let observed = Observations::of(contract, rows.iter().cloned());
    contract.settle(&observed.unwrap_or_else(|error| panic!("{error}"))).unwrap()
}

fn refused(contract: &Contract, rows: &[Row]) -> String {
    Observations::of(contract, rows.iter().cloned()).unwrap_err().to_string()
}

/// 92 and 91 events of 100 against 100 near and 98 far away.
fn two_cohorts() -> Vec<Row> {
    let of = |cohort, group, day, count| row("reconvictions", (cohort, group), day, (count, 100));
    vec![
        of("first", "", "2013-12-31", 92),
        of("first", "near", "2013-12-31", 100),
        of("second", "", "2014-01-01", 91),
        of("second", "far", "2014-06-30", 98),
    ]
}

#[test]
fn each_cohort_is_held_against_the_group_of_its_day() {
    let statement = settled(&contract("changed-control"), &two_cohorts());
    let figures: Vec<String> =
        statement.lines().iter().map(|line| line.figure.unwrap().round_dp(6).normalize().to_string()).collect();
    // (100 − 92)/100; (98 − 91)/98 = 1/14; their mean, at least 7.5 %.
    assert_eq!(figures, ["0.08", "0.071429", "0.075714"]);
    assert_eq!(statement.total().normalize().to_string(), "1500000");
}

#[test]
fn the_order_of_the_rows_does_not_matter() {
    let contract = contract("changed-control");
    let mut turned = two_cohorts();
    turned.reverse();
    assert_eq!(settled(&contract, &two_cohorts()), settled(&contract, &turned));
}

#[test]
fn a_group_on_a_day_on_which_it_is_not_compared_with_is_refused() {
    let mut rows = two_cohorts();
    rows[1].date = "2014-01-01".parse().ok();
    rows[3].date = "2013-12-31".parse().ok();
    assert_eq!(
        refused(&contract("changed-control"), &rows),
        "observations.2.date: the contract does not compare with this group on this day: it does before 2014-01-01\n\
         observations.4.date: the contract does not compare with this group on this day: it does from 2014-01-01"
    );
    let school = contract("school-start");
    let between = row("ready", ("spring", "one-later-school"), "2024-08-01", (40, 60));
    assert_eq!(
        refused(&school, &[between]),
        "observations.1.date: the contract does not compare with this group on this day: it does from 2023-08-01 and before 2024-08-01"
    );
}

#[test]
fn a_cohort_on_both_sides_of_the_change_is_refused_with_its_row() {
    let mut rows = two_cohorts();
    rows.push(row("reconvictions", ("first", ""), "2014-02-01", (1, 10)));
    let expected = |row: usize, earlier: usize| {
        format!(
            "observations.{row}.date: the comparison changes on 2014-01-01, and `observations.{earlier}` of the same cohort lies \
             on the other side: a cohort is compared with one group"
        )
    };
    assert_eq!(refused(&contract("changed-control"), &rows), expected(5, 1));
    rows.reverse();
    assert_eq!(refused(&contract("changed-control"), &rows), expected(5, 1));
}

#[test]
fn children_are_paid_for_beyond_those_of_the_schools_compared_with() {
    let of = |cohort, group, day, found| row("ready", (cohort, group), day, found);
    let rows = [
        of("2023", "", "2023-06-30", (80, 100)),
        of("2023", "later-schools", "2023-06-30", (60, 80)),
        of("2024", "", "2024-06-30", (81, 90)),
        of("2024", "one-later-school", "2024-06-30", (40, 50)),
        of("2025", "", "2025-06-30", (81, 90)),
        of("2025", "county", "2025-06-30", (4_500, 6_000)),
    ];
    let statement = settled(&contract("school-start"), &rows);
    // 80 − 100 · 0.75 = 5; 81 − 90 · 0.8 = 9; 81 − 90 · 0.75 = 13.5 children, at 20,000.
    let amounts: Vec<String> = statement.lines().iter().map(|line| line.amount.normalize().to_string()).collect();
    assert_eq!(amounts, ["100000", "180000", "270000"]);
}

/// A contract that pays for all cohorts together.
fn together(against: &str) -> String {
    format!(
        r#"
impact = 1
name = "Together"
currency = "NOK"
holders = [{{ id = "state", kind = "public", level = "state" }}, {{ id = "provider", kind = "enterprise" }}]
[contract]
payee = "provider"
payers = [{{ holder = "state" }}]
metrics = [{{ id = "reconvictions", kind = "rate", direction = "decrease" }}]
estimates = [{{ id = "fewer", metric = "reconvictions", effect = "relative", against = {{ groups = {against} }} }}]
payments = [{{ id = "pay", of = "fewer", per = "contract", schedule = {{ fixed = 1000 }} }}]
"#
    )
}

#[test]
fn counts_before_and_after_the_change_are_never_added_up() {
    let contract =
        Contract::from_toml(&together("[{ group = 'near' }, { group = 'far', from = 2014-01-01 }]")).unwrap();
    let statement = settled(&contract, &two_cohorts());
    assert_eq!(statement.lines()[0].withheld, Some(Withheld::Awaits(FigureFault::SeveralComparisons)));
    // On one side of the change they are.
    let one_side = settled(&contract, &two_cohorts()[..2]);
    assert_eq!(one_side.lines()[0].figure.unwrap().to_string(), "0.08");
}

#[test]
fn groups_that_do_not_follow_each_other_are_refused() {
    let why = |against: &str| {
        let message = Contract::from_toml(&together(against)).unwrap_err().to_string();
        message.split_once("): ").map(|(_, why)| why.to_owned()).unwrap()
    };
    assert_eq!(
        why("[{ group = 'near' }]"),
        "one group is written `group = …`: `groups` are several that follow each other"
    );
    assert_eq!(why("[{ group = 'near' }, { group = 'far' }]"), "`from` is missing");
    assert_eq!(
        why("[{ group = 'near', from = 2013-01-01 }, { group = 'far', from = 2014-01-01 }]"),
        "`from` has no meaning here: the first group is compared with from the start"
    );
    assert_eq!(
        why("[{ group = 'a' }, { group = 'b', from = 2014-01-01 }, { group = 'c', from = 2014-01-01 }]"),
        "2014-01-01 is not later than 2014-01-01: write the groups in the order of their days"
    );
}
