//! What payers pay for results beside what they save by them, where both are uncertain.

use impact_core::Model;
use impact_core::analysis::risk::{HolderSaving, SavingRisk, Situation, UnitSaving};
use impact_core::model::HolderKind;
use impact_core::simulation::{Seed, Simulation};
use std::ops::ControlFlow;

/// The people of the fixture who start work, and beside them a saving that is uncertain, one that is half released, an outcome that
/// nobody pays for, and a metric that nothing is paid for. All illustrative.
fn work() -> String {
    let started = r#"{ id = "started", kind = "claims", outcome = "into-work" }"#;
    let kept = r#"{ id = "kept", kind = "claims", outcome = "into-work" }"#;
    let truth = r#"effect_in = "absolute", scatter = "exactly" }"#;
    let of_kept = r#"{ id = "kept", counterfactual = 0.1, effect = 0.1, effect_in = "absolute" }"#;
    let more = [
        ("[[outcomes]]\n", "[assumptions]\nfilter = 0.25\n[[outcomes]]\n".to_owned()),
        ("deadweight = 0.25", "deadweight = { use = \"filter\" }".to_owned()),
        (
            "value = 90_000\nunit = \"person-year\"\n",
            "value = 90_000\nunit = \"person-year\"\ncashable = 0.5\n".to_owned(),
        ),
        ("value = 60_000", "value = { uniform = [40_000, 80_000] }".to_owned()),
        ("[contract]\n", format!("{BESIDE}[contract]\n")),
        (started, format!("{started}, {kept}")),
        (truth, format!("{truth}, {of_kept}")),
    ];
    more.into_iter().fold(WORK.to_owned(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text.replace(from, &to)
    })
}

const WORK: &str = include_str!("../fixtures/models/paid-work.toml");

/// What is not paid for.
const BESIDE: &str = r#"[[outcomes.values]]
id = "friends"
kind = "social"
to = "town"
value = 1_000_000
unit = "person-year"
[[outcomes]]
id = "health"
holder = "state"
quantity = 1
unit = "bed"
nature = "event"
deadweight = 0
values = [ { id = "beds", kind = "fiscal", to = "state", value = 5_000, unit = "bed" } ]
"#;

fn risk(text: &str, draws: u64) -> SavingRisk {
    let model = Model::from_toml(text).unwrap_or_else(|error| panic!("{error}"));
    model.saving_risk(&Simulation::new(draws, Seed(7)), &mut |_| ControlFlow::Continue(())).unwrap()
}

fn of(risk: &SavingRisk, situation: Situation, holder: usize) -> &HolderSaving {
    let id = ["town", "state"][holder];
    let found = risk.situation(situation).unwrap();
    let is_it = |saving: &&HolderSaving| risk.contract.holders()[saving.holder.position()].id == id;
    found.holders.iter().find(is_it).unwrap()
}

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-9 * expected.abs().max(1.0), "{found} {expected}");
}

#[test]
fn the_saving_follows_the_truth_and_the_payment_what_is_observed() {
    let found = risk(&work(), 50);
    let town = of(&found, Situation::AsBelieved, 0);
    // Fifty start and are paid for: 40 % of 5 million. Thirty of them start by the programme, 27 of whom take no work from another:
    // 27 · 2 years · 90,000.
    near(town.paid.mean, 2_000_000.0);
    near(town.saved.mean, 4_860_000.0);
    near(town.net.mean, 2_860_000.0);
    near(town.cashable.unwrap(), 2_430_000.0);
    assert_eq!(town.covers.unwrap().value, 1.0);
    let years: Vec<(i32, f64, f64, f64)> =
        town.years.iter().map(|year| (year.year, year.paid, year.saved.round(), year.net.round())).collect();
    // Half of them in each of the model's two intakes.
    assert_eq!(
        years,
        [
            (2025, 2_000_000.0, 1_215_000.0, -785_000.0),
            (2026, 0.0, 2_430_000.0, 2_430_000.0),
            (2027, 0.0, 1_215_000.0, 1_215_000.0)
        ]
    );
    // The state's tax stands at its expected 60,000: 27 · 2 · 60,000; beds of another outcome are left out.
    let state = of(&found, Situation::AsBelieved, 1);
    near(state.saved.mean, 3_240_000.0);
    near(state.paid.mean, 3_000_000.0);
    assert!(found.at_expected_values && found.left_out == ["health"]);
    assert_eq!((found.outcomes[0].metric, &found.outcomes[0].beside), (0, &vec![1]));
}

