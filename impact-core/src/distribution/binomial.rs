//! The binomial distribution: how many of a fixed number succeed.

use super::count::{self, Count};
use super::parameter::{Parameter, exact_mean, float};
use super::shape::{Kind, Shape};
use super::special::beta::{incomplete, ln_term};
use super::special::gamma::Tails;
use super::{Distribution, DistributionError};
use crate::number::Exact;
use rust_decimal::Decimal;

const NAME: &str = "binomial";

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Binomial {
    trials: f64,
    success: f64,
    failure: f64,
}

impl Distribution {
    /// The number of successes in `n` trials that each succeed with chance `p`. The mean, n p, is exact.
    ///
    /// # Errors
    /// An `n` that is not a whole number from 1 to 1000000000, a `p` outside (0, 1).
    ///
    /// # Examples
    /// ```
    /// use impact_core::distribution::Distribution;
    /// let into_work = Distribution::binomial(25.into(), "0.3".parse()?)?;
    /// assert_eq!(into_work.mean_exact(), "7.5".parse()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn binomial(n: Decimal, p: Decimal) -> Result<Self, DistributionError> {
        let whole = n == n.trunc() && n >= Decimal::ONE && n <= Decimal::from(1_000_000_000);
        let trials = Parameter::new(NAME, "n", n).when(whole, "a whole number from 1 to 1000000000")?;
        let success = Parameter::new(NAME, "p", p).inner_share()?;
        let failure = exact_mean(NAME, Exact::ONE - Exact::from(p)).map(float)?;
        let mean = exact_mean(NAME, Exact::from(n) * Exact::from(p))?;
        Self::with_exact_mean(NAME, Kind::Binomial(Binomial { trials, success, failure }), mean)
    }
}

impl Shape for Binomial {
    fn support(&self) -> (f64, f64) {
        (0.0, self.trials)
    }
    fn mean(&self) -> f64 {
        self.trials * self.success
    }
    fn variance(&self) -> f64 {
        self.trials * self.success * self.failure
    }
    count::shape_of_counts!();
}

impl Binomial {
    /// Of whole people who each have it with a chance between 0 and 1, neither included.
    pub(super) fn of(people: f64, chance: f64) -> Self {
        Self { trials: people, success: chance, failure: 1.0 - chance }
    }

    /// Successes above k are a beta's lower tail: P(X > k) = I(p; k + 1, n − k).
    fn tails(&self, x: f64) -> Tails {
        let count = libm::floor(x);
        if count < 0.0 {
            Tails::BELOW
        } else if count >= self.trials {
            Tails::ABOVE
        } else {
            incomplete(count + 1.0, self.trials - count, self.success, self.failure).swapped()
        }
    }
}

impl Count for Binomial {
    fn recurrence(&self) -> (f64, f64) {
        let odds = self.success / self.failure;
        (self.trials * odds, -odds)
    }
    fn ln_chance(&self, count: f64) -> f64 {
        let others = self.trials - count;
        if count <= 0.0 {
            self.trials * libm::log1p(-self.success)
        } else if others <= 0.0 {
            self.trials * libm::log(self.success)
        } else {
            ln_term(count, others, self.success, self.failure) + libm::log(self.trials / count / others)
        }
    }
}
