//! Grids of a contract: what it pays at every combination of values of some numbers of its terms and its truth.
//!
//! One rule: all scenarios share the draws of everything that they leave as it is, so a grid gives to the last bit what single
//! runs give; what is observed is drawn once for each combination of the truth, and draws that are paid alike whatever the prices
//! are paid once.

mod alike;
mod axes;
mod table;

use super::fault::RiskError;
use super::run::told;
use super::situation::Situation;
use crate::analysis::grid::Axis;
use crate::contract::{PayoutFault, Plan};
use crate::model::{Contract, HolderIndex};
use crate::simulation::{Counted, Estimate, Heard, Progress, Simulation};
use axes::Axes;
use rust_decimal::Decimal;
use std::ops::{ControlFlow, Range};
pub(super) use table::PaidDraws;
use table::Table;

/// What a grid of a contract is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct RiskGridQuestion {
    /// Numbers of the terms or of the truth, with their values; the last axis is the fastest.
    pub axes: Vec<Axis>,
    /// What is supposed beside.
    pub situation: Situation,
    /// Chances whose quantiles of what is paid in all are wanted.
    pub chances: Vec<f64>,
    /// Draws, seed, points and threads.
    pub simulation: Simulation,
}

/// What a contract pays over the scenarios of a grid.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RiskGrid {
    /// What was asked.
    pub asked: RiskGridQuestion,
    /// Who pays, in the order of `by_payer`.
    pub payers: Vec<HolderIndex>,
    /// The scenarios, the last axis fastest.
    pub scenarios: Vec<RiskScenario>,
}

/// What a contract pays in one scenario.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RiskScenario {
    /// The chance that anything is paid for a result.
    pub chance_of_paying: Estimate,
    /// What is paid in all, on average.
    pub mean: f64,
    /// Its standard deviation.
    pub sd: f64,
    /// What each payer pays on average.
    pub by_payer: Vec<f64>,
    /// The quantiles asked for.
    pub quantiles: Vec<f64>,
}

impl RiskGridQuestion {
    /// The value of each axis in a scenario, by its position in the grid.
    ///
    /// # Examples
    /// ```
    /// use impact_core::analysis::Axis;
    /// use impact_core::analysis::risk::{RiskGridQuestion, Situation};
    /// use impact_core::simulation::{Seed, Simulation};
    /// let asked = RiskGridQuestion {
    ///     axes: vec![
    ///         Axis::at("contract.at_most".parse()?, [3.into(), 4.into()]),
    ///         Axis::at("truth.cohorts.first.people".parse()?, [50.into(), 60.into(), 70.into()]),
    ///     ],
    ///     situation: Situation::AsBelieved,
    ///     chances: Vec::new(),
    ///     simulation: Simulation::new(1_000, Seed(7)),
    /// };
    /// assert_eq!(asked.values(4), [4.into(), 60.into()]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn values(&self, mut scenario: usize) -> Vec<Decimal> {
        let mut values = Vec::with_capacity(self.axes.len());
        for axis in self.axes.iter().rev() {
            let size = axis.values.len().max(1);
            values.extend(axis.values.get(scenario % size));
            scenario /= size;
        }
        values.reverse();
        values
    }
}

impl Contract {
    /// What the contract pays at every combination of values of some of its numbers, over shared draws.
    ///
    /// A number that is uncertain in the document has the value of its scenario in every draw. `progress` is told how many scenarios
    /// are done, on the calling thread; when it breaks, nothing is kept.
    ///
    /// # Errors
    /// As for [`Contract::risk`]; a situation of which there is nothing to tell; no axes, addresses that are no number of the contract, values
    /// that do not rise or that it does not take, steps or bands that would not rise any more, a truth that cannot be, more draws or
    /// scenarios than a grid holds.
    ///
    /// # Examples
    /// Chance meets a target less often among many people, and a higher one less often among any:
    /// ```
    /// use impact_core::Contract;
    /// use impact_core::analysis::Axis;
    /// use impact_core::analysis::risk::{RiskGridQuestion, Situation};
    /// use impact_core::simulation::{Seed, Simulation};
    /// use std::ops::ControlFlow;
    /// # let text = include_str!("../../../../../fixtures/contracts/larvik-for-nothing.toml");
    /// let contract = Contract::from_toml(text)?;
    /// let target = "contract.payments.target.schedule.steps.0.at".parse()?;
    /// let asked = RiskGridQuestion {
    ///     axes: vec![
    ///         Axis::at(target, ["0.1".parse()?, "0.2".parse()?]),
    ///         Axis::at("truth.cohorts.first.people".parse()?, [50.into(), 500.into()]),
    ///     ],
    ///     situation: Situation::NothingWorksBaselineRight,
    ///     chances: Vec::new(),
    ///     simulation: Simulation::new(2_000, Seed(7)),
    /// };
    /// let grid = contract.risk_grid(&asked, &mut |_| ControlFlow::Continue(()))?;
    /// let chance: Vec<f64> = grid.scenarios.iter().map(|scenario| scenario.chance_of_paying.value).collect();
    /// let [fifty, many, fifty_higher, many_higher] = chance[..] else { return Err("four".into()) };
    /// assert!(many < fifty && fifty_higher < fifty && many_higher <= fifty_higher);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn risk_grid(
        &self,
        asked: &RiskGridQuestion,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<RiskGrid, RiskError> {
        let mut scenarios = Vec::new();
        let all = 0..asked.simulation.draws();
        let payers = self.each_scenario(
            (asked, std::slice::from_ref(&all)),
            progress,
            &|scenario, _| scenario,
            &mut |place, scenario| {
                if scenarios.len() <= place {
                    scenarios.resize(place + 1, None);
                }
                if let Some(kept) = scenarios.get_mut(place) {
                    *kept = Some(scenario);
                }
            },
        )?;
        Ok(RiskGrid { asked: asked.clone(), payers, scenarios: scenarios.into_iter().flatten().collect() })
    }

    /// Hands over what is made of each scenario, with its position, as they are done; their draws stand in blocks, which follow each other.
    pub(super) fn each_scenario<R: Send>(
        &self,
        (asked, blocks): (&RiskGridQuestion, &[Range<u64>]),
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
        of: &(impl Fn(RiskScenario, &PaidDraws<'_>) -> R + Sync),
        take: &mut impl FnMut(usize, R),
    ) -> Result<Vec<HolderIndex>, RiskError> {
        let truth = self.truth().ok_or(PayoutFault::NoTruth)?;
        let plan = Plan::new(self, truth)?;
        if !told((self, truth, &plan), asked.situation) {
            return Err(RiskError::NotTold { situation: asked.situation });
        }
        let axes = Axes::new((self, &plan), asked)?;
        axes.check_possible((self, truth), asked)?;
        let mut heard = Heard::new(Counted::Scenarios, axes.count as u64, progress);
        for of_truth in 0..axes.truths() {
            Table::new((self, truth, &plan), (asked, blocks), &axes, of_truth)?.work(&mut heard, of, take)?;
        }
        Ok(plan.payers)
    }
}
