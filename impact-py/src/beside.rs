//! What stands beside the priced account.
//!
//! The results are Python classes, made of what the core gives as JSON, each with its rows as a table.

use crate::error::told;
use crate::results::values;
use crate::rows;
use impact_core::evaluation::{Appraisal, PriceLevel};
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

/// Which goals are served by what as `socialimpact.GoalCoverage`; none where the document has no goals.
pub fn goals<'py>(py: Python<'py>, appraisal: &Appraisal) -> PyResult<Option<Bound<'py, PyAny>>> {
    let found = told(py, py.detach(|| appraisal.goals()))?;
    found.map(|found| made(py, "GoalCoverage", &found, rows::goals(&found)?)).transpose()
}

/// The enterprise's own account as `socialimpact.EnterpriseAccount`; none where the document has none.
pub fn enterprise<'py>(
    py: Python<'py>,
    appraisal: &Appraisal,
    price_level: PriceLevel,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let Some(found) = py.detach(|| appraisal.enterprise(price_level)) else { return Ok(None) };
    let found = told(py, found)?;
    let (years, lines) = (rows::enterprise_years(&found)?, rows::enterprise_lines(&found)?);
    let class = py.import("socialimpact.beside")?.getattr("EnterpriseAccount")?;
    Ok(Some(class.call_method1("_of", (values(py, &found)?, years, lines))?))
}
