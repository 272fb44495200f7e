//! Streams: the uniform number of an address in a draw, as a pure function of seed, address and draw.
//!
//! One rule: nothing but these three decides the number; not the thread, the block, the order of the assumptions, nor which
//! other assumptions a model has. Two scenarios share the draws of every assumption they share.
//!
//! The definition stands in the header of `simulation`, where users of the crate can read it.
//!
//! # Why an increment for each stream
//! With one common increment all streams are windows of one cycle of 2⁶⁴ numbers: among 10,000 addresses of 10⁹ draws two
//! windows overlap with a chance of about 1 in 200, and are then shifts of each other. With increments of their own two
//! streams are shifts only where the 63 bits of their increments agree, and overlap only where their starts lie close as
//! well: among 10,000 addresses under a million seeds, of 10⁹ draws each, with a chance below 10⁻⁹. Within a stream 64-bit numbers
//! never repeat; a fair source would be expected to repeat first after 2³² draws, and 52 bits of each number are used. The battery of
//! `stream/battery.rs` is run on streams, across addresses and across seeds. This is no cipher: who knows a stream can
//! continue it.
//!
//! Method: G. L. Steele, D. Lea and C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014 (SplitMix64,
//! and the rule for increments); the output function is D. Stafford's variant 13 of the MurmurHash3 finaliser.

#[cfg(test)]
mod battery;
#[cfg(test)]
mod measures;

use crate::address::Address;
use sha2::{Digest, Sha256};

/// The increment of the published generator: 2⁶⁴ over the golden ratio, odd.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// Half a step of the grid of uniforms; also the smallest uniform there is.
pub(super) const HALF_STEP: f64 = f64::EPSILON / 2.0;

/// The seed of a simulation: same seed, same draws.
///
/// # Examples
/// ```
/// use impact_core::simulation::Seed;
/// assert_ne!(Seed(7), Seed(8));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
pub struct Seed(pub u64);

/// The uniform number of an address in a draw, strictly between 0 and 1. The
/// [module](crate::simulation) has the definition.
///
/// A [`Stream`] answers many draws of one address faster.
///
/// # Examples
/// ```
/// use impact_core::simulation::{Seed, u};
/// let deadweight = "outcomes.into-work.deadweight".parse()?;
/// assert_eq!(u(Seed(7), &deadweight, 0), 0.44461415126384163);
/// assert_eq!(u(Seed(7), &deadweight, 999_999_999), 0.10164533572588141);
/// # Ok::<(), impact_core::address::AddressError>(())
/// ```
pub fn u(seed: Seed, address: &Address, draw: u64) -> f64 {
    Stream::new(seed, address).at(draw)
}

/// What an address brings to its streams under every seed: 128 bits of its hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key {
    start: u64,
    increment: u64,
}

impl Key {
    pub(super) fn of(address: &Address) -> Self {
        let digest = Sha256::digest(address.as_str().as_bytes());
        let word = |from: usize| digest.iter().skip(from).take(8).fold(0, |word, byte| (word << 8) | u64::from(*byte));
        Self { start: word(0), increment: word(8) }
    }

    pub(super) fn stream(self, seed: Seed) -> Stream {
        let first = seed.0.wrapping_add(GOLDEN);
        Stream {
            start: mix(self.start ^ mix(first)),
            increment: increment(mix(self.increment ^ mix(first.wrapping_add(GOLDEN)))),
        }
    }
}

/// The uniforms of one address under one seed.
///
/// # Examples
/// ```
/// use impact_core::simulation::{Seed, Stream, u};
/// let quantity = "outcomes.into-work.quantity".parse()?;
/// let stream = Stream::new(Seed(7), &quantity);
/// let mut block = [0.0; 100];
/// stream.fill(5_000, &mut block);
/// assert_eq!(block[17], u(Seed(7), &quantity, 5_017));
/// # Ok::<(), impact_core::address::AddressError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stream {
    start: u64,
    increment: u64,
}

impl Stream {
    /// The stream of an address under a seed.
    pub fn new(seed: Seed, address: &Address) -> Self {
        Key::of(address).stream(seed)
    }

    /// The 64 bits behind the uniform of a draw.
    pub fn bits(&self, draw: u64) -> u64 {
        mix(self.state(draw))
    }

    /// The uniform of a draw, strictly between 0 and 1.
    pub fn at(&self, draw: u64) -> f64 {
        midpoint(self.bits(draw))
    }

    /// The uniforms of consecutive draws from `first_draw` on, one for each place of `out`.
    #[inline(always)]
    pub fn fill(&self, first_draw: u64, out: &mut [f64]) {
        let mut state = self.state(first_draw);
        for value in out {
            *value = midpoint(mix(state));
            state = state.wrapping_add(self.increment);
        }
    }

    fn state(&self, draw: u64) -> u64 {
        self.start.wrapping_add(draw.wrapping_add(1).wrapping_mul(self.increment))
    }

    /// A number of the stream's own for a purpose beside its draws, such as a permutation.
    pub(super) fn aside(&self, purpose: u64) -> u64 {
        mix(mix(self.start ^ purpose.wrapping_mul(GOLDEN)).wrapping_add(self.increment))
    }
}

