//! The plan: a model laid out flat for the formula.
//!
//! One rule: whatever does not depend on a slot is a constant here, prepared once in both forms.

use super::flow::FlowPlan;
use super::growth::GrowthPlan;
use super::line::{Clocking, Line};
use super::quantity::{CoursePlan, IntakePlan};
use super::reimbursement::ReimbursementPlan;
use super::release::{CapacityPlan, ReleasePlan};
use crate::address::Address;
use crate::model::{Additionality, Portion, Slot};
use crate::number::{Constant, Number};
use crate::reference::{DropOff, Filters};
use crate::units::Year;

/// A model laid out flat. Slots are the model's assumptions; every index below was checked when it was laid out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plan {
    /// The years appraised.
    pub years: Vec<Year>,
    /// Point values by slot.
    pub points: Vec<Constant>,
    /// Price level of each year against the model's price year; none where it is not known.
    pub levels: Vec<Option<Level>>,
    /// The slot of price growth after the last observed level.
    pub inflation: Option<Slot>,
    /// Discount factors of costs, by year.
    pub cost_factors: Vec<Constant>,
    /// Discount factors of outcomes, by year.
    pub outcome_factors: Vec<Constant>,
    /// What the postings of each line share.
    pub lines: Vec<Line>,
    /// Costs and transfers.
    pub flows: Vec<FlowPlan>,
    /// The paths of real growth that prices may follow.
    pub growth: Vec<GrowthPlan>,
    /// Outcomes with their values.
    pub outcomes: Vec<OutcomePlan>,
    /// Places that release money in whole steps.
    pub capacities: Vec<CapacityPlan>,
    /// How deadweight, displacement and attribution combine.
    pub filters: Filters,
    /// How an outcome falls off.
    pub drop_off: DropOff,
    /// Tax-financing cost, where the convention has one.
    pub financing: Option<Financing>,
}

/// A price level: what was observed, times assumed growth over some years (fewer than none: backwards).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Level {
    pub observed: Constant,
    pub assumed_years: i32,
}

/// One line of a cause: several where an end is a joint holder.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Part {
    pub line: usize,
    /// What of the cause is posted to the line: the product of these.
    pub shares: Vec<Slot>,
    /// What those are multiplied by in a line that carries a resource to market prices: the factor less one.
    pub markup: Option<Constant>,
    /// Whether it enters net public outlay: +1 paid by, −1 paid to a public budget, 0 neither or both.
    pub public_outlay: Sign,
}

/// +1, −1 or 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    Plus,
    Minus,
    None,
}

impl Sign {
    /// The factor of a signed sum.
    pub fn float(self) -> f64 {
        match self {
            Sign::Plus => 1.0,
            Sign::Minus => -1.0,
            Sign::None => 0.0,
        }
    }
}

/// An outcome: how many units in which years.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct OutcomePlan {
    /// Where it stands in the document.
    pub address: Address,
    /// How many units an intake brings.
    pub intake: IntakePlan,
    /// How much of a unit there is in each year.
    pub course: CoursePlan,
    pub deadweight: Option<Slot>,
    pub displacement: Slot,
    pub additionality: Additionality,
    /// Whether somebody bears the displaced units.
    pub borne: bool,
    /// Position of the first effect of each intake, counted from the first year appraised; may lie beyond the last.
    pub first_effects: Vec<usize>,
    /// What a level of each year after a first effect counts for in the present value of one unit, over all intakes; none where
    /// that is not settled, or where a price, what releases money or public outlay is a matter of the year.
    pub weights: Option<Vec<Constant>>,
    pub credit: Credit,
    pub values: Vec<ValuePlan>,
}

/// Which share of the credit is the intervention's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Credit {
    pub share: CreditShare,
    /// Whether it enters every measure, not only SROI claims.
    pub every_measure: bool,
}

/// The own share of the credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CreditShare {
    /// All of it.
    Whole,
    /// The slot holds the share of others.
    Others(Slot),
    /// The slot holds the own share.
    Own(Slot),
}

