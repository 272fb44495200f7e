//! The uniform distribution: every value between two bounds is equally likely.

use super::moments::straight;
use super::parameter::{TwoQuantiles, exact_mean, ordered};
use super::shape::{Kind, Partial, Shape};
use super::{Distribution, DistributionError, Family};
use crate::number::Exact;
use rust_decimal::Decimal;

const NAME: &str = "uniform";

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Uniform {
    low: f64,
    high: f64,
}

impl Distribution {
    /// Every value between `low` and `high` is equally likely. The mean is exact.
    ///
    /// # Errors
    /// `low` not below `high`.
    ///
    /// # Examples
    /// ```
    /// use impact_core::distribution::Distribution;
    /// let months = Distribution::uniform(3.into(), 8.into())?;
    /// assert_eq!(months.mean_exact().to_string(), "5.5");
    /// assert_eq!(months.quantile(0.2)?, 4.0);
    /// # Ok::<(), impact_core::distribution::DistributionError>(())
    /// ```
    pub fn uniform(low: Decimal, high: Decimal) -> Result<Self, DistributionError> {
        let (from, to) = ordered(NAME, "low below high", low, high)?;
        let mean = (Exact::from(low) + Exact::from(high)) / Exact::from(2);
        Self::with_exact_mean(NAME, Kind::Uniform(Uniform { low: from, high: to }), exact_mean(NAME, mean)?)
    }

    /// The uniform distribution through two quantiles, each a chance and the value with that chance at or below it.
    ///
    /// # Errors
    /// Chances outside (0, 1), chances or values that do not rise, bounds too large for a decimal.
    ///
    /// # Examples
    /// ```
    /// use impact_core::distribution::Distribution;
    /// let low = ("0.1".parse()?, 2.into());
    /// let high = ("0.9".parse()?, 10.into());
    /// assert_eq!(Distribution::uniform_from_quantiles(low, high)?.support(), (1.0, 11.0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn uniform_from_quantiles(
        first: (Decimal, Decimal),
        second: (Decimal, Decimal),
    ) -> Result<Self, DistributionError> {
        TwoQuantiles::new(NAME, first, second)?;
        let [first_chance, first_value, second_chance, second_value] =
            [first.0, first.1, second.0, second.1].map(Exact::from);
        let width = (second_value - first_value) / (second_chance - first_chance);
        let low = first_value - first_chance * width;
        Self::uniform(exact_mean(NAME, low)?, exact_mean(NAME, low + width)?)
    }
}

impl Uniform {
    pub(super) fn family(&self) -> Family<'_> {
        Family::Uniform { low: self.low, high: self.high }
    }

    fn width(&self) -> f64 {
        self.high - self.low
    }
}

impl Shape for Uniform {
    fn support(&self) -> (f64, f64) {
        (self.low, self.high)
    }
    fn mean(&self) -> f64 {
        0.5 * (self.low + self.high)
    }
    fn variance(&self) -> f64 {
        self.width() * self.width() / 12.0
    }
    fn ln_density(&self, x: f64) -> f64 {
        if x >= self.low && x <= self.high { -libm::log(self.width()) } else { f64::NEG_INFINITY }
    }
    fn cdf(&self, x: f64) -> f64 {
        ((x - self.low) / self.width()).clamp(0.0, 1.0)
    }
    fn survival(&self, x: f64) -> f64 {
        ((self.high - x) / self.width()).clamp(0.0, 1.0)
    }
    fn lower_quantile(&self, p: f64) -> f64 {
        self.low + p * self.width()
    }
    fn upper_quantile(&self, q: f64) -> f64 {
        self.high - q * self.width()
    }
    fn partial(&self, low: f64, high: f64) -> Partial {
        let density = 1.0 / self.width();
        straight(self.mean(), (low.max(self.low), density), (high.min(self.high), density))
    }
}
