//! A mixture: one of several distributions, each with its chance.
//!
//! One rule: the quantile is the smallest float whose cumulative chance reaches what is asked, found by halving between the
//! quantiles of the components, so that points of chance are hit exactly.

use super::discrete::Cumulative;
use super::moments::sum;
use super::parameter::{Parameter, exact_mean};
use super::shape::{Kind, Partial, Shape};
use super::solve::smallest;
use super::{Component, Distribution, DistributionError, Family};
use crate::number::Exact;
use rust_decimal::Decimal;

const NAME: &str = "mixture";

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mixture {
    components: Vec<(f64, Distribution)>,
}

impl Distribution {
    /// One of several distributions, chosen by weight. Weights are relative: only their shares of the sum count. Counts and
    /// continuous distributions may be mixed: "nothing in one case of ten" is a weight on `discrete = [[0, 1]]`. The mean
    /// is exact where those of the components are.
    ///
    /// # Errors
    /// No components, a weight below 0, no weight above 0.
    ///
    /// # Examples
    /// ```
    /// use impact_core::distribution::Distribution;
    /// let nothing = Distribution::discrete(&[(0.into(), 1.into())])?;
    /// let some = Distribution::uniform(10.into(), 20.into())?;
    /// let effect = Distribution::mixture(vec![(1.into(), nothing), (3.into(), some)])?;
    /// assert_eq!(effect.mean_exact().to_string(), "11.25");
    /// assert_eq!((effect.quantile(0.25)?, effect.quantile(0.625)?), (0.0, 15.0));
    /// # Ok::<(), impact_core::distribution::DistributionError>(())
    /// ```
    pub fn mixture(components: Vec<(Decimal, Distribution)>) -> Result<Self, DistributionError> {
        if components.is_empty() {
            return Err(DistributionError::Nothing { form: NAME, missing: "components" });
        }
        for (weight, _) in &components {
            Parameter::new(NAME, "weight", *weight).not_below_zero()?;
        }
        let weights: Vec<Decimal> = components.iter().map(|(weight, _)| *weight).collect();
        if weights.iter().all(Decimal::is_zero) {
            return Err(DistributionError::Nothing { form: NAME, missing: "weight above 0" });
        }
        let total: Exact = weights.iter().copied().map(Exact::from).sum();
        let weighted: Exact =
            components.iter().map(|(weight, part)| Exact::from(*weight) * Exact::from(part.mean_exact())).sum();
        let mean = exact_mean(NAME, weighted / total)?;
        let exact = components.iter().all(|(_, part)| part.mean_is_exact());
        let chances = Cumulative::new(NAME, &weights)?.chances.into_iter();
        let parts = chances.zip(components.into_iter().map(|(_, part)| part));
        let shape = Kind::Mixture(Mixture { components: parts.filter(|(chance, _)| *chance > 0.0).collect() });
        if exact { Self::with_exact_mean(NAME, shape, mean) } else { Self::with_rounded_mean(NAME, shape, mean) }
    }
}

impl Mixture {
    pub(super) fn family(&self) -> Family<'_> {
        let parts = self.components.iter().map(|(_, part)| part);
        Family::Mixture(
            parts.map(|part| Component { mean: part.mean(), sd: part.sd(), family: part.family() }).collect(),
        )
    }

    fn total(&self, of: impl Fn(&Kind) -> f64) -> f64 {
        self.components.iter().map(|(chance, part)| chance * of(part.kind())).sum()
    }

    /// A chance and a density, each over the components; where counts are mixed with continuous shapes, the density is that of
    /// the continuous ones.
    fn both(&self, of: impl Fn(&Kind) -> (f64, f64)) -> (f64, f64) {
        let all_discrete = self.is_discrete();
        self.components.iter().fold((0.0, 0.0), |(chance, density), (weight, part)| {
            let here = of(part.kind());
            let counted = if part.is_discrete() == all_discrete { here.1 } else { 0.0 };
            (chance + weight * here.0, density + weight * counted)
        })
    }

    /// The smallest and the largest of something over the components.
    fn range(&self, of: impl Fn(&Kind) -> f64) -> (f64, f64) {
        self.hull(|part| {
            let value = of(part);
            (value, value)
        })
    }

    /// The range that holds a range of each component.
    fn hull(&self, of: impl Fn(&Kind) -> (f64, f64)) -> (f64, f64) {
        let ranges = self.components.iter().map(|(_, part)| of(part.kind()));
        ranges.fold((f64::INFINITY, f64::NEG_INFINITY), |hull, range| (hull.0.min(range.0), hull.1.max(range.1)))
    }
}

impl Shape for Mixture {
    fn support(&self) -> (f64, f64) {
        (self.range(|part| part.support().0).0, self.range(|part| part.support().1).1)
    }
    fn mean(&self) -> f64 {
        self.total(Shape::mean)
    }
    fn variance(&self) -> f64 {
        let mean = self.mean();
        self.total(|part| part.variance() + (part.mean() - mean) * (part.mean() - mean))
    }
    /// Where counts are mixed with continuous shapes, the density of the continuous ones.
    fn ln_density(&self, x: f64) -> f64 {
        let all_discrete = self.is_discrete();
        let counted = |part: &Kind| part.is_discrete() == all_discrete;
        libm::log(self.total(|part| if counted(part) { libm::exp(part.ln_density(x)) } else { 0.0 }))
    }
    fn cdf(&self, x: f64) -> f64 {
        self.total(|part| part.cdf(x)).min(1.0)
    }
    fn survival(&self, x: f64) -> f64 {
        self.total(|part| part.survival(x)).min(1.0)
    }
    fn lower_quantile(&self, p: f64) -> f64 {
        if p > 0.5 && !self.is_discrete() {
            return self.upper_quantile(1.0 - p);
        }
        let (low, high) = self.range(|part| part.lower_quantile(p));
        smallest(low, high, |x| self.cdf(x) >= p)
    }
    fn upper_quantile(&self, q: f64) -> f64 {
        let (low, high) = self.range(|part| part.upper_quantile(q));
        smallest(low, high, |x| self.survival(x) <= q)
    }
    fn cdf_and_density(&self, x: f64) -> (f64, f64) {
        let (chance, density) = self.both(|part| part.cdf_and_density(x));
        (chance.min(1.0), density)
    }
    fn survival_and_density(&self, x: f64) -> (f64, f64) {
        let (chance, density) = self.both(|part| part.survival_and_density(x));
        (chance.min(1.0), density)
    }
    fn around_lower_quantile(&self, p: f64) -> (f64, f64) {
        self.hull(|part| part.around_lower_quantile(p))
    }
    fn around_upper_quantile(&self, q: f64) -> (f64, f64) {
        self.hull(|part| part.around_upper_quantile(q))
    }
    fn partial(&self, low: f64, high: f64) -> Partial {
        let parts = self.components.iter().map(|(chance, part)| {
            let Partial { centre, mass, first, second } = part.kind().partial(low, high);
            Partial { centre, mass: chance * mass, first: chance * first, second: chance * second }
        });
        sum(self.mean(), parts)
    }
    fn is_discrete(&self) -> bool {
        self.components.iter().all(|(_, part)| part.is_discrete())
    }
    fn below(&self, x: f64) -> f64 {
        self.total(|part| part.below(x)).min(1.0)
    }
    fn at_least(&self, x: f64) -> f64 {
        self.total(|part| part.at_least(x)).min(1.0)
    }
}
