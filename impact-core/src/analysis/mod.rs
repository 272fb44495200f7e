//! Analysis: what follows from evaluating a model many times.

mod break_even;
mod crossing;
mod range;
mod trial;
mod varied;
mod whole;

pub use break_even::{BreakEven, BreakEvenError, BreakEvenQuestion};
pub use crossing::Crossing;
