//! What results share: they travel as their model and the question, equal content has an equal hash, and a copy of what
//! never changes is the thing itself.

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

/// Makes a copy of a class, shallow or deep, the thing itself: nothing in it can be changed.
macro_rules! copied_as_itself {
    ($class:ty) => {
        #[pyo3::pymethods]
        impl $class {
            fn __copy__(slf: pyo3::Py<Self>) -> pyo3::Py<Self> {
                slf
            }

            fn __deepcopy__(slf: pyo3::Py<Self>, _memo: &pyo3::Bound<'_, pyo3::PyAny>) -> pyo3::Py<Self> {
                slf
            }
        }
    };
}
pub(crate) use copied_as_itself;

/// Makes results of a class equal where this field of them is, with the hash of its content; and a copy the thing itself.
macro_rules! equal_content {
    ($class:ty, $content:ident) => {
        $crate::results::copied_as_itself!($class);

        #[pyo3::pymethods]
        impl $class {
            fn __eq__(&self, other: &Self) -> bool {
                self.$content == other.$content
            }

            fn __hash__(&self, py: pyo3::Python<'_>) -> pyo3::PyResult<u64> {
                $crate::results::content_hash(py, &self.$content)
            }
        }
    };
}
pub(crate) use equal_content;
