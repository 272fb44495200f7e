//! Resampling: what the value of information would have been had chance fallen differently.
//!
//! One rule: the draws of a cell move together by their own spread, up in one half of the runs and down in the other; the same
//! curve is fitted to every run. Signs are fixed numbers, so that an answer is the same each time.
//!
//! Method: if residuals change sign at random, their sum over a cell keeps its mean 0 and its variance, whatever their shape and
//! however it differs between cells. Runs come in pairs of opposite signs, so that what is straight in them cancels from
//! their mean: what is left is the upward bias of a maximum of estimates.

use super::design::Row;
use super::fit::Fit;
use crate::address::Address;
use crate::simulation::{Seed, Stream};

/// Pairs of runs.
const PAIRS: usize = 32;

type Pairs = [f64; PAIRS];

/// The gain of deciding on the fitted means in each run, over deciding once.
pub(super) fn runs(fits: &[Fit], draws: &[f64]) -> Vec<f64> {
    let shifts: Vec<Vec<Pairs>> = (0..).zip(fits).map(|(increment, fit)| shifts(increment, fit, draws)).collect();
    let mut gains = [[0.0; PAIRS]; 2];
    let mut sums = vec![[[0.0; PAIRS]; 2]; fits.len()];
    let mut row = Row::new();
    for (cell, weight) in draws.iter().enumerate().filter(|(_, weight)| **weight > 0.0) {
        let mut best = [[0.0; PAIRS]; 2];
        for ((fit, shifts), sums) in fits.iter().zip(&shifts).zip(&mut sums) {
            fit.basis.design.row(cell, &mut row);
            let mean = fit.means.get(cell).copied().unwrap_or(0.0);
            let shift = combine(&row, shifts);
            for ((sign, best), sums) in [1.0, -1.0].into_iter().zip(&mut best).zip(sums) {
                for ((shift, best), sum) in shift.iter().zip(best).zip(sums) {
                    let here = mean + sign * shift;
                    *best = f64::max(*best, here);
                    *sum += weight * here;
                }
            }
        }
        for (gain, best) in gains.as_flattened_mut().iter_mut().zip(best.as_flattened()) {
            *gain += weight * best;
        }
    }
    less_the_best_at_once(&gains, &sums, draws.iter().sum())
}

fn less_the_best_at_once(gains: &[Pairs; 2], sums: &[[Pairs; 2]], draws: f64) -> Vec<f64> {
    let run = |(position, gain): (usize, &f64)| {
        let at_once = sums.iter().filter_map(|sums| sums.as_flattened().get(position).copied()).fold(0.0, f64::max);
        ((gain - at_once) / draws).max(0.0)
    };
    gains.as_flattened().iter().enumerate().map(run).collect()
}

/// By how much each function's weight moves in the first run of each pair.
fn shifts(increment: u64, fit: &Fit, draws: &[f64]) -> Vec<Pairs> {
    let signs = Stream::new(Seed(increment), &Address::root().child("signs"));
    let mut sides = vec![[0.0; PAIRS]; fit.basis.design.functions()];
    let mut row = Row::new();
    for ((cell, spread), _) in (0..).zip(&fit.spreads).zip(draws).filter(|(_, weight)| **weight > 0.0) {
        let bits = signs.bits(cell as u64);
        let mut moved = [0.0; PAIRS];
        for (bit, moved) in moved.iter_mut().enumerate() {
            *moved = if bits >> bit & 1 == 1 { *spread } else { -spread };
        }
        fit.basis.design.row(cell, &mut row);
        for (position, along) in &row {
            for (side, moved) in sides.get_mut(*position).into_iter().flatten().zip(&moved) {
                *side += along * moved;
            }
        }
    }
    fit.basis.solver.solve(&mut sides);
    sides
}

fn combine(row: &Row, weights: &[Pairs]) -> Pairs {
    let mut sum = [0.0; PAIRS];
    for (position, along) in row {
        for (sum, weight) in sum.iter_mut().zip(weights.get(*position).into_iter().flatten()) {
            *sum += along * weight;
        }
    }
    sum
}
