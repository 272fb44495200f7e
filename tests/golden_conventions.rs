//! Vintages: what a model gives under a convention it names is frozen, so that a newer edition beside it changes nothing; and
//! every switch put off and on again restores every digit.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot read its document has failed"
)]

use impact_core::Model;
use impact_core::document::{Node, Value};
use impact_core::model::{Measure, Perspective, Question};
use impact_core::reference::{
    AttributionScope, Convention, CorrectionScheme, Denominator, DropOff, ExchangeBasis, Filters, FinancingBase,
    Origin, PriceIndex, RatioKind, TransferCounting,
};
use impact_core::report::{convention_index, convention_page};
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

const FROZEN: &str = include_str!("../fixtures/golden/model.toml");

/// The parts of a convention that a document may change.
const SECTIONS: [&str; 8] =
    ["discount", "combination", "ratios", "financing", "growth", "corrections", "prices", "rounding"];

/// The measures that are frozen: none added since.
const MEASURES: [&str; 11] = [
    "npv",
    "present_value_outcomes",
    "present_value_inputs",
    "sroi_ratio",
    "sroi_net_ratio",
    "bcr",
    "cashable_saving",
    "payback",
    "discounted_payback",
    "irr",
    "equivalent_annual_value",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn under(rules: &str) -> Model {
    let rules = format!("conventions = {rules}");
    Model::from_toml(&FROZEN.replace("conventions = \"norway-r109-2021\"", &rules))
        .unwrap_or_else(|error| panic!("{rules}: {error}"))
}

/// Every measure that sums or years decide, as society and the budgets see it, with all its digits.
fn digits(model: &Model) -> String {
    let appraisal = model.appraise().unwrap();
    let mut text = String::new();
    for perspective in [Perspective::Society, Perspective::named("public"), Perspective::named("town")] {
        for measure in MEASURES {
            let question = Question::new(measure.parse::<Measure>().unwrap()).seen_by(perspective.clone());
            let figure = match appraisal.answer(&question).unwrap().value {
                Ok(value) => value.normalize().to_string(),
                Err(_) => "none".to_owned(),
            };
            writeln!(text, "{question}: {figure}").unwrap();
        }
    }
    text
}

/// The figures under a convention and under each alternative schedule of it.
fn golden(id: &str) -> String {
    let mut text = format!("[standard]\n{}", digits(&under(&format!("\"{id}\""))));
    for alternative in &Convention::embedded(id).unwrap().discount.alternatives {
        let rules = format!("{{ base = \"{id}\", discount = {{ schedule = \"{}\" }} }}", alternative.id);
        write!(text, "\n[{}]\n{}", alternative.id, digits(&under(&rules))).unwrap();
    }
    text
}

#[test]
fn the_figures_under_every_convention_are_frozen() {
    let mut wrong = Vec::new();
    for id in Convention::ids() {
        let frozen = fs::read_to_string(root().join(format!("fixtures/golden/conventions/{id}.txt"))).ok();
        if frozen.as_deref() != Some(&golden(id)) {
            wrong.push(id);
        }
    }
    assert!(wrong.is_empty(), "these give other figures than those frozen in fixtures/golden: {wrong:?}");
}

#[test]
fn the_manual_has_a_page_for_every_convention_as_its_file_is() {
    const WRITTEN: &str = "<!-- written from the files: cargo run -p impact-core --example convention_manual -->\n";
    let folder = root().join("docs/conventions");
    for id in Convention::ids() {
        let page = fs::read_to_string(folder.join(format!("{id}.md"))).unwrap_or_default();
        assert!(page == convention_page(id).unwrap(), "docs/conventions/{id}.md is not as its file is: write it again");
    }
    let index = fs::read_to_string(folder.join("README.md")).unwrap();
    let (_, table) = index.split_once(WRITTEN).unwrap();
    assert!(table.trim() == convention_index().trim(), "docs/conventions/README.md is not as the files are");
    let pages = fs::read_dir(folder).unwrap().count();
    assert_eq!(pages, Convention::ids().count() + 1, "a page of a convention that is not there");
}

/// Writes the frozen figures and the pages: run it by name where a convention was added, never where one was changed.
#[test]
#[ignore = "it writes what the other tests compare with"]
fn write_what_is_missing() {
    for id in Convention::ids() {
        let frozen = root().join(format!("fixtures/golden/conventions/{id}.txt"));
        if !frozen.exists() {
            fs::write(frozen, golden(id)).unwrap();
        }
        fs::write(root().join(format!("docs/conventions/{id}.md")), convention_page(id).unwrap()).unwrap();
    }
}

/// The switches at or below an address, each with its value.
fn switches(address: &str, node: &Node, found: &mut Vec<(String, Value)>) {
    match node.as_table() {
        Some(table) => {
            for entry in table.entries() {
                switches(&format!("{address}.{}", entry.key), &entry.node, found);
            }
        }
        None => found.push((address.to_owned(), node.value.clone())),
    }
}

/// Another value for a switch; none where it has only one.
fn other(address: &str, value: &Value) -> Option<Value> {
    fn word<T: Copy + std::fmt::Display>(all: &[T], value: &Value) -> Option<Value> {
        let Value::Text(now) = value else { return None };
        all.iter().map(ToString::to_string).find(|word| word != now).map(Value::from)
    }
    match value {
        Value::Flag(flag) => Some(Value::from(!flag)),
        Value::Number(_) if address == "rounding.digits" => Some(Value::from(2)),
        Value::Number(_) if address == "prices.market_factor" => Some(Value::from(1)),
        Value::Number(_) => Some(Value::from("0.0123".parse::<rust_decimal::Decimal>().unwrap())),
        Value::List(_) => {
            let bands = Node::from_toml("bands = [ { from_step = 1, rate = 0.08 }, { from_step = 3, rate = 0.01 } ]");
            Some(bands.unwrap().as_table().unwrap().get("bands").unwrap().value.clone())
        }
        _ => match address {
            "discount.origin" => word(Origin::ALL, value),
            "discount.timing.costs" | "discount.timing.outcomes" => Some(Value::from("end")),
            "combination.filters" => word(Filters::ALL, value),
            "combination.drop_off" => word(DropOff::ALL, value),
            "combination.attribution" => word(AttributionScope::ALL, value),
            "combination.transfers" => word(TransferCounting::ALL, value),
            "ratios.kind" => word(RatioKind::ALL, value),
            "ratios.denominator" => word(Denominator::ALL, value),
            "financing.base" => word(FinancingBase::ALL, value),
            "corrections.by" => word(CorrectionScheme::ALL, value),
            "prices.index" => word(PriceIndex::ALL, value),
            "prices.exchange" => word(ExchangeBasis::ALL, value),
            _ => None,
        },
    }
}

#[test]
fn every_switch_put_off_and_on_again_restores_every_digit() {
    let (mut restored, mut moved) = (0, 0);
    for id in Convention::ids() {
        let base = under(&format!("{{ base = \"{id}\" }}"));
        let figures = digits(&base);
        assert_eq!(figures, digits(&under(&format!("\"{id}\""))), "{id}: naming it as a base changes nothing");
        let document = Convention::document(id).unwrap().as_table().unwrap();
        for section in SECTIONS {
            let mut found = Vec::new();
            if let Some(node) = document.get(section) {
                switches(section, node, &mut found);
            }
            for (switch, value) in found {
                let Some(other) = other(&switch, &value) else { continue };
                let address = format!("conventions.{switch}");
                let off = base.with(&address, other).unwrap_or_else(|error| panic!("{id}, {switch}: {error}"));
                let named: Vec<String> = off.overridden_switches().iter().map(ToString::to_string).collect();
                assert_eq!(named.join(", "), address, "{id}");
                moved += usize::from(digits(&off) != figures);
                let on = off.with(&address, value).unwrap();
                assert_eq!(digits(&on), figures, "{id}: {switch}");
                restored += 1;
            }
        }
    }
    assert!(restored >= 13 * Convention::ids().count(), "{restored} switches were tried");
    assert!(moved >= 6 * Convention::ids().count(), "{moved} switches changed a figure");
}
