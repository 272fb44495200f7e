//! Goals: which are served by what, without any value being added twice.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its document has failed")]

mod common;

use common::model;
use impact_core::Model;
use impact_core::model::{Measure, Perspective};
use rust_decimal::Decimal;

#[test]
fn a_goal_shows_the_units_and_the_value_of_what_serves_it() {
    let appraisal = model("bike-workshop").appraise().unwrap();
    let coverage = appraisal.goals().unwrap().unwrap();
    let ids: Vec<&str> = coverage.goals.iter().map(|row| row.goal.id.as_str()).collect();
    assert_eq!(ids, ["work", "sdg-8-5", "waste", "climate"]);
    let work = &coverage.goals[0];
    let [into_work] = work.outcomes.as_slice() else { unreachable!() };
    let units = &appraisal.outcome_units()[0];
    assert_eq!((into_work.outcome, into_work.started, into_work.accrued), ("into-work", units.started, units.accrued));
    assert_eq!(into_work.other_goals, 1);
    let effects: Vec<(&str, String)> =
        work.non_priced.iter().map(|one| (one.id, one.consequence.to_string())).collect();
    assert_eq!(effects, [("belonging", "+++".to_owned())]);
    assert_eq!(work.goal.name.en, "Everybody who can work has a job");
    assert_eq!(coverage.goals[1].goal.name.nb.as_deref(), Some("FNs bærekraftsmål 8.5"));
}

#[test]
fn no_value_is_counted_twice_over_goals() {
    let appraisal = model("bike-workshop").appraise().unwrap();
    let coverage = appraisal.goals().unwrap().unwrap();
    // `into-work` serves two goals and stands under both; in the whole it stands once.
    let over_goals: Decimal = coverage.goals.iter().map(|row| row.present_value).sum();
    assert!(over_goals > coverage.whole, "the goals' own values come to more than there is");
    assert_eq!(coverage.several, ["into-work"]);
    let whole = appraisal.measure(Measure::PresentValueOutcomes, Perspective::Society).unwrap().value.unwrap();
    assert_eq!(coverage.whole, whole);
    assert_eq!(coverage.served, whole, "every outcome serves a goal here");
}

#[test]
fn what_serves_nothing_and_what_nothing_serves_is_said() {
    let appraisal = model("bike-workshop").appraise().unwrap();
    let coverage = appraisal.goals().unwrap().unwrap();
    assert_eq!(coverage.unserved, ["climate"]);
    assert_eq!(coverage.outcomes_without_goal, Vec::<&str>::new());
    assert_eq!(coverage.non_priced_without_goal, ["street-life", "noise"]);
    let text = model("bike-workshop").to_toml().replace("goals = [\"waste\"]", "");
    let without = Model::from_toml(&text).unwrap().appraise().unwrap();
    let coverage = without.goals().unwrap().unwrap();
    assert_eq!(coverage.outcomes_without_goal, ["bicycles-reused"]);
    assert_eq!(coverage.unserved, ["waste", "climate"]);
}

#[test]
fn goals_move_no_figure() {
    let with = model("bike-workshop").appraise().unwrap();
    let text = model("bike-workshop").to_toml().replace("goals = [\"work\", \"sdg-8-5\"]", "");
    let less = Model::from_toml(&text).unwrap().appraise().unwrap();
    assert_eq!(with.ledger(), less.ledger());
}

#[test]
fn what_is_wrong_with_goals_is_said_at_its_place() {
    let head = "impact = 1\nname = 'x'\ncountry = 'NO'\ncurrency = 'NOK'\nprice_year = 2024\nstart = 2024\nholders = [{ id = 'people', kind = 'people' }]\n";
    let text = format!(
        "{head}goals = [{{ id = 'work', scheme = 'sdg', target = '8,5' }}, {{ id = 'plan', scheme = 'Own plan' }}, {{ id = 'un', scheme = 'sdg' }}]\n\
         outcomes = [{{ id = 'helped', holder = 'people', quantity = 1, goals = ['work', 'wrok', 'work'] }}]\n"
    );
    let said = Model::from_toml(&text).unwrap_err().to_string();
    let lines: Vec<&str> = said.lines().map(|line| line.split_once("): ").unwrap().1).collect();
    assert_eq!(
        lines,
        [
            "`8,5` is no sustainable development goal: write its number, 1 to 17, or a target such as `8.5` or `8.b`",
            "id `Own plan` is not made of a-z, 0-9 and `-`",
            "`target` is missing",
            "no goal has the id `wrok`: did you mean `work`?",
            "goal `work` is named twice",
        ]
    );
}
