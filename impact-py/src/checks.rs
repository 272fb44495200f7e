//! The rules of the checks as a table.

use crate::rows;
use crate::table::Table;
use impact_core::report::rule_rows;
use pyo3::prelude::*;

/// List the rules of the checks.
///
/// Returns
/// -------
/// Table
///     One row a rule: what it looks for and why, in English and Norwegian, where it comes from, whether a document may
///     silence it, and lines of a document in which it finds something.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> "no-drop-off" in si.checks()["rule"]
/// True
#[pyfunction]
pub fn checks(py: Python<'_>) -> PyResult<Table> {
    Ok(py.detach(|| rows::rules(&rule_rows()))?)
}
