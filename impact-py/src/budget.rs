//! Budgets: what a holder pays and saves by year.

use crate::appraisal::Appraisal;
use crate::label::{label, language};
use crate::page;
use crate::results::recomputed;
use crate::rows;
use crate::table::Table;
use impact_core::report::{BudgetReport, word};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

/// What the budgets of a holder pay and save, year by year.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> budget = si.read("fixtures/models/beginner.toml").appraise().budget("municipality")
/// >>> budget.table.to_pylist()[0]["costs"]
/// Decimal('400000')
/// >>> budget.break_even_year is None
/// True
#[pyclass(frozen, module = "socialimpact")]
pub struct Budget {
    report: BudgetReport,
    appraisal: Py<Appraisal>,
}

impl Budget {
    /// A budget of an appraisal.
    pub fn new(report: BudgetReport, appraisal: Py<Appraisal>) -> Self {
        Self { report, appraisal }
    }
}

#[pymethods]
impl Budget {
    /// Whose: ``"public"``, ``"society"`` or the id of a holder.
    #[getter]
    fn holder(&self) -> String {
        self.report.holder.to_string()
    }

    /// In which krone: ``"real"`` or ``"nominal"``.
    #[getter]
    fn price_level(&self) -> String {
        word(&self.report.price_level)
    }

    /// A row for each year appraised; what is paid is positive.
    #[getter]
    fn table(&self) -> PyResult<Table> {
        Ok(rows::budget(&self.report.rows)?)
    }

    /// The first year from which the cumulative net saving stays at or above zero; None where there is none.
    #[getter]
    fn break_even_year(&self) -> Option<i32> {
        self.report.break_even_year.map(|year| year.number())
    }

    /// Why there is no break-even year; None where there is one.
    #[getter]
    fn why_no_break_even_year<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.report.why_no_break_even_year.as_ref().map(|why| label(py, why)).transpose()
    }

    /// Give the reason why there is no break-even year in a language, ``"en"`` or ``"nb"``.
    ///
    /// Parameters
    /// ----------
    /// lang : {"en", "nb"}
    ///     The language.
    ///
    /// Returns
    /// -------
    /// str or None
    ///     The reason; None where there is such a year.
    #[pyo3(signature = (lang, /))]
    fn why_no_break_even_year_in(&self, py: Python<'_>, lang: &str) -> PyResult<Option<&str>> {
        let language = language(py, lang)?;
        Ok(self.report.why_no_break_even_year.as_ref().map(|why| why.text(language)))
    }

    /// The appraisal it is of.
    #[getter]
    fn appraisal(&self, py: Python<'_>) -> Py<Appraisal> {
        self.appraisal.clone_ref(py)
    }

    /// Draw what the net saving has come to by the end of each year, with costs and savings of the year, with matplotlib.
    ///
    /// Parameters
    /// ----------
    /// ax : matplotlib Axes, optional
    ///     Where to draw; left out, a figure of its own.
    /// lang : Language, default "en"
    ///     The language of texts and numbers.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> from socialimpact import plots
    /// >>> ax = si.read("fixtures/models/sandefjord.toml").appraise().budget("municipality", "nominal").plot()
    /// >>> "breaks even 2023" in plots.alt_text(ax)
    /// True
    #[pyo3(signature = (ax = None, lang = "en"))]
    fn plot<'py>(slf: &Bound<'py, Self>, ax: Option<&Bound<'py, PyAny>>, lang: &str) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("socialimpact.plots.budget")?.getattr("budget")?.call1((slf, ax, lang))
    }

    fn __repr__(&self) -> String {
        let year =
            self.break_even_year().map_or_else(|| "no break-even year".to_owned(), |year| format!("break-even {year}"));
        format!("Budget({}, {}, {} years, {year})", self.holder(), self.price_level(), self.report.rows.len())
    }

    fn _repr_html_(&self) -> PyResult<String> {
        Ok(page::titled(&format!("budget of {}, {}", self.holder(), self.price_level()), &self.table()?))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let named = PyDict::new(py);
        named.set_item("holder", self.holder())?;
        named.set_item("price_level", self.price_level())?;
        recomputed(py, "budget", None, Some(&named), self.appraisal.bind(py).as_any())
    }
}

crate::results::equal_content!(Budget, report);
