//! What the core refuses about flows, on its way to Python with its place: `flows[3]`, `dates[0]`, `rate`.

use crate::error::{plain, to_python};
use impact_core::address::{Address, Place};
use impact_core::cash_flow::CashFlowError;
use impact_core::error::ModelError;
use pyo3::prelude::*;
use std::error::Error;

/// The place of an argument.
pub fn argument(name: &str) -> Address {
    Address::root().child(name)
}

/// An error at a place among the arguments.
pub fn at(py: Python<'_>, address: Address, fault: impl Error + Send + Sync + 'static) -> PyErr {
    to_python(py, &ModelError::one(Place::at(address), fault))
}

/// A message of this binding at a place among the arguments: what cannot be read at all.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(pub String);

/// The core's error at the argument it is about.
pub fn refused(py: Python<'_>, error: &CashFlowError) -> PyErr {
    match place(error) {
        Some((address, fault)) => at(py, address, fault.clone()),
        None => plain(py, &error.to_string()),
    }
}

fn place(error: &CashFlowError) -> Option<(Address, &CashFlowError)> {
    let element = |address: Address, position: &usize| address.element(position.saturating_sub(1));
    let found = match error {
        CashFlowError::Series { series, fault } => {
            let fault = fault.as_ref();
            let address = match fault {
                CashFlowError::Amount { position, .. } => element(element(argument("flows"), series), position),
                CashFlowError::Lengths { .. } | CashFlowError::OneDay { .. } => element(argument("dates"), series),
                _ => element(argument("flows"), series),
            };
            return Some((address, fault));
        }
        CashFlowError::Amount { position, .. } => element(argument("flows"), position),
        CashFlowError::Lengths { .. } | CashFlowError::OneDay { .. } => argument("dates"),
        CashFlowError::Rate { quantity: "finance rate", .. } => argument("finance_rate"),
        CashFlowError::Rate { quantity: "reinvestment rate", .. } => argument("reinvest_rate"),
        CashFlowError::Rate { .. } => argument("rate"),
        CashFlowError::NoYears => argument("years"),
        CashFlowError::Rows { .. } | CashFlowError::Missing { .. } | CashFlowError::TooLarge { .. } => argument("flows"),
        _ => return None,
    };
    Some((found, error))
}
