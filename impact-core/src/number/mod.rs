//! Numbers: the one formula of the library is written once over [`Number`] and runs in decimal or in floats.
//!
//! One rule: decimal arithmetic happens only here, through checked operations; nothing panics and nothing is silently lost.

mod constant;
mod exact;
mod lanes;
mod significant;

pub use constant::Constant;
pub use exact::{Exact, Fault, PLACES};
pub use lanes::Lanes;
pub use significant::to_significant;

use std::ops::{Add, Div, Mul, Sub};

/// A type the formula can run in: [`Exact`] decimals, `f64`, or [`Lanes`] of `f64`.
pub trait Number: Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self> {
    /// A constant of the plan in this type.
    fn constant(constant: &Constant) -> Self;
    /// Zero.
    fn zero() -> Self;
    /// One.
    fn one() -> Self;
    /// The smaller of the two, lane by lane.
    fn min(self, other: Self) -> Self;
    /// The larger of the two, lane by lane.
    fn max(self, other: Self) -> Self;
    /// The largest whole number not above, lane by lane.
    fn floor(self) -> Self;
    /// `x` where `a < b`, else `y`, lane by lane.
    fn select(a: Self, b: Self, x: Self, y: Self) -> Self;
    /// A small whole number.
    fn whole(number: i32) -> Self;
    /// Whether it is above zero; of lanes, whether any is.
    fn any_above_zero(&self) -> bool;
    /// An exact number rounded once to [`PLACES`] decimals; floats stay as they are.
    fn quantised(self) -> Self {
        self
    }
}

impl Number for f64 {
    fn constant(constant: &Constant) -> Self {
        constant.float()
    }
    fn zero() -> Self {
        0.0
    }
    fn one() -> Self {
        1.0
    }
    fn min(self, other: Self) -> Self {
        if self < other { self } else { other }
    }
    fn max(self, other: Self) -> Self {
        if self > other { self } else { other }
    }
    fn floor(self) -> Self {
        f64::floor(self)
    }
    fn select(a: Self, b: Self, x: Self, y: Self) -> Self {
        if a < b { x } else { y }
    }
    fn whole(number: i32) -> Self {
        f64::from(number)
    }
    fn any_above_zero(&self) -> bool {
        *self > 0.0
    }
}
