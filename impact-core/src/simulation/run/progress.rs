//! Progress: how far a run has come, and whether the caller lets it go on.
//!
//! One rule: the caller is asked on its own thread, and of one call what is done never falls, however many passes it takes.

use std::fmt;
use std::ops::ControlFlow;

/// How far a run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// How many are done.
    pub done: u64,
    /// How many there are in all.
    pub of: u64,
    /// What is counted.
    pub counted: Counted,
}

/// What progress counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Counted {
    /// Draws; once for each time that a question goes through them.
    Draws,
    /// Scenarios of a grid.
    Scenarios,
    /// Exact figures.
    Figures,
}

impl Counted {
    /// Its name in the plural.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draws => "draws",
            Self::Scenarios => "scenarios",
            Self::Figures => "figures",
        }
    }
}

impl fmt::Display for Counted {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// Why a run ended without an answer: the caller asked it to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cancelled after {done} of {of} {counted}: nothing is kept")]
pub struct Cancelled {
    /// How many were done.
    pub done: u64,
    /// How many there were in all.
    pub of: u64,
    /// What was counted.
    pub counted: Counted,
}

/// A caller that is told of all passes of one call.
pub(crate) struct Heard<'p> {
    at: Progress,
    progress: &'p mut dyn FnMut(Progress) -> ControlFlow<()>,
}

impl<'p> Heard<'p> {
    /// A caller that will be told of so many in all.
    pub fn new(counted: Counted, of: u64, progress: &'p mut dyn FnMut(Progress) -> ControlFlow<()>) -> Self {
        Self { at: Progress { done: 0, of, counted }, progress }
    }

    /// Notes that so many more are done.
    pub fn did(&mut self, more: u64) {
        self.at.done = self.at.done.saturating_add(more).min(self.at.of);
    }

    /// Tells the caller, and asks whether to go on.
    pub fn ask(&mut self) -> Result<(), Cancelled> {
        let Progress { done, of, counted } = self.at;
        match (self.progress)(self.at) {
            ControlFlow::Break(()) => Err(Cancelled { done, of, counted }),
            ControlFlow::Continue(()) => Ok(()),
        }
    }
}
