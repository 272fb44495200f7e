//! The waterfall: from the gross value of all outcomes, step by step, to the impact that is claimed and what it cost.
//!
//! One rule: there is no second formula. The same plan is evaluated with the filters taken away, and each step is the
//! difference that the next filter makes; so the steps add up to the last digit.
//!
//! # Formula
//! ```text
//! gross        present value with no deadweight, displacement, drop-off or credit of others, and all of it avoidable
//! − deadweight, − displacement, − leakage, − substitution, × multiplier, − drop-off, − not avoidable, − credit of others
//! = impact     the SROI claim
//! − inputs, + transfers received less paid, − tax-financing cost
//! = net        npv, less the credit of others where only SROI claims take it
//! ```
//! The order matters: filters multiply, so a filter that comes later takes its share of what the earlier ones left. The
//! order here is that of a value map from left to right. An outcome measured against others starts after deadweight.

use super::appraisal::Appraisal;
use super::basis::Basis;
use super::figure::{Absence, FigureUnit};
use super::formula::{Workspace, evaluate};
use super::growth::GrowthPlan;
use super::ledger::LedgerSink;
use super::line::Line;
use super::plan::{CreditShare, OutcomePlan, Part, Plan, Sign, ValuePlan};
use super::reimbursement::ReimbursementPlan;
use super::sums::{LineTotal, line_totals};
use super::view::View;
use crate::error::ModelError;
use crate::model::{Marks, Measure, Model, Perspective, Question, QuestionError, Slot};
use crate::number::{Constant, Exact};
use rust_decimal::Decimal;

/// A step of a waterfall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Step {
    /// The value of all outcomes before anything is deducted; a level.
    Gross,
    /// What would have happened anyway.
    Deadweight,
    /// What was only moved from somebody else.
    Displacement,
    /// What reaches others than those it is meant for.
    Leakage,
    /// What only takes the place of something the same people would have done.
    Substitution,
    /// What follows from the rest; an addition where it is above one.
    Multiplier,
    /// What is lost year by year.
    DropOff,
    /// The part of the unit values that is not really avoided.
    NotAvoidable,
    /// The credit of others.
    Others,
    /// What the intervention claims; a level.
    Impact,
    /// Resources paid for.
    Inputs,
    /// Transfers received less transfers paid.
    Transfers,
    /// The cost of raising public money by taxes.
    Financing,
    /// What is left; a level.
    Net,
}

/// The filters, in the order in which they are deducted. A further one is a step here, its line in [`Neutral::take_away`],
/// and its name in the report.
const FILTERS: [Step; 8] = [
    Step::Deadweight,
    Step::Displacement,
    Step::Leakage,
    Step::Substitution,
    Step::Multiplier,
    Step::DropOff,
    Step::NotAvoidable,
    Step::Others,
];

/// The filters that some model has; what is left out of every outcome is no step.
fn filters(plan: &Plan) -> Vec<Step> {
    let has = |step: &Step| {
        let further = plan.outcomes.iter().map(|outcome| &outcome.additionality);
        match step {
            Step::Leakage => further.into_iter().any(|further| further.leakage.is_some()),
            Step::Substitution => further.into_iter().any(|further| further.substitution.is_some()),
            Step::Multiplier => further.into_iter().any(|further| further.multiplier.is_some()),
            _ => true,
        }
    };
    FILTERS.into_iter().filter(has).collect()
}

impl Step {
    /// Whether the step is a sum reached, not a change on the way.
    pub fn is_level(self) -> bool {
        matches!(self, Step::Gross | Step::Impact | Step::Net)
    }
}

/// A waterfall from one perspective, in present values.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Waterfall {
    /// Whose gains and losses.
    pub perspective: Perspective,
    /// What the amounts are counted in.
    pub unit: FigureUnit,
    /// From [`Step::Gross`] to [`Step::Net`].
    pub steps: Vec<WaterfallStep>,
    /// From gross to impact for each outcome of the model.
    pub outcomes: Vec<OutcomeWaterfall>,
}

/// The steps of one outcome, from [`Step::Gross`] to [`Step::Impact`].
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct OutcomeWaterfall {
    /// The id of the outcome.
    pub outcome: String,
    /// The steps.
    pub steps: Vec<WaterfallStep>,
}

/// One step with what it leaves.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct WaterfallStep {
    /// Which.
    pub step: Step,
    /// What it adds; a deduction is negative. Of a level, the level itself.
    pub amount: Decimal,
    /// What stands after it.
    pub standing: Decimal,
    /// Whether anything that moves it is illustrative or unverified.
    #[serde(flatten)]
    pub marks: Marks,
}

