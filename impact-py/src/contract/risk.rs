//! The risk of a contract: what it may pay where the truth, its measurement and its baseline are uncertain.

use super::sharing::result_of_draws;
use super::{Contract, risk_rows};
use crate::error::{Raise, at_argument, plain, to_python, told};
use crate::label::visible;
use crate::named::situation_name;
use crate::page;
use crate::results::recomputed;
use crate::rows;
use crate::simulation::{Asked, listened, request_of, shown};
use crate::table::{Columns, Table, TableError};
use impact_core::address::Place;
use impact_core::analysis::risk::{
    ContractRisk as Core, MOST_RISK_DRAWS, NoSituation, RiskError, Situation, SituationRisk,
};
use impact_core::error::ModelError;
use impact_core::report::{ContractRiskReport, SituationRow, measurable_rows};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

impl Raise for RiskError {
    fn raise(&self, py: Python<'_>) -> PyErr {
        match (self, self.address()) {
            (Self::TooManyDraws { .. }, _) => at_argument(py, "draws", &self.to_string()),
            (Self::Draw(error), _) => to_python(py, error),
            (_, Some(address)) => to_python(py, &ModelError::one(Place::at(address), self.clone())),
            (other, None) => plain(py, &other.to_string()),
        }
    }
}

/// What a contract may pay where the truth, its measurement and its baseline are uncertain: what `Contract.risk` gives.
///
/// A chance without ``exact`` beside it was drawn, and stands with its standard error. Contract, seed, points and number of draws
/// decide every bit of it on one build target, whatever the threads; it travels (pickle) as these, and is drawn again where it
/// arrives. Amounts are nominal.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> risk = si.read_contract("fixtures/contracts/larvik-for-nothing.toml").risk(draws=10_000, seed=7)
/// >>> for situation in risk.situations.to_pylist():
/// ...     print(situation["situation"], situation["exact_chance"] and round(situation["exact_chance"], 2))
/// as-believed None
/// expected-effect 1.0
/// nothing-works-baseline-right 0.19
/// nothing-works 0.99
/// >>> risk.marks
/// ('illustrative',)
#[pyclass(frozen, module = "socialimpact")]
pub struct ContractRisk {
    inner: Core,
}

impl ContractRisk {
    /// A risk of the core.
    pub fn new(inner: Core) -> Self {
        Self { inner }
    }

    fn report(&self, py: Python<'_>) -> ContractRiskReport<'_> {
        py.detach(|| ContractRiskReport::of(&self.inner))
    }

    fn table(
        &self,
        py: Python<'_>,
        made: impl FnOnce(&[SituationRow]) -> Result<Table, TableError>,
    ) -> PyResult<Table> {
        Ok(made(&self.report(py).situations)?)
    }

    fn found(&self, py: Python<'_>, name: &str) -> PyResult<&SituationRisk> {
        let situation = situation_of(py, name)?;
        self.inner.situation(situation).ok_or_else(|| not_told(py, situation))
    }
}

/// A situation by its name.
pub fn situation_of(py: Python<'_>, name: &str) -> PyResult<Situation> {
    name.parse().map_err(|error: NoSituation| at_argument(py, "situation", &error.to_string()))
}

/// The error of a situation of which there is nothing to tell.
pub fn not_told(py: Python<'_>, situation: Situation) -> PyErr {
    at_argument(py, "situation", &RiskError::NotTold { situation }.to_string())
}

#[pymethods]
impl Contract {
    /// Say what the contract may pay where the truth, its measurement and its baseline are uncertain.
    ///
    /// The document's ``truth`` says what is the case whatever is measured. The same contract, seed, points and number of draws give the
    /// same bits on any number of threads. Ctrl-C ends a run at the next batch and leaves nothing behind.
    ///
    /// Parameters
    /// ----------
    /// draws : int
    ///     Draws of each situation, up to 4,194,304.
    /// seed : int
    ///     From 0 to 2**64 - 1.
    /// points, threads, progress
    ///     As for `Model.simulate`; progress counts the draws of all situations.
    ///
    /// Returns
    /// -------
    /// ContractRisk
    ///     What is paid as believed, at the expected effect, and where nothing works: with the baseline right, drifting (where the
    ///     truth drifts) and as the truth has it.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     For a document without ``truth``, terms whose payments cannot be foreseen, and draws or a seed that cannot be.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> contract = si.read_contract("fixtures/contracts/larvik-for-nothing.toml")
    /// >>> risk = contract.risk(draws=10_000, seed=7)
    /// >>> round(risk.chance_of_paying("nothing-works-baseline-right"), 2)
    /// 0.19
    #[pyo3(signature = (draws, seed, *, points = "random", threads = None, progress = None))]
    fn risk(
        &self,
        py: Python<'_>,
        draws: &Bound<'_, PyAny>,
        seed: &Bound<'_, PyAny>,
        points: &str,
        threads: Option<&Bound<'_, PyAny>>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<ContractRisk> {
        let asked = request_of(py, &Asked { draws, seed, measures: None, points, threads }, MOST_RISK_DRAWS)?;
        let inner = listened(py, progress, |heard| self.core().risk(&asked, heard))?;
        told(py, inner).map(ContractRisk::new)
    }

