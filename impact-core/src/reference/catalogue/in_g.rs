//! Prices that Norwegian law sets in G, the basic amount of the National Insurance.
//!
//! One rule: such a price goes to another year with G of that year, never with a price index.
//! Source: Nav, grunnbeløp.json of the service navikt/g, in `data/indices/grunnbelop.toml`.

use super::Entry;
use crate::money::Money;
use crate::number::Exact;
use crate::reference::{IndexError, IndexKind, IndexSeries, Indices};
use crate::units::{PriceYear, Year};
use rust_decimal::Decimal;
use std::fmt;

/// A price as a multiple of G: 2 G, or 4/3 G, and which G of the year is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct InG {
    times: u32,
    over: u32,
    series: IndexKind,
}

/// A price in G at the G of one year.
#[derive(Debug, Clone, PartialEq)]
pub struct PriceOfYear {
    /// The price.
    pub money: Money,
    /// G of the year, in kroner.
    pub g: Decimal,
    /// The multiple of it.
    pub in_g: InG,
    /// The series that G was read in.
    pub series: &'static IndexSeries,
}

/// Why there is no price of a year.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PriceOfYearError {
    /// The price is not set in G.
    #[error("the price of `{id}` is not set in G: bring it to {year} with a price index")]
    NotInG {
        /// The entry.
        id: String,
        /// The year asked for.
        year: Year,
    },
    /// G of the year is not known, or the arithmetic failed.
    #[error(transparent)]
    Index(#[from] IndexError),
}

impl InG {
    /// `times` G over `over`, at the G of a series; none if either is zero or the series is not of G.
    pub fn new(times: u32, over: u32, series: IndexKind) -> Option<Self> {
        (times > 0 && over > 0 && series.is_of_g()).then_some(Self { times, over, series })
    }

    /// How many G, as (numerator, denominator): two thirds of 2 G is 4 over 3.
    pub fn multiple(&self) -> (u32, u32) {
        (self.times, self.over)
    }

    /// Which G of the year is meant.
    pub fn series(&self) -> IndexKind {
        self.series
    }

    /// The price at a given G.
    ///
    /// # Formula
    /// `g · times / over`.
    pub fn amount(&self, g: Decimal) -> Exact {
        Exact::from(g) * Exact::from(Decimal::from(self.times)) / Exact::from(Decimal::from(self.over))
    }
}

impl fmt::Display for InG {
    /// `2 G` or `4/3 G`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.over {
            1 => write!(f, "{} G", self.times),
            over => write!(f, "{}/{over} G", self.times),
        }
    }
}

impl Entry {
    /// The price of another year, for an entry set in G.
    ///
    /// The answer names the series: a right that runs a whole calendar year is paid by two different G, so that the price at
    /// G from 1 May is above what is paid in the year; [`InG::amount`] gives the price at the average of the year instead.
    ///
    /// # Errors
    /// An entry that is not set in G, or a year without G.
    ///
    /// # Examples
    /// ```
    /// use impact_core::reference::Catalogue;
    /// use impact_core::units::Year;
    /// let allowance = Catalogue::embedded().get("der-no-aap-minimum-2025")?;
    /// let price = allowance.price_in(Year::new(2022)?)?;
    /// assert_eq!(price.money.to_string(), "222954 NOK (2022 prices)"); // 2 · 111,477
    /// assert_eq!((price.in_g.to_string().as_str(), price.series.id()), ("2 G", "g-no-from-may"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn price_in(&self, year: Year) -> Result<PriceOfYear, PriceOfYearError> {
        let Some(in_g) = self.in_g else { return Err(PriceOfYearError::NotInG { id: self.id.clone(), year }) };
        let series = Indices::embedded().find(in_g.series, self.country.code())?;
        let g = series.value(year)?;
        let amount = crate::number::Number::quantised(in_g.amount(g)).value().map_err(IndexError::from)?;
        Ok(PriceOfYear { money: Money::new(amount.normalize(), self.currency, PriceYear(year)), g, in_g, series })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::Catalogue;

    fn entry(id: &str) -> &'static Entry {
        Catalogue::embedded().get(id).unwrap()
    }

    fn year(number: i64) -> Year {
        Year::new(number).unwrap()
    }

    #[test]
    fn every_entry_set_in_g_stands_at_its_own_multiple() {
        let in_g: Vec<&Entry> = Catalogue::embedded().entries().iter().filter(|entry| entry.in_g.is_some()).collect();
        let ids: Vec<&str> = in_g.iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!(ids, ["der-no-aap-minimum-2025", "der-no-aap-minimum-u25-2025", "der-no-kvp-2025"]);
        for entry in in_g {
            let own = entry.price_in(entry.price_year.0).unwrap();
            assert_eq!(own.money.amount().round(), entry.value, "{}", entry.id);
        }
    }

    #[test]
    fn another_year_has_another_g() {
        // G from 1 May: 111,477 in 2022 and 136,549 in 2026
        let kvp = entry("der-no-kvp-2025");
        assert_eq!(kvp.price_in(year(2022)).unwrap().money.to_string(), "222954 NOK (2022 prices)");
        let young = entry("der-no-aap-minimum-u25-2025").price_in(year(2022)).unwrap();
        assert_eq!((young.money.amount(), young.in_g.to_string().as_str()), (148_636.into(), "4/3 G"));
        let average = Indices::embedded().find(IndexKind::Grunnbelop, "NO").unwrap().value(year(2025)).unwrap();
        assert_eq!(kvp.in_g.unwrap().amount(average), Exact::from(256_232)); // 2 · 128,116
    }

    #[test]
    fn a_year_without_g_and_an_entry_without_g_are_refused() {
        assert_eq!(
            entry("der-no-kvp-2025").price_in(year(2040)).unwrap_err().to_string(),
            "series `g-no-from-may` has no value for 2040: it covers 2000 to 2026"
        );
        assert_eq!(
            entry("no-prison-high-place").price_in(year(2024)).unwrap_err().to_string(),
            "the price of `no-prison-high-place` is not set in G: bring it to 2024 with a price index"
        );
    }

    #[test]
    fn a_multiple_must_be_of_g() {
        assert_eq!(InG::new(2, 0, IndexKind::Grunnbelop), None);
        assert_eq!(InG::new(2, 1, IndexKind::ConsumerPrices), None);
        assert_eq!(InG::new(2, 1, IndexKind::Grunnbelop).unwrap().multiple(), (2, 1));
    }
}
