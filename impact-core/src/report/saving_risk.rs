//! What each holder pays for results beside what it saves by them, as rows.
//!
//! One rule: a payment never stands without the saving of the same holder, nor a sum without its years.

use super::assumptions::AssumptionRow;
use super::risk::{RiskProvenance, contract_marks, holder};
use super::risk_words::{situation_meaning, situation_name};
use super::unit_savings::{SavingPrices, UnitPriceRow, UnitSavingRow, numbers, rows};
use crate::address::Address;
use crate::analysis::risk::{
    FairShares, HolderSaving, SavedOutcome, SavingRisk, SavingYear, Situation, SituationSaving, Spread,
};
use crate::model::{Contract, HolderIndex, Marks, Model};
use crate::simulation::Estimate;
use crate::units::{Label, Unit};

/// Payments beside savings with everything that is told of them.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct SavingRiskReport<'a> {
    /// What the contract is called.
    pub name: Label,
    /// The currency of every amount, in money of its year.
    pub currency: String,
    /// Whether any number of the contract, or of what its results save, is illustrative or unverified.
    #[serde(flatten)]
    pub marks: Marks,
    /// What made it.
    pub provenance: RiskProvenance,
    /// The outcomes whose savings are counted.
    pub outcomes: Vec<SavedOutcomeRow>,
    /// The outcomes of the model that are left out, since no metric of the truth names them.
    pub left_out: Vec<LeftOutRow>,
    /// Whether other numbers of the model are uncertain: they stand at their expected values.
    pub at_expected_values: bool,
    /// The prices that savings are told in.
    pub prices: SavingPrices,
    /// The numbers of the model that they rest on, with their sources.
    pub numbers: Vec<AssumptionRow<'a>>,
    /// What is paid and saved in each situation.
    pub situations: Vec<SavingSituationRow>,
}

/// An outcome whose saving is counted.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct SavedOutcomeRow {
    /// The id of the outcome.
    pub outcome: String,
    /// What it is called.
    pub name: Label,
    /// The id of the metric whose true change counts its units.
    pub metric: String,
    /// Other metrics that name it too, and are not counted once more.
    pub beside: Vec<String>,
    /// What one of them is.
    pub unit: Option<Unit>,
    /// What a unit is worth by each value that saves anybody anything.
    pub values: Vec<UnitPriceRow>,
    /// What a unit saves each holder in each year by each of them.
    pub savings: Vec<UnitSavingRow>,
}

/// An outcome whose saving is left out.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct LeftOutRow {
    /// The id of the outcome.
    pub outcome: String,
    /// What it is called.
    pub name: Label,
}

/// Payments and savings in a situation.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct SavingSituationRow {
    /// What is supposed, as a word.
    pub situation: Situation,
    /// What it is called.
    pub name: Label,
    /// What it means.
    pub meaning: Label,
    /// Every holder that pays or saves.
    pub holders: Vec<HolderSavingRow>,
    /// How many units of each outcome are expected, which the saving of a unit is multiplied by.
    pub units: Vec<ExpectedUnitsRow>,
    /// How those who pay may share so that none is worse off.
    pub fair_shares: FairSharesRow,
}

/// How many units of an outcome are expected.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct ExpectedUnitsRow {
    /// The id of the outcome.
    pub outcome: String,
    /// On average over the draws.
    pub units: f64,
}

/// What one holder pays and saves.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct HolderSavingRow {
    /// The id of the holder.
    pub holder: String,
    /// What it is called.
    pub name: Label,
    /// What it pays over all years.
    pub paid: Spread,
    /// What it saves over all years.
    pub saved: Spread,
    /// The part of the saving that is expected to release money: none of who has no public budget, and where places close in steps.
    pub cashable: Option<f64>,
    /// What it saves less what it pays.
    pub net: Spread,
    /// The probability that it saves at least what it pays; none of who pays nothing.
    pub covers: Option<Estimate>,
    /// Year by year, on average.
    pub years: Vec<SavingYear>,
}

/// Whether payers can share what they pay so that none is worse off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FairSharesStatus {
    /// There are such shares.
    Exists,
    /// Together they save less than they pay.
    Missing,
    /// Some of them lose before they pay anything.
    Losing,
    /// Nothing is expected to be paid.
    NothingToPay,
}

/// How those who pay may share so that none is worse off.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct FairSharesRow {
    /// Whether they can.
    pub status: FairSharesStatus,
    /// What they save less than they pay, all together; zero where there are shares.
    pub missing: f64,
    /// The shares of each payer, where there are such shares.
    pub shares: Vec<FairShareRow>,
    /// The ids of those who lose before they pay.
    pub losing: Vec<String>,
}

/// The shares that leave one payer, with the right shares of the others, no worse off.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct FairShareRow {
    /// The id of the holder.
    pub holder: String,
    /// What it is called.
    pub name: Label,
    /// What the others cannot take.
    pub least: f64,
    /// What it saves, as a share of the payment.
    pub most: f64,
}

