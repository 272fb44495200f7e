//! Payment beside saving: what each holder pays for results and what it saves by them, where both are uncertain.

use super::risk::{not_told, situation_of};
use super::saving_rows;
use super::sharing::result_of_draws;
use crate::error::{Raise, plain, reason, to_python, told};
use crate::label::visible;
use crate::model::Model;
use crate::named::situation_name;
use crate::page;
use crate::results::{recomputed, values};
use crate::simulation::{Asked, listened, request, shown};
use crate::table::{Columns, Table, TableError};
use impact_core::analysis::risk::{SavingError, SavingRisk as Core};
use impact_core::report::{HolderSavingRow, SavingRiskReport, SavingSituationRow};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

impl Raise for SavingError {
    fn raise(&self, py: Python<'_>) -> PyErr {
        match self {
            Self::Risk(error) => error.raise(py),
            Self::Model(error) => to_python(py, error),
            other => other.label().map_or_else(|| plain(py, &other.to_string()), |label| reason(py, &label)),
        }
    }
}

/// What each holder pays for results beside what it saves by them: what `Model.saving_risk` gives.
///
/// Payment follows what is observed, the saving the truth: where nothing works nothing is saved. It travels (pickle) as the model and
/// what decides the draws, and is drawn again where it arrives. Amounts are money of their year.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> risk = si.read("fixtures/models/larvik-contract.toml").saving_risk(draws=10_000, seed=7)
/// >>> believed = [row for row in risk.holders.to_pylist() if row["situation"] == "as-believed"]
/// >>> for row in believed:
/// ...     print(row["holder"], round(row["paid_mean"], -3), round(row["saved_mean"], -3), row["covers"])
/// participants 0.0 -125000.0 None
/// larvik 1095000.0 31000.0 0.0012
/// sandefjord 1095000.0 31000.0 0.0012
/// tonsberg 1095000.0 31000.0 0.0012
/// faerder 1095000.0 31000.0 0.0012
/// state 0.0 376000.0 None
#[pyclass(frozen, module = "socialimpact")]
pub struct SavingRisk {
    inner: Core,
    model: Py<Model>,
}

impl SavingRisk {
    fn report(&self, py: Python<'_>) -> SavingRiskReport<'_> {
        let model = self.model.get().core();
        py.detach(|| SavingRiskReport::of(model, &self.inner))
    }

    fn table(
        &self,
        py: Python<'_>,
        made: impl FnOnce(&[SavingSituationRow]) -> Result<Table, TableError>,
    ) -> PyResult<Table> {
        Ok(made(&self.report(py).situations)?)
    }
}

impl SavingRisk {
    /// A situation by its name, where it is told.
    fn told<'a>(
        &self,
        py: Python<'_>,
        report: &'a SavingRiskReport<'_>,
        situation: &str,
    ) -> PyResult<&'a SavingSituationRow> {
        let asked = situation_of(py, situation)?;
        report.situations.iter().find(|row| row.situation == asked).ok_or_else(|| not_told(py, asked))
    }
}

#[pymethods]
impl Model {
    /// Say what each holder may pay for results by the model's own contract, beside what it saves by them.
    ///
    /// What a unit of an outcome saves is the model's own: one of the metric that names the outcome is one unit of it. Whatever of the
    /// model is uncertain beside the contract and its truth stands at its expected value.
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
    /// SavingRisk
    ///     By holder and by year, in each situation; the probability that the saving covers the payment; and how payers may share so
    ///     that none is worse off.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     For a model without a contract, or whose contract names no outcome, and an outcome without units (its ``is_reason`` is True:
    ///     nothing is wrong with the model); and as for `Contract.risk`.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> model = si.read("fixtures/models/larvik-contract.toml")
    /// >>> risk = model.saving_risk(draws=2_000, seed=7)
    /// >>> town = next(row for row in risk.by_year.to_pylist() if row["holder"] == "larvik")
    /// >>> town["year"], round(town["paid"], -5), round(town["saved"], -3)
    /// (2025, 1100000.0, 31000.0)
    #[pyo3(signature = (draws, seed, *, points = "random", threads = None, progress = None))]
    fn saving_risk(
        slf: &Bound<'_, Self>,
        draws: &Bound<'_, PyAny>,
        seed: &Bound<'_, PyAny>,
        points: &str,
        threads: Option<&Bound<'_, PyAny>>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<SavingRisk> {
        let (py, model) = (slf.py(), slf.get().core());
        let asked = request(py, &Asked { draws, seed, measures: None, points, threads })?;
        let inner = listened(py, progress, |heard| model.saving_risk(&asked, heard))?;
        Ok(SavingRisk { inner: told(py, inner)?, model: slf.clone().unbind() })
    }
}

#[pymethods]
impl SavingRisk {
    /// The model.
    #[getter]
    fn model(&self, py: Python<'_>) -> Py<Model> {
        self.model.clone_ref(py)
    }

