//! What several test files share: reading fixtures.
#![allow(dead_code, reason = "each test file uses its own part of this one")]

use impact_core::Model;
use impact_core::document::Node;
use rust_decimal::Decimal;
use std::fs;
use std::path::{Path, PathBuf};

/// A published case: a model and what its source printed.
pub struct Case {
    /// The file.
    pub name: String,
    /// The model it describes.
    pub model: Model,
    /// What it printed.
    pub expected: Vec<Expected>,
    /// What it printed against its own figures: the library must not reproduce it.
    pub contradicted: Vec<Expected>,
}

/// One printed figure.
pub struct Expected {
    /// A measure of the model.
    pub measure: Option<String>,
    /// Whose.
    pub perspective: String,
    /// Of which outcome.
    pub outcome: Option<String>,
    /// The address solved for, where the figure is a break-even value.
    pub break_even: Option<String>,
    /// Cause, year and field of a posting.
    pub posting: Option<(String, i32, String)>,
    /// The figure.
    pub value: Decimal,
    /// Half the last digit printed.
    pub within: Decimal,
}

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

/// The cases of a folder below `fixtures/cases`, by name.
pub fn cases(folder: &str) -> Vec<Case> {
    let mut files: Vec<_> =
        fs::read_dir(fixtures().join("cases").join(folder)).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    files.iter().map(|path| case(path)).collect()
}

fn case(path: &Path) -> Case {
    let name = path.display().to_string();
    let node = Node::from_toml(&fs::read_to_string(path).unwrap()).unwrap_or_else(|error| panic!("{name}: {error}"));
    let table = node.as_table().unwrap();
    let model = table.get("model").unwrap().value.clone();
    let model = Node::new(impact_core::address::Address::root(), model);
    let model = Model::from_node(model).unwrap_or_else(|error| panic!("{name}: {error}"));
    let printed = |key: &str| {
        let list = table.get(key).and_then(Node::as_list).unwrap_or_default();
        list.iter().map(expected).collect()
    };
    Case { name, model, expected: printed("expected"), contradicted: printed("contradicted") }
}

fn expected(node: &Node) -> Expected {
    let field = |key: &str| node.as_table().and_then(|table| table.get(key));
    let text = |key: &str| field(key).and_then(Node::as_text).map(str::to_owned);
    let number = |key: &str| field(key).and_then(Node::as_number).map(|number| number.value());
    let posting = text("cause").map(|cause| {
        let year = number("year").unwrap().try_into().unwrap();
        (cause, year, text("field").unwrap())
    });
    Expected {
        measure: text("measure"),
        perspective: text("perspective").unwrap_or_else(|| "society".to_owned()),
        posting,
        outcome: text("outcome"),
        break_even: text("break_even"),
        value: number("value").or_else(|| number("printed")).unwrap(),
        within: number("within").unwrap(),
    }
}
