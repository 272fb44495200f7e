//! The truth of a contract: what can be, how what would happen anyway drifts, and of whom nothing is known in the end.

use impact_core::Contract;
use impact_core::analysis::Axis;
use impact_core::analysis::risk::{ContractRisk, RiskGridQuestion, Situation, SituationRisk};
use impact_core::simulation::{Seed, Simulation};
use std::ops::ControlFlow;

/// People who are paid for where fewer, or more, of them have it than the contract takes for usual; illustrative.
fn text(kind: &str, direction: &str, metric: &str, cohorts: &str) -> String {
    format!(
        r#"
        impact = 1
        name = "What can be (illustrative)"
        currency = "NOK"
        holders = [ {{ id = "state", kind = "public", level = "state" }}, {{ id = "provider", kind = "enterprise" }} ]
        [contract]
        payee = "provider"
        payers = [ {{ holder = "state" }} ]
        metrics = [ {{ id = "had", kind = "{kind}", direction = "{direction}" }} ]
        estimates = [ {{ id = "changed", metric = "had", effect = "relative", against = {{ fixed = 0.4 }} }} ]
        payments = [ {{ id = "result", of = "changed", schedule = {{ steps = [ {{ at = 0.1, amount = 1_000_000 }} ] }} }} ]
        [truth]
        source = "illustrative"
        metrics = [ {{ id = "had", {metric} }} ]
        cohorts = [ {cohorts} ]
        "#
    )
}

const FIFTY: &str = r#"{ id = "2027", date = 2028-12-31, people = 50 }"#;

