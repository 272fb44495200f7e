//! Prices: the value of one number of the terms at which a payer breaks even, or an investor reaches a rate.

use super::error::price_error;
use super::fault::SearchError;
use super::hundredths::is_told_in_hundredths;
use super::solve::{Solved, number, solve};
use crate::address::Address;
use crate::analysis::crossing::Crossing;
use crate::analysis::grid::Axis;
use crate::analysis::risk::returns::once_each;
use crate::analysis::risk::{InvestorRisk, RiskGridQuestion, Situation};
use crate::model::terms::Repaid;
use crate::model::{Contract, HolderIndex, Model};
use crate::simulation::{Progress, Simulation};
use rust_decimal::Decimal;
use std::ops::ControlFlow;

/// Which number of the terms is searched for, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct PriceQuestion {
    /// A number of the terms: a price, an amount, a cap, a share.
    pub address: Address,
    /// The first and the last value tried.
    pub range: (Decimal, Decimal),
    /// What is supposed.
    pub situation: Situation,
    /// Draws, seed, points and threads.
    pub simulation: Simulation,
}

/// The rate that an investor must reach.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RateTarget {
    /// Per year, as a fraction: 0.05 is 5 %.
    pub rate: f64,
    /// Of what.
    pub of: RateOf,
    /// How many of the simulation's first draws are settled for each value tried.
    pub settled: u64,
}

/// Which rate of return over many draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RateOf {
    /// The rate of the expected flows: it counts what is lost.
    Expected,
    /// The median rate, draws in which everything is lost counting as −100 %.
    Median,
}

/// For whom a price is searched, by its id, and what the price must do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PriceFor<'a> {
    /// A payer: it is expected to pay what it is expected to save.
    Payer(&'a str),
    /// An investor: it reaches a rate of return.
    Investor(&'a str, RateTarget),
}

/// Where a price meets its target.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct PriceFound {
    /// What was asked.
    pub asked: PriceQuestion,
    /// The value that the contract has now.
    pub current: Decimal,
    /// Every value that meets the target, lowest first; none in range where it is empty. An amount of money is told in hundredths, such
    /// as øre: of those beside the value that meets the target, the one at which the payer saves at least what it pays, or the investor
    /// reaches at least its rate, and that by the least. It was tried, so that at the price told this holds; where a hundredth is more
    /// than a ten-thousandth of the range, and where neither holds, the value stands as it was found.
    pub crossings: Vec<Crossing>,
    /// Whether every value meets it.
    pub everywhere: bool,
    /// What the target is missed by at the two ends of the range: saving less payment, or rate less target; none where there is no
    /// such rate.
    pub at_ends: (Option<f64>, Option<f64>),
    /// The standard error of the one value, since it was found over draws: by the delta method, zero where no draw differs from another;
    /// none where there is not one value, of one draw, and where the target does not move beside it.
    pub standard_error: Option<f64>,
}

impl PriceFound {
    fn new(contract: &Contract, asked: &PriceQuestion, solved: Solved) -> Self {
        let number = contract.slot(&asked.address).and_then(|slot| contract.assumption(slot));
        let Solved { crossings, everywhere, at_ends } = solved;
        let current = number.map_or(Decimal::ZERO, |number| number.point);
        Self { asked: asked.clone(), current, crossings, everywhere, at_ends, standard_error: None }
    }

    /// The one value that meets the target, of a range that does the first; none where there is none, or several, or a jump over it.
    pub fn value(&self) -> Option<Decimal> {
        match self.crossings.as_slice() {
            [Crossing { value, jump: false, .. }] => Some(*value),
            _ => None,
        }
    }
}

