//! Finance that cannot be meant: every problem at its address, all of them at once.

use impact_core::Contract;

/// A document with this finance.
fn refused(finance: &str) -> Vec<String> {
    let text = format!(
        r#"
        impact = 1
        name = "Refused"
        currency = "NOK"
        holders = [
            {{ id = "state", kind = "public", level = "state" }}, {{ id = "bank", kind = "investor" }},
            {{ id = "provider", kind = "enterprise" }},
        ]
        [contract]
        payee = "provider"
        payers = [{{ holder = "state" }}]
        metrics = [{{ id = "results", kind = "count" }}]
        payments = [{{ id = "results", of = "results", schedule = {{ per_unit = 1 }} }}]
        [contract.finance]
        {finance}
        "#
    );
    match Contract::from_toml(&text) {
        Ok(_) => Vec::new(),
        Err(error) => error.problems().iter().map(said).collect(),
    }
}

fn said(problem: &impact_core::error::Problem) -> String {
    let address = problem.place.address.as_str();
    format!("{}: {}", address.trim_start_matches("contract.finance."), problem.fault)
}

const LOAN: &str = r#"tranches = [{ id = "loan", holder = "bank", commitment = 100 }]"#;

#[test]
fn what_has_no_account_needs_a_tranche() {
    let costs = r#"costs = [{ id = "service", to = "provider", paid = [{ date = 2021-01-01, amount = 1 }] }]"#;
    assert_eq!(
        refused(costs),
        ["costs: `costs` needs money of the contract's account: name who puts it in under `tranches`",]
    );
    let delivery = r#"delivery = [{ id = "staff", by = "provider", paid = [{ date = 2021-01-01, amount = 1 }] }]"#;
    assert_eq!(refused(delivery), [""; 0]);
}

#[test]
fn everything_wrong_with_a_tranche_is_said_at_once() {
    let tranche = r#"
        [[contract.finance.tranches]]
        id = "loan"
        holder = "bnak"
        commitment = 100
        drawdowns = [{ date = 2021-01-01, share = 0.8 }, { date = 2022-01-01, amount = 30 }]
        repayments = [{ date = 2023-01-01, share = 0.5 }, { date = 2022-01-01, share = 0.5 }]
        coupon = { rate = 0.05, at_least = 0.01, deferral = "compounded" }
        recycled_to = "provider"
        repaid = "never"
    "#;
    assert_eq!(
        refused(tranche),
        [
            "tranches.loan: `repaid` and `recycled_to` are given: whether it is repaid is one of them",
            "tranches.loan.holder: no holder has the id `bnak`: did you mean `bank`?",
            "tranches.loan.drawdowns: the drawdowns add up to 110, more than the commitment of 100",
            "tranches.loan.repayments: 2022-01-01 is not later than 2023-01-01: write the days rising",
            "tranches.loan.coupon.at_least: `at_least` has no meaning here: the rate is the same all along",
            "tranches.loan.coupon.deferral: unknown word `compounded`: did you mean `compound`? accepted are `lapses`, `simple`, `compound`",
        ]
    );
}

#[test]
fn a_grant_earns_and_repays_nothing() {
    let grant = r#"
        [[contract.finance.tranches]]
        id = "gift"
        holder = "bank"
        commitment = 100
        repaid = "never"
        coupon = { rate = 0.05, deferral = "simple" }
    "#;
    assert_eq!(refused(grant), ["tranches.gift.coupon: `coupon` has no meaning here: the tranche is never repaid"]);
}

#[test]
fn the_waterfall_pays_everything_that_is_owed_once() {
    let finance = r#"
        tranches = [
            { id = "senior", holder = "bank", commitment = 100, coupon = { rate = 0.1, deferral = "simple" } },
            { id = "junior", holder = "bank", commitment = 100 },
            { id = "gift", holder = "bank", commitment = 100, repaid = "never" },
        ]
        fees = [{ id = "arranger", to = "provider", of = "payments", schedule = { share = 0.1 } }]
        waterfall = [
            { principal = ["senior", "gift"] }, { principal = ["senior"] }, { coupon = ["junior"] },
            { surplus = [{ tranche = "senior", share = 0.5 }, { holder = "provider", share = 0.4 }] },
        ]
    "#;
    assert_eq!(refused(finance), ["waterfall.3.surplus: the shares of the surplus add up to 0.9, not to 1"]);
    assert_eq!(
        refused(&finance.replace("share = 0.4", "share = 0.5")),
        [
            "waterfall: the principal of `senior` stands twice in the waterfall",
            "waterfall: no step pays the coupon of `senior`: give it one in the waterfall, or leave the coupon out",
            "waterfall: no step pays the principal of `junior`: give it one in the waterfall, or write `repaid = \"never\"` for a grant",
            "waterfall: `junior` has no coupon",
            "waterfall: `gift` is a grant: no principal is repaid",
            "waterfall: no step pays the fee `arranger`: give it one in the waterfall",
        ]
    );
}

