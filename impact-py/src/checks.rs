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
///     silence it, lines of a document in which it finds something, what it is found in (``"document"`` or
///     ``"simulation"``), and its page in the manual.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> rules = {row["rule"]: row for row in si.checks().to_pylist()}
/// >>> rules["no-drop-off"]["page"], rules["few-draws"]["found_in"]
/// ('docs/checks/no-drop-off.md', 'simulation')
#[pyfunction]
pub fn checks(py: Python<'_>) -> PyResult<Table> {
    Ok(py.detach(|| rows::rules(&rule_rows()))?)
}
