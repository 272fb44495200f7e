//! Grids of a contract give what single runs give, to the last bit.

use impact_core::Contract;
use impact_core::analysis::Axis;
use impact_core::analysis::risk::{RiskGrid, RiskGridQuestion, Situation};
use impact_core::simulation::{Counted, Progress, Seed, Simulation};
use std::ops::ControlFlow;

const TERMS: &str = r#"
    impact = 1
    name = "Two steps (illustrative)"
    currency = "NOK"
    holders = [ { id = "state", kind = "public", level = "state" }, { id = "town", kind = "public", level = "municipality" }, { id = "provider", kind = "enterprise" } ]
    [contract]
    payee = "provider"
    at_most = 5_000_000
    payers = [ { holder = "state", share = 0.75 }, { holder = "town", share = 0.25, at_most = 900_000 } ]
    metrics = [ { id = "reoffended", kind = "share", direction = "decrease" } ]
    estimates = [ { id = "fewer", metric = "reoffended", effect = "relative", against = { fixed = 0.63 } } ]
    [[contract.payments]]
    id = "result"
    of = "fewer"
    schedule = { steps = [ { at = 0.1, amount = 2_000_000 }, { at = 0.2, amount = 3_000_000 } ] }
    [[contract.payments]]
    id = "fee"
    schedule = { fixed = { uniform = [ 50_000, 150_000 ] } }
    [truth]
    source = "illustrative"
    metrics = [ { id = "reoffended", counterfactual = { beta = { mean = 0.55, sd = 0.03 } }, effect = 0.1 } ]
    cohorts = [ { id = "2027", date = 2028-12-31, people = 50 }, { id = "2028", date = 2029-12-31, people = { poisson = 50 } } ]
"#;

fn axis(address: &str, values: &[&str]) -> Axis {
    Axis::at(address.parse().unwrap(), values.iter().map(|value| value.parse().unwrap()))
}

fn asked(axes: Vec<Axis>, draws: u64) -> RiskGridQuestion {
    let simulation = Simulation::new(draws, Seed(5));
    RiskGridQuestion { axes, situation: Situation::AsBelieved, chances: vec![0.05, 0.95], simulation }
}

fn grid(asked: &RiskGridQuestion) -> Result<RiskGrid, String> {
    let contract = Contract::from_toml(TERMS).unwrap();
    contract.risk_grid(asked, &mut |_| ControlFlow::Continue(())).map_err(|error| error.to_string())
}

/// A threshold, what would happen anyway, and what the first step pays, in this order.
fn three() -> Vec<Axis> {
    vec![
        axis("contract.payments.result.schedule.steps.0.at", &["0.05", "0.15"]),
        axis("truth.metrics.reoffended.counterfactual", &["0.4", "0.6", "0.63"]),
        axis("contract.payments.result.schedule.steps.0.amount", &["1_000_000".replace('_', "").as_str(), "2500000"]),
    ]
}

#[test]
fn a_grid_gives_what_single_runs_give_to_the_last_bit() {
    let asked = asked(three(), 3_001);
    let found = grid(&asked).unwrap();
    assert_eq!(found.scenarios.len(), 12);
    let mut scenarios = found.scenarios.iter();
    for at in ["0.05", "0.15"] {
        for anyway in ["0.4", "0.6", "0.63"] {
            for amount in ["1_000_000", "2_500_000"] {
                let text = TERMS
                    .replace("{ at = 0.1, amount = 2_000_000 }", &format!("{{ at = {at}, amount = {amount} }}"))
                    .replace("{ beta = { mean = 0.55, sd = 0.03 } }", anyway);
                let contract = Contract::from_toml(&text).unwrap();
                let alone = contract
                    .risk_in(&[Situation::AsBelieved], &asked.simulation, &mut |_| ControlFlow::Continue(()))
                    .unwrap();
                let (alone, scenario) = (&alone.situations[0], scenarios.next().unwrap());
                assert_eq!(scenario.chance_of_paying, alone.chance_of_paying, "{at} {anyway} {amount}");
                assert_eq!((scenario.mean, scenario.sd), (alone.paid.mean, alone.paid.sd));
                assert_eq!(scenario.quantiles, [alone.paid.p05, alone.paid.p95]);
                let by_payer: Vec<f64> = alone.by_payer.iter().map(|payer| payer.paid.mean).collect();
                assert_eq!(scenario.by_payer, by_payer);
            }
        }
    }
    let threaded = RiskGridQuestion { simulation: asked.simulation.clone().on_threads(3), ..asked };
    assert_eq!(grid(&threaded).unwrap().scenarios, found.scenarios);
}

