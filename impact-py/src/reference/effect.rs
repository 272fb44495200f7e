//! The embedded register of effects.

use super::sought::{Words, language, named, read};
use crate::error::told;
use crate::rows::sources;
use crate::table::{Columns, Table, TableError};
use impact_core::reference::{Effect, EffectSearch, Effects};
use impact_core::units::Language;
use pyo3::prelude::*;

/// Search the embedded register of effects: what studies found, the baselines they change, and benchmarks.
///
/// An effect is never a saving: it holds for a population, a definition and a follow-up.
///
/// Parameters
/// ----------
/// words : str, optional
///     Only effects in which every word is found, in English or Norwegian, the best match first. Accents are free.
/// domain, country, measure : str or list of str, optional
///     Only effects of this domain, country (with its parts; a study of several countries is of none) and measure; of several
///     in a list one must hold.
/// grade : {"A", "B", "C", "D"}, optional
///     Only effects of this grade or a better one; A is the best.
/// language : {"en", "nb"}, optional
///     One column for each name in this language instead of two.
///
/// Returns
/// -------
/// Table
///     One row an effect, with measure, unit, interval where the study gives one, design, grade, source and edition.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> si.effects("jobbstøtte livskvalitet")["id"]
/// ['ips-meta-qol']
/// >>> set(si.effects(measure=["odds-ratio", "risk-ratio"])["measure"])  == {"odds-ratio", "risk-ratio"}
/// True
#[pyfunction]
#[pyo3(signature = (words = None, *, domain = None, country = None, grade = None, measure = None, language = None))]
pub fn effects(
    py: Python<'_>,
    words: Option<&str>,
    domain: Option<Words>,
    country: Option<Words>,
    grade: Option<&str>,
    measure: Option<Words>,
    language: Option<&str>,
) -> PyResult<Table> {
    let mut search = EffectSearch::new().words(words.unwrap_or_default());
    search = Words::read(domain, py, "domain")?.into_iter().fold(search, EffectSearch::domain);
    search = Words::read(country, py, "country")?.into_iter().fold(search, EffectSearch::country);
    search = Words::read(measure, py, "measure")?.into_iter().fold(search, EffectSearch::measure);
    if let Some(grade) = grade {
        search = search.at_least(read(py, "grade", grade)?);
    }
    let language = self::language(py, language)?;
    Ok(py.detach(|| table(&Effects::embedded().find(&search), language))?)
}

/// Give one effect of the register as a table of one row; ``effect`` gives it as an object.
#[pyfunction]
#[pyo3(signature = (entry, /))]
pub fn effect_table(py: Python<'_>, entry: &str) -> PyResult<Table> {
    let effect = told(py, Effects::embedded().get(entry))?;
    Ok(table(&[effect], None)?)
}

fn table(rows: &[&Effect], language: Option<Language>) -> Result<Table, TableError> {
    let table = Columns::new()
        .text("id", rows.iter().map(|row| row.id.as_str()))
        .text("domain", rows.iter().map(|row| row.domain.word()))
        .words("country", rows.iter().map(|row| row.country.as_ref().map(ToString::to_string)));
    let table = named(table, "countries", rows.iter().map(|row| row.countries.as_ref()), language);
    let table = named(table, "intervention", rows.iter().map(|row| row.intervention.as_ref()), language);
    let table = named(table, "outcome", rows.iter().map(|row| Some(&row.outcome)), language);
    let table = named(table, "population", rows.iter().map(|row| Some(&row.population)), language)
        .text("measure", rows.iter().map(|row| row.measure.word()))
        .text("unit", rows.iter().map(|row| row.unit.word()))
        .words("currency", rows.iter().map(|row| row.currency.map(|currency| currency.to_string())))
        .amount("value", rows.iter().map(|row| row.value))
        .amount("low", rows.iter().map(|row| row.low))
        .amount("high", rows.iter().map(|row| row.high))
        .flag("interval_derived", rows.iter().map(|row| row.interval_derived))
        .whole("n", rows.iter().map(|row| row.n.map(i64::from)))
        .text("follow_up", rows.iter().map(|row| row.follow_up.as_deref()))
        .whole("follow_up_months", rows.iter().map(|row| row.follow_up_months.map(i64::from)))
        .text("design", rows.iter().map(|row| row.design.word()))
        .text("study", rows.iter().map(|row| row.study.as_str()))
        .text("grade", rows.iter().map(|row| row.grade.word()));
    sources(table, rows.iter().map(|row| Some(&row.source)))
        .text("evidence", rows.iter().map(|row| row.evidence.as_deref()))
        .text("note", rows.iter().map(|row| row.note.as_deref()))
        .flag("derived", rows.iter().map(|row| row.derived))
        .text("edition", rows.iter().map(|row| row.edition.as_str()))
        .table()
}