impl<'a> SavingRiskReport<'a> {
    /// Payments and savings of a model as they are told.
    ///
    /// # Examples
    /// ```
    /// use impact_core::Model;
    /// use impact_core::report::{FairSharesStatus, SavingRiskReport};
    /// use impact_core::simulation::{Seed, Simulation};
    /// use std::ops::ControlFlow;
    /// # let text = include_str!("../../../fixtures/models/larvik-contract.toml");
    /// let model = Model::from_toml(text)?;
    /// let risk = model.saving_risk(&Simulation::new(100, Seed(7)), &mut |_| ControlFlow::Continue(()))?;
    /// let believed = &SavingRiskReport::of(&model, &risk).situations[0];
    /// assert_eq!(believed.holders[1].name.nb.as_deref(), Some("Larvik kommune"));
    /// assert_eq!(believed.fair_shares.status, FairSharesStatus::Missing);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(model: &'a Model, risk: &SavingRisk) -> Self {
        let contract = &risk.contract;
        let prices = SavingPrices::of(model, &risk.outcomes);
        let left_out = risk.left_out.iter().map(|id| LeftOutRow { outcome: id.clone(), name: outcome_name(model, id) });
        Self {
            name: contract.name().clone(),
            currency: contract.currency().to_string(),
            marks: paid_for_marks(model, contract),
            provenance: RiskProvenance::of(contract, &risk.simulation),
            outcomes: risk.outcomes.iter().map(|row| outcome(model, contract, row)).collect(),
            left_out: left_out.collect(),
            at_expected_values: risk.at_expected_values,
            numbers: numbers(model, &risk.outcomes, &prices),
            prices,
            situations: risk.situations.iter().map(|found| SavingSituationRow::of(risk, found)).collect(),
        }
    }
}

impl SavingSituationRow {
    fn of(risk: &SavingRisk, found: &SituationSaving) -> Self {
        let contract = &risk.contract;
        let units = risk.outcomes.iter().zip(&found.units);
        Self {
            situation: found.situation,
            name: situation_name(found.situation),
            meaning: situation_meaning(found.situation),
            holders: found.holders.iter().map(|row| saving(contract, row)).collect(),
            units: units.map(|(row, units)| ExpectedUnitsRow { outcome: row.outcome.clone(), units: *units }).collect(),
            fair_shares: FairSharesRow::of(contract, found.fair_shares()),
        }
    }
}

impl FairSharesRow {
    /// Shares as they are told.
    pub fn of(contract: &Contract, found: FairShares) -> Self {
        let empty = |status| Self { status, missing: 0.0, shares: Vec::new(), losing: Vec::new() };
        let id = |index: HolderIndex| holder(contract, index).0;
        match found {
            FairShares::NothingPaid => empty(FairSharesStatus::NothingToPay),
            FairShares::Lacking(missing) => Self { missing, ..empty(FairSharesStatus::Missing) },
            FairShares::Losing(losing) => {
                Self { losing: losing.into_iter().map(id).collect(), ..empty(FairSharesStatus::Losing) }
            }
            FairShares::Shares(shares) => {
                let row = |share: crate::analysis::risk::FairShare| {
                    let (id, name) = holder(contract, share.holder);
                    FairShareRow { holder: id, name, least: share.least, most: share.most }
                };
                Self { shares: shares.into_iter().map(row).collect(), ..empty(FairSharesStatus::Exists) }
            }
        }
    }
}

/// The marks of the contract, and of every number of the model but those of costs, transfers and outcomes that it does not pay for.
pub(super) fn paid_for_marks(model: &Model, contract: &Contract) -> Marks {
    let metrics = contract.truth().into_iter().flat_map(|truth| &truth.metrics);
    let named = metrics.filter_map(|metric| contract.terms().metrics.get(metric.metric)?.outcome.as_deref());
    let paid_for: Vec<&str> = named.collect();
    let aside = |address: &Address| {
        let mut parts = address.segments();
        match parts.next() {
            Some("costs" | "transfers" | "reimbursements") => true,
            Some("outcomes") => parts.next().is_none_or(|id| !paid_for.contains(&id)),
            _ => false,
        }
    };
    let moving = model.assumptions().iter().filter(|number| !number.used_at.iter().all(aside));
    moving.fold(contract_marks(contract), |marks, number| marks.or(number.marks))
}

fn outcome_name(model: &Model, id: &str) -> Label {
    let found = model.outcomes().iter().find(|outcome| outcome.id == id);
    found.map_or_else(|| Label::plain(id), |outcome| outcome.name.clone())
}

fn outcome(model: &Model, contract: &Contract, found: &SavedOutcome) -> SavedOutcomeRow {
    let (values, savings) = rows(model, contract, found);
    let metric = |at: usize| contract.terms().metrics.get(at).map(|metric| metric.id.clone()).unwrap_or_default();
    SavedOutcomeRow {
        outcome: found.outcome.clone(),
        name: outcome_name(model, &found.outcome),
        metric: metric(found.metric),
        beside: found.beside.iter().copied().map(metric).collect(),
        unit: model.outcomes().iter().find(|outcome| outcome.id == found.outcome).map(|outcome| outcome.unit.clone()),
        values,
        savings,
    }
}

fn saving(contract: &Contract, found: &HolderSaving) -> HolderSavingRow {
    let (id, name) = holder(contract, found.holder);
    HolderSavingRow {
        holder: id,
        name,
        paid: found.paid,
        saved: found.saved,
        cashable: found.cashable,
        net: found.net,
        covers: found.covers,
        years: found.years.clone(),
    }
}