    /// What each holder that pays or saves pays, saves, and saves less what it pays, over all years; ``cashable``, the part of the
    /// saving that is expected to release money (None of who has no public budget, and where places close in steps); and ``covers``, the probability that it saves at
    /// least what it pays (None of who pays nothing).
    #[getter]
    fn holders(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, saving_rows::holders)
    }

    /// What each holder is expected to pay and to save in each year.
    #[getter]
    fn by_year(&self, py: Python<'_>) -> PyResult<Table> {
        self.table(py, saving_rows::by_year)
    }

    /// The outcomes whose savings are counted, each with the metric that counts its units; and those ``left_out``, which no metric of
    /// the truth names.
    #[getter]
    fn outcomes(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(saving_rows::outcomes(&self.report(py))?)
    }

    /// Whether other numbers of the model are uncertain: they stand at their expected values.
    #[getter]
    fn at_expected_values(&self) -> bool {
        self.inner.at_expected_values
    }

    /// Give how those who pay may share what is expected to be paid so that none of them pays more than it is expected to save.
    ///
    /// Parameters
    /// ----------
    /// situation : Situation, default "as-believed"
    ///     What is supposed to be the case.
    ///
    /// Returns
    /// -------
    /// FairShares
    ///     The least and the most of each, or what is missing.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> risk = si.read("fixtures/models/larvik-contract.toml").saving_risk(draws=10_000, seed=7)
    /// >>> shares = risk.fair_shares()
    /// >>> shares.status, round(shares.missing, -5)
    /// ('missing', 4300000.0)
    #[pyo3(signature = (situation = "as-believed"))]
    fn fair_shares<'py>(
        &self,
        py: Python<'py>,
        #[pyo3(from_py_with = situation_name)] situation: &str,
    ) -> PyResult<Bound<'py, PyAny>> {
        let report = self.report(py);
        let found = self.told(py, &report, situation)?;
        let parts = (values(py, &found.fair_shares)?, situation, saving_rows::shares(&found.fair_shares)?);
        py.import("socialimpact.sharing")?.getattr("FairShares")?.call_method1("_of", parts)
    }

    /// Draw what each payer is expected to pay beside what it is expected to save, year by year, with matplotlib.
    ///
    /// Parameters
    /// ----------
    /// ax : matplotlib Axes, optional
    ///     Where to draw; left out, a figure of its own.
    /// lang : Language, default "en"
    ///     The language of texts and numbers.
    /// situation : Situation, default "as-believed"
    ///     What is supposed to be the case.
    #[pyo3(signature = (ax = None, lang = "en", *, situation = "as-believed"))]
    fn plot<'py>(
        slf: &Bound<'py, Self>,
        ax: Option<&Bound<'py, PyAny>>,
        lang: &str,
        #[pyo3(from_py_with = situation_name)] situation: &str,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        slf.get().told(py, &slf.get().report(py), situation)?;
        py.import("socialimpact.plots.own_saving")?.getattr("own_saving")?.call1((slf, ax, lang, situation))
    }

    fn __repr__(&self) -> String {
        let name = visible(&self.inner.contract.name().to_string());
        format!("SavingRisk({name}, {} {} draws, seed {})", self.count(), self.points(), self.seed())
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        let report = self.report(py);
        let mark = if report.marks.illustrative { " (illustrative)" } else { "" };
        let draws = page::count(self.count());
        let title = format!("{}: {draws} draws, seed {}{mark}", report.name.en, self.seed());
        Ok(page::titled(&title, &notebook(&report)?))
    }

    fn __eq__(&self, other: &Self) -> bool {
        let made = |risk: &Core| (risk.simulation.draws(), risk.simulation.seed(), risk.simulation.points());
        let (one, two) = (&self.inner, &other.inner);
        let same = self.model.get().core() == other.model.get().core() && made(one) == made(two);
        same && one.situations == two.situations
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let named = PyDict::new(py);
        named.set_item("draws", self.count())?;
        named.set_item("seed", self.seed())?;
        named.set_item("points", self.points())?;
        recomputed(py, "saving_risk", None, Some(&named), self.model.bind(py).as_any())
    }
}

result_of_draws!(SavingRisk);

/// What each holder pays and saves, as a notebook shows it.
fn notebook(report: &SavingRiskReport<'_>) -> Result<Table, TableError> {
    let rows: Vec<(&SavingSituationRow, &HolderSavingRow)> =
        report.situations.iter().flat_map(|row| row.holders.iter().map(move |holder| (row, holder))).collect();
    let of = |read: fn(&HolderSavingRow) -> f64| rows.iter().map(move |(_, row)| shown(read(row)));
    Columns::new()
        .text("situation", rows.iter().map(|(row, _)| row.name.en.as_str()))
        .text("holder", rows.iter().map(|(_, row)| row.name.en.as_str()))
        .ratio("mean paid", of(|row| row.paid.mean))
        .ratio("mean saved", of(|row| row.saved.mean))
        .ratio("mean net", of(|row| row.net.mean))
        .ratio("chance that the saving covers it", rows.iter().map(|(_, row)| Some(shown(row.covers?.value))))
        .table()
}
