//! The Poisson distribution: how often something happens that happens at a steady rate.

use super::count::{self, Count, LARGEST_COUNT};
use super::parameter::Parameter;
use super::shape::{Kind, Shape};
use super::special::gamma::{Tails, incomplete, ln_poisson_term};
use super::{Distribution, DistributionError};
use rust_decimal::Decimal;

const NAME: &str = "poisson";

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Poisson {
    mean: f64,
}

impl Distribution {
    /// The number of events whose mean number is given. The mean is exact.
    ///
    /// # Errors
    /// A mean not above 0 or above 1000000000.
    ///
    /// # Examples
    /// ```
    /// use impact_core::distribution::Distribution;
    /// let relapses = Distribution::poisson(4.into())?;
    /// assert_eq!(relapses.sd(), 2.0);
    /// assert_eq!(relapses.quantile(0.95)?, 8.0);
    /// # Ok::<(), impact_core::distribution::DistributionError>(())
    /// ```
    pub fn poisson(mean: Decimal) -> Result<Self, DistributionError> {
        let shape = Poisson { mean: Parameter::new(NAME, "mean", mean).mean_count()? };
        Self::with_exact_mean(NAME, Kind::Poisson(shape), mean)
    }
}

impl Poisson {
    /// Events above k are a gamma's lower tail: P(X > k) = P(k + 1, mean).
    fn tails(&self, x: f64) -> Tails {
        if x < 0.0 {
            Tails::BELOW
        } else if x >= LARGEST_COUNT {
            Tails::ABOVE
        } else {
            incomplete(libm::floor(x) + 1.0, self.mean).swapped()
        }
    }
}

impl Poisson {
    /// By a mean above zero.
    pub(super) fn of(mean: f64) -> Self {
        Self { mean }
    }
}

impl Shape for Poisson {
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }
    fn mean(&self) -> f64 {
        self.mean
    }
    fn variance(&self) -> f64 {
        self.mean
    }
    count::shape_of_counts!();
}

impl Count for Poisson {
    fn recurrence(&self) -> (f64, f64) {
        (self.mean, 0.0)
    }
    fn ln_chance(&self, count: f64) -> f64 {
        if count > 0.0 { ln_poisson_term(count, self.mean) } else { -self.mean }
    }
}
