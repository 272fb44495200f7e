//! The correlation matrix nearest to one that is none.
//!
//! One rule: what is asked for is kept where it can be; where it cannot, every pair gives way a little, and the sum of squares given
//! way is the least there is.
//!
//! Method: alternating projections with Dykstra's correction; N. J. Higham, "Computing the nearest correlation matrix: a problem
//! from finance", IMA Journal of Numerical Analysis 22 (2002), 329-343, algorithm 3.3.

use super::spectrum::Spectrum;
use super::square::Square;

/// How little a step may change, as a part of the matrix, before the search ends: far below what any number of draws shows.
const SETTLED: f64 = 1e-8;

/// Steps after which the search ends anyhow; what is found is a correlation matrix after any number of them.
const MOST_STEPS: usize = 300;

/// The nearest positive semidefinite matrix with ones on the diagonal.
pub(super) fn nearest_correlation(asked: &Square) -> Square {
    let size = asked.size();
    let mut unit = asked.clone();
    let mut correction = Square::zero(size);
    let mut spectrum = Spectrum::of(asked);
    let mut positive = asked.clone();
    for _ in 0..MOST_STEPS {
        let corrected = unit.minus(&correction);
        spectrum = spectrum.of_neighbour(&corrected);
        positive = spectrum.without_negative();
        correction = positive.minus(&corrected);
        let next = positive.clone().with_unit_diagonal();
        let moved = next.minus(&unit).norm();
        let apart = next.minus(&positive).norm();
        unit = next;
        if moved.max(apart) <= SETTLED * unit.norm() {
            break;
        }
    }
    scaled(&positive)
}

/// Ones on the diagonal by scaling rows and columns, which keeps a matrix positive semidefinite.
fn scaled(positive: &Square) -> Square {
    let size = positive.size();
    let root = |at: usize| libm::sqrt(positive.at(at, at));
    Square::from_pairs(size, |row, column| {
        let scale = root(row) * root(column);
        if scale > 0.0 { (positive.at(row, column) / scale).clamp(-1.0, 1.0) } else { 0.0 }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of Higham's paper (section 1 there gives the matrix, section 4 the answer to four decimals).
    #[test]
    fn the_published_example_is_met() {
        let asked = Square::from_pairs(3, |row, column| if row - column == 1 { 1.0 } else { 0.0 });
        let nearest = nearest_correlation(&asked);
        for (row, column, expected) in [(1, 0, 0.7607), (2, 0, 0.1573), (2, 1, 0.7607)] {
            assert!((nearest.at(row, column) - expected).abs() < 5e-5, "{row}, {column}: {}", nearest.at(row, column));
        }
    }

    #[test]
    fn no_correlation_matrix_nearby_is_nearer() {
        let asked =
            Square::from_pairs(4, |row, column| [0.9, -0.8, 0.7, 0.9, -0.6, 0.95][row * (row - 1) / 2 + column]);
        let nearest = nearest_correlation(&asked);
        let least = nearest.minus(&asked).norm();
        assert!(least > 0.1);
        // Every mixture with a true correlation matrix is one, and none of them is nearer.
        for shared in [-0.3, 0.0, 0.4, 0.9, 1.0] {
            for part in [1e-4, 1e-2, 0.1, 0.5] {
                let other = |row, column| (1.0 - part) * nearest.at(row, column) + part * shared;
                let mixed = Square::from_pairs(4, other);
                assert!(mixed.minus(&asked).norm() >= least - 1e-8, "{shared}, {part}");
            }
        }
    }

    #[test]
    fn a_correlation_matrix_is_its_own_nearest() {
        let asked = Square::from_pairs(5, |row, column| if (row + column) % 2 == 0 { 0.4 } else { -0.1 });
        assert!(nearest_correlation(&asked).minus(&asked).norm() < 1e-12);
    }
}
