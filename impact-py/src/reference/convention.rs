//! The embedded conventions.

use crate::error::told;
use crate::rows::{labels, sources};
use crate::table::{Columns, Table};
use impact_core::reference::Convention;
use pyo3::prelude::*;

/// List the embedded conventions.
///
/// Returns
/// -------
/// Table
///     One row a convention, with edition and source. ``unverified`` names what was not read at its source.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> "norway-r109-2021" in si.conventions()["id"]
/// True
#[pyfunction]
pub fn conventions(py: Python<'_>) -> PyResult<Table> {
    let found: Result<Vec<&Convention>, _> = Convention::ids().map(Convention::embedded).collect();
    let rows = told(py, found)?;
    let marks =
        |row: &&Convention| row.unverified.iter().map(|mark| mark.address.as_str()).collect::<Vec<_>>().join(", ");
    let table = Columns::new().text("id", rows.iter().map(|row| row.id.as_str()));
    let table = labels(table, "title", rows.iter().map(|row| Some(&row.title)))
        .text("edition", rows.iter().map(|row| row.edition.as_str()))
        .date("in_force_from", rows.iter().map(|row| row.in_force.map(|days| days.from)))
        .date("in_force_to", rows.iter().map(|row| row.in_force.and_then(|days| days.to)));
    let table = sources(table, rows.iter().map(|row| Some(&row.source)));
    let table = table
        .amount("financing_cost", rows.iter().map(|row| row.financing.value()))
        .words("unverified", rows.iter().map(marks));
    Ok(labels(table, "note", rows.iter().map(|row| row.note.as_ref())).table()?)
}
