//! Reads forms of distributions from JSON by the list of forms alone, as a model reader would.
#![allow(dead_code, reason = "each test file uses its own part of this one")]

use impact_core::distribution::{Distribution, DistributionError, Form, Layout};
use rust_decimal::Decimal;
use serde_json::Value;

/// A number as its author wrote it.
pub fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn number(value: &Value) -> Decimal {
    value.as_str().unwrap().parse().unwrap()
}

fn decimals(value: &Value) -> Vec<Decimal> {
    value.as_array().unwrap().iter().map(number).collect()
}

/// Reads a form as a model reader would: by the list of forms alone.
pub fn read(document: &Value) -> Result<Distribution, DistributionError> {
    let table = document.as_object().unwrap();
    let (name, given) = table.iter().find(|(key, _)| *key != "shape").unwrap();
    let wanted_shape = table.get("shape").and_then(Value::as_str);
    let form = Form::named(name).unwrap();
    form.layouts.iter().find_map(|layout| read_layout(*layout, given, wanted_shape)).unwrap()
}

fn read_layout(layout: Layout, given: &Value, wanted: Option<&str>) -> Option<Result<Distribution, DistributionError>> {
    let pairs = || given.as_array().unwrap().iter().map(|pair| pair.as_array().unwrap());
    Some(match layout {
        Layout::Number { build, .. } => build(&[number(given)]),
        Layout::Row { shape, build, .. } => (given.is_array() && shape == wanted).then(|| build(&decimals(given)))?,
        Layout::Table { parameters, build } => {
            let numbers: Option<Vec<Decimal>> = parameters.iter().map(|key| given.get(key).map(number)).collect();
            build(&numbers?)
        }
        Layout::Quantiles { build } => {
            let pairs = given.get("quantiles")?.as_array()?;
            build(&pairs.iter().flat_map(decimals).collect::<Vec<_>>())
        }
        Layout::Weighted => {
            Distribution::discrete(&pairs().map(|p| (number(&p[0]), number(&p[1]))).collect::<Vec<_>>())
        }
        Layout::Values => Distribution::empirical(&decimals(given)),
        Layout::Bins => Distribution::histogram(&decimals(&given["edges"]), &decimals(&given["weights"])),
        Layout::Components => Distribution::mixture(pairs().map(|p| (number(&p[0]), read(&p[1]).unwrap())).collect()),
        Layout::Cut => {
            let bound = |key: &str| given.get(key).map(number);
            Distribution::truncated(read(&given["of"]).unwrap(), bound("low"), bound("high"))
        }
        _ => return None,
    })
}
