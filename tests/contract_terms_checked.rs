//! What is asked of the terms of a contract by itself: each slip with its address and that of what it meets, and no figure changed.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read its document has failed")]

mod common;

use common::fixtures;
use impact_core::{Contract, Model};
use std::fs;

const HEAD: &str = r#"
impact = 1
name = "Into work"
currency = "NOK"
holders = [ { id = "town", kind = "public", level = "municipality" }, { id = "provider", kind = "enterprise" } ]
"#;
const CONTRACT: &str = r#"
[contract]
payee = "provider"
"#;
const TRUTH: &str = r#"
[truth]
source = "judgement"
cohorts = [ { id = "a", date = 2027-12-31, people = 50 }, { id = "b", date = 2029-12-31, people = 50 } ]
"#;

fn contract(terms: &str, truth: &str) -> Contract {
    let truth = if truth.is_empty() { String::new() } else { format!("{TRUTH}metrics = [ {truth} ]\n") };
    let payers = if terms.contains("payers = ") { "" } else { "payers = [ { holder = \"town\" } ]\n" };
    let text = format!("{HEAD}{CONTRACT}{payers}{terms}\n{truth}");
    Contract::from_toml(&text).unwrap_or_else(|error| panic!("{error}\nin\n{text}"))
}

fn said(contract: &Contract) -> Vec<String> {
    contract.findings().iter().map(ToString::to_string).collect()
}

/// What is said of a payment of people who started, written behind its schedule.
fn of_payment(rest: &str) -> Vec<String> {
    let payment = format!("{{ id = \"start\", of = \"started\", schedule = {{ per_unit = 1_000 }}, {rest} }}");
    said(&contract(&format!("metrics = [ {{ id = \"started\", kind = \"claims\" }} ]\npayments = [ {payment} ]"), ""))
}

#[test]
fn a_percentage_typed_as_a_factor_is_asked_about_and_a_factor_is_not() {
    let odd = |factor: &str| of_payment(&format!("uplift = {{ women = {factor} }}"));
    assert_eq!(
        odd("125"),
        ["contract.payments.start.uplift.women: a claim or cohort of `women` is paid 125 times as much as others: \
          an uplift is a factor, and a quarter more is 1.25 [uplift-unlike-a-factor]"]
    );
    assert!(odd("0.25")[0].contains("is paid 0.25 times as much as others"));
    for factor in ["1", "1.25", "9.99"] {
        assert_eq!(odd(factor), [""; 0], "{factor}");
    }
}

#[test]
fn a_limit_that_another_makes_idle_is_told_with_both_addresses() {
    assert_eq!(
        of_payment("at_most = { year = 2_000_000, total = 1_000_000 }"),
        ["contract.payments.start.at_most.year: the limit of 2,000,000 is never reached, since \
          `contract.payments.start.at_most.total` lets 1,000,000 be paid at most: take it out, or correct the two [idle-limit]"]
    );
    // A person is paid over several years, so that a year's cap below a person's lets both bind.
    assert_eq!(of_payment("at_most = { person = 2_000, year = 1_000 }"), [""; 0]);
    assert_eq!(of_payment("at_most = { each = 2_000, person = 1_000 }"), [""; 0]);
    assert_eq!(of_payment("at_most = { each = 500, person = 800, year = 1_000, total = 1_000 }"), [""; 0]);
    assert!(
        of_payment("at_most = { each = 2_000, year = 1_000 }")[0].starts_with("contract.payments.start.at_most.each: ")
    );
    // Money that goes back makes room again.
    let pays = |refunds: &str| {
        let limits = format!("{refunds}at_most = {{ year = 2_000_000, total = 1_000_000 }}");
        let of = "metrics = [ { id = \"jobs\", kind = \"share\", direction = \"increase\" } ]\nestimates = [ { id = \"more\", metric = \"jobs\", effect = \"absolute\", against = { fixed = 0.4 } } ]";
        let schedule = "schedule = { per_point = { point = 0.01, price = 1_000 } }";
        said(&contract(&format!("{of}\npayments = [ {{ id = \"p\", of = \"more\", {schedule}, {limits} }} ]"), ""))
    };
    assert_eq!(pays("refunds = true, "), [""; 0]);
    assert_eq!(pays("").len(), 1);
}

#[test]
fn the_contract_and_its_payers_limit_what_a_payment_may_be() {
    let terms = r#"
payers = [ { holder = "town", at_most = 900 } ]
at_most = 800
metrics = [ { id = "started", kind = "count" } ]
payments = [ { id = "start", of = "started", schedule = { per_unit = 1 }, at_most = 1_000 } ]
"#;
    let told = said(&contract(terms, ""));
    assert_eq!(told.len(), 2, "{told:?}");
    for address in
        ["contract.payments.start.at_most: the limit of 1,000", "contract.payers.0.at_most: the limit of 900"]
    {
        assert!(
            told.iter().any(|told| told.starts_with(address) && told.contains("`contract.at_most` lets 800")),
            "{told:?}"
        );
    }
}

