//! Variation: the exact model at other values of one number or two, all else as it is.
//!
//! One rule: every figure is what the document gives with those values written into it; where there is none, its place says
//! why.

mod axis;
mod curve;
mod elsewhere;
mod fault;
mod reach;
mod tornado;
mod two_way;

pub use axis::{MOST_CELLS, Walked};
pub use curve::{BreakEvenCurve, CurvePoint, MOST_SOLVED};
pub use elsewhere::NoFigure;
pub use fault::{AxisFault, VariationError};
pub use reach::Reach;
pub use tornado::{Tornado, TornadoQuestion, TornadoRow};
pub use two_way::{TwoWay, TwoWayQuestion};

use crate::simulation::{Counted, Progress};
use std::ops::ControlFlow;

/// Figures worked out between two calls of the progress.
const BATCH: u64 = 64;

/// How far a walk over values is, and whether it goes on.
struct Steps<'p> {
    done: u64,
    of: u64,
    progress: &'p mut dyn FnMut(Progress) -> ControlFlow<()>,
}

impl<'p> Steps<'p> {
    fn new(of: usize, progress: &'p mut dyn FnMut(Progress) -> ControlFlow<()>) -> Self {
        Self { done: 0, of: u64::try_from(of).unwrap_or(u64::MAX), progress }
    }

    /// Notes that so many more are done; asks whether to go on at the end of each batch and of the walk.
    fn step(&mut self, batch: u64) -> Result<(), VariationError> {
        self.done = self.done.saturating_add(1);
        if !self.done.is_multiple_of(batch) && self.done != self.of {
            return Ok(());
        }
        match (self.progress)(Progress { done: self.done, of: self.of, counted: Counted::Figures }) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(VariationError::Cancelled { done: self.done, of: self.of }),
        }
    }
}