/// Why there is no waterfall.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum WaterfallError {
    /// A holder the model does not have.
    #[error(transparent)]
    Question(#[from] QuestionError),
    /// Before its filters, the model is worth more than 28 digits can hold.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A sum larger than 28 digits.
    #[error(transparent)]
    Absent(#[from] Absence),
}

impl Appraisal {
    /// The steps from the gross value of all outcomes to the claimed impact and what it cost, as a perspective sees them.
    ///
    /// # Errors
    /// A holder the model does not have, or an amount larger than 28 digits before the filters.
    ///
    /// # Examples
    /// ```
    /// use impact_core::{Model, evaluation::Step, model::Perspective};
    /// let text = include_str!("../../../fixtures/models/beginner.toml");
    /// let waterfall = Model::from_toml(text)?.appraise()?.waterfall(&Perspective::Society)?;
    /// let impact = waterfall.steps.iter().find(|step| step.step == Step::Impact).map(|step| step.standing.to_string());
    /// assert_eq!(impact.as_deref(), Some("500000"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn waterfall(&self, perspective: &Perspective) -> Result<Waterfall, WaterfallError> {
        let seen =
            Seen { model: self.model(), lines: self.ledger().lines(), view: View::new(self.model(), perspective)? };
        let plan = self.model().plan()?;
        let filters = filters(&plan);
        let stages = self.stages(&seen, &plan, &filters)?;
        let rules = seen.rules(perspective)?;
        let outcomes = self.model().outcomes().iter().enumerate().map(|(position, outcome)| {
            let claims = stages
                .iter()
                .map(|stage| (seen.claims(&stage.totals, Some(position)), seen.marks(stage, Some(position), rules)));
            Ok(OutcomeWaterfall { outcome: outcome.id.clone(), steps: filtered(claims, &filters)? })
        });
        let outcomes = outcomes.collect::<Result<_, Absence>>()?;
        let claims = stages.iter().map(|stage| (seen.claims(&stage.totals, None), seen.marks(stage, None, rules)));
        let mut steps = filtered(claims, &filters)?;
        self.add_payments(&mut steps, perspective)?;
        Ok(Waterfall { perspective: perspective.clone(), unit: self.money(), steps, outcomes })
    }

    /// The plan without filters, then with one filter more at a time; last the appraisal itself.
    fn stages(&self, seen: &Seen<'_>, plan: &Plan, filters: &[Step]) -> Result<Vec<Stage>, ModelError> {
        let neutral = Neutral::beyond(plan);
        let bare = Plan { flows: Vec::new(), financing: None, ..plan.clone() };
        let mut stages = Vec::with_capacity(filters.len().saturating_add(1));
        for kept in 0..filters.len() {
            let mut stage = bare.clone();
            for filter in filters.iter().skip(kept) {
                stage.outcomes.iter_mut().for_each(|outcome| neutral.take_away(*filter, outcome));
            }
            let totals = self.totals_of(&stage)?;
            stages.push(Stage { slots: seen.slots(&stage), totals });
        }
        stages.push(Stage { slots: seen.slots(plan), totals: self.totals().to_vec() });
        Ok(stages)
    }

    fn totals_of(&self, plan: &Plan) -> Result<Vec<LineTotal<Exact>>, ModelError> {
        let neutral = [Exact::ZERO, Exact::ONE];
        let inputs: Vec<Exact> = self.points().iter().map(Constant::exact).chain(neutral).collect();
        let mut sink = LedgerSink::new(plan);
        evaluate(plan, &inputs, &mut Workspace::empty(), &mut sink);
        Ok(line_totals(&sink.finish()?))
    }

    /// What was paid, after the impact.
    fn add_payments(&self, steps: &mut Vec<WaterfallStep>, perspective: &Perspective) -> Result<(), WaterfallError> {
        let sums = self.sums(perspective)?;
        let marks_of = |measure| -> Result<Marks, QuestionError> {
            let question = Question::new(measure).seen_by(perspective.clone());
            Ok(Basis::of(self.model(), self.ledger().lines(), &question)?.marks(self.model(), None))
        };
        let (inputs, everything) = (marks_of(Measure::PresentValueInputs)?, marks_of(Measure::Npv)?);
        let (mut standing, claimed) =
            steps.last().map_or((Exact::ZERO, Marks::default()), |last| (Exact::from(last.standing), last.marks));
        let payments = [
            (Step::Inputs, Exact::ZERO - sums.inputs, inputs),
            (Step::Transfers, sums.transfers, everything),
            (Step::Financing, Exact::ZERO - sums.financing, everything),
        ];
        for (step, change, marks) in payments {
            standing = standing + change;
            steps.push(WaterfallStep { step, amount: shown(change)?, standing: shown(standing)?, marks });
        }
        let (net, marks) = (shown(standing)?, claimed.or(everything));
        steps.push(WaterfallStep { step: Step::Net, amount: net, standing: net, marks });
        Ok(())
    }
}

/// One evaluation on the way from gross to impact.
struct Stage {
    /// By outcome, the assumptions that move it.
    slots: Vec<Vec<Slot>>,
    totals: Vec<LineTotal<Exact>>,
}

/// The lines of a model as one perspective sees them.
struct Seen<'a> {
    model: &'a Model,
    lines: &'a [Line],
    view: View,
}

