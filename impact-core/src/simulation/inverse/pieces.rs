//! Cells read off the runs of a side, and the pieces of those in which one cubic does not fit.
//!
//! One rule: a cubic is compared with the runs below it, whose own values were measured; it may be off by what a run
//! may not.

use super::cells::{Cell, Fineness};
use super::knot::Knot;
use super::near::{allowed, same_digits};
use super::run::Run;
use super::runs::SHORTEST;

/// Pieces of a side at most; past them the quantile is asked.
const MOST_PIECES: usize = 4_096;

/// The part of what a value may be off in all that a cubic may be off from its run.
const CELLS_PART: f64 = 0.75;

/// Where a cubic is compared that is a small part of a run.
const FEW_PLACES: [f64; 3] = [0.25, 0.5, 0.75];
/// Where one is compared that is most of a run, or more than one: it may bend in the middle.
const MANY_PLACES: [f64; 7] = [0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875];

/// A part of a cell that does not fit as a whole: chances on its side, and a cubic or none.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) cell: Option<Cell>,
}

/// The cells of a side, none where one does not fit, with the pieces of those and the share of chance they take.
pub(super) struct Filled {
    pub(super) cells: Vec<Cell>,
    pub(super) pieces: Vec<Piece>,
    pub(super) unfit: f64,
}

impl Filled {
    pub(super) fn new(runs: &[Run], fineness: Fineness) -> Self {
        let borders = fineness.borders();
        let mut filled = Self { cells: Vec::with_capacity(borders.len()), pieces: Vec::new(), unfit: 0.0 };
        let mut rest = runs;
        for (from, to) in borders.iter().zip(borders.iter().skip(1)) {
            rest = after(rest, *from);
            let cell = fitting(rest, *from, *to);
            if cell.is_none() {
                filled.unfit += to - from;
                filled.cut(rest, *from, *to);
            }
            filled.cells.push(cell.unwrap_or(Cell::NONE));
        }
        filled
    }

    /// Cuts what lies between two chances into pieces that fit: where runs meet, else in halves.
    fn cut(&mut self, runs: &[Run], from: f64, to: f64) {
        let runs = after(runs, from);
        let cell = fitting(runs, from, to);
        let here = below(runs, to);
        let hopeless = matches!(here, [] | [Run { fits: false, .. }]);
        if cell.is_some() || hopeless || to - from <= SHORTEST || self.pieces.len() >= MOST_PIECES {
            self.pieces.push(Piece { from, to, cell });
            return;
        }
        let half = 0.5 * (from + to);
        let meetings = here.iter().skip(1).map(|run| run.from);
        let middle = meetings.min_by(|one, other| (one - half).abs().total_cmp(&(other - half).abs())).unwrap_or(half);
        self.cut(runs, from, middle);
        self.cut(runs, middle, to);
    }
}

/// The runs that reach beyond a chance.
fn after(runs: &[Run], v: f64) -> &[Run] {
    let passed = runs.iter().take_while(|run| run.to <= v).count();
    runs.get(passed..).unwrap_or(&[])
}

/// The runs that begin below a chance.
fn below(runs: &[Run], v: f64) -> &[Run] {
    let begun = runs.iter().take_while(|run| run.from < v).count();
    runs.get(..begun).unwrap_or(&[])
}

