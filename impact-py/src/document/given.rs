//! Documents as they are given: a text, or bytes and their form.

use crate::error::plain;
use impact_core::Model;
use impact_core::document::{Form, Node};
use impact_core::error::ModelError;
use pyo3::prelude::*;
use pyo3::types::PyString;

/// The text, which must be Unicode.
pub fn text<'a>(text: &'a Bound<'_, PyString>) -> PyResult<&'a str> {
    text.to_str().map_err(|_| plain(text.py(), "the text has characters that are not Unicode (lone surrogates)"))
}

/// The form by its name.
pub fn form(py: Python<'_>, name: Option<&str>) -> PyResult<Option<Form>> {
    match name {
        None => Ok(None),
        Some("toml") => Ok(Some(Form::Toml)),
        Some("json") => Ok(Some(Form::Json)),
        Some(other) => Err(plain(py, &format!("`{other}` is not a form of documents: choose `toml` or `json`"))),
    }
}

/// The model in some bytes; of a form that is known, or found out.
pub fn model(content: &[u8], form: Option<Form>) -> Result<Model, ModelError> {
    let text = std::str::from_utf8(content).ok().map(|text| text.strip_prefix('\u{feff}').unwrap_or(text));
    match (form, text) {
        (None, _) => Model::from_bytes(content),
        (Some(Form::Toml), Some(text)) => Model::from_toml(text),
        (Some(Form::Json), Some(text)) => Model::from_json(text),
        (Some(form), None) => Model::from_node(Node::from_bytes(content, form)?),
    }
}
