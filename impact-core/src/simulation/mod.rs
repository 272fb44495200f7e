//! Simulation: uncertain numbers drawn many times over.
//!
//! One rule: every draw is a pure function of seed, address and draw.

mod points;
mod stream;

pub use points::{Points, PointsError, SOBOL_DIMENSIONS, Sampler, Uniforms};
pub use stream::{Seed, Stream, u};
