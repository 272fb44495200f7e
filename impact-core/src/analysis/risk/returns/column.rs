//! A column: what one holder pays and receives, draw by draw, and what it comes to.
//!
//! One rule: a draw in which something was put in and nothing came back is a rate of −100 %, wherever rates are told.

use super::found::{InvestorRisk, MultipleRisk, ProviderRisk, RateRisk};
use crate::analysis::risk::columns::float;
use crate::analysis::risk::found::{Spread, chance};
use crate::cash_flow::{CashFlowError, DatedFlows, DayCount, InternalRate, NoRate};
use crate::contract::Returns;
use crate::model::HolderIndex;
use crate::simulation::Estimate;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use std::collections::BTreeMap;

/// What a holder pays and receives in the draws in which the service can be paid for.
#[derive(Debug, Default)]
pub(super) struct Column<'r> {
    draws: Vec<&'r Returns>,
}

impl<'r> Column<'r> {
    pub fn take(&mut self, returns: &'r Returns) {
        self.draws.push(returns);
    }

    pub fn investor(self, holder: HolderIndex, day_count: DayCount) -> InvestorRisk {
        let multiples: Vec<f64> =
            self.draws.iter().filter_map(|draw| draw.moic.as_ref().ok().map(|multiple| float(*multiple))).collect();
        let mean = self.mean_flows();
        let rate_of_expected = expected_rate(&mean, day_count);
        let one = rate_of_expected.as_ref().ok().and_then(InternalRate::unique);
        InvestorRisk {
            holder,
            total: self.total(),
            chance_of_loss: self.chance_of_loss(),
            rate_of_expected_error: one.and_then(|rate| self.expected_error(&mean, rate, day_count)),
            rate_of_expected,
            multiple: MultipleRisk { spread: spread(&multiples), none: (self.draws.len() - multiples.len()) as u64 },
            rate: self.rates(),
        }
    }

    pub fn provider(self, holder: HolderIndex) -> ProviderRisk {
        ProviderRisk { holder, total: self.total(), chance_of_loss: self.chance_of_loss() }
    }

    fn totals(&self) -> Vec<f64> {
        self.draws.iter().map(|draw| float(draw.total)).collect()
    }

    fn total(&self) -> Option<Spread> {
        spread(&self.totals())
    }

    fn chance_of_loss(&self) -> Option<Estimate> {
        let lost = self.draws.iter().filter(|draw| draw.total < Decimal::ZERO).count() as u64;
        (!self.draws.is_empty()).then(|| chance(lost, self.draws.len()))
    }

    fn rates(&self) -> RateRisk {
        let mut rates = Vec::with_capacity(self.draws.len());
        let (mut lost_all, mut several, mut one_day) = (0, 0, 0);
        let mut none: Vec<(NoRate, u64)> = Vec::new();
        for draw in &self.draws {
            match &draw.xirr {
                _ if draw.received.is_zero() && !draw.paid.is_zero() => {
                    lost_all += 1;
                    rates.push(-1.0);
                }
                Ok(InternalRate::Unique(root)) => rates.push(root.rate()),
                Ok(InternalRate::Several(_)) => several += 1,
                Ok(InternalRate::None(why)) => match none.iter_mut().find(|(known, _)| known == why) {
                    Some((_, count)) => *count += 1,
                    None => none.push((*why, 1)),
                },
                Err(_) => one_day += 1,
            }
        }
        none.sort_by_key(|(why, _)| why.text());
        let one = rates.len() as u64 - lost_all;
        RateRisk { spread: spread(&rates), median_error: median_error(rates), one, lost_all, several, none, one_day }
    }

    /// The mean of what flows on each day.
    fn mean_flows(&self) -> BTreeMap<NaiveDate, f64> {
        let mut mean: BTreeMap<NaiveDate, f64> = BTreeMap::new();
        for (date, amount) in self.draws.iter().flat_map(|draw| &draw.by_date) {
            *mean.entry(*date).or_default() += float(*amount);
        }
        let draws = self.draws.len().max(1) as f64;
        mean.values_mut().for_each(|sum| *sum /= draws);
        mean
    }

    /// The standard error of the rate of the expected flows: by how much each draw moves it.
    fn expected_error(&self, mean: &BTreeMap<NaiveDate, f64>, rate: f64, day_count: DayCount) -> Option<f64> {
        let first = *mean.keys().next()?;
        let years = |date: NaiveDate| day_count.years(first, date);
        let factor: BTreeMap<NaiveDate, f64> =
            mean.keys().map(|date| (*date, libm::pow(1.0 + rate, -years(*date)))).collect();
        let worth = |draw: &&Returns| {
            let parts = draw.by_date.iter();
            parts.map(|(date, amount)| float(*amount) * factor.get(date).copied().unwrap_or(0.0)).sum::<f64>()
        };
        let error = spread(&self.draws.iter().map(worth).collect::<Vec<f64>>())?.standard_error?;
        let slope =
            |(date, amount): (&NaiveDate, &f64)| amount * years(*date) * factor.get(date).copied().unwrap_or(0.0);
        let slope = mean.iter().map(slope).sum::<f64>() / (1.0 + rate);
        Some((error / slope).abs()).filter(|error| error.is_finite())
    }
}

/// The rate of what is expected to flow on each day.
fn expected_rate(mean: &BTreeMap<NaiveDate, f64>, day_count: DayCount) -> Result<InternalRate, CashFlowError> {
    let flow = |(date, mean): (&NaiveDate, &f64)| (*date, Decimal::from_f64(*mean).unwrap_or(Decimal::MAX));
    Ok(DatedFlows::new(mean.iter().map(flow), day_count)?.xirr())
}

fn spread(draws: &[f64]) -> Option<Spread> {
    (!draws.is_empty()).then(|| Spread::of(draws))
}

/// The standard error of the median: half the distance between the draws half a root of their number below and above it.
fn median_error(mut draws: Vec<f64>) -> Option<f64> {
    let count = draws.len();
    if count < 2 {
        return None;
    }
    draws.sort_unstable_by(f64::total_cmp);
    let (middle, reach) = ((count - 1) as f64 / 2.0, libm::sqrt(count as f64) / 2.0);
    let at = |place: f64| draws.get((place.max(0.0) as usize).min(count - 1)).copied();
    let (below, above) = (at(libm::floor(middle - reach))?, at(libm::ceil(middle + reach))?);
    Some((above - below) / 2.0)
}
