//! Rankings: the best scenarios of a grid of terms, and how surely they are.

use super::Contract;
use super::risk::situation_of;
use super::risk_grid::{refused, value_columns, values_of};
use super::sharing::result_of_report;
use crate::error::{at_argument, plain};
use crate::grid::axes_of;
use crate::label::visible;
use crate::named::situation_name;
use crate::page;
use crate::results::recomputed;
use crate::simulation::{Asked, listened, request_of, whole};
use crate::table::{Columns, Table, TableError};
use impact_core::Contract as CoreContract;
use impact_core::analysis::MOST_GRID_DRAWS;
use impact_core::analysis::risk::{Best, RankedBy, RankingError, RankingQuestion, RiskGridQuestion};
use impact_core::model::HolderIndex;
use impact_core::report::{RankingReport, word};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

/// How many of the best are told where nobody says.
const KEPT: u64 = 10;
/// Blocks of draws where nobody says.
const BLOCKS: u64 = 20;
/// How often blocks are drawn anew where nobody says.
const RESAMPLES: u64 = 1_000;

/// The best scenarios of a grid of a contract, and how often each stays the best when draws are drawn anew: what `Contract.ranking`
/// gives.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> contract = si.read_contract("fixtures/contracts/larvik-for-nothing.toml")
/// >>> targets = {"contract.payments.target.schedule.steps.0.at": [0.05, 0.1, 0.2]}
/// >>> found = contract.ranking(targets, by="chance_of_paying", situation="nothing-works-baseline-right", draws=4_000, seed=7)
/// >>> [(str(row["contract.payments.target.schedule.steps.0.at"].normalize()), row["stays_best"]) for row in found.table.to_pylist()]
/// [('0.2', 1.0), ('0.1', 0.0), ('0.05', 0.0)]
#[pyclass(frozen, module = "socialimpact")]
pub struct Ranking {
    report: RankingReport,
    contract: Py<Contract>,
}

impl Ranking {
    fn rows(&self) -> Result<Table, TableError> {
        let RankingReport { axes, ranked, .. } = &self.report;
        let places = ranked.iter().map(|row| i64::try_from(row.place).unwrap_or(i64::MAX));
        let table = Columns::new().whole("place", places);
        value_columns(table, axes, ranked, |row| &row.values)
            .ratio("figure", ranked.iter().map(|row| row.figure))
            .ratio("figure_error", ranked.iter().map(|row| row.figure_error))
            .ratio("stays_best", ranked.iter().map(|row| row.stays_best))
            .ratio("stays_among", ranked.iter().map(|row| row.stays_among))
            .whole("ties", ranked.iter().map(|row| i64::try_from(row.ties).unwrap_or(i64::MAX)))
            .whole("scenario", ranked.iter().map(|row| i64::try_from(row.scenario).unwrap_or(i64::MAX)))
            .table()
    }
}

#[pymethods]
impl Ranking {
    /// The contract as it is.
    #[getter]
    fn contract(&self, py: Python<'_>) -> Py<Contract> {
        self.contract.clone_ref(py)
    }

    /// By what scenarios are ranked: a column of `RiskGrid.table`.
    #[getter]
    fn by(&self) -> &str {
        &self.report.by
    }

