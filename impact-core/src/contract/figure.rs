//! Figures: what observations come to: sums, shares, effects, pools and mixes.
//!
//! # Formula
//! With *t* of *n* treated and *c* of *m* compared with, where less is wanted (else the signs turn):
//! ```text
//! relative  (c/m − t/n) / (c/m) = (c·n − t·m) / (c·n)
//! absolute   c/m − t/n          = (c·n − t·m) / (n·m)
//! avoided   (c/m − t/n) · n     = (c·n − t·m) / m
//! pooled, mixed   Σ weight · effect / Σ weight
//! ```

use super::ratio::Ratio;
use crate::model::Direction;
use crate::model::terms::Effect;
use crate::number::{Exact, Number};
use rust_decimal::Decimal;

/// Why a figure cannot be made of what was observed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FigureFault {
    /// Nothing observed of the comparison.
    #[error("nothing was observed of the group `{group}` that cohort `{cohort}` is compared with")]
    NoComparison {
        /// The comparison group.
        group: String,
        /// The cohort.
        cohort: String,
    },
    /// Results before and after a change of the comparison, taken together.
    #[error("the comparison changed meanwhile: effects of its cohorts are pooled with weights, and not their counts")]
    SeveralComparisons,
    /// A relative effect on nothing.
    #[error("there is no relative effect: the comparison has none of it")]
    NothingToReduce,
    /// A cohort that has a weight and no effect yet.
    #[error("cohort `{cohort}` has a weight and no effect yet")]
    CohortMissing {
        /// The cohort.
        cohort: String,
    },
    /// Weights that are all zero.
    #[error("the weights add up to zero")]
    NoWeight,
    /// Nothing observed.
    #[error("nothing was observed of it")]
    Unobserved,
    /// Events that are no whole number.
    #[error("`{events}` events are no whole number: counts are tested")]
    NotWhole {
        /// The events.
        events: Decimal,
    },
    /// Nothing to tell two groups apart by.
    #[error("nobody or everybody has it in both groups: no test can tell them apart")]
    NothingDiffers,
    /// No events at all.
    #[error("no event was seen in either group: no test can tell them apart")]
    NoEvents,
    /// A ratio with nothing above or below.
    #[error("a group has no events: the ratio of the rates has no logarithm, and this test needs one")]
    NoRatio,
    /// More than an exact test counts.
    #[error("more than 1000000 people or events: an exact test counts no more")]
    TooManyToCount,
    /// A figure with more digits than are kept.
    #[error("the figure has more digits than are kept")]
    TooLarge,
}

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Counted<N> {
    /// People with it, or events.
    pub count: N,
    /// People; above zero.
    pub people: N,
}

/// An effect of the treated against a comparison; none where it is relative to nothing (of exact numbers).
#[inline(always)]
pub(crate) fn effect<N: Number>(
    effect: Effect,
    direction: Direction,
    treated: Counted<N>,
    compared: Counted<N>,
) -> Ratio<N> {
    let (expected, found) = (compared.count * treated.people, treated.count * compared.people);
    let over = match direction {
        Direction::Decrease => expected - found,
        Direction::Increase => found - expected,
    };
    let under = match effect {
        Effect::Relative => expected,
        Effect::Absolute => treated.people * compared.people,
        Effect::Avoided => compared.people,
    };
    Ratio { over, under }
}

/// The weighted mean of figures.
pub(crate) fn weighted(figures: &[(Ratio<Exact>, Exact)]) -> Result<Ratio<Exact>, FigureFault> {
    let weight: Exact = figures.iter().map(|(_, weight)| *weight).sum();
    if !weight.any_above_zero() {
        return Err(FigureFault::NoWeight);
    }
    let none = Ratio::whole(Exact::ZERO);
    let sum = figures.iter().fold(none, |sum, (figure, weight)| sum.plus(figure.times(*weight)));
    let rounded = || figures.iter().map(|(figure, weight)| figure.quotient() * *weight).sum::<Exact>() / weight;
    let mean = sum.shared_by(weight).or_rounded(rounded);
    match (mean.over.value(), mean.under.value()) {
        (Ok(_), Ok(_)) => Ok(mean),
        _ => Err(FigureFault::TooLarge),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(count: i32, people: i32) -> Counted<Exact> {
        Counted { count: Exact::from(count), people: Exact::from(people) }
    }

    fn value(figure: Ratio<Exact>) -> String {
        figure.quotient().value().unwrap().normalize().to_string()
    }

    #[test]
    fn an_effect_is_above_zero_where_it_goes_the_wanted_way() {
        // 20 of 100 against 30 of 120, a quarter: 5 points less, a fifth less, 5 people fewer of 100.
        let of = |kind, direction| value(effect(kind, direction, counted(20, 100), counted(30, 120)));
        assert_eq!(of(Effect::Absolute, Direction::Decrease), "0.05");
        assert_eq!(of(Effect::Relative, Direction::Decrease), "0.2");
        assert_eq!(of(Effect::Avoided, Direction::Decrease), "5");
        assert_eq!(of(Effect::Absolute, Direction::Increase), "-0.05");
    }

    #[test]
    fn a_pool_weighs_its_cohorts() {
        // Peterborough: 8.39 % and 9.74 % with equal weights.
        let cohort = |per_myriad: i32| Ratio { over: Exact::from(per_myriad), under: Exact::from(10_000) };
        let pool = |first, second| value(weighted(&[(cohort(839), first), (cohort(974), second)]).unwrap());
        assert_eq!(pool(Exact::ONE, Exact::ONE), "0.09065");
        assert_eq!(pool(Exact::ONE, Exact::ZERO), "0.0839");
        assert_eq!(weighted(&[(cohort(839), Exact::ZERO)]), Err(FigureFault::NoWeight));
    }

    #[test]
    fn a_pool_of_many_digits_is_rounded_and_not_lost() {
        let long = Ratio { over: Exact::from(1_999_999_999), under: Exact::from(2_000_000_011) };
        let many: Vec<_> = (0..9).map(|_| (long, Exact::ONE)).collect();
        let error = (weighted(&many).unwrap().quotient() - long.quotient()).value().unwrap();
        assert!(error.abs() < "0.00000000000000000000000001".parse().unwrap(), "{error}");
    }
}