#[test]
fn cohorts_that_share_days_are_told_once_each() {
    let days = |second: &str| {
        let cohorts = format!(
            "cohorts = [ {{ id = \"spring\", starts = 2026-01-01, ends = 2026-06-30 }}, {{ id = \"summer\", {second} }} ]"
        );
        let rest = "metrics = [ { id = \"started\", kind = \"count\" } ]\npayments = [ { id = \"start\", of = \"started\", schedule = { per_unit = 1 } } ]";
        said(&contract(&format!("{cohorts}\n{rest}"), ""))
    };
    assert_eq!(
        days("starts = 2026-06-30, ends = 2026-08-31"),
        [
            "contract.cohorts.summer: 2026-06-30 to 2026-06-30 are days of `contract.cohorts.spring` too: let each cohort end \
          before the next begins, or silence this with how people are kept apart [overlapping-cohorts]"
        ]
    );
    assert_eq!(days("starts = 2026-07-01, ends = 2026-08-31"), [""; 0]);
}

const COUNTED: &str = "metrics = [ { id = \"jobs\", kind = \"count\", direction = \"increase\" } ]\npayments = [ { id = \"job\", of = \"jobs\", schedule = { per_unit = 1 } } ]";
const SHARED: &str = "metrics = [ { id = \"jobs\", kind = \"share\", direction = \"increase\" } ]\npayments = [ { id = \"job\", of = \"jobs\", schedule = { steps = [ { at = 0.5, amount = 1 } ] } } ]";

#[test]
fn an_effect_of_more_than_the_whole_is_asked_about_where_it_can_be() {
    let odd =
        |effect: &str| said(&contract(COUNTED, &format!("{{ id = \"jobs\", counterfactual = 1, effect = {effect} }}")));
    assert_eq!(
        odd("12"),
        ["truth.metrics.jobs.effect: the effect is 1,200 % of what would happen anyway: a tenth is 0.1, and \
          `effect_in = \"absolute\"` counts it in the unit of the metric [effect-above-the-whole]"]
    );
    // 95 of 100 draws of a uniform from 0 to 2 lie below 1.9.
    assert!(odd("{ uniform = [0, 2] }")[0].contains("one draw in twenty has an effect of 190 % or more"));
    assert_eq!(odd("1"), [""; 0]);
    assert_eq!(odd("{ uniform = [0, 1] }"), [""; 0]);
    assert_eq!(odd("12, effect_in = \"absolute\""), [""; 0]);
}

#[test]
fn a_drift_of_half_a_year_or_past_the_whole_is_asked_about() {
    let odd = |drift: &str| {
        said(&contract(SHARED, &format!("{{ id = \"jobs\", counterfactual = 0.4, effect = 0.1, drift = {drift} }}")))
    };
    // Two years and a day of leap between the cohorts: 731 / 365.25 years of tripling, 0.4 · 3^2.00137 = 3.61.
    assert_eq!(
        odd("2"),
        [
            "truth.metrics.jobs.drift: what would happen anyway changes by 200 % a year, to 3.61 at the last cohort, which is \
          held at 1: two in a hundred is 0.02 [steep-drift]"
        ]
    );
    assert!(odd("-0.6")[0].contains("changes by −60 % a year: two in a hundred"));
    assert_eq!(odd("0.02"), [""; 0]);
    assert_eq!(odd("0.49"), [""; 0]);
}

#[test]
fn a_contract_silences_with_a_reason_and_never_what_was_invented() {
    let text = fs::read_to_string(fixtures().join("contracts/larvik-for-nothing.toml")).unwrap();
    let contract = Contract::from_toml(&text).unwrap();
    assert!(contract.findings().iter().any(|finding| finding.rule.id() == "illustrative"));
    let terms = format!(
        "{HEAD}silenced = [ {{ rule = \"idle-limit\", reason = \"kept from the earlier edition\" }}, {{ rule = \"steep-drift\", reason = \"none\" }} ]\n\
         {CONTRACT}payers = [ {{ holder = \"town\" }} ]\nat_most = {{ year = 2, total = 1 }}\n{COUNTED}"
    );
    let findings = Contract::from_toml(&terms).unwrap().findings();
    let told: Vec<_> = findings.iter().map(|finding| (finding.rule.id(), finding.silenced.as_deref())).collect();
    assert_eq!(told, [("silenced-in-vain", None), ("idle-limit", Some("kept from the earlier edition"))]);
    let slip = Contract::from_toml(&terms.replace("idle-limit", "idle-limits")).unwrap_err().to_string();
    assert!(slip.contains("no check has the id `idle-limits`: did you mean `idle-limit`?"), "{slip}");
    for always in ["illustrative", "unverified"] {
        let refused = Contract::from_toml(&terms.replace("idle-limit", always)).unwrap_err().to_string();
        assert!(
            refused.contains(&format!("`{always}` cannot be silenced: readers are always told of it")),
            "{refused}"
        );
    }
}

#[test]
fn a_model_tells_what_its_contract_alone_would_tell() {
    for name in ["larvik-contract", "paid-by-results", "paid-work"] {
        let text = fs::read_to_string(fixtures().join(format!("models/{name}.toml"))).unwrap();
        let model = Model::from_toml(&text).unwrap();
        let of_model = model.appraise().unwrap().findings();
        let alone = model.contract().unwrap().findings();
        for finding in &alone {
            let told = |other: &&_| {
                let other: &impact_core::check::Finding = other;
                other.rule == finding.rule && other.address == finding.address
            };
            assert_eq!(of_model.iter().filter(told).count(), 1, "{name}: {finding}");
        }
    }
}
