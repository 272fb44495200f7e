//! The gamma distribution: waiting times and costs above zero.
//!
//! Method: the incomplete gamma functions of `special`; the quantile is solved in the logarithm from its own tail.

use super::moments::{Pearson, pearson};
use super::parameter::{Parameter, exact_mean, shapes};
use super::shape::{Kind, Partial, Shape};
use super::solve::{Trial, positive_root};
use super::special::gamma::{incomplete, ln_poisson_term};
use super::special::normal;
use super::{Distribution, DistributionError, Family};
use crate::number::Exact;
use rust_decimal::Decimal;

const NAME: &str = "gamma";

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Gamma {
    shape: f64,
    scale: f64,
}

impl Distribution {
    /// The gamma distribution by shape and scale. The mean, shape times scale, is exact.
    ///
    /// # Errors
    /// A shape outside 0.001 to 1000000000, a scale not above 0, a mean too large for a decimal.
    ///
    /// # Examples
    /// ```
    /// use impact_core::distribution::Distribution;
    /// let months = Distribution::gamma("2.5".parse()?, 4.into())?;
    /// assert_eq!(months.mean_exact(), 10.into());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn gamma(shape: Decimal, scale: Decimal) -> Result<Self, DistributionError> {
        let mean = Exact::from(shape) * Exact::from(scale);
        let kind = Gamma {
            shape: Parameter::new(NAME, "shape", shape).shape()?,
            scale: Parameter::new(NAME, "scale", scale).above_zero()?,
        };
        Self::with_exact_mean(NAME, Kind::Gamma(kind), exact_mean(NAME, mean)?)
    }

    /// The gamma distribution by mean and standard deviation. The mean is exact.
    ///
    /// # Formula
    /// `shape = (mean / sd)²`, `scale = sd² / mean`
    ///
    /// # Errors
    /// A mean or an sd not above 0, or a ratio of the two that makes no accurate shape.
    pub fn gamma_from_mean(mean: Decimal, sd: Decimal) -> Result<Self, DistributionError> {
        let m = Parameter::new(NAME, "mean", mean).above_zero()?;
        let s = Parameter::new(NAME, "sd", sd).above_zero()?;
        let ratio = Exact::from(mean) / Exact::from(sd);
        let expected = "a shape, the square of mean / sd, between 0.001 and 1000000000";
        let [shape] = shapes(NAME, [ratio * ratio], expected, &[mean, sd])?;
        Self::with_exact_mean(NAME, Kind::Gamma(Gamma { shape, scale: s * (s / m) }), mean)
    }
}

impl Gamma {
    pub(super) fn family(&self) -> Family<'_> {
        Family::Gamma { shape: self.shape, scale: self.scale }
    }

    /// Wilson and Hilferty's cube: near enough to start from unless the shape is small and the value far down.
    fn guess(&self, deviations: f64) -> f64 {
        let ninth = 1.0 / (9.0 * self.shape);
        let root = 1.0 - ninth + deviations * libm::sqrt(ninth);
        self.shape * (root * root * root).max(0.0)
    }

    /// d ln P / d ln x is this over P, and so for Q.
    fn slope(&self, x: f64) -> f64 {
        self.shape * libm::exp(ln_poisson_term(self.shape, x))
    }
}

impl Shape for Gamma {
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }
    fn mean(&self) -> f64 {
        self.shape * self.scale
    }
    fn variance(&self) -> f64 {
        self.shape * self.scale * self.scale
    }
    fn ln_density(&self, x: f64) -> f64 {
        let standard = x / self.scale;
        if standard > 0.0 && standard < f64::INFINITY {
            return ln_poisson_term(self.shape, standard) + libm::log(self.shape / standard) - libm::log(self.scale);
        }
        if standard != 0.0 || self.shape > 1.0 {
            return f64::NEG_INFINITY;
        }
        if self.shape < 1.0 { f64::INFINITY } else { -libm::log(self.scale) }
    }
    fn cdf(&self, x: f64) -> f64 {
        incomplete(self.shape, x / self.scale).lower
    }
    fn survival(&self, x: f64) -> f64 {
        incomplete(self.shape, x / self.scale).upper
    }
    fn lower_quantile(&self, p: f64) -> f64 {
        if p > 0.5 {
            return self.upper_quantile(1.0 - p);
        }
        let ln_p = libm::log(p);
        // Far down P(x) is xᵃ / Γ(a + 1).
        let ln_start = (ln_p + libm::lgamma(self.shape + 1.0)) / self.shape;
        if ln_start < libm::log(f64::MIN_POSITIVE) {
            return 0.0;
        }
        let start = if self.shape < 2.0 { libm::exp(ln_start) } else { self.guess(normal::quantile(p)) };
        let root = positive_root(start, |x| {
            let lower = incomplete(self.shape, x).lower;
            Trial { excess: libm::log(lower) - ln_p, slope: self.slope(x) / lower }
        });
        self.scale * root
    }
    fn upper_quantile(&self, q: f64) -> f64 {
        if q > 0.5 {
            return self.lower_quantile(1.0 - q);
        }
        let ln_q = libm::log(q);
        let root = positive_root(self.guess(-normal::quantile(q)), |x| {
            let upper = incomplete(self.shape, x).upper;
            Trial { excess: ln_q - libm::log(upper), slope: self.slope(x) / upper }
        });
        self.scale * root
    }
    fn partial(&self, low: f64, high: f64) -> Partial {
        pearson(self, low, high)
    }
}

impl Pearson for Gamma {
    /// τ = scale · x.
    fn kernel(&self) -> [f64; 3] {
        [self.scale * self.mean(), self.scale, 0.0]
    }
    fn flux(&self, x: f64) -> f64 {
        self.scale * self.slope(x / self.scale)
    }
}
