//! Parts of grids: some of the scenarios, to be merged with the others.

use crate::appraisal::question;
use crate::error::told;
use crate::grid::{Grid, asked_of, refused};
use crate::label::visible;
use crate::model::Model;
use crate::named::{holder_id, measure_name, outcome_id};
use crate::simulation::{Asked, listened, whole};
use impact_core::analysis::PartGrid as Core;
use pyo3::prelude::*;

/// Some of the scenarios of a grid: what `Model.grid_part` gives.
///
/// Parts merge, in any order and however they were cut, to the bits of one grid. They travel (pickle, `to_bytes`) with what was
/// found: nothing is drawn again where they arrive.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> model = si.read("fixtures/models/map-12x10.toml")
/// >>> axes = {"costs.programme.amount": [60e6, 90e6, 120e6]}
/// >>> here = model.grid_part(axes, 0, 2, draws=500, seed=7)
/// >>> elsewhere = model.grid_part(axes, 2, 1, draws=500, seed=7)
/// >>> here.merge(elsewhere).finish() == model.grid(axes, draws=500, seed=7)
/// True
#[pyclass(frozen, module = "socialimpact")]
pub struct PartGrid {
    inner: Core,
}

#[pymethods]
impl PartGrid {
    /// Give the grid, once all its scenarios are there.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     For scenarios that are missing, with the first and the one after the last.
    fn finish(&self, py: Python<'_>) -> PyResult<Grid> {
        let inner = told(py, py.detach(|| self.inner.clone().finish()))?;
        Ok(Grid::new(inner, Py::new(py, self.model())?))
    }

    /// The scenarios it holds, by their numbers in the order of the grid: first, and the one after the last.
    #[getter]
    fn scenarios(&self) -> Vec<(u64, u64)> {
        self.inner.scenarios().into_iter().map(|range| (range.start, range.end)).collect()
    }

    fn __repr__(&self) -> String {
        let held = crate::parts::held(&self.scenarios());
        format!("PartGrid({}, scenarios {held})", visible(&self.inner.model().name().to_string()))
    }
}

crate::parts::part_of_a_run!(PartGrid, Core, model: Model);

#[pymethods]
impl Model {
    /// Value some scenarios of a grid: the others may be valued elsewhere, and merged.
    ///
    /// Parameters
    /// ----------
    /// axes : mapping of str to sequence of numbers
    ///     As for `grid`: all of them.
    /// first_scenario : int
    ///     The number of the first of the scenarios, from 0; the last axis varies fastest.
    /// scenarios : int
    ///     How many of them.
    /// draws, seed, measure, holder, outcome, above, quantiles, points, threads, progress
    ///     As for `grid`.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     For scenarios that the grid does not have, and as for `grid`.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> model = si.read("fixtures/models/map-12x10.toml")
    /// >>> model.grid_part({"costs.programme.amount": [60e6, 90e6]}, 1, 1, draws=100, seed=7).scenarios
    /// [(1, 2)]
    #[pyo3(signature = (axes, first_scenario, scenarios, *, draws, seed, measure = "npv", holder = "society", outcome = None, above = None, quantiles = None, points = "random", threads = None, progress = None))]
    #[allow(clippy::too_many_arguments, reason = "keyword options of Python")]
    fn grid_part(
        &self,
        py: Python<'_>,
        axes: &Bound<'_, PyAny>,
        first_scenario: &Bound<'_, PyAny>,
        scenarios: &Bound<'_, PyAny>,
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
    ) -> PyResult<PartGrid> {
        let first = whole(first_scenario, "first_scenario", 0, u64::MAX)?;
        let range = first..first.saturating_add(whole(scenarios, "scenarios", 1, u64::MAX)?);
        let question = question(py, measure, holder, outcome)?;
        let drawn = Asked { draws, seed, measures: None, points, threads };
        let asked = asked_of(py, axes, question, (above, quantiles), &drawn)?;
        let inner = listened(py, progress, |listen| self.core().grid_part(&asked, range, listen))?;
        let inner = inner.map_err(|error| refused(py, self.core(), &asked.axes, &error))?;
        Ok(PartGrid { inner })
    }
}
