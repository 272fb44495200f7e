//! Grids: a measure over shared draws at every combination of values of some addresses.

use crate::appraisal::{Appraisal, question};
use crate::document::decimal_at;
use crate::error::{Raise, at_argument, at_one_of, plain, told};
use crate::figure::Figure;
use crate::label::marked;
use crate::model::Model;
use crate::named::{holder_id, measure_name, outcome_id};
use crate::page;
use crate::results::recomputed;
use crate::returns::elements;
use crate::simulation::{Asked, listened, probability, request_of, threshold as cut};
use crate::table::{Columns, Table};
use impact_core::address::Address;
use impact_core::analysis::{Axis, BreakEvenError, Grid as Core, GridError, GridQuestion, MOST_GRID_DRAWS, Scenario};
use impact_core::model::{Model as CoreModel, Question};
use impact_core::report::{drawn_marks, figure_row, quantile_name, word};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyMapping, PyTuple};
use rust_decimal::Decimal;

impl Raise for GridError {
    fn raise(&self, py: Python<'_>) -> PyErr {
        match self {
            GridError::Model(error) => error.raise(py),
            GridError::Address(error) => error.raise(py),
            other => plain(py, &other.to_string()),
        }
    }
}

/// A measure at every combination of values of some addresses, over draws that all of them share.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> model = si.read("fixtures/models/map-12x10.toml")
/// >>> grid = model.grid({"costs.programme.amount": [60e6, 90e6, 120e6]}, draws=1_000, seed=7)
/// >>> grid.table["probability"]
/// [1.0, 0.454, 0.003]
#[pyclass(frozen, module = "socialimpact")]
pub struct Grid {
    inner: Core,
    model: Py<Model>,
}

#[pymethods]
impl Grid {
    /// The model as it is.
    #[getter]
    fn model(&self, py: Python<'_>) -> Py<Model> {
        self.model.clone_ref(py)
    }

    /// The name of the measure.
    #[getter]
    fn measure(&self) -> &'static str {
        self.inner.asked.question.measure.name()
    }

    /// Whose: ``"society"``, ``"public"`` or the id of a holder.
    #[getter]
    fn holder(&self) -> String {
        self.inner.asked.question.perspective.to_string()
    }

    /// Of which outcome, for a measure that is of one.
    #[getter]
    fn outcome(&self) -> Option<&str> {
        self.inner.asked.question.outcome.as_deref()
    }

    /// The exact figure of the model as it is, with unit and marks.
    #[getter]
    fn point(&self, py: Python<'_>) -> PyResult<Figure> {
        let model = self.model.get().core();
        let appraisal = told(py, py.detach(|| model.appraise()))?;
        let row = figure_row(&appraisal, &self.inner.point);
        Ok(Figure::new(row, Py::new(py, Appraisal::new(appraisal))?))
    }

    /// What the draws rest on is marked with: ``"illustrative"``, ``"unverified"``.
    #[getter]
    fn marks<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let (model, point) = (self.model.get().core(), &self.inner.point);
        marked(py, py.detach(|| drawn_marks(model, &point.question, point.marks)))
    }

    /// The axes: the values of each address, in the order they were given.
    #[getter]
    fn axes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        axis_values(py, &self.inner.asked.axes)
    }

    /// How many draws a scenario has.
    #[getter]
    fn draws(&self) -> u64 {
        self.inner.asked.simulation.draws()
    }

    /// The seed.
    #[getter]
    fn seed(&self) -> u64 {
        self.inner.asked.simulation.seed().0
    }

    /// What the measure is to be above.
    #[getter]
    fn above(&self) -> f64 {
        self.inner.asked.threshold
    }

    /// The scenarios, the last axis fastest: a column for each address with its value, ``mean``, ``mean_error``, ``sd``,
    /// ``probability`` (of a draw above the threshold), a column for each quantile asked for, such as ``p05``, and
    /// ``undefined`` (draws at which the measure does not exist, left out of the others).
    #[getter]
    fn table(&self) -> PyResult<Table> {
        let Core { asked, scenarios, .. } = &self.inner;
        let of = |part: fn(&Scenario) -> Option<f64>| scenarios.iter().map(part);
        let mut columns = axis_columns(&asked.axes, scenarios.len())
            .ratio("mean", of(|scenario| scenario.mean.map(|(mean, _)| mean)))
            .ratio("mean_error", of(|scenario| scenario.mean.and_then(|(_, error)| error)))
            .ratio("sd", of(|scenario| scenario.sd))
            .ratio("probability", of(|scenario| scenario.above));
        columns = quantile_columns(columns, &asked.chances, scenarios, |scenario| &scenario.quantiles);
        let undefined = scenarios.iter().map(|scenario| i64::try_from(scenario.undefined).unwrap_or(i64::MAX));
        Ok(columns.whole("undefined", undefined).table()?)
    }

    /// Draw the means: a line over one axis, a map over two.
    ///
    /// Parameters
    /// ----------
    /// ax : matplotlib Axes, optional
    ///     Where to draw; left out, a figure of its own.
    /// lang : Language, default "en"
    ///     The language of texts and numbers.
    #[pyo3(signature = (ax = None, lang = "en"))]
    fn plot<'py>(slf: &Bound<'py, Self>, ax: Option<&Bound<'py, PyAny>>, lang: &str) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("socialimpact.plots.scenarios")?.getattr("scenarios")?.call1((slf, ax, lang))
    }

    fn __len__(&self) -> usize {
        self.inner.scenarios.len()
    }

    fn __repr__(&self) -> String {
        let asked = &self.inner.asked;
        let over = asked.axes.iter().map(|axis| axis.address.as_str()).collect::<Vec<_>>().join(", ");
        format!("Grid({} over {over}: {} scenarios of {} draws)", asked.question, self.__len__(), self.draws())
    }

    fn _repr_html_(&self) -> PyResult<String> {
        let (model, point) = (self.model.get().core(), &self.inner.point);
        let marks = drawn_marks(model, &point.question, point.marks);
        let mark = if marks.illustrative { " (illustrative)" } else { "" };
        Ok(page::titled(&(self.__repr__() + mark), &self.table()?))
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.inner == other.inner && self.model.get().core() == other.model.get().core()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let asked = &self.inner.asked;
        let named = PyDict::new(py);
        named.set_item("axes", self.axes(py)?)?;
        named.set_item("draws", self.draws())?;
        named.set_item("seed", self.seed())?;
        named.set_item("measure", self.measure())?;
        named.set_item("holder", self.holder())?;
        named.set_item("outcome", self.outcome())?;
        named.set_item("above", asked.threshold)?;
        named.set_item("quantiles", PyTuple::new(py, &asked.chances)?)?;
        named.set_item("points", word(&asked.simulation.points()))?;
        recomputed(py, "grid", None, Some(&named), self.model.bind(py).as_any())
    }
}

