//! Simulated figures: a measure over all draws, with how far each answer may be off.

use super::simulated::Simulated;
use super::{asked, draws, rows};
use crate::distribution::answer;
use crate::error::told;
use crate::figure::Figure;
use crate::label::{label, marked};
use crate::page;
use crate::results::{content_hash, recomputed};
use crate::table::Table;
use impact_core::model::Question;
use impact_core::report::{
    FigureRow, SimulatedRow, drawn_marks, holder_name, left_out, mean_note, point_row, unanswered,
};
use impact_core::simulation::SimulatedFigure as Core;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

type Optional<'a, 'py> = Option<&'a Bound<'py, PyAny>>;

/// A measure over all draws; ``float(figure)`` is its mean.
///
/// A draw at which the measure does not exist (a ratio over nothing, a cost never paid back) is counted in `undefined`;
/// every other answer is about the draws at which it does. Where it exists at none, a number asked for is an ImpactError
/// that says why.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> model = si.read("fixtures/models/sandefjord.toml")
/// >>> npv = model.simulate(20_000, 7).measure("npv", holder="municipality")
/// >>> low, high = npv.interval(0.9)
/// >>> low < npv.mean < high
/// True
/// >>> round(npv.probability(above=0) + npv.probability(below=0), 12)
/// 1.0
/// >>> npv.unit
/// 'NOK (2022 prices, present value 2018)'
#[pyclass(frozen, module = "socialimpact")]
pub struct SimulatedFigure {
    inner: Core,
    simulated: Py<Simulated>,
}

impl SimulatedFigure {
    /// A figure of a simulation.
    pub fn new(inner: Core, simulated: Py<Simulated>) -> Self {
        Self { inner, simulated }
    }

    fn question(&self) -> &Question {
        &self.inner.point().question
    }

    fn point_row(&self) -> FigureRow {
        point_row(self.simulated.get().core().model(), &self.inner)
    }

    fn row(&self) -> SimulatedRow {
        SimulatedRow::of(self.simulated.get().core().model(), &self.inner)
    }
}

#[pymethods]
impl SimulatedFigure {
    /// The simulation it belongs to.
    #[getter]
    fn simulated(&self, py: Python<'_>) -> Py<Simulated> {
        self.simulated.clone_ref(py)
    }

