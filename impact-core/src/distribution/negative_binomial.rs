//! The negative binomial distribution: counts whose rate itself varies between people or places.

use super::count::{self, Count, LARGEST_COUNT};
use super::parameter::{Parameter, shapes};
use super::shape::{Kind, Shape};
use super::special::beta::{incomplete, ln_term};
use super::special::gamma::Tails;
use super::{Distribution, DistributionError};
use crate::number::Exact;
use rust_decimal::Decimal;

const NAME: &str = "negative_binomial";

#[derive(Debug, Clone, PartialEq)]
pub(super) struct NegativeBinomial {
    mean: f64,
    dispersion: f64,
}

impl Distribution {
    /// Counts by their mean and dispersion k; the smaller k, the wider. The mean is exact.
    ///
    /// # Formula
    /// `variance = mean + mean² / dispersion`
    ///
    /// # Errors
    /// A mean not above 0 or above 1000000000, a dispersion outside 0.001 to 1000000000.
    ///
    /// # Examples
    /// ```
    /// use impact_core::distribution::Distribution;
    /// let visits = Distribution::negative_binomial(6.into(), 2.into())?;
    /// assert!((visits.sd() - 24_f64.sqrt()).abs() < 1e-15);
    /// # Ok::<(), impact_core::distribution::DistributionError>(())
    /// ```
    pub fn negative_binomial(mean: Decimal, dispersion: Decimal) -> Result<Self, DistributionError> {
        let shape = NegativeBinomial {
            mean: Parameter::new(NAME, "mean", mean).mean_count()?,
            dispersion: Parameter::new(NAME, "dispersion", dispersion).shape()?,
        };
        Self::with_exact_mean(NAME, Kind::NegativeBinomial(shape), mean)
    }

    /// Counts by their mean and standard deviation. The mean is exact.
    ///
    /// # Formula
    /// `dispersion = mean² / (sd² − mean)`
    ///
    /// # Errors
    /// A mean not above 0, or an sd whose square is not above the mean (then the count is Poisson or binomial).
    pub fn negative_binomial_from_mean(mean: Decimal, sd: Decimal) -> Result<Self, DistributionError> {
        let m = Parameter::new(NAME, "mean", mean).mean_count()?;
        Parameter::new(NAME, "sd", sd).above_zero()?;
        let (first, deviation) = (Exact::from(mean), Exact::from(sd));
        let dispersion = first / (deviation * deviation - first) * first;
        let expected = "sd² above the mean, with mean² / (sd² - mean) between 0.001 and 1000000000";
        let [dispersion] = shapes(NAME, [dispersion], expected, &[mean, sd])?;
        Self::with_exact_mean(NAME, Kind::NegativeBinomial(NegativeBinomial { mean: m, dispersion }), mean)
    }
}

impl NegativeBinomial {
    /// By a mean and a dispersion above zero.
    pub(super) fn of(mean: f64, dispersion: f64) -> Self {
        Self { mean, dispersion }
    }

    /// The chances of stopping and of going on: k / (k + mean) and mean / (k + mean).
    fn chances(&self) -> (f64, f64) {
        let total = self.dispersion + self.mean;
        (self.dispersion / total, self.mean / total)
    }

    /// Counts up to j are a beta's lower tail: P(X ≤ j) = I(k / (k + mean); k, j + 1).
    fn tails(&self, x: f64) -> Tails {
        if x < 0.0 {
            return Tails::BELOW;
        }
        if x >= LARGEST_COUNT {
            return Tails::ABOVE;
        }
        let (stop, go) = self.chances();
        incomplete(self.dispersion, libm::floor(x) + 1.0, stop, go)
    }
}

impl Shape for NegativeBinomial {
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }
    fn mean(&self) -> f64 {
        self.mean
    }
    fn variance(&self) -> f64 {
        self.mean + self.mean * (self.mean / self.dispersion)
    }
    count::shape_of_counts!();
}

impl Count for NegativeBinomial {
    fn recurrence(&self) -> (f64, f64) {
        let (_, go) = self.chances();
        (self.dispersion * go, go)
    }
    fn ln_chance(&self, count: f64) -> f64 {
        let (stop, go) = self.chances();
        if count > 0.0 {
            ln_term(self.dispersion, count, stop, go) - libm::log(count)
        } else {
            -self.dispersion * libm::log1p(self.mean / self.dispersion)
        }
    }
}
