//! Baselines side by side as rows: the chance of paying with each as the contract's and each as what is the case.
//!
//! One rule: a rate stands with its definition, window and source.

use super::risk::{RiskProvenance, contract_marks};
use super::situation_name;
use crate::analysis::risk::{BaselineTable, NamedBaseline, Situation};
use crate::model::{Contract, Marks};
use crate::reference::Source;
use crate::simulation::Estimate;
use crate::units::Label;
use rust_decimal::Decimal;

/// Baselines side by side, ready to be shown.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct BaselineReport {
    /// What the contract is called.
    pub contract: Label,
    /// The currency of its amounts.
    pub currency: String,
    /// Whether any number of the terms or the truth is illustrative or unverified.
    #[serde(flatten)]
    pub marks: Marks,
    /// What made it.
    pub provenance: RiskProvenance,
    /// The id of the estimate whose fixed baseline varies.
    pub estimate: String,
    /// What it is called.
    pub estimate_name: Label,
    /// The baselines.
    pub baselines: Vec<BaselineRow>,
    /// The chance of paying with each of them in the contract and each in truth, where nothing works, then as believed.
    pub chances: Vec<BaselineChanceRow>,
}

/// One rate with what it is.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct BaselineRow {
    /// What it is called.
    pub id: String,
    /// The rate.
    pub rate: Decimal,
    /// What counts as one.
    pub definition: Label,
    /// How long people are followed, where it is said.
    pub window: Option<String>,
    /// Where it was read.
    pub source: Source,
}

/// The chance of paying with one baseline in the contract and one in truth.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct BaselineChanceRow {
    /// What is supposed beside, as a word.
    pub situation: Situation,
    /// What that is called.
    pub situation_name: Label,
    /// The id of the baseline that the contract takes for usual.
    pub contract_baseline: String,
    /// The id of the baseline that is the case.
    pub true_baseline: String,
    /// The chance that anything is paid for a result.
    pub chance_of_paying: Estimate,
}

impl BaselineReport {
    /// Baselines of a contract as they are told.
    ///
    /// # Examples
    /// ```
    /// use impact_core::Contract;
    /// use impact_core::analysis::risk::{BaselineQuestion, NamedBaseline};
    /// use impact_core::reference::Effects;
    /// use impact_core::report::BaselineReport;
    /// use impact_core::simulation::{Seed, Simulation};
    /// use std::ops::ControlFlow;
    /// # let text = include_str!("../../../fixtures/contracts/larvik-for-nothing.toml");
    /// let contract = Contract::from_toml(text)?;
    /// let rate = |id| Effects::embedded().get(id).ok().and_then(NamedBaseline::of).ok_or("a rate");
    /// let asked = BaselineQuestion {
    ///     estimate: "fewer-relapses".to_owned(),
    ///     baselines: vec![rate("base-no-2015")?, rate("base-no-5y")?],
    ///     simulation: Simulation::new(1_000, Seed(7)),
    /// };
    /// let found = contract.baselines(&asked, &mut |_| ControlFlow::Continue(()))?;
    /// let told = BaselineReport::of(&contract, &found);
    /// assert_eq!((told.baselines.len(), told.chances.len()), (2, 8));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(contract: &Contract, found: &BaselineTable) -> Self {
        let asked = &found.asked;
        let estimate = contract.terms().estimates.iter().find(|estimate| estimate.id == asked.estimate);
        let tables = [(Situation::NothingWorks, &found.nothing_works), (Situation::AsBelieved, &found.as_believed)];
        let chances = tables.into_iter().flat_map(|(situation, rows)| {
            asked.baselines.iter().zip(rows).flat_map(move |(agreed, row)| {
                let cells = asked.baselines.iter().zip(row);
                cells.map(move |(truth, chance)| BaselineChanceRow {
                    situation,
                    situation_name: situation_name(situation),
                    contract_baseline: agreed.id.clone(),
                    true_baseline: truth.id.clone(),
                    chance_of_paying: *chance,
                })
            })
        });
        Self {
            contract: contract.name().clone(),
            currency: contract.currency().to_string(),
            marks: contract_marks(contract),
            provenance: RiskProvenance::of(contract, &asked.simulation),
            estimate: asked.estimate.clone(),
            estimate_name: estimate.map_or_else(|| Label::plain(&asked.estimate), |estimate| estimate.name.clone()),
            baselines: asked.baselines.iter().map(baseline).collect(),
            chances: chances.collect(),
        }
    }
}

fn baseline(named: &NamedBaseline) -> BaselineRow {
    let NamedBaseline { id, rate, definition, window, source } = named.clone();
    BaselineRow { id, rate, definition, window, source }
}
