//! What the core refuses about flows, on its way to Python with its place: `flows[3]`, `dates[0]`, `rate`.

use crate::error::{at_argument, plain};
use impact_core::cash_flow::CashFlowError;
use pyo3::prelude::*;

/// A place among the arguments: `flows`, `flows[3]`, `dates[1][0]`.
pub struct Argument(String);

impl Argument {
    /// The element at a position, from 0.
    pub fn element(&self, position: usize) -> Self {
        Self(format!("{}[{position}]", self.0))
    }

    /// The place as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The argument of a name.
pub fn argument(name: &str) -> Argument {
    Argument(name.to_owned())
}

/// An error at a place among the arguments.
pub fn at(py: Python<'_>, place: &Argument, fault: impl std::fmt::Display) -> PyErr {
    at_argument(py, place.as_str(), &fault.to_string())
}

/// The core's error at the argument it is about.
pub fn refused(py: Python<'_>, error: &CashFlowError) -> PyErr {
    match place(error) {
        Some((place, fault)) => at(py, &place, fault),
        None => plain(py, &error.to_string()),
    }
}

fn place(error: &CashFlowError) -> Option<(Argument, &CashFlowError)> {
    let element = |place: Argument, position: &usize| place.element(position.saturating_sub(1));
    let found = match error {
        CashFlowError::Series { series, fault } => {
            let fault = fault.as_ref();
            let place = match fault {
                CashFlowError::Amount { position, .. } => element(element(argument("flows"), series), position),
                CashFlowError::Lengths { .. } | CashFlowError::OneDay { .. } => element(argument("dates"), series),
                _ => element(argument("flows"), series),
            };
            return Some((place, fault));
        }
        CashFlowError::Amount { position, .. } => element(argument("flows"), position),
        CashFlowError::Lengths { .. } | CashFlowError::OneDay { .. } => argument("dates"),
        CashFlowError::Rate { quantity: "finance rate", .. } => argument("finance_rate"),
        CashFlowError::Rate { quantity: "reinvestment rate", .. } => argument("reinvest_rate"),
        CashFlowError::Rate { .. } => argument("rate"),
        CashFlowError::NoYears => argument("years"),
        CashFlowError::Rows { .. } | CashFlowError::Missing { .. } | CashFlowError::TooLarge { .. } => {
            argument("flows")
        }
        _ => return None,
    };
    Some((found, error))
}
