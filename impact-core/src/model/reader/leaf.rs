//! Reading one number: plain, or a table that says how uncertain it is, where it comes from and how far it can be trusted.
//!
//! One rule: a number is checked at its point value and over the whole range of its distribution.

use super::common::{label, source, text};
use super::numbers::Meant;
use crate::distribution::Distribution;
use crate::document::{Fields, Node, Value};
use crate::error::Problems;
use crate::model::{Accepts, Assumption, Marks, ModelFault, Origin, Point};
use crate::reference::Grade;
use rust_decimal::Decimal;

/// The number here, where it is not a use of a shared one.
pub(super) fn read(node: &Node, meant: &Meant<'_>, problems: &mut Problems) -> Option<Assumption> {
    match &node.value {
        Value::Number(_) | Value::Text(_) => {
            let point = accepted(node, node.read_number(problems)?, meant, problems)?;
            Some(plain(node, point, meant))
        }
        Value::Table(_) => read_table(Fields::of(node, problems)?, meant),
        _ => node.wrong_kind("a number, or a table with `value`", problems),
    }
}

fn read_table(mut fields: Fields<'_, '_>, meant: &Meant<'_>) -> Option<Assumption> {
    let node = fields.here();
    let level = read_level(&mut fields, meant);
    let name = label(&mut fields, "name");
    let unit = if meant.unit.is_empty() { text(&mut fields, "unit").unwrap_or_default() } else { meant.unit.clone() };
    let source = source(&mut fields, "source");
    let marks = Marks {
        illustrative: fields.flag("illustrative").unwrap_or(meant.around.illustrative),
        unverified: fields.flag("unverified").unwrap_or(false),
    };
    let grade = fields.one_of("grade", Grade::WORDS);
    let note = text(&mut fields, "note");
    fields.finish();
    let Level { point, point_is, distribution } = level?;
    let around = meant.around.nearer(source, grade);
    let plain = plain(node, point, meant);
    Some(Assumption {
        name,
        point_is,
        distribution,
        unit,
        source: around.source,
        grade: around.grade,
        marks,
        note,
        ..plain
    })
}

fn plain(node: &Node, point: Decimal, meant: &Meant<'_>) -> Assumption {
    Assumption {
        address: node.address().clone(),
        name: None,
        point,
        point_is: Point::Given,
        distribution: None,
        accepts: meant.accepts,
        unit: meant.unit.clone(),
        source: meant.around.source.clone(),
        grade: meant.around.grade,
        marks: Marks { illustrative: meant.around.illustrative, unverified: false },
        origin: Origin::Document,
        used_at: vec![node.address().clone()],
        note: None,
    }
}

/// What a number is, and how it may vary.
struct Level {
    point: Decimal,
    point_is: Point,
    distribution: Option<Distribution>,
}

fn read_level(fields: &mut Fields<'_, '_>, meant: &Meant<'_>) -> Option<Level> {
    fields.known(&["value", "best", "shape"]);
    fields.known(&super::uncertain::forms().collect::<Vec<_>>());
    let keys = std::iter::once("value").chain(super::uncertain::forms());
    let forms: Vec<&str> = keys.filter(|key| fields.has(key)).collect();
    match forms.as_slice() {
        ["value"] => read_value(fields, meant),
        [form] => read_uncertain(fields, form, meant),
        [] => {
            // A mistyped key is said by itself; without one, nothing stands where the number should.
            if !has_stray_key(fields) {
                fields.refuse_here(ModelFault::NoNumber);
            }
            None
        }
        several => {
            let forms = several.iter().map(|form| (*form).to_owned()).collect();
            fields.refuse_here(ModelFault::SeveralForms { forms });
            None
        }
    }
}

fn has_stray_key(fields: &Fields<'_, '_>) -> bool {
    let known = ["best", "name", "unit", "source", "illustrative", "unverified", "grade", "note"];
    let entries = fields.here().as_table().map(|table| table.entries()).unwrap_or_default();
    entries.iter().any(|entry| !known.contains(&entry.key.as_str()))
}

