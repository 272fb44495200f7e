//! Labels and languages on their way to Python: a label is a `str` in English that knows its Norwegian text.

use crate::error::plain;
use impact_core::model::Marks;
use impact_core::units::{Label, Language};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyTuple, PyType};

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

/// Marks as words.
pub fn mark_words(marks: Marks) -> Vec<&'static str> {
    let words = [("illustrative", marks.illustrative), ("unverified", marks.unverified)];
    words.into_iter().filter(|(_, is)| *is).map(|(word, _)| word).collect()
}

/// Marks as a tuple of words.
pub fn marked(py: Python<'_>, marks: Marks) -> PyResult<Bound<'_, PyTuple>> {
    PyTuple::new(py, mark_words(marks))
}

/// A text of an author in one line for a terminal: what controls it or turns the text after it is written as an escape.
pub fn visible(text: &str) -> String {
    let hidden = |character: char| {
        character.is_control()
            || matches!(character, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let shown = text.chars().map(|character| match hidden(character) {
        true => character.escape_unicode().to_string(),
        false => character.to_string(),
    });
    shown.collect()
}