#[test]
fn draws_that_are_paid_alike_and_taken_together_change_no_bit() {
    let path = format!("{}/fixtures/contracts/second-chance.toml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let contract = Contract::from_toml(&text).unwrap();
    let axes = vec![
        axis("contract.payments.cohort.schedule.steps.0.amount", &["1000000.5", "9000000"]),
        axis("contract.payments.cohort.schedule.steps.0.at", &["0.05", "0.1"]),
        axis("contract.payers.1.at_most", &["200000", "4000000"]),
    ];
    let asked = asked(axes, 2_000);
    let found = contract.risk_grid(&asked, &mut |_| ControlFlow::Continue(())).unwrap();
    let mut scenarios = found.scenarios.iter();
    for amount in ["1_000_000.5", "9_000_000"] {
        for at in ["0.05", "0.1"] {
            for limit in ["200_000", "4_000_000"] {
                let text = text
                    .replace(
                        "at = 0.1, amount = { value = 9_000_000",
                        &format!("at = {at}, amount = {{ value = {amount}"),
                    )
                    .replace("at_most = { value = 4_000_000", &format!("at_most = {{ value = {limit}"));
                let single = Contract::from_toml(&text).unwrap();
                let alone = single
                    .risk_in(&[Situation::AsBelieved], &asked.simulation, &mut |_| ControlFlow::Continue(()))
                    .unwrap();
                let (alone, scenario) = (&alone.situations[0], scenarios.next().unwrap());
                assert_eq!(scenario.chance_of_paying, alone.chance_of_paying, "{amount} {at} {limit}");
                assert_eq!((scenario.mean, scenario.sd), (alone.paid.mean, alone.paid.sd));
                assert_eq!(scenario.quantiles, [alone.paid.p05, alone.paid.p95]);
                assert_eq!(scenario.by_payer, alone.by_payer.iter().map(|payer| payer.paid.mean).collect::<Vec<_>>());
            }
        }
    }
    let means: std::collections::BTreeSet<u64> = found.scenarios.iter().map(|found| found.mean.to_bits()).collect();
    assert_eq!(means.len(), 8);
}

#[test]
fn what_a_grid_cannot_do_is_said() {
    let of = |axes: Vec<Axis>| grid(&asked(axes, 100)).unwrap_err();
    assert_eq!(of(Vec::new()), "a grid has at least one axis: name an address and its values");
    assert_eq!(
        of(vec![axis("contract.payments.result.schedule.steps.0.amout", &["1"])]),
        "`contract.payments.result.schedule.steps.0.amout` is no number of this contract: did you mean \
         `contract.payments.result.schedule.steps.0.amount`?"
    );
    let anyway = "truth.metrics.reoffended.counterfactual";
    assert_eq!(
        of(vec![axis(anyway, &["0.4", "1.2"])]),
        format!("`{anyway}` cannot be `1.2`: it takes between 0 and 1")
    );
    let people = "truth.cohorts.2027.people";
    assert_eq!(
        of(vec![axis(people, &["40", "40.5"])]),
        format!("`{people}` cannot be `40.5`: it takes a whole number, zero or more")
    );
    assert_eq!(
        of(vec![axis(anyway, &["0.4", "0.3"])]),
        format!("the values of `{anyway}` do not rise: `0.3` comes after `0.4`")
    );
    assert_eq!(
        of(vec![axis("contract.payments.result.schedule.steps.0.at", &["0.1", "0.2"])]),
        "the schedule of `result` rises, and at some of these values `0.2` would stand before `0.2`"
    );
    let drifting =
        RiskGridQuestion { situation: Situation::NothingWorksDrifting, ..asked(vec![axis(anyway, &["0.4"])], 100) };
    assert_eq!(
        grid(&drifting).unwrap_err(),
        "`nothing-works-drifting` has nothing to tell of this contract: it is told where what it pays for is compared, each metric \
         with one fixed baseline only, and a metric of the truth has a `drift`"
    );
    let many = grid(&asked(vec![axis(anyway, &["0.4"])], 1 << 17)).unwrap_err();
    assert_eq!(many, "number of draws `131072` is not a whole number from 1 to 65536");
}

#[test]
fn a_grid_tells_how_far_it_is_and_can_be_ended_whatever_its_axes() {
    // One combination of the truth with many of the terms, and many with one.
    for (address, many) in
        [("contract.payments.result.schedule.steps.0.amount", 3_000_u64), ("truth.cohorts.2027.people", 100)]
    {
        let values: Vec<String> = (0..many).map(|step| (1_000 + step).to_string()).collect();
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        let mut question = asked(vec![axis(address, &values)], 16);
        question.simulation = Simulation::new(16, Seed(7)).on_threads(2);
        let (mut seen, mut of) = (Vec::new(), Vec::new());
        let (contract, caller) = (Contract::from_toml(TERMS).unwrap(), std::thread::current().id());
        let mut ended_after = |most: u64| {
            let mut progress = |at: Progress| {
                assert_eq!(std::thread::current().id(), caller);
                seen.push(at.done);
                of.push((at.of, at.counted));
                if at.done > most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            };
            contract.risk_grid(&question, &mut progress)
        };
        let ended = ended_after(0).unwrap_err().to_string();
        assert!(
            ended.starts_with("cancelled after ") && ended.ends_with(&format!(" of {many} scenarios: nothing is kept")),
            "{ended}"
        );
        assert_eq!(ended_after(many).unwrap().scenarios.len() as u64, many);
        let runs: Vec<&[u64]> = seen.chunk_by(|one, next| one <= next).collect();
        let [cut, whole] = runs[..] else { panic!("{runs:?}") };
        assert!(cut[0] == 0 && cut.len() == 2 && cut[1] < many, "{cut:?}");
        assert!(whole[0] == 0 && whole.last() == Some(&many) && whole.len() > 2, "{whole:?}");
        assert!(of.iter().all(|of| *of == (many, Counted::Scenarios)));
    }
}