impl Model {
    /// The values of a number of the terms at which a payer is expected to pay what it is expected to save, or an investor reaches a
    /// rate of return.
    ///
    /// What a payer saves follows from the model and the truth, and no number of the terms changes it.
    ///
    /// # Errors
    /// A model without a contract; a holder that pays nothing; an address of the truth, or none of the contract; a range that the
    /// number does not take; as [`Model::saving_risk`], [`Contract::risk_grid`] and [`Contract::search`]. "None in range" is an answer.
    ///
    /// # Examples
    /// 400 nights are avoided, each of which saves 900, and 600 are paid for: the contract takes ten nights a person for usual, where
    /// eight are.
    /// ```
    /// use impact_core::Model;
    /// use impact_core::analysis::risk::{PriceFor, PriceQuestion, Situation};
    /// use impact_core::simulation::{Seed, Simulation};
    /// use std::ops::ControlFlow;
    /// let model = Model::from_toml(r#"
    ///     impact = 1
    ///     name = "Fewer nights in shelters (illustrative)"
    ///     country = "NO"
    ///     currency = "NOK"
    ///     price_year = 2024
    ///     start = 2024
    ///     holders = [
    ///         { id = "town", kind = "public", level = "municipality" }, { id = "fund", kind = "investor" },
    ///         { id = "provider", kind = "enterprise" },
    ///     ]
    ///     [[outcomes]]
    ///     id = "fewer-nights"
    ///     holder = "town"
    ///     quantity = 400
    ///     unit = "night"
    ///     nature = "event"
    ///     values = [ { id = "bed", value = 900, unit = "night", kind = "fiscal", to = "town" } ]
    ///     [contract]
    ///     payee = "provider"
    ///     payers = [ { holder = "town" } ]
    ///     metrics = [ { id = "nights", kind = "rate", direction = "decrease", outcome = "fewer-nights" } ]
    ///     estimates = [ { id = "avoided", metric = "nights", effect = "avoided", against = { fixed = 10 } } ]
    ///     payments = [ { id = "nights", of = "avoided", schedule = { per_unit = 500 } } ]
    ///     [contract.finance]
    ///     costs = [ { id = "team", to = "provider", paid = [ { date = 2024-01-01, amount = 300_000 } ] } ]
    ///     tranches = [ { id = "loan", holder = "fund", commitment = 300_000 } ]
    ///     waterfall = [ { principal = ["loan"] }, { surplus = [ { tranche = "loan", share = 1 } ] } ]
    ///     [truth]
    ///     source = "illustrative"
    ///     metrics = [ { id = "nights", counterfactual = 8, effect = 0.5, scatter = "exactly" } ]
    ///     cohorts = [ { id = "2024", date = 2024-12-31, people = 100 } ]
    /// "#)?;
    /// let asked = PriceQuestion {
    ///     address: "contract.payments.nights.schedule.per_unit".parse()?,
    ///     range: (100.into(), 2_000.into()),
    ///     situation: Situation::AsBelieved,
    ///     simulation: Simulation::new(100, Seed(7)),
    /// };
    /// let found = model.search(&asked, PriceFor::Payer("town"), &mut |_| ControlFlow::Continue(()))?;
    /// // 400 · 900 / 600
    /// assert_eq!(found.value().ok_or("one price")?.round_dp(2), 600.into());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn search(
        &self,
        asked: &PriceQuestion,
        sought: PriceFor<'_>,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<PriceFound, SearchError> {
        match sought {
            PriceFor::Payer(payer) => self.break_even_price(asked, payer, progress),
            PriceFor::Investor(investor, target) => {
                self.contract().ok_or(SearchError::NoContract)?.search(asked, (investor, target), progress)
            }
        }
    }

    /// At which a payer is expected to pay what it saves.
    fn break_even_price(
        &self,
        asked: &PriceQuestion,
        payer: &str,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<PriceFound, SearchError> {
        self.contract().ok_or(SearchError::NoContract)?;
        let found = self.saving_risk_in(&[asked.situation], &asked.simulation, progress)?;
        let contract = &found.contract;
        let hundredths = is_told_in_hundredths(contract, number(contract, asked)?, asked.range);
        let paying = contract.terms().paying();
        let holder = paying.iter().copied().find(|holder| id(contract, *holder) == payer);
        let holder = holder
            .ok_or_else(|| SearchError::NoPayer { holder: payer.to_owned(), known: listed(contract, &paying) })?;
        let saved = found.situations.first().and_then(|found| found.holder(holder));
        let saved = saved.map_or(0.0, |holder| holder.saved.mean);
        let gap = |value, progress: &mut dyn FnMut(Progress) -> ControlFlow<()>| {
            let asked = RiskGridQuestion {
                axes: vec![Axis::at(asked.address.clone(), [value])],
                situation: asked.situation,
                chances: Vec::new(),
                simulation: asked.simulation.clone(),
            };
            let grid = contract.risk_grid(&asked, progress)?;
            let position = grid.payers.iter().position(|payer| *payer == holder);
            let paid = grid.scenarios.first().zip(position).and_then(|(scenario, at)| scenario.by_payer.get(at));
            Ok(paid.map(|paid| saved - paid))
        };
        let mut found =
            PriceFound::new(contract, asked, solve(asked.range, hundredths, &mut |value| gap(value, progress))?);
        if let Some(value) = found.value() {
            let beside = self.with(asked.address.as_str(), value).map_err(SearchError::from)?;
            let beside = beside.saving_risk_in(&[asked.situation], &asked.simulation, progress)?;
            let net = beside.situations.first().and_then(|found| found.holder(holder)).map(|found| found.net);
            let of_gap = net.and_then(|net| net.standard_error);
            found.standard_error = price_error(value, of_gap, asked.range, &mut |value| gap(value, progress))?;
        }
        Ok(found)
    }
}

