//! Effects without a price: judged in words, shown beside the account, never in it.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its document has failed")]

mod common;

use common::{fixtures, model};
use impact_core::Model;
use impact_core::evaluation::{Bearing, Pull};
use impact_core::report::AppraisalReport;
use std::fs;

fn workshop() -> String {
    fs::read_to_string(fixtures().join("models/bike-workshop.toml")).unwrap()
}

const HEAD: &str = r#"
impact = 1
name = "Gardening group (illustrative)"
country = "NO"
currency = "NOK"
price_year = 2024
start = 2024
holders = [ { id = "neighbours", kind = "people" }, { id = "town", kind = "public", level = "municipality" } ]
groups = [ { id = "youth", holder = "neighbours", by = "age", share = 0.5 } ]
"#;

fn effect(rest: &str) -> String {
    format!("{HEAD}\n[[non_priced]]\nid = \"calm\"\nholder = \"neighbours\"\nchange = \"calmer evenings\"\n{rest}\n")
}

fn refused(text: &str) -> String {
    Model::from_toml(text).unwrap_err().to_string()
}

#[test]
fn each_effect_has_the_consequence_of_its_importance_and_size() {
    let model = model("bike-workshop");
    let appraisal = model.appraise().unwrap();
    let beside = appraisal.non_priced().unwrap();
    let found: Vec<(&str, String)> = beside.effects.iter().map(|row| (row.id, row.consequence.to_string())).collect();
    // high (3) + medium (2) − 2; low (1) + large (3) − 2; medium (2) + small (1) − 2, for the worse.
    assert_eq!(found, [("belonging", "+++".into()), ("street-life", "++".into()), ("noise", "-".into())]);
    assert!(beside.marks.illustrative && beside.marks.unverified, "invented, on a scale that was not read");
    assert_eq!((beside.pull, beside.bearing), (Pull::BothWays, Bearing::Divided));
}

#[test]
fn no_figure_moves_when_an_effect_without_a_price_is_added_or_made_larger() {
    let text = workshop();
    let (start, end) = (text.find("[[non_priced]]").unwrap(), text.find("[[goals]]").unwrap());
    let bare = Model::from_toml(&format!("{}{}", &text[..start], &text[end..])).unwrap().appraise().unwrap();
    for text in [text.clone(), text.replace("size = \"small\"", "size = \"large\"")] {
        let with = Model::from_toml(&text).unwrap().appraise().unwrap();
        assert_eq!(with.ledger(), bare.ledger());
        let [with, bare] = [&with, &bare].map(|appraisal| AppraisalReport::of(appraisal).unwrap());
        assert_eq!((with.measures, with.budgets), (bare.measures, bare.budgets));
    }
}

#[test]
fn a_pull_strengthens_or_opposes_the_account_by_its_sign() {
    let cost = "costs = [ { id = \"team\", payer = \"town\", amount = 100, year = 2024 } ]\n";
    let gain = "outcomes = [ { id = \"helped\", holder = \"neighbours\", nature = \"event\", quantity = 1, values = [ { id = \"worth\", value = 500, unit = \"person\", kind = \"social\" } ] } ]\n";
    let bearing = |account: &str, direction: &str| {
        let judged = format!("importance = \"high\"\nsize = \"large\"\ndirection = \"{direction}\"");
        let text = effect(&judged).replace("[[non_priced]]", &format!("{account}[[non_priced]]"));
        Model::from_toml(&text).unwrap().appraise().unwrap().non_priced().unwrap().bearing
    };
    assert_eq!(bearing(gain, "positive"), Bearing::Strengthens);
    assert_eq!(bearing(gain, "negative"), Bearing::Opposes);
    assert_eq!(bearing(cost, "positive"), Bearing::Opposes);
    assert_eq!(bearing(cost, "negative"), Bearing::Strengthens);
    assert_eq!(bearing("", "negative"), Bearing::Alone);
    let nothing = effect("importance = \"high\"\nsize = \"none\"");
    let appraisal = Model::from_toml(&nothing).unwrap().appraise().unwrap();
    assert_eq!(appraisal.non_priced().unwrap().bearing, Bearing::Silent);
}

#[test]
fn a_document_may_bring_its_own_scale() {
    let own = r#"
[plus_minus]
title = "The municipality's own"
edition = "2025"
source = "council minutes"
low = { small = 0, medium = 0, large = 1 }
medium = { small = 0, medium = 1, large = 2 }
high = { small = 1, medium = 2, large = 3 }
"#;
    let judged = effect("importance = \"high\"\nsize = \"large\"\ndirection = \"negative\"");
    let appraisal = Model::from_toml(&format!("{judged}{own}")).unwrap().appraise().unwrap();
    let beside = appraisal.non_priced().unwrap();
    assert_eq!(beside.effects[0].consequence.to_string(), "---");
    assert!(!beside.marks.unverified, "read where it comes from");
    let falling = own.replace("high = { small = 1", "high = { small = 3");
    let said = refused(&format!("{judged}{falling}"));
    assert!(
        said.ends_with(
            "the consequence falls with importance or size: more of either must come to at least as many steps"
        ),
        "{said}"
    );
    let five = refused(&format!("{judged}{}", own.replace("large = 3", "large = 5")));
    assert!(five.ends_with("a consequence has 0 to 4 steps, not 5"), "{five}");
}

#[test]
fn what_is_wrong_with_one_is_said_at_its_place() {
    let text = effect(
        "importance = \"huge\"\nsize = \"small\"\ngroup = \"yuoth\"\noutcome = \"none-such\"\nyears = [2026, 2025]\n",
    );
    let said = refused(&text);
    let lines: Vec<&str> = said.lines().map(|line| line.split_once("): ").unwrap().1).collect();
    assert_eq!(
        lines,
        [
            "`direction` is missing",
            "unknown word `huge`: accepted are `low`, `medium`, `high`",
            "no group has the id `yuoth`: did you mean `youth`?",
            "no outcome has the id `none-such`",
            "the first year 2026 is after the last year 2025",
        ]
    );
    let other = effect("importance = \"low\"\nsize = \"none\"\ngroup = \"youth\"")
        .replace("holder = \"neighbours\"\nchange", "holder = \"town\"\nchange");
    assert!(refused(&other).ends_with("`youth` is a group of `neighbours`: name that holder, or leave the group out"));
}

#[test]
fn an_effect_without_a_price_explains_itself() {
    let appraisal = model("bike-workshop").appraise().unwrap();
    let explained = appraisal.explain("non_priced.noise").unwrap();
    assert_eq!(explained.formula.unwrap().en, "importance medium × size small → -");
    assert_eq!(explained.value, None, "it has no value in money");
    assert!(explained.marks.unverified);
}
