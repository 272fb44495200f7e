//! Simulated models: every measure asked for over every draw, and what the draws were.

use super::figure::SimulatedFigure;
use super::run::run;
use super::{draws, rows};
use crate::appraisal::{Appraisal, question};
use crate::error::told;
use crate::label::{label, visible};
use crate::model::Model;
use crate::named::{address_text, holder_id, measure_name, outcome_id};
use crate::page;
use crate::results::{content_hash, json, recomputed, values};
use crate::sensitivity::{self, Evpi, PlotTable};
use crate::table::Table;
use crate::worth::made_mvpf_draws;
use impact_core::model::{Measure, Question};
use impact_core::report::{
    MVPF_LEVEL, SimulatedRow, SimulationProvenance, SimulationReport, finding_rows, holder_name, word,
};
use impact_core::simulation::{MvpfDraws, Simulated as Core, SimulatedFigure as CoreFigure};
use pyo3::exceptions::PyKeyboardInterrupt;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyTuple};
use std::sync::Mutex;

/// A model at many draws of its uncertain numbers: what `Model.simulate` gives.
///
/// Model, seed, points and number of draws decide every bit of it on one build target, whatever the threads. It travels
/// (pickle) as these, and is drawn again where it arrives.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> sim = si.read("fixtures/models/map-12x10.toml").simulate(10_000, 7, measures=["sroi_ratio"])
/// >>> ratio = sim.measure("sroi_ratio")
/// >>> round(ratio.mean, 2), ratio.mean_error < 0.05
/// (17.59, True)
/// >>> ratio.probability(above=1)
/// 1.0
/// >>> sim.draws_table(["costs.programme.amount"]).column_names
/// ('draw', 'sroi_ratio for society', 'costs.programme.amount')
#[pyclass(frozen, module = "socialimpact")]
pub struct Simulated {
    inner: Core,
    appraisal: PyOnceLock<Py<Appraisal>>,
    /// Measures that were not asked for at the start.
    later: Mutex<Vec<(Question, CoreFigure)>>,
}

impl Simulated {
    /// A simulation of the core.
    pub fn new(inner: Core) -> Self {
        Self { inner, appraisal: PyOnceLock::new(), later: Mutex::new(Vec::new()) }
    }

    /// The simulation.
    pub fn core(&self) -> &Core {
        &self.inner
    }

    /// The appraisal at the point values, made once.
    pub fn appraisal(&self, py: Python<'_>) -> PyResult<&Py<Appraisal>> {
        self.appraisal.get_or_try_init(py, || {
            let appraisal = told(py, py.detach(|| self.inner.model().appraise()))?;
            Py::new(py, Appraisal::new(appraisal))
        })
    }

    /// Whether it is of the same model and the same draws.
    pub fn has_draws_of(&self, other: &Self) -> bool {
        let (mine, theirs) = (self.inner.simulation(), other.inner.simulation());
        let same = (mine.draws(), mine.seed(), mine.points()) == (theirs.draws(), theirs.seed(), theirs.points());
        same && self.inner.model() == other.inner.model()
    }

    fn rows(&self) -> Vec<SimulatedRow> {
        self.inner.figures().iter().map(|figure| SimulatedRow::of(self.inner.model(), figure)).collect()
    }

    /// A figure, drawn now where it was not asked for at the start.
    fn figure(&self, py: Python<'_>, question: &Question) -> PyResult<CoreFigure> {
        if let Ok(figure) = self.inner.answer(question) {
            return Ok(figure.clone());
        }
        // A thread that panicked holds no lock: it is held for looking up and for adding only.
        let known = self.later.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).clone();
        if let Some((_, figure)) = known.into_iter().find(|(asked, _)| asked == question) {
            return Ok(figure);
        }
        let request = self.inner.simulation().clone().asking([question.clone()]);
        let simulated = run(py, self.inner.model(), &request, None)?;
        let figure = told(py, simulated.answer(question))?.clone();
        let mut later = self.later.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        later.push((question.clone(), figure.clone()));
        Ok(figure)
    }

    /// The marginal value of public funds, of its two sides, which are drawn where they were not asked for.
    fn both_sides(&self, py: Python<'_>, level: f64) -> PyResult<MvpfDraws> {
        let willingness = self.figure(py, &Question::new(Measure::WillingnessToPay))?;
        let cost = self.figure(py, &Question::new(Measure::NetPublicCost))?;
        let model = self.inner.model();
        told(py, py.detach(|| MvpfDraws::between(model, &willingness, &cost, level)))
    }
}

#[pymethods]
impl Simulated {
    /// The model.
    #[getter]
    fn model(&self) -> Model {
        Model::new(self.inner.model().clone())
    }

    /// How many draws there are.
    #[getter]
    fn draws(&self) -> u64 {
        self.inner.simulation().draws()
    }

