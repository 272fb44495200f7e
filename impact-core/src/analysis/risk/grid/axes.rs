//! Axes of a grid of a contract: those of the truth, those of the terms that decide which draws are paid alike, and prices.

use super::RiskGridQuestion;
use crate::analysis::grid::{Axis, MOST_GRID_DRAWS, MOST_SCENARIOS};
use crate::analysis::risk::RiskError;
use crate::analysis::risk::columns::{float, is_of_truth};
use crate::analysis::risk::situation::Effects;
use crate::contract::Plan;
use crate::model::terms::{NotPossible, Schedule, Truth};
use crate::model::{Contract, Slot};
use rust_decimal::Decimal;

/// The axes of a grid by what they move.
pub(super) struct Axes {
    pub slots: Vec<Slot>,
    values: Vec<Vec<f64>>,
    pub truth: Vec<usize>,
    /// Of the terms: those that decide which draws are paid alike, then the others.
    pub terms: Vec<usize>,
    /// How many of the terms decide it.
    deciding: usize,
    pub count: usize,
}

impl Axes {
    pub fn new((contract, plan): (&Contract, &Plan), asked: &RiskGridQuestion) -> Result<Self, RiskError> {
        if asked.axes.is_empty() {
            return Err(RiskError::NoAxes);
        }
        let draws = asked.simulation.draws();
        if draws > MOST_GRID_DRAWS {
            return Err(RiskError::TooManyDraws { draws, most: MOST_GRID_DRAWS });
        }
        if let Some(wrong) = asked.chances.iter().find(|chance| !(0.0..=1.0).contains(*chance)) {
            return Err(RiskError::Probability { value: *wrong });
        }
        let mut slots = Vec::with_capacity(asked.axes.len());
        for axis in &asked.axes {
            let slot = contract.slot(&axis.address).ok_or_else(|| RiskError::unknown(contract, &axis.address))?;
            let accepts = contract.assumption(slot).map(|number| number.accepts);
            axis.check_taken(
                |value| accepts.is_none_or(|accepts| accepts.accepts(value)),
                accepts.map_or("", |accepts| accepts.words()),
            )?;
            slots.push(slot);
        }
        let own = slots.iter().filter_map(|slot| contract.assumption(*slot)).map(|number| &number.address);
        Axis::check_apart(own)?;
        let sizes = asked.axes.iter().map(|axis| axis.values.len());
        let count = sizes.clone().try_fold(1_usize, usize::checked_mul).filter(|count| *count <= MOST_SCENARIOS);
        let count = count.ok_or(RiskError::TooManyScenarios { most: MOST_SCENARIOS })?;
        let of_truth = |axis: &usize| slots.get(*axis).is_some_and(|slot| is_of_truth(contract, *slot));
        let (truth, terms) = (0..slots.len()).partition::<Vec<_>, _>(of_truth);
        let decides = |axis: &usize| slots.get(*axis).is_some_and(|slot| plan.tells_apart(*slot));
        let (mut terms, prices) = terms.into_iter().partition::<Vec<_>, _>(decides);
        let deciding = terms.len();
        terms.extend(prices);
        let values = asked.axes.iter().map(|axis| axis.values.iter().copied().map(float).collect()).collect();
        let axes = Self { slots, values, truth, terms, deciding, count };
        axes.check_rising(contract)?;
        Ok(axes)
    }

    fn size(&self, axis: usize) -> usize {
        self.values.get(axis).map_or(1, Vec::len)
    }

    /// How many combinations of the truth there are.
    pub fn truths(&self) -> usize {
        self.truth.iter().map(|axis| self.size(*axis)).product()
    }

    pub fn terms_count(&self) -> usize {
        self.terms.iter().map(|axis| self.size(*axis)).product()
    }

    /// How many combinations of the terms there are to each of those that decide which draws are paid alike.
    pub fn prices(&self) -> usize {
        self.terms.iter().skip(self.deciding).map(|axis| self.size(*axis)).product()
    }

    /// The slots and values of a combination of some axes, the last fastest.
    pub fn chosen<'a>(
        &'a self,
        axes: &'a [usize],
        mut number: usize,
    ) -> impl Iterator<Item = (usize, Slot, f64, usize)> + 'a {
        axes.iter().rev().filter_map(move |axis| {
            let (values, slot) = (self.values.get(*axis)?, self.slots.get(*axis)?);
            let index = number % values.len();
            number /= values.len();
            Some((*axis, *slot, *values.get(index)?, index))
        })
    }

    /// The position of a scenario among all.
    pub fn place(&self, of_truth: usize, of_terms: usize) -> usize {
        let mut indices = vec![0; self.slots.len()];
        for (axis, .., index) in self.chosen(&self.truth, of_truth).chain(self.chosen(&self.terms, of_terms)) {
            if let Some(place) = indices.get_mut(axis) {
                *place = index;
            }
        }
        indices.iter().enumerate().fold(0, |place, (axis, index)| place * self.size(axis) + index)
    }

    /// Refuses combinations of the truth that leave a person with what nobody can have; where nothing works, nobody is left with anything.
    pub fn check_possible(
        &self,
        (contract, truth): (&Contract, &Truth),
        asked: &RiskGridQuestion,
    ) -> Result<(), RiskError> {
        let works = asked.situation.effects() != Effects::None;
        for of_truth in 0..self.truths() {
            let chosen: Vec<(Slot, Decimal)> = self
                .chosen(&self.truth, of_truth)
                .filter_map(|(axis, slot, _, index)| Some((slot, *asked.axes.get(axis)?.values.get(index)?)))
                .collect();
            let number = |slot: Slot| {
                let varied = chosen.iter().find(|(of, _)| *of == slot).map(|(_, value)| *value);
                varied.or_else(|| contract.assumption(slot).map(|number| number.point))
            };
            for metric in &truth.metrics {
                let Some(of_terms) = contract.terms().metrics.get(metric.metric) else { continue };
                let range = of_terms.kind.of_one(of_terms.range);
                match metric.check_possible((range, of_terms.direction), number) {
                    Err(why) if works || matches!(why, NotPossible::Counterfactual { .. }) => {
                        return Err(RiskError::NotPossible { address: metric.address.child(why.key()), why });
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }

    /// Refuses steps, corners and bands that would not rise in some scenario.
    fn check_rising(&self, contract: &Contract) -> Result<(), RiskError> {
        let points: Vec<f64> = contract.assumptions().iter().map(|number| float(number.point)).collect();
        for payment in &contract.terms().payments {
            let rising: Vec<Slot> = match &payment.schedule {
                Schedule::Steps { steps: corners, .. } | Schedule::Line { corners, .. } => {
                    corners.iter().map(|corner| corner.at).collect()
                }
                Schedule::Bands(bands) => bands.iter().filter_map(|band| band.up_to).collect(),
                _ => continue,
            };
            let varied = |slot: &Slot| self.slots.iter().position(|axis| axis == slot);
            for (low, high) in rising.iter().zip(rising.iter().skip(1)) {
                let ends = |slot: &Slot| match varied(slot).and_then(|axis| self.values.get(axis)) {
                    Some(values) => (values.first().copied(), values.last().copied()),
                    None => (points.get(slot.position()).copied(), points.get(slot.position()).copied()),
                };
                // The highest of the lower one must lie below the lowest of the higher one.
                if let ((_, Some(most)), (Some(least), _)) = (ends(low), ends(high))
                    && most >= least
                {
                    let payment = payment.id.clone();
                    return Err(RiskError::NoLongerRising { payment, low: most, high: least });
                }
            }
        }
        Ok(())
    }
}
