//! Single values with weights, and observed data as they are.
//!
//! One rule: cumulative chances are added up as decimals, so that a quantile at a chance the author wrote is exact. Data
//! (`empirical`) are a step at each point, never lines between points: mean and spread are those of the data.

use super::parameter::{Parameter, exact_mean, float};
use super::shape::{Kind, Partial, Shape};
use super::{Distribution, DistributionError, Family};
use crate::number::Exact;
use rust_decimal::Decimal;

const DISCRETE: &str = "discrete";
const EMPIRICAL: &str = "empirical";

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Discrete {
    /// Values and weights as given, in rising order, each value once, weights above zero.
    given: Vec<(Decimal, Decimal)>,
    values: Vec<f64>,
    /// The chance of each value, at or below it, and above it.
    chances: Vec<f64>,
    lower: Vec<f64>,
    upper: Vec<f64>,
    mean: f64,
}

impl Distribution {
    /// Single values with weights. Weights are relative: only their shares of the sum count. The mean is exact.
    ///
    /// # Errors
    /// No values, a weight below 0, no weight above 0, a sum too large for a decimal.
    ///
    /// # Examples
    /// ```
    /// use impact_core::distribution::Distribution;
    /// let years = Distribution::discrete(&[(1.into(), 2.into()), (2.into(), 2.into()), (5.into(), 4.into())])?;
    /// assert_eq!(years.mean_exact().to_string(), "3.25");
    /// assert_eq!((years.quantile(0.5)?, years.quantile(0.51)?), (2.0, 5.0));
    /// # Ok::<(), impact_core::distribution::DistributionError>(())
    /// ```
    pub fn discrete(values: &[(Decimal, Decimal)]) -> Result<Self, DistributionError> {
        Self::steps(DISCRETE, values.to_vec())
    }

    /// Observed data: each point is as likely as any other, nothing lies between them. Mean and spread are those of the
    /// data, the spread divided by their number. The mean is exact.
    ///
    /// # Errors
    /// No data, a sum too large for a decimal.
    ///
    /// # Examples
    /// ```
    /// use impact_core::distribution::Distribution;
    /// let observed = Distribution::empirical(&[4.into(), 1.into(), 1.into(), 10.into()])?;
    /// assert_eq!(observed.mean_exact(), 4.into());
    /// assert_eq!(observed.quantile(0.5)?, 1.0);
    /// # Ok::<(), impact_core::distribution::DistributionError>(())
    /// ```
    pub fn empirical(values: &[Decimal]) -> Result<Self, DistributionError> {
        Self::steps(EMPIRICAL, values.iter().map(|value| (*value, Decimal::ONE)).collect())
    }

    fn steps(form: &'static str, mut given: Vec<(Decimal, Decimal)>) -> Result<Self, DistributionError> {
        if given.is_empty() {
            return Err(DistributionError::Nothing { form, missing: "values" });
        }
        for (_, weight) in &given {
            Parameter::new(form, "weight", *weight).not_below_zero()?;
        }
        given.retain(|(_, weight)| !weight.is_zero());
        if given.is_empty() {
            return Err(DistributionError::Nothing { form, missing: "weight above 0" });
        }
        given.sort_by_key(|(value, _)| *value);
        let (shape, mean) = Discrete::new(form, merged(form, given)?)?;
        Self::with_exact_mean(form, Kind::Discrete(shape), mean)
    }
}

/// Equal values of a sorted list become one, with their weights together.
fn merged(form: &'static str, sorted: Vec<(Decimal, Decimal)>) -> Result<Vec<(Decimal, Decimal)>, DistributionError> {
    let mut once: Vec<(Decimal, Decimal)> = Vec::with_capacity(sorted.len());
    for (value, weight) in sorted {
        match once.last_mut() {
            Some(last) if last.0 == value => last.1 = exact_mean(form, Exact::from(last.1) + Exact::from(weight))?,
            _ => once.push((value, weight)),
        }
    }
    Ok(once)
}

/// Shares of weights: each alone, up to it, and after it; added up as decimals.
pub(super) struct Cumulative {
    pub(super) chances: Vec<f64>,
    pub(super) lower: Vec<f64>,
    pub(super) upper: Vec<f64>,
}

