//! Grids of a contract: what it pays at every combination of values of some numbers of its terms and its truth.

use super::Contract;
use super::risk::situation_of;
use super::risk_rows::chances;
use super::sharing::result_of_report;
use crate::error::{Raise, at_argument};
use crate::grid::{axes_of, quantile_columns, quantiles_of};
use crate::label::visible;
use crate::named::situation_name;
use crate::page;
use crate::results::recomputed;
use crate::simulation::{Asked, listened, request_of};
use crate::table::{Columns, Table, TableError};
use impact_core::analysis::MOST_GRID_DRAWS;
use impact_core::analysis::risk::{RiskError, RiskGridQuestion};
use impact_core::report::{GridAxisRow, RiskGridReport, RiskScenarioRow, word};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use rust_decimal::Decimal;

/// What a contract pays at every combination of values of some of its numbers, over draws that all of them share.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> contract = si.read_contract("fixtures/contracts/larvik-for-nothing.toml")
/// >>> targets = {"contract.payments.target.schedule.steps.0.at": [0.1, 0.3]}
/// >>> grid = contract.risk_grid(targets, situation="nothing-works-baseline-right", draws=1_000, seed=7)
/// >>> [round(chance, 2) for chance in grid.table["chance_of_paying"]]
/// [0.18, 0.0]
#[pyclass(frozen, module = "socialimpact")]
pub struct RiskGrid {
    report: RiskGridReport,
    contract: Py<Contract>,
}

impl RiskGrid {
    fn rows(&self) -> Result<Table, TableError> {
        let RiskGridReport { axes, quantiles, payers, scenarios, .. } = &self.report;
        let of = |part: fn(&RiskScenarioRow) -> f64| scenarios.iter().map(part);
        let mut columns = value_columns(Columns::new(), axes, scenarios, |scenario| &scenario.values);
        columns = chances(columns, "chance_of_paying", scenarios.iter().map(|scenario| scenario.chance_of_paying))
            .ratio("mean", of(|scenario| scenario.mean))
            .ratio("sd", of(|scenario| scenario.sd));
        for (place, row) in payers.iter().enumerate() {
            let name = format!("payers.{}", row.payer);
            columns = columns.ratio(&name, scenarios.iter().map(|scenario| scenario.by_payer.get(place).copied()));
        }
        quantile_columns(columns, quantiles, scenarios, |scenario| &scenario.quantiles).table()
    }
}

#[pymethods]
impl RiskGrid {
    /// The contract as it is.
    #[getter]
    fn contract(&self, py: Python<'_>) -> Py<Contract> {
        self.contract.clone_ref(py)
    }

    /// What is supposed to be the case.
    #[getter]
    fn situation(&self) -> &'static str {
        self.report.situation.name()
    }

    /// The axes: the values of each address, in the order they were given.
    #[getter]
    fn axes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        values_of(py, &self.report.axes)
    }

    /// The ids of those who pay: each has a column ``payers.<id>`` in the table.
    #[getter]
    fn payers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.report.payers.iter().map(|row| row.payer.as_str()))
    }

    /// The chances whose quantiles were asked for.
    #[getter]
    fn quantiles<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.report.quantiles)
    }

    /// How many draws a scenario has.
    #[getter]
    fn draws(&self) -> u64 {
        self.report.provenance.draws
    }

    /// The seed.
    #[getter]
    fn seed(&self) -> u64 {
        self.report.provenance.seed
    }

    /// How draws cover what may happen: ``"random"``, ``"latin"`` or ``"sobol"``.
    #[getter]
    fn points(&self) -> String {
        word(&self.report.provenance.points)
    }

    /// The scenarios, the last axis fastest: a column for each address with its value, ``chance_of_paying`` anything for a result
    /// and its standard error, ``mean`` and ``sd`` of what is paid in all, ``payers.<id>`` with what each payer pays on average,
    /// and a column for each quantile asked for, such as ``p95``.
    #[getter]
    fn table(&self) -> PyResult<Table> {
        Ok(self.rows()?)
    }

    fn __len__(&self) -> usize {
        self.report.scenarios.len()
    }

    fn __repr__(&self) -> String {
        let over = self.report.axes.iter().map(|axis| axis.address.as_str()).collect::<Vec<_>>().join(", ");
        let name = visible(&self.report.contract.en);
        let situation = self.situation();
        format!("RiskGrid({name}, {situation}, over {over}: {} scenarios of {} draws)", self.__len__(), self.draws())
    }

    fn _repr_html_(&self) -> PyResult<String> {
        let mark = if self.report.marks.illustrative { " (illustrative)" } else { "" };
        Ok(page::titled(&(self.__repr__() + mark), &self.rows()?))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let named = PyDict::new(py);
        named.set_item("axes", self.axes(py)?)?;
        named.set_item("situation", self.situation())?;
        named.set_item("draws", self.draws())?;
        named.set_item("seed", self.seed())?;
        named.set_item("quantiles", self.quantiles(py)?)?;
        named.set_item("points", self.points())?;
        recomputed(py, "risk_grid", None, Some(&named), self.contract.bind(py).as_any())
    }
}

