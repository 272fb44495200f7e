//! What is wrong with a question about other values.
//!
//! One rule: the address and the value are named, so that the analyst finds what to change.

use crate::address::Address;
use crate::analysis::BreakEvenError;
use crate::error::ModelError;
use crate::model::{Measure, QuestionError};
use crate::number::Fault;
use rust_decimal::Decimal;

/// What is wrong with the values of an axis, or with the axes together.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum AxisFault {
    /// An axis without values.
    #[error("`{address}` is given no value")]
    NoValues {
        /// The number on the axis.
        address: Address,
    },
    /// Values out of order.
    #[error("the values of `{address}` do not rise: `{next}` comes after `{last}`")]
    NotRising {
        /// The number on the axis.
        address: Address,
        /// A value.
        last: Decimal,
        /// The one after it.
        next: Decimal,
    },
    /// A value that the number cannot have.
    #[error("`{address}` cannot be `{value}`: it takes {expected}")]
    NotTaken {
        /// The number on the axis.
        address: Address,
        /// The value.
        value: Decimal,
        /// What it takes.
        expected: &'static str,
    },
    /// One number on both axes, or on two of several.
    #[error("`{address}` stands on both axes: choose two different numbers")]
    SameNumber {
        /// The number.
        address: Address,
    },
}

/// Why a model cannot be looked at elsewhere.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum VariationError {
    /// The question, the number that is varied or its range.
    #[error(transparent)]
    Number(#[from] BreakEvenError),
    /// A tornado on a ratio.
    #[error(
        "there is no tornado of `{measure}`: a ratio also moves with what stands below its line, so its swings do not compare. Ask for `npv`"
    )]
    Ratio {
        /// The measure.
        measure: Measure,
    },
    /// Chances that are none, or not in their order.
    #[error("the chances `{low}` and `{high}` are not two numbers between 0 and 1, the lower one first")]
    Chances {
        /// The chance of less than the low value.
        low: f64,
        /// The chance of less than the high value.
        high: f64,
    },
    /// A number without a distribution, and without a range.
    #[error("`{address}` does not vary in the model: give it a range")]
    Certain {
        /// The number.
        address: Address,
    },
    /// The values of an axis.
    #[error(transparent)]
    Axis(#[from] AxisFault),
    /// A value that the document refuses.
    #[error("`{address}` cannot be `{value}`: {fault}")]
    Refused {
        /// The number.
        address: Address,
        /// The value.
        value: Decimal,
        /// What the document says of it.
        fault: ModelError,
    },
    /// A range that cannot be cut into steps.
    #[error("the values of `{address}` cannot be spaced out from {low} to {high}: {fault}")]
    Spacing {
        /// The number on the axis.
        address: Address,
        /// The first value.
        low: Decimal,
        /// The last value.
        high: Decimal,
        /// What went wrong.
        fault: Fault,
    },
    /// Fewer than two steps.
    #[error("the values of `{address}` are spaced out over a range: that takes at least two, not {count}")]
    Steps {
        /// The number on the axis.
        address: Address,
        /// How many were asked for.
        count: usize,
    },
    /// More than can be worked out.
    #[error("{count} {what} are more than {most}: take fewer values")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many.
        count: usize,
        /// The most there may be.
        most: usize,
    },
    /// The caller ended it.
    #[error("cancelled after {done} of {of} figures: nothing is kept")]
    Cancelled {
        /// Figures worked out.
        done: u64,
        /// Figures in all.
        of: u64,
    },
}

impl AxisFault {
    /// The number whose values are wrong.
    pub fn address(&self) -> &Address {
        match self {
            Self::NoValues { address }
            | Self::NotRising { address, .. }
            | Self::NotTaken { address, .. }
            | Self::SameNumber { address } => address,
        }
    }
}

impl VariationError {
    /// The number that it is about, where it is about one; of a fault of the model none.
    pub fn address(&self) -> Option<&Address> {
        match self {
            Self::Number(error) => error.address(),
            Self::Axis(fault) => Some(fault.address()),
            Self::Certain { address }
            | Self::Refused { address, .. }
            | Self::Spacing { address, .. }
            | Self::Steps { address, .. } => Some(address),
            Self::Ratio { .. } | Self::Chances { .. } | Self::TooMany { .. } | Self::Cancelled { .. } => None,
        }
    }
}

impl From<ModelError> for VariationError {
    fn from(error: ModelError) -> Self {
        Self::Number(error.into())
    }
}

impl From<QuestionError> for VariationError {
    fn from(error: QuestionError) -> Self {
        Self::Number(error.into())
    }
}
