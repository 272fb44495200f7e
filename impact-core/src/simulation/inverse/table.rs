//! Tables: the inverse of a continuous distribution as cells, with the distribution's own quantile where cells end.
//!
//! One rule: a cell where one cubic does not fit says so, and is found in pieces. What does not fit in the end (a kink, a gap, a
//! step) is a piece so short that asking the quantile there costs nothing.

use super::breaks::breaks;
use super::cells::{Cells, Fineness};
use super::draft::Draft;
use super::knot::{Knot, Side};
use super::pieces::{Filled, Piece};
use super::run::Run;
use super::runs::{FIRST, Runs};
use crate::distribution::Distribution;

/// The share of draws that may fall into unfit cells of a shape with kinks before all cells are made finer.
const FEW_UNFIT: f64 = 0.04;

/// A continuous distribution as a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    cells: Cells,
    lower: Vec<Piece>,
    upper: Vec<Piece>,
    distribution: Distribution,
}

impl Table {
    pub(super) fn new(distribution: &Distribution) -> Self {
        match Draft::new(distribution) {
            Some(draft) => match draft.cells() {
                Some(cells) => Self { cells, lower: Vec::new(), upper: Vec::new(), distribution: distribution.clone() },
                None => Self::of_runs(distribution, &draft.runs(), Fineness::SixtyFour),
            },
            None => {
                let runs = of_broken(distribution);
                let coarse = runs.each_ref().map(|runs| Filled::new(runs, Fineness::Sixteen));
                let few = coarse.iter().map(|side| side.unfit).sum::<f64>() < FEW_UNFIT;
                Self::of_runs(distribution, &runs, if few { Fineness::Sixteen } else { Fineness::SixtyFour })
            }
        }
    }

    fn of_runs(distribution: &Distribution, runs: &[Vec<Run>; 2], fineness: Fineness) -> Self {
        let [lower, upper] = runs.each_ref().map(|runs| Filled::new(runs, fineness));
        let median = runs.first().and_then(|runs| runs.last()).map_or(f64::NAN, |run| run.knot(run.to).x);
        let cells = Cells::new(fineness, lower.cells, median, upper.cells);
        Self { cells, lower: lower.pieces, upper: upper.pieces, distribution: distribution.clone() }
    }

    /// The value of a chance, whichever way it is found.
    pub(super) fn at(&self, u: f64) -> f64 {
        let mut value = [u];
        self.look_up(&mut value);
        let [value] = value;
        value
    }

    /// Replaces chances by values.
    #[inline(always)]
    pub(super) fn look_up(&self, values: &mut [f64]) {
        self.cells.look_up(values, |chance| self.slowly(chance));
    }

    #[cold]
    fn slowly(&self, u: f64) -> f64 {
        let (side, v, pieces) =
            if u <= 0.5 { (Side::Lower, u, &self.lower) } else { (Side::Upper, 1.0 - u, &self.upper) };
        let after = pieces.partition_point(|piece| piece.from <= v);
        let piece = after.checked_sub(1).and_then(|last| pieces.get(last)).filter(|piece| v < piece.to);
        match piece {
            Some(Piece { from, to, cell: Some(cell) }) => cell.at((v - from) / (to - from)),
            _ => side.quantile(&self.distribution, v),
        }
    }
}

/// The runs of both sides of a shape with kinks, gaps or points of chance.
fn of_broken(distribution: &Distribution) -> [Vec<Run>; 2] {
    let [lower, upper] = [Side::Lower, Side::Upper].map(|side| Runs::first_or_median(distribution, side, FIRST));
    let median = Runs::first_or_median(distribution, Side::Lower, 0.5);
    // One median, seen from two sides.
    let other = Knot { slope: -median.slope, ..median };
    let breaks = breaks(&distribution.family(), (lower.x, upper.x));
    [
        Runs::between_breaks(distribution, Side::Lower, &breaks, [lower, median]),
        Runs::between_breaks(distribution, Side::Upper, &breaks, [upper, other]),
    ]
}
