//! Columns: the draws of one uncertain assumption.
//!
//! One rule: a column is its address, its distribution and nothing else; filled in blocks of any size, in any order, on
//! any thread, it holds the same bits.

use super::inverse::Inverse;
use super::points::Uniforms;
use super::stream::{Key, Seed};
use crate::address::Address;
use crate::distribution::Distribution;

/// An uncertain assumption made ready for drawing.
///
/// # Examples
/// ```
/// use impact_core::distribution::Distribution;
/// use impact_core::simulation::{Column, Seed};
/// let distribution = Distribution::normal(10.into(), 2.into())?;
/// let column = Column::new("effects.more-work".parse()?, &distribution);
/// let (mut whole, mut second_half) = ([0.0; 1_000], [0.0; 500]);
/// column.fill(Seed(7), 0, &mut whole);
/// column.fill(Seed(7), 500, &mut second_half);
/// assert_eq!(whole[500..], second_half);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    address: Address,
    key: Key,
    inverse: Inverse,
}

impl Column {
    /// The column of an address with this distribution.
    pub fn new(address: Address, distribution: &Distribution) -> Self {
        Self { key: Key::of(&address), address, inverse: Inverse::new(distribution) }
    }

    /// Whose draws these are.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// The inverse of its distribution.
    pub fn inverse(&self) -> &Inverse {
        &self.inverse
    }

    /// Consecutive independent draws from `first_draw` on, one for each place of `out`.
    pub fn fill(&self, seed: Seed, first_draw: u64, out: &mut [f64]) {
        self.key.stream(seed).fill(first_draw, out);
        self.inverse.replace(out);
    }

    /// The same from points of any kind, such as those of a [`Sampler`](super::Sampler).
    pub fn fill_from(&self, uniforms: &Uniforms, first_draw: u64, out: &mut [f64]) {
        uniforms.fill(first_draw, out);
        self.inverse.replace(out);
    }
}
