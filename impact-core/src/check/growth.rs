//! Growth of prices that no year has had: 2.5 written where 2.5 % is meant.

use super::finding::Found;
use super::seen::percent;
use crate::evaluation::Appraisal;
use crate::model::Slot;
use rust_decimal::Decimal;

/// Growth of a year between which consumer prices of the library lie, as fractions.
const USUAL: (Decimal, Decimal) = (Decimal::from_parts(5, 0, 0, true, 2), Decimal::from_parts(1, 0, 0, false, 1));

pub(super) fn unusual_growth(appraisal: &Appraisal) -> Vec<Found> {
    let model = appraisal.model();
    let rates = model.growth().iter().flat_map(|path| path.points.iter().map(|point| point.rate));
    let unusual = |slot: Slot| {
        let number = model.assumption(slot)?;
        if (USUAL.0..=USUAL.1).contains(&number.point) {
            return None;
        }
        let (growth, low, high) = (percent(number.point), percent(USUAL.0), percent(USUAL.1));
        Some(Found::at(
            &number.address,
            format!("a growth of {growth} % a year is outside {low} to {high} %: 2.5 % is written 0.025"),
            format!("en vekst på {growth:#} % i året er utenfor {low:#} til {high:#} %: 2,5 % skrives 0.025"),
        ))
    };
    model.inflation().into_iter().chain(rates).filter_map(unusual).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::{IndexKind, Indices};

    #[test]
    fn no_year_of_the_librarys_consumer_prices_is_unusual() {
        let of_prices = |series: &&_| crate::reference::IndexSeries::kind(series) == IndexKind::ConsumerPrices;
        for series in Indices::embedded().series().iter().filter(of_prices) {
            let years: Vec<_> = series.values().keys().copied().collect();
            for pair in years.windows(2) {
                let growth = series.ratio(pair[0], pair[1]).unwrap().value().unwrap() - Decimal::ONE;
                assert!((USUAL.0..=USUAL.1).contains(&growth), "{} {}: {growth}", series.id(), pair[1]);
            }
        }
    }
}
