//! Rankings: the best scenarios of a grid of terms, and how sure it is that they are.
//!
//! One rule: all scenarios share their draws, so that what is compared is the terms; what each is ranked by is the figure of all
//! draws, as the grid has it.
//!
//! # Method
//! The draws are cut into blocks, which share none of them. Blocks are drawn with replacement; each scenario's figure is moved by as
//! much as the mean over the drawn blocks differs from the mean over all of them, and the scenarios are ranked anew. How often
//! a scenario is the best of those is its stability (Efron and Tibshirani 1993, An Introduction to the Bootstrap, chapter 6).
//! ```text
//! figure* = figure of all draws + mean of the drawn blocks − mean of all blocks
//! ```
//! A chance or a mean of all draws is the mean of its blocks, and nothing is added to the bootstrap. A quantile or a standard
//! deviation of few draws is biased; the bias stands in both means and cancels. What remains is that the spread of a
//! quantile over blocks is that of fewer draws: where it jumps from one step of a schedule to the next, blocks jump oftener
//! than all draws would, and stability is understated.

use super::fault::RiskError;
use super::grid::{RiskGridQuestion, RiskScenario};
use crate::address::Address;
use crate::model::{Contract, HolderIndex};
use crate::simulation::{Points, Progress, Stream};
use rust_decimal::Decimal;
use std::ops::{ControlFlow, Range};

/// Blocks and resamples, at most.
const MOST: u64 = 10_000;

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
    /// The best first; of equal ones that which comes first in the grid.
    pub ranked: Vec<Ranked>,
}

/// One of the best scenarios.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Ranked {
    /// Its position in the grid.
    pub scenario: usize,
    /// The value of each axis.
    pub values: Vec<Decimal>,
    /// What it is ranked by: the figure of all draws, to the last bit that of the grid.
    pub figure: f64,
    /// The standard error of that, from how it spreads over the blocks.
    pub standard_error: f64,
    /// The share of resamples in which it is the best.
    pub stays_best: f64,
    /// The share in which it is among as many best as are told.
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
    /// assert_eq!(found.ranked[0].stays_best, 1.0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn ranking(
        &self,
        asked: &RankingQuestion,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Ranking, RankingError> {
        check(asked)?;
        let draws = asked.grid.simulation.draws();
        let figures = self.figures(asked, 0..draws, progress)?;
        let mut blocks: Vec<Vec<f64>> = Vec::new();
        for block in 0..asked.blocks {
            blocks.push(self.figures(asked, part(draws, asked.blocks, block), progress)?);
        }
        let stays = stays(&figures, &blocks, asked);
        let told = |scenario: usize| {
            let (best, among) = stays.get(scenario).copied().unwrap_or_default();
            let share = |count: u64| count as f64 / asked.resamples as f64;
            let of_blocks: Vec<f64> = blocks.iter().filter_map(|block| block.get(scenario)).copied().collect();
            Ranked {
                scenario,
                values: values(&asked.grid, scenario),
                figure: figures.get(scenario).copied().unwrap_or(0.0),
                standard_error: super::Spread::of(&of_blocks).standard_error.unwrap_or(0.0),
                stays_best: share(best),
                stays_among: share(among),
            }
        };
        let ranked = order(&figures, asked.best, asked.kept).into_iter().map(told).collect();
        Ok(Ranking { asked: asked.clone(), ranked })
    }

    /// What each scenario is ranked by, over some of the draws.
    fn figures(
        &self,
        asked: &RankingQuestion,
        draws: Range<u64>,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Vec<f64>, RankingError> {
        let grid = self.risk_grid_over(&asked.grid, draws, progress)?;
        let figure = |scenario| asked.by.of(scenario, &grid.payers).ok_or(RankingError::NoPayer);
        grid.scenarios.iter().map(figure).collect()
    }
}

/// The draws of a block.
fn part(draws: u64, blocks: u64, block: u64) -> Range<u64> {
    let from = |block: u64| (u128::from(draws) * u128::from(block) / u128::from(blocks.max(1))) as u64;
    from(block)..from(block + 1)
}

