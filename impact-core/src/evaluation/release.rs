//! Release: in which years, and in which steps, what could be cashed really releases money.
//!
//! One rule: steps are counted once a year and capacity, over all that frees places of it; a part of a step releases nothing.
//!
//! # Formula
//! ```text
//! places(t)   = Σ over values of (caused − displaced) units(t) · places a year per unit · share of the destination
//! steps(t)    = ⌊|places(t)| / places per step + 1e-9⌋
//! released(t) = steps(t) · places per step / |places(t)|, at most 1; 0 before the first year, and where no place is freed
//! cashable(t) = amount(t) · cashable share · released(t)
//! ```

use super::formula::{at, refill};
use super::plan::{ConversionPlan, Plan, ValuePlan};
use crate::model::{Conversion, Model, Outcome, OutcomeValue, Slot};
use crate::number::{Constant, Exact, Number};
use crate::units::Year;
use rust_decimal::Decimal;

/// A capacity laid out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CapacityPlan {
    pub places_per_step: Slot,
    /// Position of the first year in which a step releases money.
    from: usize,
}

/// When and in which steps a value releases money.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ReleasePlan {
    /// Position of the first year in which it does.
    from: usize,
    freed: Option<FreedPlan>,
}

/// The places that a value frees.
#[derive(Debug, Clone, PartialEq)]
struct FreedPlan {
    capacity: usize,
    /// Places of a year per unit, but for a stated conversion.
    per_unit: Constant,
    /// Whether displaced units take places of the same capacity.
    less_displaced: bool,
}

/// How near a number of steps must be to a whole one to count as whole.
const NEARLY_WHOLE: Decimal = Decimal::from_parts(1, 0, 0, false, 9);

pub(super) fn capacity_plans(model: &Model) -> Vec<CapacityPlan> {
    let plan = |capacity: &crate::model::Capacity| CapacityPlan {
        places_per_step: capacity.places_per_step,
        from: position(model, capacity.cashable_from),
    };
    model.capacities().iter().map(plan).collect()
}

/// The release of a value; none where it is by its cashable share alone.
pub(super) fn release_plan(model: &Model, outcome: &Outcome, value: &OutcomeValue) -> Option<ReleasePlan> {
    let capacity = model.capacities().iter().position(|capacity| capacity.values.contains(&value.address));
    if capacity.is_none() && value.cashable_from.is_none() {
        return None;
    }
    let fixed = match &value.conversion {
        Conversion::Fixed(factor) => factor.exact(),
        Conversion::MonthsPerRecipient(_) | Conversion::PerUnit(_) => Exact::ONE,
    };
    let (in_a_year, of) = value.price.unit.period().map_or((Decimal::ONE, Decimal::ONE), |period| period.in_a_year());
    // Whoever bears displaced units stands where the outcome's holder stood, in places of its own.
    let less_displaced = outcome.displacement.borne_by.is_none() || value.to != outcome.holder;
    let freed = capacity.map(|capacity| FreedPlan {
        capacity,
        per_unit: Constant::new(fixed * Exact::from(of) / Exact::from(in_a_year)),
        less_displaced,
    });
    Some(ReleasePlan { from: position(model, value.cashable_from), freed })
}

/// The position of a year among those appraised.
fn position(model: &Model, year: Option<Year>) -> usize {
    year.map_or(0, |year| usize::try_from(year.since(model.start())).unwrap_or(0))
}

impl ValuePlan {
    /// Whether it frees places of a capacity.
    pub fn frees_places(&self) -> bool {
        self.release.as_ref().is_some_and(|release| release.freed.is_some())
    }
}

/// What is released, year by year, while a plan is evaluated.
#[derive(Debug, Clone)]
pub(crate) struct Release<N> {
    /// By capacity, the places freed in each year.
    freed: Vec<Vec<N>>,
    /// By capacity, the share of them in whole steps.
    released: Vec<Vec<N>>,
    /// The share of one value in each year.
    share: Vec<N>,
}

impl<N: Number> Release<N> {
    pub fn empty() -> Self {
        Self { freed: Vec::new(), released: Vec::new(), share: Vec::new() }
    }

    /// Makes room for the places of every capacity.
    #[inline(always)]
    pub fn open(&mut self, plan: &Plan) {
        self.freed.resize(plan.capacities.len(), Vec::new());
        self.released.resize(plan.capacities.len(), Vec::new());
        self.freed.iter_mut().for_each(|freed| refill(freed, plan.years.len()));
    }

    /// Adds the places that a value frees, of so many units of one in each year.
    #[inline(always)]
    pub fn free(&mut self, value: &ValuePlan, inputs: &[N], (caused, displaced): (N, N), units: &[N]) {
        let Some(plan) = value.release.as_ref().and_then(|release| release.freed.as_ref()) else { return };
        let Some(freed) = self.freed.get_mut(plan.capacity) else { return };
        let mut places = N::constant(&plan.per_unit) * if plan.less_displaced { caused - displaced } else { caused };
        match value.conversion {
            Some(ConversionPlan::MonthsPerRecipient(slot)) => places = places * N::whole(12) / at(inputs, slot),
            Some(ConversionPlan::PerUnit(slot)) => places = places * at(inputs, slot),
            None => {}
        }
        if let Some(slot) = value.destination {
            places = places * at(inputs, slot);
        }
        for (freed, units) in freed.iter_mut().zip(units) {
            *freed = *freed + *units * places;
        }
    }

    /// Counts the steps.
    #[inline(always)]
    pub fn close(&mut self, plan: &Plan, inputs: &[N]) {
        for (capacity, (freed, released)) in plan.capacities.iter().zip(self.freed.iter().zip(&mut self.released)) {
            let step = at(inputs, capacity.places_per_step);
            released.clear();
            released.extend(
                freed.iter().enumerate().map(
                    |(year, places)| {
                        if year < capacity.from { N::zero() } else { whole_steps(*places, step) }
                    },
                ),
            );
        }
    }

    /// The places freed and the share released of every capacity.
    pub fn steps(&self) -> impl Iterator<Item = (&[N], &[N])> {
        self.freed.iter().map(Vec::as_slice).zip(self.released.iter().map(Vec::as_slice))
    }

    /// The share of a value that releases money in each year; none where all of it does.
    #[inline(never)]
    pub fn share(&mut self, plan: Option<&ReleasePlan>, years: usize) -> Option<&[N]> {
        let plan = plan?;
        let steps = plan.freed.as_ref().and_then(|freed| self.released.get(freed.capacity)).map(Vec::as_slice);
        let steps = steps.unwrap_or_default();
        self.share.clear();
        self.share.extend((0..years).map(|year| match steps.get(year) {
            _ if year < plan.from => N::zero(),
            Some(share) => *share,
            None => N::one(),
        }));
        Some(&self.share)
    }
}

/// The share of some places that whole steps take.
#[inline(always)]
fn whole_steps<N: Number>(places: N, step: N) -> N {
    let size = places.max(N::zero() - places);
    let steps = (size / step + N::constant(&Constant::from(NEARLY_WHOLE))).floor();
    N::select(N::zero(), size, (steps * step / size).min(N::one()), N::zero())
}
