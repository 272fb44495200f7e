//! An appraisal as one document: everything a reader or a service needs, in JSON, numbers as decimal strings.

use super::answer::AnswerReport;
use super::assumptions::{AssumptionRow, assumption_rows};
use super::budget_plans::{BudgetPlanReport, budget_plan_reports};
use super::budgets::{BudgetReport, budget_reports};
use super::evidence::{EvidenceReportRow, evidence_rows};
use super::figures::{FigureRow, measure_rows};
use super::findings::{FindingRow, finding_rows};
use super::ledger::{LedgerRow, ledger_rows};
use super::splits::split_reports;
use super::waterfall::WaterfallReport;
use crate::analysis::BreakEvenError;
use crate::evaluation::{
    Absence, Appraisal, CapacityRow, CountedIn, EnterpriseAccount, GoalCoverage, GroupRow, KindRow, Mvpf, NoTable,
    NonPriced, OutcomeUnits, PocketRow, PocketYear, PriceLevel, Provenance, Split, SplitError,
};
use crate::model::{Default, Holder, Perspective, QuestionError};
use crate::reference::Convention;
use crate::units::{Currency, Label, PriceYear, Year};

/// Everything about an appraisal.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct AppraisalReport<'a> {
    /// What made it.
    pub provenance: Provenance,
    /// What the intervention is called.
    pub name: &'a Label,
    /// What the document says about itself.
    pub description: Option<&'a Label>,
    /// ISO 3166 code of the country.
    pub country: &'a str,
    /// The currency of all amounts.
    pub currency: Currency,
    /// The price level of real amounts.
    pub price_year: PriceYear,
    /// The first year appraised.
    pub start: Year,
    /// How many years are appraised.
    pub horizon: u32,
    /// The year present values are of.
    pub present_value_year: Year,
    /// The rules in force, with the document's own switches in them.
    pub convention: &'a Convention,
    /// Who gains and pays.
    pub holders: &'a [Holder],
    /// Answers to the break-even questions of the document.
    pub answers: Vec<AnswerReport>,
    /// Every measure for society, for all public budgets and for each holder.
    pub measures: Vec<FigureRow>,
    /// Who pays and who gains.
    pub wrong_pocket: Vec<PocketRow>,
    /// When each holder pays and gains, in present values, by kind.
    pub wrong_pocket_years: Vec<PocketYear>,
    /// Present values by kind: of society, all public budgets, each level of government and each holder.
    pub value_by_kind: Vec<KindRow>,
    /// Who should pay for the costs, and for what public budgets pay to others.
    pub splits: Vec<Split>,
    /// The marginal value of public funds, with both its sides; none where the model has no public budget or nobody else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mvpf: Option<Mvpf>,
    /// What each group of people gains and loses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<GroupRow>,
    /// The places that capacities free and release in each year.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub capacities: Vec<CapacityRow>,
    /// What has no price and stands beside the account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub non_priced: Option<NonPriced<'a>>,
    /// Which goals are served by what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goals: Option<GoalCoverage<'a>>,
    /// The enterprise's own account beside that of society, in money of each year and in the model's prices; a level that has no
    /// account is left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub enterprise: Vec<EnterpriseAccount>,
    /// Public budgets by year.
    pub budgets: Vec<BudgetReport>,
    /// The first four years of public budgets, line by line.
    pub budget_plans: Vec<BudgetPlanReport>,
    /// From the gross value of all outcomes to the claimed impact, for society.
    pub waterfall: WaterfallReport,
    /// The causal units of each outcome.
    pub outcome_units: Vec<OutcomeUnits>,
    /// Every number the model rests on.
    pub assumptions: Vec<AssumptionRow<'a>>,
    /// How many of them stand on which footing.
    pub evidence: Vec<EvidenceReportRow>,
    /// What the document left out and the library filled in.
    pub defaults: &'a [Default],
    /// What a careful reader would ask.
    pub findings: Vec<FindingRow>,
    /// Every posting.
    pub ledger: Vec<LedgerRow<'a>>,
}

/// Why a report cannot be made of an appraisal.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// A question of the document has no answer.
    #[error(transparent)]
    Answer(#[from] BreakEvenError),
    /// A holder the model does not have.
    #[error(transparent)]
    Question(#[from] QuestionError),
    /// A sum larger than 28 digits.
    #[error(transparent)]
    Absent(#[from] Absence),
    /// A table that cannot be had.
    #[error(transparent)]
    Table(#[from] NoTable),
    /// A split that cannot be had.
    #[error(transparent)]
    Split(#[from] SplitError),
}

impl<'a> AppraisalReport<'a> {
    /// Everything about an appraisal; the break-even questions of its document are answered on the way.
    ///
    /// # Errors
    /// A break-even question whose search failed, or a sum larger than 28 digits.
    pub fn of(appraisal: &'a Appraisal) -> Result<Self, ReportError> {
        Self::planned(appraisal, None)
    }

    /// The same with budget plans from a year of the reader's choice.
    ///
    /// # Errors
    /// As [`AppraisalReport::of`].
    pub fn planned(appraisal: &'a Appraisal, plan_from: Option<Year>) -> Result<Self, ReportError> {
        let model = appraisal.model();
        let own = model.holders().iter().map(|holder| Perspective::named(&holder.id));
        // Who has standing matters only where somebody has none.
        let everybody = (!model.is_everybody_counted()).then_some(Perspective::Everybody);
        let of_all = [Perspective::Society].into_iter().chain(everybody).chain([Perspective::Public]);
        let perspectives = of_all.chain(own);
        let measures = perspectives.map(|holder| measure_rows(appraisal, &holder)).collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            provenance: appraisal.provenance(),
            name: model.name(),
            description: model.description(),
            country: model.country(),
            currency: model.currency(),
            price_year: model.price_year(),
            start: model.start(),
            horizon: model.horizon(),
            present_value_year: model.present_value_year(),
            convention: model.convention(),
            holders: model.holders(),
            answers: model.answers()?,
            measures: measures.concat(),
            wrong_pocket: appraisal.wrong_pocket()?.rows,
            wrong_pocket_years: appraisal.wrong_pocket_years(CountedIn::PresentValue)?.rows,
            value_by_kind: appraisal.value_by_kind()?,
            splits: split_reports(appraisal)?,
            mvpf: appraisal.mvpf().ok(),
            groups: appraisal.groups()?,
            capacities: appraisal.capacities()?,
            non_priced: appraisal.non_priced(),
            goals: appraisal.goals()?,
            enterprise: enterprise_accounts(appraisal)?,
            budgets: budget_reports(appraisal)?,
            budget_plans: budget_plan_reports(appraisal, plan_from)?,
            waterfall: WaterfallReport::of(appraisal, Perspective::Society)?,
            outcome_units: appraisal.outcome_units().to_vec(),
            assumptions: assumption_rows(model),
            evidence: evidence_rows(appraisal)?,
            defaults: model.defaults(),
            findings: finding_rows(appraisal.findings()),
            ledger: ledger_rows(appraisal),
        })
    }
}

/// The accounts of an enterprise; none at a level of prices that is not known of every year.
fn enterprise_accounts(appraisal: &Appraisal) -> Result<Vec<EnterpriseAccount>, Absence> {
    let mut accounts = Vec::new();
    for level in [PriceLevel::Nominal, PriceLevel::Real] {
        match appraisal.enterprise(level) {
            Some(Ok(account)) => accounts.push(account),
            None | Some(Err(Absence::NoPriceLevel { .. })) => {}
            Some(Err(fault)) => return Err(fault),
        }
    }
    Ok(accounts)
}
