//! Returns under risk: what investors of a contract may earn and lose, and what is left to those who deliver.

use super::risk::situation_of;
use super::sharing::result_of_draws;
use super::{Contract, return_rows};
use crate::error::{at_argument, told};
use crate::label::visible;
use crate::named::situation_name;
use crate::page;
use crate::results::recomputed;
use crate::simulation::{Asked, listened, request, shown, whole};
use crate::table::{Columns, Table, TableError};
use impact_core::analysis::risk::{ReturnRisk as Core, SETTLED_DRAWS};
use impact_core::report::{InvestorRow, ReturnRiskReport, ReturnSituationRow};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

/// What investors of a contract may earn and lose, and what is left to those who deliver: what `Contract.return_risk` gives.
///
/// Each draw was settled exactly and its cash flows worked out. It travels (pickle) as the contract and what decides the draws, and is
/// worked out again where it arrives. Amounts are nominal; rates are per year, as fractions.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> risk = si.read_contract("fixtures/models/larvik-contract.toml").return_risk(draws=200, seed=7)
/// >>> for row in risk.investors.to_pylist():
/// ...     print(row["situation"], row["holder"], round(row["median_rate"], 3), row["chance_of_loss"])
/// as-believed ferd 0.008 0.01
/// nothing-works-baseline-right ferd -1.0 0.79
/// nothing-works ferd 0.008 0.005
/// >>> [(row["situation"], round(row["total_mean"])) for row in risk.providers.to_pylist()]
/// [('as-believed', 49000), ('nothing-works-baseline-right', -29000), ('nothing-works', 49500)]
#[pyclass(frozen, module = "socialimpact")]
pub struct ReturnRisk {
    inner: Core,
}

impl ReturnRisk {
    fn report(&self, py: Python<'_>) -> ReturnRiskReport {
        py.detach(|| ReturnRiskReport::of(&self.inner))
    }

    fn table(
        &self,
        py: Python<'_>,
        made: impl FnOnce(&[ReturnSituationRow]) -> Result<Table, TableError>,
    ) -> PyResult<Table> {
        Ok(made(&self.report(py).situations)?)
    }
}

#[pymethods]
impl Contract {
    /// Say what the investors of the contract may earn and lose, and what is left to those who deliver.
    ///
    /// The first draws of `risk` are settled exactly, and their cash flows worked out: about 20 to 80 microseconds a draw. That money
    /// lacks in a draw is no error: such draws are counted.
    ///
    /// Parameters
    /// ----------
    /// draws : int
    ///     Draws of each situation, as for `risk`.
    /// seed : int
    ///     From 0 to 2**64 - 1.
    /// settled : int, default 1000
    ///     How many of the first draws are settled; all, where there are fewer.
    /// points, threads, progress
    ///     As for `Model.simulate`; progress counts the draws settled in all situations.
    ///
    /// Returns
    /// -------
    /// ReturnRisk
    ///     Rates of return, multiples and chances of a loss, as believed, and where nothing works: with the contract's baseline right
    ///     (told as for `risk`) and as the truth has it.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     For a document without ``finance``, and as for `risk`.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> contract = si.read_contract("fixtures/models/larvik-contract.toml")
    /// >>> nothing = contract.return_risk(draws=1_000, seed=7).investors.to_pylist()[1]
    /// >>> nothing["situation"], round(nothing["chance_of_loss"], 1), nothing["median_rate"]
    /// ('nothing-works-baseline-right', 0.8, -1.0)
    #[pyo3(signature = (draws, seed, *, settled = None, points = "random", threads = None, progress = None))]
    #[allow(clippy::too_many_arguments, reason = "keyword options of Python")]
    fn return_risk(
        &self,
        py: Python<'_>,
        draws: &Bound<'_, PyAny>,
        seed: &Bound<'_, PyAny>,
        settled: Option<&Bound<'_, PyAny>>,
        points: &str,
        threads: Option<&Bound<'_, PyAny>>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<ReturnRisk> {
        let settled = settled_of(settled)?;
        let asked = request(py, &Asked { draws, seed, measures: None, points, threads })?;
        let inner = listened(py, progress, |heard| self.core().return_risk(settled, &asked, heard))?;
        Ok(ReturnRisk { inner: told(py, inner)? })
    }
}

/// How many draws are settled: as many as usual where nothing is said.
pub fn settled_of(settled: Option<&Bound<'_, PyAny>>) -> PyResult<u64> {
    settled.map_or(Ok(SETTLED_DRAWS), |settled| whole(settled, "settled", 1, u64::MAX))
}

#[pymethods]
impl ReturnRisk {
    /// How many of the first draws were settled.
    #[getter]
    fn settled(&self) -> u64 {
        self.inner.settled
    }

