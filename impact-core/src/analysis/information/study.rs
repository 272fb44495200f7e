//! Studies: what would be observed of an assumption, before it is.
//!
//! One rule: a study speaks of one assumption, and its result is all that is learned.

use super::counts::{binomial, poisson};
use crate::analysis::draws::{DrawsError, each, float, same_length, uniforms};
use crate::distribution::special::normal;

/// The most people a study may ask, and the most events it may expect: a draw takes as many steps as the count's
/// standard deviation.
const MOST: f64 = 1e9;

/// A study that could be made before the decision.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Study {
    /// So many people are observed, and counted is for how many the assumption, a share, comes true.
    Share {
        /// The people observed.
        people: u64,
    },
    /// So many people are measured, and the mean is taken; the assumption is the mean of all people.
    Mean {
        /// The people measured.
        people: u64,
        /// The standard deviation between people, taken as known.
        sd: f64,
    },
    /// Events are counted over some exposure (person-years, say); the assumption is the rate per unit of it.
    Count {
        /// The exposure.
        exposure: f64,
    },
}

impl Study {
    /// A result of the study in each draw: for the value of the assumption there, and a uniform of the study's own.
    ///
    /// # Formula
    /// Share: a binomial count. Mean: the value plus sd / √people times a standard normal. Count: a Poisson count.
    ///
    /// # Errors
    /// No people or more than 10⁹, an sd or exposure that is not above 0, columns of different lengths, a value that is no share or rate
    /// where it must be, more than 10⁹ expected events, a uniform outside [0, 1).
    pub fn results(self, values: &[f64], chances: &[f64]) -> Result<Vec<f64>, DrawsError> {
        same_length("the study's uniform", chances.len(), values.len())?;
        uniforms(chances)?;
        let draw = |result: &dyn Fn(f64, f64) -> f64| {
            values.iter().zip(chances).map(|(value, chance)| result(*value, *chance)).collect()
        };
        match self {
            Study::Share { people } => {
                let people = asked(people)?;
                each("share", "between 0 and 1", values, |value| (0.0..=1.0).contains(&value))?;
                Ok(draw(&|value, chance| binomial(people, value, chance)))
            }
            Study::Mean { people, sd } => {
                let error = above_zero("sd", sd)? / libm::sqrt(asked(people)?);
                each("value", "a finite number", values, f64::is_finite)?;
                let smallest = f64::EPSILON * 0.5; // a uniform of 0 has no normal score
                Ok(draw(&|value, chance| value + error * normal::quantile(chance.max(smallest))))
            }
            Study::Count { exposure } => {
                let exposure = above_zero("exposure", exposure)?;
                let accepts = |value: f64| (0.0..=MOST).contains(&(value * exposure));
                each("rate", "at least 0 with at most 10^9 expected events", values, accepts)?;
                Ok(draw(&|value, chance| poisson(value * exposure, chance)))
            }
        }
    }
}

fn asked(people: u64) -> Result<f64, DrawsError> {
    let count = usize::try_from(people).map(float).unwrap_or(f64::INFINITY);
    if (1.0..=MOST).contains(&count) {
        return Ok(count);
    }
    let expected = "between 1 and 1000000000";
    Err(DrawsError::Study { parameter: "people", value: people.to_string(), expected })
}

fn above_zero(parameter: &'static str, value: f64) -> Result<f64, DrawsError> {
    if value > 0.0 && value.is_finite() {
        return Ok(value);
    }
    Err(DrawsError::Study { parameter, value: value.to_string(), expected: "a number above 0" })
}
