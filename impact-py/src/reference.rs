//! Reference figures: the embedded conventions, unit costs and index series as tables.

use crate::error::told;
use crate::rows::{labels, number, sources};
use crate::table::{Columns, Table};
use impact_core::reference::{Catalogue, Convention, Entry, IndexRow, Indices, Search};
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

/// List the embedded unit costs.
///
/// Parameters
/// ----------
/// words : str, optional
///     Only entries in which every word is found, in English or Norwegian, the best match first.
///
/// Returns
/// -------
/// Table
///     One row an entry, with its source, grade and what to beware of.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> "der-no-sosialhjelp-year-2022" in si.catalogue("sosialhjelp")["id"]
/// True
#[pyfunction]
#[pyo3(signature = (words = ""))]
pub fn catalogue(py: Python<'_>, words: &str) -> PyResult<Table> {
    Ok(py.detach(|| {
        let rows: Vec<&Entry> = Catalogue::embedded().search(&Search::new().words(words));
        let payers = |row: &&Entry| row.payers.iter().map(|payer| payer.word()).collect::<Vec<_>>().join(", ");
        let table = Columns::new()
            .text("id", rows.iter().map(|row| row.id.as_str()))
            .words("country", rows.iter().map(|row| row.country.to_string()))
            .text("domain", rows.iter().map(|row| row.domain.word()));
        let table = labels(table, "name", rows.iter().map(|row| Some(&row.name)))
            .words("unit", rows.iter().map(|row| row.unit.to_string()))
            .text("source_unit", rows.iter().map(|row| row.source_unit.as_deref()))
            .amount("value", rows.iter().map(|row| row.value))
            .amount("low", rows.iter().map(|row| row.low))
            .amount("high", rows.iter().map(|row| row.high))
            .words("currency", rows.iter().map(|row| row.currency.to_string()))
            .whole("price_year", rows.iter().map(|row| number(row.price_year.0)))
            .words("payers", rows.iter().map(payers))
            .text("cashable", rows.iter().map(|row| row.cashable.word()))
            .text("grade", rows.iter().map(|row| row.grade.word()));
        sources(table, rows.iter().map(|row| Some(&row.source)))
            .text("evidence", rows.iter().map(|row| row.evidence.as_deref()))
            .text("note", rows.iter().map(|row| row.note.as_deref()))
            .flag("derived", rows.iter().map(|row| row.derived))
            .table()
    })?)
}

/// List the embedded index series: price levels, basic amount, exchange rates, purchasing power.
///
/// Returns
/// -------
/// Table
///     One row a series and year.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> {"consumer-prices", "exchange"} <= set(si.indices()["kind"])
/// True
#[pyfunction]
pub fn indices(py: Python<'_>) -> PyResult<Table> {
    Ok(py.detach(|| {
        let rows: Vec<IndexRow<'_>> = Indices::embedded().rows().collect();
        let table = Columns::new()
            .text("series", rows.iter().map(|row| row.series))
            .text("kind", rows.iter().map(|row| row.kind.word()))
            .text("country", rows.iter().map(|row| row.country))
            .words("currency", rows.iter().map(|row| row.currency.map(|currency| currency.to_string())))
            .words("per", rows.iter().map(|row| row.per.map(|currency| currency.to_string())))
            .whole("year", rows.iter().map(|row| number(row.year)))
            .amount("value", rows.iter().map(|row| row.value))
            .text("edition", rows.iter().map(|row| row.edition.as_str()))
            .text("grade", rows.iter().map(|row| row.grade.word()));
        sources(table, rows.iter().map(|row| Some(row.source))).table()
    })?)
}
