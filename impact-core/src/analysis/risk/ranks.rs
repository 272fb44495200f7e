//! Ranks: the best scenarios of a ranking as they come in, one at a time and in any order.
//!
//! One rule: as many are held as are told, of all draws and of each resample; of equal ones the first of the grid is the better.

use super::ranking::{Best, Ranked, RankingQuestion};
use super::resampled::standard_error;
use std::collections::HashMap;

/// The best scenarios, of all draws and of each resample, as they come in.
pub(super) struct Ranks {
    best: Best,
    kept: usize,
    blocks: u64,
    /// The standard error of each scenario's figure.
    errors: HashMap<usize, f64>,
    of_all: Vec<(f64, usize)>,
    of_resamples: Vec<Vec<(f64, usize)>>,
}

impl Ranks {
    pub fn new(asked: &RankingQuestion) -> Self {
        let of_resamples = (0..asked.resamples).map(|_| Vec::new()).collect();
        let (best, kept, blocks) = (asked.best, asked.kept, asked.blocks);
        Self { best, kept, blocks, errors: HashMap::new(), of_all: Vec::new(), of_resamples }
    }

    pub fn take(&mut self, scenario: usize, figure: f64, resampled: &[f64]) {
        self.errors.insert(scenario, standard_error(resampled, self.blocks));
        let (best, kept) = (self.best, self.kept);
        enter(&mut self.of_all, (figure, scenario), best, kept);
        for (ranks, figure) in self.of_resamples.iter_mut().zip(resampled) {
            enter(ranks, (*figure, scenario), best, kept);
        }
    }

    pub fn told(&self, asked: &RankingQuestion) -> Vec<Ranked> {
        let mut stays: HashMap<usize, (u64, u64)> = HashMap::new();
        for ranks in &self.of_resamples {
            for (place, (_, scenario)) in ranks.iter().enumerate() {
                let (best, among) = stays.entry(*scenario).or_default();
                *best += u64::from(place == 0);
                *among += 1;
            }
        }
        let share = |count: u64| count as f64 / asked.resamples as f64;
        let told = |(figure, scenario): &(f64, usize)| {
            let (best, among) = stays.get(scenario).copied().unwrap_or_default();
            Ranked {
                scenario: *scenario,
                values: asked.grid.values(*scenario),
                figure: *figure,
                figure_error: self.errors.get(scenario).copied().unwrap_or(0.0),
                stays_best: share(best),
                stays_among: share(among),
            }
        };
        self.of_all.iter().map(told).collect()
    }
}

/// Enters a scenario among the best so far, the best first; of equal ones the first of the grid.
fn enter(ranks: &mut Vec<(f64, usize)>, (figure, scenario): (f64, usize), best: Best, kept: usize) {
    let before = |other: &(f64, usize)| {
        let by_figure = other.0.total_cmp(&figure);
        let by_figure = if best == Best::Smallest { by_figure } else { by_figure.reverse() };
        by_figure.then(other.1.cmp(&scenario)).is_lt()
    };
    let place = ranks.partition_point(before);
    if place < kept {
        ranks.truncate(kept - 1);
        ranks.insert(place, (figure, scenario));
    }
}
