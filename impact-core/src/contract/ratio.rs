//! Ratios: a figure as a fraction, so that a threshold of a third is reached by exactly a third.
//!
//! One rule: what stands below is above zero; comparing multiplies, and only the last step divides.

use crate::number::{Exact, Number};

/// A figure as a fraction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Ratio<N> {
    /// What stands above.
    pub over: N,
    /// What stands below; above zero.
    pub under: N,
}

impl<N: Number> Ratio<N> {
    /// A plain number.
    #[inline(always)]
    pub fn whole(number: N) -> Self {
        Self { over: number, under: N::one() }
    }

    /// So many of so many; a plain number where nothing stands below.
    #[inline(always)]
    pub fn of(over: N, under: Option<N>) -> Self {
        Self { over, under: under.unwrap_or_else(N::one) }
    }

    /// `x` where the figure lies below a number, else `y`.
    #[inline(always)]
    pub fn below(self, number: N, x: N, y: N) -> N {
        N::select(self.over, number * self.under, x, y)
    }

    /// `x` where the figure lies above a number, else `y`.
    #[inline(always)]
    pub fn above(self, number: N, x: N, y: N) -> N {
        N::select(number * self.under, self.over, x, y)
    }

    /// The figure less a number.
    #[inline(always)]
    pub fn less(self, number: N) -> Self {
        Self { over: self.over - number * self.under, under: self.under }
    }

    /// The figure times a number.
    #[inline(always)]
    pub fn times(self, number: N) -> Self {
        Self { over: self.over * number, under: self.under }
    }

    /// The sum of two figures.
    #[inline(always)]
    pub fn plus(self, other: Self) -> Self {
        Self { over: self.over * other.under + other.over * self.under, under: self.under * other.under }
    }

    /// The figure over a number that is above zero.
    #[inline(always)]
    pub fn shared_by(self, number: N) -> Self {
        Self { over: self.over, under: self.under * number }
    }

    /// The figure as one number.
    #[inline(always)]
    pub fn quotient(self) -> N {
        self.over / self.under
    }
}

impl Ratio<Exact> {
    /// The same figure over one, where the fraction itself has more digits than are kept.
    pub fn or_rounded(self, rounded: impl FnOnce() -> Exact) -> Self {
        match (self.over.value(), self.under.value()) {
            (Ok(_), Ok(_)) => self,
            _ => Self::whole(rounded()),
        }
    }
}
