//! Sobol' points with Owen's scrambling: every aligned run of 2ᵐ draws has one draw in each of 2ᵐ equal strata.
//!
//! One rule: scrambling turns the digits of a point by a random choice that depends on all digits before it, so that each point is
//! uniform by itself while the strata stay filled evenly. The choice is a hash keyed by seed and address.
//!
//! Draws are in the order of the index, not of its Gray code. The first 32 bits are the scrambled point; past them
//! independent bits of the stream follow, which is what scrambling leaves of digits that are all nought.
//!
//! Method: I. M. Sobol' (1967), direction numbers of S. Joe and F. Y. Kuo (2008, `joe_kuo`); A. B. Owen, "Randomly permuted
//! (t,m,s)-nets and (t,s)-sequences" (1995); hash-based scrambling: S. Laine and T. Karras, "Stratified sampling for stochastic
//! transparency" (2011), with the constants of B. Burley, "Practical hash-based Owen scrambling", Journal of Computer
//! Graphics Techniques 9 (2020); here with a key before each half of the hash.

use super::joe_kuo::JOE_KUO;
use crate::simulation::stream::{Stream, midpoint};

/// How many addresses may have a dimension of their own.
pub const DIMENSIONS: usize = 256;

const BITS: usize = 32;

/// What is asked of the stream beside its draws.
const PURPOSE: u64 = 0x536f_626f_6c00;

/// The Sobol' points of one address.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sobol {
    stream: Stream,
    directions: [u32; BITS],
    keys: [u32; 2],
}

impl Sobol {
    /// The points of a dimension, counted from 0; none past the table.
    pub(super) fn new(stream: Stream, dimension: usize) -> Option<Self> {
        let key = stream.aside(PURPOSE);
        Some(Self { stream, directions: directions(dimension)?, keys: [key as u32, (key >> 32) as u32] })
    }

    pub(super) fn at(&self, draw: u64) -> f64 {
        self.scrambled(draw, self.point(draw))
    }

    pub(super) fn fill(&self, first_draw: u64, out: &mut [f64]) {
        let mut point = self.point(first_draw);
        for (draw, value) in (0..).zip(out) {
            let draw = first_draw.wrapping_add(draw);
            *value = self.scrambled(draw, point);
            // The bits that change from one index to the next: the lowest nought and the ones below it.
            let changed = draw ^ draw.wrapping_add(1);
            point ^= self.point(changed);
        }
    }

    /// The unscrambled point of an index, of which the lowest 32 bits count.
    fn point(&self, index: u64) -> u32 {
        let mut left = index as u32;
        let mut point = 0;
        for direction in self.directions {
            if left == 0 {
                break;
            }
            point ^= direction & (left & 1).wrapping_neg();
            left >>= 1;
        }
        point
    }

    fn scrambled(&self, draw: u64, point: u32) -> f64 {
        let first = u64::from(nested_scramble(point, self.keys)) << 32;
        midpoint(first | (self.stream.bits(draw) >> 32))
    }
}

/// Turns each bit by a hash of the bits above it. Reversed, every step lets a bit be changed by lower ones only.
fn nested_scramble(point: u32, keys: [u32; 2]) -> u32 {
    let [first, second] = keys;
    let mut x = point.reverse_bits().wrapping_add(first);
    x ^= x.wrapping_mul(0x6c50_b47c);
    x ^= x.wrapping_mul(0xb82f_1e52);
    x = x.wrapping_add(second);
    x ^= x.wrapping_mul(0xc7af_e638);
    x ^= x.wrapping_mul(0x8d22_f6e6);
    x.reverse_bits()
}

