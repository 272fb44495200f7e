//! Dependence: what ties the draws of uncertain numbers together.
//!
//! One rule: each column stays uniform by itself; only what the columns do together changes. Whatever is not tied keeps its draws, and
//! so does the first member of every correlation.
//!
//! - A rank correlation is met by a Gaussian copula. It is exact where the distributions are continuous; numbers with
//!   few values (`discrete`, counts) have ties, and their rank correlation comes out nearer to nought.
//! - A signed block moves as one: its members have the same uniform, or one minus it.
//! - Latin and Sobol' points stay as even as they were in members that keep their draws. In all others the mixture is uniform as
//!   random draws are: no longer one in each stratum.
//! - A member that is no longer uncertain, as under an override, drops out: what is left keeps its rank correlations, and the
//!   first of what is left its draws.

mod copula;
mod factor;
mod nearest;
mod repair;
mod spectrum;
mod square;

pub use repair::{MovedPair, Repair};

use crate::address::Address;
use crate::model::{Correlation, Sign, Tie};
use copula::Copula;
use std::collections::HashMap;

/// What ties columns of draws together.
///
/// # Examples
/// ```
/// use impact_core::Model;
/// use impact_core::address::Address;
/// use impact_core::simulation::{Dependence, Points, Sampler, Seed};
/// let model = Model::from_toml(r#"
///     impact = 1
///     name = "Gardening group"
///     country = "NO"
///     currency = "NOK"
///     price_year = 2024
///     start = 2024
///     holders = [ { id = "neighbours", kind = "people" } ]
///     assumptions = { share = { beta = { mean = 0.3, sd = 0.1 } }, days = { pert = [2, 4, 9] } }
///     correlations = [ { id = "one-trial", together = { "assumptions.days" = 1, "assumptions.share" = -1 } } ]
/// "#)?;
/// let addresses: Vec<Address> = vec!["assumptions.days".parse()?, "assumptions.share".parse()?];
/// let dependence = Dependence::new(model.correlations(), &addresses);
/// let sampler = Sampler::new(Points::Random, Seed(7), 100, &addresses)?;
/// let mut columns = vec![0.0; 200];
/// for (address, column) in addresses.iter().zip(columns.chunks_mut(100)) {
///     sampler.uniforms(address)?.fill(0, column);
/// }
/// dependence.apply(&mut columns, 100, 100);
/// assert!((0..100).all(|draw| columns[100 + draw] == 1.0 - columns[draw]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Dependence {
    copulas: Vec<Copula>,
    repairs: Vec<Repair>,
}

impl Dependence {
    /// For the correlations of a model, over its uncertain addresses in the order of the columns.
    pub fn new(correlations: &[Correlation], addresses: &[Address]) -> Self {
        let columns: HashMap<&Address, usize> = addresses.iter().zip(0..).collect();
        let mut dependence = Self::default();
        for correlation in correlations {
            let column = |member: &Address| columns.get(member).copied();
            let drawn: Vec<Option<usize>> = correlation.members.iter().map(column).collect();
            if drawn.iter().flatten().count() < 2 {
                continue;
            }
            let copula = match &correlation.tie {
                Tie::Together(signs) => {
                    let pair = |(column, sign): (&Option<usize>, &Sign)| Some(((*column)?, *sign == Sign::Against));
                    Copula::block(&drawn.iter().zip(signs).filter_map(pair).collect::<Vec<_>>())
                }
                Tie::Ranks(ranks) => {
                    let (copula, repair) = Copula::new(correlation, ranks, &drawn);
                    dependence.repairs.extend(repair);
                    copula
                }
            };
            dependence.copulas.extend((!copula.is_idle()).then_some(copula));
        }
        dependence
    }

    /// Replaces the independent uniforms by dependent ones. `columns` holds one run of `stride` draws for each address, in their order;
    /// the first `draws` of each run are filled. A draw depends on the same draw of the other columns alone, so blocks of
    /// any size, in any order, have the same bits.
    pub fn apply(&self, columns: &mut [f64], stride: usize, draws: usize) {
        for copula in &self.copulas {
            copula.apply(columns, stride, draws);
        }
    }

    /// Whether a correlation ties this column to others.
    pub(crate) fn ties(&self, column: usize) -> bool {
        self.copulas.iter().any(|copula| copula.columns().contains(&column))
    }

    /// Whether every column stays as it is.
    pub fn is_empty(&self) -> bool {
        self.copulas.is_empty()
    }

    /// The correlations that cannot be as asked, and what is used in their place. A result has to say so.
    pub fn repairs(&self) -> &[Repair] {
        &self.repairs
    }
}
