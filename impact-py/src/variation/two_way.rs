//! Two-way grids: a measure over the values of two numbers at once.

use super::asked::{axis, pair, placed};
use crate::appraisal::{Appraisal, question};
use crate::error::at_argument;
use crate::figure::Figure;
use crate::model::Model;
use crate::named::{holder_id, measure_name, outcome_id};
use crate::page;
use crate::results::{recomputed, values};
use crate::rows::labels;
use crate::simulation::listened;
use crate::table::{Columns, Table};
use impact_core::analysis::{TwoWayQuestion, VariationError};
use impact_core::report::{AxisRow, TwoWayReport};
use impact_core::units::Label;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use rust_decimal::Decimal;

/// A measure at every pair of values of two numbers.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> model = si.read("fixtures/models/beginner.toml")
/// >>> grid = model.two_way(("outcomes.less-lonely.quantity", [20, 30]), ("costs.team.amount", [300_000, 400_000]))
/// >>> grid.matrix
/// [[Decimal('40000'), Decimal('240000')], [Decimal('-80000'), Decimal('120000')]]
#[pyclass(frozen, module = "socialimpact")]
pub struct TwoWay {
    report: TwoWayReport,
    base: Py<Figure>,
    model: Py<Model>,
}

impl TwoWay {
    /// Every cell with its pair of values and, where it has no figure, the reason; row by row.
    fn cells(&self) -> Vec<(Decimal, Decimal, Option<Decimal>, Option<&Label>)> {
        let mut empty = self.report.empty.iter();
        let mut cells = Vec::new();
        for (row, y) in self.report.cells.iter().zip(&self.report.y.values) {
            for (cell, x) in row.iter().zip(&self.report.x.values) {
                // Empty cells stand in the same order.
                let absent = if cell.is_none() { empty.next().map(|cell| &cell.absent) } else { None };
                cells.push((*x, *y, *cell, absent));
            }
        }
        cells
    }
}

fn described<'py>(py: Python<'py>, axis: &AxisRow) -> PyResult<Bound<'py, PyDict>> {
    let found = PyDict::new(py);
    found.set_item("address", axis.address.as_str())?;
    found.set_item("name", crate::label::label(py, &axis.name)?)?;
    found.set_item("unit", &axis.unit)?;
    found.set_item("value", axis.current)?;
    found.set_item("values", axis.values.clone())?;
    Ok(found)
}

#[pymethods]
impl TwoWay {
    /// The model as it is.
    #[getter]
    fn model(&self, py: Python<'_>) -> Py<Model> {
        self.model.clone_ref(py)
    }

    /// The figure of the model as it is.
    #[getter]
    fn base(&self, py: Python<'_>) -> Py<Figure> {
        self.base.clone_ref(py)
    }

    /// The number along the grid: its address, name, unit, value in the model, and the values it was given.
    #[getter]
    fn x<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        described(py, &self.report.x)
    }

    /// The number up the grid, as `x`.
    #[getter]
    fn y<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        described(py, &self.report.y)
    }

    /// A list for each value of `y`, in it the figure at each value of `x`; None where there is none.
    #[getter]
    fn matrix(&self) -> Vec<Vec<Option<Decimal>>> {
        self.report.cells.clone()
    }

    /// A row for each cell: ``x``, ``y``, ``value``, and why there is none.
    #[getter]
    fn table(&self) -> PyResult<Table> {
        let cells = self.cells();
        let table = Columns::new()
            .amount("x", cells.iter().map(|cell| Some(cell.0)))
            .amount("y", cells.iter().map(|cell| Some(cell.1)))
            .amount("value", cells.iter().map(|cell| cell.2));
        Ok(labels(table, "absent", cells.iter().map(|cell| cell.3)).table()?)
    }

    /// Draw it with `socialimpact.plots.heatmap`.
    ///
    /// Parameters
    /// ----------
    /// ax : matplotlib Axes, optional
    ///     Where to draw; left out, a new figure of pyplot.
    /// lang : Language, default "en"
    ///     The language of texts and numbers.
    /// contour : number or None, optional
    ///     The value of the line: left out, 1 for the SROI ratio and the benefit-cost ratio, else 0.
    #[pyo3(signature = (ax = None, *, lang = "en", **options))]
    fn plot<'py>(
        slf: &Bound<'py, Self>,
        ax: Option<Bound<'py, PyAny>>,
        lang: &str,
        options: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let named = options.map_or_else(|| Ok(PyDict::new(slf.py())), |options| options.copy())?;
        named.set_item("ax", ax)?;
        named.set_item("lang", lang)?;
        slf.py().import("socialimpact.plots.variation")?.getattr("grid_of")?.call((slf,), Some(&named))
    }

    /// Give it as dictionaries and lists, numbers as decimal strings.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        values(py, &self.report)
    }

    fn __repr__(&self) -> String {
        let TwoWayReport { base, x, y, .. } = &self.report;
        let (along, up) = (x.values.len(), y.values.len());
        format!("TwoWay({} for {}: {along} of {} by {up} of {})", base.measure, base.holder, x.address, y.address)
    }

    fn _repr_html_(&self) -> PyResult<String> {
        let TwoWayReport { base, x, y, cells, .. } = &self.report;
        let table = Columns::new().amount(&y.name.en, y.values.iter().map(|value| Some(*value)));
        let column = |table: Columns, (position, value): (usize, &Decimal)| {
            table.amount(&value.to_string(), cells.iter().map(|row| row.get(position).copied().flatten()))
        };
        let table = x.values.iter().enumerate().fold(table, column).table()?;
        Ok(page::titled(&format!("{} for {} over {}", base.name.en, base.holder, x.name.en), &table))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let (named, base) = (PyDict::new(py), &self.report.base);
        for (name, axis) in [("x", &self.report.x), ("y", &self.report.y)] {
            named.set_item(name, (axis.address.as_str(), axis.values.clone()))?;
        }
        named.set_item("measure", base.measure.name())?;
        named.set_item("holder", base.holder.to_string())?;
        named.set_item("outcome", &base.outcome)?;
        recomputed(py, "two_way", None, Some(&named), self.model.bind(py).as_any())
    }
}

