//! Discount factors of published schedules, each with its source in the fixture.

use impact_core::discount::{Band, Clock, Schedule, Timing};
use impact_core::document::Node;
use impact_core::units::{DiscountRate, Year};
use rust_decimal::Decimal;
use std::fs;

struct Case {
    clock: Clock,
    within: Decimal,
    expected: Vec<(Year, Decimal)>,
}

fn number(node: &Node, key: &str) -> Decimal {
    let text = node.as_table().and_then(|table| table.get(key)).expect(key);
    text.as_number().expect(key).value()
}

fn year(number: Decimal) -> Year {
    Year::new(number.try_into().unwrap()).unwrap()
}

fn case(text: &str) -> Case {
    let node = Node::from_toml(text).unwrap();
    let table = node.as_table().unwrap();
    let bands = table.get("bands").and_then(Node::as_list).unwrap().iter().map(|band| Band {
        from_step: number(band, "from_step").try_into().unwrap(),
        rate: DiscountRate::new(number(band, "rate")).unwrap(),
    });
    let expected = table.get("expected").and_then(Node::as_table).unwrap().entries().iter();
    Case {
        clock: Clock {
            schedule: Schedule::new(bands.collect()).unwrap(),
            origin: year(number(&node, "origin")),
            present_value_year: year(number(&node, "present_value_year")),
        },
        within: number(&node, "within"),
        expected: expected
            .map(|entry| (year(entry.key.parse().unwrap()), entry.node.as_number().unwrap().value()))
            .collect(),
    }
}

#[test]
fn factors_agree_with_the_published_ones() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/cases/factors");
    let mut checked = 0;
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let case = case(&fs::read_to_string(&path).unwrap());
        for (year, expected) in &case.expected {
            let factor = case.clock.factor(*year, Timing::Start).value().unwrap();
            let error = (factor - expected).abs();
            assert!(error <= case.within, "{}: {year} gives {factor}, not {expected}", path.display());
            checked += 1;
        }
    }
    assert_eq!(checked, 15 + 6 + 78, "every factor of every fixture is checked");
}
