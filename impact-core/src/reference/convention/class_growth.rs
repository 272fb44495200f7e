//! Growth by class of value: unit values that grow in real terms because the conventions say so.
//!
//! One rule: a value that names its own path of growth, or `none`, is not touched.

use crate::document::{Fields, Node, Value};
use crate::error::Problems;
use crate::reference::words::words;
use crate::units::{UnitError, Year};
use rust_decimal::Decimal;

words! {
    /// Classes of value, as documents call their `kind`.
    ValueClass {
        /// Money in budgets.
        Fiscal = "fiscal",
        /// Production and income.
        Economic = "economic",
        /// Wellbeing, health, time and the like.
        Social = "social",
    }
}

/// How values of a class grow: rates at some years, a straight line between them, constant after the last.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ClassGrowth {
    /// The class.
    pub class: ValueClass,
    /// The rates, by the year they lead to.
    pub points: Vec<(Year, Decimal)>,
}

/// Reads `[growth]`: classes with their rates by year, or `none` for a class that does not grow.
pub(super) fn read(fields: &mut Fields<'_, '_>) -> Option<Vec<ClassGrowth>> {
    fields.known(&["growth"]);
    if !fields.has("growth") {
        return Some(Vec::new());
    }
    let mut fields = fields.fields("growth")?;
    let mut found = Vec::new();
    let mut sound = true;
    for (word, class) in ValueClass::WORDS {
        match fields.node(word) {
            Some(node) => match read_class(*class, node, fields.problems()) {
                Some(growth) => found.extend(growth),
                None => sound = false,
            },
            None => sound &= !fields.has(word),
        }
    }
    fields.finish();
    sound.then_some(found)
}

/// None inside where the class does not grow.
fn read_class(class: ValueClass, node: &Node, problems: &mut Problems) -> Option<Option<ClassGrowth>> {
    match &node.value {
        Value::Text(word) if word == "none" => Some(None),
        Value::Table(_) => {
            let mut fields = Fields::of(node, problems)?;
            let mut entries = fields.rest();
            entries.sort_by(|left, right| left.key.cmp(&right.key));
            let points: Vec<_> = entries.iter().filter_map(|entry| read_point(entry, fields.problems())).collect();
            fields.finish();
            (points.len() == entries.len() && !points.is_empty()).then_some(Some(ClassGrowth { class, points }))
        }
        _ => node.wrong_kind("rates by year, such as `{ 2025 = 0.009 }`, or `none`", problems),
    }
}

fn read_point(entry: &crate::document::Entry, problems: &mut Problems) -> Option<(Year, Decimal)> {
    let year = entry.key.parse::<i64>().ok().and_then(|number| Year::new(number).ok()).or_else(|| {
        let expected = "a year between 1900 and 2999";
        let fault = UnitError::OutOfRange { quantity: "year", value: entry.key.clone(), expected };
        entry.node.refuse(fault, problems)
    });
    let rate = entry.node.read_number(problems)?;
    if rate <= Decimal::NEGATIVE_ONE {
        let fault = UnitError::OutOfRange { quantity: "growth", value: rate.to_string(), expected: "above -1" };
        return entry.node.refuse(fault, problems);
    }
    Some((year?, rate))
}
