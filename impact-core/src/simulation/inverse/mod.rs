//! Inverses: from a uniform number to the value it stands for.
//!
//! One rule: every distribution is drawn through its inverse, so that Latin and Sobol' points, correlation, truncation, common draws
//! and the value of information all come from the same uniforms; and the inverse never falls.
//!
//! | distribution | inverse |
//! |---|---|
//! | uniform, triangular | formula |
//! | counts, discrete, empirical, histogram | search in a list |
//! | all others | cubics over cells that are log-spaced towards both tails; the distribution's own quantile beyond 2⁻¹⁷ |
//!
//! Cells are made from knots. A smooth shape has a draft of sixteen cells an octave; where they do not fit, and for mixtures, which
//! are smooth only between their breaks, the cells are read off runs, longer pieces of a higher degree that are measured.
//!
//! # Accuracy
//! The chance at or below a value is off by at most 10⁻⁷, and in the tails by at most a thousandth of the chance beyond the value,
//! down to 10⁻¹², wherever a float can hold the value ([`caveats`] names what it cannot). Held to mpmath's values in
//! `fixtures/oracles/inverses.json`.

mod breaks;
mod caveat;
mod cells;
mod closed;
mod curve;
mod draft;
mod knot;
mod near;
mod pieces;
mod run;
mod runs;
mod solve;
mod steps;
mod table;

pub use caveat::{Caveat, caveats};

use crate::distribution::{Distribution, Family};
use closed::{Triangular, Uniform};
use steps::{Bins, Steps};
use table::Table;

/// The inverse of a distribution, made ready for many draws. It never falls as the chance rises.
///
/// The chance at or below a value is off by at most 10⁻⁷, and in the tails by at most a thousandth of the chance beyond the
/// value, down to 10⁻¹², wherever a float can hold the value; [`caveats`] names the shapes where it cannot.
///
/// # Examples
/// ```
/// use impact_core::distribution::Distribution;
/// use impact_core::simulation::Inverse;
/// let quantity = Distribution::pert(6.into(), 12.into(), 20.into())?;
/// let inverse = Inverse::new(&quantity);
/// let mut values = [0.0; 3];
/// inverse.fill(&[0.05, 0.5, 0.95], &mut values);
/// for (value, u) in values.iter().zip([0.05, 0.5, 0.95]) {
///     assert!((quantity.cdf(*value) - u).abs() < 1e-7);
/// }
/// # Ok::<(), impact_core::distribution::DistributionError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Inverse(Kind);

#[derive(Debug, Clone, PartialEq)]
enum Kind {
    Uniform(Uniform),
    Triangular(Triangular),
    Steps(Box<Steps>),
    Bins(Box<Bins>),
    Table(Box<Table>),
}

impl Inverse {
    /// Makes the inverse ready: well under a millisecond for the usual shapes and for mixtures of a few.
    pub fn new(distribution: &Distribution) -> Self {
        Self(match distribution.family() {
            Family::Uniform { low, high } => Kind::Uniform(Uniform::new(low, high)),
            Family::Triangular { low, mode, high } => Kind::Triangular(Triangular::new(low, mode, high)),
            Family::Intervals(bins) => Kind::Bins(Box::new(Bins::new(bins))),
            _ if distribution.is_discrete() => Kind::Steps(Box::new(Steps::new(distribution))),
            _ => Kind::Table(Box::new(Table::new(distribution))),
        })
    }

    /// The value with chance `u` at or below it, for `u` strictly between 0 and 1.
    pub fn at(&self, u: f64) -> f64 {
        match &self.0 {
            Kind::Uniform(inverse) => inverse.at(u),
            Kind::Triangular(inverse) => inverse.at(u),
            Kind::Steps(inverse) => inverse.at(u),
            Kind::Bins(inverse) => inverse.at(u),
            Kind::Table(inverse) => inverse.at(u),
        }
    }

    /// The values of many chances, one for each place of `out`; the shorter of the two decides how many.
    #[inline(always)]
    pub fn fill(&self, u: &[f64], out: &mut [f64]) {
        let both = u.len().min(out.len());
        if let (Some(from), Some(to)) = (u.get(..both), out.get_mut(..both)) {
            to.copy_from_slice(from);
            self.replace(to);
        }
    }

    /// Replaces chances by values.
    #[inline(always)]
    pub fn replace(&self, values: &mut [f64]) {
        fn each(values: &mut [f64], at: impl Fn(f64) -> f64) {
            for value in values {
                *value = at(*value);
            }
        }
        match &self.0 {
            Kind::Uniform(inverse) => each(values, |u| inverse.at(u)),
            Kind::Triangular(inverse) => each(values, |u| inverse.at(u)),
            Kind::Steps(inverse) => each(values, |u| inverse.at(u)),
            Kind::Bins(inverse) => each(values, |u| inverse.at(u)),
            Kind::Table(inverse) => inverse.look_up(values),
        }
    }
}
