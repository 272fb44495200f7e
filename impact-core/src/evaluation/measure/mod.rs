//! Measures: one file each, with its formula and source.
//!
//! One rule: a measure is a sum, a ratio or a date over what one perspective sees; it never reads the document.

mod bcr;
mod cashable_saving;
pub(super) mod cost_per_outcome;
pub(super) mod discounted_payback;
mod equivalent_annual_value;
mod fraction;
pub(super) mod gain_per_unit;
pub(super) mod irr;
pub(super) mod mvpf;
mod net_benefit_per_budget_krone;
mod npv;
pub(super) mod payback;
mod present_value;
mod sroi_ratio;

pub(crate) use fraction::{Beside, Fraction};
pub use mvpf::{Mvpf, MvpfSign};