    /// The name of the day count of the rates of return.
    #[getter]
    fn day_count(&self, py: Python<'_>) -> &'static str {
        self.report(py).day_count.name()
    }

    /// What is paid for results in each situation, fees with it, as settled draw by draw; and ``not_funded``, the draws in which the
    /// service cannot be paid for: the other tables are of the others, and repeat in each row how many these are.
    #[getter]
    fn situations(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, return_rows::situations)
    }

    /// What each investor may earn or lose by all that it pays and receives: ``total``, ``chance_of_loss``, ``rate_of_expected`` (the
    /// internal rate of return of the expected flows, which counts what is lost), ``rate`` over the draws that have exactly one and those
    /// in which nothing came back (``lost_all``), which count as -1, its ``median_rate``, and ``multiple``; errors are standard errors.
    #[getter]
    fn investors(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, return_rows::investors)
    }

    /// How many draws have no rate of return that could be counted, by investor and reason.
    #[getter]
    fn without_rate(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, return_rows::without_rate)
    }

    /// What is left to each holder for whom delivery has a cost: what it receives less what it pays, and the chance of a loss.
    #[getter]
    fn providers(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, return_rows::providers)
    }

    /// Give what is paid in each settled draw of a situation as a row.
    ///
    /// Parameters
    /// ----------
    /// situation : Situation, default "as-believed"
    ///     One of those in `situations`.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> risk = si.read_contract("fixtures/models/larvik-contract.toml").return_risk(draws=100, seed=7)
    /// >>> sorted(set(risk.draws("nothing-works")["paid"]))
    /// [0.0, 4400000.0]
    #[pyo3(signature = (situation = "as-believed"))]
    fn draws(&self, py: Python<'_>, #[pyo3(from_py_with = situation_name)] situation: &str) -> PyResult<Table> {
        let found = self.inner.situation(situation_of(py, situation)?).ok_or_else(|| {
            let message = format!("`{situation}` is not told of the returns of this contract");
            at_argument(py, "situation", &message)
        })?;
        let paid = found.totals().to_vec();
        let count = i64::try_from(paid.len()).unwrap_or(i64::MAX);
        Ok(Columns::new().whole("draw", 0..count).floats("paid", paid).table()?)
    }

    fn __repr__(&self) -> String {
        let name = visible(&self.inner.contract.name().to_string());
        let (settled, points) = (self.settled(), self.points());
        format!("ReturnRisk({name}, {settled} of {} {points} draws settled, seed {})", self.count(), self.seed())
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        let report = self.report(py);
        let mark = if report.marks.illustrative { " (illustrative)" } else { "" };
        let settled = page::count(self.settled());
        let title = format!("{}: {settled} draws settled, seed {}{mark}", report.name.en, self.seed());
        Ok(page::titled(&title, &notebook(&report)?) + &return_rows::providers(&report.situations)?.page())
    }

    fn __eq__(&self, other: &Self) -> bool {
        let made = |risk: &Core| (risk.simulation.draws(), risk.simulation.seed(), risk.simulation.points());
        let (one, two) = (&self.inner, &other.inner);
        let same = one.contract == two.contract && made(one) == made(two) && one.settled == two.settled;
        same && one.situations == two.situations
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let named = PyDict::new(py);
        named.set_item("draws", self.count())?;
        named.set_item("seed", self.seed())?;
        named.set_item("settled", self.settled())?;
        named.set_item("points", self.points())?;
        recomputed(py, "return_risk", None, Some(&named), Bound::new(py, self.contract())?.as_any())
    }
}

result_of_draws!(ReturnRisk);

/// What investors may earn, as a notebook shows it.
fn notebook(report: &ReturnRiskReport) -> Result<Table, TableError> {
    let rows: Vec<(&ReturnSituationRow, &InvestorRow)> =
        report.situations.iter().flat_map(|row| row.investors.iter().map(move |investor| (row, investor))).collect();
    let of = |read: fn(&InvestorRow) -> Option<f64>| rows.iter().map(move |(_, row)| read(row).map(shown));
    Columns::new()
        .text("situation", rows.iter().map(|(row, _)| row.name.en.as_str()))
        .text("investor", rows.iter().map(|(_, row)| row.name.en.as_str()))
        .ratio("chance of a loss", of(|row| Some(row.chance_of_loss?.value)))
        .ratio("rate of expected flows", of(|row| row.rate_of_expected))
        .ratio("median rate", of(|row| row.median_rate))
        .ratio("mean gain", of(|row| Some(row.total?.mean)))
        .ratio("5 %", of(|row| Some(row.total?.p05)))
        .ratio("95 %", of(|row| Some(row.total?.p95)))
        .table()
}
