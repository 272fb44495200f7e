//! What several test files share: reading fixtures.
#![allow(dead_code, reason = "each test file uses its own part of this one")]

pub mod adjusted;
pub mod published;

use impact_core::Model;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of fixtures.
pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// The text of a fixture.
pub fn text(name: &str) -> String {
    fs::read_to_string(fixtures().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A model of the fixtures.
pub fn model(name: &str) -> Model {
    Model::from_toml(&text(&format!("models/{name}.toml"))).unwrap_or_else(|error| panic!("{name}: {error}"))
}