    /// Say what the comparisons of the terms can tell from chance: see `ContractRisk.measurable`.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     For a document without ``truth``.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> row = si.read_contract("fixtures/contracts/larvik-for-nothing.toml").measurable().to_pylist()[0]
    /// >>> round(row["detectable"], 2), round(row["power"], 2), row["people_needed"]
    /// (0.3, 0.08, 1144.0)
    fn measurable(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(risk_rows::measurable(&told(py, measurable_rows(self.core()))?)?)
    }
}

#[pymethods]
impl ContractRisk {
    /// What is paid in each situation: the chance that anything is paid for a result (fees are not counted) with its standard
    /// error, exactly where only counts are left to chance; mean, standard deviation and quantiles of what is paid in all, fees
    /// with it; ``chance_of_refund``, the share of draws in which money goes back to the payers, with its standard error, and
    /// ``mean_refund``, how much where it does; and ``held``, the share of draws in which what is the case, or what is observed with a normal error, had to be held at an end of what there can be.
    #[getter]
    fn situations(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, risk_rows::situations)
    }

    /// What each payer pays in each situation: the chance that it pays anything for a result (fees are not counted), and how much,
    /// fees with it.
    #[getter]
    fn by_payer(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, risk_rows::by_payer)
    }

    /// What each payment of the terms comes to in each situation: the chance that anything is paid of it, and its mean.
    #[getter]
    fn by_payment(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, risk_rows::by_payment)
    }

    /// What each payer is expected to pay in each year in which something may be due.
    #[getter]
    fn by_year(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, risk_rows::by_year)
    }

    /// What those reached are better off in truth, by metric, all of them together: above zero the way that is wanted. Payment
    /// follows what is observed, this does not.
    #[getter]
    fn changes(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, risk_rows::changes)
    }

    /// What the comparisons of the terms can tell from chance, at a confidence of 95 % on two sides: the smallest relative effect
    /// that is found with a probability of 80 %, the probability of finding the expected one, and the people that would take.
    #[getter]
    fn measurable(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(risk_rows::measurable(&self.report(py).measurable)?)
    }

    /// Every number of the terms and of the truth, as a model's: address, value, unit, distribution, marks, grade and source.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> risk = si.read_contract("fixtures/contracts/larvik-for-nothing.toml").risk(draws=100, seed=7)
    /// >>> [(row["address"], str(row["value"])) for row in risk.assumptions.to_pylist()][-2:]
    /// [('truth.metrics.relapse.effect', '0.1'), ('truth.cohorts.first.people', '50')]
    #[getter]
    fn assumptions(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(rows::assumptions(&self.report(py).assumptions)?)
    }

    /// What the risk rests on beside numbers: the days of the terms and the truth, and how what is observed scatters; ``taken`` where
    /// the document leaves it out.
    #[getter]
    fn settings(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(risk_rows::settings(&self.report(py).settings)?)
    }

    /// Give the chance that anything is paid for a result: the exact one where only counts are left to chance, else that of the
    /// draws.
    ///
    /// Parameters
    /// ----------
    /// situation : Situation, default "as-believed"
    ///     What is supposed to be the case.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     For an unknown situation, and for one of which this contract has nothing to tell: ``nothing-works-baseline-right`` where what it
    ///     pays for is not compared with one fixed baseline, ``nothing-works-drifting`` where the truth does not drift.
    #[pyo3(signature = (situation = "as-believed"))]
    fn chance_of_paying(
        &self,
        py: Python<'_>,
        #[pyo3(from_py_with = situation_name)] situation: &str,
    ) -> PyResult<f64> {
        let found = self.found(py, situation)?;
        Ok(found.exact.map_or(found.chance_of_paying.value, |exact| exact.chance_of_paying))
    }

    /// Give every draw of a situation as a row, for pandas, polars, pyarrow or DuckDB.
    ///
    /// Parameters
    /// ----------
    /// situation : Situation, default "as-believed"
    ///     What is supposed to be the case.
    ///
    /// Returns
    /// -------
    /// Table
    ///     ``draw``, ``paid`` in all, and for each metric of the truth ``changes.<id>``: what those reached are better off.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> risk = si.read_contract("fixtures/contracts/larvik-for-nothing.toml").risk(draws=100, seed=7)
    /// >>> risk.draws("nothing-works").column_names
    /// ('draw', 'paid', 'changes.relapse')
    #[pyo3(signature = (situation = "as-believed"))]
    fn draws(&self, py: Python<'_>, #[pyo3(from_py_with = situation_name)] situation: &str) -> PyResult<Table> {
        let found = self.found(py, situation)?;
        let metrics = &self.inner.contract.terms().metrics;
        let id = |position: usize| metrics.get(position).map_or("", |metric| metric.id.as_str());
        let ids: Vec<&str> = found.changes.iter().map(|change| id(change.metric)).collect();
        Ok(py.detach(|| risk_rows::draws(found, &ids))?)
    }

    /// Draw how likely it is that at least so much is paid, a line for each situation, with matplotlib: the chances of paying where
    /// nothing works are said in the picture.
    ///
    /// Parameters
    /// ----------
    /// ax : matplotlib Axes, optional
    ///     Where to draw; left out, a figure of its own.
    /// lang : Language, default "en"
    ///     The language of texts and numbers.
    #[pyo3(signature = (ax = None, lang = "en"))]
    fn plot<'py>(slf: &Bound<'py, Self>, ax: Option<&Bound<'py, PyAny>>, lang: &str) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("socialimpact.plots.payoff")?.getattr("payoff")?.call1((slf, ax, lang))
    }

    fn __repr__(&self) -> String {
        let name = visible(&self.inner.contract.name().to_string());
        format!("ContractRisk({name}, {} {} draws, seed {})", self.count(), self.points(), self.seed())
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        let report = self.report(py);
        let mark = if report.marks.illustrative { " (illustrative)" } else { "" };
        let draws = page::count(self.count());
        let title = format!("{}: {draws} draws, seed {}{mark}", report.name.en, self.seed());
        let said: String = report
            .situations
            .iter()
            .map(|row| page::sentence(&format!("{}: {}", row.name.en, row.meaning.en)))
            .collect();
        Ok(page::titled(&title, &notebook(&report)?) + &said)
    }

    fn __eq__(&self, other: &Self) -> bool {
        let made = |risk: &Core| (risk.simulation.draws(), risk.simulation.seed(), risk.simulation.points());
        let (one, two) = (&self.inner, &other.inner);
        one.contract == two.contract && made(one) == made(two) && one.situations == two.situations
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let named = PyDict::new(py);
        named.set_item("draws", self.count())?;
        named.set_item("seed", self.seed())?;
        named.set_item("points", self.points())?;
        recomputed(py, "risk", None, Some(&named), Bound::new(py, self.contract())?.as_any())
    }
}

result_of_draws!(ContractRisk);

/// What is paid in each situation, as a notebook shows it.
fn notebook(report: &ContractRiskReport<'_>) -> Result<Table, TableError> {
    let rows = || report.situations.iter();
    Columns::new()
        .text("situation", rows().map(|row| row.name.en.as_str()))
        .ratio("chance of paying", rows().map(|row| shown(row.chance_of_paying.value)))
        .ratio("±", rows().map(|row| row.chance_of_paying.standard_error.map(shown)))
        .ratio("exactly", rows().map(|row| Some(shown(row.exact?.chance_of_paying))))
        .ratio("mean paid", rows().map(|row| shown(row.paid.mean)))
        .ratio("5 %", rows().map(|row| shown(row.paid.p05)))
        .ratio("50 %", rows().map(|row| shown(row.paid.p50)))
        .ratio("95 %", rows().map(|row| shown(row.paid.p95)))
        .table()
}
