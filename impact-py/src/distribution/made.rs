//! Distributions from arguments: what was given becomes the form a document would have, and the core reads that.
//!
//! One rule: nothing is checked here; a wrong number is refused in the words of a document, at the argument's name.

use super::Distribution;
use crate::document::{decimal_at, value};
use crate::error::told;
use crate::returns::elements;
use impact_core::address::{Address, Place};
use impact_core::document::{Node, Table, Value};
use impact_core::error::ModelError;
use impact_core::model::Uncertain;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyMapping, PyString};

/// An argument by its name, where it was given.
pub type Named<'a, 'py> = (&'static str, Option<&'a Bound<'py, PyAny>>);

/// A form with numbers in a fixed order; `shape` is its word beside it.
pub fn row(py: Python<'_>, form: &str, numbers: &[Named<'_, '_>], shape: Option<&str>) -> PyResult<Distribution> {
    let given = numbers.iter().filter_map(|(name, object)| Some((name, (*object)?)));
    let numbers = given.map(|(name, object)| told(py, decimal_at(object, &place(form).child(name))?));
    let numbers = Value::list(numbers.collect::<PyResult<Vec<_>>>()?);
    read(py, [(form, Some(numbers)), ("shape", shape.map(Value::text))])
}

/// A form with one number.
pub fn number(py: Python<'_>, form: &str, (name, object): (&str, &Bound<'_, PyAny>)) -> PyResult<Distribution> {
    let number = told(py, decimal_at(object, &place(form).child(name))?)?;
    read(py, [(form, Some(Value::number(number)))])
}

/// A form with parameters by name.
pub fn table(py: Python<'_>, form: &str, parameters: &[Named<'_, '_>]) -> PyResult<Distribution> {
    let given = parameters.iter().filter_map(|(name, object)| Some((*name, (*object)?)));
    let given = given.map(|(name, object)| Ok((name, Some(argument(py, object, &place(form).child(name))?))));
    let parameters = collected(py, given.collect::<PyResult<Vec<_>>>()?)?;
    read(py, [(form, Some(parameters.into()))])
}

/// A form with a list, of values or of pairs; a mapping is a list of pairs.
pub fn list(py: Python<'_>, form: &str, (name, object): (&str, &Bound<'_, PyAny>)) -> PyResult<Distribution> {
    if object.cast::<PyMapping>().is_err() {
        let _is_sequence = elements(object, name, "values")?;
    }
    read(py, [(form, Some(argument(py, object, &place(form))?))])
}

/// A form as Python's own values.
pub fn form(py: Python<'_>, object: &Bound<'_, PyAny>) -> PyResult<Distribution> {
    let value = told(py, value(object, &Address::root())?)?;
    uncertain(py, &Node::new(Address::root(), value))
}

fn place(form: &str) -> Address {
    Address::root().child(form)
}

fn argument(py: Python<'_>, object: &Bound<'_, PyAny>, place: &Address) -> PyResult<Value> {
    told(py, value(&plain(object)?, place)?)
}

/// Arrays, series and generators as lists, and what lies in them; a mapping with keys that are no texts as its pairs.
fn plain<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    if object.is_instance_of::<PyString>() || object.is_instance_of::<Distribution>() {
        return Ok(object.clone());
    }
    if let Ok(mapping) = object.cast::<PyMapping>() {
        let is_form = mapping.keys()?.iter().all(|key| key.is_instance_of::<PyString>());
        return if is_form { Ok(object.clone()) } else { Ok(mapping.items()?.into_any()) };
    }
    let Ok(elements) = object.try_iter() else { return Ok(object.clone()) };
    let elements = elements.map(|element| plain(&element?)).collect::<PyResult<Vec<_>>>()?;
    Ok(PyList::new(object.py(), elements)?.into_any())
}

fn read<'a>(py: Python<'_>, entries: impl IntoIterator<Item = (&'a str, Option<Value>)>) -> PyResult<Distribution> {
    let form = collected(py, entries)?;
    uncertain(py, &Node::new(Address::root(), form))
}

fn collected<'a>(py: Python<'_>, entries: impl IntoIterator<Item = (&'a str, Option<Value>)>) -> PyResult<Table> {
    let mut table = Table::default();
    for (key, value) in entries {
        let Some(value) = value else { continue };
        let put = table.insert(key, value);
        told(py, put.map_err(|fault| ModelError::one(Place::document(), fault)))?;
    }
    Ok(table)
}

fn uncertain(py: Python<'_>, form: &Node) -> PyResult<Distribution> {
    told(py, py.detach(|| Uncertain::read(form))).map(Distribution::new)
}