fn read_value(fields: &mut Fields<'_, '_>, meant: &Meant<'_>) -> Option<Level> {
    if fields.has("best") {
        fields.refuse("best", ModelFault::BestBesideValue);
    }
    if fields.has("shape") {
        fields.refuse("shape", ModelFault::Meaningless { key: "shape", because: "it goes with `range90`" });
    }
    let node = fields.node("value")?;
    let value = node.read_number(fields.problems())?;
    let point = accepted(node, value, meant, fields.problems())?;
    Some(Level { point, point_is: Point::Given, distribution: None })
}

fn read_uncertain(fields: &mut Fields<'_, '_>, form: &str, meant: &Meant<'_>) -> Option<Level> {
    let distribution = super::uncertain::read(fields, form);
    let best = fields.number("best");
    let distribution = distribution?;
    if reaches_outside(&distribution, meant.accepts) {
        let (quantity, expected) = (meant.quantity.to_owned(), meant.accepts.words());
        fields.refuse_here(ModelFault::ReachesOutside { quantity, expected, reaches: reaches(&distribution) });
        return None;
    }
    let Some(best) = best else {
        let mean = distribution.mean_exact();
        return Some(Level { point: mean, point_is: Point::Mean, distribution: Some(distribution) });
    };
    let (low, high) = distribution.support();
    if !(low..=high).contains(&float(best)) {
        fields.refuse("best", ModelFault::BestOutside { best, reaches: reaches(&distribution) });
        return None;
    }
    let node = fields.node("best")?;
    let point = accepted(node, best, meant, fields.problems())?;
    Some(Level { point, point_is: Point::Best, distribution: Some(distribution) })
}

fn accepted(node: &Node, value: Decimal, meant: &Meant<'_>, problems: &mut Problems) -> Option<Decimal> {
    if meant.accepts.accepts(value) {
        return Some(value);
    }
    let (quantity, expected) = (meant.quantity.to_owned(), meant.accepts.words());
    node.refuse(ModelFault::NotAccepted { quantity, value, expected }, problems)
}

/// Which value of an assumption is not accepted, in words; none where all are.
pub(super) fn misfit(assumption: &Assumption, accepts: Accepts) -> Option<String> {
    match &assumption.distribution {
        Some(distribution) if reaches_outside(distribution, accepts) => {
            Some(format!("it reaches {}", reaches(distribution)))
        }
        // A mean may lie between the values that are drawn.
        Some(_) if assumption.point_is == Point::Mean => None,
        _ if !accepts.accepts(assumption.point) => Some(format!("its value is `{}`", assumption.point)),
        _ => None,
    }
}

fn reaches_outside(distribution: &Distribution, accepts: Accepts) -> bool {
    let (low, high) = distribution.support();
    match accepts {
        Accepts::Any => false,
        Accepts::Growth => low <= -1.0,
        Accepts::Difference => low < -1.0 || high > 1.0,
        Accepts::NotNegative | Accepts::People => low < 0.0,
        // A continuous distribution from zero never draws zero itself.
        Accepts::Positive | Accepts::SomePeople => low < 0.0 || (low == 0.0 && distribution.is_discrete()),
        Accepts::Share => low < 0.0 || high > 1.0,
    }
}

/// The range of a distribution in words.
fn reaches(distribution: &Distribution) -> String {
    match distribution.support() {
        (f64::NEG_INFINITY, f64::INFINITY) => "without end both ways".to_owned(),
        (f64::NEG_INFINITY, high) => format!("up to {high}, without end downwards"),
        (low, f64::INFINITY) => format!("from {low} without end upwards"),
        (low, high) => format!("from {low} to {high}"),
    }
}

/// The largest value of an assumption's distribution, where it has one.
pub(super) fn largest(assumption: &Assumption) -> Option<f64> {
    assumption.distribution.as_ref().map(|distribution| distribution.support().1)
}

/// The float nearest to a decimal.
fn float(value: Decimal) -> f64 {
    crate::number::Constant::from(value).float()
}
