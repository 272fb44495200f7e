//! Designs: the functions whose weighted sum is to follow an increment over the cells of what would be learned.
//!
//! One rule: over several axes the functions are the products of those along each, so that what assumptions do together is seen.

use super::axis::Axis;
use super::spline::{LEVELS, Local, spline};

/// How fine along each axis: positions in [`LEVELS`]; of an axis whose values stand apart always nought.
pub(super) type Levels = Vec<usize>;

/// Functions over cells.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Design {
    /// Along each axis the functions at each place, and how many there are.
    axes: Vec<(Vec<Local>, usize)>,
}

/// The functions that are not zero at a cell, in order: position and value.
pub(super) type Row = Vec<(usize, f64)>;

impl Design {
    pub(super) fn new(axes: &[Axis], levels: &Levels) -> Self {
        let along = |(axis, level): (&Axis, &usize)| match LEVELS.get(*level) {
            Some(level) if !axis.apart => spline(*level, &axis.scores()),
            _ => apart(axis.size()),
        };
        Self { axes: axes.iter().zip(levels).map(along).collect() }
    }

    /// How many functions there are.
    pub(super) fn functions(&self) -> usize {
        self.axes.iter().map(|(_, functions)| functions).product()
    }

    /// Writes the functions at a cell into `row`.
    pub(super) fn row(&self, cell: usize, row: &mut Row) {
        row.clear();
        row.push((0, 1.0));
        let (mut cells, mut inside) = (self.axes.iter().map(|(places, _)| places.len()).product::<usize>(), cell);
        for (places, functions) in &self.axes {
            cells /= places.len().max(1);
            let Some(local) = places.get(inside / cells.max(1)) else { return row.clear() };
            inside %= cells.max(1);
            extend(row, local, *functions);
        }
    }
}

/// Each function so far times each along the next axis.
fn extend(row: &mut Row, local: &Local, functions: usize) {
    let before = std::mem::take(row);
    for (position, value) in before {
        let first = position * functions + local.first;
        row.extend((first..).zip(&local.values).map(|(position, along)| (position, value * along)));
    }
}

/// A function of its own for every place.
fn apart(places: usize) -> (Vec<Local>, usize) {
    ((0..places).map(|first| Local { first, values: vec![1.0] }).collect(), places)
}

/// All finenesses of some axes that differ from this in one step along one axis.
pub(super) fn neighbours(axes: &[Axis], levels: &Levels) -> Vec<Levels> {
    let mut found = Vec::new();
    for (position, _) in axes.iter().enumerate().filter(|(_, axis)| !axis.apart) {
        for up in [false, true] {
            let mut next = levels.clone();
            let Some(level) = next.get_mut(position) else { continue };
            let moved = if up { Some(*level + 1) } else { level.checked_sub(1) };
            if let Some(moved) = moved.filter(|moved| *moved < LEVELS.len()) {
                *level = moved;
                found.push(next);
            }
        }
    }
    found
}

/// The same fineness along every axis that has a choice, coarsest first.
pub(super) fn ladder(axes: &[Axis]) -> Vec<Levels> {
    let rungs = if axes.iter().all(|axis| axis.apart) { 1 } else { LEVELS.len() };
    let rung = |level: usize| axes.iter().map(|axis| if axis.apart { 0 } else { level }).collect();
    (0..rungs).map(rung).collect()
}
