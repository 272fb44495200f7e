//! Normal equations: weighted sums of functions that come nearest to sums over cells.
//!
//! One rule: a function that hardly any draw speaks for is held at nought by a tiny ridge, so the equations always have one answer.
//!
//! Method: Cholesky's factorisation.

use super::design::{Design, Row};
use crate::analysis::draws::float;

/// The ridge, as a part of the mean weight of a function.
const RIDGE: f64 = 1e-9;

/// The factorised normal equations of a design over cells with so many draws each.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Solver {
    /// The rows of the lower factor, each up to its diagonal.
    factor: Vec<Vec<f64>>,
}

impl Solver {
    pub(super) fn new(design: &Design, draws: &[f64]) -> Self {
        let functions = design.functions();
        let mut equations: Vec<Vec<f64>> = (0..functions).map(|row| vec![0.0; row + 1]).collect();
        let mut row = Row::new();
        for (cell, weight) in draws.iter().enumerate().filter(|(_, weight)| **weight > 0.0) {
            design.row(cell, &mut row);
            add(&mut equations, &row, *weight);
        }
        let ridge = RIDGE * draws.iter().sum::<f64>() / float(functions.max(1));
        for equation in &mut equations {
            if let Some(diagonal) = equation.last_mut() {
                *diagonal += ridge;
            }
        }
        factorise(&mut equations, ridge);
        Self { factor: equations }
    }

    /// Replaces each right-hand side, given function by function, by its answer.
    pub(super) fn solve<const N: usize>(&self, sides: &mut [[f64; N]]) {
        for (position, row) in self.factor.iter().enumerate() {
            let (known, rest) = sides.split_at_mut(position);
            let (Some((diagonal, row)), Some(side)) = (row.split_last(), rest.first_mut()) else { continue };
            for (factor, known) in row.iter().zip(known) {
                subtract(side, known, *factor);
            }
            *side = side.map(|side| side / diagonal);
        }
        for (position, row) in self.factor.iter().enumerate().rev() {
            let (before, rest) = sides.split_at_mut(position);
            let (Some((diagonal, row)), Some(side)) = (row.split_last(), rest.first_mut()) else { continue };
            *side = side.map(|side| side / diagonal);
            for (factor, before) in row.iter().zip(before) {
                subtract(before, side, *factor);
            }
        }
    }
}

/// Adds the products of the functions at a cell.
fn add(equations: &mut [Vec<f64>], row: &Row, weight: f64) {
    for (place, (position, value)) in row.iter().enumerate() {
        let Some(equation) = equations.get_mut(*position) else { continue };
        for (other, factor) in row.iter().take(place + 1) {
            if let Some(sum) = equation.get_mut(*other) {
                *sum += weight * value * factor;
            }
        }
    }
}

/// The lower factor in place of the lower half of a matrix.
fn factorise(rows: &mut [Vec<f64>], least: f64) {
    for position in 0..rows.len() {
        let (done, rest) = rows.split_at_mut(position);
        let Some((diagonal, row)) = rest.first_mut().and_then(|row| row.split_last_mut()) else { continue };
        for (place, above) in done.iter().enumerate() {
            let (known, left) = row.split_at_mut(place);
            let (Some((pivot, above)), Some(entry)) = (above.split_last(), left.first_mut()) else { continue };
            *entry = (*entry - dot(known, above)) / pivot;
        }
        *diagonal = libm::sqrt((*diagonal - dot(row, row)).max(least));
    }
}

fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(left, right)| left * right).sum()
}

fn subtract<const N: usize>(from: &mut [f64; N], what: &[f64; N], factor: f64) {
    for (from, what) in from.iter_mut().zip(what) {
        *from -= factor * what;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_factor_solves_the_equations() {
        // [[4, 2, 0], [2, 5, 3], [0, 3, 6]] x = [8, 21, 24] has the answer 1, 2, 3 (4 + 4, 2 + 10 + 9, 6 + 18).
        let mut rows = vec![vec![4.0], vec![2.0, 5.0], vec![0.0, 3.0, 6.0]];
        factorise(&mut rows, 0.0);
        let mut sides = [[8.0, 16.0], [21.0, 42.0], [24.0, 48.0]];
        Solver { factor: rows }.solve(&mut sides);
        for (side, answer) in sides.iter().zip([1.0, 2.0, 3.0]) {
            assert!((side[0] - answer).abs() < 1e-12 && (side[1] - 2.0 * answer).abs() < 1e-12);
        }
    }
}
