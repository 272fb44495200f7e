//! The gamma distribution: waiting times and costs above zero.
//!
//! Method: the incomplete gamma functions of `special`; the quantile is solved in the logarithm from its own tail.
//! Through two quantiles: each shape has one scale that meets the first, and the chance at the second rises with the shape.

use super::moments::{Pearson, pearson};
use super::parameter::{Parameter, exact_mean, not_together, rounded, shapes};
use super::shape::{Kind, Partial, Shape};
use super::solve::{Trial, positive_root, root_between};
use super::special::gamma::{Incomplete, Tails};
use super::special::normal;
use super::through::{Point, noise};
use super::{Distribution, DistributionError, Family};
use crate::number::Exact;
use rust_decimal::Decimal;

const NAME: &str = "gamma";
/// Shapes that stay accurate.
const SHAPES: (f64, f64) = (0.001, 1e9);

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Gamma {
    shape: f64,
    scale: f64,
    chance: Incomplete,
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
        let shape = Parameter::new(NAME, "shape", shape).shape()?;
        let kind = Gamma::new(shape, Parameter::new(NAME, "scale", scale).above_zero()?);
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
        Self::with_exact_mean(NAME, Kind::Gamma(Gamma::new(shape, s * (s / m))), mean)
    }

    /// The gamma distribution through two quantiles, each a chance and the value with that chance at or below it. Both
    /// chances are met to a billionth of the smaller tail; the mean is a decimal of 12 significant digits.
    ///
    /// # Errors
    /// Chances outside (0, 1), values not above 0, chances or values that do not rise, values so close to each other or so
    /// far apart that the shape is outside 0.001 to 1000000000.
    ///
    /// # Examples
    /// ```
    /// use impact_core::distribution::Distribution;
    /// let months = Distribution::gamma_from_quantiles(("0.05".parse()?, 3.into()), ("0.95".parse()?, 20.into()))?;
    /// assert!((months.quantile(0.05)? - 3.0).abs() < 1e-9 && (months.quantile(0.95)? - 20.0).abs() < 1e-9);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn gamma_from_quantiles(
        first: (Decimal, Decimal),
        second: (Decimal, Decimal),
    ) -> Result<Self, DistributionError> {
        Parameter::new(NAME, "the value of a quantile", first.1).above_zero()?;
        let points = Point::two(NAME, first, second)?;
        let expected = "quantiles that a gamma with a shape between 0.001 and 1000000000 can have";
        let refused = || not_together(NAME, expected, &[first.0, first.1, second.0, second.1]);
        let kind = Gamma::through(&points).ok_or_else(refused)?;
        let mean = rounded(NAME, kind.mean())?;
        Self::with_rounded_mean(NAME, Kind::Gamma(kind), mean)
    }
}

impl Gamma {
    fn new(shape: f64, scale: f64) -> Self {
        Self { shape, scale, chance: Incomplete::new(shape) }
    }

    pub(super) fn family(&self) -> Family<'_> {
        Family::Gamma { shape: self.shape, scale: self.scale }
    }

    /// The one that meets both points, if its shape stays accurate.
    fn through([first, second]: &[Point; 2]) -> Option<Self> {
        let meets_first = |shape: f64| {
            let unit = Self::new(shape, 1.0);
            let at_first =
                if first.above < 0.5 { unit.upper_quantile(first.above) } else { unit.lower_quantile(first.below) };
            Self { scale: first.value / at_first, ..unit }
        };
        // Wilson and Hilferty's cube at both points, solved for the shape.
        let ratio = libm::cbrt(second.value / first.value);
        let rise = (second.deviations() - ratio * first.deviations()).max(0.0) / (ratio - 1.0);
        let root = (rise + libm::sqrt(rise * rise + 4.0)) / 6.0;
        let guess = (root * root).min(SHAPES.1);
        let shape = root_between(SHAPES, guess, noise(guess), |shape| {
            let met = meets_first(shape);
            second.excess(met.chance.tails(second.value / met.scale))
        })?;
        let found = meets_first(shape);
        let is_met = |point: &Point| point.is_met(found.chance.tails(point.value / found.scale));
        (is_met(first) && is_met(second)).then_some(found)
    }

    /// Wilson and Hilferty's cube: near enough to start from unless the shape is small and the value far down.
    fn guess(&self, deviations: f64) -> f64 {
        let ninth = 1.0 / (9.0 * self.shape);
        let root = 1.0 - ninth + deviations * libm::sqrt(ninth);
        self.shape * (root * root * root).max(0.0)
    }

    /// Both chances, and the density.
    fn around(&self, x: f64) -> (Tails, f64) {
        let standard = x / self.scale;
        let (tails, term) = self.chance.tails_and_term(standard);
        let inside = standard > 0.0 && standard < f64::INFINITY;
        (tails, if inside { self.shape * term / x } else { libm::exp(self.ln_density(x)) })
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
            return self.chance.ln_term(standard) + libm::log(self.shape / standard) - libm::log(self.scale);
        }
        if standard != 0.0 || self.shape > 1.0 {
            return f64::NEG_INFINITY;
        }
        if self.shape < 1.0 { f64::INFINITY } else { -libm::log(self.scale) }
    }
    fn cdf(&self, x: f64) -> f64 {
        self.chance.tails(x / self.scale).lower
    }
    fn survival(&self, x: f64) -> f64 {
        self.chance.tails(x / self.scale).upper
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
            let (tails, term) = self.chance.tails_and_term(x);
            Trial { excess: libm::log(tails.lower) - ln_p, slope: self.shape * term / tails.lower }
        });
        self.scale * root
    }
    fn upper_quantile(&self, q: f64) -> f64 {
        if q > 0.5 {
            return self.lower_quantile(1.0 - q);
        }
        let ln_q = libm::log(q);
        let root = positive_root(self.guess(-normal::quantile(q)), |x| {
            let (tails, term) = self.chance.tails_and_term(x);
            Trial { excess: ln_q - libm::log(tails.upper), slope: self.shape * term / tails.upper }
        });
        self.scale * root
    }
    fn partial(&self, low: f64, high: f64) -> Partial {
        pearson(self, low, high)
    }
    fn cdf_and_density(&self, x: f64) -> (f64, f64) {
        let (tails, density) = self.around(x);
        (tails.lower, density)
    }
    fn survival_and_density(&self, x: f64) -> (f64, f64) {
        let (tails, density) = self.around(x);
        (tails.upper, density)
    }
}

impl Pearson for Gamma {
    /// τ = scale · x.
    fn kernel(&self) -> [f64; 3] {
        [self.scale * self.mean(), self.scale, 0.0]
    }
    fn flux(&self, x: f64) -> f64 {
        self.scale * (self.shape * libm::exp(self.chance.ln_term(x / self.scale)))
    }
}
