//! The schema of a model document.

use pyo3::prelude::*;

/// Give the JSON Schema (2020-12) of a model document, as text, for editors and services.
///
/// Returns
/// -------
/// str
///     The schema. It says what may stand where; reading a document says what goes together.
///
/// Examples
/// --------
/// >>> import json
/// >>> import socialimpact as si
/// >>> json.loads(si.model_schema())["properties"]["impact"]["const"]
/// 1
#[pyfunction]
pub fn model_schema() -> &'static str {
    impact_core::model::schema()
}
