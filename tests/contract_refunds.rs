//! Refunds: nobody owes what no term says, and what a payment works out below zero is owed back only where the terms say so.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot settle has failed")]

#[path = "common/cash_flows.rs"]
mod cash_flows;

use cash_flows::{flows, holder, party, text};
use impact_core::Contract;
use impact_core::analysis::risk::Situation;
use impact_core::contract::{FlowKind, Observations, Party, Row, Statement, Withheld};
use impact_core::simulation::{Seed, Simulation};
use rust_decimal::Decimal;
use std::ops::ControlFlow;

/// Two cohorts of a hundred people of whom 60 % would return: 10,000 for each who does not, or what is asked for.
fn terms(payment: &str) -> String {
    format!(
        r#"
        impact = 1
        name = "Fewer return (illustrative)"
        currency = "NOK"
        holders = [{{ id = "state", kind = "public", level = "state" }}, {{ id = "provider", kind = "enterprise" }}]
        [contract]
        payee = "provider"
        rounding = {{ to = 1, rule = "half-up" }}
        payers = [{{ holder = "state" }}]
        metrics = [
            {{ id = "returned", kind = "share", direction = "decrease" }}, {{ id = "saved", kind = "money" }},
            {{ id = "score", kind = "reported", range = [-10, 10] }}, {{ id = "days", kind = "count" }},
        ]
        estimates = [{{ id = "fewer", metric = "returned", effect = "avoided", against = {{ fixed = 0.6 }} }}]
        payments = [{{ id = "pay", {payment} }}]
        [truth]
        source = "illustrative"
        metrics = [
            {{ id = "returned", counterfactual = 0.6, effect = 0 }}, {{ id = "saved", counterfactual = 0, effect = 0, effect_in = "absolute", scatter = "exactly" }},
            {{ id = "score", counterfactual = 0, effect = 0, effect_in = "absolute", scatter = "exactly" }}, {{ id = "days", counterfactual = 0, effect = 0, scatter = "exactly" }},
        ]
        cohorts = [{{ id = "a", date = 2025-12-31, people = 100 }}]
        "#
    )
}

const PER_PERSON: &str = "of = \"fewer\", schedule = { per_unit = 10_000 }";

fn contract(payment: &str) -> Contract {
    Contract::from_toml(&terms(payment)).unwrap_or_else(|error| panic!("{error}"))
}

fn refused(payment: &str) -> String {
    Contract::from_toml(&terms(payment)).map_or_else(|error| error.to_string(), |_| "read".to_owned())
}

fn row(metric: &str, day: &str, count: &str) -> Row {
    let of = (metric == "returned").then(|| 100.into());
    Row { metric: metric.to_owned(), date: day.parse().ok(), count: count.parse().ok(), of, ..Row::default() }
}

fn settled(contract: &Contract, rows: &[Row]) -> Statement {
    contract.settle(&Observations::of(contract, rows.iter().cloned()).unwrap()).unwrap()
}

/// What is paid where so many of a hundred return.
fn paid(payment: &str, returned: &str) -> String {
    settled(&contract(payment), &[row("returned", "2025-12-31", returned)]).total().normalize().to_string()
}

/// The addresses and values of what was filled in about refunds.
fn filled_in(contract: &Contract) -> Vec<(String, String)> {
    let rows = contract.defaults().iter().map(|row| (row.address.as_str().to_owned(), row.taken.clone()));
    rows.filter(|(address, _)| address.ends_with("refunds")).collect()
}

#[test]
fn nobody_owes_what_no_term_says() {
    // (60 − 55) · 10,000; 70 return, ten more than without the programme: nothing.
    assert_eq!([paid(PER_PERSON, "55"), paid(PER_PERSON, "70")], ["50000", "0"]);
    let statement = settled(&contract(PER_PERSON), &[row("returned", "2025-12-31", "70")]);
    let withheld = statement.lines()[0].withheld.clone();
    assert_eq!(withheld, Some(Withheld::NotOwedBack("contract.payments.pay.refunds".parse().unwrap())));
}

