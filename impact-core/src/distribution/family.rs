//! What a distribution is made of, for those who invert it by other means than its own quantile.
//!
//! One rule: parameters as they are used in floats, nothing worked out anew.

use super::shape::{Kind, Shape};

/// A shape and its parameters.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Family<'a> {
    Uniform {
        low: f64,
        high: f64,
    },
    Triangular {
        low: f64,
        mode: f64,
        high: f64,
    },
    Beta {
        alpha: f64,
        beta: f64,
        low: f64,
        high: f64,
    },
    /// Normal and lognormal: the quantile is a closed form.
    Closed,
    Gamma {
        shape: f64,
        scale: f64,
    },
    /// `ln_peak` is the logarithm of the standard density at its centre.
    Student {
        location: f64,
        scale: f64,
        df: f64,
        ln_peak: f64,
    },
    /// 0, 1, 2, …, of which those outside twenty standard deviations hardly ever come.
    Counts {
        low: f64,
        high: f64,
    },
    /// Single values with the chance at or below each.
    Points {
        values: &'a [f64],
        lower: &'a [f64],
    },
    /// Intervals of even chance, in rising order: ends, the chance below the interval, its own chance.
    Intervals(Vec<Interval>),
    /// The components, each with its mean and standard deviation.
    Mixture(Vec<Component<'a>>),
    /// A part of the base: its ends, and the chances of the base below, above and between the bounds.
    Truncated {
        base: Box<Family<'a>>,
        low: f64,
        high: f64,
        below: f64,
        above: f64,
        kept: f64,
    },
}

/// A component of a mixture.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Component<'a> {
    pub(crate) mean: f64,
    pub(crate) sd: f64,
    pub(crate) family: Family<'a>,
}

/// An interval of even chance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Interval {
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) before: f64,
    pub(crate) chance: f64,
}

impl Kind {
    /// What the shape is made of.
    pub(super) fn family(&self) -> Family<'_> {
        match self {
            Kind::Uniform(shape) => shape.family(),
            Kind::Triangular(shape) => shape.family(),
            Kind::Beta(shape) => shape.family(),
            Kind::Normal(_) | Kind::Lognormal(_) => Family::Closed,
            Kind::Gamma(shape) => shape.family(),
            Kind::Student(shape) => shape.family(),
            Kind::Poisson(_) | Kind::Binomial(_) | Kind::NegativeBinomial(_) => {
                let (mean, reach) = (self.mean(), 20.0 * libm::sqrt(self.variance()) + 20.0);
                Family::Counts { low: (mean - reach).max(0.0), high: mean + reach }
            }
            Kind::Discrete(shape) => shape.family(),
            Kind::Histogram(shape) => shape.family(),
            Kind::Mixture(shape) => shape.family(),
            Kind::Truncated(shape) => shape.family(),
        }
    }
}
