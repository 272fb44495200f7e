//! Why a design question has no answer at all.

use crate::address::Address;
use crate::analysis::risk::{RiskError, SavingError};
use crate::error::ModelError;
use rust_decimal::Decimal;

/// Why a design question has no answer at all.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SearchError {
    /// A model without a contract.
    #[error("the model has no `contract`: there is no price to search for")]
    NoContract,
    /// A holder that does not pay.
    #[error("`{holder}` pays for no results: choose among {known}")]
    NoPayer {
        /// As asked for.
        holder: String,
        /// Who pays, in words.
        known: String,
    },
    /// A holder that lends nothing.
    #[error("`{holder}` lends nothing in the `finance`: choose among {known}")]
    NoInvestor {
        /// As asked for.
        holder: String,
        /// Who lends, in words.
        known: String,
    },
    /// A number of the truth: it is no term that anybody agrees on.
    #[error(
        "`{address}` is of the truth and no term of the contract: a price is searched for at a number of the terms"
    )]
    OfTruth {
        /// As asked for.
        address: Address,
    },
    /// The range is empty, or goes beyond what the number accepts.
    #[error(
        "`{address}` cannot be tried from {low} to {high}: it takes {expected}, and the first must be below the last"
    )]
    Range {
        /// The number.
        address: Address,
        /// The first value.
        low: Decimal,
        /// The last value.
        high: Decimal,
        /// What it accepts.
        expected: &'static str,
    },
    /// What the contract may pay cannot be told.
    #[error(transparent)]
    Risk(#[from] RiskError),
    /// What payers save cannot be told.
    #[error(transparent)]
    Saving(#[from] SavingError),
    /// Another value at an address of a frontier is no model.
    #[error(transparent)]
    Model(#[from] ModelError),
}
