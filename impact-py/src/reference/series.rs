//! The embedded index series.

use crate::error::told;
use crate::rows::{labels, number, sources};
use crate::table::{Columns, Table};
use impact_core::reference::{IndexRow, IndexSeries, Indices};
use pyo3::prelude::*;

/// List the embedded index series: price levels, basic amount, exchange rates, purchasing power.
///
/// Returns
/// -------
/// Table
///     One row a series and year. ``base`` says what the values are in, ``derived`` how they follow from what the source says
///     where they are not its own.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> {"consumer-prices", "exchange"} <= set(si.indices()["kind"])
/// True
#[pyfunction]
pub fn indices(py: Python<'_>) -> PyResult<Table> {
    Ok(py.detach(|| {
        let all = Indices::embedded().series().iter().flat_map(|series| series.rows().map(move |row| (series, row)));
        let rows: Vec<(&IndexSeries, IndexRow<'_>)> = all.collect();
        let table = Columns::new()
            .text("series", rows.iter().map(|(_, row)| row.series))
            .text("kind", rows.iter().map(|(_, row)| row.kind.word()));
        let table = labels(table, "title", rows.iter().map(|(series, _)| Some(series.title())))
            .text("country", rows.iter().map(|(_, row)| row.country))
            .words("currency", rows.iter().map(|(_, row)| row.currency.map(|currency| currency.to_string())))
            .words("per", rows.iter().map(|(_, row)| row.per.map(|currency| currency.to_string())))
            .text("base", rows.iter().map(|(series, _)| series.base()))
            .whole("year", rows.iter().map(|(_, row)| number(row.year)))
            .amount("value", rows.iter().map(|(_, row)| row.value))
            .text("derived", rows.iter().map(|(series, _)| series.derived()))
            .text("edition", rows.iter().map(|(_, row)| row.edition.as_str()))
            .text("grade", rows.iter().map(|(_, row)| row.grade.word()));
        sources(table, rows.iter().map(|(_, row)| Some(row.source)))
            .text("note", rows.iter().map(|(series, _)| series.note()))
            .table()
    })?)
}

/// Give one index series, year by year.
///
/// Parameters
/// ----------
/// series : str
///     The id of the series, such as ``"cpi-no"``; :func:`indices` lists them.
///
/// Returns
/// -------
/// Table
///     ``year``, ``value`` and ``change``, the change from the year before in percent where that is what the source says and
///     the value follows from it. What the source calls provisional its ``note`` in :func:`indices` tells.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> dict(zip(si.index("g-no")["year"], si.index("g-no")["value"]))[2024]
/// Decimal('122225')
#[pyfunction]
#[pyo3(signature = (series, /))]
pub fn index(py: Python<'_>, series: &str) -> PyResult<Table> {
    let series = told(py, Indices::embedded().named(series))?;
    let change = |year| series.changes().get(year).copied();
    Ok(Columns::new()
        .whole("year", series.values().keys().map(|year| number(*year)))
        .amount("value", series.values().values().copied())
        .amount("change", series.values().keys().map(change))
        .table()?)
}
