//! What fuzzing kept: every input that once led somewhere new still ends in a refusal in words or in answers.

use impact_core::document::Form;
use std::fs;
use std::path::Path;

#[path = "../fuzz/src/verbs.rs"]
mod verbs;

/// Runs a verb over every kept input of a target; returns how many there were.
fn kept(target: &str, verb: impl Fn(&[u8])) -> usize {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let inputs = fs::read_dir(folder).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap());
    inputs.map(|bytes| verb(&bytes)).count()
}

#[test]
fn documents_in_toml_are_refused_in_words_or_answered() {
    assert!(kept("toml", |bytes| verbs::document(bytes, Form::Toml)) >= 3);
}

#[test]
fn documents_in_json_are_refused_in_words_or_answered() {
    assert!(kept("json", |bytes| verbs::document(bytes, Form::Json)) >= 3);
}

#[test]
fn overrides_are_refused_in_words_or_answered() {
    assert!(kept("overrides", verbs::overrides) >= 3);
}
