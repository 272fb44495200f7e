//! Ranks: where each draw of a column stands among the others.
//!
//! One rule: equal draws share their average rank.

use crate::analysis::draws::float;

/// A column in order.
pub(super) struct Ranked {
    /// Runs of equal draws, lowest first: the positions of the draws.
    runs: Vec<Vec<u32>>,
    /// The share of draws below each draw, its own and its equals counted half, less ½.
    pub(super) heights: Vec<f64>,
}

impl Ranked {
    pub(super) fn new(column: &[f64]) -> Self {
        let mut order: Vec<(f64, u32)> = column.iter().copied().zip(0..).collect();
        order.sort_unstable_by(|left, right| left.0.total_cmp(&right.0).then(left.1.cmp(&right.1)));
        let runs = order.chunk_by(|left, right| left.0 == right.0);
        let runs: Vec<Vec<u32>> = runs.map(|run| run.iter().map(|(_, draw)| *draw).collect()).collect();
        let mut heights = vec![0.0; column.len()];
        let (mut below, all) = (0.0, float(column.len()));
        for run in &runs {
            let size = float(run.len());
            for draw in run {
                set(&mut heights, *draw, (below + 0.5 * size) / all - 0.5);
            }
            below += size;
        }
        Self { runs, heights }
    }

    /// For each draw, the mean over all draws of what lies above it of these weights, its own and its equals' counted half.
    pub(super) fn above(&self, weights: &[f64]) -> Vec<f64> {
        let mut means = vec![0.0; weights.len()];
        let (mut above, all) = (0.0, float(weights.len()));
        for run in self.runs.iter().rev() {
            let weight: f64 = run.iter().filter_map(|draw| weights.get(*draw as usize)).sum();
            for draw in run {
                set(&mut means, *draw, (above + 0.5 * weight) / all);
            }
            above += weight;
        }
        means
    }
}

fn set(column: &mut [f64], draw: u32, value: f64) {
    if let Some(place) = column.get_mut(draw as usize) {
        *place = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_draws_share_their_average_rank() {
        let ranked = Ranked::new(&[2.0, 0.0, 2.0, -0.0, 5.0]);
        let ranks: Vec<f64> = ranked.heights.iter().map(|height| (height + 0.5) * 5.0 + 0.5).collect();
        for (rank, expected) in ranks.iter().zip([3.5, 1.5, 3.5, 1.5, 5.0]) {
            assert!((rank - expected).abs() < 1e-12, "{rank} {expected}");
        }
    }

    #[test]
    fn weights_above_a_draw_are_added_up() {
        let ranked = Ranked::new(&[1.0, 3.0, 2.0, 3.0]);
        assert_eq!(ranked.above(&[4.0, 8.0, 16.0, 32.0]), [14.5, 5.0, 12.0, 5.0]);
    }
}
