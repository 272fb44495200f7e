//! Budget plans: four years of a public budget, line by line.

use crate::appraisal::Appraisal;
use crate::page;
use crate::results::recomputed;
use crate::rows;
use crate::table::Table;
use impact_core::report::BudgetPlanReport;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

/// Four years of what a public budget pays and saves, line by line, in money of each year.
///
/// Every row is signed as the holder sees it: gains positive, payments negative. ``thousands`` are rounded so that the rows
/// of a year add up to its net and the years to the sums along them; ``amount`` is exact. A year that is not appraised, or
/// whose price level is not known, has no figures but says why.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> plan = si.read("fixtures/models/sandefjord.toml").appraise().budget_plan("municipality", first_year=2021)
/// >>> plan.years
/// (2021, 2022, 2023, 2024)
/// >>> net = [row["thousands"] for row in plan.table.to_pylist() if row["row"] == "net"]
/// >>> [int(number) for number in net]
/// [10, 69, 127, 163]
#[pyclass(frozen, module = "socialimpact")]
pub struct BudgetPlan {
    report: BudgetPlanReport,
    appraisal: Py<Appraisal>,
}

impl BudgetPlan {
    /// A plan of an appraisal.
    pub fn new(report: BudgetPlanReport, appraisal: Py<Appraisal>) -> Self {
        Self { report, appraisal }
    }
}

#[pymethods]
impl BudgetPlan {
    /// Whose: ``"public"`` or the id of a public holder.
    #[getter]
    fn holder(&self) -> String {
        self.report.holder.to_string()
    }

    /// The years of the plan.
    #[getter]
    fn years<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.report.years.iter().map(|year| year.number()))
    }

    /// A row for each line and year: costs, transfers and outcomes, then what they add up to.
    #[getter]
    fn table(&self) -> PyResult<Table> {
        Ok(rows::budget_plan(&self.report.rows)?)
    }

    fn __repr__(&self) -> String {
        let years: Vec<String> = self.report.years.iter().map(ToString::to_string).collect();
        format!("BudgetPlan({}, {})", self.holder(), years.join(", "))
    }

    fn _repr_html_(&self) -> PyResult<String> {
        let table = rows::budget_plan_shown(&self.report)?;
        Ok(page::titled(&format!("budget plan of {}, thousands, money of each year", self.holder()), &table))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let named = PyDict::new(py);
        named.set_item("holder", self.holder())?;
        named.set_item("first_year", self.report.years.first().map(|year| year.number()))?;
        recomputed(py, "budget_plan", None, Some(&named), self.appraisal.bind(py).as_any())
    }
}

crate::results::equal_content!(BudgetPlan, report);
