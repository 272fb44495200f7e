//! The hash of a document against vectors computed by another program (`fixtures/hash/vectors.py`).

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot read its document has failed")]

use impact_core::document::{Form, Node};
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hash")
}

fn read(name: &str) -> Node {
    let form = if name.ends_with(".toml") { Form::Toml } else { Form::Json };
    let bytes = std::fs::read(folder().join(name)).unwrap();
    Node::from_bytes(&bytes, form).unwrap()
}

#[test]
fn every_vector_has_its_canonical_form_and_hash() {
    let text = std::fs::read_to_string(folder().join("expected.json")).unwrap();
    let expected: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&text).unwrap();
    assert_eq!(expected.len(), 6);
    for (name, vector) in &expected {
        let node = read(name);
        assert_eq!(Some(node.canonical().as_str()), vector["canonical"].as_str(), "{name}");
        assert_eq!(Some(node.hash().as_str()), vector["sha256"].as_str(), "{name}");
    }
}

#[test]
fn a_document_written_again_keeps_its_hash() {
    for name in ["numbers.toml", "numbers.json", "words.toml", "words.json", "model.toml", "model.json"] {
        let node = read(name);
        assert_eq!(Node::from_json(&node.to_json()).unwrap().hash(), node.hash(), "{name}");
        assert_eq!(Node::from_toml(&node.to_toml()).unwrap().hash(), node.hash(), "{name}");
    }
}

#[test]
fn one_digit_changes_the_hash() {
    let node = read("model.toml");
    let other = node.with(&"costs.team.amount".parse().unwrap(), 400_001).unwrap();
    assert_ne!(other.hash(), node.hash());
    let back = other.with(&"costs.team.amount".parse().unwrap(), 400_000).unwrap();
    assert_eq!(back.hash(), node.hash());
}