    /// Which end is the best: ``"smallest"`` or ``"largest"``.
    #[getter]
    fn best(&self) -> String {
        word(&self.report.best)
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

    /// How many draws a scenario has in all.
    #[getter]
    fn draws(&self) -> u64 {
        self.report.provenance.draws
    }

    /// How many blocks there are.
    #[getter]
    fn blocks(&self) -> u64 {
        self.report.blocks
    }

    /// How often blocks were drawn anew.
    #[getter]
    fn resamples(&self) -> u64 {
        self.report.resamples
    }

    /// The seed.
    #[getter]
    fn seed(&self) -> u64 {
        self.report.provenance.seed
    }

    /// The best scenarios, the best first: ``place``, which equal ones share, a column for each address, ``figure`` (that of `RiskGrid`, of
    /// all draws) with its standard error, ``stays_best`` and ``stays_among``: how often no other is better, and fewer than are told,
    /// when blocks are drawn anew; ``ties``, how many other scenarios have the same figure; and ``scenario``, its row in `RiskGrid.table`.
    #[getter]
    fn table(&self) -> PyResult<Table> {
        Ok(self.rows()?)
    }

    fn __len__(&self) -> usize {
        self.report.ranked.len()
    }

    fn __repr__(&self) -> String {
        let RankingReport { contract, axes, by, blocks, .. } = &self.report;
        let over = axes.iter().map(|axis| axis.address.as_str()).collect::<Vec<_>>().join(", ");
        let (name, best) = (visible(&contract.en), self.best());
        format!(
            "Ranking({name}, {best} {by} over {over}: {} best, {} draws in {blocks} blocks)",
            self.__len__(),
            self.draws()
        )
    }

    fn _repr_html_(&self) -> PyResult<String> {
        let mark = if self.report.marks.illustrative { " (illustrative)" } else { "" };
        Ok(page::titled(&(self.__repr__() + mark), &self.rows()?))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let named = PyDict::new(py);
        named.set_item("axes", self.axes(py)?)?;
        named.set_item("by", self.by())?;
        named.set_item("best", self.best())?;
        named.set_item("kept", self.__len__())?;
        named.set_item("blocks", self.blocks())?;
        named.set_item("resamples", self.resamples())?;
        named.set_item("draws", self.draws())?;
        named.set_item("seed", self.seed())?;
        named.set_item("situation", self.situation())?;
        named.set_item("points", word(&self.report.provenance.points))?;
        recomputed(py, "ranking", None, Some(&named), self.contract.bind(py).as_any())
    }
}

result_of_report!(Ranking);

#[pymethods]
impl Contract {
    /// Give the best scenarios of a grid of the contract, and how often each stays the best when draws are drawn anew.
    ///
    /// All scenarios share their draws, so that what is compared is the terms. The draws are cut into blocks, which share none of them;
    /// drawing blocks anew with replacement shows how much of a ranking is chance. Each time a figure is that of all draws of the blocks
    /// drawn, taken together, so that a quantile errs as that of as many draws does.
    ///
    /// Parameters
    /// ----------
    /// axes : mapping of str to sequence of numbers
    ///     As for `risk_grid`.
    /// by : str
    ///     What scenarios are ranked by: ``"chance_of_paying"``, ``"mean"``, ``"sd"``, ``"payers.<id>"``, or a quantile of what is paid in
    ///     all, such as ``"p95"``.
    /// draws : int
    ///     Draws of each scenario in all, up to 65,536.
    /// seed : int
    ///     From 0 to 2**64 - 1.
    /// best : {"smallest", "largest"}, default "smallest"
    ///     Which end is the best.
    /// kept : int, default 10
    ///     How many of the best are told.
    /// blocks : int, default 20
    ///     Into how many blocks the draws are cut, from 2.
    /// resamples : int, default 1000
    ///     How often blocks are drawn anew, from 2.
    /// situation, threads, progress
    ///     As for `risk_grid`; progress counts scenarios.
    /// points : {"random"}
    ///     Parts of evenly spread draws are not independent of each other, so that others are refused.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     For nothing to rank by, and as for `risk_grid`.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> contract = si.read_contract("fixtures/contracts/larvik-for-nothing.toml")
    /// >>> terms = {"contract.payments.target.schedule.steps.0.at": [0.099, 0.1], "contract.at_most": [3_000_000, 4_400_000]}
    /// >>> found = contract.ranking(terms, by="payers.larvik", draws=10_000, seed=7, kept=2)
    /// >>> [row["stays_among"] for row in found.table.to_pylist()]  # two targets that ask for the same 28 people
    /// [1.0, 1.0]
    #[pyo3(signature = (
        axes, *, by, draws, seed, best = "smallest", kept = None, blocks = None, resamples = None, situation = "as-believed",
        points = "random", threads = None, progress = None
    ))]
    #[allow(clippy::too_many_arguments, reason = "keyword options of Python")]
    fn ranking(
        slf: &Bound<'_, Self>,
        axes: &Bound<'_, PyAny>,
        by: &str,
        draws: &Bound<'_, PyAny>,
        seed: &Bound<'_, PyAny>,
        best: &str,
        kept: Option<&Bound<'_, PyAny>>,
        blocks: Option<&Bound<'_, PyAny>>,
        resamples: Option<&Bound<'_, PyAny>>,
        #[pyo3(from_py_with = situation_name)] situation: &str,
        points: &str,
        threads: Option<&Bound<'_, PyAny>>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Ranking> {
        let (py, contract) = (slf.py(), slf.get().core());
        let count = |given: Option<&Bound<'_, PyAny>>, name, usual, least| {
            given.map_or(Ok(usual), |given| whole(given, name, least, u64::MAX))
        };
        let (by, chances) = ranked_by(py, by, contract)?;
        let simulation = request_of(py, &Asked { draws, seed, measures: None, points, threads }, MOST_GRID_DRAWS)?;
        let usual_blocks = BLOCKS.min(simulation.draws());
        let asked = RankingQuestion {
            grid: RiskGridQuestion {
                axes: axes_of(axes)?,
                situation: situation_of(py, situation)?,
                chances,
                simulation,
            },
            by,
            best: best_of(py, best)?,
            kept: usize::try_from(count(kept, "kept", KEPT, 1)?).unwrap_or(usize::MAX),
            blocks: count(blocks, "blocks", usual_blocks, 2)?,
            resamples: count(resamples, "resamples", RESAMPLES, 2)?,
        };
        let found = listened(py, progress, |heard| contract.ranking(&asked, heard))?;
        let inner = found.map_err(|error| match error {
            RankingError::Risk(error) => refused(py, &error),
            other => plain(py, &other.to_string()),
        })?;
        Ok(Ranking { report: RankingReport::of(contract, &inner), contract: slf.clone().unbind() })
    }
}

