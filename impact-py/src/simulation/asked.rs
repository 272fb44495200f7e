//! Questions to a figure as they are asked in Python: one of two thresholds, both ends of a range or neither.

use super::request::whole;
use crate::distribution::float;
use crate::error::{at_argument, plain, told};
use impact_core::simulation::{Estimate, SimulatedFigure};
use pyo3::prelude::*;

/// Groups a histogram may have.
const MOST_BINS: u64 = 100_000;
/// Groups it has where no number is given.
const BINS: u64 = 60;

type Optional<'a, 'py> = Option<&'a Bound<'py, PyAny>>;

/// A number between 0 and 1; `place` is that of the argument.
pub fn probability(object: &Bound<'_, PyAny>, place: &str) -> PyResult<f64> {
    let found = float(object, place)?;
    let refused = || at_argument(object.py(), place, &format!("`{found}` is not a chance between 0 and 1"));
    if (0.0..=1.0).contains(&found) { Ok(found) } else { Err(refused()) }
}

/// A number that others can be above or below.
pub fn threshold(object: &Bound<'_, PyAny>, place: &str) -> PyResult<f64> {
    let found = float(object, place)?;
    let refused =
        || at_argument(object.py(), place, "`NaN` is no number: give the value that the figure is held against");
    if found.is_nan() { Err(refused()) } else { Ok(found) }
}

/// The chance of a draw above a threshold, or at or below it.
pub fn chance(
    py: Python<'_>,
    figure: &SimulatedFigure,
    above: Optional<'_, '_>,
    below: Optional<'_, '_>,
) -> PyResult<Estimate> {
    let chance = match (above, below) {
        (Some(above), None) => {
            let threshold = threshold(above, "above")?;
            py.detach(|| figure.probability_above(threshold))
        }
        (None, Some(below)) => {
            let threshold = threshold(below, "below")?;
            py.detach(|| figure.probability_not_above(threshold))
        }
        (None, None) => return Err(at_argument(py, "above", "a chance needs a threshold: give `above` or `below`")),
        (Some(_), Some(_)) => {
            return Err(at_argument(py, "below", "a chance has one threshold: give `above` or `below`"));
        }
    };
    told(py, chance)
}

/// Low, high and count of so many groups, over all draws or between two ends.
pub fn groups(
    py: Python<'_>,
    figure: &SimulatedFigure,
    bins: Optional<'_, '_>,
    ends: (Optional<'_, '_>, Optional<'_, '_>),
) -> PyResult<Vec<(f64, f64, u64)>> {
    let bins = bins.map_or(Ok(BINS), |bins| whole(bins, "bins", 1, MOST_BINS))?;
    let bins = usize::try_from(bins).unwrap_or(1);
    let groups = match ends {
        (None, None) => py.detach(|| figure.grouped(bins)),
        (Some(low), Some(high)) => {
            let (low, high) = (threshold(low, "low")?, threshold(high, "high")?);
            py.detach(|| figure.grouped_within(low, high, bins))
        }
        _ => return Err(plain(py, "a range has two ends: give both `low` and `high`, or neither")),
    };
    told(py, groups)
}
