//! The embedded conventions, and what of each was not read at its source.

use crate::error::told;
use crate::rows::{labels, sources};
use crate::table::{Columns, Table};
use impact_core::discount::Band;
use impact_core::reference::Convention;
use pyo3::prelude::*;

/// List the embedded conventions.
///
/// Returns
/// -------
/// Table
///     One row a convention, with edition, dates and source. ``rates`` are those of its own discount schedule, each with
///     the step it starts at; ``schedules`` names the others a document may choose. ``unverified`` names what was not read
///     at its source.
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
    let rates = |row: &&Convention| {
        let rate = |band: &Band| format!("{} from step {}", band.rate.value().normalize(), band.from_step);
        row.discount.schedule.bands().iter().map(rate).collect::<Vec<_>>().join("; ")
    };
    let schedules = |row: &&Convention| {
        row.discount.alternatives.iter().map(|other| other.id.as_str()).collect::<Vec<_>>().join(", ")
    };
    let table = table
        .words("rates", rows.iter().map(rates))
        .words("schedules", rows.iter().map(schedules))
        .amount("financing_cost", rows.iter().map(|row| row.financing.value()))
        .text("financing_base", rows.iter().map(|row| row.financing.base.word()))
        .amount("market_factor", rows.iter().map(|row| row.prices.market_factor.map(|factor| factor.value())))
        .text("corrections_by", rows.iter().map(|row| row.corrections.by.word()))
        .words("unverified", rows.iter().map(marks));
    Ok(labels(table, "note", rows.iter().map(|row| row.note.as_ref())).table()?)
}

/// List what of a convention was not read at its source, and what was read instead.
///
/// Parameters
/// ----------
/// id : str
///     The id of the convention.
///
/// Returns
/// -------
/// Table
///     One row a mark: the address in the convention, and why it stands there all the same.
///
/// Raises
/// ------
/// ImpactError
///     No convention has this id: the message names those there are.
#[pyfunction]
pub fn convention_marks(py: Python<'_>, id: &str) -> PyResult<Table> {
    let marks = &told(py, Convention::embedded(id))?.unverified;
    let table = Columns::new().text("address", marks.iter().map(|mark| mark.address.as_str()));
    Ok(labels(table, "why", marks.iter().map(|mark| Some(&mark.why))).table()?)
}
