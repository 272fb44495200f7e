//! Ranks: the best scenarios of a ranking as they come in, one at a time and in any order.
//!
//! One rule: scenarios are equal where their figures are, and equal ones share what they have: a place, and being the best.
//!
//! What is held does not grow with the grid: so many scenarios as are told, each with its figure in every resample, and of every resample
//! so many of its best figures.

use super::ranking::{Best, Ranked, RankingQuestion};
use super::resampled::standard_error;
use std::cmp::Ordering;

/// By what part of themselves figures may differ that are equal: sums of draws that are grouped otherwise, rounded otherwise.
const ROUNDING: f64 = 1e-12;

/// The best scenarios, of all draws and of each resample, as they come in.
pub(super) struct Ranks {
    best: Best,
    kept: usize,
    blocks: u64,
    /// The best of all draws, the best first; of equal ones the first of the grid.
    held: Vec<Held>,
    /// How many scenarios are not held whose figure is that of the last one that is.
    beside: usize,
    /// The best figures of each resample, the best first.
    of_resamples: Vec<Vec<f64>>,
}

/// A scenario that may be told.
struct Held {
    figure: f64,
    scenario: usize,
    resampled: Vec<f64>,
}

impl Ranks {
    pub fn new(asked: &RankingQuestion) -> Self {
        let of_resamples = (0..asked.resamples).map(|_| Vec::new()).collect();
        let (best, kept, blocks) = (asked.best, asked.kept, asked.blocks);
        Self { best, kept, blocks, held: Vec::new(), beside: 0, of_resamples }
    }

    pub fn take(&mut self, scenario: usize, figure: f64, resampled: Vec<f64>) {
        let (best, kept) = (self.best, self.kept);
        for (figures, figure) in self.of_resamples.iter_mut().zip(&resampled) {
            let place = figures.partition_point(|other| best.order(*other, *figure).is_lt());
            insert(figures, place, *figure, kept);
        }
        let before = |held: &Held| best.order(held.figure, figure).then(held.scenario.cmp(&scenario)).is_lt();
        let place = self.held.partition_point(before);
        let out = insert(&mut self.held, place, Held { figure, scenario, resampled }, kept);
        let last = self.held.last().map(|last| last.figure);
        self.beside = match out {
            Some(out) if last.is_some_and(|last| equal(last, out.figure)) => self.beside + 1,
            // Those beside a figure that is held no more are worse than the last one now.
            Some(_) if place < kept => 0,
            _ => self.beside,
        };
    }

    pub fn told(&self, asked: &RankingQuestion) -> Vec<Ranked> {
        let alike = self.held.chunk_by(|one, other| equal(one.figure, other.figure));
        let (mut told, mut place) = (Vec::with_capacity(self.held.len()), 1);
        for shared in alike {
            let is_last = told.len() + shared.len() == self.held.len();
            let ties = shared.len() - 1 + if is_last { self.beside } else { 0 };
            // Rounding does not decide who of equals comes first.
            let mut in_order: Vec<&Held> = shared.iter().collect();
            in_order.sort_unstable_by_key(|held| held.scenario);
            told.extend(in_order.into_iter().map(|held| self.ranked(asked, held, (place, ties))));
            place += shared.len();
        }
        told
    }

    fn ranked(&self, asked: &RankingQuestion, held: &Held, (place, ties): (usize, usize)) -> Ranked {
        let stays = |other: fn(&[f64]) -> Option<&f64>| {
            let each = self.of_resamples.iter().zip(&held.resampled);
            let stays = each.filter(|(figures, own)| {
                other(figures).is_none_or(|other| equal(*other, **own) || self.best.order(*other, **own).is_ge())
            });
            stays.count() as f64 / asked.resamples as f64
        };
        Ranked {
            place,
            ties,
            scenario: held.scenario,
            values: asked.grid.values(held.scenario),
            figure: held.figure,
            figure_error: standard_error(&held.resampled, self.blocks),
            stays_best: stays(<[f64]>::first),
            stays_among: stays(<[f64]>::last),
        }
    }
}

impl Best {
    /// The better first.
    fn order(self, one: f64, other: f64) -> Ordering {
        match self {
            Self::Smallest => one.total_cmp(&other),
            Self::Largest => other.total_cmp(&one),
        }
    }
}

/// Whether two figures are the same but for rounding.
fn equal(one: f64, other: f64) -> bool {
    (one - other).abs() <= ROUNDING * one.abs().max(other.abs())
}

