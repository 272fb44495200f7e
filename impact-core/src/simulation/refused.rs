//! Refusals: why a model cannot be simulated, parts make no simulation, or a measure has no draws.
//!
//! One rule: what was asked and what there is are named, so that the analyst finds what to change.

use super::parcel::ParcelFault;
use super::points::PointsError;
use super::run::{Cancelled, Counted};
use crate::error::ModelError;
use crate::evaluation::KernelError;
use crate::model::QuestionError;

/// Why a model cannot be simulated.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SimulationError {
    /// The model cannot be valued.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A measure that cannot be asked of it.
    #[error(transparent)]
    Question(#[from] QuestionError),
    /// The points do not have so many draws.
    #[error(transparent)]
    Points(#[from] PointsError),
    /// The caller ended it.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// Parts that do not make one simulation.
    #[error("{0}")]
    Parts(PartsFault),
}

/// Why parts do not make one simulation, one grid or one risk.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PartsFault {
    /// More than there is, or nothing.
    #[error("{counted} {first} to {end} are not a part of the {all} {counted} there are")]
    Range {
        /// Draws or scenarios.
        counted: Counted,
        /// The first of them.
        first: u64,
        /// The one after the last.
        end: u64,
        /// How many there are in all.
        all: u64,
    },
    /// Draws that are not cut where they may be.
    #[error(
        "draws {first} to {end} are cut within a block: begin and end at multiples of {block}, or at the last draw"
    )]
    Cut {
        /// The first draw.
        first: u64,
        /// The one after the last.
        end: u64,
        /// Draws of a block.
        block: u64,
    },
    /// Another model, seed, number of draws, points or measures.
    #[error("the parts are of different simulations: model, seed, points, draws and measures must be the same")]
    Different,
    /// Another model, other axes, another measure, seed, number of draws or points.
    #[error("the parts are of different grids: model, axes, measure, seed, points and draws must be the same")]
    DifferentGrids,
    /// Another contract, seed, number of draws or points.
    #[error("the parts are of different risks: contract, seed, points and draws must be the same")]
    DifferentRisks,
    /// What two parts hold.
    #[error("{counted} {first} to {end} are in two parts")]
    Twice {
        /// Draws or scenarios.
        counted: Counted,
        /// The first of them.
        first: u64,
        /// The one after the last.
        end: u64,
    },
    /// Bytes that are no part of this.
    #[error(transparent)]
    Parcel(#[from] ParcelFault),
    /// What no part holds.
    #[error("{counted} {first} to {end} are in no part")]
    Missing {
        /// Draws or scenarios.
        counted: Counted,
        /// The first of them.
        first: u64,
        /// The one after the last.
        end: u64,
    },
}

impl From<KernelError> for SimulationError {
    fn from(error: KernelError) -> Self {
        match error {
            KernelError::Model(error) => Self::Model(error),
            KernelError::Question(error) => Self::Question(error),
        }
    }
}

/// A measure that was not asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{question}` was not simulated: name it among the measures (simulated: {asked})")]
pub struct NotSimulated {
    /// The measure and perspective.
    pub question: String,
    /// Those that were.
    pub asked: String,
}
