//! Index series: price levels, the basic amount G, exchange rates and purchasing power, by year.
//!
//! One rule: a year outside a series has no value; the error names the series and the years it covers.
//! Sources: `data/indices/`, each series with its own.

mod lookup;
mod read;

pub use lookup::Indices;
pub(super) use read::read_series;

use super::words::words;
use super::{Country, Edition, Grade, Source};
use crate::number::{Exact, Fault};
use crate::price::{PriceError, Series};
use crate::units::{Currency, Label, Year};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

words! {
    /// What a series measures.
    IndexKind {
        /// Prices that households pay.
        ConsumerPrices = "consumer-prices",
        /// Prices of everything a country produces.
        GdpDeflator = "gdp-deflator",
        /// Norway's basic amount of the National Insurance (G), average of the year.
        Grunnbelop = "grunnbelop",
        /// The same amount as it stands from 1 May of the year.
        GrunnbelopFromMay = "grunnbelop-from-may",
        /// What the amount is multiplied by on 1 May of the year.
        GrunnbelopUplift = "grunnbelop-uplift",
        /// What one unit of a currency costs in another, average of the year.
        Exchange = "exchange",
        /// National currency that buys what one international dollar buys.
        PurchasingPower = "purchasing-power",
    }
}

impl IndexKind {
    /// Whether it is G itself: a right set in G is as many G of either.
    pub fn is_of_g(self) -> bool {
        matches!(self, Self::Grunnbelop | Self::GrunnbelopFromMay)
    }
}

/// What a series is of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// A country.
    Country(Country),
    /// A pair of currencies: how much of `currency` one unit of `per` costs.
    Pair {
        /// The currency counted.
        currency: Currency,
        /// The currency bought.
        per: Currency,
    },
}

/// A series of one figure a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexSeries {
    pub(super) id: String,
    pub(super) title: Label,
    pub(super) kind: IndexKind,
    pub(super) scope: Scope,
    pub(super) base: String,
    pub(super) edition: Edition,
    pub(super) grade: Grade,
    pub(super) source: Source,
    pub(super) derived: Option<String>,
    pub(super) note: Option<String>,
    pub(super) changes: BTreeMap<Year, Decimal>,
    pub(super) values: Series,
}

/// Why a series has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// A year the series does not cover.
    #[error("series `{series}` has no value for {year}: it covers {first} to {last}")]
    NotCovered {
        /// The series.
        series: String,
        /// The year asked for.
        year: Year,
        /// The first year covered.
        first: Year,
        /// The last year covered.
        last: Year,
    },
    /// No series of this kind for the country.
    #[error("no series of {kind} for `{country}`: there is one for {}", super::error::quoted(known))]
    NoSeries {
        /// What the series would measure.
        kind: IndexKind,
        /// The country asked for.
        country: String,
        /// The countries that have one.
        known: Vec<String>,
    },
    /// No exchange rate of the currency.
    #[error("no exchange rate of `{currency}`: there are rates of {}", super::error::quoted(known))]
    NoRate {
        /// The currency asked for.
        currency: Currency,
        /// The currencies that have one.
        known: Vec<String>,
    },
    /// No series has this id.
    #[error("`{id}` is no index series{}", super::error::near(nearest))]
    UnknownSeries {
        /// The id asked for.
        id: String,
        /// The ids nearest to it.
        nearest: Vec<String>,
    },
    /// The series has no values at all.
    #[error("series `{series}` has no values")]
    Empty {
        /// The series.
        series: String,
    },
    /// The arithmetic itself failed.
    #[error(transparent)]
    Arithmetic(#[from] Fault),
}

/// One value of a series, as a row of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct IndexRow<'a> {
    /// The id of the series.
    pub series: &'a str,
    /// What it measures.
    pub kind: IndexKind,
    /// The country, unless it is an exchange rate.
    pub country: Option<&'a str>,
    /// The currency counted, for an exchange rate.
    pub currency: Option<Currency>,
    /// The currency bought, for an exchange rate.
    pub per: Option<Currency>,
    /// The year.
    pub year: Year,
    /// The value.
    pub value: Decimal,
    /// The edition of the source.
    pub edition: &'a Edition,
    /// How far the figure can be trusted.
    pub grade: Grade,
    /// Where it was read.
    pub source: &'a Source,
}

impl IndexSeries {
    /// The id: `cpi-no`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What the series is called.
    pub fn title(&self) -> &Label {
        &self.title
    }

    /// What it measures.
    pub fn kind(&self) -> IndexKind {
        self.kind
    }

    /// The country or the pair of currencies it is of.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// What its values are in: `2015 = 100`.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The edition of the source.
    pub fn edition(&self) -> &Edition {
        &self.edition
    }

    /// How far the figures can be trusted.
    pub fn grade(&self) -> Grade {
        self.grade
    }

    /// Where it was read.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// How the values were derived, where they are not the source's own.
    pub fn derived(&self) -> Option<&str> {
        self.derived.as_deref()
    }

    /// What to beware of.
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// What the source says, where the values are derived from it: the change from the year before, in percent.
    pub fn changes(&self) -> &BTreeMap<Year, Decimal> {
        &self.changes
    }

    /// The values by year.
    pub fn values(&self) -> &BTreeMap<Year, Decimal> {
        self.values.levels()
    }

    /// The values as price levels, for the arithmetic of prices.
    pub fn levels(&self) -> &Series {
        &self.values
    }

    /// The last year with a value.
    pub fn last_year(&self) -> Option<Year> {
        self.values.last_year()
    }

    /// The value of a year.
    ///
    /// # Errors
    /// A year the series does not cover.
    pub fn value(&self, year: Year) -> Result<Decimal, IndexError> {
        self.values.level(year).map_err(|error| self.fault(error))
    }

    /// What an amount of `from` is multiplied by to stand at the level of `to`.
    ///
    /// # Formula
    /// `value(to) / value(from)`.
    ///
    /// # Errors
    /// A year the series does not cover.
    ///
    /// # Examples
    /// ```
    /// use impact_core::reference::{IndexKind, Indices};
    /// use impact_core::units::Year;
    /// let prices = Indices::embedded().find(IndexKind::ConsumerPrices, "NO")?;
    /// let ratio = prices.ratio(Year::new(2021)?, Year::new(2022)?)?.value()?;
    /// assert_eq!(ratio.round_dp(6).to_string(), "1.057641");
    /// assert_eq!(
    ///     prices.ratio(Year::new(2022)?, Year::new(2040)?).unwrap_err().to_string(),
    ///     "series `cpi-no` has no value for 2040: it covers 2000 to 2024"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn ratio(&self, from: Year, to: Year) -> Result<Exact, IndexError> {
        self.values.ratio(from, to).map_err(|error| self.fault(error))
    }

    /// The values as rows of a table.
    pub fn rows(&self) -> impl Iterator<Item = IndexRow<'_>> {
        let (country, currency, per) = match &self.scope {
            Scope::Country(country) => (Some(country.code()), None, None),
            Scope::Pair { currency, per } => (None, Some(*currency), Some(*per)),
        };
        self.values().iter().map(move |(&year, &value)| IndexRow {
            series: &self.id,
            kind: self.kind,
            country,
            currency,
            per,
            year,
            value,
            edition: &self.edition,
            grade: self.grade,
            source: &self.source,
        })
    }

    fn fault(&self, error: PriceError) -> IndexError {
        match error {
            PriceError::Missing { year, first, last } => {
                IndexError::NotCovered { series: self.id.clone(), year, first, last }
            }
            _ => IndexError::Empty { series: self.id.clone() },
        }
    }
}
