//! What was found: totals, rates and multiples of investors, and what is left to those who deliver.

use crate::analysis::risk::columns::float;
use crate::analysis::risk::found::{Spread, chance};
use crate::analysis::risk::situation::Situation;
use crate::cash_flow::{CashFlowError, DatedFlows, DayCount, InternalRate, NoRate};
use crate::contract::Returns;
use crate::model::{Contract, HolderIndex};
use crate::simulation::{Estimate, Simulation};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use std::collections::BTreeMap;

/// What investors may earn, and what is left to those who deliver. Amounts are nominal, in the contract's currency.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ReturnRisk {
    /// The contract.
    pub contract: Contract,
    /// Draws, seed and points of the simulation whose first draws were settled.
    pub simulation: Simulation,
    /// How many draws were settled in each situation.
    pub settled: u64,
    /// As believed, and where nothing works, with the contract's baseline right (where that can be told) and as the truth has it.
    pub situations: Vec<SituationReturns>,
}

/// Returns in a situation.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct SituationReturns {
    /// What is supposed.
    pub situation: Situation,
    /// What is paid for results in all, fees with it: as settled, draw by draw.
    pub paid: Spread,
    /// Draws in which the service cannot be paid for: nothing more can be drawn. What follows is of the others.
    pub not_funded: u64,
    /// The holders of tranches that are repaid to them, in the order of the holders.
    pub investors: Vec<InvestorRisk>,
    /// The holders for whom delivery has a cost, in the order of the holders.
    pub providers: Vec<ProviderRisk>,
    pub(super) totals: Vec<f64>,
}

/// What one investor may earn or lose, by all that it pays and receives.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct InvestorRisk {
    /// Who.
    pub holder: HolderIndex,
    /// What it receives less what it pays; none where no draw was funded.
    pub total: Option<Spread>,
    /// The chance that it receives less than it pays; none where no draw was funded.
    pub chance_of_loss: Option<Estimate>,
    /// Its internal rate of return per year.
    pub rate: RateRisk,
    /// The internal rate of return of its expected flows: of each day the mean over the draws. Unlike the mean of the rates it counts
    /// what is lost.
    ///
    /// # Errors
    /// Flows of one day only, or none.
    pub rate_of_expected: Result<InternalRate, CashFlowError>,
    /// All that it receives over all that it pays.
    pub multiple: MultipleRisk,
}

/// Internal rates of return of many draws, as fractions: 0.04 is 4 % a year.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct RateRisk {
    /// How the rate spreads over the draws that have one rate, and those only: none where no draw has.
    pub spread: Option<Spread>,
    /// The median over the draws with one rate and those in which nothing came back at all, which count as −100 %.
    pub median: Option<f64>,
    /// Draws with one rate.
    pub one: u64,
    /// Draws with several rates.
    pub several: u64,
    /// Draws without a rate, by reason.
    pub none: Vec<(NoRate, u64)>,
    /// Draws in which all money moves on one day.
    pub one_day: u64,
}

/// Multiples of the money put in, of many draws.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct MultipleRisk {
    /// How the multiple spreads over the draws that have one; none where no draw has.
    pub spread: Option<Spread>,
    /// Draws without one: nothing was put in, or all on one day.
    pub none: u64,
}

/// What is left to one holder who delivers the service, by all that it pays and receives.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ProviderRisk {
    /// Who.
    pub holder: HolderIndex,
    /// What it receives less what delivery costs it and what else it pays; none where no draw was funded.
    pub total: Option<Spread>,
    /// The chance that it receives less than it pays; none where no draw was funded.
    pub chance_of_loss: Option<Estimate>,
}

impl ReturnRisk {
    /// The returns in a situation.
    pub fn situation(&self, situation: Situation) -> Option<&SituationReturns> {
        self.situations.iter().find(|found| found.situation == situation)
    }
}

impl SituationReturns {
    /// What was settled in each draw, in the order of the draws.
    pub fn totals(&self) -> &[f64] {
        &self.totals
    }

    /// The returns of one investor.
    pub fn investor(&self, holder: HolderIndex) -> Option<&InvestorRisk> {
        self.investors.iter().find(|found| found.holder == holder)
    }
}

/// What a holder pays and receives, draw by draw.
#[derive(Debug, Default)]
pub(super) struct Column {
    totals: Vec<f64>,
    rates: Vec<f64>,
    lost_all: usize,
    several: u64,
    none: Vec<(NoRate, u64)>,
    one_day: u64,
    multiples: Vec<f64>,
    by_date: BTreeMap<NaiveDate, f64>,
}

impl Column {
    pub fn take(&mut self, returns: &Returns) {
        self.totals.push(float(returns.total));
        for (date, amount) in &returns.by_date {
            *self.by_date.entry(*date).or_default() += float(*amount);
        }
        self.multiples.extend(returns.moic.as_ref().ok().map(|multiple| float(*multiple)));
        match &returns.xirr {
            Ok(InternalRate::Unique(root)) => self.rates.push(root.rate()),
            Ok(InternalRate::Several(_)) => self.several += 1,
            Ok(InternalRate::None(why)) => {
                self.lost_all += usize::from(*why == NoRate::OnlyPaid);
                match self.none.iter_mut().find(|(known, _)| known == why) {
                    Some((_, count)) => *count += 1,
                    None => self.none.push((*why, 1)),
                }
            }
            Err(_) => self.one_day += 1,
        }
    }

    fn total(&self) -> Option<Spread> {
        spread(&self.totals)
    }

    fn chance_of_loss(&self) -> Option<Estimate> {
        let lost = self.totals.iter().filter(|total| **total < 0.0).count() as u64;
        (!self.totals.is_empty()).then(|| chance(lost, self.totals.len()))
    }

    /// The rate of what is expected to flow on each day.
    fn rate_of_expected(&self, day_count: DayCount) -> Result<InternalRate, CashFlowError> {
        let draws = self.totals.len().max(1) as f64;
        let mean = |(date, sum): (&NaiveDate, &f64)| (*date, Decimal::from_f64(sum / draws).unwrap_or(Decimal::MAX));
        Ok(DatedFlows::new(self.by_date.iter().map(mean), day_count)?.xirr())
    }

    pub fn investor(mut self, holder: HolderIndex, day_count: DayCount) -> InvestorRisk {
        let ranked: Vec<f64> = std::iter::repeat_n(-1.0, self.lost_all).chain(self.rates.iter().copied()).collect();
        self.none.sort_by_key(|(why, _)| why.text());
        InvestorRisk {
            holder,
            total: self.total(),
            chance_of_loss: self.chance_of_loss(),
            rate_of_expected: self.rate_of_expected(day_count),
            multiple: MultipleRisk {
                spread: spread(&self.multiples),
                none: (self.totals.len() - self.multiples.len()) as u64,
            },
            rate: RateRisk {
                spread: spread(&self.rates),
                median: spread(&ranked).map(|spread| spread.p50),
                one: self.rates.len() as u64,
                several: self.several,
                none: self.none,
                one_day: self.one_day,
            },
        }
    }

    pub fn provider(self, holder: HolderIndex) -> ProviderRisk {
        ProviderRisk { holder, total: self.total(), chance_of_loss: self.chance_of_loss() }
    }
}

fn spread(draws: &[f64]) -> Option<Spread> {
    (!draws.is_empty()).then(|| Spread::of(draws))
}
