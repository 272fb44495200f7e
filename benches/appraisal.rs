//! The stages of a point appraisal: read a document, value it exactly, value it in floats, override and value.
//!
//! Run with `make bench` or `cargo bench --bench appraisal`.

use divan::{Bencher, black_box};
use impact_core::Model;
use impact_core::analysis::BreakEvenQuestion;
use impact_core::model::{Measure, Perspective, Question};
use std::fs;

fn main() {
    divan::main();
}

/// Twelve outcomes over ten years, and a model with unit costs from the catalogue.
const MODELS: [&str; 2] = ["map-12x10", "sandefjord"];

fn text(name: &str) -> String {
    let path = format!("{}/fixtures/models/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(&path).unwrap_or_default()
}

fn with_model(bencher: Bencher, name: &str, stage: impl Fn(&Model) + Sync) {
    match Model::from_toml(&text(name)) {
        Ok(model) => bencher.bench(|| stage(black_box(&model))),
        Err(error) => eprintln!("{name} does not read: {error}"),
    }
}

#[divan::bench(args = MODELS)]
fn read_document(bencher: Bencher, name: &str) {
    let text = text(name);
    bencher.bench(|| Model::from_toml(black_box(&text)));
}

#[divan::bench(args = MODELS)]
fn appraise_exactly_with_ledger(bencher: Bencher, name: &str) {
    with_model(bencher, name, |model| drop(black_box(model.appraise())));
}

#[divan::bench(args = MODELS)]
fn appraise_in_floats(bencher: Bencher, name: &str) {
    let Ok(model) = Model::from_toml(&text(name)) else { return };
    let Ok(mut totals) = model.fast_totals::<f64>() else { return };
    bencher.bench_local(|| {
        totals.run();
        black_box(totals.sums(&Perspective::Society))
    });
}

#[divan::bench]
fn override_and_appraise(bencher: Bencher) {
    with_model(bencher, "map-12x10", |model| {
        let changed = model.with("outcomes.outcome-01.deadweight", rust_decimal::Decimal::new(3, 1));
        drop(black_box(changed.map(|model| model.appraise())));
    });
}

#[divan::bench]
fn break_even(bencher: Bencher) {
    let Ok(address) = "outcomes.off-assistance.quantity".parse() else { return };
    let question = Question::new(Measure::Npv).seen_by(Perspective::Holder("municipality".to_owned()));
    let asked = BreakEvenQuestion::new(address, question);
    with_model(bencher, "sandefjord", |model| drop(black_box(model.break_even(&asked))));
}