impl Cumulative {
    pub(super) fn new(form: &'static str, weights: &[Decimal]) -> Result<Self, DistributionError> {
        let total: Exact = weights.iter().copied().map(Exact::from).sum();
        let share = |part: Exact| exact_mean(form, part / total).map(float);
        let mut result = Self { chances: Vec::new(), lower: Vec::new(), upper: Vec::new() };
        let mut up_to = Exact::ZERO;
        for weight in weights {
            up_to = up_to + Exact::from(*weight);
            result.chances.push(share(Exact::from(*weight))?);
            result.lower.push(share(up_to)?);
            result.upper.push(share(total - up_to)?);
        }
        Ok(result)
    }
}

impl Discrete {
    pub(super) fn family(&self) -> Family<'_> {
        Family::Points { values: &self.values, lower: &self.lower }
    }

    /// The shape and its exact mean.
    fn new(form: &'static str, given: Vec<(Decimal, Decimal)>) -> Result<(Self, Decimal), DistributionError> {
        let weights: Vec<Decimal> = given.iter().map(|(_, weight)| *weight).collect();
        let Cumulative { chances, lower, upper } = Cumulative::new(form, &weights)?;
        let total: Exact = weights.into_iter().map(Exact::from).sum();
        let weighted: Exact = given.iter().map(|(value, weight)| Exact::from(*value) * Exact::from(*weight)).sum();
        let mean = exact_mean(form, weighted / total)?;
        let values = given.iter().map(|(value, _)| float(*value)).collect();
        Ok((Self { given, values, chances, lower, upper, mean: float(mean) }, mean))
    }

    /// What is left between two bounds, both included; the same shape again.
    pub(super) fn between(
        &self,
        form: &'static str,
        low: Option<Decimal>,
        high: Option<Decimal>,
    ) -> Result<(Self, Decimal), DistributionError> {
        let inside = |value: Decimal| low.is_none_or(|low| value >= low) && high.is_none_or(|high| value <= high);
        Self::new(form, self.given.iter().copied().filter(|(value, _)| inside(*value)).collect())
    }

    /// How many values lie at or below, or below.
    fn up_to(&self, x: f64) -> usize {
        self.values.partition_point(|value| *value <= x)
    }
    fn before(&self, x: f64) -> usize {
        self.values.partition_point(|value| *value < x)
    }

    fn lower_after(&self, count: usize) -> f64 {
        count.checked_sub(1).and_then(|last| self.lower.get(last)).copied().unwrap_or(0.0)
    }
    fn upper_after(&self, count: usize) -> f64 {
        count.checked_sub(1).and_then(|last| self.upper.get(last)).copied().unwrap_or(1.0)
    }
    fn value(&self, position: usize) -> f64 {
        self.values.get(position).or(self.values.last()).copied().unwrap_or(self.mean)
    }

    fn pairs(&self) -> impl Iterator<Item = (f64, f64)> {
        self.values.iter().copied().zip(self.chances.iter().copied())
    }
}

impl Shape for Discrete {
    fn support(&self) -> (f64, f64) {
        (self.value(0), self.value(usize::MAX))
    }
    fn mean(&self) -> f64 {
        self.mean
    }
    fn variance(&self) -> f64 {
        self.pairs().map(|(value, chance)| chance * (value - self.mean) * (value - self.mean)).sum()
    }
    fn ln_density(&self, x: f64) -> f64 {
        let at = self.chances.get(self.before(x)..self.up_to(x));
        libm::log(at.map_or(0.0, |chances| chances.iter().sum()))
    }
    fn cdf(&self, x: f64) -> f64 {
        self.lower_after(self.up_to(x))
    }
    fn survival(&self, x: f64) -> f64 {
        self.upper_after(self.up_to(x))
    }
    fn lower_quantile(&self, p: f64) -> f64 {
        self.value(self.lower.partition_point(|chance| *chance < p))
    }
    fn upper_quantile(&self, q: f64) -> f64 {
        self.value(self.upper.partition_point(|chance| *chance > q))
    }
    fn partial(&self, low: f64, high: f64) -> Partial {
        let mut partial = Partial { mass: self.mass(low, high), ..Partial::nothing(self.mean) };
        for (value, chance) in self.pairs().filter(|(value, _)| *value >= low && *value <= high) {
            let distance = value - self.mean;
            partial.first += chance * distance;
            partial.second += chance * distance * distance;
        }
        partial
    }
    fn is_discrete(&self) -> bool {
        true
    }
    fn below(&self, x: f64) -> f64 {
        self.lower_after(self.before(x))
    }
    fn at_least(&self, x: f64) -> f64 {
        self.upper_after(self.before(x))
    }
}
