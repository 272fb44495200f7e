//! Distributions: what an uncertain number may be, how likely each value is, and what it is on average.
//!
//! One rule: an answer out in a tail is computed from its own side, so that a chance of one in a billion keeps its digits;
//! and the mean, which stands in for the distribution in an exact appraisal, is exact wherever it is a fraction of the
//! parameters. Drawing, tables and correlation belong to the simulation; here are shapes only.
//!
//! # Forms in a document
//! | form | meaning |
//! |---|---|
//! | `{ uniform = [low, high] }` | every value equally likely; `{ quantiles = [[chance, value], [chance, value]] }` |
//! | `{ triangular = [low, mode, high] }` | straight rise and fall |
//! | `{ pert = [low, mode, high] }` | smooth form of three points |
//! | `{ normal = { mean, sd } }` | or `{ quantiles = [[chance, value], [chance, value]] }` |
//! | `{ lognormal = { mean, sd } }` | or `{ mu, sigma }` of the logarithm, or `{ quantiles = … }` |
//! | `{ beta = { mean, sd } }` | a share; or `{ alpha, beta }`, or `{ quantiles = … }` |
//! | `{ gamma = { mean, sd } }` | or `{ shape, scale }`, or `{ quantiles = … }` |
//! | `{ student = { location, scale, df } }` | heavy tails |
//! | `{ poisson = mean }` | count |
//! | `{ binomial = { n, p } }` | count out of n |
//! | `{ negative_binomial = { mean, dispersion } }` | count with extra spread; or `{ mean, sd }` |
//! | `{ discrete = [[value, weight], …] }` | single values |
//! | `{ empirical = [value, …] }` | observed data, a step at each point |
//! | `{ histogram = { edges = […], weights = […] } }` | intervals |
//! | `{ mixture = [[weight, { form }], …] }` | one of several |
//! | `{ truncated = { of = { form }, low, high } }` | cut at one or two bounds |
//! | `{ range90 = [low, high] }` | 90 % between; normal, or `shape = "lognormal"` |
//!
//! [`FORMS`] is this list for readers: each layout names its parameters and, where they are plain numbers, builds the
//! distribution.
//!
//! # Limits
//! Shape parameters go from 0.001 to 1000000000. A shape below 0.1 piles its values up at the ends of the range so tightly
//! that a float next to 1 cannot tell them apart: the quantile is then the end itself.
//!
//! Method: NIST Digital Library of Mathematical Functions, chapters 7 and 8, and the sources named in `special`.

mod beta;
mod binomial;
mod count;
mod discrete;
mod error;
mod family;
mod form;
mod gamma;
mod histogram;
mod lognormal;
mod mixture;
mod moments;
mod negative_binomial;
mod normal;
pub(crate) mod observed;
mod outline;
mod parameter;
mod poisson;
mod quick;
mod shape;
mod solve;
pub(crate) mod special;
mod student;
mod through;
mod triangular;
mod truncated;
mod uniform;

pub(crate) use beta::odds;
pub use error::DistributionError;
pub(crate) use family::{Component, Family, Interval};
pub use form::{Build, FORMS, Form, Layout};
pub use outline::OutlinePoint;

use parameter::float;
use rust_decimal::Decimal;
use shape::{Kind, Shape};

/// Means below this may lose digits in the 28 decimals of a decimal.
const SMALL: f64 = 1e-15;
/// The part of a small mean, or of the spread around it, that its decimal may be off by.
const KEPT: f64 = 1e-9;

/// An uncertain number: always valid, never changed. A question about a NaN is the only one that is answered by a NaN.
///
/// # Examples
/// ```
/// use impact_core::distribution::Distribution;
/// let quantity = Distribution::pert(6.into(), 12.into(), 20.into())?;
/// assert_eq!(quantity.support(), (6.0, 20.0));
/// assert_eq!(quantity.mean_exact().round_dp(6).to_string(), "12.333333");
/// assert!(quantity.quantile(0.05)? < quantity.quantile(0.95)?);
/// assert!((quantity.cdf(quantity.quantile(0.05)?) - 0.05).abs() < 1e-15);
/// # Ok::<(), impact_core::distribution::DistributionError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Distribution {
    name: &'static str,
    kind: Kind,
    mean: f64,
    mean_exact: Decimal,
    mean_is_exact: bool,
}

impl Distribution {
    /// A shape whose mean is a fraction of its parameters.
    fn with_exact_mean(name: &'static str, kind: Kind, mean: Decimal) -> Result<Self, DistributionError> {
        Self { name, kind, mean: float(mean), mean_exact: mean, mean_is_exact: true }.with_sound_moments()
    }

    /// A shape whose mean is known as a float; the decimal is that float in twelve digits.
    fn with_rounded_mean(name: &'static str, kind: Kind, mean: Decimal) -> Result<Self, DistributionError> {
        let float = kind.mean();
        Self { name, kind, mean: float, mean_exact: mean, mean_is_exact: false }.with_sound_moments()
    }

    fn with_sound_moments(self) -> Result<Self, DistributionError> {
        let (mean, variance) = (self.kind.mean(), self.kind.variance());
        if !variance.is_finite() {
            return Err(DistributionError::Spread { form: self.name });
        }
        // A mean of nothing beside a wide spread may come out as the last digit of a float: that loses nothing.
        let visible = KEPT * mean.abs().max(libm::sqrt(variance));
        if mean.abs() < SMALL && (float(self.mean_exact) - mean).abs() > visible {
            return Err(DistributionError::SmallMean { form: self.name, mean: format!("{mean:.3e}") });
        }
        Ok(self)
    }