    /// The seed.
    #[getter]
    fn seed(&self) -> u64 {
        self.inner.simulation().seed().0
    }

    /// How draws cover what may happen: ``"random"``, ``"latin"`` or ``"sobol"``.
    #[getter]
    fn points(&self) -> String {
        word(&self.inner.simulation().points())
    }

    /// The uncertain addresses, sorted.
    #[getter]
    fn addresses<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.inner.addresses().iter().map(|address| address.as_str()))
    }

    /// What to know before reading the figures.
    #[getter]
    fn notes<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyAny>>> {
        self.inner.notes().iter().map(|note| label(py, note)).collect()
    }

    /// List what the checks find in the draws of the measures asked for.
    ///
    /// Returns
    /// -------
    /// Table
    ///     One row a finding, as those of `Appraisal.findings`; `address` is the measure and the perspective. What a document
    ///     silences comes last, with the reason.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> sim = si.read("fixtures/models/sandefjord.toml").simulate(500, 7, measures=[("npv", "municipality")])
    /// >>> found = sim.findings().to_pylist()
    /// >>> found[0]["rule"], found[0]["address"]
    /// ('few-draws', 'measures.npv.municipality')
    fn findings(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(py.detach(|| crate::rows::findings(&finding_rows(self.inner.findings())))?)
    }

    /// Correlations that no numbers can have together: as asked and as used, a row a pair that moved.
    #[getter]
    fn repairs(&self) -> PyResult<Table> {
        Ok(rows::repairs(self.inner.repairs())?)
    }

    /// Give the marginal value of public funds (MVPF) over all draws: what share of them is which case, and an interval.
    ///
    /// Draws on the other side of the point estimate are missing; with as many missing as the interval leaves out, it is the
    /// whole line.
    ///
    /// Parameters
    /// ----------
    /// level : float, default 0.95
    ///     The chance that the interval is meant to hold.
    ///
    /// Returns
    /// -------
    /// MvpfDraws
    ///     Shares of the cases, interval, and the ratio of the means, E[willingness to pay] / E[net cost].
    #[pyo3(signature = (*, level = 0.95))]
    fn mvpf<'py>(&self, py: Python<'py>, level: f64) -> PyResult<Bound<'py, PyAny>> {
        made_mvpf_draws(py, &self.both_sides(py, level)?)
    }

    /// Give a measure over all draws.
    ///
    /// Parameters
    /// ----------
    /// measure : Measure
    ///     The name of the measure.
    /// holder : str, default "society"
    ///     Whose: ``"society"``, ``"public"`` or the id of a holder.
    /// outcome : str, optional
    ///     The outcome, for cost per outcome.
    ///
    /// Returns
    /// -------
    /// SimulatedFigure
    ///     One that was not asked for at the start is drawn now, from the same draws: as long a wait again, once.
    ///     `measures`, `draws_table` and `to_dict` hold those asked for at the start.
    #[pyo3(signature = (measure, holder = "society", outcome = None))]
    fn measure(
        slf: &Bound<'_, Self>,
        #[pyo3(from_py_with = measure_name)] measure: &str,
        #[pyo3(from_py_with = holder_id)] holder: &str,
        #[pyo3(from_py_with = outcome_id)] outcome: Option<&str>,
    ) -> PyResult<SimulatedFigure> {
        let (py, simulated) = (slf.py(), slf.get());
        let question = question(py, measure, holder, outcome)?;
        let figure = simulated.figure(py, &question)?;
        Ok(SimulatedFigure::new(figure, slf.clone().unbind()))
    }

    /// The measures asked for, a row each: mean and standard deviation with their standard errors, quantiles, the chance of
    /// a draw above zero (and above one, for ratios), draws without a value, and the exact figure at the point values.
    #[getter]
    fn measures(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(py.detach(|| rows::measures(&self.rows()))?)
    }

    /// Give every draw as a row, for pandas, polars, pyarrow or DuckDB.
    ///
    /// Parameters
    /// ----------
    /// addresses : sequence of str, optional
    ///     Uncertain numbers whose values are drawn again, one column each: the same values the measures were made from.
    ///
    /// Returns
    /// -------
    /// Table
    ///     ``draw``, each measure as ``"npv for society"``, and each address. A draw without a value is null.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     For an address that is not uncertain; past 10 million draws, which are counted and not kept.
    #[pyo3(signature = (addresses = None))]
    fn draws_table(&self, py: Python<'_>, addresses: Option<&Bound<'_, PyAny>>) -> PyResult<Table> {
        match addresses {
            Some(addresses) => draws::table(py, &self.inner, addresses),
            None => draws::table(py, &self.inner, PyTuple::empty(py).as_any()),
        }
    }

    /// What made this result: that of the model, with seed, points and draws.
    #[getter]
    fn provenance<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        values(py, &SimulationProvenance::of(&self.inner))
    }

    /// Give everything as one JSON document: exact figures as decimal strings, what draws say as numbers.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        let mut report = py.detach(|| SimulationReport::of(&self.inner));
        if report.mvpf.is_none()
            && report.measures.iter().any(|row| row.measure == Measure::Mvpf && row.absent.is_none())
        {
            report.mvpf = match self.both_sides(py, MVPF_LEVEL) {
                Err(failure) if failure.is_instance_of::<PyKeyboardInterrupt>(py) => return Err(failure),
                found => found.ok(),
            };
        }
        json(py, &report)
    }

    /// Give everything as dictionaries and lists: exact figures as decimal strings, what draws say as floats.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.import("json")?.getattr("loads")?.call1((self.to_json(py)?,))
    }

    /// Say how much of the spread of a measure comes from each uncertain number, the most important first.
    ///
    /// Parameters
    /// ----------
    /// measure : Measure, default "npv"
    ///     The name of the measure.
    /// holder : str, default "society"
    ///     Whose: ``"society"``, ``"public"`` or the id of a holder.
    /// outcome : str, optional
    ///     The outcome, for cost per outcome.
    /// total : bool, default False
    ///     Total indices as well: the model is valued once more for each number, so it takes many times as long.
    /// progress : bool or callable, optional
    ///     As for `Model.simulate`.
    ///
    /// Returns
    /// -------
    /// PlotTable
    ///     ``address``; ``first_order``, the share of the variance that would go if the number were known; ``total``, the
    ///     share that would remain if it alone were not (numbers that are correlated have theirs together:
    ///     ``total_with``); 90 % intervals of both; and Spearman's rank correlation with its standard error, over the
    ///     first 10,240 draws at most.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> sim = si.read("fixtures/models/map-12x10.toml").simulate(10_000, 7, measures=["npv"])
    /// >>> table = sim.sobol("npv")
    /// >>> len(table), table["first_order"] == sorted(table["first_order"], reverse=True)
    /// (61, True)
    #[pyo3(signature = (measure = "npv", *, holder = "society", outcome = None, total = false, progress = None))]
    fn sobol(
        &self,
        py: Python<'_>,
        #[pyo3(from_py_with = measure_name)] measure: &str,
        #[pyo3(from_py_with = holder_id)] holder: &str,
        #[pyo3(from_py_with = outcome_id)] outcome: Option<&str>,
        total: bool,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Py<PlotTable>> {
        sensitivity::sobol(py, self, &question(py, measure, holder, outcome)?, total, progress)
    }

    /// Say what it is worth to know everything before deciding: between doing nothing, this model, and others.
    ///
    /// Parameters
    /// ----------
    /// measure : {"npv", "equivalent_annual_value"}, default "npv"
    ///     By what is decided: no decision rests on a ratio.
    /// holder : str, default "society"
    ///     Who decides: ``"society"``, ``"public"`` or the id of a holder.
    /// against : mapping of str to Simulated, or sequence of Simulated, optional
    ///     Other models, drawn with the same seed, points and number of draws.
    #[pyo3(signature = (measure = "npv", *, holder = "society", against = None))]
    fn evpi(
        slf: &Bound<'_, Self>,
        #[pyo3(from_py_with = measure_name)] measure: &str,
        #[pyo3(from_py_with = holder_id)] holder: &str,
        against: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Evpi> {
        sensitivity::evpi(slf, measure, holder, against)
    }

    /// Say what it is worth to know some uncertain numbers before deciding, the most valuable first.
    ///
    /// Parameters
    /// ----------
    /// addresses : sequence of str or of tuple of str, optional
    ///     Numbers, or two or three to be known together; left out, every uncertain number by itself.
    /// measure, holder, against
    ///     As for `evpi`.
    /// progress : bool or callable, optional
    ///     As for `Model.simulate`.
    ///
    /// Returns
    /// -------
    /// PlotTable
    ///     ``address`` (``"a + b"`` for a group), ``evppi`` in the unit of the measure, and its ``standard_error``.
    #[pyo3(signature = (addresses = None, *, measure = "npv", holder = "society", against = None, progress = None))]
    fn evppi(
        slf: &Bound<'_, Self>,
        addresses: Option<&Bound<'_, PyAny>>,
        #[pyo3(from_py_with = measure_name)] measure: &str,
        #[pyo3(from_py_with = holder_id)] holder: &str,
        against: Option<&Bound<'_, PyAny>>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Py<PlotTable>> {
        sensitivity::evppi(slf, addresses, (measure, holder), against, progress)
    }

    /// Say what a study of one uncertain number is worth before deciding.
    ///
    /// Parameters
    /// ----------
    /// address : str
    ///     The number that is studied.
    /// study : mapping
    ///     ``{"share": people}``: so many are observed, and counted for how many the number, a share, comes true;
    ///     ``{"mean": people, "sd": spread}``: so many are measured, whose values spread so much; ``{"count": exposure}``:
    ///     events are counted over so many units of it. Several sizes in a list make a curve.
    /// measure, holder, against
    ///     As for `evpi`.
    /// progress : bool or callable, optional
    ///     As for `Model.simulate`.
    ///
    /// Returns
    /// -------
    /// StudyWorth or PlotTable
    ///     A table with a row for each size where several are given.
    #[pyo3(signature = (address, study, *, measure = "npv", holder = "society", against = None, progress = None))]
    fn evsi<'py>(
        slf: &Bound<'py, Self>,
        #[pyo3(from_py_with = address_text)] address: &str,
        study: &Bound<'py, PyAny>,
        #[pyo3(from_py_with = measure_name)] measure: &str,
        #[pyo3(from_py_with = holder_id)] holder: &str,
        against: Option<&Bound<'py, PyAny>>,
        progress: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        sensitivity::evsi(slf, address, study, (measure, holder), against, progress)
    }

    /// Give the chance that a measure is above each of several thresholds.
    ///
    /// Parameters
    /// ----------
    /// thresholds : sequence of float, optional
    ///     Left out, 41 of them over the middle 99 % of the draws.
    /// measure, holder, outcome
    ///     As for `measure`; any measure will do.
    /// progress : bool or callable, optional
    ///     As for `Model.simulate`.
    #[pyo3(signature = (thresholds = None, *, measure = "npv", holder = "society", outcome = None, progress = None))]
    fn acceptability(
        slf: &Bound<'_, Self>,
        thresholds: Option<&Bound<'_, PyAny>>,
        #[pyo3(from_py_with = measure_name)] measure: &str,
        #[pyo3(from_py_with = holder_id)] holder: &str,
        #[pyo3(from_py_with = outcome_id)] outcome: Option<&str>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Py<PlotTable>> {
        sensitivity::acceptability(slf, thresholds, &question(slf.py(), measure, holder, outcome)?, progress)
    }

    /// Draw the first measure with matplotlib: see `SimulatedFigure.plot`.
    ///
    /// Parameters
    /// ----------
    /// ax : matplotlib Axes, optional
    ///     Where to draw; left out, a figure of its own.
    /// lang : Language, default "en"
    ///     The language of texts and numbers.
    #[pyo3(signature = (ax = None, lang = "en"))]
    fn plot<'py>(
        slf: &Bound<'py, Self>,
        ax: Option<&Bound<'py, PyAny>>,
        lang: &str,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        let first = slf.get().inner.figures().first();
        let first = first.map(|figure| SimulatedFigure::new(figure.clone(), slf.clone().unbind()));
        first.map(|figure| Bound::new(slf.py(), figure)?.call_method1("plot", (ax, lang))).transpose()
    }

    fn __repr__(&self) -> String {
        let (request, name) = (self.inner.simulation(), visible(&self.inner.model().name().to_string()));
        let points = word(&request.points());
        format!("Simulated({name}, {} {points} draws, seed {})", request.draws(), request.seed().0)
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        let rows = py.detach(|| self.rows());
        let (request, name) = (self.inner.simulation(), &self.inner.model().name().en);
        let title = format!("{name}: {} draws, seed {}", page::count(request.draws()), request.seed().0);
        let said = rows.iter().flat_map(|row| row.left_out.iter().chain(&row.mean_note).map(move |said| (row, said)));
        let of = |row: &SimulatedRow| holder_name(self.inner.model(), &row.holder).en;
        let said = said.map(|(row, said)| format!("{} for {}: {}", row.at_point.name.en, of(row), said.en));
        let notes = self.inner.notes().iter().map(|note| note.en.clone()).chain(said);
        let notes: String = notes.map(|note| page::sentence(&note)).collect();
        Ok(page::titled(&title, &rows::measures_shown(&rows, self.inner.model())?) + &notes)
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.has_draws_of(other) && self.inner.simulation().questions() == other.inner.simulation().questions()
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<u64> {
        let request = self.inner.simulation();
        let draws = (request.draws(), request.seed().0, request.points());
        content_hash(py, &(self.inner.model().hash(), draws, request.questions()))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let asked =
            |question: &Question| (question.measure.name(), question.perspective.to_string(), question.outcome.clone());
        let named = PyDict::new(py);
        named.set_item("draws", self.draws())?;
        named.set_item("seed", self.seed())?;
        named.set_item("points", self.points())?;
        named.set_item("measures", self.inner.simulation().questions().iter().map(asked).collect::<Vec<_>>())?;
        recomputed(py, "simulate", None, Some(&named), Bound::new(py, self.model())?.as_any())
    }
}

crate::results::copied_as_itself!(Simulated);
