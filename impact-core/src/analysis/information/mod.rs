//! Information: what it is worth to know more before a decision is taken.
//!
//! One rule: every figure is the mean gain of deciding on what would be known over deciding now; it comes with its standard error,
//! is never negative, and never above the value of knowing everything.
//!
//! | question | answer |
//! |---|---|
//! | what would knowing everything be worth, and how sure is the choice? | [`Decision`], [`Evpi`] |
//! | what would knowing one assumption, or two or three, be worth? | [`Decision::evppi`] of what is [`Learned`] |
//! | what would a study of so many people be worth? | [`Decision::evsi`] of a [`Study`] |
//! | how does the choice hang on what is paid, or asked? | [`acceptability`], [`chance_above`] |

mod acceptability;
mod axis;
pub(crate) mod cell_tally;
#[cfg(test)]
mod closed_forms;
mod counts;
mod decision;
mod design;
mod fit;
mod learned;
pub(crate) mod partial;
mod resample;
mod solver;
mod spline;
#[cfg(test)]
mod studies;
mod study;

pub use acceptability::{Acceptability, acceptability, chance_above};
pub use decision::{Decision, Estimate, Evpi};
pub use learned::Learned;
pub use study::Study;
