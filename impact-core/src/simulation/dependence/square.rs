//! Square matrices, small and symmetric but for axes and factors.
//!
//! One rule: sums run in a fixed order, so that every machine finds the same bits.

/// A square matrix, row by row. What lies outside reads as zero.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Square {
    size: usize,
    entries: Vec<f64>,
}

impl Square {
    pub fn zero(size: usize) -> Self {
        Self { size, entries: vec![0.0; size.saturating_mul(size)] }
    }

    pub fn identity(size: usize) -> Self {
        Self::from_pairs(size, |_, _| 0.0)
    }

    /// Symmetric with ones on the diagonal; `pair` is asked for what stands below it, by row and column.
    pub fn from_pairs(size: usize, pair: impl Fn(usize, usize) -> f64) -> Self {
        let mut matrix = Self::zero(size);
        for row in 0..size {
            matrix.set(row, row, 1.0);
            for column in 0..row {
                matrix.set_both(row, column, pair(row, column));
            }
        }
        matrix
    }

    pub fn size(&self) -> usize {
        self.size
    }

    #[inline]
    pub fn at(&self, row: usize, column: usize) -> f64 {
        self.entries.get(row * self.size + column).copied().unwrap_or(0.0)
    }

    #[inline]
    pub fn set(&mut self, row: usize, column: usize, value: f64) {
        if let Some(entry) = self.entries.get_mut(row * self.size + column) {
            *entry = value;
        }
    }

    /// Sets an entry and the one across the diagonal.
    pub fn set_both(&mut self, row: usize, column: usize, value: f64) {
        self.set(row, column, value);
        self.set(column, row, value);
    }

    pub fn row(&self, row: usize) -> &[f64] {
        let start = row * self.size;
        self.entries.get(start..start + self.size).unwrap_or_default()
    }

    /// Two rows, the first above the second.
    pub fn rows_mut(&mut self, first: usize, second: usize) -> Option<(&mut [f64], &mut [f64])> {
        let size = self.size;
        let (above, below) = self.entries.split_at_mut_checked(second * size)?;
        Some((above.get_mut(first * size..(first + 1) * size)?, below.get_mut(..size)?))
    }

    /// Writes a row into the column of the same place.
    pub fn mirror_row(&mut self, row: usize) {
        for at in 0..self.size {
            self.set(at, row, self.at(row, at));
        }
    }

    /// Adds a multiple of some numbers to a row.
    pub fn add_to_row(&mut self, row: usize, factor: f64, numbers: &[f64]) {
        let start = row * self.size;
        let entries = self.entries.get_mut(start..start + self.size).unwrap_or_default();
        entries.iter_mut().zip(numbers).for_each(|(entry, number)| *entry += factor * number);
    }

    /// A symmetric matrix in the coordinates of axes that stand as rows: A · M · Aᵀ.
    pub fn seen_from(&self, axes: &Self) -> Self {
        let mut half = Self::zero(self.size);
        let mut seen = Self::zero(self.size);
        for row in 0..self.size {
            for (at, part) in axes.row(row).iter().enumerate() {
                half.add_to_row(row, *part, self.row(at));
            }
            for column in 0..=row {
                let product = half.row(row).iter().zip(axes.row(column)).map(|(left, right)| left * right).sum();
                seen.set_both(row, column, product);
            }
        }
        seen
    }

    /// This minus another, entry by entry.
    pub fn minus(&self, other: &Self) -> Self {
        let entries = self.entries.iter().zip(&other.entries).map(|(left, right)| left - right);
        Self { size: self.size, entries: entries.collect() }
    }

    /// The square root of the sum of squares (Frobenius).
    pub fn norm(&self) -> f64 {
        libm::sqrt(self.entries.iter().map(|entry| entry * entry).sum())
    }

    /// The same of what stands beside the diagonal.
    pub fn norm_beside_diagonal(&self) -> f64 {
        let beside = self.entries.iter().enumerate().filter(|(at, _)| at % (self.size + 1) != 0);
        libm::sqrt(beside.map(|(_, entry)| entry * entry).sum())
    }

    /// With ones on the diagonal.
    pub fn with_unit_diagonal(mut self) -> Self {
        for at in 0..self.size {
            self.set(at, at, 1.0);
        }
        self
    }
}
