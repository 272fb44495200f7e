//! Bins: what an outcome was in each of the bins of an assumption's [partition](super::partition).
//!
//! One rule: a tally only adds, so that tallies of blocks merged in order are the tally of the whole, to the last bit
//! wherever the blocks were counted.

use super::partition::{AT_ONCE, BINS, Partition};
use crate::simulation::{Width, Work, at_width};

/// The number of draws in a bin and the sums of the first three powers of the outcome's distance from a centre.
pub(super) type Powers = [f64; 4];

/// The outcomes of a block, made ready to be sorted by one assumption after the other.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    rows: Vec<Powers>,
    centre: f64,
    fourth: f64,
    undefined: f64,
    infinite: f64,
}

impl Rows {
    /// Takes the outcomes of a block. The nearer the centre is to the mean outcome, the more digits are kept; any number of
    /// the same size as the outcome will do. What does not exist and what is infinite is counted apart.
    pub(crate) fn fill(&mut self, outcomes: &[f64], centre: f64) {
        *self = Self { rows: std::mem::take(&mut self.rows), centre, ..Self::default() };
        self.rows.clear();
        for outcome in outcomes {
            if !outcome.is_finite() {
                *(if outcome.is_nan() { &mut self.undefined } else { &mut self.infinite }) += 1.0;
                self.rows.push([0.0; 4]);
                continue;
            }
            let distance = outcome - centre;
            let square = distance * distance;
            self.fourth += square * square;
            self.rows.push([1.0, distance, square, square * distance]);
        }
    }
}

/// The draws of an outcome sorted by the bins of one assumption.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BinTally {
    centre: f64,
    /// In a place of its own, so that the tallies of a block are not one large piece of memory, asked for anew each time.
    cells: Box<[Powers; BINS]>,
    /// The sum of the fourth powers, which no bin needs by itself.
    fourth: f64,
    undefined: f64,
    infinite: f64,
}

/// The uniforms of one assumption beside the rows of the same draws.
struct Sorting<'a> {
    partition: &'a Partition,
    uniforms: &'a [f64],
    rows: &'a [Powers],
    cells: &'a mut [Powers; BINS],
}

impl Work for Sorting<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { partition, uniforms, rows, cells } = self;
        let mut bins = [0; AT_ONCE];
        for (uniforms, rows) in uniforms.chunks(AT_ONCE).zip(rows.chunks(AT_ONCE)) {
            partition.sort(uniforms, &mut bins);
            for (bin, row) in bins.iter().zip(rows) {
                let Some(cell) = cells.get_mut(usize::from(*bin) % BINS) else { continue };
                // Both are read before any sum is written: one wide addition instead of four.
                let ([draws, first, second, third], [one, distance, square, cube]) = (*cell, *row);
                *cell = [draws + one, first + distance, second + square, third + cube];
            }
        }
    }
}

impl BinTally {
    /// The tally of no draws.
    pub(crate) fn around(centre: f64) -> Self {
        Self { centre, cells: Box::new([[0.0; 4]; BINS]), fourth: 0.0, undefined: 0.0, infinite: 0.0 }
    }

    /// The tally of a block: the uniforms of the assumption and the outcomes of the same draws.
    pub(crate) fn of(partition: &Partition, uniforms: &[f64], block: &Rows, width: Width) -> Self {
        let Rows { rows, centre, fourth, undefined, infinite } = block;
        let mut tally = Self { fourth: *fourth, undefined: *undefined, infinite: *infinite, ..Self::around(*centre) };
        at_width(width, Sorting { partition, uniforms, rows, cells: &mut tally.cells });
        tally
    }

    /// Adds the tally of the draws after these. Both must have the same centre.
    pub(crate) fn add(&mut self, right: &Self) {
        for (left, right) in self.cells.iter_mut().zip(right.cells.iter()) {
            for (left, right) in left.iter_mut().zip(right) {
                *left += right;
            }
        }
        self.fourth += right.fourth;
        self.undefined += right.undefined;
        self.infinite += right.infinite;
    }

    pub(super) fn cells(&self) -> &[Powers; BINS] {
        &self.cells
    }

    pub(super) fn fourth(&self) -> f64 {
        self.fourth
    }

    pub(super) fn centre(&self) -> f64 {
        self.centre
    }

    pub(super) fn undefined(&self) -> f64 {
        self.undefined
    }

    pub(super) fn infinite(&self) -> f64 {
        self.infinite
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(uniforms: &[f64], outcomes: &[f64], centre: f64, width: Width) -> BinTally {
        let mut rows = Rows::default();
        rows.fill(outcomes, centre);
        BinTally::of(&Partition::even(), uniforms, &rows, width)
    }

    #[test]
    fn parts_merged_in_order_are_the_same_wherever_and_however_wide_they_were_counted() {
        let outcomes: Vec<f64> = (0..4_096).map(|draw| libm::sin(f64::from(draw))).collect();
        let uniforms: Vec<f64> = (0..4_096_u32).map(|draw| f64::from(draw * 37 % 64) / 64.0).collect();
        let part = |from: usize, to: usize, width| tally(&uniforms[from..to], &outcomes[from..to], 0.1, width);
        let both = |mut early: BinTally, late: BinTally| {
            early.add(&late);
            early
        };
        let forwards = both(part(0, 2_048, Width::Plain), part(2_048, 4_096, Width::Plain));
        let late = part(2_048, 4_096, Width::Widest);
        assert_eq!(forwards, both(part(0, 2_048, Width::Widest), late));
        let drawn: f64 = forwards.cells().iter().map(|cell| cell[0]).sum();
        assert_eq!(drawn, 4_096.0);
    }

    #[test]
    fn what_is_not_a_number_is_counted_apart() {
        let uniforms = [0.0, 1.0, 2.0, 63.0].map(|bin: f64| bin / 64.0);
        let tally = tally(&uniforms, &[1.0, f64::NAN, f64::INFINITY, 2.0], 0.0, Width::Widest);
        assert_eq!((tally.undefined(), tally.infinite(), tally.fourth()), (1.0, 1.0, 17.0));
        assert_eq!(tally.cells()[1][0], 0.0);
        assert_eq!(tally.cells()[63], [1.0, 2.0, 4.0, 8.0]);
    }
}
