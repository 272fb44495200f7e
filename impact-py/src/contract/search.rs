//! Questions of design on their way from Python: the number that is searched for, its range, and the rate to be reached.

use super::return_risk::settled_of;
use super::risk::situation_of;
use crate::distribution::float;
use crate::document::decimal;
use crate::error::{Raise, at_argument, to_python, told};
use crate::simulation::{Asked, request};
use impact_core::analysis::risk::{PriceQuestion, RateOf, RateTarget, RiskError, SearchError};
use pyo3::prelude::*;
use pyo3::types::PyString;

type Given<'a, 'py> = &'a Bound<'py, PyAny>;

impl Raise for SearchError {
    fn raise(&self, py: Python<'_>) -> PyErr {
        let at = |place| at_argument(py, place, &self.to_string());
        match self {
            Self::NoPayer { .. } => at("payer"),
            Self::NoInvestor { .. } => at("investor"),
            Self::OfTruth { .. } | Self::Risk(RiskError::NoSuchNumber { .. }) => at("address"),
            Self::Range { .. } => at("low"),
            Self::Risk(error) => error.raise(py),
            Self::Saving(error) => error.raise(py),
            Self::Model(error) => to_python(py, error),
            other => crate::error::plain(py, &other.to_string()),
        }
    }
}

/// Where a price is searched for, and what is drawn.
pub struct Searched<'a, 'py> {
    pub address: &'a str,
    pub low: Given<'a, 'py>,
    pub high: Given<'a, 'py>,
    pub situation: &'a str,
    pub asked: Asked<'a, 'py>,
}

impl Searched<'_, '_> {
    /// The question of the core.
    pub fn question(&self, py: Python<'_>) -> PyResult<PriceQuestion> {
        let number = |name, object| told(py, decimal(object, name)?);
        Ok(PriceQuestion {
            address: told(py, self.address.parse())?,
            range: (number("low", self.low)?, number("high", self.high)?),
            situation: situation_of(py, self.situation)?,
            simulation: request(py, &self.asked)?,
        })
    }
}

/// The rate to be reached.
pub fn rate_target(rate: Given<'_, '_>, rate_of: &str, settled: Option<Given<'_, '_>>) -> PyResult<RateTarget> {
    let py = rate.py();
    let found = float(rate, "rate")?;
    if !found.is_finite() || found <= -1.0 {
        return Err(at_argument(py, "rate", &format!("`{found}` is no rate per year above -1, such as 0.05 for 5 %")));
    }
    Ok(RateTarget { rate: found, of: rate_of_word(py, rate_of)?, settled: settled_of(settled)? })
}

fn rate_of_word(py: Python<'_>, word: &str) -> PyResult<RateOf> {
    match word {
        "expected" => Ok(RateOf::Expected),
        "median" => Ok(RateOf::Median),
        other => {
            let message = format!("`{other}` is no rate of many draws: choose `expected` or `median`");
            Err(at_argument(py, "rate_of", &message))
        }
    }
}

/// The id of a holder that is asked for by name.
pub fn named_holder<'a>(object: Given<'a, '_>, place: &str) -> PyResult<&'a str> {
    let refused = |_| at_argument(object.py(), place, "a holder is the text of its id");
    object.cast::<PyString>().map_err(refused)?.to_str()
}
