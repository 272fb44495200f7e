//! Finding a series, and what is answered by two of them: exchange and purchasing power.

use super::super::country::whole;
use super::super::nearest::nearest;
use super::{IndexError, IndexKind, IndexRow, IndexSeries, Scope};
use crate::number::Exact;
use crate::units::{Currency, Year};
use std::collections::BTreeMap;

/// The index series, found by their id, or by what they measure and of whom.
///
/// # Examples
/// ```
/// use impact_core::reference::Indices;
/// use impact_core::units::Year;
/// let indices = Indices::embedded();
/// let pounds = indices.exchange("GBP".parse()?, "NOK".parse()?, Year::new(2020)?)?;
/// assert_eq!(pounds.value()?.to_string(), "12.0532");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Indices {
    series: Vec<IndexSeries>,
    by_id: BTreeMap<String, usize>,
    by_country: BTreeMap<(IndexKind, String), usize>,
    rates: BTreeMap<Currency, usize>,
    pivot: Option<Currency>,
}

impl Indices {
    pub(in crate::reference) fn new(series: Vec<IndexSeries>) -> Self {
        let mut indices = Self::default();
        for (position, one) in series.iter().enumerate() {
            indices.by_id.entry(one.id.clone()).or_insert(position);
            match &one.scope {
                Scope::Country(country) => {
                    indices.by_country.entry((one.kind, country.code().to_owned())).or_insert(position);
                }
                Scope::Pair { currency, per } => {
                    indices.pivot.get_or_insert(*currency);
                    indices.rates.entry(*per).or_insert(position);
                }
            }
        }
        Self { series, ..indices }
    }

