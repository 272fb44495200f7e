//! Two illustrative contracts with many parts, every line worked by hand.

use impact_core::Contract;
use impact_core::contract::{Observations, Row, Statement};
use std::fs;
use std::path::Path;

fn settled(name: &str, rows: Vec<Row>) -> Statement {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/contracts").join(format!("{name}.toml"));
    let contract = Contract::from_toml(&fs::read_to_string(path).unwrap()).unwrap_or_else(|error| panic!("{error}"));
    let observed = Observations::of(&contract, rows).unwrap_or_else(|error| panic!("{error}"));
    contract.settle(&observed).unwrap()
}

/// Claims of one metric, of the first cohort, by so many people on a day; their pseudonyms begin with a letter.
fn claims(metric: &'static str, letter: char, people: usize, day: &'static str) -> Vec<Row> {
    let claim = |person| Row {
        metric: metric.into(),
        person: Some(format!("{letter}{person}")),
        date: day.parse().ok(),
        cohort: Some("first".into()),
        ..Row::default()
    };
    (0..people).map(claim).collect()
}

fn counted(metric: &str, (cohort, group): (&str, &str), day: &str, count: &str, of: Option<u32>) -> Row {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Row {
        metric: metric.into(),
        date: day.parse().ok(),
        cohort: some(cohort),
        group: some(group),
        count: count.parse().ok(),
        of: of.map(Into::into),
        ..Row::default()
    }
}

/// Payment, day and amount of each line, and what each payer pays.
fn told(statement: &Statement) -> (Vec<[String; 3]>, Vec<String>) {
    let payments = &statement.contract().terms().payments;
    let line = |line: &impact_core::contract::Line| {
        [payments[line.payment].id.clone(), line.date.to_string(), line.amount.normalize().to_string()]
    };
    let payers = statement.by_payer().iter().map(|total| total.amount.normalize().to_string());
    (statement.lines().iter().map(line).collect(), payers.collect())
}

#[test]
fn a_fund_tops_up_what_bands_points_and_effects_pay() {
    let mut rows = [
        claims("began", 'p', 6, "2021-02-01"),
        claims("began", 'q', 5, "2022-02-01"),
        claims("kept", 'p', 5, "2021-08-02"),
        // Kept 180 days after the other began, and 182 are asked for.
        claims("kept", 'p', 6, "2021-07-31").split_off(5),
    ]
    .concat();
    rows.extend([
        counted("homes", ("", ""), "2021-12-31", "9", None),
        counted("homes", ("", ""), "2022-12-31", "7", None),
        counted("score", ("", ""), "2022-12-31", "74.9", None),
        counted("score", ("", ""), "2023-12-30", "95", None),
        counted("returned", ("first", ""), "2022-12-31", "30", Some(150)),
        counted("returned", ("first", "matched"), "2022-12-31", "60", Some(150)),
        counted("stays", ("first", ""), "2022-12-31", "200", Some(150)),
        counted("stays", ("first", "far"), "2022-12-31", "260", Some(150)),
    ]);
    let (lines, payers) = told(&settled("neighbourhood-fund", rows));
    // Prices of 2022: 1,000 · 122.7833 / 116.0916 = 1,057.64, so 1,058 five times. Homes: 9 · 8,000, then 10 · 8,000 + 6 · 5,000 less
    // that; the bonus above 15. The score: 14.9 / 5 are 2 whole points; 35 / 5 are 7, 14,000, of which 10,000 are the most.
    // Returned: 60/150 − 30/150 = 0.2; z = 0.2 / √(0.3 · 0.7 · 2 / 150) = 3.78. Stays: 60/260 = 0.230769; of 460 events 200 or fewer where
    // half are expected, p = 0.003. Mixed: 0.2153846 · 100 · 1,000. The evaluation: 20,000 · 129.5582 / 116.0916 and · 133.6332 / 116.0916.
    let expected = [
        ["began", "2021-02-01", "6000"],
        ["kept", "2021-08-02", "25000"],
        ["homes", "2021-12-31", "72000"],
        ["many-homes", "2021-12-31", "0"],
        ["began", "2022-02-01", "5290"],
        ["homes", "2022-12-31", "38000"],
        ["many-homes", "2022-12-31", "40000"],
        ["score", "2022-12-31", "4000"],
        ["fewer-returned", "2022-12-31", "50000"],
        ["fewer-stays", "2022-12-31", "30000"],
        ["both", "2022-12-31", "21538.46"],
        ["evaluation", "2022-12-31", "22319.99"],
        ["score", "2023-12-30", "10000"],
        ["evaluation", "2023-12-30", "23022.02"],
    ];
    assert_eq!(lines, expected);
    // Without the two evaluations 301,828.46: 0.6 of it is 181,097.08, of which the town pays 150,000 and the fund the rest; the
    // county pays 0.4 of it and both evaluations: 120,731.38 + 45,342.01.
    assert_eq!(payers, ["150000", "166073.39", "31097.08"]);
}

#[test]
fn hours_are_paid_at_the_prices_of_the_year_of_their_cohort() {
    let mut rows = [
        claims("began", 'p', 10, "2021-03-15"),
        claims("kept", 'p', 8, "2021-06-14"),
        // 90 days after.
        claims("kept", 'p', 10, "2021-06-13").split_off(9),
    ]
    .concat();
    rows.extend([
        counted("hours", ("first", ""), "2021-12-31", "300", None),
        counted("hours", ("second", ""), "2022-12-31", "500", None),
        counted("wellbeing", ("", ""), "2022-12-31", "6.9", None),
        counted("wellbeing", ("", ""), "2023-01-31", "8", None),
    ]);
    let (lines, payers) = told(&settled("sheltered-work", rows));
    // The second cohort began in 2022: 100 · 122.7833 / 116.0916 = 105.764…, so 105.76 · 500. The most of a year leaves 3,120 of 2022 for the
    // one whole point of 5,000; three in 2023.
    let expected = [
        ["began", "2021-03-15", "1000"],
        ["kept", "2021-06-14", "24000"],
        ["hours", "2021-12-31", "30000"],
        ["hours", "2022-12-31", "52880"],
        ["wellbeing", "2022-12-31", "3120"],
        ["wellbeing", "2023-01-31", "15000"],
    ];
    assert_eq!(lines, expected);
    assert_eq!(payers, ["90000", "36000"]);
}
