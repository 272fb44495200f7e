//! Sobol' indices: shares of a variance, each with its interval.
//!
//! One rule: an estimate is not cut off at 0 or 1, so that estimates of many runs average to the truth.

use crate::distribution::special::normal;

/// The chance below the upper end of an interval.
const UPPER: f64 = 0.95;

/// A share of the variance of an outcome, estimated from draws.
///
/// The truth lies in [0, 1]; the estimate of an assumption that does nothing is as often a little below 0 as above.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct SobolIndex {
    /// The estimate.
    pub value: f64,
    /// The lower end of the 90 % interval: 5 % lies below it.
    pub low: f64,
    /// The upper end of the 90 % interval: 5 % lies above it.
    pub high: f64,
}

impl SobolIndex {
    /// The normal interval around an estimate.
    pub(super) fn new(value: f64, variance: f64) -> Self {
        let reach = normal::quantile(UPPER) * libm::sqrt(variance.max(0.0));
        Self { value, low: value - reach, high: value + reach }
    }
}
