//! The lognormal distribution: the logarithm is normal; values above zero, with a long upper tail.

use super::normal::{deviations_of_range90, location_and_scale};
use super::parameter::{Parameter, TwoQuantiles, float, ordered, rounded};
use super::shape::{Kind, Partial, Shape};
use super::special::normal;
use super::{Distribution, DistributionError};
use rust_decimal::Decimal;

const NAME: &str = "lognormal";
const RANGE: &str = "range90";

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lognormal {
    mu: f64,
    sigma: f64,
}

impl Distribution {
    /// The lognormal distribution by mean and standard deviation of the logarithm.
    ///
    /// # Formula
    /// `mean = exp(mu + sigma² / 2)`, as a decimal of 12 significant digits
    ///
    /// # Errors
    /// A sigma not above 0; a mean or a spread too large to hold.
    pub fn lognormal(mu: Decimal, sigma: Decimal) -> Result<Self, DistributionError> {
        Self::lognormal_of(NAME, float(mu), Parameter::new(NAME, "sigma", sigma).above_zero()?)
    }

    /// The lognormal distribution by its own mean and standard deviation. The mean is exact.
    ///
    /// # Formula
    /// `sigma² = ln(1 + (sd / mean)²)`, `mu = ln(mean) − sigma² / 2`
    ///
    /// # Errors
    /// A mean or an sd not above 0.
    ///
    /// # Examples
    /// ```
    /// use impact_core::distribution::Distribution;
    /// let price = Distribution::lognormal_from_mean(52_000.into(), 9_000.into())?;
    /// assert_eq!(price.mean_exact(), 52_000.into());
    /// assert!((price.sd() - 9_000.0).abs() < 1e-6);
    /// # Ok::<(), impact_core::distribution::DistributionError>(())
    /// ```
    pub fn lognormal_from_mean(mean: Decimal, sd: Decimal) -> Result<Self, DistributionError> {
        let m = Parameter::new(NAME, "mean", mean).above_zero()?;
        let relative = Parameter::new(NAME, "sd", sd).above_zero()? / m;
        let square = libm::log1p(relative * relative);
        let shape = Lognormal { mu: libm::log(m) - 0.5 * square, sigma: libm::sqrt(square) };
        Self::with_exact_mean(NAME, Kind::Lognormal(shape), mean)
    }

    /// The lognormal distribution through two quantiles, each a chance and the value with that chance at or below it.
    ///
    /// # Errors
    /// Chances outside (0, 1), values not above 0, chances or values that do not rise.
    pub fn lognormal_from_quantiles(
        first: (Decimal, Decimal),
        second: (Decimal, Decimal),
    ) -> Result<Self, DistributionError> {
        Parameter::new(NAME, "the value of a quantile", first.1).above_zero()?;
        let mut both = TwoQuantiles::new(NAME, first, second)?;
        both.first.1 = libm::log(both.first.1);
        both.second.1 = libm::log(both.second.1);
        let (mu, sigma) = location_and_scale(&both);
        Self::lognormal_of(NAME, mu, sigma)
    }

    /// The analyst's short form for what cannot be negative: the lognormal distribution with 5 % of its chance below `low`
    /// and 5 % above `high`.
    ///
    /// # Errors
    /// `low` not above 0 or not below `high`.
    ///
    /// # Examples
    /// ```
    /// use impact_core::distribution::Distribution;
    /// let cost = Distribution::lognormal_range90(100.into(), 400.into())?;
    /// assert!((cost.quantile(0.5)? - 200.0).abs() < 1e-10);
    /// # Ok::<(), impact_core::distribution::DistributionError>(())
    /// ```
    pub fn lognormal_range90(low: Decimal, high: Decimal) -> Result<Self, DistributionError> {
        Parameter::new(RANGE, "low of a lognormal", low).above_zero()?;
        let (from, to) = ordered(RANGE, "low below high", low, high)?;
        let (from, to) = (libm::log(from), libm::log(to));
        Self::lognormal_of(RANGE, 0.5 * (from + to), (to - from) / (2.0 * deviations_of_range90()))
    }

    fn lognormal_of(form: &'static str, mu: f64, sigma: f64) -> Result<Self, DistributionError> {
        // Values too close to each other leave no spread in a float.
        if sigma <= 0.0 {
            return Err(DistributionError::Spread { form });
        }
        let shape = Lognormal { mu, sigma };
        let mean = rounded(form, shape.mean())?;
        Self::with_rounded_mean(form, Kind::Lognormal(shape), mean)
    }
}

impl Lognormal {
    fn deviations(&self, x: f64) -> f64 {
        (libm::log(x.max(0.0)) - self.mu) / self.sigma
    }
}

impl Shape for Lognormal {
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }
    fn mean(&self) -> f64 {
        libm::exp(self.mu + 0.5 * self.sigma * self.sigma)
    }
    fn variance(&self) -> f64 {
        let mean = self.mean();
        mean * mean * libm::expm1(self.sigma * self.sigma)
    }
    fn ln_density(&self, x: f64) -> f64 {
        if x <= 0.0 || x == f64::INFINITY {
            return f64::NEG_INFINITY;
        }
        normal::ln_density(self.deviations(x)) - libm::log(self.sigma) - libm::log(x)
    }
    fn cdf(&self, x: f64) -> f64 {
        normal::cdf(self.deviations(x))
    }
    fn survival(&self, x: f64) -> f64 {
        normal::cdf(-self.deviations(x))
    }
    fn lower_quantile(&self, p: f64) -> f64 {
        libm::exp(self.mu + self.sigma * normal::quantile(p))
    }
    fn upper_quantile(&self, q: f64) -> f64 {
        libm::exp(self.mu - self.sigma * normal::quantile(q))
    }
    /// The mass weighted by a power of the value is again lognormal, moved by that many variances.
    fn partial(&self, low: f64, high: f64) -> Partial {
        let (from, to) = (self.deviations(low), self.deviations(high));
        let weighted = |power: f64| {
            let (from, to) = (from - power * self.sigma, to - power * self.sigma);
            if from > 0.0 { normal::cdf(-from) - normal::cdf(-to) } else { normal::cdf(to) - normal::cdf(from) }
        };
        let (mass, once, twice) = (weighted(0.0), weighted(1.0), weighted(2.0));
        let centre = self.mean();
        let spread = twice * libm::expm1(self.sigma * self.sigma);
        let second = centre * centre * (spread + (twice - once) - (once - mass));
        Partial { centre, mass, first: centre * (once - mass), second: second.max(0.0) }
    }
}
