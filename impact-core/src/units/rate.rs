//! Shares and rates, always as fractions: 0.04 is 4 %.

use super::UnitError;
use rust_decimal::Decimal;
use std::fmt;

/// A number between 0 and 1, both included: a chance, or a share of a whole.
///
/// # Examples
/// ```
/// use impact_core::units::Share;
/// let wrong = Share::new("1.4".parse()?).unwrap_err();
/// assert_eq!(wrong.to_string(), "share `1.4` is not between 0 and 1");
/// # Ok::<(), rust_decimal::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(transparent)]
pub struct Share(Decimal);

impl Share {
    /// The share.
    ///
    /// # Errors
    /// A number below 0 or above 1.
    pub fn new(share: Decimal) -> Result<Self, UnitError> {
        if (Decimal::ZERO..=Decimal::ONE).contains(&share) {
            Ok(Self(share))
        } else {
            Err(UnitError::OutOfRange { quantity: "share", value: share.to_string(), expected: "between 0 and 1" })
        }
    }

    /// The share as a decimal fraction.
    pub fn value(self) -> Decimal {
        self.0
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// A real discount rate per year, as a fraction: 0.04 is 4 %. Zero is no discounting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(transparent)]
pub struct DiscountRate(Decimal);

impl DiscountRate {
    /// No discounting.
    pub const ZERO: DiscountRate = DiscountRate(Decimal::ZERO);

    /// The rate.
    ///
    /// # Errors
    /// A number below 0 or above 1: a rate of 4 % is 0.04.
    pub fn new(rate: Decimal) -> Result<Self, UnitError> {
        if (Decimal::ZERO..=Decimal::ONE).contains(&rate) {
            Ok(Self(rate))
        } else {
            Err(UnitError::OutOfRange {
                quantity: "discount rate",
                value: rate.to_string(),
                expected: "between 0 and 1 (4 % is 0.04)",
            })
        }
    }

    /// The rate as a decimal fraction.
    pub fn value(self) -> Decimal {
        self.0
    }
}
