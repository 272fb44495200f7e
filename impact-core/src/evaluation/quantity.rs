//! Quantities: how many units an intake brings, and how much of a unit there is in each year after its first effect.
//!
//! One rule: what a path weighs in each year follows from its times alone and is a constant of the plan; only levels vary.
//!
//! # Formula
//! ```text
//! units of an intake  = product of the numbers of a quantity or a chain
//!                     = population · (treated − baseline), of what is unwanted population · (baseline − treated)
//! treated             = baseline + difference; baseline · risk ratio; baseline · rate ratio; baseline · (1 + relative change);
//!                       odds / (1 + odds) with odds = odds ratio · baseline / (1 − baseline); a share stays within 0 to 1
//! level of year k     = (1 − drop_off)^k and other decays, a last part of a year counted as its part
//!                     = Π (1 − hazard) over the years before
//!                     = Σ over points of w(k, point) · level, the average of the path over the year
//! ```

use super::formula::at;
use crate::model::{Change, Direction, LONGEST_HORIZON, Outcome, Path, PopulationEffect, Quantity, Slot};
use crate::number::{Constant, Exact, Number};
use crate::reference::{Contrast, DropOff};
use rust_decimal::prelude::ToPrimitive;
use std::collections::BTreeMap;

/// How many units an intake brings.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum IntakePlan {
    /// Numbers multiplied.
    Product(Vec<Slot>),
    /// A contrast times a population.
    Effect { population: Slot, contrast: Contrast, baseline: Option<Slot>, size: Slot, direction: Direction },
}

/// How much of a unit there is in each year.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum CoursePlan {
    /// An event: one unit in its first year.
    Once,
    /// Falling off by a share a year.
    Lasting { duration: Slot, drop_off: Slot, settled: Option<Vec<Constant>> },
    /// Losing a share of its own at the start of each year after the first.
    Hazard(Vec<Slot>),
    /// The average of a path in each year.
    Path(PathPlan),
}

/// One unit in each year after its first effect: how much of it there is while it is there, and in what part of the year.
#[derive(Debug, Clone)]
pub(super) struct Profile<N> {
    pub levels: Vec<N>,
    pub used: Vec<N>,
}

/// A path as weights of its levels.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PathPlan {
    years: usize,
    /// How long each year of it is.
    lengths: Vec<Constant>,
    /// Year, level, and what the level counts for in the year; turned where less is wanted.
    parts: Vec<(usize, Slot, Constant)>,
    /// The levels, and what they are multiplied by to be wanted: one, or minus one.
    levels: Vec<Slot>,
    sign: Constant,
}

impl IntakePlan {
    /// The slots it is made of.
    pub fn slots(&self) -> Vec<Slot> {
        match self {
            Self::Product(slots) => slots.clone(),
            Self::Effect { population, baseline, size, .. } => {
                [Some(*population), *baseline, Some(*size)].into_iter().flatten().collect()
            }
        }
    }
}

impl CoursePlan {
    /// The slots it is made of.
    pub fn slots(&self) -> Vec<Slot> {
        match self {
            Self::Once => Vec::new(),
            Self::Lasting { duration, drop_off, .. } => vec![*duration, *drop_off],
            Self::Hazard(hazards) => hazards.clone(),
            Self::Path(path) => path.levels.clone(),
        }
    }

    /// Works out the years of a duration that does not vary.
    pub fn settle(&mut self, points: &[Constant], varies: impl Fn(Slot) -> bool) {
        if let Self::Lasting { duration, settled, .. } = self {
            let point = points.get(duration.position()).filter(|_| !varies(*duration));
            *settled = point.map(|point| parts_of_years(point.exact()).map(Constant::new).collect());
        }
    }

    /// What a level of each year after a first effect counts for in the present value of one unit, over all intakes: its part
    /// of the year, by the factors of the years it falls into. None where the years themselves vary.
    pub fn weights(&self, first_effects: &[usize], factors: &[Constant]) -> Option<Vec<Constant>> {
        let Self::Lasting { settled: Some(parts), .. } = self else { return None };
        let factor = |year: usize| factors.get(year).map_or(Exact::ZERO, Constant::exact);
        let weight = |(k, part): (usize, &Constant)| {
            let worth = |sum, first: &usize| sum + factor(first.saturating_add(k));
            Constant::new(part.exact() * first_effects.iter().fold(Exact::ZERO, worth))
        };
        Some(parts.iter().take(factors.len()).enumerate().map(weight).collect())
    }

    /// The present value of one unit, with the weights of its years.
    #[inline(always)]
    pub fn weighed<N: Number>(&self, kind: DropOff, weights: &[Constant], inputs: &[N]) -> N {
        let Self::Lasting { drop_off, .. } = self else { return N::zero() };
        let drop_off = at(inputs, *drop_off);
        let left = N::one() - drop_off;
        // A loop for each kind: what is added up in one that asks for the kind goes through memory year by year.
        match kind {
            DropOff::Geometric => weigh(weights, N::one(), |level| level * left),
            DropOff::Once => weigh(weights, left, |level| level),
            DropOff::Linear => weigh(weights, N::one(), |level| (level - drop_off).max(N::zero())),
        }
    }