crate::results::copied_as_itself!(Grid);

/// The columns of some axes with their values in each scenario, the last axis fastest.
pub fn axis_columns(axes: &[Axis], scenarios: usize) -> Columns {
    let mut repeated = scenarios;
    axes.iter().fold(Columns::new(), |columns, axis| {
        repeated /= axis.values.len().max(1);
        let value = |row: usize| axis.values.get((row / repeated.max(1)) % axis.values.len().max(1)).copied();
        columns.amount(axis.address.as_str(), (0..scenarios).map(value))
    })
}

/// The values of each address, in the order they were given.
pub fn axis_values<'py>(py: Python<'py>, axes: &[Axis]) -> PyResult<Bound<'py, PyDict>> {
    let values = PyDict::new(py);
    for axis in axes {
        values.set_item(axis.address.as_str(), PyTuple::new(py, &axis.values)?)?;
    }
    Ok(values)
}

/// A column for each quantile asked for, a row for each scenario.
pub fn quantile_columns<S>(columns: Columns, chances: &[f64], scenarios: &[S], of: fn(&S) -> &Vec<f64>) -> Columns {
    chances.iter().enumerate().fold(columns, |columns, (place, chance)| {
        columns.ratio(&quantile_name(*chance), scenarios.iter().map(|scenario| of(scenario).get(place).copied()))
    })
}

