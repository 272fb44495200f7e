//! Conventions with single switches of a model's own: every embedded base accepts them, and marks only what it still says.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot read its document has failed"
)]

use impact_core::Model;
use impact_core::document::Node;
use impact_core::reference::Convention;
use impact_core::units::Language;
use std::collections::BTreeSet;

/// The parts of a convention that a document may change.
const SECTIONS: [&str; 8] =
    ["discount", "combination", "ratios", "financing", "growth", "corrections", "prices", "rounding"];

fn beginner() -> Model {
    Model::from_toml(include_str!("../fixtures/models/beginner.toml")).unwrap()
}

fn under(base: &str, switches: &str) -> Model {
    let table = Node::from_toml(&format!("base = \"{base}\"\n{switches}")).unwrap();
    beginner().with("conventions", table.value).unwrap_or_else(|error| panic!("{base}, {switches}: {error}"))
}

/// The switches at or below an address of a convention, each with its value.
fn switches<'n>(address: &str, node: &'n Node, found: &mut Vec<(String, &'n Node)>) {
    match node.as_table() {
        Some(table) => {
            for entry in table.entries() {
                switches(&format!("{address}.{}", entry.key), &entry.node, found);
            }
        }
        None => found.push((address.to_owned(), node)),
    }
}

#[test]
fn a_flat_rate_stands_on_every_base() {
    for base in Convention::ids() {
        let model = under(base, "discount = { bands = [ { from_step = 1, rate = 0.10 } ] }");
        let convention = model.convention();
        let bands = convention.discount.schedule.bands();
        assert_eq!(bands.iter().map(|band| band.rate.value().to_string()).collect::<Vec<_>>(), ["0.1"], "{base}");
        assert!(convention.mark("discount.bands.0.rate").is_none(), "{base}: the rate is the model's own");
        assert!(convention.mark("discount.timing").is_some(), "{base}: the timing is still the convention's");
    }
}

#[test]
fn every_single_switch_stands_on_every_base_and_loses_its_mark() {
    let mut checked = 0;
    for base in Convention::ids() {
        let document = Convention::document(base).unwrap().as_table().unwrap();
        let marked = |convention: &Convention| -> BTreeSet<String> {
            convention.unverified.iter().map(|mark| mark.address.to_string()).collect()
        };
        for section in SECTIONS {
            let mut found = Vec::new();
            if let Some(node) = document.get(section) {
                switches(section, node, &mut found);
            }
            for (address, node) in found {
                let model = under(base, "").with(&format!("conventions.{address}"), node.value.clone()).unwrap();
                let all = marked(&Convention::embedded(base).unwrap().clone().in_use());
                let within = |mark: &&String| **mark == address || mark.starts_with(&format!("{address}."));
                let kept: BTreeSet<String> = all.iter().filter(|mark| !within(mark)).cloned().collect();
                assert_eq!(marked(model.convention()), kept, "{base}: {address}");
                checked += 1;
            }
        }
    }
    assert!(checked >= 15 * Convention::ids().count(), "{checked}");
}

#[test]
fn what_was_not_read_is_said_in_both_languages() {
    let findings = under("norway-r109-2021", "").appraise().unwrap().findings();
    let financing = findings.iter().find(|found| found.address.as_str() == "conventions.financing.cost").unwrap();
    assert_eq!(
        financing.message.text(Language::Bokmal),
        "ikke verifisert i norway-r109-2021: skattefinansieringskostnad på 20 øre per krone: ikke lest i rundskrivet, bare \
         koden til FRAM sier det"
    );
    assert!(financing.message.en.contains("only FRAM's code says so"), "{}", financing.message);
}
