//! Prices: how the level of prices moves from year to year.
//!
//! One rule: a level is observed or assumed, never guessed; a year without either has no level and the error says so.

use crate::number::Exact;
use crate::units::Year;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Observed price levels by year, in any base.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Series {
    levels: BTreeMap<Year, Decimal>,
}

/// Why a series has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PriceError {
    /// A level that is not above zero.
    #[error("price level `{level}` of {year} is not above zero")]
    NotPositive {
        /// The level as given.
        level: Decimal,
        /// Its year.
        year: Year,
    },
    /// A year the series does not cover.
    #[error("no price level for {year}: the series covers {first} to {last}")]
    Missing {
        /// The year asked for.
        year: Year,
        /// The first year covered.
        first: Year,
        /// The last year covered.
        last: Year,
    },
    /// No levels at all.
    #[error("the series has no price levels")]
    Empty,
}

impl Series {
    /// A series from its levels.
    ///
    /// # Errors
    /// A level that is zero or below, or no level.
    pub fn new(levels: BTreeMap<Year, Decimal>) -> Result<Self, PriceError> {
        if levels.is_empty() {
            return Err(PriceError::Empty);
        }
        match levels.iter().find(|(_, level)| **level <= Decimal::ZERO) {
            Some((&year, &level)) => Err(PriceError::NotPositive { level, year }),
            None => Ok(Self { levels }),
        }
    }

    /// The levels by year.
    pub fn levels(&self) -> &BTreeMap<Year, Decimal> {
        &self.levels
    }

    /// The level of a year.
    ///
    /// # Errors
    /// A year the series does not cover.
    pub fn level(&self, year: Year) -> Result<Decimal, PriceError> {
        match (self.levels.get(&year), self.levels.first_key_value(), self.levels.last_key_value()) {
            (Some(level), _, _) => Ok(*level),
            (None, Some((&first, _)), Some((&last, _))) => Err(PriceError::Missing { year, first, last }),
            _ => Err(PriceError::Empty),
        }
    }

    /// What an amount of `from` prices is multiplied by to stand in `to` prices.
    ///
    /// # Errors
    /// A year the series does not cover.
    pub fn ratio(&self, from: Year, to: Year) -> Result<Exact, PriceError> {
        if from == to {
            return Ok(Exact::ONE);
        }
        Ok(Exact::from(self.level(to)?) / Exact::from(self.level(from)?))
    }

    /// The last year with a level.
    pub fn last_year(&self) -> Option<Year> {
        self.levels.last_key_value().map(|(year, _)| *year)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_outside_the_series_is_named_with_the_years_covered() {
        let year = |number| Year::new(number).unwrap();
        let series = Series::new(BTreeMap::from([(year(2018), 100.into()), (year(2019), 104.into())])).unwrap();
        assert_eq!(series.ratio(year(2018), year(2019)).unwrap().value().unwrap().to_string(), "1.04");
        assert_eq!(
            series.ratio(year(2018), year(2030)).unwrap_err().to_string(),
            "no price level for 2030: the series covers 2018 to 2019"
        );
        assert_eq!(series.ratio(year(2030), year(2030)).unwrap(), Exact::ONE);
    }
}
