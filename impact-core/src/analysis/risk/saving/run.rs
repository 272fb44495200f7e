//! The run: the draws of the contract's risk, each with what its true change saves.

use super::fault::SavingError;
use super::found::{HolderSaving, SavingRisk, SavingYear, SituationSaving};
use super::per_unit::{PerUnit, per_unit};
use crate::analysis::risk::found::{SituationRisk, Spread, chance};
use crate::analysis::risk::situation::Situation;
use crate::contract::PayoutFault;
use crate::model::{Contract, HolderIndex, HolderKind, Model};
use crate::simulation::{Progress, Simulation};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

impl Model {
    /// What each holder may pay for results by the model's own contract, beside what it saves by them: in each
    /// [`Situation`], over the draws of [`Contract::risk`].
    ///
    /// # Errors
    /// A model without a contract, or whose contract names no outcome; an outcome without units; a year without a price level; and as
    /// [`Contract::risk`].
    ///
    /// # Examples
    /// A town pays 600 for each night in a shelter that is avoided, and saves 900:
    /// ```
    /// use impact_core::Model;
    /// use impact_core::analysis::risk::Situation;
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
    ///         { id = "town", kind = "public", level = "municipality" }, { id = "provider", kind = "enterprise" },
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
    ///     payments = [ { id = "nights", of = "avoided", schedule = { per_unit = 600 } } ]
    ///     [truth]
    ///     source = "illustrative"
    ///     metrics = [ { id = "nights", counterfactual = 8, effect = 0.5, scatter = "exactly" } ]
    ///     cohorts = [ { id = "2024", date = 2024-12-31, people = 100 } ]
    /// "#)?;
    /// let risk = model.saving_risk(&Simulation::new(100, Seed(7)), &mut |_| ControlFlow::Continue(()))?;
    /// let town = &risk.situation(Situation::AsBelieved).ok_or("told")?.holders[0];
    /// // 400 nights are avoided in truth and 600 are paid for, since the contract takes ten nights for usual, where eight are.
    /// assert!((town.saved.mean - 360_000.0).abs() < 1e-6 && (town.paid.mean - 360_000.0).abs() < 1e-6);
    /// let town = &risk.situation(Situation::NothingWorks).ok_or("told")?.holders[0];
    /// assert_eq!((town.saved.mean, town.paid.mean, town.covers.ok_or("it pays")?.value), (0.0, 120_000.0, 0.0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn saving_risk(
        &self,
        simulation: &Simulation,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<SavingRisk, SavingError> {
        self.saving_risk_in(&Situation::ALL, simulation, progress)
    }

    /// The same in some of the situations; in those of which there is nothing to tell, nothing.
    ///
    /// # Errors
    /// As for [`Model::saving_risk`].
    ///
    /// # Examples
    /// ```
    /// use impact_core::Model;
    /// use impact_core::analysis::risk::Situation;
    /// use impact_core::simulation::{Seed, Simulation};
    /// use std::ops::ControlFlow;
    /// # let text = include_str!("../../../../../fixtures/models/paid-work.toml");
    /// let model = Model::from_toml(text)?;
    /// let asked = Simulation::new(10, Seed(7));
    /// let risk = model.saving_risk_in(&[Situation::NothingWorks], &asked, &mut |_| ControlFlow::Continue(()))?;
    /// // Twenty of a hundred start work anyway: they are paid for, and nothing is saved.
    /// let town = &risk.situations[0].holders[0];
    /// assert_eq!((town.paid.mean, town.saved.mean), (0.4 * 20.0 * 100_000.0, 0.0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn saving_risk_in(
        &self,
        situations: &[Situation],
        simulation: &Simulation,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<SavingRisk, SavingError> {
        let contract = self.contract().ok_or(SavingError::NoContract)?;
        let truth = contract.truth().ok_or(PayoutFault::NoTruth).map_err(crate::analysis::risk::RiskError::from)?;
        let units = per_unit(self, contract, truth)?;
        let risk = contract.risk_in(situations, simulation, progress)?;
        let counted: BTreeSet<&str> = units.iter().map(|unit| unit.told.outcome.as_str()).collect();
        let outcomes = self.outcomes().iter().filter(|outcome| !counted.contains(outcome.id.as_str()));
        Ok(SavingRisk {
            contract: contract.clone(),
            simulation: simulation.clone(),
            left_out: outcomes.map(|outcome| outcome.id.clone()).collect(),
            at_expected_values: uncertain_beside(self, contract),
            situations: risk.situations.iter().map(|found| told(contract, found, &units)).collect(),
            outcomes: units.into_iter().map(|unit| unit.told).collect(),
        })
    }
}

