//! What results of contracts share: what made them, their marks, and themselves as JSON.
//!
//! One rule: a result of draws says from which contract, with which seed and points and how many of them it came.

/// The members of a result of draws: its `inner` has a contract and a simulation, and its `report` tells it.
macro_rules! result_of_draws {
    ($class:ty) => {
        $crate::results::copied_as_itself!($class);

        #[pyo3::pymethods]
        impl $class {
            /// The contract.
            #[getter]
            fn contract(&self) -> $crate::contract::Contract {
                $crate::contract::Contract::new(self.inner.contract.clone())
            }

            /// How many draws each situation has.
            #[getter]
            fn count(&self) -> u64 {
                self.inner.simulation.draws()
            }

            /// The seed.
            #[getter]
            fn seed(&self) -> u64 {
                self.inner.simulation.seed().0
            }

            /// How draws cover what may happen: ``"random"``, ``"latin"`` or ``"sobol"``.
            #[getter]
            fn points(&self) -> String {
                impact_core::report::word(&self.inner.simulation.points())
            }

            /// What the figures rest on is marked with: ``"illustrative"``, ``"unverified"``.
            #[getter]
            fn marks<'py>(&self, py: pyo3::Python<'py>) -> pyo3::PyResult<pyo3::Bound<'py, pyo3::types::PyTuple>> {
                $crate::label::marked(py, self.report(py).marks)
            }

            /// What made this result: the hash of the contract, the version, seed, points and draws.
            #[getter]
            fn provenance<'py>(&self, py: pyo3::Python<'py>) -> pyo3::PyResult<pyo3::Bound<'py, pyo3::PyAny>> {
                $crate::results::values(py, &self.report(py).provenance)
            }

            /// Give everything but the draws as one JSON document.
            fn to_json(&self, py: pyo3::Python<'_>) -> pyo3::PyResult<String> {
                $crate::results::json(py, &self.report(py))
            }

            /// Give everything but the draws as dictionaries and lists.
            fn to_dict<'py>(&self, py: pyo3::Python<'py>) -> pyo3::PyResult<pyo3::Bound<'py, pyo3::PyAny>> {
                $crate::results::values(py, &self.report(py))
            }

            fn __hash__(&self, py: pyo3::Python<'_>) -> pyo3::PyResult<u64> {
                $crate::results::content_hash(py, &self.report(py))
            }
        }
    };
}
pub(super) use result_of_draws;

/// The members of a result that its field `report` holds whole.
macro_rules! result_of_report {
    ($class:ty) => {
        $crate::results::equal_content!($class, report);

        #[pyo3::pymethods]
        impl $class {
            /// What the figures rest on is marked with: ``"illustrative"``, ``"unverified"``.
            #[getter]
            fn marks<'py>(&self, py: pyo3::Python<'py>) -> pyo3::PyResult<pyo3::Bound<'py, pyo3::types::PyTuple>> {
                $crate::label::marked(py, self.report.marks)
            }

            /// What made this result: the hash of the contract, the version, seed, points and draws.
            #[getter]
            fn provenance<'py>(&self, py: pyo3::Python<'py>) -> pyo3::PyResult<pyo3::Bound<'py, pyo3::PyAny>> {
                $crate::results::values(py, &self.report.provenance)
            }

            /// Give it as one JSON document, exact numbers as decimal strings.
            fn to_json(&self, py: pyo3::Python<'_>) -> pyo3::PyResult<String> {
                $crate::results::json(py, &self.report)
            }

            /// Give it as dictionaries and lists, exact numbers as decimal strings.
            fn to_dict<'py>(&self, py: pyo3::Python<'py>) -> pyo3::PyResult<pyo3::Bound<'py, pyo3::PyAny>> {
                $crate::results::values(py, &self.report)
            }
        }
    };
}
pub(super) use result_of_report;
