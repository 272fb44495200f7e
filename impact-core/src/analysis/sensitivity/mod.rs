//! Sensitivity: which uncertain numbers of a simulated model the spread of a figure comes from.
//!
//! One rule: what a simulation has drawn already is not drawn again but for the columns that are looked at; indices and
//! correlations are those of [`influence`](super::influence).
//!
//! | question | answer |
//! |---|---|
//! | how much of the spread would go if one number were known, and does the figure rise with it? | [`Simulated::influence`](crate::simulation::Simulated::influence) |
//! | how much would remain if it alone were not known? | [`Model::total_influence`](crate::Model::total_influence) |

mod groups;
mod influences;
mod totals;

pub use influences::{Influence, Influences, RANKED_DRAWS};
pub use totals::{TotalInfluence, second_seed};
