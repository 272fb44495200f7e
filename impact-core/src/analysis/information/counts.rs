//! Counts drawn from one uniform each: how many of so many people, how many events.
//!
//! One rule: a count is found from the likeliest one outwards, so that it takes about as many steps as the counts have
//! standard deviation, and every count has its own chance.
//!
//! Method: inversion of chances in the order mode, mode + 1, mode − 1, …; the first by Stirling's error (see `special`), the others by the
//! ratio of neighbours.

use crate::distribution::special::gamma::{ln_poisson_peak, ln_poisson_term};

/// Below this a chance no longer matters to any sum.
const NOTHING: f64 = 1e-300;

/// A count of `n` with the chance `p` each.
pub(super) fn binomial(n: f64, p: f64, u: f64) -> f64 {
    let q = 1.0 - p;
    if p <= 0.0 || q <= 0.0 {
        return if p <= 0.0 { 0.0 } else { n };
    }
    let mode = libm::floor((n + 1.0) * p).min(n);
    let chance = ln_poisson(mode, n * p) + ln_poisson(n - mode, n * q) - ln_poisson_peak(n);
    let up = |count: f64| (n - count) * p / ((count + 1.0) * q);
    let down = |count: f64| count * q / ((n - count + 1.0) * p);
    outwards(mode, libm::exp(chance), u, up, down)
}

/// A number of events where so many are expected.
pub(super) fn poisson(mean: f64, u: f64) -> f64 {
    if mean <= 0.0 {
        return 0.0;
    }
    let mode = libm::floor(mean);
    outwards(mode, libm::exp(ln_poisson(mode, mean)), u, |count| mean / (count + 1.0), |count| count / mean)
}

fn ln_poisson(count: f64, mean: f64) -> f64 {
    if count > 0.0 { ln_poisson_term(count, mean) } else { -mean }
}

/// The count at which the chances, summed from the mode outwards, pass `u`; `up` and `down` are ratios to the next chance.
fn outwards(mode: f64, chance: f64, u: f64, up: impl Fn(f64) -> f64, down: impl Fn(f64) -> f64) -> f64 {
    let (mut high, mut low) = ((mode, chance), (mode, chance));
    let mut left = u - chance;
    while left > 0.0 && high.1 + low.1 > NOTHING {
        high = (high.0 + 1.0, high.1 * up(high.0));
        left -= high.1;
        if left <= 0.0 {
            return high.0;
        }
        low = (low.0 - 1.0, low.1 * down(low.0));
        left -= low.1;
        if left <= 0.0 {
            return low.0;
        }
    }
    mode
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The share of a fine grid of uniforms that each count up to `most` gets.
    fn shares(most: usize, count: impl Fn(f64) -> f64) -> Vec<f64> {
        let mut shares = vec![0.0; most + 1];
        for step in 0..100_000 {
            shares[count((f64::from(step) + 0.5) / 1e5) as usize] += 1e-5;
        }
        shares
    }

    #[test]
    fn a_binomial_count_has_its_chances() {
        for (n, p) in [(1, 0.3), (10, 0.02), (10, 0.5), (12, 0.97), (3, 1.0), (3, 0.0)] {
            let found = shares(n, |u| binomial(n as f64, p, u));
            let mut ways = 1.0;
            for (count, found) in found.iter().enumerate() {
                let power = |base: f64, times: usize| (0..times).fold(1.0, |product, _| product * base);
                let chance = ways * power(p, count) * power(1.0 - p, n - count);
                assert!((found - chance).abs() < 3e-5, "{count} of {n} at {p}: {found} {chance}");
                ways *= (n - count) as f64 / (count + 1) as f64;
            }
        }
    }

    #[test]
    fn a_poisson_count_has_its_chances() {
        for mean in [0.0, 0.2, 3.0, 20.0] {
            let found = shares(100, |u| poisson(mean, u));
            let mut chance = libm::exp(-mean);
            for (count, found) in found.iter().enumerate() {
                assert!((found - chance).abs() < 3e-5, "{count} at {mean}: {found} {chance}");
                chance *= mean / (count + 1) as f64;
            }
        }
    }

    #[test]
    fn large_counts_keep_their_mean_and_spread() {
        let moments = |count: &dyn Fn(f64) -> f64| {
            let counts: Vec<f64> = (0..20_000).map(|step| count((f64::from(step) + 0.5) / 2e4)).collect();
            let mean = counts.iter().sum::<f64>() / 2e4;
            (mean, counts.iter().map(|count| (count - mean) * (count - mean)).sum::<f64>() / 2e4)
        };
        let (mean, variance) = moments(&|u| binomial(100_000.0, 0.3, u));
        assert!((mean - 30_000.0).abs() < 1.0 && (variance / 21_000.0 - 1.0).abs() < 0.01, "{mean} {variance}");
        let (mean, variance) = moments(&|u| poisson(50_000.0, u));
        assert!((mean - 50_000.0).abs() < 1.0 && (variance / 50_000.0 - 1.0).abs() < 0.01, "{mean} {variance}");
    }
}
