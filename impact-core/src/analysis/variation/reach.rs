//! Reach: how far a number is moved for its bar of a tornado.
//!
//! One rule: a risk is not hidden for being rare. Where the two quantiles asked for are one value, or both lie on one side of
//! the value in the model, the bar reaches further out, and says so.

use super::axis::DIGITS;
use crate::distribution::Distribution;
use crate::number::to_significant;
use crate::units::Label;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

/// Chances that are tried below and above a continuous number, or a count without end, one after the other.
const FURTHER: [f64; 5] = [0.01, 0.001, 1e-4, 1e-6, 1e-9];

/// What the two values of a number are.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
#[serde(rename_all = "snake_case", tag = "ends", content = "chance")]
pub enum Reach {
    /// The two quantiles asked for.
    Quantiles,
    /// The two values given.
    Given,
    /// The least and the greatest value it can have, as the quantiles would hide what is rare.
    Support,
    /// The quantiles with this chance below the low and above the high one, as those asked for would hide what is rare.
    Further(f64),
    /// The quantiles asked for, although they hide what is rare: nothing further out shows it.
    Hidden,
}

impl Reach {
    /// What a reader is to know of the bar; none for one that is as asked.
    pub fn note(self) -> Option<Label> {
        let why = (
            "the two quantiles would hide what is rare (both are one value, or both lie on one side of the value in the model)",
            "de to kvantilene ville skjult det som er sjeldent (de er samme verdi, eller begge ligger på samme side av verdien i modellen)",
        );
        let (en, nb) = match self {
            Self::Quantiles | Self::Given => return None,
            Self::Support => (
                "low and high are the least and the greatest value it can have".to_owned(),
                "lav og høy er den minste og den største verdien det kan ha".to_owned(),
            ),
            Self::Further(chance) => (
                format!("low and high have a chance of {chance} below and above them"),
                format!("lav og høy har en sannsynlighet på {chance} under og over seg"),
            ),
            Self::Hidden => {
                ("the bar shows only what is likely".to_owned(), "stolpen viser bare det som er sannsynlig".to_owned())
            }
        };
        Some(Label::both(format!("{}: {en}", why.0), format!("{}: {nb}", why.1)))
    }
}

/// The two values of a number, whose value in the model is `point`, and what they are.
pub(super) fn reach(
    distribution: &Distribution,
    (low, high): (f64, f64),
    point: Decimal,
) -> ([Option<Decimal>; 2], Reach) {
    let asked = [quantile(distribution, low), quantile(distribution, high)];
    if around(&asked, point) {
        return (asked, Reach::Quantiles);
    }
    let (least, greatest) = distribution.support();
    if distribution.is_discrete() && least.is_finite() && greatest.is_finite() {
        let ends = [decimal(least), decimal(greatest)];
        if around(&ends, point) {
            return (ends, Reach::Support);
        }
    }
    for chance in FURTHER.into_iter().filter(|chance| *chance < low.min(1.0 - high)) {
        let above = distribution.upper_quantile(chance).ok().and_then(decimal);
        let ends = [quantile(distribution, chance), above];
        if around(&ends, point) {
            return (ends, Reach::Further(chance));
        }
    }
    (asked, Reach::Hidden)
}

/// Whether two values differ, with the point between them. What decimals do not hold is left to its own reason.
fn around(ends: &[Option<Decimal>; 2], point: Decimal) -> bool {
    match ends {
        [Some(low), Some(high)] => low < high && (*low..=*high).contains(&point),
        _ => true,
    }
}

/// A quantile as a decimal of twelve significant digits; none beyond what decimals hold.
fn quantile(distribution: &Distribution, chance: f64) -> Option<Decimal> {
    decimal(distribution.quantile(chance).ok()?)
}

fn decimal(value: f64) -> Option<Decimal> {
    Some(to_significant(Decimal::from_f64(value)?, DIGITS).normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(distribution: &Distribution) -> ([Option<Decimal>; 2], Reach) {
        reach(distribution, (0.05, 0.95), distribution.mean_exact())
    }

    #[test]
    fn what_is_likely_reaches_to_the_quantiles_asked_for() {
        let (ends, how) = asked(&Distribution::uniform(0.into(), 10.into()).unwrap());
        assert_eq!((ends, how), ([Some(Decimal::new(5, 1)), Some(Decimal::new(95, 1))], Reach::Quantiles));
        assert_eq!(how.note(), None);
    }

    #[test]
    fn a_risk_of_two_in_a_hundred_reaches_to_both_its_values() {
        let risk = Distribution::discrete(&[(0.into(), 98.into()), (1.into(), 2.into())]).unwrap();
        assert_eq!(asked(&risk), ([Some(Decimal::ZERO), Some(Decimal::ONE)], Reach::Support));
        assert!(Reach::Support.note().unwrap().en.ends_with("the least and the greatest value it can have"));
    }

    #[test]
    fn a_rare_count_without_an_end_reaches_to_quantiles_further_out() {
        let (ends, how) = asked(&Distribution::poisson(Decimal::new(2, 2)).unwrap());
        assert_eq!((ends, how), ([Some(Decimal::ZERO), Some(Decimal::ONE)], Reach::Further(0.01)));
        assert!(how.note().unwrap().en.contains("a chance of 0.01 below and above"));
    }

    #[test]
    fn a_mean_beyond_both_quantiles_is_brought_between_the_two() {
        let skewed = Distribution::lognormal_from_mean(1.into(), 60.into()).unwrap();
        assert!(skewed.mean() > skewed.quantile(0.9).unwrap());
        let (ends, how) = reach(&skewed, (0.1, 0.9), skewed.mean_exact());
        assert_eq!(how, Reach::Further(0.01));
        assert!(around(&ends, skewed.mean_exact()));
    }

    #[test]
    fn a_point_that_nothing_reaches_is_said_to_be_hidden() {
        let narrow = Distribution::uniform(0.into(), 1.into()).unwrap();
        assert_eq!(reach(&narrow, (0.05, 0.95), 5.into()).1, Reach::Hidden);
    }
}
