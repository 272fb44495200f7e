//! Waterfalls: from the gross value of all outcomes to the claimed impact and what it cost.

use crate::appraisal::Appraisal;
use crate::page;
use crate::results::recomputed;
use crate::rows;
use crate::table::Table;
use impact_core::report::WaterfallReport;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

/// The steps from the gross value of all outcomes to the claimed impact and what it cost, in present values.
///
/// Deadweight, displacement, drop-off, what is not avoidable and the credit of others are taken away one after the other,
/// in this order; each step is the difference it makes, so the steps add up to the last digit.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> waterfall = si.read("fixtures/models/beginner.toml").appraise().waterfall()
/// >>> [(row["step"], int(row["amount"])) for row in waterfall.table.to_pylist() if row["amount"]]
/// [('gross', 500000), ('impact', 500000), ('inputs', -400000), ('financing', -80000), ('net', 20000)]
#[pyclass(frozen, module = "socialimpact")]
pub struct Waterfall {
    report: WaterfallReport,
    appraisal: Py<Appraisal>,
}

impl Waterfall {
    /// A waterfall of an appraisal.
    pub fn new(report: WaterfallReport, appraisal: Py<Appraisal>) -> Self {
        Self { report, appraisal }
    }
}

#[pymethods]
impl Waterfall {
    /// Whose: ``"society"``, ``"public"`` or the id of a holder.
    #[getter]
    fn holder(&self) -> String {
        self.report.holder.to_string()
    }

    /// What the amounts are counted in.
    #[getter]
    fn unit(&self) -> String {
        self.report.unit.as_ref().map(ToString::to_string).unwrap_or_default()
    }

    /// A row for each step, from ``gross`` over ``impact`` to ``net``; deductions are negative.
    #[getter]
    fn table(&self) -> PyResult<Table> {
        Ok(rows::waterfall(&self.report.rows)?)
    }

    /// The same for each outcome, from ``gross`` to ``impact``.
    #[getter]
    fn outcomes(&self) -> PyResult<Table> {
        Ok(rows::waterfall(&self.report.outcomes)?)
    }

    /// The appraisal it is of.
    #[getter]
    fn appraisal(&self, py: Python<'_>) -> Py<Appraisal> {
        self.appraisal.clone_ref(py)
    }

    /// Draw the steps from gross value to what is left, each bar from where the one before ends, with matplotlib.
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
    /// >>> ax = si.read("fixtures/models/beginner.toml").appraise().waterfall().plot()
    /// >>> plots.alt_text(ax).partition(":")[0]
    /// 'From gross value to impact, society as a whole'
    #[pyo3(signature = (ax = None, lang = "en"))]
    fn plot<'py>(slf: &Bound<'py, Self>, ax: Option<&Bound<'py, PyAny>>, lang: &str) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("socialimpact.plots.waterfall")?.getattr("waterfall")?.call1((slf, ax, lang))
    }

    fn __repr__(&self) -> String {
        let standing = |name: &str| {
            let found = self.report.rows.iter().find(|row| impact_core::report::word(&row.step) == name);
            found.map(|row| row.standing.to_string()).unwrap_or_default()
        };
        format!("Waterfall({}, gross {}, impact {})", self.holder(), standing("gross"), standing("impact"))
    }

    fn _repr_html_(&self) -> PyResult<String> {
        let table = rows::waterfall_shown(&self.report.rows)?;
        Ok(page::titled(&format!("from gross value to impact, {}, {}", self.holder(), self.unit()), &table))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let named = PyDict::new(py);
        named.set_item("holder", self.holder())?;
        recomputed(py, "waterfall", None, Some(&named), self.appraisal.bind(py).as_any())
    }
}

crate::results::equal_content!(Waterfall, report);
