//! What is paid for all that was seen so far: in parts as at once, to the smallest amount, and told so that it can be worked out again.

use impact_core::Contract;
use impact_core::contract::{Observations, Row, Statement};
use impact_core::report::StatementReport;
use impact_core::units::Language;
use proptest::prelude::*;

fn contract(rounding: &str, schedule: &str) -> Contract {
    let terms = format!(
        r#"
        impact = 1
        name = "Homes kept"
        currency = "NOK"
        holders = [{{ id = "state", kind = "public", level = "state" }}, {{ id = "provider", kind = "enterprise" }}]
        [contract]
        payee = "provider"
        payers = [{{ holder = "state" }}]
        {rounding}
        metrics = [{{ id = "homes", kind = "count" }}]
        payments = [{{ id = "homes", of = "homes", per = "contract", schedule = {schedule} }}]
    "#
    );
    Contract::from_toml(&terms).unwrap_or_else(|error| panic!("{error}"))
}

/// Homes seen on the last days of months.
fn settled(contract: &Contract, homes: &[u32]) -> Statement {
    let rows = homes.iter().enumerate().map(|(month, homes)| Row {
        metric: "homes".to_owned(),
        date: chrono::NaiveDate::from_ymd_opt(2024, 1, 1)
            .and_then(|day| day.checked_add_months(chrono::Months::new(month as u32))),
        count: Some((*homes).into()),
        ..Row::default()
    });
    contract.settle(&Observations::of(contract, rows).unwrap()).unwrap()
}

#[test]
fn nine_times_one_pays_what_nine_at_once_pays() {
    // In thousands: 9 · 400 = 3,600, which is 4,000. Rounded one by one, 400 would be nothing nine times.
    let thousands = contract("rounding = { to = 1000, rule = \"half-up\" }", "{ per_unit = 400 }");
    assert_eq!(settled(&thousands, &[1; 9]).total(), 4_000.into());
    // In øre: 9 · 0.335 = 3.015, which is 3.02. Rounded one by one, 0.34 nine times is 3.06.
    let cents = contract("", "{ bands = [{ up_to = 1_000, price = 0.335 }, { price = 0.1 }] }");
    assert_eq!(settled(&cents, &[1; 9]).total().to_string(), "3.02");
    let amounts: Vec<String> = settled(&cents, &[1; 4]).lines().iter().map(|line| line.amount.to_string()).collect();
    // 0.335, 0.67, 1.005 and 1.34, each rounded, less the one before.
    assert_eq!(amounts, ["0.34", "0.33", "0.34", "0.33"]);
}

#[test]
fn a_later_line_says_what_is_due_so_far_and_what_was_before() {
    let crowd = contract("", "{ bands = [{ up_to = 10, price = 900 }, { price = 600.5 }] }");
    let statement = settled(&crowd, &[8, 6]);
    let line = &statement.lines()[1];
    // 14 homes: 10 · 900 + 4 · 600.5 = 11,402; before, 8 · 900 = 7,200.
    assert_eq!((line.before, line.by_schedule, line.amount), (Some(7_200.into()), 4_202.into(), 4_202.into()));
    let report = StatementReport::of(&statement, false).unwrap();
    assert_eq!(report.lines[1].before, Some(7_200.into()));
    assert_eq!(
        report.payments[0].schedule.text(Language::English),
        "900 for each of the first 10; 600.5 for each past those"
    );
}

proptest! {
    #[test]
    fn in_parts_equals_at_once_under_every_rounding(
        homes in proptest::collection::vec(0_u32..40, 1..12),
        price in 1_u32..5_000,
        to in prop_oneof![Just("0.01"), Just("0.25"), Just("1"), Just("100"), Just("1000")],
        rule in prop_oneof![Just("half-up"), Just("half-even"), Just("down"), Just("up")],
    ) {
        let price = rust_decimal::Decimal::new(i64::from(price), 3);
        let schedule = format!("{{ bands = [{{ up_to = 25, price = {price} }}, {{ price = 0.777 }}] }}");
        let contract = contract(&format!("rounding = {{ to = {to}, rule = \"{rule}\" }}"), &schedule);
        let all = homes.iter().sum();
        prop_assert_eq!(settled(&contract, &homes).total(), settled(&contract, &[all]).total());
    }
}

#[test]
fn what_is_told_of_all_so_far_does_not_tell_what_of_it_is_hidden() {
    let terms = r#"
        impact = 1
        name = "Began"
        currency = "NOK"
        holders = [{ id = "state", kind = "public", level = "state" }, { id = "provider", kind = "enterprise" }]
        [contract]
        payee = "provider"
        payers = [{ holder = "state" }]
        metrics = [{ id = "began", kind = "claims" }]
        payments = [{ id = "began", of = "began", per = "contract", schedule = { per_unit = 100 }, at_most = { each = 150 } }]
    "#;
    let contract = Contract::from_toml(terms).unwrap();
    let claims = |first: u32, people: u32, day: &str| {
        let day = day.parse().ok();
        (first..first + people).map(move |person| Row {
            metric: "began".to_owned(),
            person: Some(format!("p{person}")),
            date: day,
            ..Row::default()
        })
    };
    let rows = claims(0, 10, "2024-01-31").chain(claims(10, 2, "2024-02-29")).chain(claims(12, 7, "2024-03-31"));
    let statement = contract.settle(&Observations::of(&contract, rows).unwrap()).unwrap();
    // 19 so far less 10 and 7 would be the two of February, and so would 1,200 less 1,000.
    let told = StatementReport::of(&statement, false).unwrap();
    assert!(told.lines.iter().any(|row| row.together));
    assert!(told.lines.iter().all(|row| (row.figure, row.by_schedule, row.before) == (None, None, None)));
    let every = StatementReport::of(&statement, true).unwrap();
    assert_eq!(every.lines.iter().map(|row| row.figure.unwrap().to_string()).collect::<Vec<_>>(), ["10", "12", "19"]);
}