/// The cubic between two chances, where it is near enough to the runs there, of which the first holds the first chance.
fn fitting(runs: &[Run], from: f64, to: f64) -> Option<Cell> {
    let runs = below(runs, to);
    let (first, last) = (runs.first()?, runs.last()?);
    if !runs.iter().all(|run| run.fits) || first.from > from || last.to < to {
        return None;
    }
    let cell = Cell::between(&first.knot(from), &last.knot(to));
    let near = |v: f64, exact: &Knot, slope: f64| {
        let x = cell.at((v - from) / (to - from));
        (x - exact.x).abs() <= CELLS_PART * allowed(v) * slope || same_digits(x, exact.x)
    };
    let is_small = 4.0 * (to - from) <= first.to - first.from;
    let places: &[f64] = if is_small { &FEW_PLACES } else { &MANY_PLACES };
    let inside = places.iter().all(|place| {
        let v = from + place * (to - from);
        let exact = runs.iter().find(|run| run.to >= v).map(|run| run.knot(v));
        exact.is_some_and(|exact| near(v, &exact, exact.slope.abs()))
    });
    // Where runs meet, the value may be off on the side where it changes faster.
    let meets = |(one, other): (&Run, &Run)| {
        let (exact, beyond) = (one.knot(one.to), other.knot(other.from));
        near(one.to, &exact, exact.slope.abs().max(beyond.slope.abs()))
    };
    (inside && runs.iter().zip(runs.iter().skip(1)).all(meets)).then_some(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A straight run between two chances and two values.
    fn straight(v: (f64, f64), x: (f64, f64)) -> Run {
        let slope = (x.1 - x.0) / (v.1 - v.0);
        let knot = |place: f64| Knot { v: v.0 + place * (v.1 - v.0), x: x.0 + place * (x.1 - x.0), slope };
        let mut run = Run::through(&[0.0, 0.5, 1.0].map(knot));
        run.fits = true;
        run
    }

    const FIRST: f64 = 1.0 / 131_072.0;

    #[test]
    fn straight_runs_are_straight_cells() {
        let filled = Filled::new(&[straight((FIRST, 0.5), (1.0, 2.0))], Fineness::Sixteen);
        assert_eq!((filled.cells.len(), filled.pieces.len(), filled.unfit), (256, 0, 0.0));
        let last = filled.cells[255].at(0.5);
        let want = 1.0 + (0.5 - 1.0 / 128.0 - FIRST) / (0.5 - FIRST);
        assert!((last - want).abs() < 1e-15, "{last}, not {want}");
    }

    #[test]
    fn the_cell_of_a_kink_is_cut_where_the_runs_meet() {
        let runs = [straight((FIRST, 0.3), (1.0, 2.0)), straight((0.3, 0.5), (2.0, 9.0))];
        let filled = Filled::new(&runs, Fineness::Sixteen);
        let [one, other] = &filled.pieces[..] else { panic!("{:?}", filled.pieces) };
        assert_eq!((one.from, one.to, other.from, other.to), (0.296_875, 0.3, 0.3, 0.312_5));
        let middle = other.cell.unwrap().at(0.5);
        assert!((middle - (2.0 + 35.0 * 0.006_25)).abs() < 1e-14, "{middle}");
        assert_eq!(filled.cells.iter().filter(|cell| **cell == Cell::NONE || cell.at(0.0).is_nan()).count(), 1);
        assert_eq!(filled.unfit, 1.0 / 64.0);
    }

    #[test]
    fn a_step_of_ever_so_little_chance_is_not_passed_over() {
        let (from, to) = (0.3, 0.3 + 3e-7);
        let runs = [straight((FIRST, from), (0.0, 0.3)), Run::flat(from, to, 0.3), straight((to, 0.5), (0.3, 0.5))];
        let filled = Filled::new(&runs, Fineness::Sixteen);
        assert!(filled.pieces.iter().any(|piece| piece.from == from && piece.to == to), "{:?}", filled.pieces);
    }

    #[test]
    fn what_no_run_fits_is_left_to_the_quantile() {
        let mut unfit = straight((0.3, 0.31), (2.0, 3.0));
        unfit.fits = false;
        let runs = [straight((FIRST, 0.3), (1.0, 2.0)), unfit, straight((0.31, 0.5), (3.0, 9.0))];
        let filled = Filled::new(&runs, Fineness::Sixteen);
        let left: f64 =
            filled.pieces.iter().filter(|piece| piece.cell.is_none()).map(|piece| piece.to - piece.from).sum();
        assert!((left - 0.01).abs() < 1e-12, "{left}");
    }
}
