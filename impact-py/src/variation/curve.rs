//! Break-even curves: how the break-even value of one number follows another number.

use super::asked::{address, axis, placed};
use crate::appraisal::question;
use crate::break_even::aimed;
use crate::model::Model;
use crate::named::{holder_id, measure_name, outcome_id};
use crate::page;
use crate::results::{recomputed, values};
use crate::rows::labels;
use crate::simulation::listened;
use crate::table::{Columns, Table};
use impact_core::analysis::BreakEvenQuestion;
use impact_core::report::{AnswerReport, CurveReport, word};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use rust_decimal::Decimal;

/// The value of one number at which a measure meets its target, for each of several values of another.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> model = si.read("fixtures/models/beginner.toml")
/// >>> curve = model.break_even_curve("costs.team.amount", [200_000, 400_000], "outcomes.less-lonely.quantity")
/// >>> list(zip(curve.table["x"], curve.table["y"], curve.table["status"]))
/// [(Decimal('200000'), Decimal('12'), 'unique'), (Decimal('400000'), Decimal('24'), 'unique')]
#[pyclass(frozen, module = "socialimpact")]
pub struct BreakEvenCurve {
    report: CurveReport,
    range: Option<(Decimal, Decimal)>,
    model: Py<Model>,
}

impl BreakEvenCurve {
    /// A line for each value found, with its answer; one for an answer without a value.
    fn lines(&self) -> Vec<(Decimal, &AnswerReport, Option<usize>)> {
        let lines = self.report.points.iter().flat_map(|point| {
            let found = point.answer.values.len();
            (0..found.max(1)).map(move |nth| (point.at, &point.answer, (nth < found).then_some(nth)))
        });
        lines.collect()
    }
}

#[pymethods]
impl BreakEvenCurve {
    /// The model as it is.
    #[getter]
    fn model(&self, py: Python<'_>) -> Py<Model> {
        self.model.clone_ref(py)
    }

    /// The name of the measure.
    #[getter]
    fn measure(&self) -> &'static str {
        self.report.measure.name()
    }

    /// Whose: ``"society"``, ``"public"`` or the id of a holder.
    #[getter]
    fn holder(&self) -> String {
        self.report.holder.to_string()
    }

    /// The outcome, for a measure of one.
    #[getter]
    fn outcome(&self) -> Option<&str> {
        self.report.outcome.as_deref()
    }

    /// The value the measure must meet.
    #[getter]
    fn target(&self) -> Decimal {
        self.report.target
    }

    /// The number along the curve.
    #[getter]
    fn x(&self) -> &str {
        self.report.x.address.as_str()
    }

    /// The number that is solved for.
    #[getter]
    fn y(&self) -> &str {
        self.report.y.as_str()
    }

    /// A row for each value found: ``x``, ``status``, ``y``, and ``to`` where a range of values meets the target.
    ///
    /// Where there is none in range, and where every value meets the target, ``y`` is None and ``status`` says which.
    #[getter]
    fn table(&self) -> PyResult<Table> {
        let lines = self.lines();
        let value = |answer: &AnswerReport, nth: Option<usize>| answer.values.get(nth?).copied();
        let end = |answer: &AnswerReport, nth: Option<usize>| answer.range_ends.get(nth?).copied().flatten();
        let jump = |answer: &AnswerReport, nth: Option<usize>| answer.jumps.get(nth?).copied();
        let table = Columns::new()
            .amount("x", lines.iter().map(|(at, _, _)| Some(*at)))
            .words("status", lines.iter().map(|(_, answer, _)| word(&answer.status)))
            .amount("y", lines.iter().map(|(_, answer, nth)| value(answer, *nth)))
            .amount("to", lines.iter().map(|(_, answer, nth)| end(answer, *nth)))
            .flag("jump", lines.iter().map(|(_, answer, nth)| jump(answer, *nth)));
        Ok(labels(table, "sentence", lines.iter().map(|(_, answer, _)| Some(&answer.sentence))).table()?)
    }

    /// Draw it with `socialimpact.plots.curve`; a gap is where no value in range meets the target.
    ///
    /// Parameters
    /// ----------
    /// ax : matplotlib Axes, optional
    ///     Where to draw; left out, a new figure of pyplot.
    /// lang : Language, default "en"
    ///     The language of texts and numbers.
    #[pyo3(signature = (ax = None, *, lang = "en"))]
    fn plot<'py>(slf: &Bound<'py, Self>, ax: Option<Bound<'py, PyAny>>, lang: &str) -> PyResult<Bound<'py, PyAny>> {
        let options = PyDict::new(slf.py());
        options.set_item("ax", ax)?;
        options.set_item("lang", lang)?;
        slf.py().import("socialimpact.plots.variation")?.getattr("curve_of")?.call((slf,), Some(&options))
    }

    /// Give it as dictionaries and lists, numbers as decimal strings.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        values(py, &self.report)
    }

    fn __repr__(&self) -> String {
        let CurveReport { measure, holder, target, x, y, points, .. } = &self.report;
        format!("BreakEvenCurve({measure} = {target} for {holder} by {y} along {}: {} points)", x.address, points.len())
    }

    fn _repr_html_(&self) -> PyResult<String> {
        let report = &self.report;
        let title = format!(
            "where the {} for {} is {}: {} along {}",
            report.measure, report.holder, report.target, report.y_name.en, report.x.name.en
        );
        Ok(page::titled(&title, &self.table()?))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let named = PyDict::new(py);
        named.set_item("values", self.report.x.values.clone())?;
        named.set_item("y", self.y())?;
        named.set_item("measure", self.measure())?;
        named.set_item("holder", self.holder())?;
        named.set_item("outcome", self.outcome())?;
        named.set_item("target", self.target())?;
        named.set_item("low", self.range.map(|(low, _)| low))?;
        named.set_item("high", self.range.map(|(_, high)| high))?;
        recomputed(py, "break_even_curve", Some(self.x()), Some(&named), self.model.bind(py).as_any())
    }
}

