//! Fees beside claims, conditions that withhold, and limits that are no whole amount.

use impact_core::Contract;
use impact_core::contract::{Observations, Row, SettlementFault, Statement, Withheld};

/// Claims at 100 each and whatever payments are added.
fn terms(payments: &str) -> String {
    format!(
        r#"
        impact = 1
        name = "Work kept"
        currency = "NOK"
        holders = [
            {{ id = "state", kind = "public", level = "state" }}, {{ id = "town", kind = "public", level = "municipality" }},
            {{ id = "provider", kind = "enterprise" }},
        ]
        [contract]
        payee = "provider"
        payers = [{{ holder = "state" }}]
        metrics = [
            {{ id = "kept", kind = "claims" }}, {{ id = "score", kind = "reported", range = [0, 100_000_000_000_000] }},
            {{ id = "returned", kind = "share", direction = "decrease" }},
        ]
        {payments}
        "#
    )
}

fn settled(terms: &str, rows: &[Row]) -> Statement {
    let contract = Contract::from_toml(terms).unwrap_or_else(|error| panic!("{error}"));
    let observed = Observations::of(&contract, rows.iter().cloned()).unwrap_or_else(|error| panic!("{error}"));
    contract.settle(&observed).unwrap()
}

fn claim(person: &str, cohort: &str, day: &str) -> Row {
    Row { person: Some(person.to_owned()), ..row("kept", cohort, day) }
}

fn row(metric: &str, cohort: &str, day: &str) -> Row {
    let cohort = Some(cohort.to_owned()).filter(|cohort| !cohort.is_empty());
    Row { metric: metric.to_owned(), date: day.parse().ok(), cohort, ..Row::default() }
}

fn score(cohort: &str, count: &str) -> Row {
    Row { count: count.parse().ok(), ..row("score", cohort, "2024-06-30") }
}

fn amounts(statement: &Statement) -> Vec<String> {
    statement.lines().iter().map(|line| line.amount.normalize().to_string()).collect()
}

fn days(statement: &Statement) -> Vec<String> {
    statement.lines().iter().map(|line| line.date.to_string()).collect()
}

#[test]
fn a_fee_is_due_where_only_claims_are_observed() {
    let rows =
        [claim("a", "spring", "2024-03-31"), claim("b", "spring", "2024-04-30"), claim("c", "autumn", "2024-10-31")];
    let fee = |per: &str| format!("payments = [{{ id = 'fee', per = '{per}', schedule = {{ fixed = 500 }} }}]");
    let by_cohort = settled(&terms(&fee("cohort")), &rows);
    assert_eq!(
        (amounts(&by_cohort), days(&by_cohort)),
        (vec!["500".into(), "500".into()], vec!["2024-04-30".into(), "2024-10-31".into()])
    );
    let once = settled(&terms(&fee("contract")), &rows);
    assert_eq!((amounts(&once), days(&once)), (vec!["500".to_owned()], vec!["2024-10-31".to_owned()]));
}

#[test]
fn a_fee_of_the_whole_contract_asks_for_the_figure_of_all_cohorts() {
    let fee = r#"payments = [{ id = "fee", per = "contract", schedule = { fixed = 500 },
        requires = [{ figure = "score", at = 12 }] }]"#;
    let of = |second| settled(&terms(fee), &[score("spring", "7"), score("autumn", second)]);
    // 7 + 5 reaches 12, 7 + 4 does not: neither waits.
    assert_eq!(amounts(&of("5")), ["500"]);
    assert!(matches!(of("4").lines()[0].withheld, Some(Withheld::NotReached(_))), "{:?}", of("4").lines());
}

#[test]
fn a_cohort_that_is_only_compared_with_is_due_no_fee() {
    let fee = r#"estimates = [{ id = "fewer", metric = "returned", effect = "absolute", against = { group = "before" } }]
        payments = [{ id = "fee", per = "cohort", schedule = { fixed = 500 } }]"#;
    let returned = |cohort: &str, group: Option<&str>| Row {
        count: Some(5.into()),
        of: Some(10.into()),
        group: group.map(str::to_owned),
        ..row("returned", cohort, "2024-06-30")
    };
    assert_eq!(amounts(&settled(&terms(fee), &[returned("2012", Some("before")), returned("2024", None)])), ["500"]);
}