impl Seen<'_> {
    /// The lines of a value that the perspective counts.
    fn parts<'p>(&'p self, value: &'p ValuePlan) -> impl Iterator<Item = &'p Part> {
        let paid_back = value.reimbursed.iter().flat_map(ReimbursementPlan::lines);
        value.parts.iter().chain(&value.displaced).chain(paid_back).filter(|part| self.counts(part))
    }

    fn counts(&self, part: &Part) -> bool {
        self.lines.get(part.line).is_some_and(|line| self.view.sign(line) != Sign::None)
    }

    /// The claims on all outcomes, or on the one at a position.
    fn claims(&self, totals: &[LineTotal<Exact>], outcome: Option<usize>) -> Exact {
        let lines = self.lines.iter().zip(totals);
        let counted =
            lines.filter(|(line, _)| line.outcome.is_some() && (outcome.is_none() || line.outcome == outcome));
        counted.map(|(line, total)| self.view.signed_total(line, total.present_claim)).sum()
    }

    /// By outcome, the assumptions that move it in a plan. What was taken away stands beyond the model's own and has no marks.
    fn slots(&self, plan: &Plan) -> Vec<Vec<Slot>> {
        let of = |outcome: &OutcomePlan| {
            let mut slots = Vec::new();
            let seen: Vec<_> = outcome.values.iter().filter(|value| self.parts(value).next().is_some()).collect();
            if seen.is_empty() {
                return slots;
            }
            slots.extend(outcome.slots());
            slots.extend(seen.iter().flat_map(|value| value.slots()));
            slots.extend(seen.iter().flat_map(|value| self.parts(value)).flat_map(|part| part.shares.iter().copied()));
            let rules = seen.iter().flat_map(|value| &value.reimbursed);
            let rules = rules.filter(|rule| rule.lines().any(|part| self.counts(part)));
            slots.extend(rules.flat_map(ReimbursementPlan::slots));
            slots.extend(seen.iter().filter_map(|value| plan.growth.get(value.growth?)).flat_map(GrowthPlan::slots));
            slots.extend(plan.inflation.filter(|_| seen.iter().any(|value| value.assumed_years != 0)));
            slots
        };
        plan.outcomes.iter().map(of).collect()
    }

    /// The marks of the conventions, and of the document's own price series.
    fn rules(&self, perspective: &Perspective) -> Result<Marks, QuestionError> {
        let question = Question::new(Measure::PresentValueOutcomes).seen_by(perspective.clone());
        let Basis { conventions, series, .. } = Basis::of(self.model, self.lines, &question)?;
        let unverified = conventions.iter().any(|part| self.model.convention().mark_within(part));
        Ok(series.or(Marks { illustrative: false, unverified }))
    }

    /// The marks of a stage of all outcomes, or of the one at a position.
    fn marks(&self, stage: &Stage, outcome: Option<usize>, rules: Marks) -> Marks {
        let counted = stage.slots.iter().enumerate().filter(|(at, _)| outcome.is_none_or(|outcome| outcome == *at));
        let numbers = counted.flat_map(|(_, slots)| slots).filter_map(|slot| self.model.assumption(*slot));
        numbers.fold(rules, |marks, number| marks.or(number.marks))
    }
}

/// Positions beyond the assumptions of a plan, at which zero and one stand: what a filter is when it filters nothing.
struct Neutral {
    zero: Slot,
    one: Slot,
}

impl Neutral {
    fn beyond(plan: &Plan) -> Self {
        let zero = plan.points.len();
        Self { zero: Slot(zero), one: Slot(zero.saturating_add(1)) }
    }

    /// Takes a filter away from an outcome.
    fn take_away(&self, filter: Step, outcome: &mut OutcomePlan) {
        match filter {
            Step::Deadweight => outcome.deadweight = None,
            Step::Displacement => outcome.displacement = self.zero,
            Step::Leakage => outcome.additionality.leakage = None,
            Step::Substitution => outcome.additionality.substitution = None,
            Step::Multiplier => outcome.additionality.multiplier = None,
            Step::DropOff => outcome.course = outcome.course.without_loss(self.zero),
            Step::NotAvoidable => outcome.values.iter_mut().for_each(|value| value.avoidable = self.one),
            Step::Others => outcome.credit.share = CreditShare::Whole,
            Step::Gross | Step::Impact | Step::Inputs | Step::Transfers | Step::Financing | Step::Net => {}
        }
    }
}

/// The steps from gross to impact, of what is claimed with one filter more at a time.
fn filtered(claims: impl Iterator<Item = (Exact, Marks)>, filters: &[Step]) -> Result<Vec<WaterfallStep>, Absence> {
    let mut steps: Vec<WaterfallStep> = Vec::with_capacity(filters.len().saturating_add(2));
    let mut before = Exact::ZERO;
    for ((standing, marks), step) in claims.zip(std::iter::once(Step::Gross).chain(filters.iter().copied())) {
        let amount = shown(standing - before)?;
        steps.push(WaterfallStep { step, amount, standing: shown(standing)?, marks });
        before = standing;
    }
    if let Some(last) = steps.last().copied() {
        steps.push(WaterfallStep { step: Step::Impact, amount: last.standing, ..last });
    }
    Ok(steps)
}

fn shown(number: Exact) -> Result<Decimal, Absence> {
    Ok(number.value()?.normalize())
}
