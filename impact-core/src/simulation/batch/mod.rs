//! Batches: many simulations, or parts of them, one a row.
//!
//! One rule: nothing crosses rows: what a row gives follows from the row alone, so that rows may be worked on anywhere, in any order.

mod merging;
mod row;
mod run;

pub use merging::{PartRow, merge_parts};
pub use row::{BatchError, BatchRow, batch_cell, batch_cell_problems, batch_overrides};
pub use run::simulate_batch;
