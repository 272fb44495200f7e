//! The beta distribution on a range: shares between 0 and 1, and the pert form of three points.
//!
//! Method: the incomplete beta function of `special`; the quantile is solved for the odds x / (1 − x), which keep their
//! digits at both ends. Through two quantiles: each sum of the shapes has one mean that meets the first, and the chance
//! at the second rises with the sum. Pert: D. G. Malcolm et al., "Application of a technique for research and development
//! program evaluation", Operations Research 7 (1959), as the modified beta with weight 4 on the most likely value.

use super::moments::{Pearson, pearson};
use super::parameter::{Parameter, exact_mean, float, is_shape, not_together, ordered, rounded, shapes, together};
use super::shape::{Kind, Partial, Shape};
use super::solve::{Trial, positive_root, root_between};
use super::special::beta::Incomplete;
use super::special::gamma::Tails;
use super::through::{Point, noise};
use super::{Distribution, DistributionError, Family};
use crate::number::Exact;
use rust_decimal::Decimal;
use std::f64::consts::FRAC_PI_2;

const BETA: &str = "beta";
const PERT: &str = "pert";
const PERT_ORDER: &str = "low <= most likely <= high with low < high";
/// The weight of the most likely value against the two ends together, less the two of a flat shape.
const PERT_WEIGHT: i32 = 4;
/// What two shapes that stay accurate add up to.
const TOTALS: (f64, f64) = (0.002, 2e9);
/// Beyond the odds of any share or chance that a decimal holds.
const ODDS: (f64, f64) = (1e-30, 1e30);
/// The range of a share.
const SHARE: (f64, f64) = (0.0, 1.0);

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Beta {
    alpha: f64,
    beta: f64,
    low: f64,
    high: f64,
    chance: Incomplete,
}

impl Distribution {
    /// The smooth form of three points: a beta on `low..=high` whose mean weighs the most likely value four times. The
    /// mean is exact.
    ///
    /// # Formula
    /// `mean = (low + 4 mode + high) / 6`, `alpha = 1 + 4 (mode − low) / (high − low)`, `beta = 6 − alpha`
    ///
    /// # Errors
    /// Values that are not in order.
    ///
    /// # Examples
    /// ```
    /// use impact_core::distribution::Distribution;
    /// let quantity = Distribution::pert(6.into(), 12.into(), 21.into())?;
    /// assert_eq!(quantity.mean_exact().to_string(), "12.5");
    /// let wrong = Distribution::pert(6.into(), 22.into(), 20.into()).unwrap_err();
    /// let message = "pert needs low <= most likely <= high with low < high, got `6`, `22`, `20`";
    /// assert_eq!(wrong.to_string(), message);
    /// # Ok::<(), impact_core::distribution::DistributionError>(())
    /// ```
    pub fn pert(low: Decimal, mode: Decimal, high: Decimal) -> Result<Self, DistributionError> {
        together(low <= mode && mode <= high, PERT, PERT_ORDER, &[low, mode, high])?;
        let (from, to) = ordered(PERT, PERT_ORDER, low, high)?;
        let [low, mode, high] = [low, mode, high].map(Exact::from);
        let weight = Exact::from(PERT_WEIGHT);
        let mean = (low + weight * mode + high) / (weight + Exact::from(2));
        let shape = |distance: Exact| exact_mean(PERT, Exact::ONE + weight * distance / (high - low)).map(float);
        let shape = Beta::new(shape(mode - low)?, shape(high - mode)?, (from, to));
        Self::with_exact_mean(PERT, Kind::Beta(shape), exact_mean(PERT, mean)?)
    }

    /// A share between 0 and 1 by its two shape parameters. The mean, alpha / (alpha + beta), is exact.
    ///
    /// # Errors
    /// A parameter outside 0.001 to 1000000000.
    ///
    /// # Examples
    /// ```
    /// use impact_core::distribution::Distribution;
    /// let share = Distribution::beta(3.into(), 5.into())?;
    /// assert_eq!(share.mean_exact().to_string(), "0.375");
    /// # Ok::<(), impact_core::distribution::DistributionError>(())
    /// ```
    pub fn beta(alpha: Decimal, beta: Decimal) -> Result<Self, DistributionError> {
        let shapes = (Parameter::new(BETA, "alpha", alpha).shape()?, Parameter::new(BETA, "beta", beta).shape()?);
        let shape = Beta::new(shapes.0, shapes.1, SHARE);
        let mean = Exact::from(alpha) / (Exact::from(alpha) + Exact::from(beta));
        Self::with_exact_mean(BETA, Kind::Beta(shape), exact_mean(BETA, mean)?)
    }

