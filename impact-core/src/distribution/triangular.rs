//! The triangular distribution: a straight rise to the most likely value and a straight fall from it.

use super::moments::{straight, sum};
use super::parameter::{exact_mean, float, ordered, together};
use super::shape::{Kind, Partial, Shape};
use super::{Distribution, DistributionError, Family};
use crate::number::Exact;
use rust_decimal::Decimal;

const NAME: &str = "triangular";
const EXPECTED: &str = "low <= most likely <= high with low < high";

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Triangular {
    low: f64,
    mode: f64,
    high: f64,
}

impl Distribution {
    /// A rise from `low` to the most likely value and a fall to `high`. The mean is exact.
    ///
    /// # Formula
    /// `mean = (low + mode + high) / 3`
    ///
    /// # Errors
    /// Values that are not in order.
    ///
    /// # Examples
    /// ```
    /// use impact_core::distribution::Distribution;
    /// let places = Distribution::triangular(2.into(), 3.into(), 10.into())?;
    /// assert_eq!(places.mean_exact().to_string(), "5");
    /// # Ok::<(), impact_core::distribution::DistributionError>(())
    /// ```
    pub fn triangular(low: Decimal, mode: Decimal, high: Decimal) -> Result<Self, DistributionError> {
        together(low <= mode && mode <= high, NAME, EXPECTED, &[low, mode, high])?;
        let (from, to) = ordered(NAME, EXPECTED, low, high)?;
        let mean = [low, mode, high].into_iter().map(Exact::from).sum::<Exact>() / Exact::from(3);
        let shape = Triangular { low: from, mode: float(mode), high: to };
        Self::with_exact_mean(NAME, Kind::Triangular(shape), exact_mean(NAME, mean)?)
    }
}

impl Triangular {
    pub(super) fn family(&self) -> Family<'_> {
        Family::Triangular { low: self.low, mode: self.mode, high: self.high }
    }

    fn width(&self) -> f64 {
        self.high - self.low
    }
    fn rise(&self) -> f64 {
        self.mode - self.low
    }
    fn fall(&self) -> f64 {
        self.high - self.mode
    }
    fn density(&self, x: f64) -> f64 {
        let peak = 2.0 / self.width();
        if x < self.low || x > self.high {
            0.0
        } else if x < self.mode {
            peak * ((x - self.low) / self.rise())
        } else if x > self.mode {
            peak * ((self.high - x) / self.fall())
        } else {
            peak
        }
    }
}

/// The area, in units of the width, within a distance from an end on the end's side of the mode.
fn within(distance: f64, side: f64) -> f64 {
    distance * (distance / side)
}

/// The area from an end to a distance past the mode: the whole side there and part of the other; nothing cancels.
fn beyond(side: f64, distance: f64, other: f64) -> f64 {
    side + distance * (2.0 - distance / other)
}

/// How far past the mode an area of the other side ends, where `left` is what remains of it.
fn past_mode(area: f64, side: f64, left: f64) -> f64 {
    area * side / (side + libm::sqrt(left * side))
}

impl Shape for Triangular {
    fn support(&self) -> (f64, f64) {
        (self.low, self.high)
    }
    fn mean(&self) -> f64 {
        (self.low + self.mode + self.high) / 3.0
    }
    fn variance(&self) -> f64 {
        let (rise, fall) = (self.rise(), self.fall());
        (rise * rise + rise * fall + fall * fall) / 18.0
    }
    fn ln_density(&self, x: f64) -> f64 {
        libm::log(self.density(x))
    }
    fn cdf(&self, x: f64) -> f64 {
        if x <= self.low {
            0.0
        } else if x >= self.high {
            1.0
        } else if x <= self.mode {
            within(x - self.low, self.rise()) / self.width()
        } else {
            beyond(self.rise(), x - self.mode, self.fall()) / self.width()
        }
    }
    fn survival(&self, x: f64) -> f64 {
        if x <= self.low {
            1.0
        } else if x >= self.high {
            0.0
        } else if x >= self.mode {
            within(self.high - x, self.fall()) / self.width()
        } else {
            beyond(self.fall(), self.mode - x, self.rise()) / self.width()
        }
    }
    fn lower_quantile(&self, p: f64) -> f64 {
        let area = p * self.width();
        if area <= self.rise() {
            self.low + libm::sqrt(area * self.rise())
        } else {
            self.mode + past_mode(area - self.rise(), self.fall(), (1.0 - p) * self.width())
        }
    }
    fn upper_quantile(&self, q: f64) -> f64 {
        let area = q * self.width();
        if area <= self.fall() {
            self.high - libm::sqrt(area * self.fall())
        } else {
            self.mode - past_mode(area - self.fall(), self.rise(), (1.0 - q) * self.width())
        }
    }
    fn partial(&self, low: f64, high: f64) -> Partial {
        let side = |from: f64, to: f64| {
            if from >= to {
                return Partial::nothing(self.mean());
            }
            straight(self.mean(), (from, self.density(from)), (to, self.density(to)))
        };
        let rising = side(low.max(self.low), high.min(self.mode));
        let falling = side(low.max(self.mode), high.min(self.high));
        sum(self.mean(), [rising, falling].into_iter())
    }
}
