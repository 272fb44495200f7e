//! Why a payment cannot be held against a saving.

use crate::analysis::risk::RiskError;
use crate::error::ModelError;
use crate::evaluation::Absence;

/// Why a payment cannot be held against a saving.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SavingError {
    /// A model without a contract.
    #[error("the model has no `contract`: there is no payment to hold against a saving")]
    NoContract,
    /// A contract that pays for nothing that the model values.
    #[error(
        "no metric of the truth has an `outcome` of the model: say which outcome each pays for, and its saving can be told"
    )]
    NoOutcome,
    /// A metric that counts nothing.
    #[error(
        "`{metric}` is a reported figure and no number of units of `{outcome}`: what a unit saves cannot be told of it"
    )]
    Reported {
        /// The metric.
        metric: String,
        /// The outcome it names.
        outcome: String,
    },
    /// An outcome without units.
    #[error(
        "`{outcome}` has no units in the model, so what one of them saves cannot be told: give it a `quantity` above zero"
    )]
    NoUnits {
        /// The outcome.
        outcome: String,
    },
    /// What the contract may pay cannot be told.
    #[error(transparent)]
    Risk(#[from] RiskError),
    /// The model cannot be valued.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// What is saved has no value in money of its year.
    #[error(transparent)]
    Absent(#[from] Absence),
}