    /// A share between 0 and 1 by its mean and standard deviation. The mean is exact.
    ///
    /// # Formula
    /// `alpha + beta = mean (1 − mean) / sd² − 1`, `alpha = mean (alpha + beta)`
    ///
    /// # Errors
    /// A mean outside (0, 1), an sd not above 0, or one that no share with this mean can have.
    ///
    /// # Examples
    /// ```
    /// use impact_core::distribution::Distribution;
    /// let deadweight = Distribution::beta_from_mean("0.35".parse()?, "0.10".parse()?)?;
    /// assert_eq!(deadweight.mean_exact(), "0.35".parse()?);
    /// assert!((deadweight.sd() - 0.10).abs() < 1e-15);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn beta_from_mean(mean: Decimal, sd: Decimal) -> Result<Self, DistributionError> {
        Parameter::new(BETA, "mean", mean).inner_share()?;
        Parameter::new(BETA, "sd", sd).above_zero()?;
        let (m, s) = (Exact::from(mean), Exact::from(sd));
        let total = m * (Exact::ONE - m) / s / s - Exact::ONE;
        let expected =
            "an sd below the square root of mean (1 - mean), and shape parameters between 0.001 and 1000000000";
        let [alpha, beta] = shapes(BETA, [m * total, (Exact::ONE - m) * total], expected, &[mean, sd])?;
        Self::with_exact_mean(BETA, Kind::Beta(Beta::new(alpha, beta, SHARE)), mean)
    }

    /// A share between 0 and 1 through two quantiles, each a chance and the share with that chance at or below it. Both
    /// chances are met to a billionth of the smaller tail; the mean is a decimal of 12 significant digits.
    ///
    /// # Errors
    /// Chances or values outside (0, 1) or that do not rise, values so close to each other or to an end that a shape
    /// parameter is outside 0.001 to 1000000000.
    ///
    /// # Examples
    /// ```
    /// use impact_core::distribution::Distribution;
    /// let (low, high) = (("0.1".parse()?, "0.2".parse()?), ("0.9".parse()?, "0.5".parse()?));
    /// let deadweight = Distribution::beta_from_quantiles(low, high)?;
    /// assert!((deadweight.cdf(0.2) - 0.1).abs() < 1e-10 && (deadweight.cdf(0.5) - 0.9).abs() < 1e-10);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn beta_from_quantiles(
        first: (Decimal, Decimal),
        second: (Decimal, Decimal),
    ) -> Result<Self, DistributionError> {
        for (_, value) in [first, second] {
            Parameter::new(BETA, "the value of a quantile", value).inner_share()?;
        }
        let points = Point::two(BETA, first, second)?;
        let expected = "quantiles that a beta with shape parameters between 0.001 and 1000000000 can have";
        let refused = || not_together(BETA, expected, &[first.0, first.1, second.0, second.1]);
        let kind = Beta::through(&points).ok_or_else(refused)?;
        let mean = rounded(BETA, kind.mean())?;
        Self::with_rounded_mean(BETA, Kind::Beta(kind), mean)
    }
}

impl Beta {
    fn new(alpha: f64, beta: f64, (low, high): (f64, f64)) -> Self {
        Self { alpha, beta, low, high, chance: Incomplete::new(alpha, beta) }
    }

    pub(super) fn family(&self) -> Family<'_> {
        Family::Beta { alpha: self.alpha, beta: self.beta, low: self.low, high: self.high }
    }

    /// The share that meets both points, if its shapes stay accurate.
    fn through([first, second]: &[Point; 2]) -> Option<Self> {
        // In this angle of a share a normal distribution of variance 1 / (4 total) is near.
        let angle = |point: &Point| libm::atan2(libm::sqrt(point.value), libm::sqrt(point.rest));
        let tails = |point: &Point, of: &Self| of.chance.tails(point.value, point.rest);
        let meets_first = |total: f64| {
            let middle = angle(first) - 0.5 * first.deviations() / libm::sqrt(total);
            let guess = if middle > 0.0 && middle < FRAC_PI_2 { libm::tan(middle) } else { 1.0 };
            let at = |odds: f64| {
                let (alpha, beta) = (total * (odds / (1.0 + odds)), total / (1.0 + odds));
                Self::new(alpha, beta, SHARE)
            };
            // The chance below falls as the odds rise.
            root_between(ODDS, guess * guess, noise(total), |odds| -first.excess(tails(first, &at(odds)))).map(at)
        };
        let root = 0.5 * (second.deviations() - first.deviations()) / (angle(second) - angle(first));
        let guess = (root * root).min(TOTALS.1);
        let excess = |total| meets_first(total).map_or(f64::NAN, |found| second.excess(tails(second, &found)));
        let found = meets_first(root_between(TOTALS, guess, 4.0 * noise(guess), excess)?)?;
        let fits = is_shape(found.alpha) && is_shape(found.beta);
        let is_met = |point: &Point| point.is_met(tails(point, &found));
        (fits && is_met(first) && is_met(second)).then_some(found)
    }

    fn width(&self) -> f64 {
        self.high - self.low
    }

    fn total(&self) -> f64 {
        self.alpha + self.beta
    }

    /// Where the value lies from either end, as shares of the range.
    fn shares(&self, value: f64) -> (f64, f64) {
        let share = |distance: f64| (distance / self.width()).clamp(0.0, 1.0);
        (share(value - self.low), share(self.high - value))
    }

    /// Both chances, and the density.
    fn around(&self, x: f64) -> (Tails, f64) {
        let (from_low, from_high) = self.shares(x);
        let (tails, term) = self.chance.tails_and_term(from_low, from_high);
        let inside = from_low > 0.0 && from_high > 0.0;
        (tails, if inside { term / from_low / from_high / self.width() } else { libm::exp(self.ln_density(x)) })
    }

    fn at_odds(&self, odds: f64) -> f64 {
        if odds <= 1.0 {
            self.low + self.width() * (odds / (1.0 + odds))
        } else {
            self.high - self.width() / (1.0 + odds)
        }
    }
}

