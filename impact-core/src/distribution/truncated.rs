//! A distribution cut at one or two bounds, the rest scaled up.
//!
//! One rule: every question is put to the base from the side on which the chance is smaller. Next to a bound that cuts
//! through the base a chance is a difference of two of the base's: good to the last digits of those, not of its own.
//! Moments are closed forms of the base, see `moments` and `count`. Cutting away nearly everything is refused: what is
//! left would be an accident of the base's shape far out.

use super::parameter::{float, ordered, rounded};
use super::shape::{Kind, Partial, Shape};
use super::solve::smallest;
use super::{Distribution, DistributionError, Family};
use rust_decimal::Decimal;

const NAME: &str = "truncated";

/// The smallest share of the base that may be left.
const LEAST_KEPT: f64 = 1e-6;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Truncated {
    base: Kind,
    low: f64,
    high: f64,
    /// The chances of the base below the lower bound, above the upper one, and between them, bounds included.
    below: f64,
    above: f64,
    kept: f64,
    mean: f64,
    variance: f64,
}

impl Distribution {
    /// The distribution inside its bounds, both included; either may be missing. The mean is a decimal of 12 significant
    /// digits; that of cut `discrete` and `empirical` values is exact.
    ///
    /// # Errors
    /// `low` not below `high`; bounds that keep less than a millionth of the base.
    ///
    /// # Examples
    /// ```
    /// use impact_core::distribution::Distribution;
    /// let normal = Distribution::normal(1.into(), 1.into())?;
    /// let never_negative = Distribution::truncated(normal, Some(0.into()), None)?;
    /// assert_eq!(never_negative.support(), (0.0, f64::INFINITY));
    /// assert_eq!(never_negative.mean_exact().to_string(), "1.28759997094");
    /// # Ok::<(), impact_core::distribution::DistributionError>(())
    /// ```
    pub fn truncated(
        base: Distribution,
        low: Option<Decimal>,
        high: Option<Decimal>,
    ) -> Result<Self, DistributionError> {
        if let (Some(low), Some(high)) = (low, high) {
            ordered(NAME, "low below high", low, high)?;
        }
        let (from, to) = (low.map_or(f64::NEG_INFINITY, float), high.map_or(f64::INFINITY, float));
        let kept = base.kind().mass(from, to);
        if kept < LEAST_KEPT {
            return Err(DistributionError::LittleKept { base: base.name(), kept: format!("{kept:.1e}") });
        }
        if let Kind::Discrete(steps) = base.kind() {
            let (shape, mean) = steps.between(NAME, low, high)?;
            return Self::with_exact_mean(NAME, Kind::Discrete(shape), mean);
        }
        let shape = Truncated::new(base.into_kind(), from, to, kept);
        let mean = rounded(NAME, shape.mean)?;
        Self::with_rounded_mean(NAME, Kind::Truncated(Box::new(shape)), mean)
    }
}

impl Truncated {
    pub(super) fn family(&self) -> Family<'_> {
        let Self { low, high, below, above, kept, .. } = *self;
        Family::Truncated { base: Box::new(self.base.family()), low, high, below, above, kept }
    }

    fn new(base: Kind, low: f64, high: f64, kept: f64) -> Self {
        let (mean, variance) = base.partial(low, high).mean_and_variance();
        let (below, above) = (base.below(low), base.survival(high));
        let (from, to) = base.support();
        let (mut low, mut high) = (low.max(from), high.min(to));
        if base.is_discrete() {
            // The outermost values that are left, not the bounds.
            low = if low > from { smallest(low, high, |x| base.cdf(x) > below) } else { from };
            high = if high < to { smallest(low, high, |x| base.survival(x) <= above) } else { to };
        }
        Self { low, high, base, below, above, kept, mean, variance }
    }
}

