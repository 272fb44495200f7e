//! Totals: the fast sink, one present value a line and no posting.
//!
//! One rule: it must agree with the ledger; a test on random models holds them together.

use super::formula::{Amounts, Calendar, Sink, Workspace, evaluate};
use super::measure::Fraction;
use super::plan::Plan;
use super::sides::Sides;
use super::sums::{LineTotal, Sums};
use super::units::Units;
use super::view::View;
use crate::model::{Model, Perspective, Question, QuestionError, Slot};
use crate::number::Number;

/// The sink that keeps a present value for each line.
pub(crate) struct TotalsSink<'p, N> {
    plan: &'p Plan,
    totals: Vec<LineTotal<N>>,
}

impl<N: Number> Sink<N> for TotalsSink<'_, N> {
    const BY_YEAR: bool = false;

    #[inline(always)]
    fn line(&mut self, line: usize, amounts: &Amounts<N>, units: &Units<'_, N>, calendar: &Calendar<'_, N>) {
        let (Some(shared), Some(total)) = (self.plan.lines.get(line), self.totals.get_mut(line)) else { return };
        let (unit, factors) = (amounts.price * amounts.avoidable, self.plan.factors(shared));
        let present_value = unit * units.present(factors);
        *total = LineTotal {
            present_value,
            present_claim: present_value * amounts.own_share,
            present_cashable: match calendar.released {
                Some(released) => unit * units.present_of(released, factors) * amounts.cashable,
                None => present_value * amounts.cashable,
            },
        };
    }
}

/// The sums of a model in one number type, without a ledger: what simulations run.
#[derive(Debug, Clone)]
pub struct FastTotals<N> {
    model: Model,
    plan: Plan,
    work: Workspace<N>,
    inputs: Vec<N>,
    totals: Vec<LineTotal<N>>,
}

impl<N: Number> FastTotals<N> {
    pub(crate) fn new(model: Model, plan: Plan) -> Self {
        let inputs = plan.points.iter().map(N::constant).collect();
        let totals = vec![LineTotal::zero(); plan.lines.len()];
        let mut fast = Self { model, plan, work: Workspace::empty(), inputs, totals };
        fast.run();
        fast
    }

    /// Gives a slot another value; [`FastTotals::run`] evaluates with it.
    pub fn set(&mut self, slot: Slot, value: N) {
        if let Some(input) = self.inputs.get_mut(slot.position()) {
            *input = value;
        }
    }

    /// Evaluates the model at the values the slots have now.
    pub fn run(&mut self) {
        let mut sink = TotalsSink { plan: &self.plan, totals: std::mem::take(&mut self.totals) };
        evaluate(&self.plan, &self.inputs, &mut self.work, &mut sink);
        self.totals = sink.totals;
    }

    /// Present values from a perspective.
    ///
    /// # Errors
    /// A holder the model does not have.
    pub fn sums(&self, perspective: &Perspective) -> Result<Sums<N>, QuestionError> {
        Ok(Sums::of(&self.plan.lines, &self.totals, &View::new(&self.model, perspective)?))
    }

    /// A measure that sums decide; none for another.
    pub(crate) fn fraction(&self, question: &Question) -> Result<Option<Fraction<N>>, QuestionError> {
        let sides = Sides::of(&self.model, question)?;
        Ok(sides.fraction(&self.plan.lines, &self.totals, self.plan.outcome_years()))
    }
}
