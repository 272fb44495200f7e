//! Ranks: where each draw of a column stands among the others.
//!
//! One rule: equal draws share their average rank.

use crate::analysis::draws::float;

/// A column in order.
pub(super) struct Ranked {
    /// The positions of the draws, the lowest first.
    order: Vec<u32>,
    /// Where each run of equal draws ends in the order.
    ends: Vec<usize>,
    /// The share of draws below each draw, its own and its equals counted half, less ½.
    pub(super) heights: Vec<f64>,
}

impl Ranked {
    pub(super) fn new(column: &[f64]) -> Self {
        let order = order(column);
        let value = |draw: &u32| column.get(*draw as usize).copied().unwrap_or_default();
        let mut ends = Vec::with_capacity(order.len());
        for run in order.chunk_by(|left, right| value(left) == value(right)) {
            ends.push(ends.last().copied().unwrap_or(0) + run.len());
        }
        let mut ranked = Self { order, ends, heights: vec![0.0; column.len()] };
        let mut heights = std::mem::take(&mut ranked.heights);
        let (mut below, all) = (0.0, float(column.len()));
        for run in ranked.runs() {
            let size = float(run.len());
            for draw in run {
                set(&mut heights, *draw, (below + 0.5 * size) / all - 0.5);
            }
            below += size;
        }
        ranked.heights = heights;
        ranked
    }

    /// Runs of equal draws, the lowest first.
    fn runs(&self) -> impl DoubleEndedIterator<Item = &[u32]> {
        let begins = |run: usize| run.checked_sub(1).and_then(|last| self.ends.get(last)).copied().unwrap_or(0);
        self.ends.iter().enumerate().map(move |(run, end)| self.order.get(begins(run)..*end).unwrap_or_default())
    }

    /// For each draw, the mean over all draws of what lies above it of these weights, its own and its equals' counted half.
    pub(super) fn above(&self, weights: &[f64]) -> Vec<f64> {
        let mut means = vec![0.0; weights.len()];
        let (mut above, all) = (0.0, float(weights.len()));
        for run in self.runs().rev() {
            let weight: f64 = run.iter().filter_map(|draw| weights.get(*draw as usize)).sum();
            for draw in run {
                set(&mut means, *draw, (above + 0.5 * weight) / all);
            }
            above += weight;
        }
        means
    }
}

/// The positions of the draws, the lowest draw first, equal ones by their position.
///
/// Sorted as whole words of the first digits of a draw with its position behind them; only draws that share those digits are
/// compared in full.
fn order(column: &[f64]) -> Vec<u32> {
    let digits = !(column.len().next_power_of_two() as u64).wrapping_sub(1);
    let mut words: Vec<u64> = column.iter().zip(0..).map(|(value, draw)| (in_order(*value) & digits) | draw).collect();
    words.sort_unstable();
    let draw = |word: &u64| (word & !digits) as u32;
    let full = |word: &u64| (column.get(draw(word) as usize).map_or(0, |value| in_order(*value)), draw(word));
    for alike in words.chunk_by_mut(|left, right| left & digits == right & digits).filter(|alike| alike.len() > 1) {
        alike.sort_unstable_by_key(full);
    }
    words.iter().map(draw).collect()
}

/// A whole number for each float, in the order of `total_cmp`.
fn in_order(value: f64) -> u64 {
    let bits = value.to_bits();
    if value.is_sign_negative() { !bits } else { bits | 1 << 63 }
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
    fn draws_that_share_their_first_digits_are_still_told_apart() {
        let next = |steps: u64| f64::from_bits(1.5_f64.to_bits() + steps);
        let column: Vec<f64> = (0..600).map(|draw| [1.0, -1.0][draw % 2] * next(draw as u64 * 7 % 5)).collect();
        let mut expected: Vec<u32> = (0..600).collect();
        expected.sort_by(|left, right| column[*left as usize].total_cmp(&column[*right as usize]));
        assert_eq!(order(&column), expected);
    }

    #[test]
    fn weights_above_a_draw_are_added_up() {
        let ranked = Ranked::new(&[1.0, 3.0, 2.0, 3.0]);
        assert_eq!(ranked.above(&[4.0, 8.0, 16.0, 32.0]), [14.5, 5.0, 12.0, 5.0]);
    }
}
