//! What options gained over the best one, summed by cells of what would be learned.
//!
//! One rule: a tally only adds, so that tallies of parts of a run merge into that of the whole.

/// The draws of some increments sorted into cells.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CellTally {
    /// What is taken off each increment before it is added, so that squares keep their digits.
    centres: Vec<f64>,
    /// For each cell the number of draws, then of each increment the sum and the sum of squares.
    sums: Vec<f64>,
}

impl CellTally {
    /// An empty tally of so many cells, around the mean of each increment.
    pub(crate) fn around(centres: Vec<f64>, cells: usize) -> Self {
        let sums = vec![0.0; cells * (1 + 2 * centres.len())];
        Self { centres, sums }
    }

    /// Adds draws: the cell of each and the columns of increments. A draw in which one is not a finite number is left out.
    pub(crate) fn add(&mut self, cells: &[u32], increments: &[Vec<f64>]) {
        match (increments, self.centres.as_slice()) {
            ([only], [centre]) => add_one(&mut self.sums, *centre, cells, only),
            _ => self.add_all(cells, increments),
        }
    }

    fn add_all(&mut self, cells: &[u32], increments: &[Vec<f64>]) {
        let width = 1 + 2 * self.centres.len();
        let mut row = Vec::with_capacity(increments.len());
        for (draw, cell) in cells.iter().enumerate() {
            row.clear();
            row.extend(increments.iter().filter_map(|column| column.get(draw).copied()));
            let from = *cell as usize * width;
            let sums = self.sums.get_mut(from..from + width).and_then(<[f64]>::split_first_mut);
            let Some((draws, sums)) = sums else { continue };
            if row.iter().any(|increment: &f64| !increment.is_finite()) {
                continue;
            }
            *draws += 1.0;
            for ((pair, increment), centre) in sums.chunks_exact_mut(2).zip(&row).zip(&self.centres) {
                add_pair(pair, increment - centre);
            }
        }
    }

    /// This tally and that of the draws after it. Both must have the same centres and cells.
    pub(crate) fn merge(mut self, right: &Self) -> Self {
        for (left, right) in self.sums.iter_mut().zip(&right.sums) {
            *left += right;
        }
        self
    }

    pub(super) fn centres(&self) -> &[f64] {
        &self.centres
    }

    /// Whether no sum ran past what floats hold.
    pub(super) fn is_finite(&self) -> bool {
        self.sums.iter().all(|sum| sum.is_finite())
    }

    /// The draws of each cell.
    pub(super) fn draws(&self) -> Vec<f64> {
        self.sums.chunks_exact(1 + 2 * self.centres.len()).filter_map(|cell| cell.first().copied()).collect()
    }

    /// The sums and sums of squares of an increment in each cell.
    pub(super) fn of(&self, increment: usize) -> Vec<[f64; 2]> {
        let pair = |cell: &[f64]| match cell.get(1 + 2 * increment..3 + 2 * increment) {
            Some([sum, squares]) => [*sum, *squares],
            _ => [0.0; 2],
        };
        self.sums.chunks_exact(1 + 2 * self.centres.len()).map(pair).collect()
    }
}

fn add_pair(pair: &mut [f64], increment: f64) {
    if let [sum, squares] = pair {
        *sum += increment;
        *squares += increment * increment;
    }
}

/// The commonest case, two options, without a row.
fn add_one(sums: &mut [f64], centre: f64, cells: &[u32], increments: &[f64]) {
    let (cells_of, _) = sums.as_chunks_mut::<3>();
    for (cell, increment) in cells.iter().zip(increments) {
        if !increment.is_finite() {
            continue;
        }
        let distance = increment - centre;
        if let Some([draws, sum, squares]) = cells_of.get_mut(*cell as usize) {
            *draws += 1.0;
            *sum += distance;
            *squares += distance * distance;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_increment_is_counted_as_among_several() {
        let column: Vec<f64> =
            (0..100).map(|draw| if draw == 7 { f64::NAN } else { libm::sin(f64::from(draw)) }).collect();
        let cells: Vec<u32> = (0..100).map(|draw| draw % 5).collect();
        let mut one = CellTally::around(vec![0.25], 5);
        one.add(&cells, std::slice::from_ref(&column));
        let mut two = CellTally::around(vec![0.25, 0.0], 5);
        two.add(&cells, &[column.clone(), column]);
        assert_eq!((one.draws(), one.of(0)), (two.draws(), two.of(0)));
        assert_eq!(one.draws(), [20.0, 20.0, 19.0, 20.0, 20.0]);
    }

    #[test]
    fn parts_merge_into_the_whole() {
        let column: Vec<f64> = (0..64).map(f64::from).collect();
        let cells: Vec<u32> = (0..64).map(|draw| draw % 3).collect();
        let part = |from: usize, to: usize| {
            let mut tally = CellTally::around(vec![0.0], 3);
            tally.add(&cells[from..to], &[column[from..to].to_vec()]);
            tally
        };
        assert_eq!(part(0, 10).merge(&part(10, 64)), part(0, 64)); // whole numbers: no rounding
    }
}
