//! Observed counts: what is counted of people whose chance or rate is another in each draw.
//!
//! One rule: as quantiles, so that the same uniform gives more where more is to be expected, and draws are shared between
//! scenarios.

use super::binomial::Binomial;
use super::count::once;
use super::negative_binomial::NegativeBinomial;
use super::poisson::Poisson;

/// How many of so many whole people have it, each with this chance, at a uniform.
pub(crate) fn of_people(people: f64, chance: f64, u: f64) -> f64 {
    if people <= 0.0 || chance <= 0.0 {
        0.0
    } else if chance >= 1.0 {
        people
    } else {
        once(&Binomial::of(people, chance), u)
    }
}

/// How many events there are where so many are expected and each comes by itself, at a uniform.
pub(crate) fn of_events(expected: f64, u: f64) -> f64 {
    if expected <= 0.0 { 0.0 } else { once(&Poisson::of(expected), u) }
}

/// How many events there are where so many are expected of all, and the rate differs between them by a dispersion:
/// variance = expected + expected² / dispersion.
pub(crate) fn of_uneven_events(expected: f64, dispersion: f64, u: f64) -> f64 {
    if expected <= 0.0 { 0.0 } else { once(&NegativeBinomial::of(expected, dispersion), u) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::Distribution;
    use rust_decimal::Decimal;

    fn decimal(number: f64) -> Decimal {
        number.to_string().parse().unwrap()
    }

    const UNIFORMS: [f64; 9] = [1e-9, 0.001, 0.03, 0.25, 0.5, 0.77, 0.96, 0.9995, 1.0 - 1e-9];

    #[test]
    fn counts_are_the_quantiles_of_their_distributions() {
        for (people, chance) in [(1.0, 0.5), (50.0, 0.63), (50.0, 0.002), (1_000.0, 0.2), (40_000.0, 0.9)] {
            let distribution = Distribution::binomial(decimal(people), decimal(chance)).unwrap();
            for u in UNIFORMS {
                assert_eq!(of_people(people, chance, u), distribution.quantile(u).unwrap(), "{people} {chance} {u}");
            }
        }
        for expected in [0.01, 1.55, 77.5, 1_550.0, 250_000.0] {
            let distribution = Distribution::poisson(decimal(expected)).unwrap();
            for u in UNIFORMS {
                assert_eq!(of_events(expected, u), distribution.quantile(u).unwrap(), "{expected} {u}");
            }
        }
        for (expected, dispersion) in [(1.55, 0.6), (77.5, 30.0), (15_500.0, 6_000.0), (3.0, 0.05)] {
            let distribution = Distribution::negative_binomial(decimal(expected), decimal(dispersion)).unwrap();
            for u in UNIFORMS {
                let found = of_uneven_events(expected, dispersion, u);
                assert_eq!(found, distribution.quantile(u).unwrap(), "{expected} {dispersion} {u}");
            }
        }
    }

    /// Uniforms everywhere, far out among them, and those beside the borders of counts (a linear congruential generator).
    fn many(distribution: &Distribution) -> Vec<f64> {
        let mut state = 7_u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0
        };
        let mut found = Vec::new();
        for _ in 0..300 {
            let u = next();
            let far = u * libm::pow(10.0, -9.0 * next());
            let border = distribution.cdf(distribution.quantile(u).unwrap());
            let beside = [border * (1.0 - 1e-7), border + (1.0 - border) * 1e-7];
            found.extend([u, far, 1.0 - far].into_iter().chain(beside).filter(|u| *u > 0.0 && *u < 1.0));
        }
        found
    }

    #[test]
    fn an_expansion_answers_only_where_it_leaves_no_doubt() {
        let mut asked = 0;
        let mut compare = |distribution: Distribution, quick: &dyn Fn(f64) -> f64| {
            for u in many(&distribution) {
                let (found, expected) = (quick(u), distribution.quantile(u).unwrap());
                // Where chances of single counts are below 1e-13 themselves, it may be a neighbour.
                let apart = (distribution.cdf(found.min(expected)) - u).abs();
                assert!(found == expected || apart < 1e-13, "{distribution:?} {u:e}: {found} {expected}");
                asked += 1;
            }
        };
        for people in [1.0, 4.0, 12.0, 50.0, 300.0, 5_000.0] {
            for chance in [0.01, 0.08, 0.2, 0.4, 0.5, 0.63, 0.9, 0.97] {
                let distribution = Distribution::binomial(decimal(people), decimal(chance)).unwrap();
                compare(distribution, &|u| of_people(people, chance, u));
            }
        }
        for expected in [0.4, 2.0, 5.0, 20.0, 77.5, 1_550.0, 40_000.0] {
            compare(Distribution::poisson(decimal(expected)).unwrap(), &|u| of_events(expected, u));
            for dispersion in [0.3, 0.6, 2.0, 30.0, 600.0, 6_000.0] {
                let distribution = Distribution::negative_binomial(decimal(expected), decimal(dispersion)).unwrap();
                compare(distribution, &|u| of_uneven_events(expected, dispersion, u));
            }
        }
        assert!(asked > 90_000, "{asked}");
    }

    #[test]
    fn nobody_has_nothing_and_a_certain_thing_everybody() {
        assert_eq!((of_people(0.0, 0.4, 0.5), of_people(9.0, 0.0, 0.5), of_people(9.0, 1.0, 0.5)), (0.0, 0.0, 9.0));
        assert_eq!((of_events(0.0, 0.9), of_uneven_events(0.0, 0.6, 0.9)), (0.0, 0.0));
    }
}
