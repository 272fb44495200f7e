//! Questions of a document on their way to Python.

use impact_core::model::NamedQuestion;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

/// The question as `socialimpact.Question`.
pub fn asked<'py>(py: Python<'py>, named: &NamedQuestion) -> PyResult<Bound<'py, PyAny>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    CLASS.import(py, "socialimpact.question", "Question")?.call1((
        &named.id,
        named.break_even.as_str(),
        named.question.measure.name(),
        named.question.perspective.to_string(),
        &named.question.outcome,
        named.target,
    ))
}