#[pymethods]
impl Model {
    /// Value the model at every combination of values of some addresses, over draws that all of them share.
    ///
    /// An address that is uncertain has the value of its scenario in every draw; what no value changes is worked out once.
    /// Ctrl-C ends it between some thousand scenarios and leaves nothing behind.
    ///
    /// Parameters
    /// ----------
    /// axes : mapping of str to sequence of numbers
    ///     The values of each address, which rise: an assumption, or a setting that is a number, such as ``horizon``. At least
    ///     one address; the last axis varies fastest.
    /// draws : int
    ///     Draws of each scenario, up to 65,536.
    /// seed : int
    ///     From 0 to 2**64 - 1.
    /// measure : Measure, default "npv"
    ///     The measure.
    /// holder : str, default "society"
    ///     Whose: ``"society"``, ``"public"`` or the id of a holder.
    /// outcome : str, optional
    ///     Of which outcome, for a measure that is of one.
    /// above : number, optional
    ///     What the measure is to be above: left out, one for a ratio of gains to inputs, else zero.
    /// quantiles : sequence of numbers, optional
    ///     Chances whose quantiles are wanted, such as 0.05 and 0.95.
    /// points, threads, progress
    ///     As for `simulate`; progress counts scenarios.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     For unknown addresses, values that the document would refuse, and as for `simulate`.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> model = si.read("fixtures/models/map-12x10.toml")
    /// >>> costs, shares = [60e6, 120e6], [0.1, 0.4]
    /// >>> grid = model.grid({"costs.programme.amount": costs, "outcomes.outcome-01.deadweight": shares}, draws=500, seed=7)
    /// >>> len(grid), grid.table["undefined"]
    /// (4, [0, 0, 0, 0])
    #[pyo3(signature = (axes, *, draws, seed, measure = "npv", holder = "society", outcome = None, above = None, quantiles = None, points = "random", threads = None, progress = None))]
    #[allow(clippy::too_many_arguments, reason = "keyword options of Python")]
    fn grid(
        slf: &Bound<'_, Self>,
        axes: &Bound<'_, PyAny>,
        draws: &Bound<'_, PyAny>,
        seed: &Bound<'_, PyAny>,
        #[pyo3(from_py_with = measure_name)] measure: &str,
        #[pyo3(from_py_with = holder_id)] holder: &str,
        #[pyo3(from_py_with = outcome_id)] outcome: Option<&str>,
        above: Option<&Bound<'_, PyAny>>,
        quantiles: Option<&Bound<'_, PyAny>>,
        points: &str,
        threads: Option<&Bound<'_, PyAny>>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Grid> {
        let py = slf.py();
        let question = question(py, measure, holder, outcome)?;
        let drawn = Asked { draws, seed, measures: None, points, threads };
        let asked = asked_of(py, axes, question, (above, quantiles), &drawn)?;
        let model = slf.get().core();
        let inner = listened(py, progress, |listen| model.grid(&asked, listen))?;
        let inner = inner.map_err(|error| refused(py, model, &asked.axes, &error))?;
        Ok(Grid::new(inner, slf.clone().unbind()))
    }
}

impl Grid {
    /// A grid of the core, of this model.
    pub fn new(inner: Core, model: Py<Model>) -> Self {
        Self { inner, model }
    }
}

/// What a grid is asked; `told` is the threshold and the chances whose quantiles are wanted.
pub fn asked_of(
    py: Python<'_>,
    axes: &Bound<'_, PyAny>,
    question: Question,
    (above, quantiles): (Option<&Bound<'_, PyAny>>, Option<&Bound<'_, PyAny>>),
    drawn: &Asked<'_, '_>,
) -> PyResult<GridQuestion> {
    let threshold = match above {
        Some(above) => cut(above, "above")?,
        None => question.measure.threshold().unwrap_or(0.0),
    };
    let chances = quantiles.map_or(Ok(Vec::new()), quantiles_of)?;
    let axes = axes_of(axes)?;
    let simulation = request_of(py, drawn, MOST_GRID_DRAWS)?;
    Ok(GridQuestion { axes, question, threshold, chances, simulation })
}

/// The error of a question, with the place of the address that it is about.
pub fn refused(py: Python<'_>, model: &CoreModel, axes: &[Axis], error: &GridError) -> PyErr {
    let place = |address: &Address| format!("axes.{address}");
    let about = match error {
        GridError::Address(BreakEvenError::Model(fault)) => {
            return at_one_of(py, fault, model, axes.iter().map(|axis| (place(&axis.address), &axis.address)));
        }
        GridError::Address(error) => error.address(),
        GridError::Axis(fault) => Some(fault.address()),
        _ => None,
    };
    about.map_or_else(|| error.raise(py), |address| at_argument(py, &place(address), &error.to_string()))
}

/// Chances whose quantiles are wanted, none of them twice.
pub fn quantiles_of(numbers: &Bound<'_, PyAny>) -> PyResult<Vec<f64>> {
    let mut found: Vec<f64> = Vec::new();
    for (position, number) in elements(numbers, "quantiles", "numbers")?.enumerate() {
        let place = format!("quantiles[{position}]");
        let chance = probability(&number?, &place)?;
        if found.contains(&chance) {
            return Err(at_argument(numbers.py(), &place, "this chance is asked for twice: name it once"));
        }
        found.push(chance);
    }
    Ok(found)
}

/// Addresses with their values.
pub fn axes_of(axes: &Bound<'_, PyAny>) -> PyResult<Vec<Axis>> {
    let Ok(mapping) = axes.cast::<PyMapping>() else {
        return Err(at_argument(axes.py(), "axes", "give a mapping of addresses to their values"));
    };
    mapping.items()?.iter().map(|item| axis(&item)).collect()
}

/// An address and its values.
fn axis(item: &Bound<'_, PyAny>) -> PyResult<Axis> {
    let py = item.py();
    let (address, values): (Bound<'_, PyAny>, Bound<'_, PyAny>) = item.extract()?;
    let text = address.extract::<String>().map_err(|_| at_argument(py, "axes", "an address is a text"))?;
    let address: Address = told(py, text.parse())?;
    let each = elements(&values, &text, "numbers")?;
    let values = each.map(|value| told(py, decimal_at(&value?, &address)?)).collect::<PyResult<Vec<Decimal>>>()?;
    Ok(Axis { address, values })
}
