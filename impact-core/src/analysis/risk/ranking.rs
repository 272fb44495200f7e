//! Rankings: the best scenarios of a grid of terms, and how sure it is that they are.
//!
//! One rule: all scenarios share their draws, so that what is compared is the terms; what each is ranked by is the figure of all
//! draws, as the grid has it.
//!
//! # Method
//! The draws are cut into blocks, which share none of them. Blocks are drawn with replacement; each scenario's figure is that of all
//! draws of the blocks drawn, taken together, and the scenarios are ranked anew. How often no other is better is the stability of a
//! scenario, and how a figure spreads over them its standard error (Efron and Tibshirani 1993, An Introduction to the Bootstrap, chapter 6;
//! of blocks, so that 20 of them tell a standard error within a sixth, 1 / √(2 · 19)).
//!
//! A quantile is that of as many draws as there are, and not one of few: it errs as the figure does.

use super::fault::RiskError;
use super::grid::{PaidDraws, RiskGridQuestion, RiskScenario};
use super::ranks::Ranks;
use super::resampled::{resampled, resamples};
use crate::model::{Contract, HolderIndex};
use crate::simulation::{Points, Progress};
use rust_decimal::Decimal;
use std::ops::{ControlFlow, Range};

/// Blocks and resamples, at most.
const MOST: u64 = 10_000;

/// Blocks, and places of scenarios, that are held of all resamples, at most.
const MOST_HELD: u64 = 1 << 24;

/// What is asked of a ranking.
#[derive(Debug, Clone, PartialEq)]
pub struct RankingQuestion {
    /// The grid, with all of its draws; independent ones, so that blocks of them are.
    pub grid: RiskGridQuestion,
    /// By what scenarios are ranked.
    pub by: RankedBy,
    /// Which end is the best.
    pub best: Best,
    /// How many of the best are told.
    pub kept: usize,
    /// Into how many blocks the draws are cut, from 2; none has more than one draw more than another.
    pub blocks: u64,
    /// How often blocks are drawn anew.
    pub resamples: u64,
}

/// By what scenarios are ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RankedBy {
    /// The chance that anything is paid for a result.
    ChanceOfPaying,
    /// What is paid in all, on average.
    Mean,
    /// Its standard deviation.
    Sd,
    /// What one payer pays on average.
    Payer(HolderIndex),
    /// A quantile of what is paid in all, as its position among the chances of the grid.
    Quantile(usize),
}

/// Which end is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Best {
    /// The smallest.
    Smallest,
    /// The largest.
    Largest,
}

/// The best scenarios of a grid.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Ranking {
    /// What was asked.
    pub asked: RankingQuestion,
    /// The best first; equal ones share a place, in the order of the grid.
    pub ranked: Vec<Ranked>,
}

/// One of the best scenarios.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Ranked {
    /// Its place, from 1: equal ones share it, and the next one has as many before it as there are.
    pub place: usize,
    /// How many other scenarios of the grid have the same figure, told or not.
    pub ties: usize,
    /// Its position in the grid.
    pub scenario: usize,
    /// The value of each axis.
    pub values: Vec<Decimal>,
    /// What it is ranked by: the figure of all draws, to the last bit that of the grid.
    pub figure: f64,
    /// The standard error of that, from how it spreads over the resamples.
    pub figure_error: f64,
    /// The share of resamples in which no other scenario is better: equal ones are the best together, so that the shares of all may come
    /// to more than 1.
    pub stays_best: f64,
    /// The share in which fewer others are better than are told.
    pub stays_among: f64,
}

/// Why scenarios cannot be ranked.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum RankingError {
    /// Too few or too many of something that is counted.
    #[error("number of {what} `{count}` is not from {least} to {most}")]
    Count {
        /// What is counted.
        what: &'static str,
        /// As asked for.
        count: u64,
        /// The fewest.
        least: u64,
        /// The most.
        most: u64,
    },
    /// Draws of which no part is independent of the others.
    #[error("parts of evenly spread draws are not independent of each other: rank over `random` points")]
    NotIndependent,
    /// A holder that pays nothing.
    #[error("the holder to rank by pays for no results")]
    NoPayer,
    /// A quantile that the grid does not have.
    #[error("quantile `{position}` is none of the {count} that the grid asks for, counted from 0")]
    NoQuantile {
        /// As asked for.
        position: usize,
        /// How many there are.
        count: usize,
    },
    /// The grid has no answer.
    #[error(transparent)]
    Risk(#[from] RiskError),
}

