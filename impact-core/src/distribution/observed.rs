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

    #[test]
    fn nobody_has_nothing_and_a_certain_thing_everybody() {
        assert_eq!((of_people(0.0, 0.4, 0.5), of_people(9.0, 0.0, 0.5), of_people(9.0, 1.0, 0.5)), (0.0, 0.0, 9.0));
        assert_eq!((of_events(0.0, 0.9), of_uneven_events(0.0, 0.6, 0.9)), (0.0, 0.0));
    }
}
