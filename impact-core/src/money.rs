//! Money: an amount in one currency at one price level.
//!
//! One rule: amounts of different currencies or price years do not add; an error says which to convert.

use crate::number::{Exact, Fault};
use crate::units::{Currency, PriceYear};
use rust_decimal::Decimal;
use std::fmt;

/// An amount in one currency at one price level. Positive is a gain to its holder.
///
/// # Examples
/// ```
/// use impact_core::money::Money;
/// use impact_core::units::{PriceYear, Year};
/// let krone = "NOK".parse()?;
/// let old = Money::new(100.into(), krone, PriceYear(Year::new(2018)?));
/// let new = Money::new(100.into(), krone, PriceYear(Year::new(2024)?));
/// assert_eq!(old.plus(new).unwrap_err().to_string(), "cannot combine 2018 prices with 2024 prices: convert one of them first");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Money {
    amount: Decimal,
    currency: Currency,
    price_year: PriceYear,
}

/// Why two amounts do not combine.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MoneyError {
    /// Different currencies.
    #[error("cannot combine {left} with {right}: convert one of them first")]
    CurrencyMismatch {
        /// Currency of the first amount.
        left: Currency,
        /// Currency of the second.
        right: Currency,
    },
    /// Different price levels.
    #[error("cannot combine {left} prices with {right} prices: convert one of them first")]
    PriceYearMismatch {
        /// Price year of the first amount.
        left: PriceYear,
        /// Price year of the second.
        right: PriceYear,
    },
    /// The arithmetic itself failed.
    #[error(transparent)]
    Arithmetic(#[from] Fault),
}

impl Money {
    /// An amount.
    pub fn new(amount: Decimal, currency: Currency, price_year: PriceYear) -> Self {
        Self { amount, currency, price_year }
    }

    /// The amount in units of the currency.
    pub fn amount(&self) -> Decimal {
        self.amount
    }

    /// The currency.
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// The price level.
    pub fn price_year(&self) -> PriceYear {
        self.price_year
    }

    /// The sum of two amounts.
    ///
    /// # Errors
    /// Different currencies or price years, or a sum larger than 28 digits.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch { left: self.currency, right: other.currency });
        }
        if self.price_year != other.price_year {
            return Err(MoneyError::PriceYearMismatch { left: self.price_year, right: other.price_year });
        }
        let amount = (Exact::from(self.amount) + Exact::from(other.amount)).value()?;
        Ok(Self { amount, ..self })
    }
}

impl fmt::Display for Money {
    /// `1000000 NOK (2022 prices)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ({} prices)", self.amount, self.currency, self.price_year)
    }
}
