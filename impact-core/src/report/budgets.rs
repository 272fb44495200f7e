//! Budgets as rows: every public budget, in real and nominal krone.

use crate::evaluation::{Absence, Appraisal, Budget, BudgetRow, PriceLevel};
use crate::model::{HolderKind, Perspective, QuestionError};
use crate::units::{Label, Year};

/// The budget of one holder at one price level, or why there is none.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct BudgetReport {
    /// Whose.
    pub holder: Perspective,
    /// In which krone.
    pub price_level: PriceLevel,
    /// A row for each year appraised.
    pub rows: Vec<BudgetRow>,
    /// The first year from which the cumulative net saving stays at or above zero.
    pub break_even_year: Option<Year>,
    /// Why there is no such year.
    pub why_no_break_even_year: Option<Label>,
    /// Why there is no budget.
    pub absent: Option<Label>,
}

impl BudgetReport {
    /// The budget of a perspective.
    ///
    /// # Errors
    /// A holder the model does not have.
    pub fn of(appraisal: &Appraisal, holder: Perspective, price_level: PriceLevel) -> Result<Self, QuestionError> {
        let budget = appraisal.budget(&holder, price_level)?;
        Ok(Self::from_budget(holder, price_level, budget))
    }

    fn from_budget(holder: Perspective, price_level: PriceLevel, budget: Result<Budget, Absence>) -> Self {
        let none = Self {
            holder,
            price_level,
            rows: vec![],
            break_even_year: None,
            why_no_break_even_year: None,
            absent: None,
        };
        match budget {
            Ok(budget) => Self {
                rows: budget.rows,
                break_even_year: budget.break_even_year.as_ref().ok().copied(),
                why_no_break_even_year: budget.break_even_year.err().map(|absence| absence.label()),
                ..none
            },
            Err(absence) => Self { absent: Some(absence.label()), ..none },
        }
    }
}

/// All public budgets together and each alone, at both price levels.
///
/// # Errors
/// None for a model that was read: its own holders are asked for.
pub fn budget_reports(appraisal: &Appraisal) -> Result<Vec<BudgetReport>, QuestionError> {
    let public = appraisal.model().holders().iter().filter(|holder| holder.kind == HolderKind::Public);
    let holders = std::iter::once(Perspective::Public).chain(public.map(|holder| Perspective::named(&holder.id)));
    let both = |holder: Perspective| [(holder.clone(), PriceLevel::Real), (holder, PriceLevel::Nominal)];
    holders.flat_map(both).map(|(holder, level)| BudgetReport::of(appraisal, holder, level)).collect()
}
