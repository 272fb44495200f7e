//! One model of a social intervention, from the first assumption to the last paid øre.
//!
//! The crate reads a model document, values it exactly, says which public budget gains, and explains every figure down to
//! its source. It does no I/O, reads no clock and no environment, and does not panic.

pub mod address;
pub mod analysis;
pub mod check;
pub mod discount;
pub mod distribution;
pub mod document;
pub mod error;
pub mod evaluation;
pub mod model;
pub mod money;
pub mod number;
pub mod price;
pub mod reference;
pub mod report;
pub mod units;

pub use model::Model;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
