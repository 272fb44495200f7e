//! What results share: they travel as their model and the question, and equal content has an equal hash.

use crate::error::Raise;
use pyo3::prelude::*;
use pyo3::types::{PyAny, PyDict, PyTuple};
use std::hash::{DefaultHasher, Hash, Hasher};

/// How pickle makes a result again: by asking `owner` the same question.
pub fn recomputed<'py>(
    py: Python<'py>,
    method: &str,
    argument: Option<&str>,
    named: Option<&Bound<'py, PyDict>>,
    owner: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyTuple>> {
    let asked = PyTuple::new(py, std::iter::once(method).chain(argument).collect::<Vec<_>>())?;
    let caller = py.import("operator")?.getattr("methodcaller")?.call(asked, named)?;
    (caller, (owner,)).into_pyobject(py)
}

/// A hash of everything in a result.
pub fn content_hash(py: Python<'_>, content: &impl serde::Serialize) -> PyResult<u64> {
    let mut hasher = DefaultHasher::new();
    json(py, content)?.hash(&mut hasher);
    Ok(hasher.finish())
}

/// A result as JSON.
pub fn json(py: Python<'_>, content: &impl serde::Serialize) -> PyResult<String> {
    serde_json::to_string(content).map_err(|error| error.raise(py))
}

/// A result as Python's own values, numbers as decimal strings.
pub fn values<'py>(py: Python<'py>, content: &impl serde::Serialize) -> PyResult<Bound<'py, PyAny>> {
    py.import("json")?.getattr("loads")?.call1((json(py, content)?,))
}
