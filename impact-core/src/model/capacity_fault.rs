//! What can be wrong with capacities.
//!
//! One rule: a fault says what to write instead.

use super::fault::or_known;
use crate::units::Unit;

/// Something a document says of a capacity that cannot be meant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CapacityFault {
    /// No value of an outcome.
    #[error("`{address}` is no value of an outcome{}", or_known(nearest.as_deref(), &[]))]
    UnknownValue {
        /// The address as written.
        address: String,
        /// The nearest address of one, where one is near.
        nearest: Option<String>,
    },
    /// A capacity of nothing.
    #[error("`values` is empty: name the values that free places, such as `outcomes.kept-out.values.prison`")]
    NoValues,
    /// One value twice, or in two capacities.
    #[error("`{address}` is listed twice: a freed place is one place of one capacity")]
    ListedTwice {
        /// The address.
        address: String,
    },
    /// A value of somebody else.
    #[error("`{address}` is gained by `{gains}`, not by `{holder}`: a capacity has the places of its own holder")]
    OtherHolder {
        /// The address.
        address: String,
        /// Who gains by the value.
        gains: String,
        /// The holder of the capacity.
        holder: String,
    },
    /// A value that is no money of a budget.
    #[error("`{address}` is no fiscal value: only money of a budget is released by steps")]
    NotFiscal {
        /// The address.
        address: String,
    },
    /// A price that is not per place and period.
    #[error(
        "`{address}` is a price per {unit}: places are counted in a price per place and period, such as place-year"
    )]
    NoPlaces {
        /// The address.
        address: String,
        /// The unit of its price.
        unit: Unit,
    },
    /// A value without the shares that a capacity has no default for.
    #[error("`{key}` is missing: the value belongs to the capacity `{capacity}`, for which it has no default")]
    ShareMissing {
        /// `avoidable` or `cashable`.
        key: &'static str,
        /// The id of the capacity.
        capacity: String,
    },
}