impl Shape for Truncated {
    fn support(&self) -> (f64, f64) {
        (self.low, self.high)
    }
    fn mean(&self) -> f64 {
        self.mean
    }
    fn variance(&self) -> f64 {
        self.variance
    }
    fn ln_density(&self, x: f64) -> f64 {
        if x < self.low || x > self.high {
            return f64::NEG_INFINITY;
        }
        self.base.ln_density(x) - libm::log(self.kept)
    }
    fn cdf(&self, x: f64) -> f64 {
        if x < self.low {
            0.0
        } else if x >= self.high {
            1.0
        } else {
            (self.mass_up_to(x, self.base.survival(x)) / self.kept).min(1.0)
        }
    }
    fn survival(&self, x: f64) -> f64 {
        if x < self.low {
            return 1.0;
        }
        if x >= self.high {
            return 0.0;
        }
        let from_above = self.base.survival(x);
        let left = if from_above > 0.5 { self.kept - self.mass_up_to(x, from_above) } else { from_above - self.above };
        (left / self.kept).clamp(0.0, 1.0)
    }
    fn around_lower_quantile(&self, p: f64) -> (f64, f64) {
        self.around_quantile(p, 1.0 - p)
    }
    fn around_upper_quantile(&self, q: f64) -> (f64, f64) {
        self.around_quantile(1.0 - q, q)
    }
    fn lower_quantile(&self, p: f64) -> f64 {
        self.quantile(p, 1.0 - p, |x| self.cdf(x) >= p)
    }
    fn upper_quantile(&self, q: f64) -> f64 {
        self.quantile(1.0 - q, q, |x| self.survival(x) <= q)
    }
    fn partial(&self, low: f64, high: f64) -> Partial {
        let Partial { centre, mass, first, second } = self.base.partial(low.max(self.low), high.min(self.high));
        let kept = self.kept;
        Partial { centre, mass: mass / kept, first: first / kept, second: second / kept }
    }
    fn is_discrete(&self) -> bool {
        self.base.is_discrete()
    }
    fn below(&self, x: f64) -> f64 {
        if x > self.high {
            return 1.0;
        }
        if x <= self.low { 0.0 } else { ((self.base.below(x) - self.below) / self.kept).clamp(0.0, 1.0) }
    }
    fn at_least(&self, x: f64) -> f64 {
        if x > self.high {
            return 0.0;
        }
        if x <= self.low { 1.0 } else { ((self.base.at_least(x) - self.above) / self.kept).clamp(0.0, 1.0) }
    }
}

impl Truncated {
    /// The base's [`mass`](Shape::mass) from the lower bound to `x`, above which the base has this chance.
    fn mass_up_to(&self, x: f64, above: f64) -> f64 {
        let mass = if self.below > 0.5 {
            self.base.at_least(self.low) - above
        } else if above > 0.5 {
            self.base.cdf(x) - self.below
        } else {
            1.0 - self.below - above
        };
        mass.clamp(0.0, 1.0)
    }

    /// Values between which the one with shares `p` of what is left below and `q` above lies.
    fn around_quantile(&self, p: f64, q: f64) -> (f64, f64) {
        let (lower, upper) = (self.below + p * self.kept, self.above + q * self.kept);
        let range = if lower <= upper {
            self.base.around_lower_quantile(lower)
        } else {
            self.base.around_upper_quantile(upper)
        };
        (range.0.clamp(self.low, self.high), range.1.clamp(self.low, self.high))
    }

    /// The value with shares `p` of what is left below and `q` above; counts by their definition.
    fn quantile(&self, p: f64, q: f64, reached: impl Fn(f64) -> bool) -> f64 {
        if self.base.is_discrete() {
            return smallest(self.low, self.high, reached);
        }
        let (lower, upper) = (self.below + p * self.kept, self.above + q * self.kept);
        let value = if lower <= upper { self.base.lower_quantile(lower) } else { self.base.upper_quantile(upper) };
        value.clamp(self.low, self.high)
    }
}