    /// The same with nothing lost on the way; a path says itself how it goes.
    pub fn without_loss(&self, zero: Slot) -> Self {
        match self {
            Self::Lasting { duration, settled, .. } => {
                Self::Lasting { duration: *duration, drop_off: zero, settled: settled.clone() }
            }
            Self::Hazard(hazards) => Self::Hazard(vec![zero; hazards.len()]),
            Self::Once | Self::Path(_) => self.clone(),
        }
    }
}

/// The quantity of an outcome laid out.
pub(super) fn plan(outcome: &Outcome) -> (IntakePlan, CoursePlan) {
    let lasting = match outcome.duration {
        Some(duration) => CoursePlan::Lasting { duration, drop_off: outcome.drop_off, settled: None },
        None => CoursePlan::Once,
    };
    match &outcome.quantity {
        Quantity::Number(slot) => (IntakePlan::Product(vec![*slot]), lasting),
        Quantity::Chain(links) => (IntakePlan::Product(links.clone()), lasting),
        Quantity::Path(path) => (IntakePlan::Product(Vec::new()), CoursePlan::Path(PathPlan::of(path, false))),
        Quantity::Effect(PopulationEffect { population, change: Change::Path(path) }) => {
            let path = PathPlan::of(path, outcome.direction == Direction::Decrease);
            (IntakePlan::Product(vec![*population]), CoursePlan::Path(path))
        }
        Quantity::Effect(PopulationEffect { population, change: Change::Contrast(change) }) => {
            let intake = IntakePlan::Effect {
                population: *population,
                contrast: change.contrast,
                baseline: change.baseline,
                size: change.size,
                direction: outcome.direction,
            };
            let course = if change.hazard.is_empty() { lasting } else { CoursePlan::Hazard(change.hazard.clone()) };
            (intake, course)
        }
    }
}

impl PathPlan {
    fn of(path: &Path, turned: bool) -> Self {
        let sign = if turned { Exact::zero() - Exact::ONE } else { Exact::ONE };
        let mut weights: BTreeMap<(usize, Slot), Exact> = BTreeMap::new();
        let years = usize::try_from(path.years()).unwrap_or(0);
        let mut lengths = vec![Exact::ZERO; years];
        for (from, to) in path.points.iter().zip(path.points.iter().skip(1)) {
            let (begin, end) = (Exact::from(from.at), Exact::from(to.at));
            let first = from.at.floor().to_i32().unwrap_or(0);
            for year in first..to.at.ceil().to_i32().unwrap_or(first) {
                let (low, high) = (begin.max(Exact::whole(year)), end.min(Exact::whole(year) + Exact::ONE));
                let length = high - low;
                let position = usize::try_from(year).unwrap_or(0);
                lengths.iter_mut().skip(position).take(1).for_each(|whole| *whole = *whole + length);
                // A straight line over a stretch is worth its value in the middle.
                let late = length * ((low + high) / Exact::whole(2) - begin) / (end - begin);
                for (slot, weight) in [(from.level, length - late), (to.level, late)] {
                    let entry = weights.entry((position, slot)).or_insert(Exact::ZERO);
                    *entry = *entry + sign * weight;
                }
            }
        }
        Self {
            years,
            lengths: lengths.into_iter().map(Constant::new).collect(),
            parts: weights.into_iter().map(|((year, slot), weight)| (year, slot, Constant::new(weight))).collect(),
            levels: path.slots().collect(),
            sign: Constant::new(sign),
        }
    }

    /// The average of each year; returns the wanted level farthest from zero.
    #[inline(always)]
    fn levels<N: Number>(&self, inputs: &[N], profile: &mut Vec<N>) -> N {
        let first = profile.len();
        profile.resize(first.saturating_add(self.years), N::zero());
        for (year, level, weight) in &self.parts {
            if let Some(average) = profile.get_mut(first.saturating_add(*year)) {
                *average = *average + at(inputs, *level) * N::constant(weight);
            }
        }
        // Squares would be beyond what decimals hold long before the levels are.
        let size = |level: N| level.max(N::zero() - level);
        let farthest = self
            .levels
            .iter()
            .map(|level| at(inputs, *level))
            .fold(N::zero(), |farthest, level| N::select(size(farthest), size(level), level, farthest));
        farthest * N::constant(&self.sign)
    }
}

/// The units of an intake; of a path what its levels are multiplied by.
#[inline(always)]
pub(super) fn of_intake<N: Number>(plan: &IntakePlan, inputs: &[N]) -> N {
    match plan {
        IntakePlan::Product(slots) => slots.iter().fold(N::one(), |product, slot| product * at(inputs, *slot)),
        IntakePlan::Effect { population, contrast, baseline, size, direction } => {
            let baseline = baseline.map(|slot| at(inputs, slot));
            let change = change(*contrast, baseline, at(inputs, *size));
            let population = at(inputs, *population);
            match direction {
                Direction::Increase => population * change,
                Direction::Decrease => population * (N::zero() - change),
            }
        }
    }
}

