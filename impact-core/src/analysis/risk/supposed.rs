//! What is supposed of one metric: what a person has in an arm of a cohort, in a situation.

use super::columns::{Block, Columns, Values, float};
use super::situation::{Effects, Situation};
use crate::contract::Arm;
use crate::model::terms::{EffectIn, Range, TrueMetric};
use crate::model::{Contract, Direction, Slot};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// Days of a year, on average.
const YEAR: f64 = 365.25;

/// What is supposed of one metric in a situation.
#[derive(Debug)]
pub(super) struct Supposed {
    counterfactual: Slot,
    effect: Option<Slot>,
    expected: bool,
    relative: bool,
    more_is_wanted: bool,
    selection: Option<Slot>,
    drift: Option<Slot>,
    /// What a person can have at least, and at most.
    least: f64,
    most: f64,
}

/// The same with the values of a block.
pub(super) struct InBlock<'b> {
    counterfactual: Values<'b>,
    effect: Values<'b>,
    selection: Values<'b>,
    drift: Values<'b>,
    years: f64,
    supposed: &'b Supposed,
}

/// What a person has, and what one would have had without the programme.
#[derive(Debug, Clone, Copy)]
pub(super) struct PerPerson {
    pub has: f64,
    pub would_have: f64,
    /// Whether either had to be held at an end of what there can be.
    pub held: bool,
}

impl Supposed {
    /// `fixed` is the baseline that what is paid for is compared with, where the contract fixes one.
    pub fn new(contract: &Contract, metric: &TrueMetric, fixed: Option<Slot>, situation: Situation) -> Self {
        let of_terms = contract.terms().metrics.get(metric.metric);
        let range = of_terms.map(|metric| metric.kind.of_one(metric.range));
        let end = |of: fn(Range) -> Option<Decimal>, open: f64| range.and_then(of).map_or(open, float);
        let right = situation.baseline_is_right();
        Self {
            counterfactual: fixed.filter(|_| right).unwrap_or(metric.counterfactual),
            effect: (situation.effects() != Effects::None).then_some(metric.effect),
            expected: situation.effects() == Effects::Expected,
            relative: metric.effect_in == EffectIn::Relative,
            more_is_wanted: of_terms.is_some_and(|metric| metric.direction != Some(Direction::Decrease)),
            selection: metric.selection.filter(|_| !right),
            drift: metric.drift.filter(|_| situation.drifts()),
            least: end(|range| range.least, f64::NEG_INFINITY),
            most: end(|range| range.most, f64::INFINITY),
        }
    }

    /// A figure of so many people, some at least, held at the ends of what they can have together.
    #[inline]
    pub fn within(&self, figure: f64, people: f64) -> f64 {
        figure.clamp(self.least * people, self.most * people)
    }

    /// Every slot that what a person has rests on.
    pub fn slots(&self) -> impl Iterator<Item = Slot> {
        let effect = self.effect.filter(|_| !self.expected);
        [Some(self.counterfactual), effect, self.selection, self.drift].into_iter().flatten()
    }

    /// With the values of a block, so many days after the first cohort.
    pub fn in_block<'b>(&'b self, columns: &Columns, block: &'b Block, days: i64) -> InBlock<'b> {
        let or = |slot: Option<Slot>, otherwise: f64| {
            slot.map_or(Values::Certain(otherwise), |slot| columns.values(slot, block))
        };
        let effect = match self.effect {
            Some(slot) if self.expected => Values::Certain(columns.point(slot)),
            slot => or(slot, 0.0),
        };
        InBlock {
            counterfactual: columns.values(self.counterfactual, block),
            effect,
            selection: or(self.selection, 1.0),
            drift: or(self.drift, 0.0),
            years: days as f64 / YEAR,
            supposed: self,
        }
    }
}

impl InBlock<'_> {
    /// What a person of an arm has in a draw.
    #[inline]
    pub fn per_person(&self, arm: Arm, draw: usize) -> PerPerson {
        let mut anyway = self.counterfactual.at(draw);
        let drift = self.drift.at(draw);
        if drift != 0.0 && self.years != 0.0 {
            anyway *= libm::pow(1.0 + drift, self.years);
        }
        if arm == Arm::Treated {
            anyway *= self.selection.at(draw);
        }
        let Supposed { least, most, .. } = *self.supposed;
        let would_have = anyway.clamp(least, most);
        if arm == Arm::Compared {
            return PerPerson { has: would_have, would_have, held: would_have != anyway };
        }
        let effect = self.effect.at(draw) * if self.supposed.relative { would_have.abs() } else { 1.0 };
        let changed = if self.supposed.more_is_wanted { would_have + effect } else { would_have - effect };
        let has = changed.clamp(least, most);
        PerPerson { has, would_have, held: would_have != anyway || has != changed }
    }

    /// The change for the better of a person treated.
    pub fn change(&self, person: PerPerson) -> f64 {
        let more = person.has - person.would_have;
        if self.supposed.more_is_wanted { more } else { 0.0 - more }
    }
}

/// The days from the first cohort to one.
pub(super) fn days_between(first: NaiveDate, day: NaiveDate) -> i64 {
    day.signed_duration_since(first).num_days()
}
