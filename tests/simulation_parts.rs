//! Parts of a simulation that travel as bytes: they come back bit by bit, and what does not fit is refused.

use impact_core::Model;
use impact_core::model::{Measure, Perspective, Question};
use impact_core::simulation::{
    ParcelFault, PartSimulated, PartsFault, Points, Progress, Seed, Simulated, Simulation, SimulationError, kept_draws,
};
use std::fs;
use std::ops::ControlFlow;

fn fixture(name: &str) -> Model {
    let path = format!("{}/fixtures/models/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    Model::from_toml(&fs::read_to_string(path).unwrap()).unwrap()
}

fn on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// The simulation cut at these draws, every part sent as bytes, merged from the last to the first.
fn sent(model: &Model, simulation: &Simulation, cuts: &[u64]) -> Simulated {
    let ends = cuts.iter().copied().chain([simulation.draws()]);
    let firsts = std::iter::once(0).chain(cuts.iter().copied());
    let part = |(first, end)| model.simulate_part(simulation, first..end, &mut on).unwrap().packed();
    let bytes: Vec<Vec<u8>> = firsts.zip(ends).map(part).collect();
    let parts = bytes.iter().rev().map(|bytes| PartSimulated::unpacked(model, bytes).unwrap());
    parts.reduce(|one, other| one.merge(other).unwrap()).unwrap().finish().unwrap()
}

/// All that can be read off a simulation, floats as bits.
fn bits(simulated: &Simulated) -> String {
    let figure = |figure: &impact_core::simulation::SimulatedFigure| {
        let told = (figure.mean().ok(), figure.sd().ok(), figure.quantile(0.05).ok(), figure.interval(0.5).ok());
        let draws: Vec<u64> = figure.draws().into_iter().flatten().map(|draw| draw.to_bits()).collect();
        format!("{:?} {told:?} {} {draws:?} {:?}", figure.point(), figure.undefined(), figure.bins())
    };
    simulated.figures().iter().map(figure).collect::<Vec<_>>().join("\n") + &format!("{:?}", simulated.notes())
}

#[test]
fn parts_sent_as_bytes_give_the_bits_of_one_run() {
    let questions = [
        Question::new(Measure::SroiRatio),
        Question::new(Measure::Npv).seen_by(Perspective::Holder("municipality".to_owned())),
        Question::new(Measure::CostPerOutcome).of_outcome("off-assistance"),
    ];
    let model = fixture("sandefjord");
    for points in [Points::Random, Points::Latin, Points::Sobol] {
        let simulation = Simulation::new(9_001, Seed(7)).asking(questions.clone()).with_points(points);
        let alone = bits(&model.simulate(&simulation, &mut on).unwrap());
        for cuts in [&[][..], &[2_048, 6_144], &[1, 2_047, 5_999, 6_000, 8_500]] {
            assert!(bits(&sent(&model, &simulation, cuts)) == alone, "{points:?} cut at {cuts:?}");
        }
    }
}

#[test]
fn counted_draws_travel_as_counts() {
    let model = fixture("sandefjord");
    let simulation = Simulation::new(kept_draws(1) + 1, Seed(7)).asking([Question::new(Measure::Npv)]);
    let part = model.simulate_part(&simulation, 1_000..200_000, &mut on).unwrap();
    let bytes = part.packed();
    assert!(bytes.len() < 400_000, "{} bytes: less than two a draw", bytes.len());
    let opened = PartSimulated::unpacked(&model, &bytes).unwrap();
    assert!(opened.packed() == bytes);
    // What came back is what went away, and goes on as if it had never left.
    let rest = |part: PartSimulated| {
        let next = model.simulate_part(&simulation, 200_000..300_000, &mut on).unwrap();
        part.merge(next).unwrap().packed()
    };
    assert!(rest(opened) == rest(part));
}

#[test]
fn a_part_says_which_draws_it_holds() {
    let model = fixture("sandefjord");
    let simulation = Simulation::new(5_000, Seed(7)).asking([Question::new(Measure::Npv)]);
    let part = |first, end| model.simulate_part(&simulation, first..end, &mut on).unwrap();
    let some = part(0, 1_000).merge(part(3_000, 5_000)).unwrap();
    assert_eq!((some.draws(), some.is_whole()), (Vec::from([0..1_000, 3_000..5_000]), false));
    let all = some.merge(part(1_000, 3_000)).unwrap();
    assert_eq!((all.draws(), all.is_whole()), (std::iter::once(0..5_000).collect::<Vec<_>>(), true));
    assert!(PartSimulated::unpacked(&model, &all.packed()).unwrap().is_whole());
}

#[test]
fn bytes_that_are_no_part_of_this_model_are_refused() {
    let model = fixture("sandefjord");
    let simulation = Simulation::new(100, Seed(7)).asking([Question::new(Measure::Npv)]);
    let bytes = model.simulate_part(&simulation, 0..50, &mut on).unwrap().packed();
    let fault = |model: &Model, bytes: &[u8]| match PartSimulated::unpacked(model, bytes).unwrap_err() {
        SimulationError::Parts(PartsFault::Parcel(fault)) => fault,
        other => panic!("{other}"),
    };
    let other = model.with("outcomes.off-assistance.quantity", 5).unwrap();
    assert_eq!(fault(&other, &bytes), ParcelFault::OtherDocument { of: "model" });
    assert_eq!(fault(&model, &bytes[..bytes.len() - 1]), ParcelFault::Damaged);
    assert_eq!(fault(&model, b"{}"), ParcelFault::NoParcel);
    // Another seed is another simulation, also after a journey.
    let other = simulation.with_seed(Seed(8));
    let theirs = model.simulate_part(&other, 50..100, &mut on).unwrap();
    let merged = PartSimulated::unpacked(&model, &bytes).unwrap().merge(theirs);
    assert!(matches!(merged.unwrap_err(), SimulationError::Parts(PartsFault::Different)));
}
