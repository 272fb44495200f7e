//! Special functions in double precision, good in both tails.
//!
//! One rule: what is small is computed directly, never as one minus something large. Transcendental functions come from
//! `libm`, so that one build gives the same bits on every processor.

pub(crate) mod beta;
pub(crate) mod gamma;
pub(crate) mod normal;