impl Contract {
    /// The values of a number of the terms at which an investor reaches a rate of return.
    ///
    /// # Errors
    /// A holder that lends nothing; an address of the truth, or none of the contract; a range that the number does not take; as
    /// [`Contract::return_risk`]. "None in range" is an answer.
    ///
    /// # Examples
    /// A fund lends 300,000 for a year, and 600 nights are paid for at its end:
    /// ```
    /// # use impact_core::Model;
    /// use impact_core::analysis::risk::{PriceQuestion, RateOf, RateTarget, Situation};
    /// use impact_core::simulation::{Seed, Simulation};
    /// use std::ops::ControlFlow;
    /// # let model = Model::from_toml(r#"
    /// #     impact = 1
    /// #     name = "Fewer nights in shelters (illustrative)"
    /// #     country = "NO"
    /// #     currency = "NOK"
    /// #     price_year = 2024
    /// #     start = 2024
    /// #     holders = [
    /// #         { id = "town", kind = "public", level = "municipality" }, { id = "fund", kind = "investor" },
    /// #         { id = "provider", kind = "enterprise" },
    /// #     ]
    /// #     [[outcomes]]
    /// #     id = "fewer-nights"
    /// #     holder = "town"
    /// #     quantity = 400
    /// #     unit = "night"
    /// #     nature = "event"
    /// #     values = [ { id = "bed", value = 900, unit = "night", kind = "fiscal", to = "town" } ]
    /// #     [contract]
    /// #     payee = "provider"
    /// #     payers = [ { holder = "town" } ]
    /// #     metrics = [ { id = "nights", kind = "rate", direction = "decrease", outcome = "fewer-nights" } ]
    /// #     estimates = [ { id = "avoided", metric = "nights", effect = "avoided", against = { fixed = 10 } } ]
    /// #     payments = [ { id = "nights", of = "avoided", schedule = { per_unit = 500 } } ]
    /// #     [contract.finance]
    /// #     costs = [ { id = "team", to = "provider", paid = [ { date = 2024-01-01, amount = 300_000 } ] } ]
    /// #     tranches = [ { id = "loan", holder = "fund", commitment = 300_000 } ]
    /// #     waterfall = [ { principal = ["loan"] }, { surplus = [ { tranche = "loan", share = 1 } ] } ]
    /// #     [truth]
    /// #     source = "illustrative"
    /// #     metrics = [ { id = "nights", counterfactual = 8, effect = 0.5, scatter = "exactly" } ]
    /// #     cohorts = [ { id = "2024", date = 2024-12-31, people = 100 } ]
    /// # "#)?;
    /// let asked = PriceQuestion {
    ///     address: "contract.payments.nights.schedule.per_unit".parse()?,
    ///     range: (100.into(), 2_000.into()),
    ///     situation: Situation::AsBelieved,
    ///     simulation: Simulation::new(100, Seed(7)),
    /// };
    /// let contract = model.contract().ok_or("a contract")?;
    /// let target = RateTarget { rate: 0.08, of: RateOf::Expected, settled: 10 };
    /// let found = contract.search(&asked, ("fund", target), &mut |_| ControlFlow::Continue(()))?;
    /// // 300,000 · 1.08 / 600, where 2024-01-01 to 2024-12-31 are 365 days
    /// assert_eq!(found.value().ok_or("one price")?.round_dp(2), 540.into());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn search(
        &self,
        asked: &PriceQuestion,
        (investor, target): (&str, RateTarget),
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<PriceFound, SearchError> {
        let slot = number(self, asked)?;
        let tranches = self.terms().finance.iter().flat_map(|finance| &finance.tranches);
        let lending = tranches.filter(|tranche| tranche.repaid == Repaid::Lender).map(|tranche| tranche.holder);
        let lending = once_each(lending);
        let holder = lending.iter().copied().find(|holder| id(self, *holder) == investor);
        let holder = holder
            .ok_or_else(|| SearchError::NoInvestor { holder: investor.to_owned(), known: listed(self, &lending) })?;
        let settled = target.settled.min(asked.simulation.draws());
        let mut investor = |value| -> Result<Option<InvestorRisk>, SearchError> {
            let draws = (settled, &asked.simulation);
            let found = self.returns_in(&[asked.situation], Some((slot, value)), draws, progress)?;
            Ok(found.first().and_then(|found| found.investor(holder)).cloned())
        };
        let gap = |investor: &InvestorRisk| target.of.rate(investor).map(|rate| rate - target.rate);
        let hundredths = is_told_in_hundredths(self, slot, asked.range);
        let solved = solve(asked.range, hundredths, &mut |value| Ok(investor(value)?.as_ref().and_then(gap)))?;
        let mut found = PriceFound::new(self, asked, solved);
        if let Some(value) = found.value() {
            let of_gap = investor(value)?.as_ref().and_then(|investor| target.of.error(investor));
            let beside = &mut |value| Ok(investor(value)?.as_ref().and_then(gap));
            found.standard_error = price_error(value, of_gap, asked.range, beside)?;
        }
        Ok(found)
    }
}

impl RateOf {
    fn rate(self, investor: &InvestorRisk) -> Option<f64> {
        match self {
            Self::Expected => investor.rate_of_expected.as_ref().ok()?.unique(),
            Self::Median => investor.rate.spread.map(|spread| spread.p50),
        }
    }

    fn error(self, investor: &InvestorRisk) -> Option<f64> {
        match self {
            Self::Expected => investor.rate_of_expected_error,
            Self::Median => investor.rate.median_error,
        }
    }
}

fn id(contract: &Contract, holder: HolderIndex) -> &str {
    contract.holders().get(holder.position()).map_or("", |holder| holder.id.as_str())
}

fn listed(contract: &Contract, holders: &[HolderIndex]) -> String {
    let names: Vec<String> = holders.iter().map(|holder| format!("`{}`", id(contract, *holder))).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}