/// A value of an outcome.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ValuePlan {
    pub parts: Vec<Part>,
    /// The lines of the displaced units, where somebody bears them.
    pub displaced: Vec<Part>,
    /// What of it falls to those who pay back such costs.
    pub reimbursed: Vec<ReimbursementPlan>,
    pub price: Slot,
    /// Index, exchange and fixed conversion in one.
    pub factor: Constant,
    /// Years of assumed price growth on top (fewer than none: backwards).
    pub assumed_years: i32,
    pub conversion: Option<ConversionPlan>,
    /// Which part of the price it is, where not all of it.
    pub portion: Option<Portion>,
    /// What a correction for weak evidence leaves of a price that is not below zero.
    pub corrected: Option<Constant>,
    /// The path of growth that the price follows.
    pub growth: Option<usize>,
    pub destination: Option<Slot>,
    pub avoidable: Slot,
    pub cashable: Slot,
    /// When and in which steps it releases money; none where it always does.
    pub release: Option<ReleasePlan>,
}

/// A conversion that depends on a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ConversionPlan {
    /// 12 over the months.
    MonthsPerRecipient(Slot),
    /// Times the units of the price per unit of the outcome.
    PerUnit(Slot),
}

/// Tax-financing cost on net public outlay, by the timing of the outlay.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Financing {
    pub costs_line: usize,
    pub outcomes_line: usize,
    pub cost: Constant,
}

impl OutcomePlan {
    /// The slots that decide how much of the outcome there is, and whose it is.
    pub fn slots(&self) -> impl Iterator<Item = Slot> {
        let share = match self.credit.share {
            CreditShare::Whole => None,
            CreditShare::Others(slot) | CreditShare::Own(slot) => Some(slot),
        };
        let filters = [self.deadweight, Some(self.displacement), share];
        let counted = self.intake.slots().into_iter().chain(self.course.slots());
        counted.chain(filters.into_iter().flatten()).chain(self.additionality.slots())
    }
}

impl ValuePlan {
    /// The slots that decide what a unit is worth.
    pub fn slots(&self) -> impl Iterator<Item = Slot> {
        let conversion = self.conversion.map(|conversion| match conversion {
            ConversionPlan::MonthsPerRecipient(slot) | ConversionPlan::PerUnit(slot) => slot,
        });
        let portion = self.portion.iter().flat_map(Portion::slots);
        [Some(self.price), conversion, self.destination, Some(self.avoidable)].into_iter().flatten().chain(portion)
    }
}

impl Plan {
    /// Discount factors of a line, by year.
    pub fn factors(&self, line: &Line) -> &[Constant] {
        match line.clocking {
            Clocking::Costs => &self.cost_factors,
            Clocking::Outcomes => &self.outcome_factors,
        }
    }

    /// The discount factors of outcomes, added up.
    pub fn outcome_years<N: Number>(&self) -> N {
        self.outcome_factors.iter().fold(N::zero(), |sum, factor| sum + N::constant(factor))
    }

    /// Prepares what hangs on numbers that do not vary.
    pub fn settle(&mut self, varies: impl Fn(Slot) -> bool) {
        for outcome in &mut self.outcomes {
            outcome.course.settle(&self.points, &varies);
            let turns_on_the_year = |value: &ValuePlan| value.growth.is_some() || value.release.is_some();
            let by_year = self.financing.is_some() || outcome.values.iter().any(turns_on_the_year);
            let weights = outcome.course.weights(&outcome.first_effects, &self.outcome_factors);
            outcome.weights = weights.filter(|_| !by_year);
        }
    }

    /// Values of the slots with one of them replaced.
    pub fn points_with(&self, slot: Slot, value: Constant) -> Vec<Constant> {
        let mut points = self.points.clone();
        if let Some(point) = points.get_mut(slot.position()) {
            *point = value;
        }
        points
    }
}
