//! Fits: the mean of an increment given what would be learned, as a curve over the cells.
//!
//! One rule: the fineness of the curve is the one with the least generalised cross-validation, n · RSS / (n − 1.4 p)², where p
//! functions leave the sum of squares RSS: an assumption that says little gets a straight line, and little noise. Each function
//! counts for 1.4, as the least of several criteria would otherwise lie too often with the finest.
//!
//! Method: Craven, P. and Wahba, G. (1979), "Smoothing noisy data with spline functions", Numerische Mathematik 31, 377-403.

use super::axis::Axis;
use super::cell_tally::CellTally;
use super::design::{Design, Levels, Row, ladder, neighbours};
use super::solver::Solver;
use crate::analysis::draws::float;
use std::rc::Rc;

/// Functions of a curve at most.
const MOST: usize = 400;
/// What a function costs the criterion, in draws.
const COST: f64 = 1.4;
/// Draws needed for each function but those of the coarsest curve.
const DRAWS_PER_FUNCTION: f64 = 4.0;

/// A design with its equations, shared by the increments that use it.
pub(super) struct Basis {
    pub(super) design: Design,
    pub(super) solver: Solver,
}

/// The fitted means of one increment.
pub(super) struct Fit {
    pub(super) basis: Rc<Basis>,
    /// The mean in each cell.
    pub(super) means: Vec<f64>,
    /// The square root of the sum of squares around it in each cell, as large as it would be without the fit.
    pub(super) spreads: Vec<f64>,
    criterion: f64,
}

/// The fits of a tally's increments.
pub(super) struct Fits<'t> {
    axes: &'t [Axis],
    tally: &'t CellTally,
    pub(super) draws: Vec<f64>,
    total: f64,
    bases: Vec<(Levels, Rc<Basis>)>,
}

impl<'t> Fits<'t> {
    pub(super) fn new(axes: &'t [Axis], tally: &'t CellTally) -> Self {
        let draws = tally.draws();
        let total = draws.iter().sum();
        Self { axes, tally, draws, total, bases: Vec::new() }
    }

    /// The best fit of an increment; none where there is no such increment.
    pub(super) fn of(&mut self, increment: usize) -> Option<Fit> {
        let centre = *self.tally.centres().get(increment)?;
        let sums = self.tally.of(increment);
        let mut best: Option<(Levels, Fit)> = None;
        for levels in ladder(self.axes) {
            let fit = self.at(&levels, &sums, centre, best.is_none());
            keep_better(&mut best, levels, fit);
        }
        // Several axes need not be equally fine: one step along one axis at a time while that is better.
        while let Some((levels, _)) = best.as_ref().filter(|_| self.axes.len() > 1) {
            let mut improved = false;
            for next in neighbours(self.axes, levels) {
                let fit = self.at(&next, &sums, centre, false);
                improved |= keep_better(&mut best, next, fit);
            }
            if !improved {
                break;
            }
        }
        best.map(|(_, fit)| fit)
    }

    /// The fit of this fineness; none where the draws are too few for it, unless it is the coarsest.
    fn at(&mut self, levels: &Levels, sums: &[[f64; 2]], centre: f64, coarsest: bool) -> Option<Fit> {
        let basis = self.basis(levels, coarsest)?;
        let weights = basis.weights(sums);
        let (mut row, mut squares) = (Row::new(), 0.0);
        let (mut means, mut spreads) = (vec![0.0; sums.len()], vec![0.0; sums.len()]);
        let places = means.iter_mut().zip(&mut spreads).zip(self.draws.iter().zip(sums)).enumerate();
        for (cell, ((mean, spread), (draws, [sum, square]))) in places.filter(|(_, (_, (draws, _)))| **draws > 0.0) {
            basis.design.row(cell, &mut row);
            let fitted = value(&row, &weights);
            let left = (square - 2.0 * fitted * sum + draws * fitted * fitted).max(0.0);
            (*mean, *spread) = (centre + fitted, left);
            squares += left;
        }
        let functions = float(basis.design.functions());
        let free = (self.total - functions).max(1.0);
        let cautious = (self.total - COST * functions).max(1.0);
        for spread in &mut spreads {
            *spread = libm::sqrt(*spread * self.total / free);
        }
        Some(Fit { basis, means, spreads, criterion: squares / (cautious * cautious) })
    }

    fn basis(&mut self, levels: &Levels, coarsest: bool) -> Option<Rc<Basis>> {
        if let Some((_, basis)) = self.bases.iter().find(|(known, _)| known == levels) {
            return Some(Rc::clone(basis));
        }
        let design = Design::new(self.axes, levels);
        let functions = design.functions();
        if !coarsest && (functions > MOST || DRAWS_PER_FUNCTION * float(functions) > self.total) {
            return None;
        }
        let solver = Solver::new(&design, &self.draws);
        let basis = Rc::new(Basis { design, solver });
        self.bases.push((levels.clone(), Rc::clone(&basis)));
        Some(basis)
    }
}

impl Basis {
    /// The weight of each function that brings the curve nearest to these sums over cells.
    fn weights(&self, sums: &[[f64; 2]]) -> Vec<[f64; 1]> {
        let mut sides = vec![[0.0]; self.design.functions()];
        let mut row = Row::new();
        for (cell, [sum, _]) in sums.iter().enumerate().filter(|(_, [_, square])| *square > 0.0) {
            self.design.row(cell, &mut row);
            for (position, along) in &row {
                if let Some([side]) = sides.get_mut(*position) {
                    *side += along * sum;
                }
            }
        }
        self.solver.solve(&mut sides);
        sides
    }
}

fn value(row: &Row, weights: &[[f64; 1]]) -> f64 {
    row.iter().map(|(position, along)| along * weights.get(*position).map_or(0.0, |[weight]| *weight)).sum()
}

fn keep_better(best: &mut Option<(Levels, Fit)>, levels: Levels, fit: Option<Fit>) -> bool {
    let Some(fit) = fit else { return false };
    let better = best.as_ref().is_none_or(|(_, known)| fit.criterion < known.criterion);
    if better {
        *best = Some((levels, fit));
    }
    better
}