fn contract(kind: &str, direction: &str, metric: &str) -> Result<Contract, String> {
    Contract::from_toml(&text(kind, direction, metric, FIFTY))
        .map_err(|error| error.problems().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
}

fn refused(kind: &str, direction: &str, metric: &str) -> String {
    let message = contract(kind, direction, metric).expect_err(metric);
    // Without line and column: places are tried elsewhere.
    let (address, rest) = message.split_once(" (line").unwrap_or_else(|| panic!("{message}"));
    format!("{address}{}", &rest[rest.find(": ").unwrap()..])
}

#[test]
fn an_effect_that_takes_more_than_there_is_is_refused_at_its_address() {
    let tenth = ": a tenth is 0.1, and `effect_in = \"absolute\"` counts it in the unit of the metric";
    assert_eq!(
        refused("share", "decrease", "counterfactual = 0.4, effect = 12"),
        format!(
            "truth.metrics.had.effect: an effect of `12` of what would happen anyway leaves -4.4 of the 0.4 that a person has \
             without the programme, which is not between 0 and 1{tenth}"
        )
    );
    assert_eq!(
        refused("rate", "decrease", "counterfactual = 1.5, effect = 2, scatter = 'poisson'"),
        format!(
            "truth.metrics.had.effect: an effect of `2` of what would happen anyway leaves -1.5 of the 1.5 that a person has \
             without the programme, which is not zero or more{tenth}"
        )
    );
    assert_eq!(
        refused("share", "increase", "counterfactual = 0.4, effect = 0.7, effect_in = 'absolute'"),
        "truth.metrics.had.effect: an effect of `0.7` leaves 1.1 of the 0.4 that a person has without the programme, which is \
         not between 0 and 1"
    );
    assert_eq!(
        refused("share", "decrease", "counterfactual = 0.8, selection = 1.5, effect = 0.1"),
        "truth.metrics.had.selection: a selection of `1.5` makes 1.2 of a counterfactual of 0.8, which is not between 0 and 1"
    );
    // Of a distribution it is the expected value.
    let most = refused("share", "decrease", "counterfactual = 0.4, effect = { uniform = [1.1, 1.3] }");
    assert!(most.starts_with("truth.metrics.had.effect: an effect of `1.2` of what would"), "{most}");
}

#[test]
fn what_can_be_is_taken_up_to_its_ends() {
    for (kind, direction, metric) in [
        ("share", "decrease", "counterfactual = 0.4, effect = 1"),
        ("share", "decrease", "counterfactual = 0.4, effect = -1.5"),
        ("share", "increase", "counterfactual = 0.4, effect = 0.6, effect_in = 'absolute'"),
        ("rate", "increase", "counterfactual = 0.4, effect = 12, scatter = 'poisson'"),
        ("share", "decrease", "counterfactual = 0.4, effect = { normal = { mean = 0.5, sd = 1 } }"),
    ] {
        assert_eq!(contract(kind, direction, metric).err(), None, "{metric}");
    }
}

#[test]
fn what_cannot_be_is_no_scenario_of_a_grid_either() {
    let contract = contract("share", "decrease", "counterfactual = 0.4, effect = 0.1").unwrap();
    let of = |situation, effects: [&str; 2]| {
        let values = effects.map(|effect| effect.parse().unwrap());
        let asked = RiskGridQuestion {
            axes: vec![Axis::at("truth.metrics.had.effect".parse().unwrap(), values)],
            situation,
            chances: Vec::new(),
            simulation: Simulation::new(10, Seed(7)),
        };
        contract.risk_grid(&asked, &mut |_| ControlFlow::Continue(())).map(|found| found.scenarios.len())
    };
    let refused = of(Situation::AsBelieved, ["0.1", "12"]).unwrap_err();
    assert!(refused.to_string().starts_with("an effect of `12` of what would happen anyway leaves -4.4"), "{refused}");
    assert_eq!(refused.address().unwrap().as_str(), "truth.metrics.had.effect");
    assert_eq!(of(Situation::AsBelieved, ["0.1", "1"]), Ok(2));
    // Where nothing works, no effect does.
    assert_eq!(of(Situation::NothingWorks, ["0.1", "12"]), Ok(2));
}

fn risk(metric: &str, cohorts: &str) -> ContractRisk {
    let contract =
        Contract::from_toml(&text("share", "decrease", metric, cohorts)).unwrap_or_else(|error| panic!("{error}"));
    contract.risk(&Simulation::new(10, Seed(7)), &mut |_| ControlFlow::Continue(())).unwrap()
}

/// What those reached are better off as believed, all of them together.
fn change(metric: &str, cohorts: &str) -> f64 {
    risk(metric, cohorts).situation(Situation::AsBelieved).unwrap().changes[0].change.mean
}

#[test]
fn a_drift_compounds_over_days_of_years_of_365_and_a_quarter() {
    let later = r#"{ id = "2027", date = 2028-12-31, people = 1 }, { id = "2029", date = 2030-12-31, people = 100 }"#;
    let found = change("counterfactual = 0.4, effect = 0.1, drift = -0.02, scatter = 'exactly'", later);
    // 730 days are 730 / 365.25 = 1.99863 years: 0.4 · 0.98^1.99863 = 0.384171; a tenth of it of each of 100, and 0.04 of the one before.
    let by_hand = 0.04 + 100.0 * 0.1 * 0.4 * libm::pow(0.98, 730.0 / 365.25);
    assert!((by_hand - 3.881706).abs() < 1e-6 && (found - by_hand).abs() < 1e-12, "{found} {by_hand}");
}

#[test]
fn attrition_leaves_the_same_number_of_known_people_in_every_draw() {
    // Of 50 people nothing is known of 15 %: ⌊50 · 0.85 + ½⌋ = ⌊43⌋ = 43 are known, whoever they are, and pay by their own share:
    // at most 0.9 · 0.4 · 43 = 15.48, so 15 of 43 at 0.4.
    let found = risk("counterfactual = 0.4, effect = 0.1, attrition = 0.15", FIFTY);
    let right = found.situation(Situation::NothingWorksBaselineRight).unwrap().exact.unwrap().chance_of_paying;
    let chance = |count: u32| {
        (1..=count).fold(libm::pow(0.6, 43.0), |term, k| term * f64::from(44 - k) / f64::from(k) * (0.4 / 0.6))
    };
    let by_hand: f64 = (0..=15).map(chance).sum();
    assert!((right - by_hand).abs() < 1e-12, "{right} {by_hand}");
    assert!((by_hand - 0.3013).abs() < 1e-4, "{by_hand}");
    // What all fifty are better off is not less for it.
    assert!((change("counterfactual = 0.4, effect = 0.1, attrition = 0.15", FIFTY) - 2.0).abs() < 1e-12);
}

/// A figure of fifty people that may be below zero, half of which is paid: of all of them together in money, of one where it is reported.
fn signed(metric: &str, truth: &str) -> Result<Contract, String> {
    paid_by_half(metric, truth, ", refunds = true")
}

fn paid_by_half(metric: &str, truth: &str, refunds: &str) -> Result<Contract, String> {
    let text = format!(
        r#"
        impact = 1
        name = "Gains and losses (illustrative)"
        currency = "NOK"
        holders = [ {{ id = "state", kind = "public", level = "state" }}, {{ id = "provider", kind = "enterprise" }} ]
        [contract]
        payee = "provider"
        payers = [ {{ holder = "state" }} ]
        metrics = [ {{ id = "had", direction = "increase", {metric} }} ]
        payments = [ {{ id = "half", of = "had", schedule = {{ per_unit = 0.5 }}{refunds} }} ]
        [truth]
        source = "illustrative"
        metrics = [ {{ id = "had", {truth} }} ]
        cohorts = [ {FIFTY} ]
        "#
    );
    Contract::from_toml(&text)
        .map_err(|error| error.problems().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
}

fn told(metric: &str, truth: &str, draws: u64) -> SituationRisk {
    let contract = signed(metric, truth).unwrap_or_else(|error| panic!("{error}"));
    let risk = contract.risk(&Simulation::new(draws, Seed(7)), &mut |_| ControlFlow::Continue(())).unwrap();
    risk.situation(Situation::AsBelieved).unwrap().clone()
}

#[test]
fn a_loss_is_a_figure_below_zero_where_it_can_be() {
    let (money, reported) = ("kind = 'money'", "kind = 'reported', range = [-1000, 1000]");
    for (metric, truth, paid, change) in [
        // Fifty people lose 100 each, and 30 less by the programme: half of −70 · 50, and 30 · 50 for the better.
        (money, "counterfactual = -100, effect = 30, effect_in = 'absolute', scatter = 'exactly'", -1_750.0, 1_500.0),
        // A loss becomes a gain: half of 50 · 50.
        (money, "counterfactual = -100, effect = 150, effect_in = 'absolute', scatter = 'exactly'", 1_250.0, 7_500.0),
        // A tenth of a loss of 100 is 10, and for the better: half of −90 · 50.
        (money, "counterfactual = -100, effect = 0.1, scatter = 'exactly'", -2_250.0, 500.0),
        // Chosen at their worst they would lose 80: a tenth of that is 8.
        (money, "counterfactual = -100, selection = 0.8, effect = 0.1, scatter = 'exactly'", -1_800.0, 400.0),
        // What is reported is one figure of them all.
        (reported, "counterfactual = -100, effect = 30, effect_in = 'absolute', scatter = 'exactly'", -35.0, 30.0),
    ] {
        let found = told(metric, truth, 10);
        assert!((found.paid.mean - paid).abs() < 1e-9, "{truth}: {}", found.paid.mean);
        assert!((found.changes[0].change.mean - change).abs() < 1e-9, "{truth}: {}", found.changes[0].change.mean);
        assert_eq!((found.held, found.exact.map(|exact| exact.mean)), (0.0, Some(found.paid.mean)), "{truth}");
    }
}

#[test]
fn a_figure_that_cannot_be_below_zero_is_refused_there() {
    let exactly = |numbers: &str| format!("{numbers}, effect_in = 'absolute', scatter = 'exactly'");
    let refused = |metric: &str, numbers: &str| {
        let message = paid_by_half(metric, &exactly(numbers), "").expect_err(numbers);
        let (address, rest) = message.split_once(" (line").unwrap_or_else(|| panic!("{message}"));
        format!("{}{}", address.rsplit('.').next().unwrap(), &rest[rest.find(": ").unwrap()..])
    };
    let none = "counterfactual: counterfactual `-1` is not zero or more";
    for metric in ["kind = 'count'", "kind = 'money', range = [0, 5000]", "kind = 'reported', range = [0, 100]"] {
        assert_eq!(refused(metric, "counterfactual = -1, effect = 2"), none, "{metric}");
    }
    // A figure that is reported stays within its range, whichever its ends.
    let score = "kind = 'reported', range = [10, 20]";
    assert_eq!(
        refused(score, "counterfactual = 5, effect = 10"),
        "counterfactual: a counterfactual of `5` is not between 10 and 20"
    );
    assert_eq!(
        refused(score, "counterfactual = 15, effect = 6"),
        "effect: an effect of `6` leaves 21 of the 15 that a person has without the programme, which is not between 10 and 20"
    );
    assert_eq!(
        refused("kind = 'money', range = [0, 5000]", "counterfactual = 3, effect = -4"),
        "effect: an effect of `-4` leaves -1 of the 3 that a person has without the programme, which is not zero or more"
    );
    for metric in ["kind = 'money'", "kind = 'money', range = [-5000, 5000]", "kind = 'reported', range = [-1, 1]"] {
        assert_eq!(signed(metric, &exactly("counterfactual = -1, effect = 0.5")).err(), None, "{metric}");
    }
}

#[test]
fn a_grid_refuses_a_figure_outside_its_range_also_where_nothing_works() {
    let metric = "kind = 'reported', range = [-1, 1]";
    let contract =
        signed(metric, "counterfactual = 0, effect = 0.5, effect_in = 'absolute', scatter = 'exactly'").unwrap();
    let of = |values: [&str; 2]| {
        let values = values.map(|value| value.parse().unwrap());
        let asked = RiskGridQuestion {
            axes: vec![Axis::at("truth.metrics.had.counterfactual".parse().unwrap(), values)],
            situation: Situation::NothingWorks,
            chances: Vec::new(),
            simulation: Simulation::new(10, Seed(7)),
        };
        contract.risk_grid(&asked, &mut |_| ControlFlow::Continue(()))
    };
    let refused = of(["-0.5", "1.5"]).unwrap_err();
    assert_eq!(refused.to_string(), "a counterfactual of `1.5` is not between -1 and 1");
    assert_eq!(refused.address().unwrap().as_str(), "truth.metrics.had.counterfactual");
    // Half of −0.5, and nothing of nothing.
    let means: Vec<f64> = of(["-0.5", "0"]).unwrap().scenarios.iter().map(|scenario| scenario.mean).collect();
    assert_eq!(means, [-0.25, 0.0]);
}

#[test]
fn what_is_drawn_outside_a_range_is_held_at_its_ends() {
    let found = told(
        "kind = 'reported', range = [-1, 1]",
        "counterfactual = 0, effect = { normal = { mean = 0.5, sd = 1 } }, effect_in = 'absolute', scatter = 'exactly'",
        40_000,
    );
    // P(N(0.5, 1) > 1) + P(N(0.5, 1) < −1) = 0.30854 + 0.06681.
    assert!((found.held - 0.37535).abs() < 4.0 * (0.375_f64 * 0.625 / 40_000.0).sqrt(), "{}", found.held);
    let draws = found.changes[0].draws().iter();
    assert_eq!(draws.fold((0.0_f64, 0.0_f64), |ends, draw| (ends.0.min(*draw), ends.1.max(*draw))), (-1.0, 1.0));
}

#[test]
fn a_figure_of_zero_is_observed_with_the_error_of_any_other() {
    let truth = |anyway: &str| {
        format!("counterfactual = {anyway}, effect = 0, effect_in = 'absolute', scatter = {{ sd = 70 }}")
    };
    for anyway in ["0", "-3"] {
        let found = told("kind = 'reported', range = [-1000, 1000]", &truth(anyway), 40_000);
        // A mean of fifty errs by 70 / √50 = 9.9; half of it is paid either way, and nothing of it is certain.
        let (sd, mean) = (35.0 / 50.0_f64.sqrt(), anyway.parse::<f64>().unwrap() / 2.0);
        assert!((found.paid.sd / sd - 1.0).abs() < 0.02, "{}", found.paid.sd);
        assert!((found.paid.mean - mean).abs() < 4.0 * sd / 200.0, "{}", found.paid.mean);
        assert_eq!(found.exact, None);
    }
}

/// Four people whose figure errs by `sd` each, a thousand paid for each unit.
fn observed(metric: &str, truth: &str) -> Contract {
    let refunds = if metric.contains("[-") { ", refunds = true" } else { "" };
    let text = format!(
        r#"
        impact = 1
        name = "What is observed (illustrative)"
        currency = "NOK"
        holders = [ {{ id = "state", kind = "public", level = "state" }}, {{ id = "provider", kind = "enterprise" }} ]
        [contract]
        payee = "provider"
        payers = [ {{ holder = "state" }} ]
        metrics = [ {{ id = "had", direction = "increase", {metric} }} ]
        payments = [ {{ id = "each", of = "had", schedule = {{ per_unit = 1000 }}{refunds} }} ]
        [truth]
        source = "illustrative"
        metrics = [ {{ id = "had", effect_in = "absolute", {truth} }} ]
        cohorts = [ {{ id = "2027", date = 2028-12-31, people = 4 }} ]
        "#
    );
    Contract::from_toml(&text).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn what_is_observed_outside_a_range_is_held_at_its_ends_too() {
    // A mean of four errs by half of what one errs by. X ~ N(1, 0.2) held to 1 is 1 − 0.2 φ(0) = 0.920212 on average, half of it at 1.
    let top = "counterfactual = 0.9, effect = 0.1, scatter = { sd = 0.4 }";
    // X ~ N(−1.5, 2) held at −4 is −1.5 + 2 (φ(1.25) − 1.25 Φ(−1.25)) = −1.39881, and held in Φ(−1.25) = 0.10565 of draws; 10 is 5.75 sd away.
    let below = "counterfactual = -3, effect = 1.5, scatter = { sd = 4 }";
    // Money that cannot be lost: 4 X of X ~ N(0, 2) held at 0, 4 · 2 φ(0) = 3.191538 on average, half of it at 0.
    let none = "counterfactual = 0, effect = 0, scatter = { sd = 4 }";
    for (metric, truth, ends, mean, sd, held) in [
        ("kind = 'reported', range = [0, 1]", top, (f64::NEG_INFINITY, 1_000.0), 920.212, 120.0, 0.5),
        ("kind = 'reported', range = [-4, 10]", below, (-4_000.0, 10_000.0), -1_398.81, 1_850.0, 0.10565),
        ("kind = 'money', range = [0, 5000]", none, (0.0, f64::INFINITY), 3_191.538, 4_700.0, 0.5),
        ("kind = 'count'", none, (0.0, f64::INFINITY), 3_191.538, 4_700.0, 0.5),
    ] {
        let risk = observed(metric, truth).risk(&Simulation::new(40_000, Seed(7)), &mut |_| ControlFlow::Continue(()));
        let found = risk.unwrap().situation(Situation::AsBelieved).unwrap().clone();
        assert!((found.paid.mean - mean).abs() < 4.0 * sd / 200.0, "{metric}: {}", found.paid.mean);
        assert!((found.held - held).abs() < 4.0 * (held * (1.0 - held) / 40_000.0).sqrt(), "{metric}: {}", found.held);
        assert!(found.draws().iter().all(|paid| (ends.0..=ends.1).contains(paid)), "{metric}");
        // What they are better off in truth is not touched by how it is observed.
        assert_eq!(found.changes[0].change.sd, 0.0, "{metric}");
    }
}

#[test]
fn a_grid_holds_what_is_observed_bit_for_bit_as_a_single_run_does() {
    let contract =
        observed("kind = 'reported', range = [-4, 10]", "counterfactual = -3, effect = 1.5, scatter = { sd = 4 }");
    let values = ["-3", "-1.5", "8"].map(|value| value.parse().unwrap());
    let address = "truth.metrics.had.counterfactual".parse().unwrap();
    let asked = RiskGridQuestion {
        axes: vec![Axis::at(address, values)],
        situation: Situation::AsBelieved,
        chances: Vec::new(),
        simulation: Simulation::new(5_000, Seed(7)),
    };
    let grid = contract.risk_grid(&asked, &mut |_| ControlFlow::Continue(())).unwrap();
    for (anyway, scenario) in ["-3", "-1.5", "8"].iter().zip(&grid.scenarios) {
        let alone = observed(
            "kind = 'reported', range = [-4, 10]",
            &format!("counterfactual = {anyway}, effect = 1.5, scatter = {{ sd = 4 }}"),
        );
        let risk = alone.risk(&Simulation::new(5_000, Seed(7)), &mut |_| ControlFlow::Continue(())).unwrap();
        let found = risk.situation(Situation::AsBelieved).unwrap();
        assert_eq!((scenario.mean.to_bits(), found.held > 0.0), (found.paid.mean.to_bits(), true), "{anyway}");
    }
}

#[test]
fn what_those_compared_with_would_be_past_a_whole_is_counted_as_held() {
    let contract = |counterfactual: &str| {
        let text = format!(
            r#"
            impact = 1
            name = "Held with whom they are compared (illustrative)"
            currency = "NOK"
            holders = [ {{ id = "state", kind = "public", level = "state" }}, {{ id = "provider", kind = "enterprise" }} ]
            [contract]
            payee = "provider"
            payers = [ {{ holder = "state" }} ]
            metrics = [ {{ id = "back", kind = "share", direction = "decrease" }} ]
            estimates = [ {{ id = "fewer", metric = "back", effect = "relative", against = {{ group = "control" }} }} ]
            payments = [ {{ id = "each", of = "fewer", schedule = {{ steps = [ {{ at = 0.1, amount = 1000 }} ] }} }} ]
            [truth]
            source = "illustrative"
            metrics = [ {{ id = "back", counterfactual = {counterfactual}, effect = 0, selection = 0.5, drift = 0.1 }} ]
            cohorts = [ {{ id = "first", date = 2024-01-01, people = 40, compared = 40 }},
                        {{ id = "last", date = 2028-01-01, people = 40, compared = 40 }} ]
            "#
        );
        Contract::from_toml(&text).unwrap_or_else(|error| panic!("{error}"))
    };
    // 1,461 days are four years: 0.5 · 1.1⁴ = 0.73205, and 0.9 · 1.1⁴ = 1.31769; half of either, of those treated, is below 1. Of a
    // uniform from 0.5 to 0.9 what is above 1 / 1.4641 = 0.683013 is held: (0.9 − 0.683013) / 0.4 = 0.542467 of draws.
    for (counterfactual, held, error) in
        [("0.5", 0.0, 0.0), ("0.9", 1.0, 0.0), ("{ uniform = [0.5, 0.9] }", 0.542_467, 4.0 * 0.4982 / 200.0)]
    {
        let risk = contract(counterfactual)
            .risk(&Simulation::new(40_000, Seed(7)), &mut |_| ControlFlow::Continue(()))
            .unwrap_or_else(|error| panic!("{error}"));
        let found = risk.situation(Situation::AsBelieved).unwrap().held;
        assert!((found - held).abs() <= error, "{counterfactual}: {found}");
    }
}
