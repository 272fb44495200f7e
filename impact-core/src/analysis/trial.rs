//! Trials: a measure at another value of one number, as cheaply as the measure allows.
//!
//! One rule: a search may run on quick sums, but what is reported was read from the document and put into the ledger.

use super::break_even::BreakEvenQuestion;
use super::crossing::{Crossing, Evaluated};
use super::varied::VariedNumber;
use crate::error::ModelError;
use crate::evaluation::{Appraisal, FastTotals, Plan, Sums};
use crate::model::{Measure, Model, Question, Slot};
use crate::number::{Constant, Exact, Number};
use rust_decimal::Decimal;

/// How a value is tried.
pub(super) enum Trial<'m> {
    /// The sums of the lines, without postings, for what is a sum or a ratio of sums.
    Sums(Box<Quick<'m>>),
    /// The ledger, with another value in a slot of the plan.
    Ledger { model: &'m Model, plan: Box<Plan>, slot: Slot, asked: &'m BreakEvenQuestion },
    /// The document with another value, read again.
    Document { model: &'m Model, asked: &'m BreakEvenQuestion },
}

/// The sums of the lines at another value of a slot: exact, and in floats for a first look.
pub(super) struct Quick<'m> {
    exact: FastTotals<Exact>,
    float: FastTotals<f64>,
    slot: Slot,
    asked: &'m BreakEvenQuestion,
    /// All that is posted at the model's own values, gains and losses alike: what the errors of floats are measured by.
    turnover: f64,
}

impl<'m> Trial<'m> {
    /// The quickest that serves.
    pub fn quickest(
        model: &'m Model,
        asked: &'m BreakEvenQuestion,
        number: &VariedNumber,
        appraisal: &Appraisal,
    ) -> Result<Self, ModelError> {
        let Some(slot) = number.own.filter(|_| !number.by_document) else { return Ok(Self::document(model, asked)) };
        match asked.question.measure {
            of_years_or_outcome if of_years_or_outcome.is_of_years() || of_years_or_outcome.is_of_an_outcome() => {}
            // Whoever has no budget has no cashable saving at any value, and no net cost.
            _ if model.never(&asked.question).is_some() => {}
            _ => {
                let postings = appraisal.ledger().postings().iter();
                let turnover = postings.map(|posting| Constant::from(posting.present_value.abs()).float()).sum();
                let (exact, float) = (model.fast_totals()?, model.fast_totals()?);
                return Ok(Self::Sums(Box::new(Quick { exact, float, slot, asked, turnover })));
            }
        }
        Ok(Self::Ledger { model, plan: Box::new(model.plan()?), slot, asked })
    }

    /// The slowest, which is always right.
    pub fn document(model: &'m Model, asked: &'m BreakEvenQuestion) -> Self {
        Self::Document { model, asked }
    }

    /// The gaps at the points searched first. Where neighbours are on the same side beyond doubt, only the sign is true.
    pub fn scan(&mut self, points: &[Decimal]) -> Vec<Evaluated> {
        match self {
            Self::Sums(quick) => quick.scan(points),
            _ => points.iter().map(|point| (*point, self.gap(*point))).collect(),
        }
    }

    /// How far the measure is from its target at a value; none where it does not exist.
    pub fn gap(&mut self, value: Decimal) -> Option<Decimal> {
        match self {
            Self::Sums(quick) => quick.gap(value),
            Self::Ledger { model, plan, slot, asked } => {
                let points = plan.points_with(*slot, Constant::from(value));
                gap(&Appraisal::at(model, plan, &points).ok()?, asked)
            }
            Self::Document { model, asked } => gap(&put(model, asked, value)?, asked),
        }
    }
}

/// A float gap below this part of the sums it comes from does not decide a sign.
const LOCAL: f64 = 1e-9;
/// Nor one below this part of the turnover: sums of large gains and losses may be as small as their last digits.
const OF_TURNOVER: f64 = 1e-6;

