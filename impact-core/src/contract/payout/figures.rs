//! Figures over any number type: planned once over the cells that they rest on, made for each run.
//!
//! One rule: a figure that does not exist (nobody observed, no relative effect on nothing) pays nothing.

use super::planner::Planner;
use super::{Arm, PayoutFault};
use crate::contract::figure::{Counted, effect};
use crate::contract::ratio::Ratio;
use crate::contract::values::at;
use crate::model::terms::{Against, Effect, Estimate, Figure, Made, Weighted};
use crate::model::{Direction, Slot};
use crate::number::Number;
use chrono::NaiveDate;

/// A figure, and of whom.
pub(super) type Asked = (Figure, Whose);

/// Of whom a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// Of a cohort, by its position.
    Cohort(usize),
    /// Of all cohorts.
    All,
    /// Of all cohorts observed up to a day.
    Until(NaiveDate),
}

impl Whose {
    /// Of a cohort, or of all.
    pub fn of(cohort: Option<usize>) -> Self {
        cohort.map_or(Self::All, Self::Cohort)
    }

    /// Whether a cohort is one of them.
    pub fn has(self, cohort: usize, date: NaiveDate) -> bool {
        match self {
            Self::Cohort(own) => own == cohort,
            Self::All => true,
            Self::Until(day) => date <= day,
        }
    }
}

/// How a figure is made, and the last day of what it rests on.
#[derive(Debug)]
pub(super) struct Planned {
    pub asked: Asked,
    pub making: Making,
    pub day: NaiveDate,
}

/// How a figure is made.
#[derive(Debug)]
pub(super) enum Making {
    /// What was observed of cells: so many, or so many of so many.
    Sum { cells: Vec<usize>, has_people: bool },
    /// The treated against a comparison.
    Compared { treated: Vec<usize>, against: Baseline, effect: Effect, direction: Direction },
    /// The weighted mean of figures planned before.
    Mean(Vec<(usize, Slot)>),
}

impl Making {
    /// Whether a number of the terms decides it.
    pub fn rests_on(&self, slot: Slot) -> bool {
        match self {
            Self::Sum { .. } => false,
            Self::Compared { against, .. } => matches!(against, Baseline::Fixed(fixed) if *fixed == slot),
            Self::Mean(parts) => parts.iter().any(|(_, weight)| *weight == slot),
        }
    }
}

/// What the treated are compared with.
#[derive(Debug)]
pub(super) enum Baseline {
    Fixed(Slot),
    Cells(Vec<usize>),
}

/// A figure as it was made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found<N> {
    pub ratio: Ratio<N>,
    /// 1 where there is such a figure, else 0.
    pub exists: N,
}

impl Planner<'_> {
    /// The position of a figure, planned where it was not yet; `of` is what rests on it.
    pub fn figure(&mut self, (figure, whose): Asked, of: &str) -> Result<usize, PayoutFault> {
        let asked = (figure, if self.is_pooled(figure) { Whose::All } else { whose });
        if let Some(known) = self.figures.iter().position(|known| known.asked == asked) {
            return Ok(known);
        }
        let (making, day) = match figure {
            Figure::Metric(metric) => {
                let kind = self.contract.terms().metrics.get(metric).map(|metric| metric.kind);
                let (cells, day) = self.cells_of((metric, asked.1), Arm::Treated, of)?;
                (Making::Sum { cells, has_people: kind.is_some_and(|kind| kind.has_people()) }, day)
            }
            Figure::Estimate(position) => match self.contract.terms().estimates.get(position) {
                Some(estimate) => self.estimate(estimate, asked.1)?,
                None => self.mean(Vec::new()),
            },
            Figure::Nothing => self.mean(Vec::new()),
        };
        self.figures.push(Planned { asked, making, day });
        Ok(self.figures.len() - 1)
    }

    fn estimate(&mut self, estimate: &Estimate, whose: Whose) -> Result<(Making, NaiveDate), PayoutFault> {
        match &estimate.made {
            Made::Compared { metric, effect, direction, against } => {
                let (treated, day) = self.cells_of((*metric, whose), Arm::Treated, &estimate.id)?;
                let against = match against {
                    Against::Fixed(slot) => Baseline::Fixed(*slot),
                    Against::Groups(_) if !matches!(whose, Whose::Cohort(_)) => {
                        return Err(PayoutFault::ComparisonChanges { estimate: estimate.id.clone() });
                    }
                    _ => Baseline::Cells(self.cells_of((*metric, whose), Arm::Compared, &estimate.id)?.0),
                };
                Ok((Making::Compared { treated, against, effect: *effect, direction: *direction }, day))
            }
            Made::Pooled { of, weights } => {
                let mut parts = Vec::with_capacity(weights.len());
                for Weighted { what, weight } in weights {
                    let known = self.truth.cohorts.iter().position(|cohort| cohort.id == *what);
                    let missing =
                        || PayoutFault::CohortNotForeseen { estimate: estimate.id.clone(), cohort: what.clone() };
                    let cohort = known.ok_or_else(missing)?;
                    parts.push((self.figure((*of, Whose::Cohort(cohort)), &estimate.id)?, *weight));
                }
                Ok(self.mean(parts))
            }
            Made::Mixed { of } => {
                let mut parts = Vec::with_capacity(of.len());
                for Weighted { what, weight } in of {
                    parts.push((self.figure((*what, whose), &estimate.id)?, *weight));
                }
                Ok(self.mean(parts))
            }
        }
    }

    fn mean(&self, parts: Vec<(usize, Slot)>) -> (Making, NaiveDate) {
        let days = parts.iter().filter_map(|(figure, _)| self.figures.get(*figure)).map(|figure| figure.day);
        let day = days.max().unwrap_or(NaiveDate::MIN);
        (Making::Mean(parts), day)
    }

    /// Whether an estimate speaks of all cohorts together.
    pub fn is_pooled(&self, figure: Figure) -> bool {
        let Figure::Estimate(position) = figure else { return false };
        match self.contract.terms().estimates.get(position).map(|estimate| &estimate.made) {
            Some(Made::Pooled { .. }) => true,
            Some(Made::Mixed { of }) => of.iter().any(|one| self.is_pooled(one.what)),
            _ => false,
        }
    }
}