#[test]
fn whoever_wants_a_loss_back_says_so_and_how_far() {
    let all = format!("{PER_PERSON}, refunds = true");
    let some = format!("{PER_PERSON}, at_least = -30_000");
    // (60 − 70) · 10,000, and no further down than 30,000.
    assert_eq!([paid(&all, "55"), paid(&all, "70")], ["50000", "-100000"]);
    assert_eq!([paid(&some, "55"), paid(&some, "70")], ["50000", "-30000"]);
}

#[test]
fn what_is_taken_for_granted_about_refunds_is_listed_and_can_be_changed_there() {
    let silent = contract(PER_PERSON);
    assert_eq!(filled_in(&silent), [("contract.payments.pay.refunds".to_owned(), "false".to_owned())]);
    let because = &silent.defaults().iter().find(|row| row.address.as_str().ends_with("refunds")).unwrap().because;
    assert!(because.en.contains("`refunds = true`") && because.nb.as_deref().unwrap().contains("`refunds = true`"));
    let owing = silent.with("contract.payments.pay.refunds", true).unwrap();
    assert_eq!(settled(&owing, &[row("returned", "2025-12-31", "70")]).total(), Decimal::from(-100_000));
    for said in ["refunds = true", "refunds = false", "at_least = 0", "at_least = -5"] {
        assert!(filled_in(&contract(&format!("{PER_PERSON}, {said}"))).is_empty(), "{said}");
    }
}

#[test]
fn it_is_listed_only_where_a_payment_could_go_below_zero() {
    let listed = |payment: &str| !filled_in(&contract(payment)).is_empty();
    let line = |corners: &str, outside: &str| format!("of = \"score\", schedule = {{ line = [{corners}], {outside} }}");
    let rising = "{ at = 0, amount = 100 }, { at = 10, amount = 1_100 }";
    let outside = [
        "of = \"score\", schedule = { per_unit = 5 }".to_owned(),
        "of = \"saved\", schedule = { per_unit = 1 }".to_owned(),
        "of = \"days\", schedule = { per_point = { price = 5, point = 1, from = 3 } }".to_owned(),
        line(rising, "below = \"straight\", above = \"flat\""),
        line("{ at = 0, amount = 100 }, { at = 2, amount = 50 }", "below = \"flat\", above = \"straight\""),
    ];
    for payment in &outside {
        assert!(listed(payment), "{payment}");
    }
    let inside = [
        "of = \"days\", schedule = { per_unit = 5 }".to_owned(),
        "of = \"returned\", schedule = { steps = [{ at = 0.5, amount = -100 }] }".to_owned(),
        "of = \"saved\", schedule = { share = 0.5 }".to_owned(),
        line(rising, "below = \"flat\", above = \"straight\""),
        // The line reaches 100 − 100 · 10 / 10 = 0 at −10, the lowest score there can be.
        line("{ at = 0, amount = 100 }, { at = 10, amount = 200 }", "below = \"straight\", above = \"flat\""),
        "schedule = { fixed = 5 }".to_owned(),
    ];
    for payment in &inside {
        assert!(!listed(payment), "{payment}");
    }
}

#[test]
fn a_line_carried_straight_on_stops_at_zero_and_what_is_written_below_zero_is_owed() {
    let score = |corners: &str, more: &str, score: &str| {
        let outside = "below = \"straight\", above = \"flat\"";
        let payment = format!("of = \"score\", schedule = {{ line = [{corners}], {outside} }}{more}");
        settled(&contract(&payment), &[row("score", "2025-12-31", score)]).total().normalize().to_string()
    };
    let rising = "{ at = 0, amount = 100 }, { at = 1, amount = 200 }";
    // 100 a point: −2 would be −100.
    assert_eq!([score(rising, "", "-0.5"), score(rising, "", "-2")], ["50", "0"]);
    assert_eq!(score(rising, ", refunds = true", "-2"), "-100");
    // A penalty of 50 is written at −1; from 0 to −1 the line goes down to it, and no further.
    let penalty = "{ at = -1, amount = -50 }, { at = 0, amount = 50 }";
    assert_eq!([score(penalty, "", "-0.8"), score(penalty, "", "-5")], ["-30", "-50"]);
    assert_eq!(score(penalty, ", refunds = true", "-5"), "-450");
}