/// The odds x / (1 − x) with I(x; a, b) = `p`, for `p` in (0, 1). Zero where they are too small for a float.
pub(crate) fn odds(a: f64, b: f64, p: f64) -> f64 {
    let ln_p = libm::log(p);
    let chance = Incomplete::new(a, b);
    let trial = |odds: f64| {
        let (tails, term) = chance.tails_and_term(odds / (1.0 + odds), 1.0 / (1.0 + odds));
        Trial { excess: libm::log(tails.lower) - ln_p, slope: term / tails.lower }
    };
    // Far down I(x) is xᵃ / (a B(a, b)); elsewhere the mean is as good a start as any.
    let ln_front = chance.ln_term(0.5, 0.5) + (a + b) * std::f64::consts::LN_2;
    let ln_start = (ln_p + libm::log(a) - ln_front) / a;
    if ln_start < libm::log(f64::MIN_POSITIVE) {
        return 0.0;
    }
    positive_root(libm::exp(ln_start).min(a / b), trial)
}

impl Shape for Beta {
    fn support(&self) -> (f64, f64) {
        (self.low, self.high)
    }
    fn mean(&self) -> f64 {
        self.low + self.width() * (self.alpha / self.total())
    }
    fn variance(&self) -> f64 {
        let (total, width) = (self.total(), self.width());
        width * width * (self.alpha / total) * (self.beta / total) / (total + 1.0)
    }
    fn ln_density(&self, x: f64) -> f64 {
        if x < self.low || x > self.high {
            return f64::NEG_INFINITY;
        }
        let (from_low, from_high) = self.shares(x);
        // At an end the density is zero, finite or infinite as its shape parameter is above, at or below one.
        for (share, shape, other) in [(from_low, self.alpha, self.beta), (from_high, self.beta, self.alpha)] {
            if share <= 0.0 {
                let at_one = libm::log(other / self.width());
                return if shape > 1.0 {
                    f64::NEG_INFINITY
                } else if shape < 1.0 {
                    f64::INFINITY
                } else {
                    at_one
                };
            }
        }
        let ln_jacobian = libm::log(from_low) + libm::log(from_high) + libm::log(self.width());
        self.chance.ln_term(from_low, from_high) - ln_jacobian
    }
    fn cdf(&self, x: f64) -> f64 {
        let (from_low, from_high) = self.shares(x);
        self.chance.tails(from_low, from_high).lower
    }
    fn survival(&self, x: f64) -> f64 {
        let (from_low, from_high) = self.shares(x);
        self.chance.tails(from_low, from_high).upper
    }
    fn lower_quantile(&self, p: f64) -> f64 {
        if p > 0.5 {
            return self.upper_quantile(1.0 - p);
        }
        self.at_odds(odds(self.alpha, self.beta, p))
    }
    fn upper_quantile(&self, q: f64) -> f64 {
        if q > 0.5 {
            return self.lower_quantile(1.0 - q);
        }
        self.at_odds(1.0 / odds(self.beta, self.alpha, q))
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

impl Pearson for Beta {
    /// τ = (x − low)(high − x) / (alpha + beta).
    fn kernel(&self) -> [f64; 3] {
        let (below, above) = (self.mean() - self.low, self.high - self.mean());
        [below * above, above - below, -1.0].map(|coefficient| coefficient / self.total())
    }
    fn flux(&self, x: f64) -> f64 {
        let (from_low, from_high) = self.shares(x);
        self.width() * libm::exp(self.chance.ln_term(from_low, from_high)) / self.total()
    }
}
