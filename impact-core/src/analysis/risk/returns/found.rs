//! What was found: totals, rates and multiples of investors, and what is left to those who deliver.

use crate::analysis::risk::found::Spread;
use crate::analysis::risk::situation::Situation;
use crate::cash_flow::{CashFlowError, InternalRate, NoRate};
use crate::model::{Contract, HolderIndex};
use crate::simulation::{Estimate, Simulation};

/// What investors may earn, and what is left to those who deliver. Amounts are nominal, in the contract's currency.
///
/// # Formula
/// With the flow *x(i, t)* of draw *i* on day *t*, the mean flow *m(t)* and *d(t)* = (1 + r)^(−years from the first day to *t*), the rate
/// *r* of the expected flows makes Σ m(t) d(t) zero. A draw moves it by its own net present value at *r*, so that with *n* draws
/// ```text
/// error(r) = sd over i of Σ x(i, t) d(t)  /  (√n · |Σ m(t) d′(t)|)
/// ```
/// The error of a median is half the distance between the draws √n/2 places below and above it.
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
    /// Draws in which the service cannot be paid for: nothing more can be drawn. What follows is of the others, and says nothing of
    /// these. That a refund is owed is no such draw: the payee owes what the account does not hold.
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
    /// Its standard error, where there is one rate and more than one draw: by the delta method, see [`ReturnRisk`].
    pub rate_of_expected_error: Option<f64>,
    /// All that it receives over all that it pays.
    pub multiple: MultipleRisk,
}

/// Internal rates of return of many draws, as fractions: 0.04 is 4 % a year.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct RateRisk {
    /// How the rate spreads over the draws with one rate and those in which nothing came back at all, which count as −100 %: none where
    /// no draw is either.
    pub spread: Option<Spread>,
    /// The standard error of its median; none of one draw.
    pub median_error: Option<f64>,
    /// Draws with one rate.
    pub one: u64,
    /// Draws in which something was put in and nothing came back: a rate of −100 %.
    pub lost_all: u64,
    /// Draws with several rates.
    pub several: u64,
    /// Draws without a rate that are no total loss, by reason.
    pub none: Vec<(NoRate, u64)>,
    /// Draws in which all money moves on one day, and something comes back.
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