/// Claims paid where their cohort scores 10, and a later payment that is limited for each person.
const GATED: &str = r#"at_most = { person = 150 }
    [[contract.payments]]
    id = "kept"
    of = "kept"
    schedule = { per_unit = 100 }
    requires = [{ figure = "score", at = 10 }]
    [[contract.payments]]
    id = "still"
    of = "kept"
    schedule = { per_unit = 100 }"#;

#[test]
fn a_payment_that_is_withheld_uses_up_nobodys_limit_and_nobodys_turn() {
    let once = [score("spring", "9"), claim("a", "spring", "2024-03-31")];
    // The first 100 is withheld, so that 150 leaves all of the second.
    assert_eq!(amounts(&settled(&terms(GATED), &once)), ["0", "100"]);
    let paid = [score("spring", "10"), claim("a", "spring", "2024-03-31")];
    assert_eq!(amounts(&settled(&terms(GATED), &paid)), ["100", "50"]);
    // Paid once only: what spring's condition withholds leaves autumn's claim its turn.
    let twice = [
        score("spring", "9"),
        score("autumn", "10"),
        claim("a", "spring", "2024-03-31"),
        claim("a", "autumn", "2024-10-31"),
    ];
    assert_eq!(amounts(&settled(&terms(GATED), &twice)), ["0", "100", "50"]);
}

#[test]
fn a_rung_whose_condition_is_not_met_does_not_come_before_another() {
    let ladder = GATED.replace("id = \"still\"", "id = \"still\"\n requires = [{ before = \"kept\", spacing = 0 }]");
    let rows = |count| [score("spring", count), claim("a", "spring", "2024-03-31")];
    assert_eq!(amounts(&settled(&terms(&ladder), &rows("9"))), ["0"]);
    assert_eq!(amounts(&settled(&terms(&ladder), &rows("10"))), ["100", "50"]);
}

