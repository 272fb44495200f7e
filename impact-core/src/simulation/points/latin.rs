//! Latin hypercubes: of n draws of an address, one lies in each of n equal strata.
//!
//! One rule: the stratum of a draw is a permutation of the draws that is computed, not stored: every address and seed has
//! its own, for any n, and any draw can be asked for alone.
//!
//! # Why it is a permutation
//! On w bits, with 2ʷ the first power of two not below n, each step is a bijection: exclusive-or with a key, multiplication
//! by an odd key modulo 2ʷ, and exclusive-or with a right shift of itself. Their chain is a bijection of 2ʷ numbers.
//! Walking it from a number below n until a number below n is met again is a bijection of the n (the walk follows the
//! cycle the number lies on, so no two walks end alike); fewer than two steps are needed on average. A rotation by a key
//! modulo n closes.
//!
//! Method: M. D. McKay, R. J. Beckman and W. J. Conover, Technometrics 21 (1979); cycle walking: J. Black and P. Rogaway,
//! "Ciphers with arbitrary finite domains", CT-RSA 2002; hashed permutations of strata: A. Kensler, "Correlated
//! multi-jittered sampling", Pixar technical memo 13-01 (2013).

use crate::simulation::stream::{HALF_STEP, Stream};

/// Rounds of a permutation. Below a thousand strata a round has few bits to work with: five left orders visibly uneven.
const ROUNDS: usize = 5;
const ROUNDS_OF_FEW: usize = 12;
const FEW: u64 = 1_024;

/// What is asked of the stream beside its draws starts here, so that no other purpose shares its numbers.
const PURPOSE: u64 = 0x4c61_7469_6e00;

/// The Latin points of one address.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Latin {
    stream: Stream,
    draws: u64,
    mask: u64,
    shift: u32,
    /// Put in and multiplied by, a pair for each round.
    keys: Vec<(u64, u64)>,
    rotation: u64,
}

impl Latin {
    /// Points for at least one draw.
    pub(super) fn new(stream: Stream, draws: u64) -> Self {
        let draws = draws.max(1);
        let width = u64::BITS - (draws - 1).leading_zeros();
        let number = |at: usize| stream.aside(PURPOSE.wrapping_add(at as u64));
        let rounds = if draws <= FEW { ROUNDS_OF_FEW } else { ROUNDS };
        Self {
            stream,
            draws,
            mask: if width == 0 { 0 } else { u64::MAX >> (u64::BITS - width) },
            shift: (width / 2).max(1),
            keys: (0..rounds).map(|round| (number(2 * round), number(2 * round + 1) | 1)).collect(),
            rotation: number(2 * rounds) % draws,
        }
    }

    pub(super) fn at(&self, draw: u64) -> f64 {
        let place = (self.stratum(draw % self.draws) as f64 + self.stream.at(draw)) / self.draws as f64;
        place.clamp(HALF_STEP, 1.0 - HALF_STEP)
    }

    pub(super) fn fill(&self, first_draw: u64, out: &mut [f64]) {
        for (draw, value) in (0..).zip(out) {
            *value = self.at(first_draw.wrapping_add(draw));
        }
    }

    /// The stratum of a draw below the number of draws.
    fn stratum(&self, draw: u64) -> u64 {
        let mut walked = self.step(draw);
        while walked >= self.draws {
            walked = self.step(walked);
        }
        let turned = walked + self.rotation;
        if turned >= self.draws { turned - self.draws } else { turned }
    }

