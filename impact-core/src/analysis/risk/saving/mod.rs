//! Payment beside saving: what each holder pays for results and what it saves by them, year by year, where both are uncertain.
//!
//! One rule: payment follows what is observed, the saving follows the truth. Where nothing works nothing is saved.
//!
//! # Formula
//! ```text
//! saving of a holder in a year, in a draw = true change of the draw · saving of a holder in the year per unit of the outcome
//! ```
//! The saving per unit is the model's own: what the outcome saves in money of the year, over the units of its quantity before
//! anything is taken off for what pushed out others (deadweight is left out of both: a true change is net of it). Its years are those of the
//! model's intakes, lags and durations; one of the metric is one unit of the outcome. Whatever of the model is uncertain beside the truth
//! stands at its expected value.

mod fault;
mod found;
mod per_unit;
mod run;
mod taken_apart;

pub use fault::SavingError;
pub use found::{HolderSaving, SavedOutcome, SavingRisk, SavingYear, SituationSaving};
pub use taken_apart::UnitSaving;