crate::results::equal_content!(BreakEvenCurve, report);

#[pymethods]
impl Model {
    /// Find where a measure meets a target by one number, for each of several values of another.
    ///
    /// Parameters
    /// ----------
    /// x : str
    ///     The number along the curve.
    /// values : list of numbers
    ///     Its values, in rising order; with `steps`, the first and the last of them.
    /// y : str
    ///     The number that is solved for, as by `break_even`.
    /// measure, holder, outcome, target, low, high
    ///     As for `break_even`.
    /// steps : int, optional
    ///     How many values, equally far apart, both ends included.
    /// progress : callable, optional
    ///     Called with how many points are done and how many there are; what it raises ends the search.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     For a number that the model does not have, and values that do not rise or are not taken.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> model = si.read("fixtures/models/sandefjord.toml")
    /// >>> people, months = "outcomes.off-assistance.quantity", "assumptions.months-per-recipient"
    /// >>> curve = model.break_even_curve(months, (5, 7), people, holder="municipality", steps=3, low=0, high=10)
    /// >>> [(row["status"], row["y"] and round(row["y"], 2)) for row in curve.table.to_pylist()]
    /// [('unique', Decimal('7.69')), ('unique', Decimal('9.23')), ('none', None)]
    #[pyo3(signature = (
        x, values, y, *, measure = "npv", holder = "society", outcome = None, target = None, low = None, high = None,
        steps = None, progress = None
    ))]
    #[allow(clippy::too_many_arguments, reason = "keyword options of Python")]
    fn break_even_curve(
        slf: &Bound<'_, Self>,
        x: &Bound<'_, PyAny>,
        values: &Bound<'_, PyAny>,
        y: &Bound<'_, PyAny>,
        #[pyo3(from_py_with = measure_name)] measure: &str,
        #[pyo3(from_py_with = holder_id)] holder: &str,
        #[pyo3(from_py_with = outcome_id)] outcome: Option<&str>,
        target: Option<&Bound<'_, PyAny>>,
        low: Option<&Bound<'_, PyAny>>,
        high: Option<&Bound<'_, PyAny>>,
        steps: Option<usize>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<BreakEvenCurve> {
        let (py, model) = (slf.py(), slf.get().core());
        let asked = BreakEvenQuestion::new(address(py, y, "y")?, question(py, measure, holder, outcome)?);
        let axis = axis(address(py, x, "x")?, values, steps, "values")?;
        let asked = aimed(py, asked, target, (low, high))?;
        let found = listened(py, progress, |steps| model.break_even_curve(&axis, &asked, steps))?;
        let at = |place: &str| [(place.to_owned(), &axis.address), ("y".to_owned(), &asked.address)];
        let curve = found.map_err(|error| placed(py, &error, model, &at("x"), &at("values")))?;
        let report = CurveReport::of(model, curve);
        Ok(BreakEvenCurve { report, range: asked.range, model: slf.clone().unbind() })
    }
}
