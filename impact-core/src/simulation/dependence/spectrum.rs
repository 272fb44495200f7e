//! Eigenvalues and eigenvectors of a symmetric matrix.
//!
//! One rule: sums, products, quotients and square roots alone, in a fixed order, so that every machine finds the same bits. A library
//! of linear algebra chooses its products by the processor it finds itself on (or by what another crate of the same build
//! asks of it), and then draws would differ from one machine to the next.
//!
//! Method: cyclic Jacobi rotations; G. H. Golub and C. F. Van Loan, "Matrix Computations", 4th edition (2013), section 8.5.

use super::square::Square;

/// Sweeps over all pairs; a handful is enough for matrices of the sizes met here.
const MOST_SWEEPS: usize = 60;

/// What is left beside the diagonal, as a part of the whole, where a matrix counts as diagonal.
const NEGLIGIBLE: f64 = 1e-14;

/// A symmetric matrix as the sum of value · axis · axisᵀ.
pub(super) struct Spectrum {
    pub values: Vec<f64>,
    /// A row for each value: axes at right angles, of length one.
    axes: Square,
}

impl Spectrum {
    pub fn of(matrix: &Square) -> Self {
        Self::from_axes(matrix, Square::identity(matrix.size()))
    }

    /// The spectrum of a matrix near to the one this is of: sooner found from these axes than from none.
    pub fn of_neighbour(&self, matrix: &Square) -> Self {
        Self::from_axes(matrix, self.axes.clone())
    }

    fn from_axes(matrix: &Square, mut axes: Square) -> Self {
        let size = matrix.size();
        let mut rotated = matrix.seen_from(&axes);
        let whole = matrix.norm();
        for _ in 0..MOST_SWEEPS {
            if rotated.norm_beside_diagonal() <= NEGLIGIBLE * whole {
                break;
            }
            for row in 0..size {
                for column in row + 1..size {
                    rotate(&mut rotated, &mut axes, row, column);
                }
            }
        }
        Self { values: (0..size).map(|at| rotated.at(at, at)).collect(), axes }
    }

    /// The matrix with every negative eigenvalue put to zero: the nearest that is positive semidefinite.
    pub fn without_negative(&self) -> Square {
        let size = self.values.len();
        let mut sum = Square::zero(size);
        for (at, value) in self.values.iter().enumerate().filter(|(_, value)| **value > 0.0) {
            let axis = self.axes.row(at);
            for (row, part) in axis.iter().enumerate() {
                sum.add_to_row(row, value * part, axis);
            }
        }
        sum
    }
}

/// Turns rows and columns `p` and `q` so that what stands between them becomes zero.
fn rotate(matrix: &mut Square, axes: &mut Square, p: usize, q: usize) {
    let between = matrix.at(p, q);
    if between == 0.0 {
        return;
    }
    let half_cot = (matrix.at(q, q) - matrix.at(p, p)) / (2.0 * between);
    // The smaller angle; where the cotangent is beyond all bounds the angle is its half inverse.
    let tan = if half_cot.abs() > 1e150 {
        0.5 / half_cot
    } else {
        let size = 1.0 / (half_cot.abs() + libm::sqrt(half_cot * half_cot + 1.0));
        if half_cot < 0.0 { -size } else { size }
    };
    let cos = 1.0 / libm::sqrt(tan * tan + 1.0);
    let sin = tan * cos;
    let (at_p, at_q) = (matrix.at(p, p) - tan * between, matrix.at(q, q) + tan * between);
    let turn =
        |(to_p, to_q): (&mut f64, &mut f64)| (*to_p, *to_q) = (cos * *to_p - sin * *to_q, sin * *to_p + cos * *to_q);
    for rows in [matrix.rows_mut(p, q), axes.rows_mut(p, q)].into_iter().flatten() {
        rows.0.iter_mut().zip(rows.1).for_each(turn);
    }
    matrix.mirror_row(p);
    matrix.mirror_row(q);
    matrix.set_both(p, p, at_p);
    matrix.set_both(q, q, at_q);
    matrix.set_both(p, q, 0.0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spectrum_of_equal_correlations_is_known() {
        let matrix = Square::from_pairs(5, |_, _| 0.3);
        let mut values = Spectrum::of(&matrix).values;
        values.sort_by(f64::total_cmp);
        // 1 + 4 · 0.3 once and 1 - 0.3 four times.
        for (value, expected) in values.iter().zip([0.7, 0.7, 0.7, 0.7, 2.2]) {
            assert!((value - expected).abs() < 1e-14, "{value}");
        }
    }

    #[test]
    fn a_positive_matrix_is_put_together_again() {
        let matrix = Square::from_pairs(7, |row, column| 1.0 / (1.0 + (row as f64 - column as f64).abs()));
        let again = Spectrum::of(&matrix).without_negative();
        for row in 0..7 {
            for column in 0..7 {
                assert!((again.at(row, column) - matrix.at(row, column)).abs() < 1e-14, "{row}, {column}");
            }
        }
    }
}