impl Quick<'_> {
    fn gap(&mut self, value: Decimal) -> Option<Decimal> {
        self.exact.set(self.slot, Exact::from(value));
        self.exact.run();
        gap_of_sums(&self.exact, self.asked)?.quantised().value().ok()
    }

    /// On which side of the target the measure is beyond doubt, by floats.
    fn side(&mut self, value: Decimal) -> Option<bool> {
        self.float.set(self.slot, Constant::from(value).float());
        self.float.run();
        let gap = gap_of_sums(&self.float, self.asked)?;
        let Sums { outcomes, claims, cashable, inputs, transfers, financing } =
            self.float.sums(&self.asked.question.perspective).ok()?;
        let size: f64 = [outcomes, claims, cashable, inputs, transfers, financing].into_iter().map(f64::abs).sum();
        let sure = gap.is_finite() && gap.abs() > LOCAL * size + OF_TURNOVER * self.turnover;
        sure.then_some(gap > 0.0)
    }

    /// The gaps at the points: exact where the side of the target is in doubt or changes, else plus or minus one.
    fn scan(&mut self, points: &[Decimal]) -> Vec<Evaluated> {
        let sides: Vec<Option<bool>> = points.iter().map(|point| self.side(*point)).collect();
        let at = |position: usize| points.get(position).copied();
        let gap = |position: usize| {
            let here = sides.get(position).copied().flatten()?;
            let before = position.checked_sub(1).and_then(|before| sides.get(before));
            let after = sides.get(position.saturating_add(1));
            let alike = [before, after].into_iter().flatten().all(|side| *side == Some(here));
            alike.then_some(if here { Decimal::ONE } else { Decimal::NEGATIVE_ONE })
        };
        let known: Vec<Option<Decimal>> = (0..points.len()).map(gap).collect();
        let found = known.into_iter().enumerate().filter_map(|(position, known)| Some((at(position)?, known)));
        found.map(|(point, known)| (point, known.or_else(|| self.gap(point)))).collect()
    }
}

/// How far the measure is from its target, in one number type. A ratio meets its target where what stands above the line is
/// target times what stands below: the same sign, and no plateau where the ratio itself is too small for its decimals.
fn gap_of_sums<N: Number>(totals: &FastTotals<N>, asked: &BreakEvenQuestion) -> Option<N> {
    let fraction = totals.fraction(&asked.question).ok().flatten()?;
    let target = N::constant(&Constant::from(asked.target));
    match fraction.below {
        Some(below) => below.any_above_zero().then(|| fraction.above - target * below),
        None => Some(fraction.above - target),
    }
}

/// The model with the value put at the address, valued.
pub(super) fn put(model: &Model, asked: &BreakEvenQuestion, value: Decimal) -> Option<Appraisal> {
    model.with(asked.address.as_str(), value).ok()?.appraise().ok()
}

/// The measure of an appraisal.
pub(super) fn measure(appraisal: &Appraisal, question: &Question) -> Option<Decimal> {
    appraisal.answer(question).ok()?.value.ok()
}

fn gap(appraisal: &Appraisal, asked: &BreakEvenQuestion) -> Option<Decimal> {
    let measure = measure(appraisal, &asked.question)?;
    (Exact::from(measure) - Exact::from(asked.target)).value().ok()
}

/// The part of the turnover, or of a ratio of one, that a met target may be missed by.
const MET: Decimal = Decimal::from_parts(1, 0, 0, false, 9);

/// What putting a crossing back into the document shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The measure meets the target.
    Met,
    /// The measure exists and misses the target.
    Missed,
    /// The document refuses the value, or the measure does not exist there.
    Refused,
}

/// Puts a crossing, both ends of a range, back into the document.
pub(super) fn verify(model: &Model, asked: &BreakEvenQuestion, crossing: &Crossing) -> Verdict {
    let first = verdict(model, asked, crossing.value);
    match crossing.to.map(|to| verdict(model, asked, to)) {
        None | Some(Verdict::Met) => first,
        Some(other) if first == Verdict::Met => other,
        Some(_) => first,
    }
}

fn verdict(model: &Model, asked: &BreakEvenQuestion, value: Decimal) -> Verdict {
    let Some(appraisal) = put(model, asked, value) else { return Verdict::Refused };
    let Some(gap) = gap(&appraisal, asked) else { return Verdict::Refused };
    let money = matches!(
        asked.question.measure,
        Measure::Npv
            | Measure::EquivalentAnnualValue
            | Measure::PresentValueOutcomes
            | Measure::PresentValueInputs
            | Measure::CashableSaving
            | Measure::WillingnessToPay
            | Measure::NetPublicCost
            | Measure::WeightedNpv
    );
    let scale = if money {
        appraisal.ledger().postings().iter().map(|posting| Exact::from(posting.present_value.abs())).sum()
    } else {
        Exact::from(asked.target.abs().max(Decimal::ONE))
    };
    // A turnover beyond what decimals hold leaves room for any gap they hold.
    let room = (scale * Exact::from(MET)).value().unwrap_or(Decimal::MAX);
    if gap.abs() <= room { Verdict::Met } else { Verdict::Missed }
}
