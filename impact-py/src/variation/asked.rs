//! Addresses, values and ranges on their way from Python, and what is wrong with them on its way back.
//!
//! One rule: what is wrong is said with its place among the arguments.

use crate::document::decimal_at;
use crate::error::{Raise, at_address, at_argument, at_one_of, plain, told};
use impact_core::address::Address;
use impact_core::analysis::{Axis, BreakEvenError, MOST_CELLS, VariationError};
use impact_core::model::Model;
use pyo3::prelude::*;
use pyo3::types::{PyMapping, PyString};
use rust_decimal::Decimal;

impl Raise for VariationError {
    fn raise(&self, py: Python<'_>) -> PyErr {
        match self {
            VariationError::Number(BreakEvenError::Model(error)) => at_address(py, error),
            other => plain(py, &other.to_string()),
        }
    }
}

/// The error of a question, at the argument that holds the number it is about: `numbers` are those asked for, `values`
/// the arguments that hold their values.
pub fn placed(
    py: Python<'_>,
    error: &VariationError,
    model: &Model,
    numbers: &[(String, &Address)],
    values: &[(String, &Address)],
) -> PyErr {
    if let VariationError::Number(BreakEvenError::Model(fault)) = error {
        return at_one_of(py, fault, model, numbers.iter().cloned());
    }
    let among = if matches!(error, VariationError::Number(_)) { numbers } else { values };
    // Of two arguments with one number the second is the one too many.
    let place = error.address().and_then(|address| among.iter().rfind(|(_, own)| *own == address));
    place.map_or_else(|| error.raise(py), |(place, _)| at_argument(py, place, &error.to_string()))
}

/// An address of a model.
pub fn address(py: Python<'_>, text: &Bound<'_, PyAny>, place: &str) -> PyResult<Address> {
    let Ok(text) = text.cast::<PyString>() else {
        return Err(at_argument(py, place, "an address is a text, such as `outcomes.into-work.deadweight`"));
    };
    told(py, text.to_string_lossy().parse())
}

/// The addresses of a list.
pub fn addresses(list: &Bound<'_, PyAny>) -> PyResult<Vec<Address>> {
    let py = list.py();
    let refused = |_| at_argument(py, "addresses", "give a list of addresses");
    if list.is_instance_of::<PyString>() {
        return Err(at_argument(py, "addresses", "give a list of addresses, not a text"));
    }
    let elements = list.try_iter().map_err(refused)?.take(MOST_CELLS).enumerate();
    elements.map(|(position, element)| address(py, &element?, &format!("addresses[{position}]"))).collect()
}

/// The ranges of a mapping, each with its address.
pub fn ranges(mapping: &Bound<'_, PyAny>) -> PyResult<Vec<(Address, Decimal, Decimal)>> {
    let py = mapping.py();
    let Ok(mapping) = mapping.cast::<PyMapping>() else {
        return Err(at_argument(py, "ranges", "give a mapping of addresses to pairs of numbers"));
    };
    let range = |item: Bound<'_, PyAny>| {
        let (key, pair): (Bound<'_, PyAny>, Bound<'_, PyAny>) = item.extract()?;
        let address = address(py, &key, "ranges")?;
        let place = address.segments().fold(Address::root().child("ranges"), |place, segment| place.child(segment));
        match numbers(&pair, &place)?.as_slice() {
            [low, high] => Ok((address, *low, *high)),
            _ => Err(at_argument(py, place.as_str(), "a range has two ends: give a pair of numbers")),
        }
    };
    mapping.items()?.iter().map(range).collect()
}

/// The numbers of a list, a tuple, an array.
fn numbers(list: &Bound<'_, PyAny>, place: &Address) -> PyResult<Vec<Decimal>> {
    let py = list.py();
    let refused = || at_argument(py, place.as_str(), "give a list of numbers");
    if list.is_instance_of::<PyString>() {
        return Err(refused());
    }
    // One more than any grid holds, so that the core says what is too many.
    let elements = list.try_iter().map_err(|_| refused())?.take(MOST_CELLS.saturating_add(1)).enumerate();
    let number = |(position, element): (usize, PyResult<Bound<'_, PyAny>>)| {
        told(py, decimal_at(&element?, &place.element(position))?)
    };
    elements.map(number).collect()
}

/// The values of a number, as they are given or in equal steps between two.
pub fn axis(address: Address, values: &Bound<'_, PyAny>, steps: Option<usize>, place: &str) -> PyResult<Axis> {
    let py = values.py();
    let found = numbers(values, &Address::root().child(place))?;
    match (steps, found.as_slice()) {
        (None, _) => Ok(Axis::at(address, found)),
        (Some(steps), [low, high]) => told(py, Axis::spaced(address, *low, *high, steps)),
        (Some(_), _) => Err(at_argument(py, place, "with `steps`, give the first and the last value")),
    }
}

/// A pair of an address and its values.
pub fn pair<'py>(pair: &Bound<'py, PyAny>, place: &str) -> PyResult<(Address, Bound<'py, PyAny>)> {
    let py = pair.py();
    let refused = |_| at_argument(py, place, "give a pair: an address and its values");
    let (text, values): (Bound<'_, PyAny>, Bound<'_, PyAny>) = pair.extract().map_err(refused)?;
    Ok((address(py, &text, place)?, values))
}
