//! Payout: what a contract pays where its cohorts are foreseen: the rules of settlement over any number type, for many draws.
//!
//! One rule: a payout of exact counts is the statement of the same counts, but for what rounding moves between payers.
//!
//! Whatever can be known beforehand (which figure, which day, which order, which limit) is planned once; a [`Plan`] then runs over
//! cells of counted people. Two things are simpler than in settlement: people claim a metric once each, and nothing is rounded
//! to less than one of the currency, nor the shares of payers at all.
//!
//! What runs over lanes is inlined, so that it is as wide as the machine; but not in unoptimised builds, where all of it in one frame
//! would be most of a thread's stack.

mod alike;
mod counted;
mod fault;
mod figures;
mod gates;
mod items;
mod plan;
mod planner;
mod rounded;
mod run;

#[cfg(test)]
mod laws;

pub use fault::PayoutFault;
pub(crate) use figures::Found;
pub(crate) use plan::{Arm, Foreseen, Plan};
pub(crate) use run::Room;
