//! Points: how the draws of all addresses together cover what may happen.
//!
//! One rule: whatever the points, the number of an address in a draw is a pure function `u(seed, address, draw, draws)`, and
//! each column by itself is uniform. What differs is how evenly.
//!
//! | points | what is even | what it depends on |
//! |---|---|---|
//! | [`Points::Random`] | nothing but chance | seed, address, draw: more draws extend a run, other addresses never matter |
//! | [`Points::Latin`] | each address alone: one draw in each of `draws` equal strata | also on the number of draws |
//! | [`Points::Sobol`] | every address, and pairs of the first ones, over each run of 2ᵐ draws | also on the place of the address among the sorted uncertain addresses |
//!
//! Two consequences of the last column. Runs of different lengths share no draws under Latin points. A new uncertain address shifts
//! the dimension of every address sorted after it under Sobol' points, so two scenarios share draws only where they have the
//! same uncertain addresses.

mod joe_kuo;
mod latin;
mod sobol;

use super::stream::{Key, Seed, Stream};
use crate::address::Address;
use latin::Latin;
use sobol::Sobol;

pub use sobol::DIMENSIONS as SOBOL_DIMENSIONS;

/// The most draws that Sobol' points have: a point is told from the others by its first 32 bits.
const MOST_SOBOL_DRAWS: u64 = 1 << 32;
/// The most draws that Latin points have: each stratum still holds a uniform.
const MOST_LATIN_DRAWS: u64 = 1 << 48;

/// How draws cover what may happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Points {
    /// Independent draws.
    #[default]
    Random,
    /// A Latin hypercube: for each address by itself, one draw in each of as many strata as there are draws. Runs of
    /// different lengths share no draws.
    Latin,
    /// Scrambled Sobol' points: best with a power of two draws. The dimension of an address is its place among the sorted
    /// uncertain addresses: a new one shifts those sorted after it, and then they share no draws with a run without it.
    Sobol,
}

/// Why points cannot be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PointsError {
    /// A number of draws that the points do not have.
    #[error("number of draws `{draws}` is not between 1 and {most}")]
    Draws {
        /// The number asked for.
        draws: u64,
        /// The most there are.
        most: u64,
    },
    /// An address that is not among the uncertain ones.
    #[error("`{address}` is not among the uncertain addresses")]
    Unknown {
        /// The address asked for.
        address: Address,
    },
}

/// The points of a simulation: seed, number of draws and uncertain addresses together.
///
/// # Examples
/// ```
/// use impact_core::address::Address;
/// use impact_core::simulation::{Points, Sampler, Seed};
/// let addresses = ["outcomes.work.quantity".parse()?, "outcomes.work.deadweight".parse()?];
/// let sampler = Sampler::new(Points::Sobol, Seed(7), 1024, &addresses)?;
/// let deadweight = sampler.uniforms(&addresses[1])?;
/// let mut column = vec![0.0; 1024];
/// deadweight.fill(0, &mut column);
/// let below = column.iter().filter(|u| **u < 0.25).count();
/// assert_eq!(below, 256);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sampler {
    points: Points,
    seed: Seed,
    draws: u64,
    addresses: Vec<Address>,
}

impl Sampler {
    /// Points for these uncertain addresses, in any order.
    ///
    /// # Errors
    /// No draws, or more than the points have: 2³² for Sobol', 2⁴⁸ for Latin.
    pub fn new(points: Points, seed: Seed, draws: u64, addresses: &[Address]) -> Result<Self, PointsError> {
        let most = match points {
            Points::Random => u64::MAX,
            Points::Latin => MOST_LATIN_DRAWS,
            Points::Sobol => MOST_SOBOL_DRAWS,
        };
        if draws == 0 || draws > most {
            return Err(PointsError::Draws { draws, most });
        }
        let mut addresses = addresses.to_vec();
        addresses.sort();
        addresses.dedup();
        Ok(Self { points, seed, draws, addresses })
    }

