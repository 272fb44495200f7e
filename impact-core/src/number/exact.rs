//! Exact decimals of 28 digits that carry a failure along instead of panicking.

use super::{Constant, Number};
use rust_decimal::{Decimal, RoundingStrategy};
use std::ops::{Add, Div, Mul, Sub};

/// Decimal places that postings and present values are quantised to, half to even, so that parts add up in any order.
pub const PLACES: u32 = 12;

/// A decimal, or the first thing that went wrong on the way to it.
///
/// # Examples
/// ```
/// use impact_core::number::{Exact, Fault, Number};
/// use rust_decimal::Decimal;
/// let third = Exact::from(Decimal::ONE) / Exact::from(Decimal::from(3));
/// assert_eq!(third.quantised().value().map(|v| v.to_string()), Ok("0.333333333333".to_owned()));
/// let nothing = Exact::from(Decimal::ONE) / Exact::from(Decimal::ZERO);
/// assert_eq!((nothing + third).value(), Err(Fault::DivisionByZero));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exact(Result<Decimal, Fault>);

/// Why an exact number has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The result has more digits before the point than a decimal holds.
    #[error("the result is larger than 28 digits can hold")]
    Overflow,
    /// Something was divided by zero.
    #[error("something is divided by zero")]
    DivisionByZero,
}

impl Exact {
    /// Zero.
    pub const ZERO: Exact = Exact(Ok(Decimal::ZERO));
    /// One.
    pub const ONE: Exact = Exact(Ok(Decimal::ONE));

    /// The decimal.
    ///
    /// # Errors
    /// The first overflow or division by zero on the way to this number.
    pub fn value(self) -> Result<Decimal, Fault> {
        self.0
    }

    /// The number to a whole power, by repeated squaring; a negative power divides.
    pub fn power(self, exponent: i32) -> Self {
        let mut base = if exponent < 0 { Self::ONE / self } else { self };
        let mut left = exponent.unsigned_abs();
        let mut result = Self::ONE;
        while left > 0 {
            if left & 1 == 1 {
                result = result * base;
            }
            left >>= 1;
            if left > 0 {
                base = base * base;
            }
        }
        result
    }

    /// The square root by Newton's method, to the last digits a decimal holds. Zero for numbers not above zero.
    pub fn square_root(self) -> Self {
        let Ok(value) = self.0 else { return self };
        if value <= Decimal::ZERO {
            return Self::ZERO;
        }
        let two = Self(Ok(Decimal::TWO));
        let mut root = Self(Ok(value.max(Decimal::ONE)));
        for _ in 0..128 {
            let next = (root + self / root) / two;
            if next == root {
                break;
            }
            root = next;
        }
        root
    }

    fn with(self, other: Self, operation: impl Fn(Decimal, Decimal) -> Result<Decimal, Fault>) -> Self {
        Self(match (self.0, other.0) {
            (Ok(a), Ok(b)) => operation(a, b),
            (Err(fault), _) | (_, Err(fault)) => Err(fault),
        })
    }
}

impl From<Decimal> for Exact {
    fn from(value: Decimal) -> Self {
        Self(Ok(value))
    }
}

impl From<i32> for Exact {
    fn from(value: i32) -> Self {
        Self(Ok(Decimal::from(value)))
    }
}

impl Add for Exact {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        self.with(other, |a, b| a.checked_add(b).ok_or(Fault::Overflow))
    }
}

impl Sub for Exact {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self.with(other, |a, b| a.checked_sub(b).ok_or(Fault::Overflow))
    }
}

impl Mul for Exact {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        self.with(other, |a, b| a.checked_mul(b).ok_or(Fault::Overflow))
    }
}

impl Div for Exact {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        self.with(
            other,
            |a, b| {
                if b.is_zero() { Err(Fault::DivisionByZero) } else { a.checked_div(b).ok_or(Fault::Overflow) }
            },
        )
    }
}

impl std::iter::Sum for Exact {
    fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
        items.fold(Self::ZERO, |total, item| total + item)
    }
}

impl Number for Exact {
    fn constant(constant: &Constant) -> Self {
        constant.exact()
    }
    fn zero() -> Self {
        Self::ZERO
    }
    fn one() -> Self {
        Self::ONE
    }
    fn min(self, other: Self) -> Self {
        self.with(other, |a, b| Ok(a.min(b)))
    }
    fn max(self, other: Self) -> Self {
        self.with(other, |a, b| Ok(a.max(b)))
    }
    fn whole(number: i32) -> Self {
        Self::from(number)
    }
    fn any_above_zero(&self) -> bool {
        self.0.is_ok_and(|value| value > Decimal::ZERO)
    }
    fn quantised(self) -> Self {
        Self(self.0.map(|value| value.round_dp_with_strategy(PLACES, RoundingStrategy::MidpointNearestEven)))
    }
    fn floor(self) -> Self {
        Self(self.0.map(|value| value.floor()))
    }
    fn select(a: Self, b: Self, x: Self, y: Self) -> Self {
        match (a.0, b.0) {
            (Ok(a), Ok(b)) => {
                if a < b {
                    x
                } else {
                    y
                }
            }
            (Err(fault), _) | (_, Err(fault)) => Self(Err(fault)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        Exact::from(text.parse::<Decimal>().unwrap())
    }

    #[test]
    fn a_failure_is_carried_to_the_end() {
        let huge = exact("79228162514264337593543950335");
        assert_eq!((huge + Exact::ONE - huge).value(), Err(Fault::Overflow));
        assert_eq!(Exact::select(huge * huge, Exact::ONE, Exact::ONE, Exact::ONE).value(), Err(Fault::Overflow));
    }

    #[test]
    fn halves_are_rounded_to_even() {
        assert_eq!(exact("0.0000000000005").quantised(), Exact::ZERO);
        assert_eq!(exact("0.0000000000015").quantised(), exact("0.000000000002"));
    }

    #[test]
    fn whole_powers_and_square_roots_keep_their_digits() {
        assert_eq!(exact("1.035").power(2), exact("1.071225"));
        assert_eq!(exact("1.035").power(-1), Exact::ONE / exact("1.035"));
        let root = exact("1.035").square_root();
        let error = (root * root - exact("1.035")).value().unwrap().abs();
        assert!(error < "0.00000000000000000000000001".parse().unwrap(), "{error}");
    }
}
