//! Parts of grids and of a contract's risk: they merge, and travel as bytes, to the bits of one run.

use impact_core::analysis::risk::{ContractRisk, PartRisk};
use impact_core::analysis::{Axis, GridQuestion, PartGrid};
use impact_core::model::{Measure, Perspective, Question};
use impact_core::simulation::{Points, Progress, Seed, Simulation};
use impact_core::{Contract, Model};
use std::fs;
use std::ops::ControlFlow;

fn text(path: &str) -> String {
    fs::read_to_string(format!("{}/fixtures/{path}.toml", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn axis(address: &str, values: &[&str]) -> Axis {
    Axis { address: address.parse().unwrap(), values: values.iter().map(|value| value.parse().unwrap()).collect() }
}

/// Two numbers of the plan around a setting that rewrites the document, so that parts are cut within each.
fn asked(question: Question) -> GridQuestion {
    let axes = vec![
        axis("outcomes.off-assistance.quantity", &["4", "8", "12.5"]),
        axis("horizon", &["5", "7"]),
        axis("costs.cooperation.per_year", &["800000", "1000000", "1200000"]),
    ];
    let simulation = Simulation::new(700, Seed(7));
    GridQuestion { axes, question, threshold: 0.5, chances: vec![0.05, 0.5], simulation }
}

#[test]
fn scenarios_found_apart_are_those_of_one_grid() {
    let model = Model::from_toml(&text("models/sandefjord")).unwrap();
    let for_town = Question::new(Measure::Npv).seen_by(Perspective::Holder("municipality".to_owned()));
    for question in [for_town, Question::new(Measure::SroiRatio), Question::new(Measure::Payback)] {
        let asked = asked(question);
        let alone = model.grid(&asked, &mut on).unwrap();
        for cuts in [&[9][..], &[1, 2, 8, 17], &[4, 5]] {
            let firsts = std::iter::once(0).chain(cuts.iter().copied());
            let ends = cuts.iter().copied().chain([18]);
            let part = |(first, end)| model.grid_part(&asked, first..end, &mut on).unwrap().packed();
            let sent: Vec<Vec<u8>> = firsts.zip(ends).map(part).collect();
            let parts = sent.iter().rev().map(|bytes| PartGrid::unpacked(&model, bytes).unwrap());
            let merged = parts.reduce(|one, other| one.merge(other).unwrap()).unwrap();
            assert_eq!(merged.finish().unwrap().scenarios, alone.scenarios, "cut at {cuts:?}");
        }
    }
}

#[test]
fn parts_of_a_grid_that_do_not_fit_are_refused() {
    let model = Model::from_toml(&text("models/sandefjord")).unwrap();
    let asked = asked(Question::new(Measure::Npv));
    let part = |first, end| model.grid_part(&asked, first..end, &mut on);
    assert_eq!(
        part(17, 19).unwrap_err().to_string(),
        "scenarios 17 to 19 are not a part of the 18 scenarios there are"
    );
    assert_eq!(part(0, 9).unwrap().finish().unwrap_err().to_string(), "scenarios 9 to 18 are in no part");
    let twice = part(0, 9).unwrap().merge(part(8, 18).unwrap()).unwrap_err();
    assert_eq!(twice.to_string(), "scenarios 8 to 9 are in two parts");
    let other = GridQuestion { threshold: 0.0, ..asked.clone() };
    let different = part(0, 9).unwrap().merge(model.grid_part(&other, 9..18, &mut on).unwrap()).unwrap_err();
    assert!(different.to_string().starts_with("the parts are of different grids"));
    let risk = PartGrid::unpacked(&model, &risk_part(&larvik(), 0, 2_048).packed()).unwrap_err();
    assert_eq!(risk.to_string(), "this is a part of a risk, not of a grid");
}

fn larvik() -> Contract {
    Contract::from_toml(&text("contracts/larvik-for-nothing")).unwrap()
}

fn simulation() -> Simulation {
    Simulation::new(9_000, Seed(7))
}

fn risk_part(contract: &Contract, first: u64, end: u64) -> PartRisk {
    contract.risk_part(&simulation(), first..end, &mut on).unwrap()
}

fn sent(contract: &Contract, simulation: &Simulation, cuts: &[u64]) -> ContractRisk {
    let firsts = std::iter::once(0).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain([simulation.draws()]);
    let part = |(first, end)| contract.risk_part(simulation, first..end, &mut on).unwrap().packed();
    let sent: Vec<Vec<u8>> = firsts.zip(ends).map(part).collect();
    let parts = sent.iter().rev().map(|bytes| PartRisk::unpacked(contract, bytes).unwrap());
    parts.reduce(|one, other| one.merge(other).unwrap()).unwrap().finish().unwrap()
}

#[test]
fn draws_of_a_risk_made_apart_are_those_of_one_run() {
    for name in ["larvik-for-nothing", "second-chance"] {
        let contract = Contract::from_toml(&text(&format!("contracts/{name}"))).unwrap();
        for points in [Points::Random, Points::Latin, Points::Sobol] {
            let simulation = simulation().with_points(points);
            let alone = contract.risk(&simulation, &mut on).unwrap();
            for cuts in [&[4_096][..], &[2_048, 8_192]] {
                assert_eq!(sent(&contract, &simulation, cuts).situations, alone.situations, "{name} cut at {cuts:?}");
            }
        }
    }
}

#[test]
fn parts_of_a_risk_that_do_not_fit_are_refused() {
    let contract = larvik();
    let cut = contract.risk_part(&simulation(), 0..2_000, &mut on).unwrap_err();
    assert_eq!(
        cut.to_string(),
        "draws 0 to 2000 are cut within a block: begin and end at multiples of 2048, or at the last draw"
    );
    let some = risk_part(&contract, 0, 4_096);
    assert_eq!(some.clone().finish().unwrap_err().to_string(), "draws 4096 to 9000 are in no part");
    let twice = some.clone().merge(risk_part(&contract, 2_048, 9_000)).unwrap_err();
    assert_eq!(twice.to_string(), "draws 2048 to 4096 are in two parts");
    let other = contract.with("truth.cohorts.first.people", 60).unwrap();
    let message = PartRisk::unpacked(&other, &some.packed()).unwrap_err().to_string();
    assert_eq!(message, "the part is of another contract: its document has another hash");
    let different = some.merge(risk_part(&other, 4_096, 9_000)).unwrap_err();
    assert!(different.to_string().starts_with("the parts are of different risks"));
}
