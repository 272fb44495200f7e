//! Parts of simulations: some of the draws, to be merged with the others.

use super::request::{asking, whole};
use super::run::listened;
use super::simulated::Simulated;
use crate::error::told;
use crate::label::visible;
use crate::model::Model;
use impact_core::report::word;
use impact_core::simulation::{PartSimulated as Core, Seed, Simulation};
use pyo3::prelude::*;

/// Some of the draws of a simulation: what `Model.simulate_part` gives.
///
/// Parts merge, in any order and however they were cut, to the bits of one run. They travel (pickle, `to_bytes`) with what was
/// drawn: nothing is drawn again where they arrive.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> model = si.read("fixtures/models/sandefjord.toml")
/// >>> here = model.simulate_part(0, 6_000, seed=7, of=10_000)
/// >>> elsewhere = model.simulate_part(6_000, 4_000, seed=7, of=10_000)
/// >>> here.merge(elsewhere).finish() == model.simulate(10_000, 7)
/// True
#[pyclass(frozen, module = "socialimpact")]
pub struct PartSimulated {
    inner: Core,
}

#[pymethods]
impl PartSimulated {
    /// Give the simulation, once all its draws are there.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     For draws that are missing, with the first and the one after the last.
    fn finish(&self, py: Python<'_>) -> PyResult<Simulated> {
        Ok(Simulated::new(told(py, py.detach(|| self.inner.clone().finish()))?))
    }

    /// The draws it holds: first, and the one after the last.
    #[getter]
    fn draws(&self) -> Vec<(u64, u64)> {
        self.inner.draws().into_iter().map(|range| (range.start, range.end)).collect()
    }

    /// How many draws the simulation has in all.
    #[getter]
    fn of(&self) -> u64 {
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

    /// Whether all draws are there.
    #[getter]
    fn is_whole(&self) -> bool {
        self.inner.is_whole()
    }

    fn __repr__(&self) -> String {
        let held = crate::parts::held(&self.draws());
        let name = visible(&self.inner.model().name().to_string());
        format!("PartSimulated({name}, draws {held} of {}, seed {})", self.of(), self.seed())
    }
}

crate::parts::part_of_a_run!(PartSimulated, Core, model: Model);

#[pymethods]
impl Model {
    /// Value the model at some of the draws of a simulation: the others may be drawn elsewhere, and merged.
    ///
    /// Parameters
    /// ----------
    /// first_draw : int
    ///     The first of them, from 0. Multiples of 2,048 make the smallest parts.
    /// draws : int
    ///     How many of them.
    /// seed : int
    ///     From 0 to 2**64 - 1.
    /// of : int
    ///     How many draws the simulation has in all.
    /// measures, points, threads, progress
    ///     As for `simulate`.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     For draws that are not among those of the simulation, and as for `simulate`.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> part = si.read("fixtures/models/sandefjord.toml").simulate_part(2_048, 1_000, seed=7, of=10_000)
    /// >>> part.draws, part.is_whole
    /// ([(2048, 3048)], False)
    #[pyo3(signature = (first_draw, draws, seed, *, of, measures = None, points = "random", threads = None, progress = None))]
    #[allow(clippy::too_many_arguments, reason = "keyword options of Python")]
    fn simulate_part(
        &self,
        py: Python<'_>,
        first_draw: &Bound<'_, PyAny>,
        draws: &Bound<'_, PyAny>,
        seed: &Bound<'_, PyAny>,
        of: &Bound<'_, PyAny>,
        measures: Option<&Bound<'_, PyAny>>,
        points: &str,
        threads: Option<&Bound<'_, PyAny>>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<PartSimulated> {
        let first = whole(first_draw, "first_draw", 0, u64::MAX)?;
        let range = first..first.saturating_add(whole(draws, "draws", 1, u64::MAX)?);
        let simulation = Simulation::new(whole(of, "of", 1, u64::MAX)?, Seed(whole(seed, "seed", 0, u64::MAX)?));
        let request = asking(py, simulation, measures, points, threads)?;
        let inner = listened(py, progress, |heard| self.core().simulate_part(&request, range, heard))?;
        Ok(PartSimulated { inner: told(py, inner)? })
    }
}
