//! What investors may earn and lose, and what is left to those who deliver, as rows.
//!
//! One rule: a rate is told with the draws that have none, and why.

use super::cash_flows::refused;
use super::risk::{RiskProvenance, contract_marks, holder};
use super::risk_words::{situation_meaning, situation_name};
use crate::analysis::risk::{InvestorRisk, ProviderRisk, ReturnRisk, Situation, SituationReturns, Spread};
use crate::cash_flow::{DayCount, InternalRate};
use crate::model::{Contract, Marks};
use crate::simulation::Estimate;
use crate::units::Label;

/// The returns of a contract with everything that is told of them.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct ReturnRiskReport {
    /// What the contract is called.
    pub name: Label,
    /// The currency of every amount, nominal.
    pub currency: String,
    /// Whether any number of the terms or the truth is illustrative or unverified.
    #[serde(flatten)]
    pub marks: Marks,
    /// What made it.
    pub provenance: RiskProvenance,
    /// How many of the first draws were settled in each situation.
    pub settled: u64,
    /// How years are counted in rates of return.
    pub day_count: DayCount,
    /// As believed, and where nothing works, with the contract's baseline right and as the truth has it.
    pub situations: Vec<ReturnSituationRow>,
}

/// Returns in a situation.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct ReturnSituationRow {
    /// What is supposed, as a word.
    pub situation: Situation,
    /// What it is called.
    pub name: Label,
    /// What it means.
    pub meaning: Label,
    /// What is paid for results in all, fees with it.
    pub paid: Spread,
    /// Draws in which the service cannot be paid for: what follows is of the others.
    pub not_funded: u64,
    /// Who lends.
    pub investors: Vec<InvestorRow>,
    /// Who delivers.
    pub providers: Vec<ProviderRow>,
}

/// What one investor may earn or lose.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct InvestorRow {
    /// The id of the holder.
    pub holder: String,
    /// What it is called.
    pub name: Label,
    /// What it receives less what it pays.
    pub total: Option<Spread>,
    /// The chance that it receives less than it pays.
    pub chance_of_loss: Option<Estimate>,
    /// The internal rate of return per year of the expected flows, which counts what is lost.
    pub rate_of_expected: Option<f64>,
    /// Its standard error.
    pub rate_of_expected_error: Option<f64>,
    /// Why there is not exactly one.
    pub why_no_rate_of_expected: Option<Label>,
    /// The median of `rate`.
    pub median_rate: Option<f64>,
    /// Its standard error.
    pub median_rate_error: Option<f64>,
    /// How the rate spreads over the draws that have one, and those in which nothing came back, which count as −100 %.
    pub rate: Option<Spread>,
    /// How many draws have exactly one rate.
    pub with_one_rate: u64,
    /// In how many nothing came back.
    pub lost_all: u64,
    /// How many draws are left out of every figure, since the service cannot be paid for in them.
    pub not_funded: u64,
    /// Draws without one, by reason.
    pub without_rate: Vec<WithoutRateRow>,
    /// How all that it receives over all that it pays spreads.
    pub multiple: Option<Spread>,
    /// Draws without a multiple: nothing was put in, or all on one day.
    pub without_multiple: u64,
}

/// Draws that do not have exactly one rate.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct WithoutRateRow {
    /// Why.
    pub reason: Label,
    /// How many.
    pub draws: u64,
}

/// What is left to one holder who delivers.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct ProviderRow {
    /// The id of the holder.
    pub holder: String,
    /// What it is called.
    pub name: Label,
    /// What it receives less what delivery costs it and what else it pays.
    pub total: Option<Spread>,
    /// The chance that it receives less than it pays.
    pub chance_of_loss: Option<Estimate>,
    /// How many draws are left out of every figure, since the service cannot be paid for in them.
    pub not_funded: u64,
}

impl ReturnRiskReport {
    /// Returns as they are told.
    ///
    /// # Examples
    /// ```
    /// use impact_core::Model;
    /// use impact_core::report::ReturnRiskReport;
    /// use impact_core::simulation::{Seed, Simulation};
    /// use std::ops::ControlFlow;
    /// # let text = include_str!("../../../fixtures/models/larvik-contract.toml");
    /// let model = Model::from_toml(text)?;
    /// let contract = model.contract().ok_or("a contract")?;
    /// let risk = contract.return_risk(100, &Simulation::new(100, Seed(7)), &mut |_| ControlFlow::Continue(()))?;
    /// let believed = &ReturnRiskReport::of(&risk).situations[0];
    /// assert_eq!((believed.name.en.as_str(), believed.investors[0].holder.as_str()), ("As believed", "ferd"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(risk: &ReturnRisk) -> Self {
        let contract = &risk.contract;
        let finance = contract.terms().finance.as_ref();
        Self {
            name: contract.name().clone(),
            currency: contract.currency().to_string(),
            marks: contract_marks(contract),
            provenance: RiskProvenance::of(contract, &risk.simulation),
            settled: risk.settled,
            day_count: finance.map_or_else(DayCount::default, |finance| finance.day_count),
            situations: risk.situations.iter().map(|found| ReturnSituationRow::of(contract, found)).collect(),
        }
    }
}

impl ReturnSituationRow {
    fn of(contract: &Contract, found: &SituationReturns) -> Self {
        Self {
            situation: found.situation,
            name: situation_name(found.situation),
            meaning: situation_meaning(found.situation),
            paid: found.paid,
            not_funded: found.not_funded,
            investors: found.investors.iter().map(|row| investor(contract, row, found.not_funded)).collect(),
            providers: found.providers.iter().map(|row| provider(contract, row, found.not_funded)).collect(),
        }
    }
}

fn investor(contract: &Contract, found: &InvestorRisk, not_funded: u64) -> InvestorRow {
    let (id, name) = holder(contract, found.holder);
    let expected = &found.rate_of_expected;
    InvestorRow {
        holder: id,
        name,
        total: found.total,
        chance_of_loss: found.chance_of_loss,
        rate_of_expected: expected.as_ref().ok().and_then(InternalRate::unique),
        rate_of_expected_error: found.rate_of_expected_error,
        why_no_rate_of_expected: expected.as_ref().map_or_else(|error| Some(refused(error)), InternalRate::reason),
        median_rate: found.rate.spread.map(|spread| spread.p50),
        median_rate_error: found.rate.median_error,
        rate: found.rate.spread,
        with_one_rate: found.rate.one,
        lost_all: found.rate.lost_all,
        not_funded,
        without_rate: without_rate(found),
        multiple: found.multiple.spread,
        without_multiple: found.multiple.none,
    }
}

fn without_rate(found: &InvestorRisk) -> Vec<WithoutRateRow> {
    let several = Label::both("several rates balance the flows", "flere renter gir balanse");
    let one_day = Label::both("all money moves on one day", "alle penger flyttes på én dag");
    let reasons = found.rate.none.iter().map(|(why, draws)| (why.label(), *draws));
    let rows = reasons.chain([(several, found.rate.several), (one_day, found.rate.one_day)]);
    rows.filter(|(_, draws)| *draws > 0).map(|(reason, draws)| WithoutRateRow { reason, draws }).collect()
}

fn provider(contract: &Contract, found: &ProviderRisk, not_funded: u64) -> ProviderRow {
    let (id, name) = holder(contract, found.holder);
    ProviderRow { holder: id, name, total: found.total, chance_of_loss: found.chance_of_loss, not_funded }
}