/// Inserts at a place, and gives what is one too many.
fn insert<T>(ranks: &mut Vec<T>, place: usize, one: T, kept: usize) -> Option<T> {
    if place >= kept {
        return Some(one);
    }
    ranks.insert(place, one);
    (ranks.len() > kept).then(|| ranks.pop()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Axis;
    use crate::analysis::risk::{RankedBy, RiskGridQuestion, Situation};
    use crate::simulation::{Seed, Simulation, Stream};
    use rust_decimal::Decimal;

    const SCENARIOS: usize = 12;
    const RESAMPLES: usize = 5;

    fn asked(kept: usize, best: Best) -> RankingQuestion {
        let address = "contract.at_most".parse().unwrap();
        let grid = RiskGridQuestion {
            axes: vec![Axis::at(address, (0..SCENARIOS).map(Decimal::from))],
            situation: Situation::AsBelieved,
            chances: Vec::new(),
            simulation: Simulation::new(10, Seed(7)),
        };
        RankingQuestion { grid, by: RankedBy::Mean, best, kept, blocks: 2, resamples: RESAMPLES as u64 }
    }

    /// Figures of a few values, so that many are equal: of all draws, then of each resample.
    fn figures(seed: u64) -> Vec<Vec<f64>> {
        let stream = Stream::new(Seed(seed), &"figures".parse().unwrap());
        let figure = |at: usize| (stream.at(at as u64) * 4.0).floor();
        (0..SCENARIOS).map(|scenario| (0..=RESAMPLES).map(|at| figure(scenario * 100 + at)).collect()).collect()
    }

    #[test]
    fn what_is_told_is_what_all_scenarios_side_by_side_tell() {
        for (seed, best) in (0..200).map(|seed| (seed, if seed % 2 == 0 { Best::Smallest } else { Best::Largest })) {
            let (figures, kept) = (figures(seed), 1 + seed as usize % 6);
            let asked = asked(kept, best);
            let mut ranks = Ranks::new(&asked);
            for at in 0..SCENARIOS {
                // In an order that is not that of the grid.
                let scenario = (at * 5 + seed as usize) % SCENARIOS;
                ranks.take(scenario, figures[scenario][0], figures[scenario][1..].to_vec());
            }
            let better = |at: usize, than: usize| {
                (0..SCENARIOS).filter(|other| best.order(figures[*other][at], figures[than][at]).is_lt()).count()
            };
            let told = ranks.told(&asked);
            let mut expected: Vec<usize> = (0..SCENARIOS).collect();
            expected.sort_by(|one, other| best.order(figures[*one][0], figures[*other][0]));
            assert_eq!(told.iter().map(|row| row.scenario).collect::<Vec<_>>(), expected[..kept]);
            for row in &told {
                let own = row.scenario;
                assert_eq!((row.place, row.figure), (1 + better(0, own), figures[own][0]), "seed {seed}");
                let as_good = figures.iter().filter(|other| other[0] == figures[own][0]).count();
                assert_eq!(row.ties, as_good - 1, "seed {seed}");
                let stays = |fewer: usize| {
                    (1..=RESAMPLES).filter(|at| better(*at, own) < fewer).count() as f64 / RESAMPLES as f64
                };
                assert_eq!((row.stays_best, row.stays_among), (stays(1), stays(kept)), "seed {seed}");
            }
        }
    }

    #[test]
    fn figures_that_differ_by_rounding_are_equal() {
        assert!(equal(0.1 + 0.2, 0.3) && equal(0.0, 0.0) && !equal(1.0, 1.000_001) && !equal(0.0, 1e-300));
    }

    #[test]
    fn figures_that_differ_by_rounding_are_told_in_the_order_of_the_grid() {
        let asked = asked(4, Best::Smallest);
        let mut ranks = Ranks::new(&asked);
        for (scenario, figure) in [(0, 0.1 + 0.2), (1, 1.0), (2, 0.3), (3, 0.1)] {
            ranks.take(scenario, figure, vec![figure; RESAMPLES]);
        }
        let told: Vec<_> = ranks.told(&asked).iter().map(|row| (row.scenario, row.place, row.ties)).collect();
        // 0.1 + 0.2 is a hair more than 0.3 in binary.
        assert_eq!(told, [(3, 1, 0), (0, 2, 1), (2, 2, 1), (1, 4, 0)]);
    }
}
