//! Baselines: one contract under several definitions and windows of the same thing, each as what the contract takes for usual and each
//! as what is the case.
//!
//! One rule: a baseline has its definition, its window and its source with it; a rate alone says nothing of how often people
//! reoffend.

use super::fault::RiskError;
use super::grid::RiskGridQuestion;
use super::situation::Situation;
use crate::address::Address;
use crate::analysis::grid::Axis;
use crate::contract::PayoutFault;
use crate::model::Contract;
use crate::model::terms::{Against, Made};
use crate::reference::{Effect, Source};
use crate::simulation::{Estimate, Progress, Simulation};
use crate::units::Label;
use rust_decimal::Decimal;
use std::ops::ControlFlow;

/// A rate by one definition.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedBaseline {
    /// What it is called.
    pub id: String,
    /// The rate, as a fraction or as events per person.
    pub rate: Decimal,
    /// What counts as one.
    pub definition: Label,
    /// How long people are followed, where it is said.
    pub window: Option<String>,
    /// Where it was read.
    pub source: Source,
}

/// What is asked of several baselines.
#[derive(Debug, Clone, PartialEq)]
pub struct BaselineQuestion {
    /// The id of the estimate whose fixed baseline varies.
    pub estimate: String,
    /// The baselines.
    pub baselines: Vec<NamedBaseline>,
    /// Draws, seed, points and threads.
    pub simulation: Simulation,
}

/// What a contract pays under several baselines: a row for each as the contract's, in it a column for each as the truth.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct BaselineTable {
    /// What was asked.
    pub asked: BaselineQuestion,
    /// The chance of paying where nothing works.
    pub nothing_works: Vec<Vec<Estimate>>,
    /// The chance of paying as believed.
    pub as_believed: Vec<Vec<Estimate>>,
}

/// Why baselines cannot be compared.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum BaselineError {
    /// No baseline.
    #[error("there is no baseline: name at least one, with its rate, definition and source")]
    NoBaselines,
    /// Two of one name.
    #[error("two baselines are called `{id}`")]
    SameName {
        /// The name.
        id: String,
    },
    /// A baseline without a definition or a source.
    #[error("`{id}` has no {what}: the definition decides what a rate is, and no figure goes without a source")]
    Unsourced {
        /// The baseline.
        id: String,
        /// What it lacks.
        what: &'static str,
    },
    /// An estimate that the contract does not have, or that compares with a group.
    #[error("`{estimate}` is no estimate with a fixed baseline: choose among {known}")]
    NotFixed {
        /// As asked for.
        estimate: String,
        /// Those that have one, in words.
        known: String,
    },
    /// What the contract pays cannot be told.
    #[error(transparent)]
    Risk(#[from] RiskError),
}

impl NamedBaseline {
    /// A rate of the register of effects; none where the effect is no rate.
    ///
    /// # Examples
    /// ```
    /// use impact_core::analysis::risk::NamedBaseline;
    /// use impact_core::reference::Effects;
    /// let five_years = NamedBaseline::of(Effects::embedded().get("base-no-5y")?).ok_or("a rate")?;
    /// assert_eq!((five_years.rate.to_string(), five_years.window.as_deref()), ("0.32".to_owned(), Some("5 years")));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(effect: &Effect) -> Option<Self> {
        Some(Self {
            id: effect.id.clone(),
            rate: effect.rate()?,
            definition: effect.outcome.clone(),
            window: effect.follow_up.clone(),
            source: effect.source.clone(),
        })
    }
}

