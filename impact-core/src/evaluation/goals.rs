//! Goals in results: what serves each of them and how much, and what serves none.
//!
//! One rule: values are never added over goals: an outcome that serves two stands under both, and once in the whole.
//!
//! # Formula
//! ```text
//! goal   = Σ over its outcomes of what society gains by them, in present value
//! served = Σ over outcomes that serve any goal, each once
//! whole  = served + Σ over outcomes that serve none
//! ```

use super::appraisal::Appraisal;
use super::basis::Basis;
use super::figure::NoTable;
use super::line::{Class, Line};
use super::view::View;
use crate::model::{Goal, Marks, Measure, Perspective, Question};
use crate::number::Exact;
use crate::reference::Consequence;
use crate::units::Unit;
use rust_decimal::Decimal;

/// Which goals are served by what.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct GoalCoverage<'a> {
    /// The goals, in the order of the document.
    pub goals: Vec<GoalRow<'a>>,
    /// The ids of the goals that nothing serves.
    pub unserved: Vec<&'a str>,
    /// The ids of the outcomes that serve no goal.
    pub outcomes_without_goal: Vec<&'a str>,
    /// The ids of the effects without a price that serve no goal.
    pub non_priced_without_goal: Vec<&'a str>,
    /// The ids of the outcomes that serve several goals, and keep the values of goals from being added.
    pub several: Vec<&'a str>,
    /// What all outcomes are worth to society, in present value.
    pub whole: Decimal,
    /// What those that serve a goal are worth, each counted once.
    pub served: Decimal,
}

/// A goal with what serves it.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct GoalRow<'a> {
    /// The goal.
    #[serde(flatten)]
    pub goal: &'a Goal,
    /// The outcomes that serve it.
    pub outcomes: Vec<GoalOutcome<'a>>,
    /// The effects without a price that serve it.
    pub non_priced: Vec<GoalEffect<'a>>,
    /// What its outcomes are worth to society, in present value. It is not to be added to that of another goal.
    pub present_value: Decimal,
}

/// An outcome that serves a goal.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct GoalOutcome<'a> {
    /// The id of the outcome.
    pub outcome: &'a str,
    /// Causal units that start.
    pub started: Decimal,
    /// What one of them is.
    pub unit: &'a Unit,
    /// What accrues in the years appraised.
    pub accrued: Decimal,
    /// What it is counted in.
    pub accrued_unit: &'a Unit,
    /// What it is worth to society, in present value.
    pub present_value: Decimal,
    /// How many other goals it serves too.
    pub other_goals: usize,
    /// Whether that rests on invented or unread numbers.
    #[serde(flatten)]
    pub marks: Marks,
}

/// An effect without a price that serves a goal.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct GoalEffect<'a> {
    /// The id of the effect.
    pub id: &'a str,
    /// What it comes to on the plus-minus scale.
    pub consequence: Consequence,
    /// Whether it is invented, or the scale was not read at its source.
    #[serde(flatten)]
    pub marks: Marks,
}

impl Appraisal {
    /// Which goals are served by what; none where the document has no goals.
    ///
    /// # Errors
    /// A sum larger than 28 digits.
    pub fn goals(&self) -> Result<Option<GoalCoverage<'_>>, NoTable> {
        let model = self.model();
        if model.goals().is_empty() {
            return Ok(None);
        }
        let view = View::new(model, &Perspective::Society)?;
        let worth: Vec<Exact> = (0..model.outcomes().len()).map(|position| self.worth_of(position, &view)).collect();
        let goals = model.goals().iter().enumerate().map(|(at, goal)| self.goal_row((at, goal), &worth));
        let goals = goals.collect::<Result<Vec<_>, NoTable>>()?;
        let outcomes = || model.outcomes().iter().zip(&worth);
        let sum = |parts: &mut dyn Iterator<Item = Exact>| parts.sum::<Exact>().value().map(|value| value.normalize());
        Ok(Some(GoalCoverage {
            unserved: goals
                .iter()
                .filter(|row| row.outcomes.is_empty() && row.non_priced.is_empty())
                .map(|row| row.goal.id.as_str())
                .collect(),
            outcomes_without_goal: outcomes()
                .filter(|(outcome, _)| outcome.goals.is_empty())
                .map(|(outcome, _)| outcome.id.as_str())
                .collect(),
            non_priced_without_goal: model
                .non_priced()
                .iter()
                .filter(|effect| effect.goals.is_empty())
                .map(|effect| effect.id.as_str())
                .collect(),
            several: outcomes()
                .filter(|(outcome, _)| outcome.goals.len() > 1)
                .map(|(outcome, _)| outcome.id.as_str())
                .collect(),
            whole: sum(&mut worth.iter().copied())?,
            served: sum(&mut outcomes().filter(|(outcome, _)| !outcome.goals.is_empty()).map(|(_, worth)| *worth))?,
            goals,
        }))
    }

    /// What society gains by an outcome, in present value.
    fn worth_of(&self, outcome: usize, view: &View) -> Exact {
        let own = |line: &Line| {
            let summed = matches!(line.summed_as(), Class::Outcome | Class::Displaced | Class::Reimbursement);
            line.outcome == Some(outcome) && summed
        };
        let lines = self.ledger().lines().iter().zip(self.totals()).filter(|(line, _)| own(line));
        lines.map(|(line, total)| view.signed_total(line, total.present_value)).sum()
    }

    fn goal_row<'a>(&'a self, (at, goal): (usize, &'a Goal), worth: &[Exact]) -> Result<GoalRow<'a>, NoTable> {
        let model = self.model();
        let counted = model.outcomes().iter().zip(self.outcome_units()).zip(worth);
        let serving = counted.filter(|((outcome, _), _)| outcome.goals.contains(&at));
        let outcomes = serving.map(|((outcome, units), worth)| {
            let question = Question::new(Measure::GainPerUnit).of_outcome(&outcome.id);
            Ok(GoalOutcome {
                outcome: &outcome.id,
                started: units.started,
                unit: &units.unit,
                accrued: units.accrued,
                accrued_unit: &units.accrued_unit,
                present_value: worth.value()?.normalize(),
                other_goals: outcome.goals.len().saturating_sub(1),
                marks: Basis::of(model, self.ledger().lines(), &question)?.marks(model, None),
            })
        });
        let outcomes = outcomes.collect::<Result<Vec<_>, NoTable>>()?;
        let beside = self.non_priced();
        let effects = beside.iter().flat_map(|beside| &beside.effects).zip(model.non_priced());
        let non_priced = effects.filter(|(_, effect)| effect.goals.contains(&at)).map(|(row, effect)| GoalEffect {
            id: &effect.id,
            consequence: row.consequence,
            marks: row.marks,
        });
        let present_value: Exact = outcomes.iter().map(|outcome| Exact::from(outcome.present_value)).sum();
        Ok(GoalRow {
            goal,
            non_priced: non_priced.collect(),
            present_value: present_value.value()?.normalize(),
            outcomes,
        })
    }
}
