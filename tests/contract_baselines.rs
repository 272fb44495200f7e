//! One cohort under several definitions and windows of return to prison.

use impact_core::Contract;
use impact_core::analysis::risk::{BaselineQuestion, NamedBaseline, Situation};
use impact_core::reference::{Effects, Source};
use impact_core::simulation::{Seed, Simulation};
use impact_core::units::Label;
use std::ops::ControlFlow;

/// Fifty people, paid for where a tenth fewer return than the contract takes for usual. Illustrative.
fn contract(baseline: &str, truth: &str) -> Contract {
    let text = format!(
        r#"
        impact = 1
        name = "Fifty people (illustrative)"
        currency = "NOK"
        holders = [ {{ id = "state", kind = "public", level = "state" }}, {{ id = "provider", kind = "enterprise" }} ]
        [contract]
        payee = "provider"
        payers = [ {{ holder = "state" }} ]
        metrics = [ {{ id = "returned", kind = "share", direction = "decrease" }} ]
        estimates = [
            {{ id = "fewer", metric = "returned", effect = "relative", against = {{ fixed = {baseline} }} }},
            {{ id = "matched", metric = "returned", effect = "relative", against = {{ group = "near" }} }},
        ]
        payments = [ {{ id = "result", of = "fewer", schedule = {{ steps = [ {{ at = 0.1, amount = 1_000_000 }} ] }} }} ]
        [truth]
        source = "illustrative"
        metrics = [ {{ id = "returned", counterfactual = {truth}, effect = 0.1 }} ]
        cohorts = [ {{ id = "2027", date = 2029-12-31, people = 50 }} ]
        "#
    );
    Contract::from_toml(&text).unwrap_or_else(|error| panic!("{error}"))
}

/// A rate of the register; or the one that the investor of Larvik's contract quotes without window and definition, which is why the
/// register has it not.
fn known(id: &str) -> NamedBaseline {
    if id == "quoted" {
        let source = Source::titled("Ferd, article on the Back in the Ring pilot");
        return NamedBaseline {
            id: id.to_owned(),
            rate: "0.63".parse().unwrap(),
            definition: Label::plain("return to prison; not defined further"),
            window: None,
            source,
        };
    }
    NamedBaseline::of(Effects::embedded().get(id).unwrap()).unwrap()
}

fn asked(baselines: Vec<NamedBaseline>) -> BaselineQuestion {
    BaselineQuestion { estimate: "fewer".to_owned(), baselines, simulation: Simulation::new(20_000, Seed(7)) }
}

#[test]
fn every_cell_is_the_contract_so_written() {
    // Two definitions of the correctional service, and the figure that an investor quotes without either.
    let ids = ["base-no-5y", "base-no-2015", "quoted"];
    let rates = ["0.32", "0.2", "0.63"];
    let question = asked(ids.map(known).into());
    let table = contract("0.32", "0.2").baselines(&question, &mut |_| ControlFlow::Continue(())).unwrap();
    for (row, baseline) in rates.iter().enumerate() {
        assert_eq!(question.baselines[row].rate, baseline.parse().unwrap());
        for (column, truth) in rates.iter().enumerate() {
            let alone =
                contract(baseline, truth).risk(&Simulation::new(10, Seed(1)), &mut |_| ControlFlow::Continue(()));
            let alone = alone.unwrap();
            for (found, situation) in
                [(&table.nothing_works, Situation::NothingWorks), (&table.as_believed, Situation::AsBelieved)]
            {
                let exact = alone.situation(situation).unwrap().exact.unwrap().chance_of_paying;
                let error = (exact * (1.0 - exact) / 20_000.0).sqrt() + 1e-4;
                let found = found[row][column].value;
                assert!((found - exact).abs() < 4.0 * error, "{baseline} {truth} {situation:?}: {found} {exact}");
            }
        }
    }
    // The same definition on both sides pays for chance: at most 9 of 50 at 0.2, 0.444. Five years agreed and two measured: at most 14
    // of them, 0.939.
    let [right, wrong] = [table.nothing_works[1][1], table.nothing_works[0][1]].map(|found| found.value);
    assert!((right - 0.444).abs() < 0.015 && (wrong - 0.939).abs() < 0.008, "{right} {wrong}");
}

#[test]
fn a_higher_baseline_of_the_contract_never_pays_less_and_a_higher_truth_never_more() {
    let table = contract("0.32", "0.2")
        .baselines(&asked(["base-no-2015", "base-no-5y", "quoted"].map(known).into()), &mut |_| {
            ControlFlow::Continue(())
        })
        .unwrap();
    for cells in [&table.nothing_works, &table.as_believed] {
        // From row to row the contract's baseline rises, within a row the truth.
        for (lower, higher) in cells.iter().zip(cells.iter().skip(1)) {
            assert!(lower.iter().zip(higher).all(|(lower, higher)| lower.value <= higher.value));
        }
        for row in cells {
            assert!(row.iter().zip(row.iter().skip(1)).all(|(lower, higher)| lower.value >= higher.value));
        }
    }
}

#[test]
fn a_baseline_nobody_could_look_up_is_refused() {
    let contract = contract("0.32", "0.2");
    let refused = |question: &BaselineQuestion| {
        contract.baselines(question, &mut |_| ControlFlow::Continue(())).unwrap_err().to_string()
    };
    assert_eq!(
        refused(&asked(vec![])),
        "there is no baseline: name at least one, with its rate, definition and source"
    );
    assert_eq!(
        refused(&asked(vec![known("base-no-5y"), known("base-no-5y")])),
        "two baselines are called `base-no-5y`"
    );
    let unsourced = NamedBaseline { source: Source::titled(" "), ..known("base-no-5y") };
    assert_eq!(
        refused(&asked(vec![unsourced])),
        "`base-no-5y` has no source: the definition decides what a rate is, and no figure goes without a source"
    );
    let matched = BaselineQuestion { estimate: "matched".to_owned(), ..asked(vec![known("base-no-5y")]) };
    assert_eq!(refused(&matched), "`matched` is no estimate with a fixed baseline: choose among `fewer`");
    let above = NamedBaseline { rate: "1.2".parse().unwrap(), ..known("base-no-5y") };
    assert!(refused(&asked(vec![above])).contains("1.2"));
    // A rate that is no rate has no baseline.
    assert!(NamedBaseline::of(Effects::embedded().get("reentry-rct-reconviction").unwrap()).is_none());
}
