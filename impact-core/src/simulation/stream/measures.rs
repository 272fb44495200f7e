//! How far numbers are from chance: each measure answers with the share of fair sources that would be as far or farther out.

use crate::distribution::Distribution;
use rust_decimal::Decimal;

/// How many fair sources of `freedom` degrees would have a larger chi-square.
pub(super) fn chi_square_tail(statistic: f64, freedom: usize) -> f64 {
    let half = Decimal::new(freedom as i64 * 5, 1);
    Distribution::gamma(half, 2.into()).unwrap().survival(statistic)
}

/// Counts against what is expected in each.
pub(super) fn chi_square(counts: &[u64], expected: impl Fn(usize) -> f64) -> f64 {
    let distance = |(cell, count): (usize, &u64)| (*count as f64 - expected(cell)).powi_two() / expected(cell);
    chi_square_tail(counts.iter().enumerate().map(distance).sum(), counts.len() - 1)
}

/// Counts that should all be alike.
pub(super) fn even(counts: &[u64]) -> f64 {
    let mean = counts.iter().sum::<u64>() as f64 / counts.len() as f64;
    chi_square(counts, |_| mean)
}

/// A standard normal number, as the upper tail.
pub(super) fn normal_tail(deviations: f64) -> f64 {
    Distribution::normal(0.into(), 1.into()).unwrap().survival(deviations)
}

/// A count of rare coincidences against their mean number: the chance of so many or more, and of so few.
pub(super) fn poisson_tail(count: u64, mean: u64) -> f64 {
    Distribution::poisson(mean.into()).unwrap().survival(count as f64 - 0.5)
}

/// The largest distance between the share of numbers up to x and x itself (A. Kolmogorov, 1933; the series of the limit).
pub(super) fn kolmogorov(mut numbers: Vec<f64>) -> f64 {
    let n = numbers.len() as f64;
    numbers.sort_by(f64::total_cmp);
    let gap = |(rank, x): (usize, &f64)| (x - rank as f64 / n).abs().max((x - (rank as f64 + 1.0) / n).abs());
    let largest =
        numbers.iter().enumerate().map(gap).fold(0.0, f64::max) * (libm::sqrt(n) + 0.12 + 0.11 / libm::sqrt(n));
    let term = |k: f64| libm::exp(-2.0 * k * k * largest * largest);
    let tail = (1..100).map(|k| if k % 2 == 1 { term(f64::from(k)) } else { -term(f64::from(k)) }).sum::<f64>();
    (2.0 * tail).clamp(0.0, 1.0)
}

/// The correlation of pairs of uniforms, in its standard errors.
pub(super) fn correlation(pairs: impl Iterator<Item = (f64, f64)>) -> f64 {
    let (sum, count) = pairs.fold((0.0, 0.0), |(sum, count), (x, y)| (sum + (x - 0.5) * (y - 0.5), count + 1.0));
    12.0 * sum / libm::sqrt(count)
}

trait Square {
    fn powi_two(self) -> Self;
}

impl Square for f64 {
    fn powi_two(self) -> Self {
        self * self
    }
}
