//! What a contract's own comparisons can tell from chance: of each cohort, and of all of them together.

use super::columns::float;
use super::power::{Comparing, Scattering};
use crate::contract::PayoutFault;
use crate::model::terms::{Against, Compared, EffectIn, Made, Scatter, TrueMetric, Truth};
use crate::model::{Contract, Slot};

/// The usual power and confidence of a plan.
const POWER: f64 = 0.8;
const LEVEL: f64 = 0.95;

/// What a comparison of a contract can tell from chance, everything at its expected value: confidence 95 % on two sides,
/// probability 80 %.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Measurable {
    /// The estimate, as its position in the terms.
    pub estimate: usize,
    /// The cohort, as its position in the truth; none of all together.
    pub cohort: Option<usize>,
    /// People treated of whom something is known.
    pub people: f64,
    /// People compared; none of a fixed baseline.
    pub compared: Option<f64>,
    /// What one person of the comparison has.
    pub rate: f64,
    /// The expected effect, as a share of that.
    pub expected: f64,
    /// The smallest relative effect that is told from chance.
    pub detectable: f64,
    /// The probability that the expected effect is told from chance.
    pub power: f64,
    /// The people that it would take; none where no effect is expected.
    pub people_needed: Option<f64>,
}

impl Contract {
    /// What the contract's comparisons of shares and rates can tell from chance, each cohort by itself and, of several, all
    /// together.
    ///
    /// # Errors
    /// A document without `truth`.
    ///
    /// # Examples
    /// Fifty people, of whom 63 % are taken to relapse: the error of their share is √(0.63 · 0.37 / 50) = 0.0683, so that an effect of
    /// (1.96 + 0.84) · 0.0683 / 0.63 = 0.30 is found four times in five.
    /// ```
    /// use impact_core::Contract;
    /// # let text = include_str!("../../../../fixtures/contracts/larvik-for-nothing.toml");
    /// let found = &Contract::from_toml(text)?.measurable()?[0];
    /// assert!((found.detectable - 0.3036).abs() < 1e-4 && found.power < 0.1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn measurable(&self) -> Result<Vec<Measurable>, PayoutFault> {
        let truth = self.truth().ok_or(PayoutFault::NoTruth)?;
        let mut found = Vec::new();
        for (position, estimate) in self.terms().estimates.iter().enumerate() {
            let Made::Compared { metric, against, .. } = &estimate.made else { continue };
            let Some(metric) = truth.metrics.iter().find(|known| known.metric == *metric) else { continue };
            let Some(scatter) = scattering(self, metric) else { continue };
            let fixed = match against {
                Against::Fixed(slot) => Some(*slot),
                _ => None,
            };
            let planned = Planned { contract: self, truth, metric, scatter, fixed };
            let cohorts = (0..truth.cohorts.len()).map(Some);
            let all = (truth.cohorts.len() > 1).then_some(None);
            let rows = cohorts.chain(all).filter_map(|cohort| planned.row(position, cohort));
            found.extend(rows);
        }
        Ok(found)
    }
}

/// How a metric scatters from person to person, where a comparison of it is planned by its scatter.
fn scattering(contract: &Contract, metric: &TrueMetric) -> Option<Scattering> {
    match metric.scatter {
        Scatter::Binomial => Some(Scattering::Share),
        Scatter::Poisson => Some(Scattering::Events),
        Scatter::Dispersed(slot) => Some(Scattering::UnevenEvents(point(contract, slot))),
        Scatter::Exactly | Scatter::Normal(_) => None,
    }
}

/// The expected value of a number.
fn point(contract: &Contract, slot: Slot) -> f64 {
    contract.assumption(slot).map_or(0.0, |number| float(number.point))
}

struct Planned<'c> {
    contract: &'c Contract,
    truth: &'c Truth,
    metric: &'c TrueMetric,
    scatter: Scattering,
    fixed: Option<Slot>,
}

impl Planned<'_> {
    fn row(&self, estimate: usize, cohort: Option<usize>) -> Option<Measurable> {
        let value = |slot| point(self.contract, slot);
        let known = 1.0 - self.metric.attrition.map_or(0.0, value);
        let cohorts = || self.truth.cohorts.iter().enumerate().filter(|(at, _)| cohort.is_none_or(|own| own == *at));
        let people: f64 = cohorts().map(|(_, of)| value(of.people) * known).sum();
        let compared = match self.fixed {
            Some(_) => None,
            // People that several cohorts share are counted once.
            None => {
                let mut owners: Vec<usize> = cohorts().filter_map(|(at, _)| self.truth.compared_of(at)).collect();
                owners.dedup();
                let own = owners.into_iter().filter_map(|at| match self.truth.cohorts.get(at)?.compared? {
                    Compared::With(slot) => Some(value(slot) * known),
                    Compared::Shared(_) => None,
                });
                Some(own.sum())
            }
        };
        let counterfactual = value(self.metric.counterfactual);
        let rate = self.fixed.map_or(counterfactual, value);
        let effect = value(self.metric.effect);
        let expected = match self.metric.effect_in {
            EffectIn::Relative => effect * counterfactual / rate,
            EffectIn::Absolute => effect / rate,
        };
        let compared_for_each = compared.map(|compared: f64| compared / people);
        let planned = Comparing { rate, scatter: self.scatter, compared_for_each, level: LEVEL };
        Some(Measurable {
            estimate,
            cohort,
            people,
            compared,
            rate,
            expected,
            detectable: planned.detectable(people, POWER).ok()?,
            power: planned.power(people, expected).ok()?,
            people_needed: planned.people(expected, POWER).ok(),
        })
    }
}
