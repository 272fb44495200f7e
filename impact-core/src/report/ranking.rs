//! Rankings of terms as rows: the best scenarios, and how often each stays the best.
//!
//! One rule: a place is never told without how often it stays that of the best, and with whom it is shared.

use super::risk::{RiskProvenance, contract_marks, holder};
use super::risk_grid::{GridAxisRow, axis};
use super::situation_name;
use crate::analysis::risk::{Best, Ranked, RankedBy, Ranking, Situation};
use crate::model::{Contract, Marks};
use crate::units::Label;
use rust_decimal::Decimal;

/// A ranking, ready to be shown.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct RankingReport {
    /// What the contract is called.
    pub contract: Label,
    /// The currency of its amounts.
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
    /// By what scenarios are ranked: `chance_of_paying`, `mean`, `sd`, `payers.<id>` or a quantile such as `p95`.
    pub by: String,
    /// What the payer is called, where they are ranked by what one payer pays.
    pub payer: Option<Label>,
    /// Which end is the best.
    pub best: Best,
    /// Into how many blocks the draws were cut.
    pub blocks: u64,
    /// How often blocks were drawn anew.
    pub resamples: u64,
    /// How many scenarios were ranked.
    pub scenarios: usize,
    /// The best of them, the best first; equal ones in the order of the grid.
    pub ranked: Vec<RankedRow>,
}

/// One of the best scenarios.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct RankedRow {
    /// Its place, from 1: equal ones share it.
    pub place: usize,
    /// How many other scenarios of the grid have the same figure, told or not.
    pub ties: usize,
    /// Its position in the grid, from 0.
    pub scenario: usize,
    /// The value of each axis.
    pub values: Vec<Decimal>,
    /// What it is ranked by.
    pub figure: f64,
    /// The standard error of that.
    pub figure_error: f64,
    /// The share of resamples in which no other scenario is better.
    pub stays_best: f64,
    /// The share in which fewer others are better than are told.
    pub stays_among: f64,
}

impl RankingReport {
    /// A ranking of a contract as it is told.
    ///
    /// # Examples
    /// ```
    /// use impact_core::Contract;
    /// use impact_core::analysis::Axis;
    /// use impact_core::analysis::risk::{Best, RankedBy, RankingQuestion, RiskGridQuestion, Situation};
    /// use impact_core::report::RankingReport;
    /// use impact_core::simulation::{Seed, Simulation};
    /// use std::ops::ControlFlow;
    /// # let text = include_str!("../../../fixtures/contracts/larvik-for-nothing.toml");
    /// let contract = Contract::from_toml(text)?;
    /// let target = "contract.payments.target.schedule.steps.0.at".parse()?;
    /// let asked = RankingQuestion {
    ///     grid: RiskGridQuestion {
    ///         axes: vec![Axis::at(target, ["0.1".parse()?, "0.2".parse()?])],
    ///         situation: Situation::NothingWorks,
    ///         chances: vec![0.95],
    ///         simulation: Simulation::new(1_000, Seed(7)),
    ///     },
    ///     by: RankedBy::Quantile(0),
    ///     best: Best::Smallest,
    ///     kept: 2,
    ///     blocks: 10,
    ///     resamples: 100,
    /// };
    /// let found = contract.ranking(&asked, &mut |_| ControlFlow::Continue(()))?;
    /// let told = RankingReport::of(&contract, &found);
    /// assert_eq!((told.by.as_str(), told.ranked[0].place, told.scenarios), ("p95", 1, 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(contract: &Contract, found: &Ranking) -> Self {
        let asked = &found.asked;
        Self {
            contract: contract.name().clone(),
            currency: contract.currency().to_string(),
            marks: contract_marks(contract),
            provenance: RiskProvenance::of(contract, &asked.grid.simulation),
            situation: asked.grid.situation,
            situation_name: situation_name(asked.grid.situation),
            axes: asked.grid.axes.iter().map(|along| axis(contract, along)).collect(),
            by: ranked_by(contract, asked.by, &asked.grid.chances),
            payer: match asked.by {
                RankedBy::Payer(index) => Some(holder(contract, index).1),
                _ => None,
            },
            best: asked.best,
            blocks: asked.blocks,
            resamples: asked.resamples,
            scenarios: asked.grid.axes.iter().map(|axis| axis.values.len()).product(),
            ranked: found.ranked.iter().map(row).collect(),
        }
    }
}

/// By what scenarios are ranked, as a column of a grid is called.
fn ranked_by(contract: &Contract, by: RankedBy, chances: &[f64]) -> String {
    match by {
        RankedBy::ChanceOfPaying => "chance_of_paying".to_owned(),
        RankedBy::Mean => "mean".to_owned(),
        RankedBy::Sd => "sd".to_owned(),
        RankedBy::Payer(index) => format!("payers.{}", holder(contract, index).0),
        RankedBy::Quantile(at) => chances.get(at).map_or_else(String::new, |chance| quantile_name(*chance)),
    }
}

/// What the column of a quantile is called: `p05` of 0.05, `p50`, `p97.5`.
///
/// # Examples
/// ```
/// use impact_core::report::quantile_name;
/// assert_eq!([0.05, 0.5, 0.975].map(quantile_name), ["p05", "p50", "p97.5"]);
/// ```
pub fn quantile_name(chance: f64) -> String {
    let percent = (chance * 1e6).round() / 1e4;
    if percent < 10.0 { format!("p0{percent}") } else { format!("p{percent}") }
}

fn row(ranked: &Ranked) -> RankedRow {
    RankedRow {
        place: ranked.place,
        ties: ranked.ties,
        scenario: ranked.scenario,
        values: ranked.values.clone(),
        figure: ranked.figure,
        figure_error: ranked.figure_error,
        stays_best: ranked.stays_best,
        stays_among: ranked.stays_among,
    }
}
