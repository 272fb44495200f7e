//! `Model.simulate`.

use super::request::{Asked, request};
use super::run::run;
use super::simulated::Simulated;
use crate::model::Model;
use pyo3::prelude::*;

#[pymethods]
impl Model {
    /// Value the model at many draws of its uncertain numbers.
    ///
    /// The same model, seed, points and number of draws give the same bits on any number of threads. Ctrl-C ends a run at
    /// the next batch of 131,072 draws and leaves nothing behind.
    ///
    /// Parameters
    /// ----------
    /// draws : int
    ///     How many, such as 1_000_000.
    /// seed : int
    ///     From 0 to 2**64 - 1.
    /// measures : sequence, optional
    ///     Names of measures (for society), or (name, holder) or (name, holder, outcome). Left out: net present value and
    ///     SROI ratio for society, net present value for all public budgets and each of them, and what the document asks.
    /// points : {"random", "latin", "sobol"}, default "random"
    ///     Independent draws, a Latin hypercube, or scrambled Sobol' points (best with a power of two draws).
    /// threads : int, optional
    ///     Left out, as many as the machine has.
    /// progress : bool or callable, optional
    ///     True shows how far it is, with tqdm where that is installed; a callable is given the draws done and those in
    ///     all, and an exception of its own ends the run.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     For an unknown measure, holder or outcome, for draws or a seed that cannot be, and as for `appraise`.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> model = si.read("fixtures/models/sandefjord.toml")
    /// >>> sim = model.simulate(20_000, 7, measures=[("npv", "municipality")])
    /// >>> sim.measure("npv", "municipality").undefined
    /// 0
    #[pyo3(signature = (draws, seed, *, measures = None, points = "random", threads = None, progress = None))]
    #[allow(clippy::too_many_arguments, reason = "keyword options of Python")]
    fn simulate(
        &self,
        py: Python<'_>,
        draws: &Bound<'_, PyAny>,
        seed: &Bound<'_, PyAny>,
        measures: Option<&Bound<'_, PyAny>>,
        points: &str,
        threads: Option<&Bound<'_, PyAny>>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Simulated> {
        let request = request(py, &Asked { draws, seed, measures, points, threads })?;
        run(py, self.core(), &request, progress).map(Simulated::new)
    }
}