impl Contract {
    /// The chance of paying with each of several baselines as the contract's and as the truth, over shared draws: where nothing works,
    /// and as believed.
    ///
    /// # Errors
    /// No baselines, two of one name, one without definition or source; an estimate that does not compare with a fixed baseline; as
    /// [`Contract::risk_grid`], also where the truth uses the very number of the contract (give it one of its own).
    ///
    /// # Examples
    /// Fifty people, paid for where a tenth fewer return to prison than the baseline. By the register of the correctional service 20 %
    /// do within two years and 32 % within five: who agrees on the one and measures the other pays for nothing.
    /// ```
    /// use impact_core::Contract;
    /// use impact_core::analysis::risk::{BaselineQuestion, NamedBaseline};
    /// use impact_core::reference::Effects;
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
    ///     estimates = [ { id = "fewer", metric = "returned", effect = "relative", against = { fixed = 0.32 } } ]
    ///     payments = [ { id = "result", of = "fewer", schedule = { steps = [ { at = 0.1, amount = 1_000_000 } ] } } ]
    ///     [truth]
    ///     source = "illustrative"
    ///     metrics = [ { id = "returned", counterfactual = 0.2, effect = 0.1 } ]
    ///     cohorts = [ { id = "2027", date = 2029-12-31, people = 50 } ]
    /// "#)?;
    /// let rate = |id| Effects::embedded().get(id).ok().and_then(NamedBaseline::of).ok_or("a rate");
    /// let table = contract.baselines(
    ///     &BaselineQuestion {
    ///         estimate: "fewer".to_owned(),
    ///         baselines: vec![rate("base-no-2015")?, rate("base-no-5y")?],
    ///         simulation: Simulation::new(10_000, Seed(7)),
    ///     },
    ///     &mut |_| ControlFlow::Continue(()),
    /// )?;
    /// // The contract has five years, and people are followed for two.
    /// assert!(table.nothing_works[1][0].value > 0.9);
    /// // The other way round it pays for hardly anything.
    /// assert!(table.as_believed[0][1].value < 0.15);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn baselines(
        &self,
        asked: &BaselineQuestion,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<BaselineTable, BaselineError> {
        check(&asked.baselines)?;
        let (fixed, counterfactual) = self.varied(&asked.estimate)?;
        let mut rates: Vec<Decimal> = asked.baselines.iter().map(|baseline| baseline.rate).collect();
        rates.sort_unstable();
        rates.dedup();
        let mut table = |situation| -> Result<Vec<Vec<Estimate>>, BaselineError> {
            let axes = [&fixed, &counterfactual].map(|address| Axis::at(address.clone(), rates.iter().copied()));
            let simulation = asked.simulation.clone();
            let question = RiskGridQuestion { axes: axes.into(), situation, chances: Vec::new(), simulation };
            let grid = self.risk_grid(&question, progress)?;
            let place = |baseline: &NamedBaseline| rates.binary_search(&baseline.rate).unwrap_or(0);
            let cell = |row: usize, column: usize| {
                let at = row.checked_mul(rates.len()).and_then(|first| first.checked_add(column));
                at.and_then(|at| grid.scenarios.get(at)).map(|scenario| scenario.chance_of_paying)
            };
            let row = |of: &NamedBaseline| {
                asked.baselines.iter().filter_map(|truth| cell(place(of), place(truth))).collect::<Vec<_>>()
            };
            Ok(asked.baselines.iter().map(row).collect())
        };
        let (nothing_works, as_believed) = (table(Situation::NothingWorks)?, table(Situation::AsBelieved)?);
        Ok(BaselineTable { asked: asked.clone(), nothing_works, as_believed })
    }

    /// The addresses of the fixed baseline of an estimate and of what is the case without the programme.
    fn varied(&self, estimate: &str) -> Result<(Address, Address), BaselineError> {
        let fixed = self.terms().estimates.iter().filter_map(|estimate| match &estimate.made {
            Made::Compared { metric, against: Against::Fixed(slot), .. } => Some((&estimate.id, *metric, *slot)),
            _ => None,
        });
        let found = fixed.clone().find(|(id, ..)| *id == estimate);
        let (_, metric, baseline) = found.ok_or_else(|| {
            let known: Vec<String> = fixed.map(|(id, ..)| format!("`{id}`")).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            BaselineError::NotFixed { estimate: estimate.to_owned(), known }
        })?;
        let truth = self.truth().ok_or(PayoutFault::NoTruth).map_err(RiskError::from)?;
        let true_metric = truth.metrics.iter().find(|of_truth| of_truth.metric == metric);
        let silent = || {
            let metric = self.terms().metrics.get(metric).map(|metric| metric.id.clone()).unwrap_or_default();
            RiskError::from(PayoutFault::NothingSaid { metric, of: estimate.to_owned() })
        };
        let slot = true_metric.ok_or_else(silent)?.counterfactual;
        let address = |slot| self.address(slot).unwrap_or_else(Address::root);
        Ok((address(baseline), address(slot)))
    }
}

/// Refuses baselines that nobody could tell apart or look up.
fn check(baselines: &[NamedBaseline]) -> Result<(), BaselineError> {
    if baselines.is_empty() {
        return Err(BaselineError::NoBaselines);
    }
    for (position, baseline) in baselines.iter().enumerate() {
        let id = || baseline.id.clone();
        if baselines.iter().take(position).any(|before| before.id == baseline.id) {
            return Err(BaselineError::SameName { id: id() });
        }
        let lacks = [(&baseline.definition.en, "definition"), (&baseline.source.title, "source")];
        if let Some((_, what)) = lacks.into_iter().find(|(text, _)| text.trim().is_empty()) {
            return Err(BaselineError::Unsourced { id: id(), what });
        }
    }
    Ok(())
}
