//! The risk of a contract as rows: what it pays in each situation, by whom, for what and when.
//!
//! One rule: a chance that was drawn stands with its standard error, one that was worked out without any.

use super::assumptions::{AssumptionRow, contract_assumption_rows};
use super::measurable::{MeasurableRow, measurable_rows};
use super::risk_settings::{SettingRow, setting_rows};
use super::risk_words::{situation_meaning, situation_name};
use crate::analysis::risk::{
    ChangeTold, ContractRisk, ExactRisk, PayerRisk, PaymentRisk, RefundRisk, Situation, SituationRisk, Spread, YearPaid,
};
use crate::model::terms::MetricKind;
use crate::model::{Assumption, Contract, Default, Direction, HolderIndex, Marks};
use crate::simulation::{Estimate, Points, Simulation};
use crate::units::Label;

/// The risk of a contract with everything that is told of it.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct ContractRiskReport<'a> {
    /// What the contract is called.
    pub name: Label,
    /// What it is, in the author's words.
    pub description: Option<Label>,
    /// What its author warns of in the truth.
    pub note: Option<Label>,
    /// The currency of every amount, nominal.
    pub currency: String,
    /// Whether any number of the terms or the truth is illustrative or unverified.
    #[serde(flatten)]
    pub marks: Marks,
    /// What made it: the same provenance gives the same bits on one build target.
    pub provenance: RiskProvenance,
    /// What it pays in each situation.
    pub situations: Vec<SituationRow>,
    /// What the comparisons of the terms can tell from chance.
    pub measurable: Vec<MeasurableRow>,
    /// Every number of the terms and of the truth, in the order of the document.
    pub assumptions: Vec<AssumptionRow<'a>>,
    /// What they rest on beside numbers: days, and how what is observed scatters.
    pub settings: Vec<SettingRow>,
    /// What the terms left out.
    pub defaults: Vec<Default>,
}

/// The terms, and what decides the draws.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct RiskProvenance {
    /// SHA-256 of the terms as written, with the parties and shared numbers they rest on.
    pub contract_hash: String,
    /// The version of this crate.
    pub version: &'static str,
    /// The seed.
    pub seed: u64,
    /// How draws cover what may happen.
    pub points: Points,
    /// How many there are of each situation.
    pub draws: u64,
}

/// What a contract pays in a situation.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct SituationRow {
    /// What is supposed, as a word.
    pub situation: Situation,
    /// What it is called.
    pub name: Label,
    /// What it means.
    pub meaning: Label,
    /// The chance that anything is paid for a result; fees are not counted.
    pub chance_of_paying: Estimate,
    /// The same, and what is expected to be paid, without simulation; none where more than counts is left to chance.
    pub exact: Option<ExactRisk>,
    /// What is paid in all.
    pub paid: Spread,
    /// What goes back to the payers; none where nothing does in any draw.
    pub refunds: Option<RefundRisk>,
    /// The share of draws in which a share or rate had to be held at an end of what there can be.
    pub held: f64,
    /// Who pays.
    pub by_payer: Vec<RiskPayerRow>,
    /// What for.
    pub by_payment: Vec<RiskPaymentRow>,
    /// When.
    pub by_year: Vec<RiskYearRow>,
    /// What those reached are better off in truth.
    pub changes: Vec<RiskChangeRow>,
}

/// What one payer pays.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct RiskPayerRow {
    /// The id of the holder.
    pub payer: String,
    /// What it is called.
    pub name: Label,
    /// The chance that it pays anything for a result; fees are not counted.
    pub chance_of_paying: Estimate,
    /// How much.
    pub paid: Spread,
}

/// What is paid of one payment of the terms.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct RiskPaymentRow {
    /// The id of the payment.
    pub payment: String,
    /// What it is called.
    pub name: Label,
    /// The chance that anything is paid of it.
    pub chance_of_paying: Estimate,
    /// What is paid of it on average.
    pub mean: f64,
}

/// What one payer is expected to pay in one year.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct RiskYearRow {
    /// The id of the holder.
    pub payer: String,
    /// What it is called.
    pub name: Label,
    /// The year in which it is due.
    pub year: i32,
    /// On average.
    pub mean: f64,
    /// The standard error of that; none of one draw.
    pub standard_error: Option<f64>,
}

/// What those reached are better off in one metric, all of them together.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct RiskChangeRow {
    /// The id of the metric.
    pub metric: String,
    /// What it is called.
    pub name: Label,
    /// What is counted, where the terms say it.
    pub unit: Option<String>,
    /// What kind of figure it is: people and events are fewer or more, money and what is reported lower or higher.
    pub kind: MetricKind,
    /// Which way is wanted, which the change counts; none where nothing is compared, and more is.
    pub direction: Option<Direction>,
    /// Above zero the way that is wanted.
    pub change: Spread,
}

