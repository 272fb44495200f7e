//! The factor of a correlation matrix: how each normal is made of those before it.
//!
//! One rule: every row has length one, so that what it makes of independent normals is standard normal, whatever was rounded.
//!
//! Method: Cholesky's, row by row, a pivot of nothing left out; G. H. Golub and C. F. Van Loan, "Matrix Computations", 4th edition
//! (2013), section 4.2.8.

use super::square::Square;

/// A pivot below this is nothing: what stays of a number that those before it settle. Leaving it out moves a correlation by
/// at most its square root, a millionth.
const NOTHING: f64 = 1e-12;

/// How far a matrix without a pivot may contradict itself: the square root of `NOTHING`.
const CONTRADICTION: f64 = 1e-6;

/// The lower factor L with L · Lᵀ the matrix; none where the matrix is not positive semidefinite.
pub(super) fn factor(matrix: &Square) -> Option<Square> {
    let size = matrix.size();
    let mut lower = Square::zero(size);
    for row in 0..size {
        let mut rest = 1.0;
        for column in 0..row {
            let known: f64 = lower.row(row).iter().zip(lower.row(column)).take(column).map(|(a, b)| a * b).sum();
            let left = matrix.at(row, column) - known;
            let pivot = lower.at(column, column);
            if pivot > 0.0 {
                lower.set(row, column, left / pivot);
            } else if left.abs() > CONTRADICTION {
                return None;
            }
            rest -= lower.at(row, column) * lower.at(row, column);
        }
        if rest < -NOTHING {
            return None;
        }
        close(&mut lower, row, rest);
    }
    Some(lower)
}

/// Gives a row its pivot and length one.
fn close(lower: &mut Square, row: usize, rest: f64) {
    if rest > NOTHING {
        lower.set(row, row, libm::sqrt(rest));
        return;
    }
    let length = libm::sqrt(1.0 - rest);
    for column in 0..row {
        let shortened = lower.at(row, column) / length;
        lower.set(row, column, shortened);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn again(lower: &Square, row: usize, column: usize) -> f64 {
        lower.row(row).iter().zip(lower.row(column)).map(|(a, b)| a * b).sum()
    }

    #[test]
    fn a_factor_makes_its_matrix_again() {
        let matrix = Square::from_pairs(6, |row, column| if (row + column) % 2 == 0 { 0.5 } else { -0.3 });
        let lower = factor(&matrix).unwrap();
        for row in 0..6 {
            for column in 0..=row {
                assert!((again(&lower, row, column) - matrix.at(row, column)).abs() < 1e-14);
            }
        }
        assert_eq!(lower.row(0), [1.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
    }

    #[test]
    fn perfect_pairs_leave_no_pivot_and_what_follows_agrees_with_both() {
        let matrix = Square::from_pairs(3, |row, column| [-1.0, 0.6, -0.6][row * (row - 1) / 2 + column]);
        let lower = factor(&matrix).unwrap();
        assert_eq!(lower.row(1), [-1.0, 0.0, 0.0]);
        assert!((lower.at(2, 0) - 0.6).abs() < 1e-15 && lower.at(2, 1) == 0.0 && (lower.at(2, 2) - 0.8).abs() < 1e-15);
    }

    #[test]
    fn what_contradicts_itself_has_no_factor() {
        let contradicting = Square::from_pairs(3, |row, column| [1.0, 0.6, 0.5][row * (row - 1) / 2 + column]);
        assert!(factor(&contradicting).is_none());
        assert!(factor(&Square::from_pairs(3, |_, _| -0.6)).is_none());
        assert!(factor(&Square::from_pairs(3, |_, _| -0.5)).is_some());
    }
}
