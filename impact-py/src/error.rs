//! Errors on their way to Python: everything wrong with an input becomes one `ImpactError` with its problems.
//!
//! One rule: the core writes the text; nothing is added here.

use crate::table::TableError;
use impact_core::address::{Address, AddressError};
use impact_core::analysis::comparison::NotComparable;
use impact_core::analysis::{BreakEvenError, ComparisonError, EffectivenessError, SensitivityError};
use impact_core::contract::PayoutFault;
use impact_core::error::{ModelError, Problem};
use impact_core::evaluation::{Absence, ExplainError, NoTable, SplitError};
use impact_core::model::{Model, QuestionError};
use impact_core::reference::{IndexError, ReferenceError};
use impact_core::report::{AnswerError, ReportError};
use impact_core::simulation::{
    MvpfDrawsError, MvpfSimulationError, NotSimulated, PointsError, SimulationError, SummaryError,
};
use impact_core::units::{Label, UnitError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyType};

/// The module that defines the two classes. They are Python classes, because the stable ABI of 3.11 cannot derive from
/// `ValueError`.
const HOME: &str = "socialimpact.errors";

/// The Python exception for `error`, or the failure to make one.
pub fn to_python(py: Python<'_>, error: &ModelError) -> PyErr {
    exception(py, error).unwrap_or_else(|failure| failure)
}

fn exception(py: Python<'_>, error: &ModelError) -> PyResult<PyErr> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let problems = error.problems().iter().map(|found| problem(py, found)).collect::<PyResult<Vec<_>>>()?;
    let class = CLASS.import(py, HOME, "ImpactError")?;
    Ok(PyErr::from_value(class.call1((error.to_string(), problems, error.total()))?))
}

fn problem<'py>(py: Python<'py>, problem: &Problem) -> PyResult<Bound<'py, PyAny>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let place = &problem.place;
    let (line, column) = place.span.map(|span| (span.line, span.column)).unzip();
    CLASS.import(py, HOME, "Problem")?.call1((
        place.to_string(),
        place.address.as_str(),
        line,
        column,
        problem.fault.to_string(),
    ))
}

/// An error of the core on its way to Python.
pub trait Raise {
    /// The Python exception for it.
    fn raise(&self, py: Python<'_>) -> PyErr;
}

/// The result, or the Python exception for its error.
pub fn told<T>(py: Python<'_>, result: Result<T, impl Raise>) -> PyResult<T> {
    result.map_err(|error| error.raise(py))
}

/// An `ImpactError` about an argument: `flows[3]`, `domain`.
pub fn at_argument(py: Python<'_>, place: &str, message: &str) -> PyErr {
    let made = || -> PyResult<PyErr> {
        let home = py.import(HOME)?;
        let nowhere: Option<usize> = None;
        let problem = home.getattr("Problem")?.call1((place, "", nowhere, nowhere, message))?;
        let text = format!("{place}: {message}");
        Ok(PyErr::from_value(home.getattr("ImpactError")?.call1((text, vec![problem], 1))?))
    };
    made().unwrap_or_else(|failure| failure)
}

/// An `ImpactError` about an address that was asked for; as it is, where the document itself is wrong.
pub fn at_address(py: Python<'_>, error: &ModelError) -> PyErr {
    let nowhere = |found: &Problem| found.place.address.as_str().is_empty() && found.place.span.is_none();
    match error.problems().iter().all(nowhere) {
        true => at_argument(py, "address", &faults(error)),
        false => to_python(py, error),
    }
}

/// An `ImpactError` about one of several addresses that were asked for, at the place of the argument it was given in.
pub fn at_one_of<'a>(
    py: Python<'_>,
    error: &ModelError,
    model: &Model,
    mut asked: impl Iterator<Item = (String, &'a Address)>,
) -> PyErr {
    let own = |address: &Address| model.number_at(address.as_str()).is_err_and(|fault| fault == *error);
    match asked.find(|(_, address)| own(address)) {
        Some((place, _)) => at_argument(py, &place, &faults(error)),
        None => at_address(py, error),
    }
}

/// What is wrong, without its places.
pub fn faults(error: &ModelError) -> String {
    error.problems().iter().map(|problem| problem.fault.to_string()).collect::<Vec<_>>().join("; ")
}

/// An `ImpactError` that belongs to no place in a document: a question that cannot be asked.
pub fn plain(py: Python<'_>, message: &str) -> PyErr {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let made = CLASS.import(py, HOME, "ImpactError").and_then(|class| class.call1((message,)));
    made.map_or_else(|failure| failure, PyErr::from_value)
}

/// The reason why something has no answer, in both languages: no mistake in a document or a question.
pub fn reason(py: Python<'_>, label: &Label) -> PyErr {
    let made = || -> PyResult<PyErr> {
        let named = PyDict::new(py);
        named.set_item("norwegian", &label.nb)?;
        named.set_item("is_reason", true)?;
        let class = py.import(HOME)?.getattr("ImpactError")?;
        Ok(PyErr::from_value(class.call((&label.en,), Some(&named))?))
    };
    made().unwrap_or_else(|failure| failure)
}

impl Raise for ModelError {
    fn raise(&self, py: Python<'_>) -> PyErr {
        to_python(py, self)
    }
}

impl Raise for BreakEvenError {
    fn raise(&self, py: Python<'_>) -> PyErr {
        match self {
            BreakEvenError::Model(error) => to_python(py, error),
            other => plain(py, &other.to_string()),
        }
    }
}

impl Raise for AnswerError {
    fn raise(&self, py: Python<'_>) -> PyErr {
        match self {
            AnswerError::Search(error) => error.raise(py),
            other => plain(py, &other.to_string()),
        }
    }
}

impl Raise for ReportError {
    fn raise(&self, py: Python<'_>) -> PyErr {
        match self {
            ReportError::Answer(error) => error.raise(py),
            other => plain(py, &other.to_string()),
        }
    }
}

impl Raise for SimulationError {
    fn raise(&self, py: Python<'_>) -> PyErr {
        match self {
            SimulationError::Model(error) => to_python(py, error),
            other => plain(py, &other.to_string()),
        }
    }
}

impl Raise for SensitivityError {
    fn raise(&self, py: Python<'_>) -> PyErr {
        match self {
            SensitivityError::Simulation(error) => error.raise(py),
            other => plain(py, &other.to_string()),
        }
    }
}

impl Raise for ComparisonError {
    fn raise(&self, py: Python<'_>) -> PyErr {
        match self {
            ComparisonError::Conventions { source, .. } => to_python(py, source),
            ComparisonError::Base { source: NotComparable::NotValued(error) } => to_python(py, error),
            other => plain(py, &other.to_string()),
        }
    }
}

/// Errors about a question: they belong to no place in the document.
macro_rules! placeless {
    ($($error:ty),*) => {
        $(impl Raise for $error {
            fn raise(&self, py: Python<'_>) -> PyErr {
                plain(py, &self.to_string())
            }
        })*
    };
}

placeless!(
    Absence,
    AddressError,
    NoTable,
    ExplainError,
    IndexError,
    NotSimulated,
    PayoutFault,
    PointsError,
    QuestionError,
    ReferenceError,
    SplitError,
    SummaryError,
    TableError,
    EffectivenessError,
    MvpfDrawsError,
    MvpfSimulationError,
    UnitError,
    serde_json::Error
);
