//! The normal distribution.

use super::moments::{Pearson, pearson};
use super::parameter::{Parameter, TwoQuantiles, exact_mean, float, ordered, rounded};
use super::shape::{Kind, Partial, Shape};
use super::special::normal;
use super::{Distribution, DistributionError};
use crate::number::Exact;
use rust_decimal::Decimal;

const NAME: &str = "normal";
const RANGE: &str = "range90";

/// How many standard deviations from the mean a chance of 95 % ends.
pub(super) fn deviations_of_range90() -> f64 {
    -normal::quantile(0.05)
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Normal {
    mean: f64,
    sd: f64,
}

impl Distribution {
    /// The normal distribution. The mean is exact.
    ///
    /// # Errors
    /// An sd not above 0.
    ///
    /// # Examples
    /// ```
    /// use impact_core::distribution::Distribution;
    /// let effect = Distribution::normal("0.4".parse()?, "0.2".parse()?)?;
    /// assert_eq!(effect.cdf(0.4), 0.5);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn normal(mean: Decimal, sd: Decimal) -> Result<Self, DistributionError> {
        let shape = Normal { mean: float(mean), sd: Parameter::new(NAME, "sd", sd).above_zero()? };
        Self::with_exact_mean(NAME, Kind::Normal(shape), mean)
    }

    /// The normal distribution through two quantiles, each a chance and the value with that chance at or below it. The
    /// mean is exact where the chances are as far from 0 as from 1.
    ///
    /// # Errors
    /// Chances outside (0, 1), chances or values that do not rise.
    pub fn normal_from_quantiles(
        first: (Decimal, Decimal),
        second: (Decimal, Decimal),
    ) -> Result<Self, DistributionError> {
        let both = TwoQuantiles::new(NAME, first, second)?;
        let (location, sd) = location_and_scale(&both);
        let symmetric = (Exact::from(first.0) + Exact::from(second.0)).value() == Ok(Decimal::ONE);
        if symmetric {
            let mean = middle(NAME, first.1, second.1)?;
            return Self::with_exact_mean(NAME, Kind::Normal(Normal { mean: float(mean), sd }), mean);
        }
        Self::with_rounded_mean(NAME, Kind::Normal(Normal { mean: location, sd }), rounded(NAME, location)?)
    }

    /// The analyst's short form: the normal distribution with 5 % of its chance below `low` and 5 % above `high`. The
    /// mean, half-way, is exact.
    ///
    /// # Errors
    /// `low` not below `high`.
    ///
    /// # Examples
    /// ```
    /// use impact_core::distribution::Distribution;
    /// let hours = Distribution::range90(10.into(), 25.into())?;
    /// assert_eq!(hours.mean_exact().to_string(), "17.5");
    /// assert!((hours.cdf(10.0) - 0.05).abs() < 1e-15);
    /// # Ok::<(), impact_core::distribution::DistributionError>(())
    /// ```
    pub fn range90(low: Decimal, high: Decimal) -> Result<Self, DistributionError> {
        let (from, to) = ordered(RANGE, "low below high", low, high)?;
        let mean = middle(RANGE, low, high)?;
        let sd = (to - from) / (2.0 * deviations_of_range90());
        Self::with_exact_mean(RANGE, Kind::Normal(Normal { mean: float(mean), sd }), mean)
    }
}

fn middle(form: &'static str, low: Decimal, high: Decimal) -> Result<Decimal, DistributionError> {
    exact_mean(form, (Exact::from(low) + Exact::from(high)) / Exact::from(2))
}

/// Mean and standard deviation of the normal distribution through two quantiles.
pub(super) fn location_and_scale(both: &TwoQuantiles) -> (f64, f64) {
    let (first, second) = (normal::quantile(both.first.0), normal::quantile(both.second.0));
    let scale = (both.second.1 - both.first.1) / (second - first);
    (both.first.1 - first * scale, scale)
}

impl Normal {
    fn deviations(&self, x: f64) -> f64 {
        (x - self.mean) / self.sd
    }
}

impl Shape for Normal {
    fn support(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }
    fn mean(&self) -> f64 {
        self.mean
    }
    fn variance(&self) -> f64 {
        self.sd * self.sd
    }
    fn ln_density(&self, x: f64) -> f64 {
        normal::ln_density(self.deviations(x)) - libm::log(self.sd)
    }
    fn cdf(&self, x: f64) -> f64 {
        normal::cdf(self.deviations(x))
    }
    fn survival(&self, x: f64) -> f64 {
        normal::cdf(-self.deviations(x))
    }
    fn lower_quantile(&self, p: f64) -> f64 {
        self.mean + self.sd * normal::quantile(p)
    }
    fn upper_quantile(&self, q: f64) -> f64 {
        self.mean - self.sd * normal::quantile(q)
    }
    fn partial(&self, low: f64, high: f64) -> Partial {
        pearson(self, low, high)
    }
}

impl Pearson for Normal {
    fn kernel(&self) -> [f64; 3] {
        [self.variance(), 0.0, 0.0]
    }
    fn flux(&self, x: f64) -> f64 {
        self.sd * normal::density(self.deviations(x))
    }
}
