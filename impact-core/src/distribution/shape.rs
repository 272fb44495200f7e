//! What every shape can say of itself, and the list of shapes.
//!
//! One rule: tails are asked for from their own side. `lower_quantile` takes the chance below, `upper_quantile` the chance
//! above, so that a value far out on either side keeps its digits.

use super::beta::Beta;
use super::binomial::Binomial;
use super::discrete::Discrete;
use super::gamma::Gamma;
use super::histogram::Histogram;
use super::lognormal::Lognormal;
use super::mixture::Mixture;
use super::negative_binomial::NegativeBinomial;
use super::normal::Normal;
use super::poisson::Poisson;
use super::student::Student;
use super::triangular::Triangular;
use super::truncated::Truncated;
use super::uniform::Uniform;

/// A shape of chance.
pub(super) trait Shape {
    /// The smallest and the largest value; infinite where there is none.
    fn support(&self) -> (f64, f64);
    fn mean(&self) -> f64;
    fn variance(&self) -> f64;
    /// The logarithm of the density, or of the chance of exactly this value where the shape is discrete.
    fn ln_density(&self, x: f64) -> f64;
    /// The chance of a value at or below.
    fn cdf(&self, x: f64) -> f64;
    /// The chance of a value above.
    fn survival(&self, x: f64) -> f64;
    /// The smallest value with chance `p` at or below it, for `p` in (0, 1).
    fn lower_quantile(&self, p: f64) -> f64;
    /// The smallest value with no more than chance `q` above it, for `q` in (0, 1).
    fn upper_quantile(&self, q: f64) -> f64;
    /// Mass and moments between two values, both included, of which some lie in the support.
    fn partial(&self, low: f64, high: f64) -> Partial;
    /// The chance of a value at or below, and the density: at once, where they share their work.
    fn cdf_and_density(&self, x: f64) -> (f64, f64) {
        (self.cdf(x), libm::exp(self.ln_density(x)))
    }
    /// The chance of a value above, and the density: at once, where they share their work.
    fn survival_and_density(&self, x: f64) -> (f64, f64) {
        (self.survival(x), libm::exp(self.ln_density(x)))
    }
    /// Values between which the quantile at chance `p` lies: the quantile itself, where it takes no search.
    fn around_lower_quantile(&self, p: f64) -> (f64, f64) {
        let value = self.lower_quantile(p);
        (value, value)
    }
    /// The same for [`upper_quantile`](Self::upper_quantile).
    fn around_upper_quantile(&self, q: f64) -> (f64, f64) {
        let value = self.upper_quantile(q);
        (value, value)
    }
    /// Whether all chance sits on single values.
    fn is_discrete(&self) -> bool {
        false
    }
    /// The chance of a value below.
    fn below(&self, x: f64) -> f64 {
        self.cdf(x)
    }
    /// The chance of a value at or above.
    fn at_least(&self, x: f64) -> f64 {
        self.survival(x)
    }
    /// The chance of a value between two, both included, taken from the side where it keeps its digits.
    fn mass(&self, low: f64, high: f64) -> f64 {
        let (below, above) = (self.below(low), self.survival(high));
        let mass = if below > 0.5 {
            self.at_least(low) - above
        } else if above > 0.5 {
            self.cdf(high) - below
        } else {
            1.0 - below - above
        };
        mass.clamp(0.0, 1.0)
    }
}

/// Mass between two values, and the first and second moment of that mass about a centre; not divided by the mass.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Partial {
    pub(super) centre: f64,
    pub(super) mass: f64,
    pub(super) first: f64,
    pub(super) second: f64,
}

impl Partial {
    /// No mass.
    pub(super) fn nothing(centre: f64) -> Self {
        Self { centre, mass: 0.0, first: 0.0, second: 0.0 }
    }

    /// The same moments about another centre.
    pub(super) fn about(self, centre: f64) -> Self {
        let shift = self.centre - centre;
        let first = self.first + shift * self.mass;
        let second = self.second + shift * (2.0 * self.first + shift * self.mass);
        Self { centre, mass: self.mass, first, second }
    }

