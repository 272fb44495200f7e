//! Every verb of the library over any input, and what must hold of each answer.
//!
//! One rule: an input is refused in words, or everything asked of it is answered by a value or a reason. Nothing panics.
//! The fuzz targets call these functions on inputs they invent; `tests/fuzz_corpus.rs` on the inputs that were kept.

use impact_core::Model;
use impact_core::document::{Form, Node, Value};
use impact_core::error::ModelError;
use impact_core::model::{Measure, Perspective};
use impact_core::report::AppraisalReport;
use impact_core::simulation::{Seed, Simulation};
use std::ops::ControlFlow;

/// Enough for every rule about draws to look.
const DRAWS: u64 = 16;

/// Models that overrides are tried on; the first byte of the input chooses.
const BASES: [&str; 3] = [
    include_str!("../../fixtures/models/shape.toml"),
    include_str!("../../fixtures/models/sandefjord.toml"),
    include_str!("../../fixtures/models/beginner.toml"),
];

/// A document, whatever its bytes.
pub fn document(bytes: &[u8], form: Form) {
    let read = Node::from_bytes(bytes, form).and_then(Model::from_node);
    let _ = told(read.as_ref()).map(every_verb);
}

/// Overrides of a known model: lines of `address=value`, the values numbers where they can be read as such.
pub fn overrides(bytes: &[u8]) {
    let Some((base, lines)) = bytes.split_first() else { return };
    let Ok(lines) = std::str::from_utf8(lines) else { return };
    let base = BASES[usize::from(*base) % BASES.len()];
    let model = Model::from_toml(base).expect("the fixtures are sound");
    let changes = lines.lines().filter_map(|line| line.split_once('=')).map(|(address, text)| (address, value(text)));
    let changed = model.with_all(changes);
    let _ = told(changed.as_ref()).map(every_verb);
}

/// A value as the command line reads it: a document of one key, else a text.
fn value(text: &str) -> Value {
    let read = Node::from_toml(&format!("value = {text}")).ok();
    read.and_then(|node| node.at(&"value".parse().ok()?).map(|node| node.value.clone())).unwrap_or(Value::text(text))
}

/// A refusal says something, and says it of every problem.
fn told<T>(read: Result<T, &ModelError>) -> Option<T> {
    read.map_err(|error| {
        assert!(error.total() >= 1);
        assert!(error.problems().iter().all(|problem| !problem.to_string().trim().is_empty()));
    })
    .ok()
}

/// Everything a model can be asked.
fn every_verb(model: &Model) {
    assert_eq!(Model::from_json(&model.to_json()).as_ref(), Ok(model), "JSON written and read again");
    assert_eq!(Model::from_toml(&model.to_toml()).as_ref(), Ok(model), "TOML written and read again");
    let Some(appraisal) = told(model.appraise().as_ref()).cloned() else { return };
    let holders = model.holders().iter().map(|holder| Perspective::named(&holder.id));
    for perspective in [Perspective::Society, Perspective::Public].into_iter().chain(holders) {
        for measure in Measure::all() {
            match appraisal.measure(measure, perspective.clone()) {
                Ok(figure) => {
                    if let Err(reason) = figure.value {
                        assert!(!reason.to_string().is_empty());
                    }
                }
                Err(refusal) => assert!(!refusal.to_string().is_empty()),
            }
        }
    }
    for assumption in model.assumptions() {
        assert!(appraisal.explain(assumption.address.as_str()).is_ok(), "{}", assumption.address);
    }
    for finding in appraisal.findings() {
        assert!(!finding.to_string().is_empty());
    }
    if let Ok(simulated) = model.simulate(&Simulation::new(DRAWS, Seed(1)), &mut |_| ControlFlow::Continue(())) {
        for finding in simulated.findings() {
            assert!(!finding.to_string().is_empty());
        }
    }
    if let Err(refusal) = AppraisalReport::of(&appraisal) {
        assert!(!refusal.to_string().is_empty());
    }
    let totals = model.fast_totals::<f64>();
    assert!(totals.is_ok(), "what is laid out for one kind of number is laid out for another");
}