/// The direction numbers of a dimension, counted from 0.
fn directions(dimension: usize) -> Option<[u32; BITS]> {
    let mut directions = [0; BITS];
    let Some(row) = dimension.checked_sub(1) else {
        for (place, direction) in directions.iter_mut().enumerate() {
            *direction = 1 << (BITS - 1 - place);
        }
        return Some(directions);
    };
    let (polynomial, first) = JOE_KUO.get(row)?;
    let degree = first.len();
    for place in 0..BITS {
        let earlier = |back: usize| directions.get(place.wrapping_sub(back)).copied().unwrap_or(0);
        let next = match first.get(place) {
            Some(number) => number << (BITS - 1 - place),
            // The polynomial's inner coefficients, the highest power first, choose among the earlier directions.
            None => (1..degree)
                .filter(|back| polynomial >> (degree - back) & 1 == 1)
                .fold(earlier(degree) ^ (earlier(degree) >> degree), |sum, back| sum ^ earlier(back)),
        };
        if let Some(direction) = directions.get_mut(place) {
            *direction = next;
        }
    }
    Some(directions)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulation::Seed;
    use serde_json::Value;

    fn sobol(seed: u64, dimension: usize) -> Sobol {
        Sobol::new(Stream::new(Seed(seed), &format!("a.x-{dimension}").parse().unwrap()), dimension).unwrap()
    }

    #[test]
    fn unscrambled_points_are_those_of_scipy() {
        let oracle: Value = serde_json::from_str(include_str!("../../../../fixtures/oracles/sobol.json")).unwrap();
        let columns = oracle["columns"].as_array().unwrap();
        assert!(columns.len() > 10);
        for column in columns {
            let dimension = column["dimension"].as_u64().unwrap() as usize;
            let expected: Vec<u64> = column["points"].as_array().unwrap().iter().map(|x| x.as_u64().unwrap()).collect();
            let got: Vec<u64> = (0..64).map(|index| u64::from(sobol(1, dimension).point(index))).collect();
            assert_eq!(got, expected, "dimension {dimension}");
        }
    }

    #[test]
    fn there_are_as_many_dimensions_as_said() {
        assert_eq!(JOE_KUO.len() + 1, DIMENSIONS);
        assert!(directions(DIMENSIONS - 1).is_some() && directions(DIMENSIONS).is_none());
    }

    #[test]
    fn every_dyadic_stratum_of_every_dimension_is_hit_exactly_once() {
        for dimension in 0..DIMENSIONS {
            let sobol = sobol(3, dimension);
            for (m, run) in [(0, 5), (1, 3), (4, 2), (10, 1)] {
                let size = 1_u64 << m;
                let mut strata: Vec<u64> =
                    (run * size..(run + 1) * size).map(|draw| (sobol.at(draw) * size as f64) as u64).collect();
                strata.sort_unstable();
                assert!(strata.into_iter().eq(0..size), "dimension {dimension}, 2^{m} draws");
            }
        }
    }

    #[test]
    fn the_first_two_dimensions_fill_every_shape_of_rectangle() {
        // A (0, m, 2)-net: one draw in each rectangle of area 2⁻ᵐ with sides that are powers of two.
        let (x, y) = (sobol(4, 0), sobol(4, 1));
        for m in 1..=10_u32 {
            for wide in 0..=m {
                let (columns, rows) = (1_u64 << wide, 1_u64 << (m - wide));
                let cell = |draw| (x.at(draw) * columns as f64) as u64 * rows + (y.at(draw) * rows as f64) as u64;
                let mut cells: Vec<u64> = (0..1 << m).map(cell).collect();
                cells.sort_unstable();
                assert!(cells.into_iter().eq(0..1 << m), "{columns} by {rows}");
            }
        }
    }

    #[test]
    fn pairs_of_the_first_dimensions_fill_squares_evenly() {
        // The quality t of these pairs is 4 at most (Joe and Kuo's search keeps it low): 2^(4+4) draws, 16 in each of 16.
        for one in 0..10 {
            for other in 0..one {
                let (x, y) = (sobol(5, one), sobol(5, other));
                let mut counts = [0; 16];
                for draw in 0..256 {
                    counts[(x.at(draw) * 4.0) as usize * 4 + (y.at(draw) * 4.0) as usize] += 1;
                }
                assert_eq!(counts, [16; 16], "dimensions {other} and {one}");
            }
        }
    }

    #[test]
    fn a_scrambled_point_is_uniform_over_seeds_and_free_of_its_neighbour() {
        // The two draws differ first in a bit of the point that lies in the cell; what follows must be independent.
        for (one, other) in [(0, 1), (0, 2), (5, 1_000), (6, 7), (1_023, 1_024), (0, 65_536)] {
            let mut counts = [[0_u64; 8]; 8];
            for seed in 0..16_384 {
                let sobol = sobol(seed, 3);
                let below = |draw| (sobol.at(draw) * 4_096.0) as usize % 8;
                counts[below(one)][below(other)] += 1;
            }
            let mean = 16_384.0 / 64.0;
            let square = |count: &u64| (*count as f64 - mean) * (*count as f64 - mean) / mean;
            let statistic: f64 = counts.iter().flatten().map(square).sum();
            // Chi-square of 63 degrees: above 143.9 with a chance of 1e-7... on the low side below 20 with 1e-8.
            assert!((20.0..144.0).contains(&statistic), "draws {one} and {other}: {statistic}");
        }
    }
}
