//! The embedded catalogue of unit costs.

use super::sought::{Words, Years, language, named, read};
use crate::error::told;
use crate::rows::{number, sources};
use crate::table::{Columns, Table, TableError};
use impact_core::reference::{Catalogue, Entry, Search};
use impact_core::units::Language;
use pyo3::prelude::*;

/// Search the embedded catalogue of unit costs.
///
/// A gross average cost is not a saving: what is avoidable is the model's claim.
///
/// Parameters
/// ----------
/// words : str, optional
///     Only entries in which every word is found, in English or Norwegian, the best match first. Accents are free.
/// domain, country, holder, unit, currency : str or list of str, optional
///     Only entries of this domain, country (with its parts), payer (``"municipality"``, ``"state"``, …), unit and currency;
///     of several in a list one must hold.
/// grade : {"A", "B", "C", "D"}, optional
///     Only entries of this grade or a better one; A is the best.
/// price_year : int or (int, int), optional
///     Only entries of this price year, or of one from the first to the last.
/// language : {"en", "nb"}, optional
///     One column ``name`` in this language instead of one for each.
///
/// Returns
/// -------
/// Table
///     One row an entry, with its source, edition, grade and what to beware of.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> "der-no-sosialhjelp-year-2022" in si.catalogue("sosialhjelp")["id"]
/// True
/// >>> si.catalogue("fengselsplass", country="NO", grade="B", language="nb")["name"][0]
/// 'Fengselsplass, høyt sikkerhetsnivå, gjennomsnittskostnad'
#[pyfunction]
#[pyo3(signature = (words = None, *, domain = None, country = None, holder = None, grade = None, unit = None, currency = None, price_year = None, language = None))]
#[allow(clippy::too_many_arguments, reason = "Python's own keyword arguments, one for each quality of an entry")]
pub fn catalogue(
    py: Python<'_>,
    words: Option<&str>,
    domain: Option<Words>,
    country: Option<Words>,
    holder: Option<Words>,
    grade: Option<&str>,
    unit: Option<Words>,
    currency: Option<Words>,
    price_year: Option<Years>,
    language: Option<&str>,
) -> PyResult<Table> {
    let mut search = Search::new().words(words.unwrap_or_default());
    search = Words::read(domain, py, "domain")?.into_iter().fold(search, Search::domain);
    search = Words::read(country, py, "country")?.into_iter().fold(search, Search::country);
    search = Words::read(holder, py, "holder")?.into_iter().fold(search, Search::payer);
    search = Words::read(unit, py, "unit")?.into_iter().fold(search, Search::unit);
    search = Words::read(currency, py, "currency")?.into_iter().fold(search, Search::currency);
    if let Some(grade) = grade {
        search = search.at_least(read(py, "grade", grade)?);
    }
    if let Some(years) = price_year {
        let (first, last) = years.ends(py, "price_year")?;
        search = search.years(first..=last);
    }
    let language = self::language(py, language)?;
    Ok(py.detach(|| table(&Catalogue::embedded().search(&search), language))?)
}

/// Give one entry of the catalogue as a table of one row; ``unit_cost`` gives it as an object.
#[pyfunction]
#[pyo3(signature = (entry, /))]
pub fn unit_cost_table(py: Python<'_>, entry: &str) -> PyResult<Table> {
    let entry = told(py, Catalogue::embedded().get(entry))?;
    Ok(table(&[entry], None)?)
}

/// Entries as a table.
pub(super) fn table(rows: &[&Entry], language: Option<Language>) -> Result<Table, TableError> {
    let payers = |row: &&Entry| row.payers.iter().map(|payer| payer.word()).collect::<Vec<_>>().join(", ");
    let table = Columns::new()
        .text("id", rows.iter().map(|row| row.id.as_str()))
        .words("country", rows.iter().map(|row| row.country.to_string()))
        .text("domain", rows.iter().map(|row| row.domain.word()));
    let table = named(table, "name", rows.iter().map(|row| Some(&row.name)), language)
        .words("unit", rows.iter().map(|row| row.unit.to_string()))
        .text("source_unit", rows.iter().map(|row| row.source_unit.as_deref()))
        .amount("value", rows.iter().map(|row| row.value))
        .amount("low", rows.iter().map(|row| row.low))
        .amount("high", rows.iter().map(|row| row.high))
        .words("currency", rows.iter().map(|row| row.currency.to_string()))
        .whole("price_year", rows.iter().map(|row| number(row.price_year.0)))
        .words("in_g", rows.iter().map(|row| row.in_g.map(|in_g| in_g.to_string())))
        .flag("carried", rows.iter().map(|row| row.carried))
        .flag("provisional", rows.iter().map(|row| row.provisional))
        .flag("illustrative", rows.iter().map(|row| row.illustrative))
        .words("payers", rows.iter().map(payers))
        .text("source_payer", rows.iter().map(|row| row.source_payer.as_deref()))
        .text("cashable", rows.iter().map(|row| row.cashable.word()))
        .text("grade", rows.iter().map(|row| row.grade.map(|grade| grade.word())));
    sources(table, rows.iter().map(|row| Some(&row.source)))
        .text("evidence", rows.iter().map(|row| row.evidence.as_deref()))
        .text("note", rows.iter().map(|row| row.note.as_deref()))
        .flag("derived", rows.iter().map(|row| row.derived))
        .text("edition", rows.iter().map(|row| row.edition.as_str()))
        .table()
}
