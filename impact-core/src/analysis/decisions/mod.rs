//! Decisions: what it is worth to know more before choosing between simulated models, or between one and doing nothing.
//!
//! One rule: doing nothing is always an option, at zero; the other options are models drawn with the same seed, so that what they share
//! is the same in every draw. The estimates are those of [`information`](super::information).

mod acceptance;
mod learning;
mod options;

pub use acceptance::ChanceAbove;
pub use learning::Learning;