impl Contract {
    /// The best scenarios of a grid of the contract, and how often they stay the best when blocks of draws are drawn anew.
    ///
    /// # Errors
    /// As [`Contract::risk_grid`]; fewer than 2 blocks, or more than draws; draws that are not independent; nothing to be told; a payer
    /// or a quantile that the grid does not have.
    ///
    /// # Examples
    /// Which threshold pays for nothing least often, and how sure is that of a thousand draws?
    /// ```
    /// use impact_core::Contract;
    /// use impact_core::analysis::Axis;
    /// use impact_core::analysis::risk::{Best, RankedBy, RankingQuestion, RiskGridQuestion, Situation};
    /// use impact_core::simulation::{Seed, Simulation};
    /// use std::ops::ControlFlow;
    /// let contract = Contract::from_toml(r#"
    ///     impact = 1
    ///     name = "Fifty people (illustrative)"
    ///     currency = "NOK"
    ///     holders = [ { id = "state", kind = "public", level = "state" }, { id = "provider", kind = "enterprise" } ]
    ///     [contract]
    ///     payee = "provider"
    ///     payers = [ { holder = "state" } ]
    ///     metrics = [ { id = "returned", kind = "share", direction = "decrease" } ]
    ///     estimates = [ { id = "fewer", metric = "returned", effect = "relative", against = { fixed = 0.63 } } ]
    ///     payments = [ { id = "result", of = "fewer", schedule = { steps = [ { at = 0.1, amount = 1_000_000 } ] } } ]
    ///     [truth]
    ///     source = "illustrative"
    ///     metrics = [ { id = "returned", counterfactual = 0.63, effect = 0.1 } ]
    ///     cohorts = [ { id = "2027", date = 2029-12-31, people = 50 } ]
    /// "#)?;
    /// let threshold = "contract.payments.result.schedule.steps.0.at".parse()?;
    /// let found = contract.ranking(
    ///     &RankingQuestion {
    ///         grid: RiskGridQuestion {
    ///             axes: vec![Axis::at(threshold, ["0.05".parse()?, "0.1".parse()?, "0.2".parse()?])],
    ///             situation: Situation::NothingWorks,
    ///             chances: Vec::new(),
    ///             simulation: Simulation::new(1_000, Seed(7)),
    ///         },
    ///         by: RankedBy::ChanceOfPaying,
    ///         best: Best::Smallest,
    ///         kept: 2,
    ///         blocks: 10,
    ///         resamples: 200,
    ///     },
    ///     &mut |_| ControlFlow::Continue(()),
    /// )?;
    /// assert_eq!(found.ranked[0].values, ["0.2".parse()?]);
    /// assert_eq!((found.ranked[0].place, found.ranked[0].ties, found.ranked[0].stays_best), (1, 0, 1.0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn ranking(
        &self,
        asked: &RankingQuestion,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Ranking, RankingError> {
        self.check(asked)?;
        let simulation = &asked.grid.simulation;
        let blocks: Vec<Range<u64>> = (0..asked.blocks).map(|at| part(simulation.draws(), asked.blocks, at)).collect();
        let resamples = resamples(simulation.seed(), asked.blocks, asked.resamples);
        let chance = asked.chance();
        let mut ranks = Ranks::new(asked);
        self.each_scenario(
            (&asked.grid, &blocks),
            progress,
            &|scenario, paid| {
                let figure = asked.by.of(&scenario, paid);
                (figure, resampled(asked.by, paid, chance, &resamples))
            },
            &mut |scenario, (figure, resampled)| ranks.take(scenario, figure, resampled),
        )?;
        Ok(Ranking { asked: asked.clone(), ranked: ranks.told(asked) })
    }

    fn check(&self, asked: &RankingQuestion) -> Result<(), RankingError> {
        check(asked)?;
        match asked.by {
            RankedBy::Payer(holder) if !self.terms().paying().contains(&holder) => Err(RankingError::NoPayer),
            _ => Ok(()),
        }
    }
}

/// The draws of a block.
fn part(draws: u64, blocks: u64, block: u64) -> Range<u64> {
    let from = |block: u64| (u128::from(draws) * u128::from(block) / u128::from(blocks.max(1))) as u64;
    from(block)..from(block + 1)
}

impl RankingQuestion {
    /// The chance of the quantile that scenarios are ranked by; 0 of anything else.
    fn chance(&self) -> f64 {
        match self.by {
            RankedBy::Quantile(position) => self.grid.chances.get(position).copied().unwrap_or(0.0),
            _ => 0.0,
        }
    }
}

impl RankedBy {
    fn of(self, scenario: &RiskScenario, paid: &PaidDraws<'_>) -> f64 {
        match self {
            Self::ChanceOfPaying => scenario.chance_of_paying.value,
            Self::Mean => scenario.mean,
            Self::Sd => scenario.sd,
            Self::Payer(holder) => {
                paid.position_of(holder).and_then(|at| scenario.by_payer.get(at)).copied().unwrap_or(0.0)
            }
            Self::Quantile(position) => scenario.quantiles.get(position).copied().unwrap_or(0.0),
        }
    }
}

fn check(asked: &RankingQuestion) -> Result<(), RankingError> {
    let held = |beside: u64| asked.resamples.saturating_mul(beside);
    let counted = [
        ("blocks", asked.blocks, 2, MOST.min(asked.grid.simulation.draws())),
        ("resamples", asked.resamples, 2, MOST),
        ("scenarios to tell", asked.kept as u64, 1, MOST),
        ("resamples times blocks", held(asked.blocks), 1, MOST_HELD),
        ("resamples times scenarios to tell", held(asked.kept as u64), 1, MOST_HELD),
    ];
    for (what, count, least, most) in counted {
        if count < least || count > most {
            return Err(RankingError::Count { what, count, least, most });
        }
    }
    if asked.grid.simulation.points() != Points::Random {
        return Err(RankingError::NotIndependent);
    }
    match asked.by {
        RankedBy::Quantile(position) if position >= asked.grid.chances.len() => {
            Err(RankingError::NoQuantile { position, count: asked.grid.chances.len() })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_draw_is_in_one_block_and_blocks_differ_by_one_draw_at_most() {
        for (draws, blocks) in [(20, 20), (4_001, 7), (65_536, 20), (10_000, 9_999)] {
            let parts: Vec<Range<u64>> = (0..blocks).map(|block| part(draws, blocks, block)).collect();
            assert_eq!((parts[0].start, parts[parts.len() - 1].end), (0, draws));
            assert!(parts.windows(2).all(|pair| pair[0].end == pair[1].start));
            let sizes = || parts.iter().map(|part| part.end - part.start);
            assert!(sizes().max().unwrap() - sizes().min().unwrap() <= 1);
        }
    }
}
