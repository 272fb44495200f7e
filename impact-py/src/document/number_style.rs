//! How numbers are written, as the core tells it.

use pyo3::prelude::*;

/// Whether a text is a number whose point may as well part its thousands.
#[pyfunction]
#[pyo3(signature = (text, /))]
pub fn is_point_ambiguous(text: &str) -> bool {
    impact_core::document::is_point_ambiguous(text)
}
