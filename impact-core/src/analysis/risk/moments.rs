//! Moments: sums of draws that come to the same bits in whatever order they are added, and however many of them are taken together.
//!
//! One rule: each draw is cut at two fixed places, and what lies between them adds up without rounding.
//!
//! # Formula
//! With *n* draws of a size up to *m*, and σ the power of two from 2 · n · m on:
//! ```text
//! high = (σ + x) − σ    low = (σ' + (x − high)) − σ'    σ' = σ · 2^(k − 53), 2^k > 2 · n
//! Σ x  = Σ high + Σ low, both without rounding; what is left out of a draw is below n² · 2^−101 of the largest
//! ```
//!
//! # References
//! J. Demmel and H. D. Nguyen, "Parallel Reproducible Summation", IEEE Transactions on Computers 64 (2015), 2060-2070.

/// Draws, each with how many there are of it: a whole number, and none past the last.
#[derive(Debug, Clone, Copy)]
pub(super) struct Draws<'d> {
    values: &'d [f64],
    many: Option<&'d [f64]>,
    count: usize,
}

/// Draws that are added side by side.
const LANES: usize = 16;

impl<'d> Draws<'d> {
    /// One of each.
    pub fn single(values: &'d [f64]) -> Self {
        Self { values, many: None, count: values.len() }
    }

    /// So many of each, and so many in all.
    pub fn grouped(values: &'d [f64], many: &'d [f64], count: usize) -> Self {
        Self { values, many: Some(many), count }
    }

    /// How many there are in all.
    pub fn count(self) -> usize {
        self.count
    }

    /// Each value with how many there are of it.
    pub fn each(self) -> impl Iterator<Item = (f64, f64)> + 'd {
        let many = self.many.unwrap_or_default().iter().copied();
        self.values.iter().copied().zip(many.chain(std::iter::repeat(1.0)))
    }

    /// The mean; 0 of none.
    #[inline(always)]
    pub fn mean(self) -> f64 {
        self.sum(|draw| draw) / self.count.max(1) as f64
    }

    /// The mean, and the standard deviation in a population of which these are some; zeros of none.
    #[inline(always)]
    pub fn moments(self) -> (f64, f64) {
        let mean = self.mean();
        if self.count < 2 {
            return (mean, 0.0);
        }
        let squares = self.sum(|draw| (draw - mean) * (draw - mean));
        (mean, libm::sqrt(squares / (self.count - 1) as f64))
    }

    /// The sum of what is made of each draw.
    #[inline(always)]
    fn sum(self, of: impl Fn(f64) -> f64) -> f64 {
        let largest = self.fold([0.0; LANES], |most: f64, draw, many| {
            let size = of(draw).abs();
            if many > 0.0 && size > most { size } else { most }
        });
        let largest = largest.into_iter().fold(0.0, f64::max);
        if largest <= 0.0 {
            return 0.0;
        }
        // 2^bits is above twice the count, and the largest one below 2^exponent.
        let bits = i32::try_from(usize::BITS - self.count.leading_zeros()).unwrap_or(i32::MAX).saturating_add(1);
        let (_, exponent) = libm::frexp(largest);
        let high = libm::ldexp(1.0, exponent.saturating_add(bits));
        let low = libm::ldexp(high, bits - 53);
        let parts = self.fold([(0.0, 0.0); LANES], |(of_high, of_low), draw, many| {
            let value = of(draw);
            let upper = (high + value) - high;
            let lower = (low + (value - upper)) - low;
            (of_high + many * upper, of_low + many * lower)
        });
        let (of_high, of_low) = parts.into_iter().fold((0.0, 0.0), |(high, low), part| (high + part.0, low + part.1));
        of_high + of_low
    }

    /// Folds draws side by side.
    #[inline(always)]
    fn fold<S: Copy>(self, mut sides: [S; LANES], with: impl Fn(S, f64, f64) -> S) -> [S; LANES] {
        let ones = [1.0; LANES];
        for (at, draws) in self.values.chunks(LANES).enumerate() {
            let many = self.many.map_or(Some(ones.as_slice()), |many| many.get(at * LANES..)).unwrap_or_default();
            for ((side, draw), many) in sides.iter_mut().zip(draws).zip(many) {
                *side = with(*side, *draw, *many);
            }
        }
        sides
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sum of 1024ths in whole numbers.
    fn exactly(draws: &[f64]) -> f64 {
        draws.iter().map(|draw| (draw * 1_024.0) as i64).sum::<i64>() as f64 / 1_024.0
    }

    #[test]
    fn a_sum_keeps_what_plain_adding_loses() {
        // 2^53 + 1 + 1 + ... one at a time stays at 2^53.
        let mut draws = vec![9_007_199_254_740_992.0];
        draws.extend([1.0; 1_000]);
        assert_eq!(Draws::single(&draws).sum(|draw| draw), 9_007_199_254_741_992.0);
        assert_eq!(Draws::single(&[]).moments(), (0.0, 0.0));
        assert_eq!(Draws::single(&[4.0]).moments(), (4.0, 0.0));
        assert_eq!(Draws::single(&[1.0, 2.0, 3.0]).moments(), (2.0, 1.0));
    }

    /// Amounts between −10⁹ and 10⁹ in 1024ths (a linear congruential generator).
    fn some(state: &mut u64, count: usize) -> Vec<f64> {
        let next = || {
            *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((*state >> 23) as f64 - f64::from(1 << 20) * f64::from(1 << 20)) / 1_024.0
        };
        std::iter::repeat_with(next).take(count).collect()
    }

    #[test]
    fn order_and_grouping_change_no_bit() {
        let mut state = 7;
        for kinds in 1..60 {
            let values = some(&mut state, kinds);
            let many: Vec<f64> = (0..kinds).map(|kind| (kind * 7 % 40) as f64).collect();
            let repeated = |(value, many): (&f64, &f64)| std::iter::repeat_n(*value / 3.0, *many as usize);
            let one_by_one: Vec<f64> = values.iter().zip(&many).flat_map(repeated).collect();
            let backwards: Vec<f64> = one_by_one.iter().rev().copied().collect();
            let thirds: Vec<f64> = values.iter().map(|value| value / 3.0).collect();
            let single = Draws::single(&one_by_one).moments();
            assert_eq!(single, Draws::grouped(&thirds, &many, one_by_one.len()).moments());
            assert_eq!(single, Draws::single(&backwards).moments());
        }
    }

    #[test]
    fn a_sum_is_the_exact_one_rounded() {
        let mut state = 11;
        for count in 1..200 {
            let draws = some(&mut state, count);
            assert_eq!(Draws::single(&draws).sum(|draw| draw), exactly(&draws));
        }
    }
}
