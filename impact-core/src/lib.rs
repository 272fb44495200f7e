//! One model of a social intervention, from the first assumption to the last paid øre.
//!
//! The crate reads a model document, values it exactly, says which public budget gains, and explains every figure down to
//! its source. It does no I/O, reads no clock and no environment, and does not panic.
//!
//! ```
//! use impact_core::Model;
//! use impact_core::model::{Measure, Perspective};
//!
//! let model = Model::from_toml(r#"
//!     impact = 1
//!     name = "Gardening group"
//!     country = "NO"
//!     currency = "NOK"
//!     price_year = 2024
//!     start = 2024
//!     holders = [ { id = "neighbours", kind = "people" }, { id = "municipality", kind = "public", level = "municipality" } ]
//!     costs = [ { id = "team", payer = "municipality", amount = 400_000, year = 2024, source = "budget" } ]
//!
//!     [[outcomes]]
//!     id = "less-lonely"
//!     holder = "neighbours"
//!     quantity = 25
//!     deadweight = 0.2
//!     values = [ { id = "wellbeing", value = 30_000, unit = "person-year", kind = "social", source = "an example" } ]
//! "#)?;
//! let appraisal = model.appraise()?;
//! let npv = appraisal.measure(Measure::Npv, Perspective::Society)?;
//! assert_eq!(npv.value?.to_string(), "120000"); // 25 × 0.8 × 30 000 − 400 000 − 20 øre per krone of tax
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What it does not do: it finds no effects in microdata, forecasts no prices, and invents no figure; what nobody has
//! published must be given and marked.

#![cfg_attr(not(test), deny(clippy::indexing_slicing, reason = "an index that is out of bounds panics"))]

pub mod address;
pub mod analysis;
pub mod cash_flow;
pub mod check;
pub mod contract;
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
pub mod simulation;
pub mod units;

pub use model::{Contract, Model};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