    /// The name of the measure.
    #[getter]
    fn measure(&self) -> &'static str {
        self.question().measure.name()
    }

    /// What the measure is called.
    #[getter]
    fn name<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        label(py, &self.point_row().name)
    }

    /// Whose: ``"society"``, ``"public"`` or the id of a holder.
    #[getter]
    fn holder(&self) -> String {
        self.question().perspective.to_string()
    }

    /// The outcome, for cost per outcome, where one was named.
    #[getter]
    fn outcome(&self) -> Option<&str> {
        self.question().outcome.as_deref()
    }

    /// What the values are counted in.
    #[getter]
    fn unit<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        label(py, &self.point_row().unit)
    }

    /// The exact figure at the point values of the model.
    #[getter]
    fn point(&self, py: Python<'_>) -> PyResult<Figure> {
        let appraisal = self.simulated.get().appraisal(py)?;
        Ok(Figure::new(self.point_row(), appraisal.clone_ref(py)))
    }

    /// What anything that moves the draws is marked with, correlations too: ``"illustrative"``, ``"unverified"``.
    #[getter]
    fn marks<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let (model, point) = (self.simulated.get().core().model(), self.inner.point());
        marked(py, py.detach(|| drawn_marks(model, &point.question, point.marks)))
    }

    /// How many draws are left out of all other answers, and why; None where every draw has a value, or there is no answer.
    #[getter]
    fn left_out<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        left_out(&self.inner).map(|said| label(py, &said)).transpose()
    }

    /// Why there is no `mean`, where there are draws: those of ``mvpf`` are ratios that may be infinite. None for other measures.
    #[getter]
    fn mean_note<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        mean_note(&self.inner).map(|said| label(py, &said)).transpose()
    }

    /// Why the draws say nothing: none has a value, or less is better at the point values and more in other draws. None where they do.
    #[getter]
    fn absent<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        unanswered(&self.inner).map(|absent| label(py, &absent)).transpose()
    }

    /// How many draws there are.
    #[getter]
    fn count(&self) -> u64 {
        self.inner.count()
    }

    /// At how many of them the measure does not exist.
    #[getter]
    fn undefined(&self) -> u64 {
        self.inner.undefined()
    }

    /// Their share of all draws.
    #[getter]
    fn undefined_share(&self) -> f64 {
        self.inner.undefined_share()
    }

    /// How many draws are above every number: of ``mvpf`` those that pay for themselves. Quantiles and chances count them.
    #[getter]
    fn infinite(&self) -> u64 {
        self.inner.infinite().1
    }

    /// How many draws are below every number: of ``mvpf`` those that do harm for nothing. Quantiles and chances count them.
    #[getter]
    fn minus_infinite(&self) -> u64 {
        self.inner.infinite().0
    }

    /// The mean. That of ``mvpf`` is an ImpactError: its draws are ratios, and ``Simulated.mvpf().ratio_of_means`` is what is meant.
    #[getter]
    fn mean(&self, py: Python<'_>) -> PyResult<f64> {
        Ok(told(py, self.inner.mean())?.value)
    }

    /// The standard error of the mean, as if draws were independent; None of one draw.
    #[getter]
    fn mean_error(&self, py: Python<'_>) -> PyResult<Option<f64>> {
        Ok(told(py, self.inner.mean())?.standard_error)
    }

    /// The standard deviation.
    #[getter]
    fn sd(&self, py: Python<'_>) -> PyResult<f64> {
        Ok(told(py, self.inner.sd())?.value)
    }

    /// The standard error of the standard deviation; None of one draw.
    #[getter]
    fn sd_error(&self, py: Python<'_>) -> PyResult<Option<f64>> {
        Ok(told(py, self.inner.sd())?.standard_error)
    }

    /// The smallest and the largest draw.
    #[getter]
    fn range(&self, py: Python<'_>) -> PyResult<(f64, f64)> {
        told(py, self.inner.range())
    }

    /// The value above which the measure says that it pays: 0 for a net gain, 1 for a ratio to inputs, None for others.
    #[getter]
    fn threshold(&self) -> Option<f64> {
        self.question().measure.threshold()
    }

    /// Give the value with chance p below it, straight between the two nearest draws; a list for a sequence.
    ///
    /// Parameters
    /// ----------
    /// p : float or sequence of float
    ///     Chances between 0 and 1.
    ///
    /// Returns
    /// -------
    /// float or list of float
    ///     In the unit of the figure.
    #[pyo3(signature = (p, /))]
    fn quantile<'py>(&self, p: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        told(p.py(), self.inner.range())?;
        answer(p, "p", |p| self.inner.quantile(p).map(|quantile| quantile.value))
    }

    /// Give the standard error of a quantile; a list for a sequence. None of one draw.
    ///
    /// Parameters
    /// ----------
    /// p : float or sequence of float
    ///     Chances between 0 and 1.
    ///
    /// Returns
    /// -------
    /// float or list of float
    ///     In the unit of the figure; None of one draw.
    #[pyo3(signature = (p, /))]
    fn quantile_error<'py>(&self, p: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        told(p.py(), self.inner.range())?;
        answer(p, "p", |p| self.inner.quantile(p).map(|quantile| quantile.standard_error))
    }

    /// Give two values with so much chance between them, 0.9 where none is given, and as much below the first as above the
    /// second.
    ///
    /// Parameters
    /// ----------
    /// level : float, default 0.9
    ///     The chance, between 0 and 1.
    ///
    /// Returns
    /// -------
    /// tuple of float
    ///     The low and the high end, in the unit of the figure.
    #[pyo3(signature = (level = None))]
    fn interval(&self, py: Python<'_>, level: Optional<'_, '_>) -> PyResult<(f64, f64)> {
        let level = level.map_or(Ok(0.9), |level| asked::probability(level, "level"))?;
        let (low, high) = told(py, py.detach(|| self.inner.interval(level)))?;
        Ok((low.value, high.value))
    }

    /// Give two numbers with so much of the draws between them that are numbers, infinite ones left aside: what a picture shows.
    ///
    /// Parameters
    /// ----------
    /// level : float
    ///     The chance, between 0 and 1.
    ///
    /// Returns
    /// -------
    /// tuple of float
    ///     The low and the high end, in the unit of the figure.
    #[pyo3(signature = (level, /))]
    fn central(&self, level: &Bound<'_, PyAny>) -> PyResult<(f64, f64)> {
        let (py, level) = (level.py(), asked::probability(level, "level")?);
        told(py, py.detach(|| self.inner.central(level)))
    }

    /// Give the chance of a draw above a threshold, or at or below it: exactly one of the two.
    ///
    /// Parameters
    /// ----------
    /// above, below : float, optional
    ///     The threshold, in the unit of the figure: exactly one of the two.
    ///
    /// Returns
    /// -------
    /// float
    ///     A share of the draws that have a value.
    #[pyo3(signature = (above = None, below = None))]
    fn probability(&self, py: Python<'_>, above: Optional<'_, '_>, below: Optional<'_, '_>) -> PyResult<f64> {
        Ok(asked::chance(py, &self.inner, above, below)?.value)
    }

    /// Give the standard error of that chance; None of one draw.
    ///
    /// Parameters
    /// ----------
    /// above, below : float, optional
    ///     As for `probability`.
    ///
    /// Returns
    /// -------
    /// float or None
    ///     A share; None of one draw.
    #[pyo3(signature = (above = None, below = None))]
    fn probability_error(
        &self,
        py: Python<'_>,
        above: Optional<'_, '_>,
        below: Optional<'_, '_>,
    ) -> PyResult<Option<f64>> {
        Ok(asked::chance(py, &self.inner, above, below)?.standard_error)
    }

    /// Give mean, spread, quantiles and chances, a row each, with how far each may be off: by chance, and by the width of
    /// a bin where draws were only counted.
    fn summary(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(py.detach(|| rows::summary(&self.row()))?)
    }

    /// Count the draws between values: a row for each of so many bins, from the smallest draw to the largest.
    ///
    /// Parameters
    /// ----------
    /// bins : int, optional
    ///     How many, from 1 to 100,000; left out, 60. Past 10 million draws a bin ends where the draws were counted, and there may be
    ///     fewer.
    /// low, high : float, optional
    ///     Other ends, both or neither; draws outside them are in no bin.
    #[pyo3(signature = (bins = None, *, low = None, high = None))]
    fn histogram(
        &self,
        py: Python<'_>,
        bins: Optional<'_, '_>,
        low: Optional<'_, '_>,
        high: Optional<'_, '_>,
    ) -> PyResult<Table> {
        let groups = asked::groups(py, &self.inner, bins, (low, high))?;
        Ok(rows::histogram(&groups)?)
    }

    /// Every draw in its order, ``draw`` and ``value``, null where the measure does not exist; None past 10 million draws,
    /// which are counted and not kept.
    #[getter]
    fn draws(&self, py: Python<'_>) -> PyResult<Option<Table>> {
        py.detach(|| self.inner.draws().map(draws::of_figure).transpose())
    }

    /// Draw how often it comes out where, with matplotlib: the 90 % interval, and the chance on either side of the
    /// threshold.
    ///
    /// Parameters
    /// ----------
    /// ax : matplotlib Axes, optional
    ///     Where to draw; left out, a figure of its own.
    /// lang : Language, default "en"
    ///     The language of texts and numbers.
    #[pyo3(signature = (ax = None, lang = "en"))]
    fn plot<'py>(slf: &Bound<'py, Self>, ax: Optional<'_, 'py>, lang: &str) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("socialimpact.plots.simulated")?.getattr("simulated")?.call1((slf, ax, lang))
    }

    fn __float__(&self, py: Python<'_>) -> PyResult<f64> {
        self.mean(py)
    }

    fn __repr__(&self) -> String {
        format!(
            "SimulatedFigure({}: {})",
            self.question(),
            rows::said(&self.inner).unwrap_or_else(|_| "no value in any draw".to_owned())
        )
    }

    fn _repr_html_(&self) -> PyResult<String> {
        let row = self.row();
        let mark = if row.marks.illustrative { " (illustrative)" } else { "" };
        let whose = holder_name(self.simulated.get().core().model(), &row.holder).en;
        let title = format!("{} for {whose}, {}{mark}", row.at_point.name.en, row.at_point.unit.en);
        match &row.absent {
            Some(absent) => Ok(page::title(&title) + &page::sentence(&absent.en)),
            None => {
                let said: String =
                    row.left_out.iter().chain(&row.mean_note).map(|said| page::sentence(&said.en)).collect();
                Ok(page::titled(&title, &rows::summary(&row)?) + &said)
            }
        }
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.inner.point() == other.inner.point() && self.simulated.get().has_draws_of(other.simulated.get())
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<u64> {
        content_hash(py, self.inner.point())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let named = PyDict::new(py);
        named.set_item("holder", self.holder())?;
        named.set_item("outcome", self.outcome())?;
        recomputed(py, "measure", Some(self.measure()), Some(&named), self.simulated.bind(py).as_any())
    }
}

crate::results::copied_as_itself!(SimulatedFigure);
