//! What stands beside the priced account.
//!
//! The results are Python classes, made of what the core gives as JSON, each with its rows as a table.

use crate::results::values;
use crate::rows;
use impact_core::evaluation::Appraisal;
use pyo3::prelude::*;

/// A result as the Python class of its name, with its rows.
fn made<'py>(
    py: Python<'py>,
    class: &str,
    found: &impl serde::Serialize,
    table: crate::table::Table,
) -> PyResult<Bound<'py, PyAny>> {
    py.import("socialimpact.beside")?.getattr(class)?.call_method1("_of", (values(py, found)?, table))
}

/// Effects without a price as `socialimpact.NonPriced`; none where there are none.
pub fn non_priced<'py>(py: Python<'py>, appraisal: &Appraisal) -> PyResult<Option<Bound<'py, PyAny>>> {
    let found = py.detach(|| appraisal.non_priced());
    found.map(|found| made(py, "NonPriced", &found, rows::non_priced(&found.effects)?)).transpose()
}