/// The output function of SplitMix64: a bijection of 64 bits.
#[inline(always)]
pub(super) fn mix(state: u64) -> u64 {
    let once = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let twice = (once ^ (once >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    twice ^ (twice >> 31)
}

/// An odd increment with enough change among its bits.
fn increment(bits: u64) -> u64 {
    let odd = bits | 1;
    if (odd ^ (odd >> 1)).count_ones() < 24 { odd ^ 0xaaaa_aaaa_aaaa_aaaa } else { odd }
}

/// The midpoint of the cell of the unit interval that the upper 52 bits name.
#[inline(always)]
pub(super) fn midpoint(bits: u64) -> f64 {
    // The bits as the fraction of a float from 1 up to 2, less 1 − 2⁻⁵³: both steps are exact.
    f64::from_bits(0x3ff0_0000_0000_0000 | (bits >> 12)) - (1.0 - HALF_STEP)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Address {
        text.parse().unwrap()
    }

    #[test]
    fn with_the_published_increment_the_published_numbers_come_out() {
        // SplitMix64 begun at 1234567: rosettacode.org/wiki/Pseudo-random_numbers/Splitmix64; at 0: the reference
        // implementation of S. Vigna, prng.di.unimi.it/splitmix64.c.
        let published = [
            (1_234_567, [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431]),
            (0, [0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4, 0x06c4_5d18_8009_454f, 0xf88b_b8a8_724c_81ec]),
        ];
        for (start, numbers) in published {
            let stream = Stream { start, increment: GOLDEN };
            for (draw, number) in (0..).zip(numbers) {
                assert_eq!(stream.bits(draw), number, "begun at {start}, draw {draw}");
            }
        }
    }

    #[test]
    fn the_definition_gives_the_same_numbers_in_another_program() {
        for (seed, text, draw, bits, uniform) in KNOWN {
            let stream = Stream::new(Seed(seed), &address(text));
            assert_eq!(stream.bits(draw), bits, "{seed} {text} {draw}");
            assert_eq!(stream.at(draw), uniform, "{seed} {text} {draw}");
        }
    }

    #[test]
    fn a_uniform_is_never_nought_nor_one_and_its_complement_is_exact() {
        assert_eq!(midpoint(0), HALF_STEP);
        assert_eq!(midpoint(u64::MAX), 1.0 - HALF_STEP);
        assert_eq!(1.0 - midpoint(u64::MAX), midpoint(0));
        for draw in 0..10_000 {
            let bits = Stream { start: 3, increment: GOLDEN }.bits(draw);
            assert_eq!(1.0 - midpoint(bits), midpoint(!bits));
        }
    }

    #[test]
    fn a_block_is_the_same_whatever_its_parts() {
        let stream = Stream::new(Seed(1), &address("a.b"));
        let whole: Vec<f64> = (0..5_000).map(|draw| stream.at(draw)).collect();
        for parts in [vec![5_000], vec![1, 2_048, 3, 1_000, 1_948], vec![2_047, 1, 2_047, 905]] {
            let mut filled = vec![0.0; 5_000];
            let mut last = 5_000;
            for part in parts.iter().rev() {
                let first = last - part;
                stream.fill(first as u64, &mut filled[first..last]);
                last = first;
            }
            assert_eq!(filled, whole);
        }
        let mut over_the_end = [0.0; 4];
        stream.fill(u64::MAX - 1, &mut over_the_end);
        assert_eq!(over_the_end, [stream.at(u64::MAX - 1), stream.at(u64::MAX), stream.at(0), stream.at(1)]);
    }

    #[test]
    fn an_increment_is_odd_and_changes_among_its_bits() {
        for bits in [0, 1, u64::MAX, 1 << 63, 0x5555_5555_5555_5555, 0xff] {
            let increment = increment(bits);
            assert_eq!(increment % 2, 1, "{bits:x}");
            assert!((increment ^ (increment >> 1)).count_ones() >= 24, "{bits:x}");
        }
    }

    /// Seed, address, draw, bits, uniform, by `fixtures/oracles/streams.py`.
    const KNOWN: [(u64, &str, u64, u64, f64); 6] = [
        (7, "outcomes.into-work.deadweight", 0, 0x71d2_3ba7_0459_e396, 0.444_614_151_263_841_63),
        (7, "outcomes.into-work.deadweight", 999_999_999, 0x1a05_6dc0_bbcd_4689, 0.101_645_335_725_881_41),
        (8, "outcomes.into-work.deadweight", 0, 0x6f7a_2ed7_68aa_794a, 0.435_458_114_233_066_13),
        (7, "costs.team.per_year", 0, 0x4679_32a7_8adf_47b1, 0.275_286_832_717_822_3),
        (0, "catalogue.no-disability-benefit", 1_099_511_627_776, 0xf3ee_b610_64df_56a1, 0.952_861_193_659_257_4),
        (u64::MAX, "a", u64::MAX, 0xbb64_784e_205c_1090, 0.732_001_799_653_844_3),
    ];
}
