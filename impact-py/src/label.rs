//! Labels and languages on their way to Python: a label is a `str` in English that knows its Norwegian text.

use crate::error::plain;
use impact_core::units::{Label, Language};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

/// The label as `socialimpact.Label`.
pub fn label<'py>(py: Python<'py>, label: &Label) -> PyResult<Bound<'py, PyAny>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    CLASS.import(py, "socialimpact.label", "Label")?.call1((&label.en, &label.nb))
}

/// The language by its code.
pub fn language(py: Python<'_>, code: &str) -> PyResult<Language> {
    match code {
        "en" => Ok(Language::English),
        "nb" => Ok(Language::Bokmal),
        other => Err(plain(py, &format!("`{other}` is not a language of the reports: choose `en` or `nb`"))),
    }
}
