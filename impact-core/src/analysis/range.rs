//! Ranges: how far a search goes, and the values it tries first.
//!
//! One rule: a range that nobody asked for never fails: it ends where decimals do.

use super::break_even::{BreakEvenError, BreakEvenQuestion};
use super::varied::{Takes, VariedNumber};
use crate::address::Address;
use crate::model::Accepts;
use crate::number::{Exact, Fault, Number, to_significant};
use rust_decimal::Decimal;

/// How far the search goes from the point value: this many doublings, and as many halvings.
const DOUBLINGS: i32 = 20;
/// Equal steps within the range.
const STEPS: i32 = 48;
/// Digits of the values tried: a document holds 28, and two less leave room for the rounding of the last steps.
pub(super) const DIGITS: u32 = 26;

/// The smallest number above zero.
const SMALLEST: Decimal = Decimal::from_parts(1, 0, 0, false, 28);
/// The largest number of a document, 7.9e27.
fn largest() -> Decimal {
    Decimal::try_from_i128_with_scale(7_900_000_000_000_000_000_000_000_000, 0).unwrap_or(Decimal::MAX)
}

/// The range asked for, or the one the number takes.
pub(super) fn range(asked: &BreakEvenQuestion, number: &VariedNumber) -> Result<(Decimal, Decimal), BreakEvenError> {
    let asked_for = asked.range.unwrap_or_else(|| usual(number.takes, number.current));
    within(&asked.address, number.takes, asked_for)
}

/// A range, where the number takes both its ends.
pub(super) fn within(
    address: &Address,
    takes: Takes,
    (low, high): (Decimal, Decimal),
) -> Result<(Decimal, Decimal), BreakEvenError> {
    if low < high && takes.takes(low) && takes.takes(high) {
        Ok((low, high))
    } else {
        Err(BreakEvenError::Range { address: address.clone(), low, high, expected: takes.words })
    }
}

fn usual(takes: Takes, point: Decimal) -> (Decimal, Decimal) {
    if let Some(whole) = takes.whole {
        return (Decimal::from(whole.usual.0), Decimal::from(whole.usual.1));
    }
    let scaled = |exponent: i32| (Exact::from(scale(point)) * Exact::whole(2).power(exponent)).value();
    let far = to_significant(scaled(DOUBLINGS).unwrap_or(Decimal::MAX).min(largest()), DIGITS);
    let far = far.min(takes.most.unwrap_or(Decimal::MAX));
    match takes.accepts {
        Accepts::Share => (Decimal::ZERO, Decimal::ONE),
        Accepts::Growth => (Decimal::new(-9, 1), Decimal::ONE),
        Accepts::Difference => (Decimal::NEGATIVE_ONE, Decimal::ONE),
        Accepts::NotNegative | Accepts::People => (Decimal::ZERO, far),
        Accepts::Positive | Accepts::SomePeople => {
            let near = to_significant(scaled(DOUBLINGS.saturating_neg()).unwrap_or(SMALLEST), DIGITS);
            (near.max(SMALLEST), far)
        }
        Accepts::Any => (-far, far),
    }
}

fn scale(point: Decimal) -> Decimal {
    if point.is_zero() { Decimal::ONE } else { point.abs() }
}

/// The values tried first: equal steps over the range, and doublings from the point value both ways.
pub(super) fn points((low, high): (Decimal, Decimal), point: Decimal) -> Result<Vec<Decimal>, Fault> {
    let step = (Exact::from(high) - Exact::from(low)) / Exact::whole(STEPS);
    let steps = (1..STEPS).map(|position| (Exact::from(low) + step * Exact::whole(position)).value());
    let mut points = steps.collect::<Result<Vec<_>, _>>()?;
    points.push(point);
    for sign in [1, -1] {
        for exponent in DOUBLINGS.saturating_neg()..=DOUBLINGS {
            let scaled = Exact::from(scale(point)) * Exact::whole(2).power(exponent) * Exact::whole(sign);
            points.extend(scaled.value());
        }
    }
    let mut points: Vec<Decimal> = points.into_iter().map(|point| to_significant(point, DIGITS)).collect();
    points.retain(|value| low < *value && *value < high);
    points.extend([low, high]);
    points.sort();
    points.dedup();
    Ok(points)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_range_holds_at_the_ends_of_what_decimals_hold() {
        let far: Decimal = "7900000000000000000000000000".parse().unwrap();
        for accepts in [Accepts::Any, Accepts::Growth, Accepts::NotNegative, Accepts::Positive, Accepts::Share] {
            let takes = Takes { accepts, most: None, whole: None, words: accepts.words() };
            for point in [Decimal::new(1, 28), far, -far, Decimal::ZERO, Decimal::ONE] {
                if !accepts.accepts(point) {
                    continue;
                }
                let (low, high) = usual(takes, point);
                assert!(low < high && takes.takes(low) && takes.takes(high), "{accepts:?} around {point}");
                let points = points((low, high), point).unwrap();
                assert!(points.first() == Some(&low) && points.last() == Some(&high));
                assert!(points.iter().all(|point| point.to_string().parse() == Ok(*point)));
            }
        }
    }
}
