//! The stages of a point appraisal: read a document, value it exactly, value it in floats, override and value.
//!
//! Run with `make bench` or `cargo bench --bench appraisal`.

use divan::{Bencher, black_box};
use impact_core::Model;
use impact_core::analysis::BreakEvenQuestion;
use impact_core::model::{Measure, Perspective, Question};
use rust_decimal::Decimal;
use std::fs;

fn main() {
    divan::main();
}

/// Twelve outcomes over ten years, and a model with unit costs from the catalogue.
const MODELS: [&str; 2] = ["map-12x10", "sandefjord"];

fn text(name: &str) -> String {
    let path = format!("{}/fixtures/models/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A model that can be valued: a stage that fails would be measured as a fast one.
fn model(name: &str) -> Model {
    let model = Model::from_toml(&text(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(model.appraise().is_ok(), "{name} is valued");
    model
}

#[divan::bench(args = MODELS)]
fn read_document(bencher: Bencher, name: &str) {
    let text = text(name);
    bencher.bench(|| Model::from_toml(black_box(&text)).unwrap());
}

#[divan::bench(args = MODELS)]
fn appraise_exactly_with_ledger(bencher: Bencher, name: &str) {
    let model = model(name);
    bencher.bench(|| black_box(&model).appraise().unwrap());
}

#[divan::bench(args = MODELS)]
fn appraise_in_floats(bencher: Bencher, name: &str) {
    let mut totals = model(name).fast_totals::<f64>().unwrap();
    bencher.bench_local(|| {
        totals.run();
        black_box(totals.sums(&Perspective::Society).unwrap())
    });
}

#[divan::bench]
fn override_and_appraise(bencher: Bencher) {
    let model = model("map-12x10");
    bencher.bench(|| {
        let changed = black_box(&model).with("outcomes.outcome-01.deadweight", Decimal::new(3, 1)).unwrap();
        changed.appraise().unwrap()
    });
}

#[divan::bench]
fn break_even(bencher: Bencher) {
    let model = model("sandefjord");
    let question = Question::new(Measure::Npv).seen_by(Perspective::Holder("municipality".to_owned()));
    let asked = BreakEvenQuestion::new("outcomes.off-assistance.quantity".parse().unwrap(), question);
    bencher.bench(|| black_box(&model).break_even(&asked).unwrap());
}
