//! Units of outcomes and of prices: a thing, or a thing over a period.
//!
//! One rule: a unit converts by itself only between periods (a year is 12 months, 365 days, 365/7 weeks). A person never
//! becomes a place, nor a recipient a person, without a conversion the author states; `conversion` has the table.

use super::UnitError;
use rust_decimal::Decimal;
use std::fmt;

/// A stretch of time in a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// A day.
    Day,
    /// A week of seven days.
    Week,
    /// A month, a twelfth of a year.
    Month,
    /// A year of 365 days.
    Year,
}

impl Period {
    fn word(self) -> &'static str {
        match self {
            Period::Day => "day",
            Period::Week => "week",
            Period::Month => "month",
            Period::Year => "year",
        }
    }

    /// How many of these make a year, as (numerator, denominator): a week is 365/7.
    pub fn in_a_year(self) -> (Decimal, Decimal) {
        match self {
            Period::Day => (Decimal::from(365), Decimal::ONE),
            Period::Week => (Decimal::from(365), Decimal::from(7)),
            Period::Month => (Decimal::from(12), Decimal::ONE),
            Period::Year => (Decimal::ONE, Decimal::ONE),
        }
    }
}

/// What one unit of an outcome or of a price is: `person`, `incident`, `person-year`, `place-day`.
///
/// # Examples
/// ```
/// use impact_core::units::{Period, Unit};
/// let unit: Unit = "person-year".parse()?;
/// assert_eq!((unit.thing(), unit.period()), ("person", Some(Period::Year)));
/// assert_eq!("incident".parse::<Unit>()?.period(), None);
/// # Ok::<(), impact_core::units::UnitError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unit {
    thing: String,
    period: Option<Period>,
}

impl Unit {
    /// What is counted, without its period.
    pub fn thing(&self) -> &str {
        &self.thing
    }

    /// The period, where the unit has one.
    pub fn period(&self) -> Option<Period> {
        self.period
    }

    /// A thing over a period.
    pub(super) fn over(thing: &str, period: Period) -> Self {
        Self { thing: thing.to_owned(), period: Some(period) }
    }

    /// This thing over a year: what a state of it accrues.
    pub fn per_year(&self) -> Self {
        Self { thing: self.thing.clone(), period: Some(Period::Year) }
    }
}

impl std::str::FromStr for Unit {
    type Err = UnitError;

    fn from_str(text: &str) -> Result<Self, UnitError> {
        let periods = [Period::Day, Period::Week, Period::Month, Period::Year];
        let (thing, period) = match text.rsplit_once('-') {
            Some((thing, last)) => match periods.into_iter().find(|period| period.word() == last) {
                Some(period) => (thing, Some(period)),
                None => (text, None),
            },
            None => (text, None),
        };
        let letters = thing.chars().all(|c| c.is_alphanumeric() || c == '-');
        if thing.is_empty() || thing.len() > 60 || !letters || thing.starts_with('-') || thing.ends_with('-') {
            return Err(UnitError::UnknownUnit { text: text.to_owned() });
        }
        Ok(Self { thing: thing.to_owned(), period })
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.period {
            Some(period) => write!(f, "{}-{}", self.thing, period.word()),
            None => f.write_str(&self.thing),
        }
    }
}

impl serde::Serialize for Unit {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
