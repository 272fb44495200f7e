//! Bins: what an outcome was on average in each of the bins of an assumption's [partition](super::partition).
//!
//! One rule: a tally only adds, so that tallies of blocks merged in order are the tally of the whole, to the last bit
//! wherever the blocks were counted.

use super::partition::BINS;

/// The number of draws in a bin and the sums of the first four powers of the outcome's distance from a centre.
pub(super) type Powers = [f64; 5];

/// The draws of an outcome sorted by the bins of one assumption.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BinTally {
    centre: f64,
    cells: [Powers; BINS],
    undefined: f64,
}

impl BinTally {
    /// An empty tally. The nearer the centre is to the mean outcome, the more digits are kept; any number of the same
    /// size as the outcome will do.
    pub(crate) fn around(centre: f64) -> Self {
        Self { centre, cells: [[0.0; 5]; BINS], undefined: 0.0 }
    }

    /// Adds draws: the bin of each and its outcome. What is not a finite number is counted apart.
    pub(crate) fn add(&mut self, bins: &[u8], outcomes: &[f64]) {
        for (bin, outcome) in bins.iter().zip(outcomes) {
            let Some(cell) = self.cells.get_mut(usize::from(*bin) % BINS) else { continue };
            if !outcome.is_finite() {
                self.undefined += 1.0;
                continue;
            }
            let distance = outcome - self.centre;
            let square = distance * distance;
            let [draws, first, second, third, fourth] = cell;
            *draws += 1.0;
            *first += distance;
            *second += square;
            *third += square * distance;
            *fourth += square * square;
        }
    }

    /// This tally and that of the draws after it. Both must have the same centre.
    pub(crate) fn merge(mut self, right: &Self) -> Self {
        for (left, right) in self.cells.iter_mut().zip(&right.cells) {
            for (left, right) in left.iter_mut().zip(right) {
                *left += right;
            }
        }
        self.undefined += right.undefined;
        self
    }

    pub(super) fn cells(&self) -> &[Powers; BINS] {
        &self.cells
    }

    pub(super) fn centre(&self) -> f64 {
        self.centre
    }

    pub(super) fn undefined(&self) -> f64 {
        self.undefined
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_merged_in_order_are_the_same_wherever_they_were_counted() {
        let outcomes: Vec<f64> = (0..4_096).map(|draw| libm::sin(f64::from(draw))).collect();
        let bins: Vec<u8> = (0..4_096_u32).map(|draw| (draw * 37 % 64) as u8).collect();
        let part = |from: usize, to: usize| {
            let mut tally = BinTally::around(0.1);
            tally.add(&bins[from..to], &outcomes[from..to]);
            tally
        };
        let forwards = part(0, 2_048).merge(&part(2_048, 4_096));
        let late = part(2_048, 4_096);
        assert_eq!(forwards, part(0, 2_048).merge(&late));
        let drawn: f64 = forwards.cells().iter().map(|cell| cell[0]).sum();
        assert_eq!(drawn, 4_096.0);
    }

    #[test]
    fn what_is_not_a_number_is_counted_apart() {
        let mut tally = BinTally::around(0.0);
        tally.add(&[0, 1, 2, 63], &[1.0, f64::NAN, f64::INFINITY, 2.0]);
        assert_eq!(tally.undefined(), 2.0);
        assert_eq!(tally.cells()[1][0], 0.0);
        assert_eq!(tally.cells()[63], [1.0, 2.0, 4.0, 8.0, 16.0]);
    }
}