/// Makes all figures, in order.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn make<N: Number>(figures: &[Planned], values: &[N], seen: &[Counted<N>], found: &mut Vec<Found<N>>) {
    found.clear();
    for figure in figures {
        let made = match &figure.making {
            Making::Sum { cells, has_people: false } => {
                Found { ratio: Ratio::whole(added(seen, cells).count), exists: N::one() }
            }
            Making::Sum { cells, has_people: true } => {
                let sum = added(seen, cells);
                existing(Ratio { over: sum.count, under: sum.people })
            }
            Making::Compared { treated, against, effect: kind, direction } => {
                let expected = match against {
                    Baseline::Fixed(slot) => Counted { count: at(values, *slot), people: N::one() },
                    Baseline::Cells(cells) => added(seen, cells),
                };
                let treated = added(seen, treated);
                let compared = existing(effect(*kind, *direction, treated, expected));
                // Nobody treated, or nobody compared with, is no effect of any kind.
                let people = treated.people * expected.people;
                let exists = N::select(N::zero(), people, compared.exists, N::zero());
                Found { exists, ..compared }
            }
            Making::Mean(parts) => mean(parts, values, found),
        };
        found.push(made);
    }
}

/// Cells added up.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn added<N: Number>(seen: &[Counted<N>], cells: &[usize]) -> Counted<N> {
    let mut sum = Counted { count: N::zero(), people: N::zero() };
    for cell in cells {
        if let Some(cell) = seen.get(*cell) {
            sum = Counted { count: sum.count + cell.count, people: sum.people + cell.people };
        }
    }
    sum
}

/// A fraction that exists where something stands below it.
#[cfg_attr(not(debug_assertions), inline(always))]
fn existing<N: Number>(ratio: Ratio<N>) -> Found<N> {
    let exists = N::select(N::zero(), ratio.under, N::one(), N::zero());
    let under = N::select(N::zero(), ratio.under, ratio.under, N::one());
    Found { ratio: Ratio { over: ratio.over, under }, exists }
}

/// The weighted mean of figures that were made: Σ weight · figure / Σ weight; none where one of them is missing.
#[cfg_attr(not(debug_assertions), inline(always))]
fn mean<N: Number>(parts: &[(usize, Slot)], values: &[N], found: &[Found<N>]) -> Found<N> {
    let (mut sum, mut weights, mut all) = (Ratio::whole(N::zero()), N::zero(), N::one());
    for (figure, slot) in parts {
        let (Some(part), weight) = (found.get(*figure), at(values, *slot)) else { continue };
        sum = sum.plus(part.ratio.times(weight));
        weights = weights + weight;
        all = all.min(part.exists);
    }
    let mean = existing(sum.shared_by(weights));
    Found { exists: mean.exists.min(all), ..mean }
}
