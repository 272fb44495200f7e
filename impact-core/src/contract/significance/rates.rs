//! Two rates: of Poisson counts, and of negative binomial ones.

use super::{Chances, Groups, IntervalOf, Tests, Told};
use crate::contract::FigureFault;
use crate::distribution::special::beta::incomplete;

/// The logarithm of a ratio beyond which none is looked for.
const FARTHEST: f64 = 40.0;

/// Events of the treated, given those of both groups: binomial.
pub(super) struct Poisson {
    groups: Groups,
}

impl Poisson {
    pub fn new(groups: Groups) -> Result<Self, FigureFault> {
        if groups.treated.0 + groups.compared.0 <= 0.0 {
            return Err(FigureFault::NoEvents);
        }
        Ok(Self { groups })
    }
}

impl Tests for Poisson {
    fn chances(&self, difference: f64) -> Chances {
        let ((t, n), (c, m)) = (self.groups.treated, self.groups.compared);
        let expected = n * libm::exp(difference);
        let (chance, rest) = (expected / (expected + m), m / (expected + m));
        let lower = if c > 0.0 { incomplete(c, t + 1.0, rest, chance).lower } else { 1.0 };
        let upper = if t > 0.0 { incomplete(t, c + 1.0, chance, rest).lower } else { 1.0 };
        Chances { lower, upper }
    }

    fn told(&self) -> Told {
        let ends = (-FARTHEST, FARTHEST);
        Told { statistic: self.groups.treated.0, signed: false, of: IntervalOf::RateRatio, ends }
    }
}

/// The logarithm of a ratio of rates, by its standard error.
pub(super) struct NegativeBinomial {
    ratio: f64,
    error: f64,
}

impl NegativeBinomial {
    pub fn new(groups: Groups, dispersion: f64) -> Result<Self, FigureFault> {
        let ((t, n), (c, m)) = (groups.treated, groups.compared);
        if t <= 0.0 || c <= 0.0 {
            return Err(FigureFault::NoRatio);
        }
        let error = libm::sqrt(1.0 / t + 1.0 / c + (1.0 / n + 1.0 / m) / dispersion);
        Ok(Self { ratio: libm::log((t / n) / (c / m)), error })
    }
}

impl Tests for NegativeBinomial {
    fn chances(&self, difference: f64) -> Chances {
        Chances::of_deviate((self.ratio - difference) / self.error)
    }

    fn told(&self) -> Told {
        let ends = (-FARTHEST, FARTHEST);
        Told { statistic: self.ratio / self.error, signed: true, of: IntervalOf::RateRatio, ends }
    }
}