#[test]
fn where_nothing_works_nothing_is_saved_and_what_happens_anyway_is_paid_for() {
    let found = risk(&work(), 50);
    let town = of(&found, Situation::NothingWorks, 0);
    // Twenty start anyway: 40 % of 2 million.
    assert_eq!((town.saved.mean, town.saved.sd), (0.0, 0.0));
    near(town.paid.mean, 800_000.0);
    assert_eq!(town.covers.unwrap().value, 0.0);
}

#[test]
fn the_belief_of_the_model_about_units_and_deadweight_changes_nothing() {
    let found = risk(&work(), 200);
    let other = work()
        .replace("quantity = 12", "quantity = { chain = { asked = 300, started = 0.2 } }")
        .replace("filter = 0.25", "filter = 0.9");
    let other = risk(&other, 200);
    for holder in 0..2 {
        let (one, two) = (of(&found, Situation::AsBelieved, holder), of(&other, Situation::AsBelieved, holder));
        near(two.saved.mean, one.saved.mean);
        assert_eq!(two.paid, one.paid);
    }
}

#[test]
fn what_releases_money_is_not_told_where_places_close_in_steps() {
    let steps = |value: &str| {
        let capacity = format!(
            "[[capacities]]\nid = \"places\"\nholder = \"town\"\nplaces_per_step = 5\nsource = \"illustrative\"\nvalues = [\"{value}\"]\n[contract]\n"
        );
        work().replace("[contract]\n", &capacity).replace("cashable = 0.5", "avoidable = 1\n    cashable = 0.5")
    };
    let closing = risk(&steps("outcomes.into-work.values.social-assistance"), 50);
    let town = of(&closing, Situation::AsBelieved, 0);
    // What is avoided follows the units all the same.
    near(town.saved.mean, 4_860_000.0);
    assert_eq!(town.cashable, None);
}

#[test]
fn money_counts_the_units_of_an_outcome_that_is_counted_in_money() {
    let started = "{ id = \"started\", kind = \"claims\"";
    let text = WORK
        .replace(started, "{ id = \"started\", kind = \"money\"")
        .replace("unit = \"person\"", "unit = \"NOK\"")
        .replace("unit = \"person-year\"", "unit = \"NOK-year\"");
    // 0.3 kroner more of each of a hundred people, of which 0.9 are no other's: 27 · 2 years · 90,000.
    near(of(&risk(&text, 10), Situation::AsBelieved, 0).saved.mean, 4_860_000.0);
}

#[test]
fn only_money_of_a_public_budget_is_released() {
    let more = ("kind = \"fiscal\"\nto = \"state\"", "kind = \"fiscal\"\nfrom = \"provider\"\nto = \"state\"");
    assert_eq!(work().matches(more.0).count(), 1);
    let found = risk(&work().replace(more.0, more.1), 50);
    let believed = found.situation(Situation::AsBelieved).unwrap();
    let kind = |saving: &HolderSaving| found.contract.holders()[saving.holder.position()].kind;
    let cashable: Vec<(HolderKind, bool)> =
        believed.holders.iter().map(|saving| (kind(saving), saving.cashable.is_some())).collect();
    assert_eq!(cashable, [(HolderKind::Public, true), (HolderKind::Public, true), (HolderKind::Enterprise, false)]);
}

