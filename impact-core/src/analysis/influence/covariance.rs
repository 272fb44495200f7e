//! Sums of four quantities and of their products over draws, and the variance of any mean made of them.
//!
//! One rule: it only adds, so tallies of blocks merge.

/// Quantities counted together.
const SIZE: usize = 4;

/// What a draw adds: one value of each quantity.
pub(super) type Row = [f64; SIZE];

/// The draws of four quantities.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Covariance {
    draws: f64,
    sums: Row,
    products: [Row; SIZE],
}

impl Covariance {
    pub(super) fn empty() -> Self {
        Self { draws: 0.0, sums: [0.0; SIZE], products: [[0.0; SIZE]; SIZE] }
    }

    pub(super) fn add(&mut self, row: &Row) {
        self.draws += 1.0;
        add(&mut self.sums, row, 1.0);
        for (products, factor) in self.products.iter_mut().zip(row) {
            add(products, row, *factor);
        }
    }

    /// This tally and that of the draws after it.
    pub(super) fn merge(mut self, right: &Self) -> Self {
        self.draws += right.draws;
        add(&mut self.sums, &right.sums, 1.0);
        for (left, right) in self.products.iter_mut().zip(&right.products) {
            add(left, right, 1.0);
        }
        self
    }

    pub(super) fn draws(&self) -> f64 {
        self.draws
    }

    /// Whether no sum ran past what floats hold.
    pub(super) fn is_finite(&self) -> bool {
        self.products.iter().chain([&self.sums]).all(|row| row.iter().all(|sum| sum.is_finite()))
    }

    pub(super) fn means(&self) -> Row {
        self.sums.map(|sum| sum / self.draws)
    }

    /// The variance, over the draws, of the sum of the quantities with these weights.
    pub(super) fn variance(&self, weights: &Row) -> f64 {
        let mean: f64 = dot(weights, &self.means());
        let square: f64 = weights.iter().zip(&self.products).map(|(weight, row)| weight * dot(weights, row)).sum();
        (square / self.draws - mean * mean).max(0.0)
    }
}

fn add(left: &mut Row, right: &Row, factor: f64) {
    for (left, right) in left.iter_mut().zip(right) {
        *left += right * factor;
    }
}

fn dot(left: &Row, right: &Row) -> f64 {
    left.iter().zip(right).map(|(left, right)| left * right).sum()
}