impl<'a> ContractRiskReport<'a> {
    /// A risk as it is told.
    pub fn of(risk: &'a ContractRisk) -> Self {
        let contract = &risk.contract;
        Self {
            name: contract.name().clone(),
            description: contract.description().cloned(),
            note: contract.truth().and_then(|truth| truth.note.clone()),
            currency: contract.currency().to_string(),
            marks: contract_marks(contract),
            provenance: RiskProvenance::of(contract, &risk.simulation),
            situations: risk.situations.iter().map(|found| SituationRow::of(contract, found)).collect(),
            // Whoever has a risk has a truth.
            measurable: measurable_rows(contract).unwrap_or_default(),
            assumptions: contract_assumption_rows(contract),
            settings: setting_rows(contract),
            defaults: contract.defaults().to_vec(),
        }
    }
}

impl RiskProvenance {
    /// Of a contract and what decides its draws.
    pub(super) fn of(contract: &Contract, simulation: &Simulation) -> Self {
        Self {
            contract_hash: contract.hash().as_str().to_owned(),
            version: env!("CARGO_PKG_VERSION"),
            seed: simulation.seed().0,
            points: simulation.points(),
            draws: simulation.draws(),
        }
    }
}

impl SituationRow {
    fn of(contract: &Contract, found: &SituationRisk) -> Self {
        Self {
            situation: found.situation,
            name: situation_name(found.situation),
            meaning: situation_meaning(found.situation),
            chance_of_paying: found.chance_of_paying,
            exact: found.exact,
            paid: found.paid,
            refunds: found.refunds,
            held: found.held,
            by_payer: found.by_payer.iter().map(|row| payer(contract, row)).collect(),
            by_payment: found.by_payment.iter().filter_map(|row| payment(contract, row)).collect(),
            by_year: found.by_payer_and_year.iter().map(|row| year(contract, row)).collect(),
            changes: found.changes.iter().filter_map(|row| change(contract, row)).collect(),
        }
    }
}

/// The marks of every number of a contract and its truth, and of the indices that carry its prices.
///
/// # Examples
/// ```
/// # let text = include_str!("../../../fixtures/contracts/larvik-for-nothing.toml");
/// let contract = impact_core::Contract::from_toml(text)?;
/// assert!(impact_core::report::contract_marks(&contract).illustrative);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn contract_marks(contract: &Contract) -> Marks {
    marks_of(contract, |_| true)
}

/// The marks of some numbers of a contract, and of the indices that carry its prices.
pub(super) fn marks_of(contract: &Contract, counts: impl Fn(&Assumption) -> bool) -> Marks {
    let numbers = contract.assumptions().iter().filter(|number| counts(number)).map(|number| number.marks);
    let carried = contract.terms().payments.iter().filter_map(|payment| Some(payment.indexed.as_ref()?.marks));
    numbers.chain(carried).fold(Marks::default(), Marks::or)
}

/// The id and the name of a holder.
pub(super) fn holder(contract: &Contract, index: HolderIndex) -> (String, Label) {
    let holder = contract.holders().get(index.position());
    holder.map_or_else(|| (String::new(), Label::plain("")), |holder| (holder.id.clone(), holder.name.clone()))
}

fn payer(contract: &Contract, row: &PayerRisk) -> RiskPayerRow {
    let (payer, name) = holder(contract, row.holder);
    RiskPayerRow { payer, name, chance_of_paying: row.chance_of_paying, paid: row.paid }
}

fn payment(contract: &Contract, row: &PaymentRisk) -> Option<RiskPaymentRow> {
    let payment = contract.terms().payments.get(row.payment)?;
    let (id, name) = (payment.id.clone(), payment.name.clone());
    Some(RiskPaymentRow { payment: id, name, chance_of_paying: row.chance_of_paying, mean: row.mean })
}

fn year(contract: &Contract, row: &YearPaid) -> RiskYearRow {
    let (payer, name) = holder(contract, row.holder);
    RiskYearRow { payer, name, year: row.year, mean: row.mean, standard_error: row.standard_error }
}

fn change(contract: &Contract, row: &ChangeTold) -> Option<RiskChangeRow> {
    let metric = contract.terms().metrics.get(row.metric)?;
    Some(RiskChangeRow {
        metric: metric.id.clone(),
        name: metric.name.clone(),
        unit: metric.unit.as_ref().map(ToString::to_string),
        kind: metric.kind,
        direction: metric.direction,
        change: row.change,
    })
}
