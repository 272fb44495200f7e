//! `Contract.evaluation_worth`: what it is worth to have observed a result before deciding to go on.

use super::Contract;
use crate::distribution::float;
use crate::error::{Raise, at_argument, plain, told};
use crate::returns::elements;
use crate::simulation::{Asked, listened, request_of};
use crate::table::{Columns, Table};
use impact_core::analysis::risk::{EvaluationError, EvaluationQuestion, MOST_RISK_DRAWS};
use pyo3::prelude::*;
use std::iter::once;

impl Raise for EvaluationError {
    fn raise(&self, py: Python<'_>) -> PyErr {
        match self {
            Self::NoSuchMetric { .. } => at_argument(py, "metric", &self.to_string()),
            Self::NotFinite { name, .. } => at_argument(py, name, &self.to_string()),
            Self::Times { .. } => at_argument(py, "times", &self.to_string()),
            Self::Risk(fault) => fault.raise(py),
            other => plain(py, &other.to_string()),
        }
    }
}

#[pymethods]
impl Contract {
    /// Say what a better evaluation is worth: what deciding to go on, or not, on what is observed of so many people gains over deciding
    /// now.
    ///
    /// Whoever decides sees what is observed and not the truth. An evaluation is worth
    /// E[max(0, E[worth · change − cost | observed])] less max(0, E[worth · change − cost]), and never more than the truth itself
    /// (Raiffa and Schlaifer 1961, the expected value of sample information).
    ///
    /// Parameters
    /// ----------
    /// metric : str
    ///     The id of a metric that is paid for.
    /// worth : number
    ///     What it is worth that one person has it, one event less or more, or one unit of what is counted; in the currency.
    /// cost : number
    ///     What it costs to go on with as many people again; in the currency.
    /// draws : int
    ///     Up to 4,194,304, of each evaluation.
    /// seed : int
    ///     From 0 to 2**64 - 1.
    /// times : sequence of number, default 1, 2, 4, 10
    ///     How many times the people of the truth, and those they are compared with, are observed.
    /// points, threads, progress
    ///     As for `Model.simulate`; it runs on one thread.
    ///
    /// Returns
    /// -------
    /// Table
    ///     A row for each evaluation, and one for the truth without ``times``: ``people`` treated in all, ``worth`` of the evaluation and its
    ///     ``standard_error``; beside them ``going_on``, what going on comes to on average, and ``now``, what deciding now comes to.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     For a document without ``truth``, a metric that is not paid for, and as `risk`.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> contract = si.read_contract("fixtures/contracts/larvik-for-nothing.toml")
    /// >>> table = contract.evaluation_worth("relapse", worth=1_000_000, cost=2_000_000, draws=20_000, seed=7)  # both illustrative
    /// >>> for row in table.to_pylist():
    /// ...     print(row["people"], round(row["worth"], -5))
    /// 50.0 400000.0
    /// 100.0 500000.0
    /// 200.0 600000.0
    /// 500.0 700000.0
    /// None 800000.0
    #[pyo3(signature = (metric, *, worth, cost, draws, seed, times = None, points = "random", threads = None, progress = None))]
    #[allow(clippy::too_many_arguments, reason = "keyword options of Python")]
    fn evaluation_worth(
        &self,
        py: Python<'_>,
        metric: &str,
        worth: &Bound<'_, PyAny>,
        cost: &Bound<'_, PyAny>,
        draws: &Bound<'_, PyAny>,
        seed: &Bound<'_, PyAny>,
        times: Option<&Bound<'_, PyAny>>,
        points: &str,
        threads: Option<&Bound<'_, PyAny>>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Table> {
        let given = times.map(|times| elements(times, "times", "times")?.map(|one| float(&one?, "times")).collect());
        let asked = EvaluationQuestion {
            metric: metric.to_owned(),
            worth: float(worth, "worth")?,
            cost: float(cost, "cost")?,
            times: given.transpose()?.unwrap_or_else(|| vec![1.0, 2.0, 4.0, 10.0]),
            simulation: request_of(py, &Asked { draws, seed, measures: None, points, threads }, MOST_RISK_DRAWS)?,
        };
        let found = listened(py, progress, |heard| self.core().evaluation_worth(&asked, heard))?;
        let found = told(py, found)?;
        let each = || found.evaluations.iter();
        let rows = found.evaluations.len() + 1;
        let table = Columns::new()
            .ratio("times", each().map(|one| Some(one.times)).chain(once(None)))
            .ratio("people", each().map(|one| Some(one.people)).chain(once(None)))
            .ratio("worth", each().map(|one| one.worth.value).chain(once(found.truth.value)))
            .ratio("standard_error", each().map(|one| one.worth.standard_error).chain(once(found.truth.standard_error)))
            .ratio("going_on", std::iter::repeat_n(found.going_on, rows))
            .ratio("now", std::iter::repeat_n(found.now, rows));
        Ok(table.table()?)
    }
}