result_of_report!(RiskGrid);

/// A column for each axis, with its value in each scenario.
pub fn value_columns<R>(columns: Columns, axes: &[GridAxisRow], rows: &[R], of: fn(&R) -> &Vec<Decimal>) -> Columns {
    axes.iter().enumerate().fold(columns, |columns, (position, axis)| {
        columns.amount(axis.address.as_str(), rows.iter().map(|row| of(row).get(position).copied()))
    })
}

/// The values of each address, in the order they were given.
pub fn values_of<'py>(py: Python<'py>, axes: &[GridAxisRow]) -> PyResult<Bound<'py, PyDict>> {
    let values = PyDict::new(py);
    for axis in axes {
        values.set_item(axis.address.as_str(), PyTuple::new(py, &axis.values)?)?;
    }
    Ok(values)
}

#[pymethods]
impl Contract {
    /// Say what the contract pays at every combination of values of some of its numbers, over draws that all of them share.
    ///
    /// A number that is uncertain has the value of its scenario in every draw. Each scenario is to the last bit what a run of its
    /// own gives. Ctrl-C ends it between some scenarios and leaves nothing behind.
    ///
    /// Parameters
    /// ----------
    /// axes : mapping of str to sequence of numbers
    ///     The values of each address of the terms or the truth, which rise. At least one address; the last axis varies fastest.
    /// draws : int
    ///     Draws of each scenario, up to 65,536.
    /// seed : int
    ///     From 0 to 2**64 - 1.
    /// situation : Situation, default "as-believed"
    ///     What is supposed beside.
    /// quantiles : sequence of numbers, optional
    ///     Chances whose quantiles of what is paid in all are wanted, such as 0.95.
    /// points, threads, progress
    ///     As for `Model.simulate`; progress counts scenarios.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     For unknown addresses, values that do not rise or that a number does not take, steps that would not rise any more, and
    ///     as for `risk`.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> contract = si.read_contract("fixtures/contracts/larvik-for-nothing.toml")
    /// >>> people = {"truth.cohorts.first.people": [50, 200, 1_000]}
    /// >>> grid = contract.risk_grid(people, situation="nothing-works-baseline-right", draws=2_000, seed=7)
    /// >>> chances = grid.table["chance_of_paying"]
    /// >>> chances == sorted(chances, reverse=True)  # chance alone meets the target less often among many
    /// True
    #[pyo3(signature = (axes, *, draws, seed, situation = "as-believed", quantiles = None, points = "random", threads = None, progress = None))]
    #[allow(clippy::too_many_arguments, reason = "keyword options of Python")]
    fn risk_grid(
        slf: &Bound<'_, Self>,
        axes: &Bound<'_, PyAny>,
        draws: &Bound<'_, PyAny>,
        seed: &Bound<'_, PyAny>,
        #[pyo3(from_py_with = situation_name)] situation: &str,
        quantiles: Option<&Bound<'_, PyAny>>,
        points: &str,
        threads: Option<&Bound<'_, PyAny>>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<RiskGrid> {
        let py = slf.py();
        let asked = RiskGridQuestion {
            axes: axes_of(axes)?,
            situation: situation_of(py, situation)?,
            chances: quantiles.map_or(Ok(Vec::new()), quantiles_of)?,
            simulation: request_of(py, &Asked { draws, seed, measures: None, points, threads }, MOST_GRID_DRAWS)?,
        };
        let contract = slf.get().core();
        let inner = listened(py, progress, |heard| contract.risk_grid(&asked, heard))?;
        let inner = inner.map_err(|error| refused(py, &error))?;
        Ok(RiskGrid { report: RiskGridReport::of(contract, inner), contract: slf.clone().unbind() })
    }
}

/// The error of a grid, with the place of the address that it is about.
pub fn refused(py: Python<'_>, error: &RiskError) -> PyErr {
    let about = match error {
        RiskError::NoSuchNumber { address, .. } => Some(address),
        RiskError::Axis(fault) => Some(fault.address()),
        _ => None,
    };
    about.map_or_else(|| error.raise(py), |address| at_argument(py, &format!("axes.{address}"), &error.to_string()))
}
