//! Simulation: uncertain numbers drawn many times over.
//!
//! One rule: a draw is a pure function of seed, address and draw. [`u`] is that function, and its definition is written out so that
//! any program can check it; [`Stream`] and [`Sampler`] give it for many draws; [`Inverse`] turns its numbers into values of
//! a distribution; a [`Column`] is both for one assumption; [`Dependence`] ties the draws of several together.
//!
//! # Definition
//! The first 16 bytes of the SHA-256 of the address as text are two big-endian numbers h₁, h₂ of 64 bits. With s₁, s₂ the
//! first two outputs of SplitMix64 begun at the seed, and `mix` its output function,
//! ```text
//! start     = mix(h₁ xor s₁)
//! increment = mix(h₂ xor s₂), made odd; where fewer than 24 of its neighbouring bits differ, xor aaaaaaaaaaaaaaaa
//! bits      = mix(start + (draw + 1) · increment)               modulo 2⁶⁴
//! u         = (⌊bits / 2¹²⌋ + ½) / 2⁵²
//! ```
//! A stream is SplitMix64 with a start and an increment of its own; with the increment 9e3779b97f4a7c15 it is the published
//! generator, and is held to its published numbers. u lies on a grid of 2⁵² midpoints: never 0, never 1, and 1 − u is exact.

mod batch;
mod column;
mod dependence;
mod held;
mod inverse;
mod kept;
mod mvpf;
mod notes;
mod packed;
mod parcel;
mod part;
mod points;
mod ready;
mod refused;
mod request;
mod run;
mod simulate;
mod simulated;
mod stream;
mod summary;

pub use batch::{
    BatchError, BatchRow, PartRow, batch_cell, batch_cell_problems, batch_overrides, merge_parts, simulate_batch,
};
pub use column::Column;
pub use dependence::{Dependence, MovedPair, Repair};
pub use inverse::{Caveat, Inverse, caveats};
pub use kept::{KEPT_DRAWS, KEPT_NUMBERS, kept_draws};
pub use mvpf::MvpfSimulationError;
pub use parcel::ParcelFault;
pub use part::PartSimulated;
pub use points::{Points, PointsError, SOBOL_DIMENSIONS, Sampler, Uniforms};
pub use refused::{NotSimulated, PartsFault, SimulationError};
pub use request::{Simulation, Width};
pub use run::{Cancelled, Counted, Progress};
pub use simulated::Simulated;
pub use stream::{Seed, Stream, u};
pub use summary::{Bound, Estimate, MvpfDraws, MvpfDrawsError, SignShare, SimulatedFigure, SummaryError};

pub(crate) use summary::number_or_end;

pub(crate) use held::Held;
pub(crate) use packed::{pack_document, pack_question, pack_request, same_document, unpack_question, unpack_request};
pub(crate) use parcel::{Packing, Unpacking};
pub(crate) use run::{BLOCK, Blocks, Drawn, Heard, Merge, Queue, Stage, Work, answers, at_width, fold, workers};
pub(crate) use summary::{between, place};
