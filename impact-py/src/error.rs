//! Errors on their way to Python: everything wrong with an input becomes one `ImpactError` with its problems.
//!
//! One rule: the core writes the text; nothing is added here.

use impact_core::error::{ModelError, Problem};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

/// The module that defines the two classes. They are Python classes, because the stable ABI of 3.11 cannot derive from
/// `ValueError`.
const HOME: &str = "socialimpact.errors";

/// The Python exception for `error`, or the failure to make one.
pub fn to_python(py: Python<'_>, error: &ModelError) -> PyErr {
    exception(py, error).unwrap_or_else(|failure| failure)
}

fn exception(py: Python<'_>, error: &ModelError) -> PyResult<PyErr> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let problems = error.problems().iter().map(|found| problem(py, found)).collect::<PyResult<Vec<_>>>()?;
    let class = CLASS.import(py, HOME, "ImpactError")?;
    Ok(PyErr::from_value(class.call1((error.to_string(), problems, error.total()))?))
}

fn problem<'py>(py: Python<'py>, problem: &Problem) -> PyResult<Bound<'py, PyAny>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let place = &problem.place;
    let (line, column) = place.span.map(|span| (span.line, span.column)).unzip();
    CLASS.import(py, HOME, "Problem")?.call1((
        place.to_string(),
        place.address.as_str(),
        line,
        column,
        problem.fault.to_string(),
    ))
}
