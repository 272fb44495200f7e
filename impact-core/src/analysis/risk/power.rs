//! Power: how large an effect must be to be told from chance, how likely it is to be told, and how many people that takes.
//!
//! One rule: planning figures by the normal approximation, at the variance of the comparison; what a contract pays is no test
//! of an effect, and is told by [`Contract::risk`](crate::Contract::risk).
//!
//! # Formula
//! With a rate *r* of the comparison, *n* people treated, *c* compared for each of them, and v the variance of one person,
//! `v = r(1 − r)` of a share, `r` of events that come by themselves, `r + r²/k` of events by a dispersion k:
//! ```text
//! error                      e = √(v/n · (1 + 1/c)), √(v/n) against a fixed baseline
//! detectable effect          (z(1 − α/2) + z(power)) · e / r
//! power of an effect x       Φ(x·r/e − z(1 − α/2))
//! people that it takes       ((z(1 − α/2) + z(power)) / (x·r))² · v · (1 + 1/c), rounded up
//! ```
//!
//! # References
//! J. Cohen, *Statistical Power Analysis for the Behavioral Sciences* (1988), chapter 6 and 12: power by the normal
//! approximation.

use crate::distribution::special::normal;

/// A comparison that is planned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparing {
    /// What one person of the comparison has: a share between 0 and 1, or events.
    pub rate: f64,
    /// How it scatters from person to person.
    pub scatter: Scattering,
    /// How many are compared for each that is treated; none of a fixed baseline.
    pub compared_for_each: Option<f64>,
    /// The confidence that is asked for, on two sides: 0.95.
    pub level: f64,
}

/// How something scatters from person to person.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Scattering {
    /// Each has it or not.
    Share,
    /// Events that come by themselves.
    Events,
    /// Events that some have many of, by their dispersion k.
    UnevenEvents(f64),
}

/// Why a comparison has no answer.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PowerError {
    /// A number outside what it can be.
    #[error("{quantity} `{value}` is not {expected}")]
    OutOfRange {
        /// What it is.
        quantity: &'static str,
        /// As given.
        value: f64,
        /// What it can be.
        expected: &'static str,
    },
}

impl Comparing {
    /// The smallest relative effect that is told from chance with this probability, in so many people treated.
    ///
    /// # Errors
    /// [`PowerError::OutOfRange`].
    ///
    /// # Examples
    /// ```
    /// use impact_core::analysis::risk::{Comparing, Scattering};
    /// let reoffending = Comparing { rate: 0.6, scatter: Scattering::Share, compared_for_each: Some(1.0), level: 0.95 };
    /// // (1.96 + 0.84) · √(0.24 · 2 / 50) / 0.6
    /// assert!((reoffending.detectable(50.0, 0.8)? - 0.457).abs() < 0.001);
    /// # Ok::<(), impact_core::analysis::risk::PowerError>(())
    /// ```
    pub fn detectable(&self, people: f64, power: f64) -> Result<f64, PowerError> {
        let reach = self.reach(power)?;
        above_zero("people", people)?;
        Ok(reach * libm::sqrt(self.variance()? / people) / self.rate)
    }

    /// The probability that a relative effect is told from chance, in so many people treated.
    ///
    /// # Errors
    /// [`PowerError::OutOfRange`].
    ///
    /// # Examples
    /// ```
    /// use impact_core::analysis::risk::{Comparing, Scattering};
    /// let reoffending = Comparing { rate: 0.6, scatter: Scattering::Share, compared_for_each: Some(1.0), level: 0.95 };
    /// // Φ(0.2 · 0.6 / √(0.24 · 2 / 200) − 1.96) = Φ(0.4895)
    /// assert!((reoffending.power(200.0, 0.2)? - 0.688).abs() < 0.001);
    /// # Ok::<(), impact_core::analysis::risk::PowerError>(())
    /// ```
    pub fn power(&self, people: f64, effect: f64) -> Result<f64, PowerError> {
        above_zero("people", people)?;
        let error = libm::sqrt(self.variance()? / people);
        Ok(normal::cdf(effect * self.rate / error - self.critical()?))
    }

    /// How many people must be treated for a relative effect to be told from chance with this probability.
    ///
    /// # Errors
    /// [`PowerError::OutOfRange`].
    ///
    /// # Examples
    /// ```
    /// use impact_core::analysis::risk::{Comparing, Scattering};
    /// let reoffending = Comparing { rate: 0.6, scatter: Scattering::Share, compared_for_each: Some(1.0), level: 0.95 };
    /// // (2.8016 / (0.2 · 0.6))² · 0.24 · 2 = 261.6
    /// assert_eq!(reoffending.people(0.2, 0.8)?, 262.0);
    /// # Ok::<(), impact_core::analysis::risk::PowerError>(())
    /// ```
    pub fn people(&self, effect: f64, power: f64) -> Result<f64, PowerError> {
        above_zero("effect", effect)?;
        let deviations = self.reach(power)? / (effect * self.rate);
        Ok(libm::ceil(deviations * deviations * self.variance()?))
    }

    /// The variance of the difference, times the people treated.
    fn variance(&self) -> Result<f64, PowerError> {
        above_zero("rate", self.rate)?;
        let of_one = match self.scatter {
            Scattering::Share if self.rate >= 1.0 => {
                return Err(out_of("rate", self.rate, "above 0 and below 1"));
            }
            Scattering::Share => self.rate * (1.0 - self.rate),
            Scattering::Events => self.rate,
            Scattering::UnevenEvents(dispersion) => {
                above_zero("dispersion", dispersion)?;
                self.rate + self.rate * self.rate / dispersion
            }
        };
        let both = match self.compared_for_each {
            Some(compared) => {
                above_zero("compared for each", compared)?;
                1.0 + 1.0 / compared
            }
            None => 1.0,
        };
        Ok(of_one * both)
    }

    /// The deviations of the test and of the power together.
    fn reach(&self, power: f64) -> Result<f64, PowerError> {
        between("power", power)?;
        Ok(self.critical()? + normal::quantile(power))
    }

    fn critical(&self) -> Result<f64, PowerError> {
        between("level", self.level)?;
        Ok(normal::quantile(0.5 + 0.5 * self.level))
    }
}

fn above_zero(quantity: &'static str, value: f64) -> Result<(), PowerError> {
    if value > 0.0 && value.is_finite() { Ok(()) } else { Err(out_of(quantity, value, "above zero")) }
}

fn between(quantity: &'static str, value: f64) -> Result<(), PowerError> {
    if value > 0.0 && value < 1.0 { Ok(()) } else { Err(out_of(quantity, value, "above 0 and below 1")) }
}

fn out_of(quantity: &'static str, value: f64, expected: &'static str) -> PowerError {
    PowerError::OutOfRange { quantity, value, expected }
}