/// Whether a number of the model that is none of its contract is uncertain.
fn uncertain_beside(model: &Model, contract: &Contract) -> bool {
    let mut uncertain = model.assumptions().iter().filter(|number| number.distribution.is_some());
    uncertain.any(|number| contract.slot(&number.address).is_none())
}

fn told(contract: &Contract, found: &SituationRisk, units: &[PerUnit]) -> SituationSaving {
    let savers = units.iter().flat_map(|unit| unit.saved.iter().map(|(saved, ..)| saved.holder));
    let holders: BTreeSet<HolderIndex> = found.by_payer.iter().map(|payer| payer.holder).chain(savers).collect();
    let kind = |holder: HolderIndex| contract.holders().get(holder.position()).map(|holder| holder.kind);
    let is_public = |holder| matches!(kind(holder), Some(HolderKind::Public | HolderKind::Joint));
    let holders = holders.into_iter().map(|holder| of_holder((holder, is_public(holder)), found, units)).collect();
    let expected = |unit: &PerUnit| found.changes.get(unit.of_truth).map_or(0.0, |change| change.change.mean);
    SituationSaving { situation: found.situation, holders, units: units.iter().map(expected).collect() }
}

/// What a holder pays and saves; only money of a public budget is released.
fn of_holder((holder, is_public): (HolderIndex, bool), found: &SituationRisk, units: &[PerUnit]) -> HolderSaving {
    let draws = found.draws().len();
    let mut saved = vec![0.0; draws];
    let mut cashable = is_public.then_some(0.0);
    let mut years: BTreeMap<i32, (f64, f64)> = BTreeMap::new();
    for unit in units {
        let Some(change) = found.changes.get(unit.of_truth) else { continue };
        let mine = || unit.saved.iter().filter(|(saved, ..)| saved.holder == holder);
        let (gains, released) = mine().fold((0.0, 0.0), |sum, (_, gains, part)| (sum.0 + gains, sum.1 + part));
        for (saved, change) in saved.iter_mut().zip(change.draws()) {
            *saved += change * gains;
        }
        cashable = cashable.filter(|_| !unit.in_steps).map(|sum| sum + change.change.mean * released);
        for (saved, gains, _) in mine() {
            years.entry(saved.year.number()).or_default().1 += change.change.mean * gains;
        }
    }
    for paid in found.by_payer_and_year.iter().filter(|paid| paid.holder == holder) {
        years.entry(paid.year).or_default().0 += paid.mean;
    }
    let paid = found.by_payer.iter().find(|payer| payer.holder == holder).map(|payer| payer.draws());
    let paid = paid.map_or_else(|| vec![0.0; draws], <[f64]>::to_vec);
    let net: Vec<f64> = saved.iter().zip(&paid).map(|(saved, paid)| saved - paid).collect();
    let covers = paid.iter().any(|paid| *paid != 0.0);
    let covered = net.iter().filter(|net| **net >= 0.0).count() as u64;
    HolderSaving {
        holder,
        paid: Spread::of(&paid),
        saved: Spread::of(&saved),
        cashable,
        net: Spread::of(&net),
        covers: covers.then(|| chance(covered, draws)),
        years: years
            .into_iter()
            .map(|(year, (paid, saved))| SavingYear { year, paid, saved, net: saved - paid })
            .collect(),
    }
}