    fn step(&self, place: u64) -> u64 {
        self.keys.iter().fold(place, |place, (put_in, factor)| {
            let mixed = ((place ^ put_in) & self.mask).wrapping_mul(*factor) & self.mask;
            mixed ^ (mixed >> self.shift)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::Distribution;
    use crate::simulation::Seed;
    use std::collections::HashMap;

    fn latin(seed: u64, draws: u64) -> Latin {
        Latin::new(Stream::new(Seed(seed), &"a.b".parse().unwrap()), draws)
    }

    fn strata(latin: &Latin) -> Vec<u64> {
        (0..latin.draws).map(|draw| latin.stratum(draw)).collect()
    }

    #[test]
    fn every_stratum_is_hit_exactly_once() {
        for draws in (1..=300).chain([1_000, 1_024, 4_095, 4_097, 65_536, 99_991, 1_000_000]) {
            for seed in 0..if draws <= 300 { 8 } else { 2 } {
                let latin = latin(seed, draws);
                let mut strata = strata(&latin);
                let by_value = (0..draws).map(|draw| (latin.at(draw) * draws as f64) as u64).collect::<Vec<_>>();
                assert_eq!(by_value, strata, "{draws} draws, seed {seed}");
                strata.sort_unstable();
                assert!(strata.into_iter().eq(0..draws), "{draws} draws, seed {seed}");
            }
        }
    }

    /// The share of fair sources with a larger chi-square.
    fn tail(counts: impl Iterator<Item = u64>, cells: u64, size: u64) -> f64 {
        let mean = size as f64 / cells as f64;
        let (sum, seen) = counts.fold((0.0, 0), |(sum, seen), count| {
            (sum + (count as f64 - mean) * (count as f64 - mean) / mean, seen + 1)
        });
        let statistic = sum + mean * (cells - seen) as f64;
        let half = rust_decimal::Decimal::new((cells as i64 - 1) * 5, 1);
        Distribution::gamma(half, 2.into()).unwrap().survival(statistic)
    }

    #[test]
    fn all_orders_of_a_few_strata_are_equally_likely() {
        for (draws, orders) in [(2, 2), (3, 6), (4, 24)] {
            let mut counts: HashMap<Vec<u64>, u64> = HashMap::new();
            for seed in 0..24_000 {
                *counts.entry(strata(&latin(seed, draws))).or_default() += 1;
            }
            let tail = tail(counts.into_values(), orders, 24_000);
            assert!((1e-6..=1.0 - 1e-6).contains(&tail), "{draws}: {tail}");
        }
    }

    #[test]
    fn two_draws_land_in_any_two_strata_alike() {
        for draws in [5, 7, 8, 10, 13, 16, 31] {
            let pairs = draws * (draws - 1);
            for (one, other) in [(0, 1), (1, 2), (0, draws - 1), (draws / 2, draws - 2)] {
                let mut counts: HashMap<(u64, u64), u64> = HashMap::new();
                for seed in 0..40_000 {
                    let latin = latin(seed, draws);
                    *counts.entry((latin.stratum(one), latin.stratum(other))).or_default() += 1;
                }
                let tail = tail(counts.into_values(), pairs, 40_000);
                assert!(tail > 1e-6, "{draws}: {one} and {other}: {tail}");
            }
        }
    }

    #[test]
    fn neighbouring_draws_and_seeds_are_not_correlated() {
        let draws = 10_007_u64;
        let columns: Vec<Vec<u64>> = (0..12).map(|seed| strata(&latin(seed, draws))).collect();
        let centre = (draws - 1) as f64 / 2.0;
        let correlation = |pairs: &mut dyn Iterator<Item = (u64, u64)>| {
            let (sum, count) = pairs.fold((0.0, 0.0), |(sum, count), (x, y)| {
                (sum + (x as f64 - centre) * (y as f64 - centre), count + 1.0)
            });
            12.0 * sum / (draws as f64 * draws as f64) / libm::sqrt(count)
        };
        // 66 pairs of seeds and 12 × 3 lags: within 5 standard errors with a chance of 0.99994.
        for (position, one) in columns.iter().enumerate() {
            for other in columns.iter().skip(position + 1) {
                let found = correlation(&mut one.iter().copied().zip(other.iter().copied()));
                assert!(found.abs() < 5.0, "{found}");
            }
            for lag in [1, 2, 4_096] {
                let found = correlation(&mut one.iter().copied().zip(one.iter().copied().skip(lag)));
                assert!(found.abs() < 5.0, "lag {lag}: {found}");
            }
        }
    }
}
