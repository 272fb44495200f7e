//! The run: blocks of draws, worked through on some threads and merged along one tree.
//!
//! One rule: a block is 2,048 draws at a place that follows from their numbers alone, and what blocks add up to is merged
//! along the tree of their positions: no thread, no order and no cutting into parts changes a bit.

mod blocks;
mod fold;
mod tree;
mod wide;

pub(crate) use blocks::{BLOCK, Blocks, Drawn, Stage};
pub(crate) use fold::fold;
pub(crate) use tree::{Merge, Tree};
pub(crate) use wide::{Work, at_width};

/// How far a run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Draws done.
    pub done: u64,
    /// Draws in all.
    pub of: u64,
}

/// Why a run ended without an answer: the caller asked it to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cancelled after {done} of {of} draws: nothing is kept")]
pub struct Cancelled {
    /// Draws done.
    pub done: u64,
    /// Draws in all.
    pub of: u64,
}