/// Treated rate less baseline. Drawn values that would leave a share below nobody or above everybody are held there.
#[inline(always)]
pub(super) fn change<N: Number>(contrast: Contrast, baseline: Option<N>, size: N) -> N {
    let change = contrast.change(baseline.unwrap_or(N::zero()), size);
    match baseline {
        Some(baseline) if contrast.is_of_probabilities() => change.min(N::one() - baseline).max(N::zero() - baseline),
        _ => change,
    }
}

/// Adds to a room how much of a unit there is in each year after the first effect; returns how much of one starts: the whole, and
/// of a path its level farthest from zero.
#[inline(always)]
pub(super) fn course<N: Number>(kind: DropOff, plan: &CoursePlan, inputs: &[N], profile: &mut Vec<N>) -> N {
    match plan {
        CoursePlan::Once => profile.push(N::one()),
        CoursePlan::Lasting { duration, drop_off, settled } => {
            let drop_off = at(inputs, *drop_off);
            match settled {
                Some(parts) => lasting(kind, parts.iter().map(N::constant), drop_off, profile),
                None => lasting(kind, parts_of_years(at(inputs, *duration)), drop_off, profile),
            }
        }
        CoursePlan::Hazard(shares) => {
            let mut left = N::one();
            profile.push(left);
            for share in shares {
                left = left * (N::one() - at(inputs, *share));
                profile.push(left);
            }
        }
        CoursePlan::Path(path) => return path.levels(inputs, profile),
    }
    N::one()
}

impl<N: Number> Profile<N> {
    pub fn empty() -> Self {
        Self { levels: Vec::new(), used: Vec::new() }
    }

    /// Fills in one unit of an outcome: its level times the part of the year is what there is of it.
    #[inline(never)]
    pub fn fill(&mut self, kind: DropOff, plan: &CoursePlan, inputs: &[N]) {
        self.levels.clear();
        self.used.clear();
        match plan {
            CoursePlan::Lasting { duration, drop_off, settled } => {
                match settled {
                    Some(parts) => self.used.extend(parts.iter().map(N::constant)),
                    None => self.used.extend(parts_of_years(at(inputs, *duration))),
                }
                lasting(kind, self.used.iter().map(|_| N::one()), at(inputs, *drop_off), &mut self.levels);
            }
            CoursePlan::Path(path) => {
                course(kind, plan, inputs, &mut self.levels);
                self.used.extend(path.lengths.iter().map(N::constant));
                for (level, length) in self.levels.iter_mut().zip(&self.used) {
                    // Before the first point of a path there is nothing, and no part of a year to share it by.
                    *level = N::select(N::zero(), *length, *level / *length, N::zero());
                }
            }
            CoursePlan::Once | CoursePlan::Hazard(_) => {
                course(kind, plan, inputs, &mut self.levels);
                self.used.resize(self.levels.len(), N::one());
            }
        }
    }
}

/// What a duration takes of each year: the whole of each, and of a last one its part.
#[inline(always)]
fn parts_of_years<N: Number>(duration: N) -> impl Iterator<Item = N> {
    let mut left = duration;
    // No model lasts longer at its point values; a draw that does has all its years within any horizon counted.
    (0..LONGEST_HORIZON).map_while(move |_| {
        let part = left.any_above_zero().then(|| left.min(N::one()).max(N::zero()));
        left = left - N::one();
        part
    })
}

#[inline(always)]
fn lasting<N: Number>(kind: DropOff, parts: impl Iterator<Item = N>, drop_off: N, profile: &mut Vec<N>) {
    let mut level = first_level(kind, drop_off);
    for part in parts {
        profile.push(level * part);
        level = next_level(kind, drop_off, level);
    }
}

/// Levels of one year after the other, added up by their weights.
#[inline(always)]
fn weigh<N: Number>(weights: &[Constant], first: N, next: impl Fn(N) -> N) -> N {
    let (mut present, mut level) = (N::zero(), first);
    for weight in weights {
        present = present + level * N::constant(weight);
        level = next(level);
    }
    present
}

/// What is left of a unit in its first year.
#[inline(always)]
fn first_level<N: Number>(kind: DropOff, drop_off: N) -> N {
    if kind == DropOff::Once { N::one() - drop_off } else { N::one() }
}

/// What is left of it in the year after.
#[inline(always)]
fn next_level<N: Number>(kind: DropOff, drop_off: N, level: N) -> N {
    match kind {
        DropOff::Geometric => level * (N::one() - drop_off),
        DropOff::Once => level,
        DropOff::Linear => (level - drop_off).max(N::zero()),
    }
}
