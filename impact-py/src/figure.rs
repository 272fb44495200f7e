//! Figures: the answer to a measure, with its unit, or the reason why there is none.

use crate::appraisal::Appraisal;
use crate::error::plain;
use crate::label::{label, language};
use crate::page;
use crate::results::recomputed;
use impact_core::report::{FigureRow, holder_name};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use rust_decimal::Decimal;

/// The answer to a measure: a value with its unit, or the reason why there is none.
///
/// ``float(figure)`` gives the value to plots and statistics; it raises where there is none.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> figure = si.read("fixtures/models/beginner.toml").appraise().measure("npv")
/// >>> figure.value
/// Decimal('20000')
/// >>> figure.unit
/// 'NOK (2024 prices, present value 2024)'
#[pyclass(frozen, module = "socialimpact")]
pub struct Figure {
    row: FigureRow,
    appraisal: Py<Appraisal>,
}

impl Figure {
    /// A figure of an appraisal.
    pub fn new(row: FigureRow, appraisal: Py<Appraisal>) -> Self {
        Self { row, appraisal }
    }
}

#[pymethods]
impl Figure {
    /// The name of the measure.
    #[getter]
    fn measure(&self) -> &'static str {
        self.row.measure.name()
    }

    /// What the measure is called.
    #[getter]
    fn name<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        label(py, &self.row.name)
    }

    /// Whose: ``"society"``, ``"public"`` or the id of a holder.
    #[getter]
    fn holder(&self) -> String {
        self.row.holder.to_string()
    }

    /// The outcome, for cost per outcome.
    #[getter]
    fn outcome(&self) -> Option<&str> {
        self.row.outcome.as_deref()
    }

    /// The exact value; None where there is none.
    #[getter]
    fn value(&self) -> Option<Decimal> {
        self.row.value
    }

    /// What the value is counted in.
    #[getter]
    fn unit<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        label(py, &self.row.unit)
    }

    /// Why there is no value; None where there is one.
    #[getter]
    fn absent<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.row.absent.as_ref().map(|absent| label(py, absent)).transpose()
    }

    /// Give the reason why there is no value in a language, ``"en"`` or ``"nb"``.
    ///
    /// Parameters
    /// ----------
    /// lang : {"en", "nb"}
    ///     The language.
    ///
    /// Returns
    /// -------
    /// str or None
    ///     The reason; None where there is a value.
    #[pyo3(signature = (lang, /))]
    fn absent_in(&self, py: Python<'_>, lang: &str) -> PyResult<Option<&str>> {
        let language = language(py, lang)?;
        Ok(self.row.absent.as_ref().map(|absent| absent.text(language)))
    }

    /// Whether there is no value because the measure is never asked of this holder: a budget of somebody who has none.
    #[getter]
    fn never_asked(&self) -> bool {
        self.row.never_asked
    }

    /// The value rounded for readers, or the reason why there is none.
    #[getter]
    fn shown<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        label(py, &self.row.shown)
    }

    /// Whether anything that moves the figure is invented to show the working.
    #[getter]
    fn illustrative(&self) -> bool {
        self.row.marks.illustrative
    }

    /// Whether anything that moves the figure was not read at its own source.
    #[getter]
    fn unverified(&self) -> bool {
        self.row.marks.unverified
    }

    fn __float__(&self, py: Python<'_>) -> PyResult<f64> {
        let absent = || self.row.absent.as_ref().map(|absent| absent.en.clone()).unwrap_or_default();
        let value = self.row.value.ok_or_else(|| plain(py, &absent()))?;
        Ok(value.to_string().parse()?)
    }

    fn __str__(&self) -> String {
        self.row.shown.en.clone()
    }

    fn __repr__(&self) -> String {
        let row = &self.row;
        let value = row.value.map_or_else(|| "no value".to_owned(), |value| value.to_string());
        let of = row.outcome.as_ref().map(|outcome| format!(" of {outcome}")).unwrap_or_default();
        format!("Figure({}{of} for {}: {value})", row.measure, row.holder)
    }

    fn _repr_html_(&self) -> String {
        let row = &self.row;
        let mark = if row.marks.illustrative { " (illustrative)" } else { "" };
        let whose = holder_name(self.appraisal.get().core().model(), &row.holder).en;
        page::sentence(&format!("{} for {whose}: {}{mark}", row.name.en, row.shown.en))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let named = PyDict::new(py);
        named.set_item("holder", self.holder())?;
        named.set_item("outcome", self.outcome())?;
        recomputed(py, "measure", Some(self.measure()), Some(&named), self.appraisal.bind(py).as_any())
    }
}

crate::results::equal_content!(Figure, row);
