//! Calendar years, and the years whose price level an amount is in.

use super::UnitError;
use std::fmt;

/// A calendar year from 1900 to 2999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct Year(i32);

impl Year {
    /// The first year accepted.
    pub const FIRST: Year = Year(1900);
    /// The last year accepted.
    pub const LAST: Year = Year(2999);

    /// A year.
    ///
    /// # Errors
    /// A number outside 1900 to 2999.
    pub fn new(year: i64) -> Result<Self, UnitError> {
        match i32::try_from(year) {
            Ok(year) if (Self::FIRST.0..=Self::LAST.0).contains(&year) => Ok(Self(year)),
            _ => Err(UnitError::OutOfRange {
                quantity: "year",
                value: year.to_string(),
                expected: "a year between 1900 and 2999",
            }),
        }
    }

    /// The number of the year.
    pub fn number(self) -> i32 {
        self.0
    }

    /// Years from `origin` to this year; negative before it.
    pub fn since(self, origin: Year) -> i32 {
        self.0.saturating_sub(origin.0)
    }

    /// The year `years` later, held within [`Year::FIRST`] and [`Year::LAST`].
    pub fn plus(self, years: i32) -> Self {
        Self(self.0.saturating_add(years).clamp(Self::FIRST.0, Self::LAST.0))
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// The year whose price level an amount is expressed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct PriceYear(pub Year);

impl fmt::Display for PriceYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}
