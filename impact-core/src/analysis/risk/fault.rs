//! Why the risk of a contract cannot be told.

use crate::contract::PayoutFault;
use crate::simulation::{Cancelled, PointsError};

/// Why the risk of a contract cannot be told.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum RiskError {
    /// What it pays cannot be foreseen.
    #[error(transparent)]
    Payout(#[from] PayoutFault),
    /// The points do not have so many draws.
    #[error(transparent)]
    Points(#[from] PointsError),
    /// The caller ended it.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// More draws than are held.
    #[error("number of draws `{draws}` is more than the {most} that are held at once")]
    TooManyDraws {
        /// As asked for.
        draws: u64,
        /// The most.
        most: u64,
    },
}