crate::results::equal_content!(TwoWay, report);

#[pymethods]
impl Model {
    /// Work out a measure at every pair of values of two numbers.
    ///
    /// Parameters
    /// ----------
    /// x, y : pair of str and list of numbers
    ///     The number along and the number up the grid, each with its values in rising order; with `steps`, with the first
    ///     and the last of them.
    /// measure : Measure, default "npv"
    ///     The measure.
    /// holder : str, default "society"
    ///     Whose: ``"society"``, ``"public"`` or the id of a holder.
    /// outcome : str, optional
    ///     Of which outcome, for a measure of one.
    /// steps : int or pair of int, optional
    ///     How many values of each, equally far apart, both ends included.
    /// progress : callable, optional
    ///     Called with how many cells are done and how many there are; what it raises ends the work.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     For a number that the model does not have, values that do not rise or are not taken, and more than a million
    ///     cells.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> model = si.read("fixtures/models/sandefjord.toml")
    /// >>> people, months = "outcomes.off-assistance.quantity", "assumptions.months-per-recipient"
    /// >>> grid = model.two_way((people, (4, 16)), (months, (3, 12)), holder="municipality", steps=(13, 10))
    /// >>> len(grid.matrix), len(grid.matrix[0])
    /// (10, 13)
    #[pyo3(signature = (
        x, y, *, measure = "npv", holder = "society", outcome = None, steps = None, progress = None
    ))]
    #[allow(clippy::too_many_arguments, reason = "keyword options of Python")]
    fn two_way(
        slf: &Bound<'_, Self>,
        x: &Bound<'_, PyAny>,
        y: &Bound<'_, PyAny>,
        #[pyo3(from_py_with = measure_name)] measure: &str,
        #[pyo3(from_py_with = holder_id)] holder: &str,
        #[pyo3(from_py_with = outcome_id)] outcome: Option<&str>,
        steps: Option<&Bound<'_, PyAny>>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<TwoWay> {
        let (py, model) = (slf.py(), slf.get().core());
        let question = question(py, measure, holder, outcome)?;
        let (along, up) = steps.map(counts).transpose()?.unzip();
        let ((x, x_values), (y, y_values)) = (pair(x, "x")?, pair(y, "y")?);
        let (x, y) = (axis(x, &x_values, along, "x")?, axis(y, &y_values, up, "y")?);
        let asked = TwoWayQuestion { question, x, y };
        let found: Result<_, VariationError> = listened(py, progress, |steps| {
            let grid = model.two_way(&asked, steps)?;
            let appraisal = model.appraise()?;
            Ok((TwoWayReport::of(&appraisal, grid), appraisal))
        })?;
        let axes = [("x".to_owned(), &asked.x.address), ("y".to_owned(), &asked.y.address)];
        let (report, appraisal) = found.map_err(|error| placed(py, &error, model, &axes, &axes))?;
        let base = Figure::new(report.base.clone(), Py::new(py, Appraisal::new(appraisal))?);
        Ok(TwoWay { base: Py::new(py, base)?, report, model: slf.clone().unbind() })
    }
}

/// How many steps along and up.
fn counts(steps: &Bound<'_, PyAny>) -> PyResult<(usize, usize)> {
    let refused = |_| at_argument(steps.py(), "steps", "give a whole number of 2 or more, or a pair of them");
    steps.extract::<usize>().map(|both| (both, both)).or_else(|_| steps.extract().map_err(refused))
}
