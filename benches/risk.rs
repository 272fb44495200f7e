//! The risk of a contract: two cohorts with a pooled second chance, and a hundred thousand variants of its terms.
//!
//! Run with `make bench` or `cargo bench --bench risk`.

use divan::{Bencher, black_box};
use impact_core::Contract;
use impact_core::analysis::Axis;
use impact_core::analysis::risk::{RiskGridQuestion, Situation};
use impact_core::simulation::{Progress, Seed, Simulation};
use std::ops::ControlFlow;

fn main() {
    divan::main();
}

fn on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn contract() -> Contract {
    let path = format!("{}/fixtures/contracts/second-chance.toml", env!("CARGO_MANIFEST_DIR"));
    Contract::from_toml(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[divan::bench(sample_count = 5)]
fn a_hundred_thousand_draws_in_four_situations(bencher: Bencher) {
    let contract = contract();
    let simulation = Simulation::new(100_000, Seed(7));
    bencher.bench_local(|| contract.risk(black_box(&simulation), &mut on).unwrap());
}

/// 250 thresholds and 400 amounts of the cohorts.
fn grid() -> RiskGridQuestion {
    let axis = |address: &str, low: &str, high: &str, count| {
        Axis::spaced(address.parse().unwrap(), low.parse().unwrap(), high.parse().unwrap(), count).unwrap()
    };
    let axes = vec![
        axis("contract.payments.cohort.schedule.steps.0.at", "0.05", "0.2", 250),
        axis("contract.payments.cohort.schedule.steps.0.amount", "1000000", "9000000", 400),
    ];
    let simulation = Simulation::new(1_000, Seed(7));
    RiskGridQuestion { axes, situation: Situation::AsBelieved, chances: Vec::new(), simulation }
}

#[divan::bench(sample_count = 5)]
fn a_hundred_thousand_terms_over_a_thousand_draws(bencher: Bencher) {
    let (contract, asked) = (contract(), grid());
    bencher.bench_local(|| contract.risk_grid(black_box(&asked), &mut on).unwrap());
}
