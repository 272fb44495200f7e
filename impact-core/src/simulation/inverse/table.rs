//! Tables: the inverse of a continuous distribution as cells, with the distribution's own quantile where cells end.
//!
//! One rule: no cell is trusted that was not measured. A cubic is put back into the distribution function, and where the chance
//! comes out farther off than `OFF`, cells are made finer, or the cell is halved until it fits. What does not fit in the
//! end (a kink, a gap, a step) is a piece so short that asking the quantile there costs nothing.

use super::cells::{Cell, Cells, Fineness};
use super::knot::{Knot, Side, Way};
use crate::distribution::Distribution;

/// How far the chance of a looked-up value may be off, as measured in the middle of a cell where a cubic is farthest off.
/// Less than the 10⁻⁷ that is promised, because that middle is not quite the farthest place of a cell.
const OFF: f64 = 8e-8;
/// The same as a share of the chance on the value's side, so that tails keep their digits.
const OFF_IN_TAIL: f64 = 2e-4;
/// Values nearer than this share to the exact one cannot be told from it in a float, whatever the chance says.
const LAST_DIGITS: f64 = 4.0 * f64::EPSILON;

/// The share of draws that may fall into unfit cells of a shape with kinks before all cells are made finer.
const FEW_UNFIT: f64 = 0.04;

/// The shortest piece that is halved. A shorter one is left to the quantile: it takes four draws in a thousand million.
const SHORTEST: f64 = 1.0 / (1_u64 << 28) as f64;
/// Pieces of a side at most; past them the quantile is asked.
const MOST_PIECES: usize = 2_048;

/// A continuous distribution as a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    cells: Cells,
    lower: Vec<Piece>,
    upper: Vec<Piece>,
    distribution: Distribution,
}

/// A part of a cell that does not fit as a whole: chances on its side, and a cubic or none.
#[derive(Debug, Clone, PartialEq)]
struct Piece {
    from: f64,
    to: f64,
    cell: Option<Cell>,
}

impl Table {
    pub(super) fn new(distribution: &Distribution) -> Self {
        let way = Way::of(&distribution.family());
        let coarse = Draft::new(distribution, &way, Fineness::Sixteen);
        let measured = coarse.measured(&way);
        if measured.unfit == 0.0 || (way.every() == 1 && measured.unfit < FEW_UNFIT) {
            return coarse.finished(&measured);
        }
        let fine = Draft::new(distribution, &way, Fineness::SixtyFour);
        let measured = fine.measured(&way);
        fine.finished(&measured)
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

/// How the cells of a draft fit that were measured.
struct Measured {
    /// Of either side, cell by cell.
    fit: [Vec<bool>; 2],
    /// The share of draws that fall into those that do not.
    unfit: f64,
    /// Whether all of them were.
    all: bool,
}

/// A table in the making.
struct Draft<'a> {
    distribution: &'a Distribution,
    fineness: Fineness,
    lower: Vec<Knot>,
    upper: Vec<Knot>,
}

impl<'a> Draft<'a> {
    fn new(distribution: &'a Distribution, way: &Way, fineness: Fineness) -> Self {
        let borders = fineness.borders();
        let lower = way.knots(distribution, Side::Lower, &borders);
        let mut upper = way.knots(distribution, Side::Upper, &borders);
        // One median, though it was come to from two sides.
        if let (Some(one), Some(other)) = (lower.last(), upper.last_mut()) {
            other.x = one.x;
        }
        Self { distribution, fineness, lower, upper }
    }

    fn sides(&self) -> [(Side, &[Knot]); 2] {
        [(Side::Lower, &self.lower), (Side::Upper, &self.upper)]
    }

    /// Measures the cells: all of them, or some where they change slowly.
    fn measured(&self, way: &Way) -> Measured {
        let places: &[f64] = if way.every() == 1 { &PLACES } else { &[0.5] };
        let mut unfit = 0.0;
        let fit = self.sides().map(|(side, knots)| {
            let measured = knots.iter().zip(knots.iter().skip(1)).step_by(way.every());
            let fits = measured.map(|(from, to)| {
                let fits = self.fits(side, from, to, places);
                unfit += if fits { 0.0 } else { (to.v - from.v).abs() };
                fits
            });
            fits.collect()
        });
        Measured { fit, unfit, all: way.every() == 1 }
    }

    /// Whether the cubic between two knots gives chances back that are near enough, at these places.
    fn fits(&self, side: Side, from: &Knot, to: &Knot, places: &[f64]) -> bool {
        let cell = cubic(from, to);
        places.iter().all(|place| {
            let (v, x) = (from.v + place * (to.v - from.v), cell.at(*place));
            let off = (side.chance(self.distribution, x) - v).abs();
            off <= OFF.min(OFF_IN_TAIL * v) || {
                let exact = side.quantile(self.distribution, v);
                (x - exact).abs() <= LAST_DIGITS * exact.abs()
            }
        })
    }

    fn finished(self, measured: &Measured) -> Table {
        let median = self.lower.last().map_or(f64::NAN, |knot| knot.x);
        let mut of_side = measured.fit.iter();
        let [(lower_cells, lower), (upper_cells, upper)] = self.sides().map(|(side, knots)| {
            let mut pieces = Vec::new();
            let known: &[bool] = of_side.next().filter(|_| measured.all).map_or(&[], Vec::as_slice);
            let mut known = known.iter();
            let cell = |(from, to): (&Knot, &Knot)| {
                let fits = || measured.unfit == 0.0 || self.fits(side, from, to, &PLACES);
                if known.next().copied().unwrap_or_else(fits) {
                    return cubic(from, to);
                }
                self.cut(side, from, to, &mut pieces);
                Cell::NONE
            };
            let cells: Vec<Cell> = knots.iter().zip(knots.iter().skip(1)).map(cell).collect();
            (cells, pieces)
        });
        let cells = Cells::new(self.fineness, lower_cells, median, upper_cells);
        Table { cells, lower, upper, distribution: self.distribution.clone() }
    }

    /// Cuts what lies between two knots into pieces that fit.
    fn cut(&self, side: Side, from: &Knot, to: &Knot, pieces: &mut Vec<Piece>) {
        if self.fits(side, from, to, &PLACES) {
            pieces.push(Piece { from: from.v, to: to.v, cell: Some(cubic(from, to)) });
        } else if to.v - from.v <= SHORTEST || pieces.len() >= MOST_PIECES {
            pieces.push(Piece { from: from.v, to: to.v, cell: None });
        } else {
            let middle = Knot::exact(self.distribution, side, 0.5 * (from.v + to.v));
            self.cut(side, from, &middle, pieces);
            self.cut(side, &middle, to, pieces);
        }
    }
}

/// Where in a cell it is measured that may hold a kink.
const PLACES: [f64; 3] = [0.25, 0.5, 0.75];

fn cubic(from: &Knot, to: &Knot) -> Cell {
    let width = to.v - from.v;
    Cell::hermite((from.x, to.x), (from.slope * width, to.slope * width))
}
