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
holders = [ { id = "town", kind = "public", level = "municipality" }, { id = "fund", kind = "public", level = "state" }, { id = "provider", kind = "enterprise" } ]
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
fn a_payer_pays_no_more_than_its_share_of_what_may_be_paid() {
    let told = |at_most: &str, own: &str, more: &str| {
        let payers = format!(
            "payers = [ {{ holder = \"town\", share = 0.5, at_most = {at_most} }}, {{ holder = \"fund\", share = 0.5 }} ]"
        );
        let (whole, of_one) = if own.is_empty() {
            (payers.as_str(), "")
        } else {
            ("payers = [ { holder = \"fund\" } ]", payers.as_str())
        };
        let of_one = if of_one.is_empty() { String::new() } else { format!(", {of_one}") };
        let metrics = "metrics = [ { id = \"started\", kind = \"count\" } ]";
        let payment = format!("{{ id = \"start\", of = \"started\", schedule = {{ per_unit = 1 }}{own}{of_one} }}");
        let terms = format!("{whole}\n{more}\n{metrics}\npayments = [ {payment} ]");
        said(&contract(&terms, ""))
    };
    // Half of 1,000 is 500.
    assert_eq!(
        told("600", ", at_most = 1_000", ""),
        [
            "contract.payments.start.payers.0.at_most: the limit of 600 is never reached, since `contract.payments.start.at_most` lets \
          1,000 be paid at most, of which this payer's share is 500: take it out, or correct the two [idle-limit]"
        ]
    );
    assert_eq!(told("500", ", at_most = 1_000", ""), [""; 0]);
    // Half of what the contract lets be paid.
    assert!(told("600", "", "at_most = 1_000")[0].contains("`contract.at_most` lets 1,000 be paid at most, of which"));
    assert_eq!(told("500", "", "at_most = 1_000"), [""; 0]);
}

#[test]
fn a_payer_of_several_payments_is_held_to_none_of_them_alone() {
    let terms = r#"
payers = [ { holder = "town", share = 0.5, at_most = 600 }, { holder = "fund", share = 0.5 } ]
metrics = [ { id = "started", kind = "count" } ]
payments = [
    { id = "start", of = "started", schedule = { per_unit = 1 }, at_most = 1_000 },
    { id = "more", of = "started", schedule = { per_unit = 1 }, at_most = 1_000 },
]
"#;
    assert_eq!(said(&contract(terms, "")), [""; 0]);
    // A fund that tops up may pay all of it.
    let fund = r#"
payers = [ { holder = "town", share = 1, at_most = 900 }, { holder = "fund", tops_up = true, at_most = 1_000 } ]
at_most = 1_000
metrics = [ { id = "started", kind = "count" } ]
payments = [ { id = "start", of = "started", schedule = { per_unit = 1 } } ]
"#;
    assert_eq!(said(&contract(fund, "")), [""; 0]);
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
    // Five of a hundred draws of a uniform from −1.9 to 0.1 lie below −1.9 + 0.05 · 2 = −1.8: more than all is taken away.
    assert!(odd("{ uniform = [-1.9, 0.1] }")[0].contains("one draw in twenty has an effect of −180 % or less of what"));
    assert_eq!(odd("{ uniform = [-1, 0.1] }"), [""; 0]);
    // What is expected is told before what is seldom.
    let fewer = |effect: &str| {
        let terms = COUNTED.replace("increase", "decrease");
        said(&contract(&terms, &format!("{{ id = \"jobs\", counterfactual = 1, effect = {effect} }}")))
    };
    for (mean, told) in [("-1.1", "the effect is −110 % of what"), ("-2", "the effect is −200 % of what")] {
        let found = fewer(&format!("{{ normal = {{ mean = {mean}, sd = 0.1 }} }}"));
        assert!(found[0].contains(told), "{found:?}");
    }
}

#[test]
fn an_effect_beyond_all_decimals_is_told_without_a_figure() {
    // 1.645 · 7 · 10^27 is 115 of 10^26; a hundred times as much is no decimal.
    let effect = "{ normal = { mean = 1, sd = 7_000_000_000_000_000_000_000_000_000 } }";
    let found = said(&contract(COUNTED, &format!("{{ id = \"jobs\", counterfactual = 1, effect = {effect} }}")));
    assert!(
        found.iter().any(|told| told.contains("one draw in twenty has an effect of more than the whole of what")),
        "{found:?}"
    );
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
    // Growth that is no decimal has no figure.
    assert_eq!(
        odd("1_000_000_000_000_000"),
        [
            "truth.metrics.jobs.drift: what would happen anyway changes by 100,000,000,000,000,000 % a year, past all that a share can \
          be at the last cohort, which is held at 1: two in a hundred is 0.02 [steep-drift]"
        ]
    );
}

#[test]
fn a_drift_is_followed_through_selection_and_from_the_baseline_too() {
    let odd = |terms: &str, truth: &str| {
        said(&contract(terms, &format!("{{ id = \"jobs\", effect = 0, {truth} }}")))
            .into_iter()
            .filter(|told| told.contains("steep-drift"))
            .collect::<Vec<_>>()
    };
    // 731 days are 2.00137 years: 0.4 · 1.9 · 1.3^2.00137 = 1.2849; without selection 0.6761.
    let found = odd(SHARED, "counterfactual = 0.4, selection = 1.9, drift = 0.3");
    assert!(found[0].contains("by 30 % a year, to 1.28 at the last cohort, which is held at 1:"), "{found:?}");
    assert_eq!(odd(SHARED, "counterfactual = 0.4, drift = 0.3"), [""; 0]);
    // The baseline is what would happen where nothing works: 0.8 · 1.2^2.00137 = 1.1523.
    let against = |fixed: &str| {
        let estimate = format!(
            "estimates = [ {{ id = \"more\", metric = \"jobs\", effect = \"absolute\", against = {{ fixed = {fixed} }} }} ]"
        );
        format!("{estimate}\n{}", SHARED.replace("of = \"jobs\"", "of = \"more\"").replace("at = 0.5", "at = 0.1"))
    };
    let found = odd(&against("0.8"), "counterfactual = 0.4, drift = 0.2");
    assert!(
        found[0].contains("by 20 % a year, and the fixed baseline to 1.15 at the last cohort, which is held at 1:"),
        "{found:?}"
    );
    assert_eq!(odd(&against("0.6"), "counterfactual = 0.4, drift = 0.2"), [""; 0]);
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