#[test]
fn how_often_a_saving_covers_its_payment_is_the_share_of_draws_in_which_it_does() {
    let text = work()
        .replace(
            "effect = 0.3, effect_in = \"absolute\", scatter = \"exactly\"",
            "effect = { normal = { mean = 0.15, sd = 0.15 } }, effect_in = \"absolute\"",
        )
        .replace("per_unit = 100_000", "per_unit = 130_000");
    let found = risk(&text, 4_000);
    for situation in [Situation::AsBelieved, Situation::ExpectedEffect] {
        let town = of(&found, situation, 0);
        near(town.net.mean, town.saved.mean - town.paid.mean);
        let by_year: f64 = town.years.iter().map(|year| year.net).sum();
        assert!((by_year - town.net.mean).abs() < 1.0);
        let chance = town.covers.unwrap().value;
        assert!(chance > 0.05 && chance <= 1.0, "{chance}");
        // Below the median net gain of zero less than half of the draws cover, above it more.
        assert_eq!(town.net.p50 >= 0.0, chance >= 0.5, "{chance} {:?}", town.net);
        assert!(situation == Situation::ExpectedEffect || (town.saved.sd > 1e5 && chance < 0.95));
    }
}

#[test]
fn what_cannot_be_told_says_why() {
    let refused = |text: &str| {
        let model = Model::from_toml(text).unwrap_or_else(|error| panic!("{error}"));
        model.saving_risk(&Simulation::new(10, Seed(1)), &mut |_| ControlFlow::Continue(())).unwrap_err().to_string()
    };
    let work = work();
    let without = work.split("[contract]").next().unwrap();
    assert_eq!(refused(without), "the model has no `contract`: there is no payment to hold against a saving");
    assert!(refused(work.split("[truth]").next().unwrap()).starts_with("the document has no `truth`"));
    assert_eq!(
        refused(&work.replace(", outcome = \"into-work\"", "")),
        "no metric of the truth has an `outcome` of the model: say which outcome each pays for, and its saving can be told"
    );
    assert_eq!(
        refused(&work.replace("quantity = 12", "quantity = 0")),
        "`into-work` has no units in the model, so what one of them saves cannot be told: give it a `quantity` above zero"
    );
    // Money and figures count no people: fifty kroner more are no fifty who start work.
    let started = "{ id = \"started\", kind = \"claims\"";
    let counted = |kind: &str| refused(&WORK.replace(started, &format!("{{ id = \"started\", {kind}")));
    let untold = "no number of units of `into-work`: what a unit saves cannot be told of it";
    assert_eq!(counted("kind = \"money\""), format!("`started` is an amount of money and {untold}"));
    assert_eq!(counted("kind = \"reported\", range = [0, 1]"), format!("`started` is a reported figure and {untold}"));
    let unpriced = refused(&work.replace("inflation = 0\n", ""));
    assert!(unpriced.contains("price level"), "{unpriced}");
}

/// What the factors that are told of the savings of a holder in a year multiply to, at the units that are expected.
fn multiplied(found: &SavingRisk, holder: usize, year: i32) -> f64 {
    let float = |number: rust_decimal::Decimal| f64::try_from(number).unwrap();
    let (of, units) = (&found.outcomes[0], found.situations[0].units[0]);
    let id = |row: &UnitSaving| found.contract.holders()[row.holder.position()].id.clone();
    let mine = of.savings.iter().filter(|row| id(row) == ["town", "state"][holder] && row.year == year);
    mine.map(|row| {
        let value = &of.values[row.value];
        let worth = value.factors.iter().fold(float(value.amount), |worth, factor| worth * float(factor.factor));
        near(worth, float(value.per_unit));
        let per_unit = worth * float(row.share) * float(row.counted) * float(row.price_level);
        near(per_unit, float(row.per_unit));
        per_unit * units
    })
    .sum()
}

#[test]
fn the_factors_that_are_told_multiply_to_the_saving() {
    // Money of the year is 3 % more a year from 2026 on, a tenth of those who start push out others, and nothing is left of deadweight.
    let grown = work().replace("inflation = 0\n", "inflation = 0.03\n");
    let moved = grown.replace("to = \"state\"\nvalue", "from = \"town\"\nto = \"state\"\nvalue");
    assert!(grown != work() && moved != grown);
    for text in [work(), grown, moved] {
        let found = risk(&text, 50);
        let mut told = 0;
        for holder in 0..2 {
            for year in &of(&found, Situation::AsBelieved, holder).years {
                near(multiplied(&found, holder, year.year), year.saved);
                told += usize::from(year.saved != 0.0);
            }
        }
        assert!(told >= 6, "{told}");
        near(found.situations[0].units[0], 30.0);
    }
}
