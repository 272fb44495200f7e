//! Reference figures as tables: conventions, unit costs, effects, index series, conversions of units, templates of models.
//!
//! One rule: every row carries its source and edition.

mod convention;
mod effect;
mod own;
mod series;
mod sought;
mod template;
mod unit;
mod unit_cost;

pub use convention::{convention_marks, conventions};
pub use effect::{effect_table, effects};
pub use own::Catalogue;
pub use series::{index, indices};
pub use template::{template_table, templates};
pub use unit::units;
pub use unit_cost::{catalogue, unit_cost_table};
