//! Parts of a contract's risk: some of the draws, to be merged with the others.

use super::{Contract, ContractRisk};
use crate::error::told;
use crate::label::visible;
use crate::simulation::{asking, listened, whole};
use impact_core::analysis::risk::PartRisk as Core;
use impact_core::simulation::{Seed, Simulation};
use pyo3::prelude::*;

/// Some of the draws of a contract's risk: what `Contract.risk_part` gives.
///
/// Parts merge, in any order and however they were cut, to the bits of one run. They travel (pickle, `to_bytes`) with what was
/// drawn: nothing is drawn again where they arrive.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> contract = si.read_contract("fixtures/contracts/larvik-for-nothing.toml")
/// >>> here = contract.risk_part(0, 4_096, seed=7, of=5_000)
/// >>> elsewhere = contract.risk_part(4_096, 904, seed=7, of=5_000)
/// >>> here.merge(elsewhere).finish() == contract.risk(draws=5_000, seed=7)
/// True
#[pyclass(frozen, module = "socialimpact")]
pub struct PartRisk {
    inner: Core,
}

#[pymethods]
impl PartRisk {
    /// Give the risk, once all its draws are there.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     For draws that are missing, with the first and the one after the last.
    fn finish(&self, py: Python<'_>) -> PyResult<ContractRisk> {
        Ok(ContractRisk::new(told(py, py.detach(|| self.inner.clone().finish()))?))
    }

    /// The draws it holds: first, and the one after the last.
    #[getter]
    fn draws(&self) -> Vec<(u64, u64)> {
        self.inner.draws().into_iter().map(|range| (range.start, range.end)).collect()
    }

    /// How many draws each situation has in all.
    #[getter]
    fn of(&self) -> u64 {
        self.inner.simulation().draws()
    }

    fn __repr__(&self) -> String {
        let held = crate::parts::held(&self.draws());
        let name = visible(&self.inner.contract().name().to_string());
        format!("PartRisk({name}, draws {held} of {}, seed {})", self.of(), self.inner.simulation().seed().0)
    }
}

crate::parts::part_of_a_run!(PartRisk, Core, contract: Contract);

#[pymethods]
impl Contract {
    /// Say what the contract pays in some of the draws of a risk: the others may be drawn elsewhere, and merged.
    ///
    /// Parameters
    /// ----------
    /// first_draw : int
    ///     The first of them, from 0: a multiple of 2,048.
    /// draws : int
    ///     How many of them: a multiple of 2,048, or all to the last.
    /// seed : int
    ///     From 0 to 2**64 - 1.
    /// of : int
    ///     How many draws each situation has in all, up to 4,194,304.
    /// points, threads, progress
    ///     As for `risk`.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     For draws that are not among those of the risk or are cut elsewhere, and as for `risk`.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> contract = si.read_contract("fixtures/contracts/larvik-for-nothing.toml")
    /// >>> contract.risk_part(2_048, 2_048, seed=7, of=5_000).draws
    /// [(2048, 4096)]
    #[pyo3(signature = (first_draw, draws, seed, *, of, points = "random", threads = None, progress = None))]
    #[allow(clippy::too_many_arguments, reason = "keyword options of Python")]
    fn risk_part(
        &self,
        py: Python<'_>,
        first_draw: &Bound<'_, PyAny>,
        draws: &Bound<'_, PyAny>,
        seed: &Bound<'_, PyAny>,
        of: &Bound<'_, PyAny>,
        points: &str,
        threads: Option<&Bound<'_, PyAny>>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<PartRisk> {
        let first = whole(first_draw, "first_draw", 0, u64::MAX)?;
        let range = first..first.saturating_add(whole(draws, "draws", 1, u64::MAX)?);
        let simulation = Simulation::new(whole(of, "of", 1, u64::MAX)?, Seed(whole(seed, "seed", 0, u64::MAX)?));
        let request = asking(py, simulation, None, points, threads)?;
        let inner = listened(py, progress, |heard| self.core().risk_part(&request, range, heard))?;
        Ok(PartRisk { inner: told(py, inner)? })
    }
}
