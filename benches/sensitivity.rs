//! The verbs on a simulated model: the map of 12 outcomes over 10 years, 61 uncertain numbers, a million draws, one thread.
//!
//! Run with `make bench` or `cargo bench --bench sensitivity`. Measured on 30 November 2026 on two shared cores of an AMD EPYC with
//! AVX-512, other builds beside it (wheel, CPU s, medians of 5): the simulation of net present value 0.169; first-order indices
//! and ranks of all 61 numbers add 0.233, which is 1.39 of it. They added 0.83 when a simulation took 0.471.
//! With ten thousand draws ranked and answers taken one by one (wheel, through Python, CPU s, medians of 7, other builds
//! beside it): 0.157 on a simulation of 0.185, 0.85 of it, table and ranks included.

use divan::{Bencher, black_box};
use impact_core::Model;
use impact_core::address::Address;
use impact_core::analysis::information::Study;
use impact_core::model::{Measure, Question};
use impact_core::simulation::{Progress, Seed, Simulated, Simulation};
use std::ops::ControlFlow;

fn main() {
    divan::main();
}

const DRAWS: u64 = 1_000_000;

fn on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn model() -> Model {
    let path = format!("{}/fixtures/models/map-12x10.toml", env!("CARGO_MANIFEST_DIR"));
    Model::from_toml(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn question() -> Question {
    Question::new(Measure::Npv)
}

fn simulation(draws: u64) -> Simulation {
    Simulation::new(draws, Seed(7)).asking([question()])
}

fn simulated() -> Simulated {
    model().simulate(&simulation(DRAWS), &mut on).unwrap()
}

fn ten(simulated: &Simulated) -> Vec<Vec<Address>> {
    simulated.addresses().iter().step_by(6).take(10).map(|address| vec![address.clone()]).collect()
}

#[divan::bench(sample_count = 10)]
fn the_simulation_itself(bencher: Bencher) {
    let model = model();
    bencher.bench_local(|| model.simulate(black_box(&simulation(DRAWS)), &mut on).unwrap());
}

#[divan::bench(sample_count = 10)]
fn first_order_and_ranks_of_all(bencher: Bencher) {
    let simulated = simulated();
    assert_eq!(simulated.addresses().len(), 61);
    bencher.bench_local(|| simulated.influence(black_box(&question()), &mut on).unwrap());
}

#[divan::bench(sample_count = 3)]
fn total_of_all_from_a_tenth_of_the_draws(bencher: Bencher) {
    let model = model();
    bencher
        .bench_local(|| model.total_influence(&simulation(DRAWS / 10), black_box(&question()), &[], &mut on).unwrap());
}

#[divan::bench(sample_count = 10)]
fn perfect_information(bencher: Bencher) {
    let simulated = simulated();
    bencher.bench_local(|| simulated.evpi(black_box(&question()), &[]).unwrap());
}

#[divan::bench(sample_count = 10)]
fn learning_ten_numbers(bencher: Bencher) {
    let simulated = simulated();
    let ten = ten(&simulated);
    bencher.bench_local(|| simulated.evppi(black_box(&question()), &ten, &[], &mut on).unwrap());
}

#[divan::bench(sample_count = 5)]
fn a_study_of_two_hundred(bencher: Bencher) {
    let simulated = simulated();
    let deadweight = "outcomes.outcome-01.deadweight".parse().unwrap();
    let studies = [Study::Share { people: 200 }];
    bencher.bench_local(|| simulated.evsi(black_box(&question()), &deadweight, &studies, &[], &mut on).unwrap());
}