    fn kind(&self) -> &Kind {
        &self.kind
    }

    /// What the distribution is made of.
    pub(crate) fn family(&self) -> Family<'_> {
        self.kind.family()
    }

    fn into_kind(self) -> Kind {
        self.kind
    }

    /// The form as documents write it, such as `pert` or `range90`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The mean as a float.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The mean as a decimal: the point value of the distribution in an exact appraisal.
    ///
    /// Exact to the 28 digits of a decimal where [`mean_is_exact`](Self::mean_is_exact), else rounded to 12 significant
    /// digits.
    pub fn mean_exact(&self) -> Decimal {
        self.mean_exact
    }

    /// Whether the mean is a fraction of the parameters. It is not for a lognormal by `mu` and `sigma`, a lognormal,
    /// beta or gamma by quantiles, a normal by uneven quantiles, a truncated distribution (other than of single values), and
    /// mixtures of these.
    pub fn mean_is_exact(&self) -> bool {
        self.mean_is_exact
    }

    /// The standard deviation.
    pub fn sd(&self) -> f64 {
        libm::sqrt(self.kind.variance())
    }

    /// The smallest and the largest value; infinite where there is none.
    pub fn support(&self) -> (f64, f64) {
        self.kind.support()
    }

    /// Whether all chance sits on single values: counts, `discrete`, `empirical`, and mixtures and cuts of these.
    pub fn is_discrete(&self) -> bool {
        self.kind.is_discrete()
    }

    /// The density at `x`; for a discrete distribution the chance of exactly `x`.
    ///
    /// Infinite at an end of the range where a shape parameter below 1 makes it so. In a mixture of counts and continuous
    /// distributions, the density of the continuous part.
    pub fn density(&self, x: f64) -> f64 {
        libm::exp(self.ln_density(x))
    }

    /// The logarithm of the [`density`](Self::density): it tells values apart where the density itself is too small for a
    /// float. Minus infinity where the density is zero.
    pub fn ln_density(&self, x: f64) -> f64 {
        if x.is_nan() { x } else { self.kind.ln_density(x) }
    }

    /// The chance of a value at or below `x`.
    pub fn cdf(&self, x: f64) -> f64 {
        if x.is_nan() { x } else { self.kind.cdf(x) }
    }

    /// The chance of a value above `x`, with its own digits however small it is.
    pub fn survival(&self, x: f64) -> f64 {
        if x.is_nan() { x } else { self.kind.survival(x) }
    }

    /// The chance of a value at or below `x`, and the density there.
    pub(crate) fn cdf_and_density(&self, x: f64) -> (f64, f64) {
        if x.is_nan() { (x, x) } else { self.kind.cdf_and_density(x) }
    }

    /// The chance of a value above `x`, and the density there.
    pub(crate) fn survival_and_density(&self, x: f64) -> (f64, f64) {
        if x.is_nan() { (x, x) } else { self.kind.survival_and_density(x) }
    }

    /// The chance of a value below `x`.
    pub(crate) fn below(&self, x: f64) -> f64 {
        if x.is_nan() { x } else { self.kind.below(x) }
    }

    /// The chance of a value at or above `x`.
    pub(crate) fn at_least(&self, x: f64) -> f64 {
        if x.is_nan() { x } else { self.kind.at_least(x) }
    }

    /// Values between which the quantile at chance `u` in (0, 1) lies, found without a search.
    pub(crate) fn around_quantile(&self, u: f64) -> (f64, f64) {
        self.kind.around_lower_quantile(u)
    }

    /// Values between which the upper quantile at chance `q` in (0, 1) lies, found without a search.
    pub(crate) fn around_upper_quantile(&self, q: f64) -> (f64, f64) {
        self.kind.around_upper_quantile(q)
    }

    /// The smallest value with chance `u` at or below it. At 0 and 1 the ends of the support, which may be infinite.
    ///
    /// # Errors
    /// A `u` that is not between 0 and 1.
    ///
    /// # Examples
    /// ```
    /// use impact_core::distribution::Distribution;
    /// let effect = Distribution::normal(10.into(), 2.into())?;
    /// assert_eq!(effect.quantile(0.5)?, 10.0);
    /// let wrong = effect.quantile(1.5).unwrap_err();
    /// assert_eq!(wrong.to_string(), "probability `1.5` is not between 0 and 1");
    /// # Ok::<(), impact_core::distribution::DistributionError>(())
    /// ```
    pub fn quantile(&self, u: f64) -> Result<f64, DistributionError> {
        probability(u).map(|u| self.kind.lower_quantile(u))
    }

    /// The smallest value with no more than chance `q` above it: the quantile at 1 − `q`, with the digits that 1 − `q` loses.
    ///
    /// # Errors
    /// A `q` that is not between 0 and 1.
    pub fn upper_quantile(&self, q: f64) -> Result<f64, DistributionError> {
        probability(q).map(|q| self.kind.upper_quantile(q))
    }
}

fn probability(value: f64) -> Result<f64, DistributionError> {
    if (0.0..=1.0).contains(&value) {
        Ok(value)
    } else {
        Err(DistributionError::Probability { value: value.to_string() })
    }
}