    /// The uniforms of one of the addresses.
    ///
    /// # Errors
    /// An address that was not among those the points were made for.
    pub fn uniforms(&self, address: &Address) -> Result<Uniforms, PointsError> {
        let dimension = self.addresses.binary_search(address);
        let dimension = dimension.map_err(|_| PointsError::Unknown { address: address.clone() })?;
        Ok(self.of(Key::of(address).stream(self.seed), dimension))
    }

    fn of(&self, stream: Stream, dimension: usize) -> Uniforms {
        let latin = || Uniforms(Kind::Latin(Latin::new(stream, self.draws)));
        match self.points {
            Points::Random => Uniforms(Kind::Random(stream)),
            Points::Latin => latin(),
            Points::Sobol => {
                Sobol::new(stream, dimension).map_or_else(latin, |sobol| Uniforms(Kind::Sobol(Box::new(sobol))))
            }
        }
    }

    /// The addresses past the [dimensions of Sobol' points](SOBOL_DIMENSIONS), which get Latin points instead: empty for
    /// other points. A result has to say so.
    pub fn without_dimension(&self) -> &[Address] {
        match self.points {
            Points::Sobol => self.addresses.get(SOBOL_DIMENSIONS..).unwrap_or_default(),
            Points::Random | Points::Latin => &[],
        }
    }
}

/// The uniforms of one address in a simulation.
#[derive(Debug, Clone, PartialEq)]
pub struct Uniforms(Kind);

#[derive(Debug, Clone, PartialEq)]
enum Kind {
    Random(Stream),
    Latin(Latin),
    Sobol(Box<Sobol>),
}

impl Uniforms {
    /// The uniform of a draw, strictly between 0 and 1.
    pub fn at(&self, draw: u64) -> f64 {
        match &self.0 {
            Kind::Random(stream) => stream.at(draw),
            Kind::Latin(latin) => latin.at(draw),
            Kind::Sobol(sobol) => sobol.at(draw),
        }
    }

    /// The uniforms of consecutive draws from `first_draw` on, one for each place of `out`.
    #[inline(always)]
    pub fn fill(&self, first_draw: u64, out: &mut [f64]) {
        match &self.0 {
            Kind::Random(stream) => stream.fill(first_draw, out),
            Kind::Latin(latin) => latin.fill(first_draw, out),
            Kind::Sobol(sobol) => sobol.fill(first_draw, out),
        }
    }
}