impl RankedBy {
    fn of(self, scenario: &RiskScenario, payers: &[HolderIndex]) -> Option<f64> {
        match self {
            Self::ChanceOfPaying => Some(scenario.chance_of_paying.value),
            Self::Mean => Some(scenario.mean),
            Self::Sd => Some(scenario.sd),
            Self::Payer(holder) => {
                let position = payers.iter().position(|payer| *payer == holder)?;
                scenario.by_payer.get(position).copied()
            }
            Self::Quantile(position) => scenario.quantiles.get(position).copied(),
        }
    }
}

fn check(asked: &RankingQuestion) -> Result<(), RankingError> {
    let counted = [
        ("blocks", asked.blocks, 2, MOST.min(asked.grid.simulation.draws())),
        ("resamples", asked.resamples, 1, MOST),
        ("scenarios to tell", asked.kept as u64, 1, MOST),
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

/// How often each scenario is the best, and among the best, of blocks drawn anew.
fn stays(figures: &[f64], blocks: &[Vec<f64>], asked: &RankingQuestion) -> Vec<(u64, u64)> {
    let mut stays = vec![(0, 0); figures.len()];
    let all: Vec<usize> = (0..blocks.len()).collect();
    let of_all = mean(blocks, &all);
    for resample in resamples(asked) {
        let of_drawn = mean(blocks, &resample);
        let moved = figures.iter().zip(of_drawn.iter().zip(&of_all));
        let moved: Vec<f64> = moved.map(|(figure, (drawn, all))| figure + (drawn - all)).collect();
        for (place, scenario) in order(&moved, asked.best, asked.kept).into_iter().enumerate() {
            if let Some((best, among)) = stays.get_mut(scenario) {
                *best += u64::from(place == 0);
                *among += 1;
            }
        }
    }
    stays
}

/// The mean of each scenario over some blocks, by their positions.
fn mean(blocks: &[Vec<f64>], chosen: &[usize]) -> Vec<f64> {
    let mut sums = vec![0.0; blocks.first().map_or(0, Vec::len)];
    for block in chosen.iter().filter_map(|block| blocks.get(*block)) {
        for (sum, figure) in sums.iter_mut().zip(block) {
            *sum += figure;
        }
    }
    let count = chosen.len().max(1) as f64;
    sums.into_iter().map(|sum| sum / count).collect()
}

/// The best scenarios, the best first.
fn order(figures: &[f64], best: Best, kept: usize) -> Vec<usize> {
    let mut scenarios: Vec<usize> = (0..figures.len()).collect();
    let figure = |scenario: &usize| figures.get(*scenario).copied().unwrap_or(0.0);
    let compare = |one: &usize, other: &usize| {
        let by_figure = figure(one).total_cmp(&figure(other));
        let by_figure = if best == Best::Smallest { by_figure } else { by_figure.reverse() };
        by_figure.then(one.cmp(other))
    };
    if kept < scenarios.len() {
        scenarios.select_nth_unstable_by(kept, compare);
        scenarios.truncate(kept);
    }
    scenarios.sort_unstable_by(compare);
    scenarios
}

/// Blocks drawn with replacement, as their positions: a function of the seed.
fn resamples(asked: &RankingQuestion) -> impl Iterator<Item = Vec<usize>> {
    let stream = Stream::new(asked.grid.simulation.seed(), &Address::root().child("ranking").child("blocks"));
    let blocks = asked.blocks;
    (0..asked.resamples).map(move |resample| {
        let drawn = |place: u64| (stream.at(resample * blocks + place) * blocks as f64) as usize;
        (0..blocks).map(drawn).collect()
    })
}

/// The value of each axis in a scenario, the last axis being the fastest.
fn values(grid: &RiskGridQuestion, mut scenario: usize) -> Vec<Decimal> {
    let mut values = Vec::with_capacity(grid.axes.len());
    for axis in grid.axes.iter().rev() {
        let size = axis.values.len().max(1);
        values.extend(axis.values.get(scenario % size));
        scenario /= size;
    }
    values.reverse();
    values
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
