//! Student's distribution: a normal shape with heavier tails, moved and stretched.
//!
//! Method: both tails are incomplete beta functions of the degrees of freedom (NIST Digital Library of Mathematical
//! Functions, 8.17; the quantile is an odds of the beta distribution).

use super::beta::odds;
use super::moments::{Pearson, pearson};
use super::parameter::{Parameter, float};
use super::shape::{Kind, Partial, Shape};
use super::special::beta::Incomplete;
use super::special::gamma::stirling_error;
use super::special::normal::LN_SQRT_TWO_PI;
use super::{Distribution, DistributionError, Family};
use rust_decimal::Decimal;

const NAME: &str = "student";

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Student {
    location: f64,
    scale: f64,
    df: f64,
    /// Of twice the chance beyond a distance.
    chance: Incomplete,
    /// The logarithm of the standard density at the centre.
    ln_peak: f64,
}

impl Distribution {
    /// Student's distribution by location, scale and degrees of freedom. The mean, its location, is exact. The scale is not
    /// the standard deviation: that is `scale √(df / (df − 2))`.
    ///
    /// # Errors
    /// A scale not above 0; degrees of freedom not above 2, without which there is no spread, or above 1000000000.
    ///
    /// # Examples
    /// ```
    /// use impact_core::distribution::Distribution;
    /// let effect = Distribution::student("0.3".parse()?, "0.1".parse()?, 4.into())?;
    /// assert!((effect.sd() - 0.1 * 2_f64.sqrt()).abs() < 1e-15);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn student(location: Decimal, scale: Decimal, df: Decimal) -> Result<Self, DistributionError> {
        let accepted = df > Decimal::TWO && df <= Decimal::from(1_000_000_000);
        let scale = Parameter::new(NAME, "scale", scale).above_zero()?;
        let df = Parameter::new(NAME, "df", df).when(accepted, "above 2 and at most 1000000000")?;
        let chance = Incomplete::new(0.5 * df, 0.5);
        let shape = Student { location: float(location), scale, df, chance, ln_peak: ln_standard_peak(df) };
        Self::with_exact_mean(NAME, Kind::Student(shape), location)
    }
}

impl Student {
    pub(super) fn family(&self) -> Family<'_> {
        let Student { location, scale, df, ln_peak, .. } = *self;
        Family::Student { location, scale, df, ln_peak }
    }

    fn standard(&self, x: f64) -> f64 {
        (x - self.location) / self.scale
    }

    /// The chance beyond the distance `t` ≥ 0 on one side.
    fn tail(&self, t: f64) -> f64 {
        // x = ν / (ν + t²) and y = t² / (ν + t²), without squaring what may be large.
        let ratio = t / libm::sqrt(self.df);
        let (x, y) = if ratio > 1.0 {
            let inverse = 1.0 / ratio;
            let square = inverse * inverse;
            (square / (1.0 + square), 1.0 / (1.0 + square))
        } else {
            let square = ratio * ratio;
            (1.0 / (1.0 + square), square / (1.0 + square))
        };
        0.5 * self.chance.tails(x, y).lower
    }

    /// The distance with chance `q` ≤ ½ beyond it on one side.
    fn distance(&self, q: f64) -> f64 {
        // Near the centre from the chance within, far out from the chance beyond.
        let ratio = if q > 0.25 {
            let within = 2.0 * (0.5 - q);
            if within > 0.0 { odds(0.5, 0.5 * self.df, within) } else { 0.0 }
        } else {
            1.0 / odds(0.5 * self.df, 0.5, 2.0 * q)
        };
        libm::sqrt(self.df) * libm::sqrt(ratio)
    }

    /// The logarithm of the standard density.
    fn ln_standard_density(&self, t: f64) -> f64 {
        self.ln_peak - (self.df + 1.0) * (0.5 * libm::log1p((t / self.df) * t))
    }
}

fn ln_standard_peak(df: f64) -> f64 {
    let half = 0.5 * df;
    let stirling = stirling_error(half + 0.5) - stirling_error(half);
    // Γ(h + ½) / (Γ(h) √h), which tends to one.
    half * libm::log1p(0.5 / half) - 0.5 + stirling - LN_SQRT_TWO_PI
}

impl Shape for Student {
    fn support(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }
    fn mean(&self) -> f64 {
        self.location
    }
    fn variance(&self) -> f64 {
        self.scale * self.scale * (self.df / (self.df - 2.0))
    }
    fn ln_density(&self, x: f64) -> f64 {
        self.ln_standard_density(self.standard(x)) - libm::log(self.scale)
    }
    fn cdf(&self, x: f64) -> f64 {
        let t = self.standard(x);
        if t <= 0.0 { self.tail(-t) } else { 1.0 - self.tail(t) }
    }
    fn survival(&self, x: f64) -> f64 {
        let t = self.standard(x);
        if t >= 0.0 { self.tail(t) } else { 1.0 - self.tail(-t) }
    }
    fn lower_quantile(&self, p: f64) -> f64 {
        if p > 0.5 {
            return self.upper_quantile(1.0 - p);
        }
        self.location - self.scale * self.distance(p)
    }
    fn upper_quantile(&self, q: f64) -> f64 {
        if q > 0.5 {
            return self.lower_quantile(1.0 - q);
        }
        self.location + self.scale * self.distance(q)
    }
    fn partial(&self, low: f64, high: f64) -> Partial {
        pearson(self, low, high)
    }
}

impl Pearson for Student {
    /// τ = (ν scale² + (x − location)²) / (ν − 1).
    fn kernel(&self) -> [f64; 3] {
        let below = self.df - 1.0;
        [self.scale * self.scale * (self.df / below), 0.0, 1.0 / below]
    }
    fn flux(&self, x: f64) -> f64 {
        let t = self.standard(x);
        let density = libm::exp(self.ln_standard_density(t));
        if density > 0.0 { self.scale * (self.df + t * t) / (self.df - 1.0) * density } else { 0.0 }
    }
}
