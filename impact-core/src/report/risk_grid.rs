//! Grids of a contract as rows: what it pays in each scenario, and what makes the scenario.
//!
//! One rule: a scenario stands with the value of every number that varies, so that no row needs another to be read.

use super::risk::{RiskProvenance, contract_marks, holder};
use super::situation_name;
use crate::address::Address;
use crate::analysis::Axis;
use crate::analysis::risk::{RiskGrid, RiskScenario, Situation};
use crate::model::{Contract, HolderIndex, Marks};
use crate::simulation::Estimate;
use crate::units::Label;
use rust_decimal::Decimal;

/// A grid of a contract, ready to be shown.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct RiskGridReport {
    /// What the contract is called.
    pub contract: Label,
    /// The currency of its amounts, nominal.
    pub currency: String,
    /// Whether any number of the terms or the truth is illustrative or unverified.
    #[serde(flatten)]
    pub marks: Marks,
    /// What made it.
    pub provenance: RiskProvenance,
    /// What is supposed.
    pub situation: Situation,
    /// What that is called.
    pub situation_name: Label,
    /// What varies.
    pub axes: Vec<GridAxisRow>,
    /// The chances whose quantiles of what is paid in all are told.
    pub quantiles: Vec<f64>,
    /// Who pays.
    pub payers: Vec<GridPayerRow>,
    /// The scenarios, the last axis fastest.
    pub scenarios: Vec<RiskScenarioRow>,
}

/// A number that varies over the scenarios of a grid of a contract.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct GridAxisRow {
    /// Where it stands.
    pub address: Address,
    /// Its unit in words.
    pub unit: String,
    /// What the contract has now.
    pub current: Option<Decimal>,
    /// Its values.
    pub values: Vec<Decimal>,
}

/// A payer of a grid.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct GridPayerRow {
    /// The id of the holder.
    pub payer: String,
    /// What it is called.
    pub name: Label,
}

/// What a contract pays in one scenario.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct RiskScenarioRow {
    /// The value of each axis.
    pub values: Vec<Decimal>,
    /// The chance that anything is paid for a result; fees are not counted.
    pub chance_of_paying: Estimate,
    /// What is paid in all, on average.
    pub mean: f64,
    /// Its standard deviation.
    pub sd: f64,
    /// What each payer pays on average, in the order of the payers.
    pub by_payer: Vec<f64>,
    /// The quantiles of what is paid in all, in the order of their chances.
    pub quantiles: Vec<f64>,
}

impl RiskGridReport {
    /// A grid of a contract as it is told. It takes the grid over: there may be very many scenarios.
    ///
    /// # Examples
    /// ```
    /// use impact_core::Contract;
    /// use impact_core::analysis::Axis;
    /// use impact_core::analysis::risk::{RiskGridQuestion, Situation};
    /// use impact_core::report::RiskGridReport;
    /// use impact_core::simulation::{Seed, Simulation};
    /// use std::ops::ControlFlow;
    /// # let text = include_str!("../../../fixtures/contracts/larvik-for-nothing.toml");
    /// let contract = Contract::from_toml(text)?;
    /// let asked = RiskGridQuestion {
    ///     axes: vec![Axis::at("truth.cohorts.first.people".parse()?, [50.into(), 500.into()])],
    ///     situation: Situation::NothingWorksBaselineRight,
    ///     chances: vec![0.95],
    ///     simulation: Simulation::new(1_000, Seed(7)),
    /// };
    /// let grid = contract.risk_grid(&asked, &mut |_| ControlFlow::Continue(()))?;
    /// let told = RiskGridReport::of(&contract, grid);
    /// assert_eq!(told.payers[0].payer, "larvik");
    /// assert_eq!(told.scenarios[1].values, [500.into()]);
    /// // Chance alone meets the target less often among many.
    /// assert!(told.scenarios[1].chance_of_paying.value < told.scenarios[0].chance_of_paying.value);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(contract: &Contract, grid: RiskGrid) -> Self {
        let RiskGrid { asked, payers, scenarios } = grid;
        Self {
            contract: contract.name().clone(),
            currency: contract.currency().to_string(),
            marks: contract_marks(contract),
            provenance: RiskProvenance::of(contract, &asked.simulation),
            situation: asked.situation,
            situation_name: situation_name(asked.situation),
            axes: asked.axes.iter().map(|along| axis(contract, along)).collect(),
            payers: payers.into_iter().map(|index| payer(contract, index)).collect(),
            scenarios: (0..).zip(scenarios).map(|(at, found)| row(asked.values(at), found)).collect(),
            quantiles: asked.chances,
        }
    }
}

/// An axis as it is told.
pub(super) fn axis(contract: &Contract, along: &Axis) -> GridAxisRow {
    let number = contract.slot(&along.address).and_then(|slot| contract.assumption(slot));
    GridAxisRow {
        address: along.address.clone(),
        unit: number.map_or_else(String::new, |number| number.unit.clone()),
        current: number.map(|number| number.point),
        values: along.values.clone(),
    }
}

fn payer(contract: &Contract, index: HolderIndex) -> GridPayerRow {
    let (payer, name) = holder(contract, index);
    GridPayerRow { payer, name }
}

fn row(values: Vec<Decimal>, found: RiskScenario) -> RiskScenarioRow {
    RiskScenarioRow {
        values,
        chance_of_paying: found.chance_of_paying,
        mean: found.mean,
        sd: found.sd,
        by_payer: found.by_payer,
        quantiles: found.quantiles,
    }
}