#[test]
fn days_after_the_end_and_costs_without_a_takeover_are_refused() {
    let finance = format!(
        r#"
        ends = 2022-12-31
        stopped = 2023-06-30
        {LOAN}
        costs = [
            {{ id = "early", to = "provider", paid = [{{ date = 2023-01-01, amount = 1 }}] }},
            {{ id = "late", to = "provider", after_takeover = true, paid = [{{ date = 2022-01-01, amount = 1 }}] }},
        ]
        "#
    );
    assert_eq!(
        refused(&finance),
        [
            "stopped: 2023-06-30 is later than the end on 2022-12-31",
            "costs: 2023-01-01 is later than the end on 2022-12-31",
            "costs: `after_takeover` without a `takeover`: say who takes over, and when",
        ]
    );
    let takeover = r#"takeover = { by = "state", on = 2022-06-30, payment = "results", reaches = 1, repays = 1 }"#;
    let early = finance.replace("ends = 2022-12-31\n", "").replace("stopped = 2023-06-30", takeover);
    assert_eq!(refused(&early), ["costs: 2022-01-01 is not after the takeover on 2022-06-30"]);
}

#[test]
fn names_that_nobody_has_are_refused_with_the_nearest() {
    let finance = format!(
        r#"
        {LOAN}
        guarantees = [{{ id = "first-loss", holder = "state", tranches = ["laon"], of = "drwan", schedule = {{ share = 1.2 }} }}]
        caps = [{{ rate = 0.1, multiple = 2 }}, {{ tranches = [], gain = 1 }}]
        takeover = {{ by = "state", on = 2022-06-30, payment = "result", reaches = 1, repays = 2 }}
        distribution = "yearly"
        "#
    );
    assert_eq!(
        refused(&finance),
        [
            "guarantees.first-loss.tranches.0: no tranche above has the id `laon`: did you mean `loan`?",
            "guarantees.first-loss.of: unknown word `drwan`: did you mean `drawn`? accepted are `drawn`, `committed`",
            "guarantees.first-loss.schedule.share: share of the saving `1.2` is not between 0 and 1",
            "caps.0: `rate` and `multiple` are given: a cap is one of them",
            "caps.1.tranches: the list is empty: the ids of tranches",
            "takeover.payment: no payment above has the id `result`: did you mean `results`?",
            "takeover.repays: share that is repaid `2` is not between 0 and 1",
            "distribution: unknown word `yearly`: accepted are `as-paid`, `at-end`",
        ]
    );
}

#[test]
fn a_measured_rate_says_what_holds_outside_its_figures() {
    let finance = r#"
        [[contract.finance.tranches]]
        id = "bond"
        holder = "bank"
        commitment = 100
        coupon = { of = "results", between = "line", rates = [{ at = 2, rate = 0.1 }, { at = 1, rate = 0.2 }], at_least_until = 2022-01-01, deferral = "simple" }
        principal = { of = "results", between = "steps", below = "flat", shares = [] }
    "#;
    assert_eq!(
        refused(finance),
        [
            "tranches.bond.coupon: `below` is missing",
            "tranches.bond.coupon: `above` is missing",
            "tranches.bond.coupon.rates: `1` does not lie above `2`: write the figures rising",
            "tranches.bond.coupon.at_least_until: `at_least_until` has no meaning here: there is no `at_least`",
            "tranches.bond.principal.below: `below` has no meaning here: steps pay nothing below the first",
            "tranches.bond.principal.shares: the list is empty: figures, each with its value",
        ]
    );
}

#[test]
fn an_unknown_key_is_said_beside_what_else_is_wrong() {
    let finance = r#"
        commitment = 100
        remainder = "bnak"
        stoped = 2022-01-01
        tranches = [{ id = "loan", holder = "bank", commitment = 100, drawdown = [] }, { id = "more", holder = "bank" }]
    "#;
    assert_eq!(
        refused(finance),
        [
            "remainder: no holder has the id `bnak`: did you mean `bank`?",
            "contract.finance: unknown key `stoped`: did you mean `stopped`?",
            "tranches.loan: unknown key `drawdown`: did you mean `drawdowns`?",
            "tranches.more: `commitment` is missing",
        ]
    );
}

#[test]
fn a_rate_is_a_share_and_no_percentage() {
    let rate = |coupon: &str| {
        refused(&format!(
            r#"tranches = [{{ id = "loan", holder = "bank", commitment = 100, drawdowns = [{{ date = 2021-01-01, share = 1 }}],
                repayments = [{{ date = 2023-01-01, share = 1 }}], coupon = {{ {coupon}, deferral = "simple", due = [2023-01-01] }} }}]
            waterfall = [{{ coupon = ["loan"] }}, {{ principal = ["loan"] }}]"#
        ))
    };
    assert_eq!(rate("rate = 0.055"), [""; 0]);
    assert_eq!(
        rate("rate = 5.5"),
        ["tranches.loan.coupon.rate: rate `5.5` is not between 0 and 1: 5.5 % is written 0.055"]
    );
    let by_result = r#"of = "results", between = "steps", rates = [{ at = 1, rate = 5.5 }]"#;
    assert_eq!(
        rate(by_result),
        ["tranches.loan.coupon.rates.0.rate: rate `5.5` is not between 0 and 1: 5.5 % is written 0.055"]
    );
}
