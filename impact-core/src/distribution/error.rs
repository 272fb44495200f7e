//! What can be wrong with a distribution, in the words of the one who wrote it.

use crate::number::Fault;

/// Why parameters make no distribution, or a question to one has no answer.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum DistributionError {
    /// A parameter outside what its form accepts.
    #[error("{form}: {parameter} `{value}` is not {expected}")]
    Parameter {
        /// The form as documents write it.
        form: &'static str,
        /// The parameter as documents write it.
        parameter: &'static str,
        /// Its value as given.
        value: String,
        /// What is accepted.
        expected: &'static str,
    },
    /// Parameters that do not go together.
    #[error("{form} needs {expected}, got {got}")]
    Together {
        /// The form as documents write it.
        form: &'static str,
        /// What is accepted.
        expected: &'static str,
        /// The values as given.
        got: String,
    },
    /// A list without anything in it, or without anything that weighs.
    #[error("{form} has no {missing}")]
    Nothing {
        /// The form as documents write it.
        form: &'static str,
        /// What is missing.
        missing: &'static str,
    },
    /// A histogram whose edges and weights do not match.
    #[error("histogram with {edges} edges needs {} weights, got {weights}", edges.saturating_sub(1))]
    EdgesAndWeights {
        /// How many edges are given.
        edges: usize,
        /// How many weights are given.
        weights: usize,
    },
    /// A number of parameters the form has no use for.
    #[error("{form} takes {expected} numbers, got {got}")]
    Count {
        /// The form as documents write it.
        form: &'static str,
        /// How many it takes.
        expected: usize,
        /// How many are given.
        got: usize,
    },
    /// Bounds that keep too little of the distribution they cut.
    #[error("truncated keeps `{kept}` of its {base}: at least `0.000001` must lie between low and high")]
    LittleKept {
        /// The form of the distribution that is cut.
        base: &'static str,
        /// The share that lies between the bounds.
        kept: String,
    },
    /// A mean that no decimal holds.
    #[error("{form}: the mean cannot be written as a decimal: {fault}")]
    Mean {
        /// The form as documents write it.
        form: &'static str,
        /// What went wrong.
        fault: Fault,
    },
    /// A mean whose digits no decimal holds.
    #[error("{form}: the mean `{mean}` is too small for a decimal, which keeps 28 decimals: choose a larger unit")]
    SmallMean {
        /// The form as documents write it.
        form: &'static str,
        /// The mean as a float.
        mean: String,
    },
    /// A spread that no float holds: infinite, or lost beside the values.
    #[error("{form}: the spread is too large or too small for a number")]
    Spread {
        /// The form as documents write it.
        form: &'static str,
    },
    /// A question for a quantile at something that is not a probability.
    #[error("probability `{value}` is not between 0 and 1")]
    Probability {
        /// What was asked.
        value: String,
    },
}

impl DistributionError {
    /// The parameter that is wrong by itself, as documents write it.
    pub fn parameter(&self) -> Option<&'static str> {
        match self {
            DistributionError::Parameter { parameter, .. } => Some(parameter),
            _ => None,
        }
    }
}
