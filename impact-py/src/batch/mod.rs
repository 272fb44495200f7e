//! Batches: rows of simulations in, rows of results or of parts out, for whatever hands rows to many machines.
//!
//! One rule: nothing crosses rows.

mod rows;
mod verbs;

pub use verbs::{merge_parts, simulate_batch, simulate_parts};
