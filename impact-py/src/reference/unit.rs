//! Conversions between units.

use crate::error::told;
use crate::table::{Columns, Table};
use impact_core::units::{UnitConversion, known_conversions};
use pyo3::prelude::*;
use rust_decimal::Decimal;

/// List how a price per one unit becomes a price per another.
///
/// Returns
/// -------
/// Table
///     ``price_per`` and ``wanted_per``, the ``factor`` that the price is multiplied by, and ``how``: ``"factor"``, or
///     ``"months-per-recipient"`` where the author states the months a year that a recipient receives, over twelve. ``thing``
///     stands for anything counted: a person, a place, a household. What is not here is stated by the author.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> [row["factor"] for row in si.units().to_pylist() if row["price_per"] == "thing-month"]
/// [Decimal('0.032876712329'), Decimal('0.230136986301'), Decimal('12')]
#[pyfunction]
pub fn units(py: Python<'_>) -> PyResult<Table> {
    let known = known_conversions();
    let factor = |how: &UnitConversion| match how {
        UnitConversion::Factor(factor) => factor.value().map(Some),
        UnitConversion::MonthsPerRecipient | UnitConversion::Stated => Ok(None),
    };
    let factors: Result<Vec<Option<Decimal>>, _> = known.iter().map(|(_, _, how)| factor(how)).collect();
    let factors = told(py, factors.map_err(impact_core::evaluation::Absence::from))?;
    let how = |how: &UnitConversion| match how {
        UnitConversion::Factor(_) => "factor",
        UnitConversion::MonthsPerRecipient => "months-per-recipient",
        UnitConversion::Stated => "stated",
    };
    Ok(Columns::new()
        .words("price_per", known.iter().map(|(from, _, _)| from.to_string()))
        .words("wanted_per", known.iter().map(|(_, to, _)| to.to_string()))
        .amount("factor", factors)
        .text("how", known.iter().map(|(_, _, found)| how(found)))
        .table()?)
}
