//! Summaries: what many draws of a measure come to, each figure with its standard error.
//!
//! One rule: a draw at which the measure does not exist is counted and left out, never taken for a number.

mod figure;
mod grouped;
mod histogram;
mod moments;
mod mvpf;
mod place;

pub(crate) use figure::number_or_end;
pub use figure::{Estimate, SimulatedFigure, SummaryError};
pub(crate) use histogram::Histogram;
pub(crate) use moments::Moments;
pub use mvpf::{Bound, MvpfDraws, MvpfDrawsError, SignShare};
pub(crate) use place::{between, place};
