//! The embedded templates of models.

use crate::error::told;
use crate::rows::labels;
use crate::table::{Columns, Table, TableError};
use impact_core::reference::Template;
use pyo3::prelude::*;

/// List the templates: model documents of a domain, to begin one's own from.
///
/// Returns
/// -------
/// Table
///     One row a template, with what it is called, what is done and not counted, and the edition.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> si.templates()["id"][:3]
/// ['work-inclusion', 'reentry', 'child-welfare']
#[pyfunction]
pub fn templates() -> PyResult<Table> {
    Ok(table(Template::all())?)
}

/// Give one template as a table of one row, with its text.
#[pyfunction]
#[pyo3(signature = (template, /))]
pub fn template_table(py: Python<'_>, template: &str) -> PyResult<Table> {
    Ok(table(std::slice::from_ref(told(py, Template::embedded(template))?))?)
}

fn table(rows: &[Template]) -> Result<Table, TableError> {
    let columns = Columns::new().text("id", rows.iter().map(|row| row.id));
    let columns = labels(columns, "name", rows.iter().map(|row| Some(&row.name)));
    labels(columns, "description", rows.iter().map(|row| Some(&row.description)))
        .text("country", rows.iter().map(|row| row.country.code()))
        .text("edition", rows.iter().map(|row| row.edition.as_str()))
        .text("text", rows.iter().map(|row| row.text))
        .table()
}
