//! Possibilities: where only what is observed is left to chance, every count it can come to, with its probability.
//!
//! One rule: what is told here is no simulation: it is the sum over all possibilities, each paid by the rules of settlement.

use super::cells::Observed;
use super::run::{Scene, WIDE};
use crate::contract::figure::Counted;
use crate::distribution::Distribution;
use crate::number::{Lanes, Number};
use crate::simulation::{Work, at_width};

/// Possibilities that are gone through, at most.
const MOST_POSSIBILITIES: usize = 1 << 22;

/// What is left out at either end of a distribution of counts.
const LEFT_OUT: f64 = 1e-16;

/// What a contract pays where only what is observed is left to chance: not simulated, but the sum over everything that can be
/// observed.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct ExactRisk {
    /// The probability that anything is paid for a result.
    pub chance_of_paying: f64,
    /// What is expected to be paid in all.
    pub mean: f64,
}

/// The counts that a cell can come to, each with its probability.
struct Possible {
    counts: Vec<(f64, f64)>,
    people: f64,
}

impl Possible {
    fn of(distribution: &Distribution, people: f64) -> Option<Self> {
        let ends = (distribution.quantile(LEFT_OUT).ok()?, distribution.upper_quantile(LEFT_OUT).ok()?);
        if ends.1 - ends.0 >= MOST_POSSIBILITIES as f64 {
            return None;
        }
        let mut counts = Vec::new();
        let mut count = ends.0;
        while count <= ends.1 {
            counts.push((count, distribution.density(count)));
            count += 1.0;
        }
        Some(Self { counts, people })
    }
}

impl Scene<'_> {
    /// The exact risk, where nothing but what is observed is left to chance and there are not too many possibilities.
    pub(super) fn exact(&self) -> Option<ExactRisk> {
        if !self.terms_are_certain {
            return None;
        }
        let possible: Option<Vec<Possible>> = self.observed.iter().map(|cell| possible(cell, self)).collect();
        let possible = possible?;
        let all = possible.iter().try_fold(1_usize, |all, cell| all.checked_mul(cell.counts.len()))?;
        if all > MOST_POSSIBILITIES {
            return None;
        }
        let mut sum = Sum::default();
        at_width(self.width, Summing { scene: self, possible: &possible, all, sum: &mut sum });
        let Sum { chance, mean, probability } = sum;
        Some(ExactRisk { chance_of_paying: (chance / probability).min(1.0), mean: mean / probability })
    }
}

fn possible(cell: &Observed, scene: &Scene<'_>) -> Option<Possible> {
    let people = cell.certain_people(scene.columns)?;
    match &cell.distribution {
        Some(distribution) => Possible::of(distribution, people),
        // Nobody, or a certain thing: there is one count.
        None => cell.certain_count(scene.columns).map(|count| Possible { counts: vec![(count, 1.0)], people }),
    }
}

#[derive(Debug, Default)]
struct Sum {
    chance: f64,
    mean: f64,
    probability: f64,
}

struct Summing<'a, 'c> {
    scene: &'a Scene<'c>,
    possible: &'a [Possible],
    all: usize,
    sum: &'a mut Sum,
}

impl Work for Summing<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { scene, possible, all, sum } = self;
        let plan = scene.plan;
        let values: Vec<Lanes<WIDE>> = scene.columns.points.iter().map(|point| Lanes::all(*point)).collect();
        let mut seen = vec![Counted { count: Lanes::zero(), people: Lanes::zero() }; possible.len()];
        let mut room = plan.room();
        for from in (0..all).step_by(WIDE) {
            let mut chances = [0.0; WIDE];
            for (lane, chance) in chances.iter_mut().enumerate().take(all - from) {
                let mut rest = from + lane;
                *chance = 1.0;
                for (cell, seen) in possible.iter().zip(&mut seen) {
                    let (count, probability) = cell.counts.get(rest % cell.counts.len()).copied().unwrap_or_default();
                    rest /= cell.counts.len();
                    *chance *= probability;
                    if let (Some(place), Some(people)) = (seen.count.0.get_mut(lane), seen.people.0.get_mut(lane)) {
                        (*place, *people) = (count, cell.people);
                    }
                }
            }
            plan.run(&values, &seen, &mut room);
            for ((chance, paid), total) in chances.iter().zip(plan.for_results(&room).0).zip(room.total.0) {
                sum.chance += if paid > 0.0 { *chance } else { 0.0 };
                sum.mean += chance * total;
                sum.probability += chance;
            }
        }
    }
}
