//! Units: how many of them there are in each year, as so much of one and how many of those.
//!
//! One rule: what a cause's lines have in common is worked out once: the present value of one unit is kept for all of them.

use crate::number::{Constant, Number};
use std::cell::Cell;

/// The units of a cause in each year appraised.
pub(crate) struct Units<'w, N> {
    /// How much of one there is in each year; nothing where the sink said that it does not ask.
    pub per_one: &'w [N],
    /// How many there are.
    pub scale: N,
    /// The discounted sum of one, once it was asked for.
    present: Cell<Option<N>>,
}

impl<'w, N: Number> Units<'w, N> {
    #[inline(always)]
    pub fn new(per_one: &'w [N], scale: N) -> Self {
        Self { per_one, scale, present: Cell::new(None) }
    }

    /// Units whose present value is already known, for sinks that ask for nothing else.
    #[inline(always)]
    pub fn weighed(present: N, scale: N) -> Self {
        Self { per_one: &[], scale, present: Cell::new(Some(present)) }
    }

    /// The units of each year.
    #[inline(always)]
    pub fn by_year(&self) -> impl Iterator<Item = N> {
        let scale = self.scale;
        self.per_one.iter().map(move |per_one| *per_one * scale)
    }

    /// The discounted sum, with the one row of factors that the cause has.
    #[inline(always)]
    pub fn present(&self, factors: &[Constant]) -> N {
        let per_one = self.present.get().unwrap_or_else(|| {
            let weigh = |sum, (units, factor): (&N, &Constant)| sum + *units * N::constant(factor);
            let sum = self.per_one.iter().zip(factors).fold(N::zero(), weigh);
            self.present.set(Some(sum));
            sum
        });
        per_one * self.scale
    }

    /// The discounted sum of a share of each year.
    #[inline(always)]
    pub fn present_of(&self, shares: &[N], factors: &[Constant]) -> N {
        let years = self.per_one.iter().zip(shares).zip(factors);
        let weigh = |sum, ((units, share), factor): ((&N, &N), &Constant)| sum + *units * *share * N::constant(factor);
        years.fold(N::zero(), weigh) * self.scale
    }

    /// The sum of all years, not discounted.
    #[inline(always)]
    pub fn total(&self) -> N {
        self.per_one.iter().fold(N::zero(), |sum, units| sum + *units) * self.scale
    }
}
