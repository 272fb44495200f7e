//! The run: blocks of draws, worked through on some threads and merged along one tree.
//!
//! One rule: a block is 2,048 draws at a place that follows from their numbers alone, and what blocks add up to is merged
//! along the tree of their positions: no thread, no order and no cutting into parts changes a bit.

mod blocks;
mod fold;
mod progress;
mod queue;
mod tree;
mod wide;

pub(crate) use blocks::{BLOCK, Blocks, Drawn, Stage};
pub(crate) use fold::fold;
pub(crate) use progress::Heard;
pub use progress::{Cancelled, Counted, Progress};
pub(crate) use queue::{Queue, answers, workers};
pub(crate) use tree::{Merge, Tree};
pub(crate) use wide::{Work, at_width};
