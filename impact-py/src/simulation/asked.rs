//! Questions to a figure as they are asked in Python: one of two thresholds, both ends of a range or neither.

use crate::distribution::float;
use crate::error::{at_argument, plain, told};
use impact_core::simulation::{Estimate, SimulatedFigure};
use pyo3::prelude::*;

/// Groups a histogram may have.
const MOST_BINS: usize = 100_000;

type Optional<'a, 'py> = Option<&'a Bound<'py, PyAny>>;

/// The chance of a draw above a threshold, or at or below it.
pub fn chance(
    py: Python<'_>,
    figure: &SimulatedFigure,
    above: Optional<'_, '_>,
    below: Optional<'_, '_>,
) -> PyResult<Estimate> {
    let chance = match (above, below) {
        (Some(above), None) => {
            let threshold = float(above, "above")?;
            py.detach(|| figure.probability_above(threshold))
        }
        (None, Some(below)) => {
            let threshold = float(below, "below")?;
            py.detach(|| figure.probability_not_above(threshold))
        }
        _ => return Err(plain(py, "a chance has one threshold: give `above` or `below`")),
    };
    told(py, chance)
}

/// Low, high and count of so many groups, over all draws or between two ends.
pub fn groups(
    py: Python<'_>,
    figure: &SimulatedFigure,
    bins: usize,
    ends: (Optional<'_, '_>, Optional<'_, '_>),
) -> PyResult<Vec<(f64, f64, u64)>> {
    if bins > MOST_BINS {
        return Err(at_argument(py, "bins", &format!("`{bins}` is not a whole number from 1 to {MOST_BINS}")));
    }
    let groups = match ends {
        (None, None) => py.detach(|| figure.grouped(bins)),
        (Some(low), Some(high)) => {
            let (low, high) = (float(low, "low")?, float(high, "high")?);
            py.detach(|| figure.grouped_within(low, high, bins))
        }
        _ => return Err(plain(py, "a range has two ends: give both `low` and `high`, or neither")),
    };
    told(py, groups)
}
