//! Simulation: uncertain numbers drawn many times over.
//!
//! One rule: a draw is a pure function of seed, address and draw. [`u`] is that function, and its definition is written out so that
//! any program can check it; [`Stream`] and [`Sampler`] give it for many draws; [`Inverse`] turns its numbers into values of
//! a distribution; a [`Column`] is both for one assumption.

mod column;
mod inverse;
mod points;
mod stream;

pub use column::Column;
pub use inverse::{Caveat, Inverse, caveats};
pub use points::{Points, PointsError, SOBOL_DIMENSIONS, Sampler, Uniforms};
pub use stream::{Seed, Stream, u};
