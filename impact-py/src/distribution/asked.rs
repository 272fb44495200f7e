//! One number or many: a question to a distribution is answered in the shape it was asked.

use crate::document::kind;
use crate::error::at_argument;
use crate::returns::elements;
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyList, PyString};
use std::fmt::Display;

/// The answer for a number, for a sequence of numbers as a list of answers; `name` is that of the argument.
pub fn answer<'py, T: IntoPyObject<'py> + Send, E: Display + Send>(
    object: &Bound<'py, PyAny>,
    name: &str,
    question: impl Fn(f64) -> Result<T, E> + Sync,
) -> PyResult<Bound<'py, PyAny>> {
    let py = object.py();
    if object.is_instance_of::<PyString>() || object.try_iter().is_err() {
        let answer = question(float(object, name)?).map_err(|fault| at_argument(py, name, &fault.to_string()))?;
        return answer.into_bound_py_any(py);
    }
    let numbers = numbers(object, name)?;
    let answers = py.detach(|| {
        let answers = numbers.iter().enumerate().map(|(position, x)| question(*x).map_err(|fault| (position, fault)));
        answers.collect::<Result<Vec<T>, _>>()
    });
    let answers = answers.map_err(|(position, fault)| at_argument(py, &at(name, position), &fault.to_string()))?;
    Ok(PyList::new(py, answers)?.into_any())
}

/// A sequence of numbers as floats; `name` is that of the argument.
pub fn numbers(object: &Bound<'_, PyAny>, name: &str) -> PyResult<Vec<f64>> {
    elements(object, name, "numbers")?.enumerate().map(|(position, x)| float(&x?, &at(name, position))).collect()
}

fn at(name: &str, position: usize) -> String {
    format!("{name}[{position}]")
}

/// A number as a float; `place` is that of the argument.
pub fn float(object: &Bound<'_, PyAny>, place: &str) -> PyResult<f64> {
    let refuse = || {
        let message = format!("`{}` is no number: give an int, a float or a Decimal", kind(object));
        at_argument(object.py(), place, &message)
    };
    let no_number = object.is_instance_of::<PyString>() || object.is_instance_of::<PyBool>();
    if no_number { Err(refuse()) } else { object.extract().map_err(|_| refuse()) }
}