fn best_of(py: Python<'_>, best: &str) -> PyResult<Best> {
    match best {
        "smallest" => Ok(Best::Smallest),
        "largest" => Ok(Best::Largest),
        other => {
            let message = format!("`{other}` is no end of a ranking: choose `smallest` or `largest`");
            Err(at_argument(py, "best", &message))
        }
    }
}

/// By which column of a grid scenarios are ranked, and the quantile that it needs.
fn ranked_by(py: Python<'_>, by: &str, contract: &CoreContract) -> PyResult<(RankedBy, Vec<f64>)> {
    let id = |holder: &HolderIndex| contract.holders().get(holder.position()).map(|holder| holder.id.as_str());
    let payer = |wanted: &str| contract.terms().paying().into_iter().find(|holder| id(holder) == Some(wanted));
    let named = match by {
        "chance_of_paying" => Some(RankedBy::ChanceOfPaying),
        "mean" => Some(RankedBy::Mean),
        "sd" => Some(RankedBy::Sd),
        other => other.strip_prefix("payers.").and_then(payer).map(RankedBy::Payer),
    };
    let percent = by.strip_prefix('p').and_then(|percent| percent.parse::<f64>().ok());
    match (named, percent.map(|percent| percent / 100.0).filter(|chance| (0.0..=1.0).contains(chance))) {
        (Some(named), _) => Ok((named, Vec::new())),
        (None, Some(chance)) => Ok((RankedBy::Quantile(0), vec![chance])),
        (None, None) => {
            let message = format!(
                "scenarios are not ranked by `{by}`: choose `chance_of_paying`, `mean`, `sd`, `payers.` and the id of a payer, \
                 or a quantile such as `p95`"
            );
            Err(at_argument(py, "by", &message))
        }
    }
}
