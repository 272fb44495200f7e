//! Influence: which uncertain assumptions the spread of an outcome comes from.
//!
//! One rule: an estimate comes with its interval or its standard error, and a figure without an answer is an error that says why.
//!
//! | question | answer |
//! |---|---|
//! | how much of the variance would go if one assumption were known? | [`first_order`], from the draws of one simulation |
//! | how much would remain if it alone, or a group, stayed unknown? | [`pick_freeze`], from two simulations and a mixture of them |
//! | do the two rise together? | [`rank_correlation`] |

pub(crate) mod bins;
#[cfg(test)]
mod closed_forms;
mod covariance;
mod first_order;
mod index;
pub(crate) mod partition;
pub(crate) mod pick_freeze;
mod rank_correlation;
mod ranks;
#[cfg(test)]
pub(in crate::analysis) mod trials;

pub use first_order::{FirstOrder, first_order};
pub use index::SobolIndex;
pub use pick_freeze::{PickFreeze, pick_freeze};
pub(crate) use rank_correlation::Standing;
pub use rank_correlation::{RankCorrelation, rank_correlation};
