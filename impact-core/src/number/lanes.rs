//! Lanes: a small block of floats that goes through the formula side by side.

use super::{Constant, Number};
use std::ops::{Add, Div, Mul, Sub};

/// `N` floats by value; every operation works lane by lane in plain loops that a compiler can widen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lanes<const N: usize>(pub [f64; N]);

impl<const N: usize> Lanes<N> {
    /// The same float in each lane.
    #[inline(always)]
    pub fn all(value: f64) -> Self {
        Self([value; N])
    }

    #[inline(always)]
    fn with(self, other: Self, operation: impl Fn(f64, f64) -> f64) -> Self {
        let mut result = self.0;
        for (left, right) in result.iter_mut().zip(other.0) {
            *left = operation(*left, right);
        }
        Self(result)
    }
}

macro_rules! lane_by_lane {
    ($($operator:ident $method:ident $sign:tt)*) => {$(
        impl<const N: usize> $operator for Lanes<N> {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                self.with(other, |a, b| a $sign b)
            }
        }
    )*};
}
lane_by_lane! { Add add + Sub sub - Mul mul * Div div / }

impl<const N: usize> Number for Lanes<N> {
    #[inline(always)]
    fn constant(constant: &Constant) -> Self {
        Self::all(constant.float())
    }
    #[inline(always)]
    fn zero() -> Self {
        Self::all(0.0)
    }
    #[inline(always)]
    fn one() -> Self {
        Self::all(1.0)
    }
    #[inline(always)]
    fn min(self, other: Self) -> Self {
        self.with(other, |a, b| if a < b { a } else { b })
    }
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        self.with(other, |a, b| if a > b { a } else { b })
    }
    #[inline(always)]
    fn whole(number: i32) -> Self {
        Self::all(f64::from(number))
    }
    #[inline(always)]
    fn any_above_zero(&self) -> bool {
        self.0.iter().any(|lane| *lane > 0.0)
    }
    #[inline(always)]
    fn floor(self) -> Self {
        // Exact on every machine, and one instruction on most.
        self.with(self, |lane, _| lane.floor())
    }
    #[inline(always)]
    fn select(a: Self, b: Self, x: Self, y: Self) -> Self {
        let mut result = y.0;
        for (((slot, a), b), x) in result.iter_mut().zip(a.0).zip(b.0).zip(x.0) {
            if a < b {
                *slot = x;
            }
        }
        Self(result)
    }
}
