//! Budget plans as rows: four years of a public budget, one cell a row.

use super::names::owner_name;
use crate::address::Address;
use crate::evaluation::{Appraisal, BudgetPlan, PlanRow, PlanRowKind};
use crate::model::{HolderKind, Model, Perspective, QuestionError};
use crate::units::{Label, Year};
use rust_decimal::Decimal;

/// The budget plan of one holder, or why there is none.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct BudgetPlanReport {
    /// Whose.
    pub holder: Perspective,
    /// The years of the plan.
    pub years: Vec<Year>,
    /// Row by row, and in each row year by year.
    pub rows: Vec<BudgetPlanRow>,
    /// Why there is no plan.
    pub absent: Option<Label>,
}

/// One row of a plan in one year. Gains are positive, payments negative.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct BudgetPlanRow {
    /// What the row is.
    pub row: PlanRowKind,
    /// What it is called.
    pub name: Label,
    /// The address of the cost, transfer or value; none for what rows add up to.
    pub cause: Option<Address>,
    /// The calendar year.
    pub year: Year,
    /// The exact amount in money of the year.
    pub amount: Option<Decimal>,
    /// The amount in whole thousands, rounded so that rows and years add up.
    pub thousands: Option<Decimal>,
    /// Why there is no amount.
    pub absent: Option<Label>,
}

impl BudgetPlanReport {
    /// The budget plan of a perspective, from a year or else from the first year appraised.
    ///
    /// # Errors
    /// A holder the model does not have.
    pub fn of(appraisal: &Appraisal, holder: Perspective, first_year: Option<Year>) -> Result<Self, QuestionError> {
        Ok(match appraisal.budget_plan(&holder, first_year)? {
            Ok(plan) => {
                Self { holder, years: plan.years.clone(), rows: plan_rows(appraisal.model(), &plan), absent: None }
            }
            Err(absence) => Self { holder, years: vec![], rows: vec![], absent: Some(absence.label()) },
        })
    }
}

/// The plans of all public budgets together and of each alone.
///
/// # Errors
/// None for a model that was read: its own holders are asked for.
pub fn budget_plan_reports(
    appraisal: &Appraisal,
    first_year: Option<Year>,
) -> Result<Vec<BudgetPlanReport>, QuestionError> {
    let public = appraisal.model().holders().iter().filter(|holder| holder.kind == HolderKind::Public);
    let holders = std::iter::once(Perspective::Public).chain(public.map(|holder| Perspective::named(&holder.id)));
    holders.map(|holder| BudgetPlanReport::of(appraisal, holder, first_year)).collect()
}

fn plan_rows(model: &Model, plan: &BudgetPlan) -> Vec<BudgetPlanRow> {
    plan.rows.iter().flat_map(|row| cells(model, row)).collect()
}

fn cells<'a>(model: &'a Model, row: &'a PlanRow) -> impl Iterator<Item = BudgetPlanRow> + 'a {
    let named = row.cause.as_ref().and_then(|cause| owner_name(model, cause)).cloned();
    let name = named.unwrap_or_else(|| plan_row_name(row.kind));
    row.cells.iter().map(move |cell| BudgetPlanRow {
        row: row.kind,
        name: name.clone(),
        cause: row.cause.clone(),
        year: cell.year,
        amount: cell.amount.as_ref().ok().copied(),
        thousands: cell.thousands,
        absent: cell.amount.as_ref().err().map(|absence| absence.label()),
    })
}

/// What a kind of row is called where it has no name of its own.
///
/// # Examples
/// ```
/// use impact_core::evaluation::PlanRowKind;
/// assert_eq!(impact_core::report::plan_row_name(PlanRowKind::Net).nb.as_deref(), Some("netto"));
/// ```
pub fn plan_row_name(kind: PlanRowKind) -> Label {
    let (en, nb) = match kind {
        PlanRowKind::Cost => ("cost", "kostnad"),
        PlanRowKind::TransferPaid => ("transfer paid", "betalt overføring"),
        PlanRowKind::TransferReceived => ("transfer received", "mottatt overføring"),
        PlanRowKind::Reimbursement => ("reimbursement", "refusjon"),
        PlanRowKind::Outcome => ("outcome", "virkning"),
        PlanRowKind::Displaced => ("displaced outcome", "fortrengt virkning"),
        PlanRowKind::Net => ("net", "netto"),
        PlanRowKind::Cumulative => ("added up over the plan", "samlet i planperioden"),
        PlanRowKind::SinceStart => ("added up since the start", "samlet siden start"),
        PlanRowKind::Cashable => ("of the outcomes, cashable", "realiserbart av virkningene"),
    };
    Label::both(en, nb)
}