    /// The embedded series.
    pub fn embedded() -> &'static Self {
        crate::reference::embedded::indices()
    }

    /// All series in the order of the files.
    pub fn series(&self) -> &[IndexSeries] {
        &self.series
    }

    /// The currency all exchange rates are in.
    pub fn pivot(&self) -> Option<Currency> {
        self.pivot
    }

    /// A series by its id.
    pub fn get(&self, id: &str) -> Option<&IndexSeries> {
        self.by_id.get(id).and_then(|position| self.series.get(*position))
    }

    /// A series by its id, or the ids nearest to it.
    ///
    /// # Errors
    /// No such series.
    ///
    /// # Examples
    /// ```
    /// use impact_core::reference::Indices;
    /// let error = Indices::embedded().named("cpi-nor").unwrap_err();
    /// assert!(error.to_string().starts_with("`cpi-nor` is no index series: near to it are `cpi-no`"));
    /// ```
    pub fn named(&self, id: &str) -> Result<&IndexSeries, IndexError> {
        self.get(id).ok_or_else(|| {
            let near = nearest(id, self.series.iter().map(IndexSeries::id));
            IndexError::UnknownSeries { id: id.to_owned(), nearest: near.into_iter().map(str::to_owned).collect() }
        })
    }

    /// The series of a kind for a country, by its code; a part of a country has the series of the whole.
    ///
    /// # Errors
    /// No such series: the error names the countries that have one.
    pub fn find(&self, kind: IndexKind, country: &str) -> Result<&IndexSeries, IndexError> {
        let of = |code: &str| self.by_country.get(&(kind, code.to_owned())).and_then(|at| self.series.get(*at));
        of(country).or_else(|| of(whole(country))).ok_or_else(|| IndexError::NoSeries {
            kind,
            country: country.to_owned(),
            known: self.by_country.keys().filter(|key| key.0 == kind).map(|key| key.1.clone()).collect(),
        })
    }

    /// How much of `to` one unit of `from` costs, average of the year, through the currency all rates are in.
    ///
    /// # Formula
    /// `rate(from) / rate(to)`, both in kroner.
    ///
    /// # Errors
    /// A currency without rates, or a year they do not cover.
    pub fn exchange(&self, from: Currency, to: Currency, year: Year) -> Result<Exact, IndexError> {
        if from == to {
            return Ok(Exact::ONE);
        }
        Ok(self.rate(from, year)? / self.rate(to, year)?)
    }

    fn rate(&self, currency: Currency, year: Year) -> Result<Exact, IndexError> {
        if self.pivot == Some(currency) {
            return Ok(Exact::ONE);
        }
        match self.rates.get(&currency).and_then(|position| self.series.get(*position)) {
            Some(series) => series.value(year).map(Exact::from),
            None => Err(IndexError::NoRate {
                currency,
                known: self.pivot.iter().chain(self.rates.keys()).map(ToString::to_string).collect(),
            }),
        }
    }

    /// How much of `to`'s currency buys what one unit of `from`'s currency buys at home.
    ///
    /// # Formula
    /// `ppp(to) / ppp(from)`, both in national currency per international dollar.
    ///
    /// # Errors
    /// A country without the series, or a year it does not cover.
    pub fn purchasing_power(&self, from: &str, to: &str, year: Year) -> Result<Exact, IndexError> {
        if whole(from) == whole(to) {
            return Ok(Exact::ONE);
        }
        let buys = |country: &str| self.find(IndexKind::PurchasingPower, country)?.value(year).map(Exact::from);
        Ok(buys(to)? / buys(from)?)
    }

    /// Every value of every series, as rows of a table.
    pub fn rows(&self) -> impl Iterator<Item = IndexRow<'_>> {
        self.series.iter().flat_map(IndexSeries::rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::Decimal;

    /// Derived levels are written with 12 decimals: half of the last one, and the rounding of the level before.
    const TOLERANCE: &str = "0.000000000002";

    fn year(number: i64) -> Year {
        Year::new(number).unwrap()
    }

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn derived_levels_follow_from_the_changes_of_the_source() {
        let mut checked = 0;
        for series in Indices::embedded().series() {
            assert_eq!(
                series.changes().is_empty(),
                series.kind() != IndexKind::ConsumerPrices && series.kind() != IndexKind::GdpDeflator
            );
            for (at, change) in series.changes().iter().skip(1) {
                let before = series.value(at.plus(-1)).unwrap();
                let level = before * (Decimal::ONE + *change / Decimal::from(100));
                let off = (level - series.value(*at).unwrap()).abs();
                assert!(off < decimal(TOLERANCE), "{} {at}: {off}", series.id());
                checked += 1;
            }
            let base = series.base() == "2015 = 100";
            assert!(!base || series.value(year(2015)) == Ok(Decimal::from(100)), "{}", series.id());
        }
        assert_eq!(checked, 7 * 24 + 7 * 23);
    }

    #[test]
    fn every_series_has_all_years_that_were_gathered() {
        // World Bank: consumer prices 2000-2024, GDP deflators 2000-2023, purchasing power 2000-2024, each for seven countries;
        // Nav: G 2000-2026, average, from May and uplift; the ECB's daily rates: five currencies 2000-2025, full years.
        let gathered = [
            (IndexKind::ConsumerPrices, 7, 2000, 2024),
            (IndexKind::GdpDeflator, 7, 2000, 2023),
            (IndexKind::Grunnbelop, 1, 2000, 2026),
            (IndexKind::GrunnbelopFromMay, 1, 2000, 2026),
            (IndexKind::GrunnbelopUplift, 1, 2000, 2026),
            (IndexKind::Exchange, 5, 2000, 2025),
            (IndexKind::PurchasingPower, 7, 2000, 2024),
        ];
        assert_eq!(gathered.map(|(kind, ..)| kind), *IndexKind::ALL);
        for (kind, count, first, last) in gathered {
            let of_kind: Vec<_> = Indices::embedded().series().iter().filter(|series| series.kind() == kind).collect();
            assert_eq!(of_kind.len(), count, "{kind}");
            for series in of_kind {
                let years: Vec<i32> = series.values().keys().map(|year| year.number()).collect();
                assert_eq!(years, (first..=last).collect::<Vec<_>>(), "{}", series.id());
                let from_changes = matches!(kind, IndexKind::ConsumerPrices | IndexKind::GdpDeflator);
                let changes: Vec<i32> = series.changes().keys().map(|year| year.number()).collect();
                assert_eq!(changes, if from_changes { years } else { Vec::new() }, "{}", series.id());
                assert!(series.source().url.is_some() && !series.edition().as_str().is_empty(), "{}", series.id());
            }
        }
    }

    #[test]
    fn the_uplift_of_g_chains_its_amounts() {
        // The source writes six decimals, rounded in some years and cut off in others: one of the last is its precision.
        let indices = Indices::embedded();
        let from_may = indices.find(IndexKind::GrunnbelopFromMay, "NO").unwrap();
        let uplift = indices.find(IndexKind::GrunnbelopUplift, "NO").unwrap();
        for (&at, &factor) in uplift.values().iter().skip(1) {
            let ratio = from_may.ratio(at.plus(-1), at).unwrap().value().unwrap();
            assert!((ratio - factor).abs() <= decimal("0.000001"), "{at}: {ratio} {factor}");
        }
    }

    #[test]
    fn norwegian_consumer_prices_rise_by_the_changes_read() {
        let prices = Indices::embedded().find(IndexKind::ConsumerPrices, "NO").unwrap();
        let ratio = prices.ratio(year(2018), year(2022)).unwrap().value().unwrap();
        // 1.021677 · 1.012866 · 1.034839 · 1.057641: 2.1677, 1.2866, 3.4839 and 5.7641 %
        let chained = decimal("1.021677") * decimal("1.012866") * decimal("1.034839") * decimal("1.057641");
        assert!((ratio - chained).abs() < decimal("0.0000000000001"), "{ratio} {chained}");
        assert_eq!(prices.changes()[&year(2022)], decimal("5.7641"));
    }

    #[test]
    fn g_is_the_average_of_the_year_or_the_amount_from_may() {
        let indices = Indices::embedded();
        let average = indices.find(IndexKind::Grunnbelop, "NO").unwrap();
        let from_may = indices.find(IndexKind::GrunnbelopFromMay, "NO").unwrap();
        assert_eq!(average.value(year(2024)), Ok(122_225.into()));
        assert_eq!(from_may.value(year(2024)), Ok(124_028.into()));
        for (&at, &amount) in average.values().iter().skip(1) {
            let four = from_may.value(at.plus(-1)).unwrap() * Decimal::from(4);
            let eight = from_may.value(at).unwrap() * Decimal::from(8);
            assert!(((four + eight) / Decimal::from(12) - amount).abs() <= Decimal::ONE, "{at}");
        }
    }

    #[test]
    fn a_part_of_a_country_has_the_series_of_the_whole() {
        let indices = Indices::embedded();
        assert_eq!(indices.find(IndexKind::GdpDeflator, "GB-EAW").unwrap().id(), "gdp-deflator-gb");
        assert_eq!(
            indices.find(IndexKind::ConsumerPrices, "IS").unwrap_err().to_string(),
            "no series of consumer-prices for `IS`: there is one for `DK`, `FI`, `GB`, `IE`, `NO`, `SE`, `US`"
        );
    }

    #[test]
    fn exchange_goes_through_the_krone_and_back() {
        let indices = Indices::embedded();
        let rate = |from: &str, to: &str| {
            indices.exchange(from.parse().unwrap(), to.parse().unwrap(), year(2020)).unwrap().value().unwrap()
        };
        assert_eq!(rate("EUR", "NOK"), decimal("10.7228"));
        assert_eq!(rate("GBP", "EUR"), decimal("12.0532") / decimal("10.7228"));
        assert!((rate("NOK", "USD") * rate("USD", "NOK") - Decimal::ONE).abs() < decimal("0.000000000000000000000001"));
        let isk = indices.exchange("ISK".parse().unwrap(), "NOK".parse().unwrap(), year(2020)).unwrap_err();
        assert!(isk.to_string().starts_with("no exchange rate of `ISK`: there are rates of `NOK`, `DKK`"), "{isk}");
        let late = indices.exchange("EUR".parse().unwrap(), "NOK".parse().unwrap(), year(2026)).unwrap_err();
        assert_eq!(late.to_string(), "series `exchange-eur-nok` has no value for 2026: it covers 2000 to 2025");
    }

    #[test]
    fn purchasing_power_compares_two_countries_at_home() {
        let indices = Indices::embedded();
        let kroner = indices.purchasing_power("GB-SCT", "NO", year(2024)).unwrap().value().unwrap();
        assert_eq!(kroner, decimal("9.142143") / decimal("0.664153"));
        assert_eq!(indices.purchasing_power("GB", "GB-SCT", year(1950)), Ok(Exact::ONE));
    }

    #[test]
    fn a_value_is_a_row_of_a_table() {
        let rows: Vec<_> = Indices::embedded().rows().collect();
        assert_eq!(rows.len(), 7 * 25 + 7 * 24 + 3 * 27 + 5 * 26 + 7 * 25);
        let row = rows.iter().find(|row| row.series == "exchange-eur-nok").map(serde_json::to_value).unwrap().unwrap();
        assert_eq!((&row["per"], &row["year"], &row["value"]), (&"EUR".into(), &2000.into(), &"8.1129".into()));
    }
}
