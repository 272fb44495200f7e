//! What fuzzing kept: every input that once led somewhere new still ends in a refusal in words or in answers.

use impact_core::document::Form;
use impact_core::model::schema;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[path = "../fuzz/src/settling.rs"]
mod settling;
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

#[test]
fn terms_are_refused_in_words_or_settled() {
    assert!(kept("terms", settling::terms) >= 3);
}

#[test]
fn observations_are_refused_in_words_or_settled() {
    assert!(kept("observations", settling::observations) >= 3);
}

#[test]
fn the_fuzzer_knows_every_word_of_the_schema() {
    let schema: Value = serde_json::from_str(schema()).unwrap();
    let mut words = BTreeSet::new();
    collect(&schema, &mut words);
    let known = include_str!("../fuzz/words.dict").lines().filter(|line| line.starts_with('"'));
    let known: Vec<&str> = known.map(|line| line.trim_matches('"')).collect();
    assert_eq!(known, words.into_iter().collect::<Vec<_>>());
}

/// The keys and the words of choices of a schema and of all below it.
fn collect<'s>(schema: &'s Value, words: &mut BTreeSet<&'s str>) {
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        words.extend(properties.keys().map(String::as_str));
    }
    if let Some(choices) = schema.get("enum").and_then(Value::as_array) {
        words.extend(choices.iter().filter_map(Value::as_str));
    }
    match schema {
        Value::Object(parts) => parts.values().for_each(|part| collect(part, words)),
        Value::Array(parts) => parts.iter().for_each(|part| collect(part, words)),
        _ => {}
    }
}