    /// Mean and variance of the mass.
    pub(super) fn mean_and_variance(self) -> (f64, f64) {
        let offset = self.first / self.mass;
        (self.centre + offset, (self.second / self.mass - offset * offset).max(0.0))
    }
}

/// The shapes there are.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Uniform(Uniform),
    Triangular(Triangular),
    Beta(Beta),
    Normal(Normal),
    Lognormal(Lognormal),
    Gamma(Gamma),
    Student(Student),
    Poisson(Poisson),
    Binomial(Binomial),
    NegativeBinomial(NegativeBinomial),
    Discrete(Discrete),
    Histogram(Histogram),
    Mixture(Mixture),
    Truncated(Box<Truncated>),
}

impl Kind {
    fn shape(&self) -> &dyn Shape {
        match self {
            Kind::Uniform(shape) => shape,
            Kind::Triangular(shape) => shape,
            Kind::Beta(shape) => shape,
            Kind::Normal(shape) => shape,
            Kind::Lognormal(shape) => shape,
            Kind::Gamma(shape) => shape,
            Kind::Student(shape) => shape,
            Kind::Poisson(shape) => shape,
            Kind::Binomial(shape) => shape,
            Kind::NegativeBinomial(shape) => shape,
            Kind::Discrete(shape) => shape,
            Kind::Histogram(shape) => shape,
            Kind::Mixture(shape) => shape,
            Kind::Truncated(shape) => shape.as_ref(),
        }
    }
}

impl Shape for Kind {
    fn support(&self) -> (f64, f64) {
        self.shape().support()
    }
    fn mean(&self) -> f64 {
        self.shape().mean()
    }
    fn variance(&self) -> f64 {
        self.shape().variance()
    }
    fn ln_density(&self, x: f64) -> f64 {
        self.shape().ln_density(x)
    }
    fn cdf(&self, x: f64) -> f64 {
        self.shape().cdf(x)
    }
    fn survival(&self, x: f64) -> f64 {
        self.shape().survival(x)
    }
    /// As the shape's own, and the ends of the support at chances 0 and 1.
    fn lower_quantile(&self, p: f64) -> f64 {
        let (low, high) = self.support();
        if p <= 0.0 {
            low
        } else if p >= 1.0 {
            high
        } else {
            self.shape().lower_quantile(p).clamp(low, high)
        }
    }
    /// As the shape's own, and the ends of the support at chances 0 and 1.
    fn upper_quantile(&self, q: f64) -> f64 {
        let (low, high) = self.support();
        if q <= 0.0 {
            high
        } else if q >= 1.0 {
            low
        } else {
            self.shape().upper_quantile(q).clamp(low, high)
        }
    }
    /// As the shape's own, and nothing between values that lie on one side of the support.
    fn partial(&self, low: f64, high: f64) -> Partial {
        let (from, to) = self.support();
        if low > to || high < from { Partial::nothing(self.mean()) } else { self.shape().partial(low, high) }
    }
    fn cdf_and_density(&self, x: f64) -> (f64, f64) {
        self.shape().cdf_and_density(x)
    }
    fn survival_and_density(&self, x: f64) -> (f64, f64) {
        self.shape().survival_and_density(x)
    }
    fn around_lower_quantile(&self, p: f64) -> (f64, f64) {
        self.shape().around_lower_quantile(p)
    }
    fn around_upper_quantile(&self, q: f64) -> (f64, f64) {
        self.shape().around_upper_quantile(q)
    }
    fn is_discrete(&self) -> bool {
        self.shape().is_discrete()
    }
    fn below(&self, x: f64) -> f64 {
        self.shape().below(x)
    }
    fn at_least(&self, x: f64) -> f64 {
        self.shape().at_least(x)
    }
    fn mass(&self, low: f64, high: f64) -> f64 {
        self.shape().mass(low, high)
    }
}