#[test]
fn a_payer_never_pays_a_part_of_the_smallest_unit() {
    let payments = r#"rounding = { to = 1, rule = "half-up" }
        payments = [{ id = "kept", of = "kept", schedule = { per_unit = 100 } }]"#;
    let payers = r#"payers = [{ holder = "state", share = 0.5, at_most = 30.75 }, { holder = "town", tops_up = true, at_most = 10.5 },
        { holder = "county", share = 0.5 }]"#;
    let terms = terms(payments)
        .replace(r#"payers = [{ holder = "state" }]"#, payers)
        .replace(r#"{ id = "town","#, r#"{ id = "county", kind = "public", level = "county" }, { id = "town","#);
    let statement = settled(&terms, &[claim("a", "", "2024-03-31")]);
    // 50 each: the state pays 30 of 30.75, the fund 10 of 10.50, nobody the last 10.
    let shares: Vec<String> = statement.lines()[0].shares.iter().map(|share| share.amount.to_string()).collect();
    assert_eq!((shares, amounts(&statement)), (vec!["30".into(), "10".into(), "50".into()], vec!["90".to_owned()]));
}

#[test]
fn a_least_amount_is_rounded_up_and_a_bound_on_what_goes_back_towards_nothing() {
    let least = |least: &str, amount: &str| {
        let payment = format!(
            "rounding = {{ to = 1, rule = 'half-up' }}
             payments = [{{ id = 'score', of = 'score', at_least = {least}, schedule = {{ steps = [{{ at = 0, amount = {amount} }}] }} }}]"
        );
        amounts(&settled(&terms(&payment), &[score("", "1")])).remove(0)
    };
    assert_eq!(least("20.2", "10"), "21");
    assert_eq!(least("-20.8", "-50"), "-20");
}

#[test]
fn statements_of_different_terms_are_not_compared() {
    let payment =
        |price| terms(&format!("payments = [{{ id = 'kept', of = 'kept', schedule = {{ per_unit = {price} }} }}]"));
    let [one, other] = [100, 101].map(|price| settled(&payment(price), &[claim("a", "", "2024-03-31")]));
    let fault = other.since(&one).unwrap_err();
    assert!(
        matches!(&fault, SettlementFault::OtherContract { theirs, .. } if theirs == one.contract().hash()),
        "{fault}"
    );
    assert!(fault.to_string().starts_with("the statement is of other terms: their hash is `"), "{fault}");
}

#[test]
fn amounts_that_no_unit_can_hold_and_days_that_no_calendar_has_are_faults_of_their_payment() {
    let refused = |payment: &str, row: Row| {
        let contract = Contract::from_toml(&terms(&format!("payments = [{payment}]"))).unwrap();
        contract.settle(&Observations::of(&contract, [row]).unwrap()).unwrap_err().to_string()
    };
    let huge = "{ id = 'score', of = 'score', schedule = { per_unit = 1_000_000_000_000_000 } }";
    assert_eq!(
        refused(huge, score("", "10000000000000")),
        "contract.payments.score: the result is larger than 28 digits can hold"
    );
    let late = "{ id = 'kept', of = 'kept', due_after = 30, schedule = { per_unit = 1 } }";
    let last = Row { date: Some(chrono::NaiveDate::MAX), ..claim("a", "", "") };
    assert_eq!(
        refused(late, last),
        "contract.payments.kept: no calendar has the day 30 days after +262142-12-31, on which it would be due"
    );
}

#[test]
fn a_row_never_shows_who_it_is_of() {
    let row = claim("kari-nordmann", "spring", "2024-03-31");
    let shown = format!("{row:?}{row:#?}");
    assert!(!shown.contains("nordmann") && shown.contains("hidden") && shown.contains("spring"), "{shown}");
}

#[test]
fn people_are_counted_whole() {
    let contract = Contract::from_toml(&terms("payments = [{ id = 'fee', schedule = { fixed = 1 } }]")).unwrap();
    let half = Row { count: Some(1.into()), of: "2.5".parse().ok(), ..row("returned", "", "2024-03-31") };
    assert_eq!(
        Observations::of(&contract, [half]).unwrap_err().to_string(),
        "observations.1.of: of `2.5` is not a whole number of people"
    );
}

#[test]
fn nothing_waits_for_a_figure_of_which_nothing_was_seen() {
    let pool = r#"estimates = [{ id = "pool", pool = "score", weights = { spring = 1, autumn = 1 } }]
        payments = [{ id = "pool", of = "pool", schedule = { fixed = 1 } }, { id = "kept", of = "kept", schedule = { fixed = 9 } }]"#;
    let kept = claim("a", "spring", "2024-12-31");
    assert_eq!(amounts(&settled(&terms(pool), std::slice::from_ref(&kept))), ["9"]);
    // Once a cohort is seen, the pool waits for the other, from the day of what was seen of it.
    let waits = settled(&terms(pool), &[kept, score("spring", "1")]);
    assert_eq!(
        (amounts(&waits), days(&waits)),
        (vec!["0".into(), "9".into()], vec!["2024-06-30".into(), "2024-12-31".to_owned()])
    );
}

#[test]
fn a_line_names_only_the_limits_that_cut_it() {
    let rows = [claim("a", "", "2024-03-31")];
    let bound = |own: u32, all: u32| {
        let payments = format!(
            "at_most = {{ person = {all} }}\n payments = [{{ id = 'kept', of = 'kept', schedule = {{ per_unit = 100 }}, at_most = {{ person = {own} }} }}]"
        );
        let statement = settled(&terms(&payments), &rows);
        let bound_by: Vec<String> = statement.lines()[0].bound_by.iter().map(|at| at.to_string()).collect();
        (amounts(&statement).concat(), bound_by)
    };
    let (own, all) = ("contract.payments.kept.at_most.person".to_owned(), "contract.at_most.person".to_owned());
    assert_eq!(bound(60, 1_000), ("60".into(), vec![own.clone()]));
    assert_eq!(bound(1_000, 60), ("60".into(), vec![all.clone()]));
    assert_eq!(bound(80, 60), ("60".into(), vec![own, all]));
    assert_eq!(bound(1_000, 1_000), ("100".into(), vec![]));
}

#[test]
fn a_payer_whose_part_a_fund_takes_over_limits_nothing() {
    let funded = |most: u32| {
        let payers = format!(
            "payers = [{{ holder = \"town\", share = 1, at_most = 30 }}, {{ holder = \"state\", tops_up = true, at_most = {most} }}]"
        );
        let text = terms("payments = [{ id = 'kept', of = 'kept', schedule = { per_unit = 100 } }]");
        let statement =
            settled(&text.replace("payers = [{ holder = \"state\" }]", &payers), &[claim("a", "", "2024-03-31")]);
        let bound_by: Vec<String> = statement.lines()[0].bound_by.iter().map(|at| at.to_string()).collect();
        (amounts(&statement).concat(), bound_by)
    };
    assert_eq!(funded(70), ("100".into(), vec![]), "the fund pays what is left");
    assert_eq!(funded(50).0, "80");
    assert!(funded(50).1.contains(&"contract.payers.0.at_most".to_owned()), "{:?}", funded(50));
}