#[test]
fn what_was_paid_too_early_is_taken_back_but_never_more_than_was_paid() {
    let running = contract("of = \"saved\", per = \"contract\", schedule = { per_unit = 1 }");
    let rows =
        [row("saved", "2025-03-31", "500"), row("saved", "2025-06-30", "-200"), row("saved", "2025-09-30", "-700")];
    let statement = settled(&running, &rows);
    // 500, then 300, then 400 below zero: 200 and 300 go back, and not the 400.
    let amounts: Vec<String> = statement.lines().iter().map(|line| line.amount.normalize().to_string()).collect();
    assert_eq!(amounts, ["500", "-200", "-300"]);
    assert!(statement.total().is_zero());
}

#[test]
fn a_refund_that_cannot_be_meant_is_refused() {
    assert_eq!(
        refused("of = \"days\", schedule = { per_unit = 5 }, refunds = true").split(": ").last().unwrap(),
        "nothing that the schedule works out lies below zero, so nothing is owed back"
    );
    assert_eq!(
        refused(&format!("{PER_PERSON}, refunds = true, at_least = -5")).split("): ").last().unwrap(),
        "`refunds` and `at_least` are given: how far a payment goes down is one of them"
    );
}

#[test]
fn what_the_account_does_not_hold_of_a_refund_the_payee_owes() {
    let document = terms(&format!("{PER_PERSON}, refunds = true"))
        .replace("holders = [", "holders = [{ id = \"bank\", kind = \"investor\" }, ");
    let finance = r#"
        [contract.finance]
        ends = 2026-12-31
        distribution = "at-end"
        tranches = [{ id = "loan", holder = "bank", commitment = 300_000, drawdowns = [{ date = 2025-01-01, amount = 300_000 }] }]
        costs = [
            { id = "first", to = "provider", paid = [{ date = 2025-01-01, amount = 100_000 }] },
            { id = "second", to = "provider", paid = [{ date = 2026-06-30, amount = 200_000 }] },
        ]
        [truth]"#;
    let document = document.replace("[truth]", finance);
    let mut rows = vec![row("returned", "2025-06-30", "55"), row("returned", "2025-12-31", "70")];
    rows[1].cohort = Some("second".to_owned());
    let flows = flows(&document, &rows);
    // 50,000 comes in; of 100,000 that go back the account holds it, and the provider owes the other 50,000. What the bank lent for
    // the second half of the service is still there for it.
    assert_eq!(text(holder(&flows, "state").total), "50000");
    assert_eq!(text(holder(&flows, "bank").total), "-300000");
    assert_eq!(text(holder(&flows, "provider").total), "250000");
    let back: Vec<(Party, String)> = flows
        .flows()
        .iter()
        .filter(|flow| flow.kind == FlowKind::Clawback)
        .map(|flow| (flow.from, text(flow.amount)))
        .collect();
    assert_eq!(back, [(Party::Account, "50000".to_owned()), (party(&flows, "provider"), "50000".to_owned())]);
}

#[test]
fn risk_tells_how_likely_a_refund_is_and_how_large() {
    let risk = |payment: &str| {
        let simulation = Simulation::new(20_000, Seed(7));
        let risk = contract(payment).risk(&simulation, &mut |_| ControlFlow::Continue(())).unwrap();
        risk.situation(Situation::AsBelieved).unwrap().clone()
    };
    let (silent, owing) = (risk(PER_PERSON), risk(&format!("{PER_PERSON}, refunds = true")));
    assert_eq!(silent.refunds, None);
    let refunds = owing.refunds.unwrap();
    // Of 100 people with a chance of 0.6, 61 or more return with P = 0.4621 (binomial), and X − 60 is then 4.22 on average:
    // half the mean deviation of 3.8985 is E(X − 60)+ = 1.9493, and 1.9493 / 0.4621 = 4.2185. Ten thousand each.
    assert!((refunds.chance.value - 0.4621).abs() < 0.015, "{refunds:?}");
    assert!((refunds.mean - 42_185.0).abs() < 1_500.0, "{refunds:?}");
    // 10,000 · E(60 − X)+ is the same 19,493: what `docs/contracts.md` says that luck is paid, where bad luck is not.
    assert!((silent.paid.mean - 19_493.0).abs() < 800.0, "{}", silent.paid.mean);
    // What is paid is what is owed one way less what is owed the other.
    assert!((silent.paid.mean - refunds.mean * refunds.chance.value - owing.paid.mean).abs() < 1e-6);
}