impl From<Stream> for Uniforms {
    fn from(stream: Stream) -> Self {
        Self(Kind::Random(stream))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn addresses(count: usize) -> Vec<Address> {
        (0..count).map(|position| format!("a.x-{position:03}").parse().unwrap()).collect()
    }

    fn columns(points: Points, seed: u64, draws: u64, count: usize) -> Vec<Vec<f64>> {
        let addresses = addresses(count);
        let sampler = Sampler::new(points, Seed(seed), draws, &addresses).unwrap();
        let fill = |address: &Address| {
            let mut column = vec![0.0; draws as usize];
            sampler.uniforms(address).unwrap().fill(0, &mut column);
            column
        };
        addresses.iter().map(fill).collect()
    }

    #[test]
    fn a_block_is_the_same_whatever_its_parts() {
        for points in [Points::Random, Points::Latin, Points::Sobol] {
            let addresses = addresses(3);
            let sampler = Sampler::new(points, Seed(2), 5_000, &addresses).unwrap();
            let uniforms = sampler.uniforms(&addresses[2]).unwrap();
            let whole: Vec<f64> = (0..5_000).map(|draw| uniforms.at(draw)).collect();
            for parts in [vec![5_000], vec![1, 2_048, 3, 1_000, 1_948], vec![2_047, 1, 2_047, 905]] {
                let mut filled = vec![0.0; 5_000];
                let mut last = 5_000;
                for part in parts.iter().rev() {
                    let first = last - part;
                    uniforms.fill(first as u64, &mut filled[first..last]);
                    last = first;
                }
                assert_eq!(filled, whole, "{points:?}");
            }
        }
    }

    #[test]
    fn random_points_are_the_stream() {
        let addresses = addresses(2);
        let sampler = Sampler::new(Points::Random, Seed(2), 1, &addresses).unwrap();
        assert_eq!(
            sampler.uniforms(&addresses[1]).unwrap().at(77),
            super::super::stream::u(Seed(2), &addresses[1], 77)
        );
    }

    #[test]
    fn the_order_in_which_addresses_are_given_does_not_matter_but_a_new_one_shifts_sobol_dimensions() {
        let addresses = addresses(3);
        let turned: Vec<Address> = addresses.iter().rev().cloned().collect();
        let at = |points, list: &[Address]| {
            Sampler::new(points, Seed(2), 64, list).unwrap().uniforms(&addresses[2]).unwrap().at(9)
        };
        for points in [Points::Random, Points::Latin, Points::Sobol] {
            assert_eq!(at(points, &addresses), at(points, &turned), "{points:?}");
            assert_eq!(at(points, &addresses) == at(points, &addresses[1..]), points != Points::Sobol, "{points:?}");
        }
    }

    #[test]
    fn addresses_past_the_table_get_latin_points_and_are_named() {
        let addresses = addresses(SOBOL_DIMENSIONS + 2);
        let sampler = Sampler::new(Points::Sobol, Seed(1), 300, &addresses).unwrap();
        assert_eq!(sampler.without_dimension(), &addresses[SOBOL_DIMENSIONS..]);
        let latin = Sampler::new(Points::Latin, Seed(1), 300, &addresses).unwrap();
        let last = &addresses[SOBOL_DIMENSIONS];
        assert_eq!(sampler.uniforms(last).unwrap(), latin.uniforms(last).unwrap());
        assert_ne!(sampler.uniforms(&addresses[255]).unwrap(), latin.uniforms(&addresses[255]).unwrap());
        assert!(latin.without_dimension().is_empty());
    }

    #[test]
    fn impossible_numbers_of_draws_and_strange_addresses_are_refused() {
        for (points, draws) in [(Points::Random, 0), (Points::Sobol, (1 << 32) + 1), (Points::Latin, 1 << 60)] {
            let error = Sampler::new(points, Seed(1), draws, &[]).unwrap_err();
            assert!(
                error.to_string().starts_with(&format!("number of draws `{draws}` is not between 1 and ")),
                "{error}"
            );
        }
        let sampler = Sampler::new(Points::Latin, Seed(1), 5, &addresses(2)).unwrap();
        let error = sampler.uniforms(&addresses(3)[2]).unwrap_err();
        assert_eq!(error.to_string(), "`a.x-002` is not among the uncertain addresses");
    }

    /// The mean square error of the mean of a smooth function of five addresses over 40 seeds.
    fn error(points: Points, draws: u64) -> f64 {
        let of = |seed: u64| {
            let columns = columns(points, seed, draws, 5);
            let value = |draw: usize| {
                columns.iter().zip(1..).map(|(c, k)| 1.0 + (c[draw] - 0.5) / f64::from(k)).product::<f64>()
            };
            (0..draws as usize).map(value).sum::<f64>() / draws as f64 - 1.0
        };
        (0..40).map(|seed| of(seed) * of(seed)).sum::<f64>() / 40.0
    }

    #[test]
    fn even_points_integrate_a_smooth_function_faster() {
        // Against independent draws: Latin points take away what single addresses do, Sobol' points nearly all.
        let [random, latin, sobol] = [Points::Random, Points::Latin, Points::Sobol].map(|points| error(points, 1_024));
        assert!(latin < random / 4.0, "random {random:e}, latin {latin:e}");
        assert!(sobol < random / 500.0, "random {random:e}, sobol {sobol:e}");
        // Sixteen times the draws: independent draws gain 16 in the square, scrambled nets of a smooth function towards 4096.
        let [random, sobol] = [(Points::Random, random), (Points::Sobol, sobol)].map(|(p, few)| few / error(p, 16_384));
        assert!((6.0..40.0).contains(&random), "{random}");
        assert!(sobol > 200.0, "{sobol}");
    }
}
