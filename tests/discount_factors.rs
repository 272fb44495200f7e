//! Discount factors of published schedules, each with its source in the fixture.

use impact_core::Model;
use impact_core::discount::{Band, Clock, Schedule, Timing};
use impact_core::document::Node;
use impact_core::evaluation::Posting;
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
    assert_eq!(checked, 15 + 6 + 78 + 4, "every factor of every fixture is checked");
}

/// FRAM's schedule steps down 40 and 75 years after the opening year, R-109's 41 and 76 after its origin: the origin of a
/// document that wants FRAM's factors is the year before the opening year.
#[test]
fn a_document_with_an_origin_of_its_own_has_the_factors_of_fram() {
    let case = case(include_str!("../fixtures/cases/factors/norway-r109-fram.toml"));
    let opening = case.clock.origin;
    let text = format!(
        r#"
impact = 1
name = "Two clocks"
country = "NO"
currency = "NOK"
price_year = 2024
start = 2025
horizon = 90
present_value_year = 2025
discount_origin = {origin}
conventions = "norway-r109-2021"
holders = [ {{ id = "coast", kind = "public", level = "state" }} ]
costs = [ {{ id = "work", payer = "coast", per_year = 1_000_000, years = [2025, 2114] }} ]
"#,
        origin = opening.plus(-1)
    );
    let appraisal = Model::from_toml(&text).unwrap().appraise().unwrap();
    for (year, expected) in &case.expected {
        let paid = |(_, posting): &(_, &Posting)| posting.year == *year;
        let factor = appraisal.ledger().entries().find(paid).unwrap().1.discount_factor;
        assert!((factor - expected).abs() <= case.within, "{year} gives {factor}, not {expected}");
    }
}
