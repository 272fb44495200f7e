//! Apportioning: a total among several, in proportion, in parts that add up to every digit.
//!
//! One rule: each part is rounded down, then what is left goes to the largest remainders, one last digit each. So no part of a
//! total that is no larger than all weights together exceeds its weight.

use crate::number::{Exact, Fault, PLACES};
use rust_decimal::{Decimal, RoundingStrategy};
use std::cmp::Reverse;

/// The last digit of a part, which has the decimals of a posting.
const UNIT: Decimal = Decimal::from_parts(1, 0, 0, false, PLACES);

/// A part with what rounding down took from it, and what it must not exceed.
struct Part {
    amount: Decimal,
    remainder: Decimal,
    limit: Decimal,
}

/// A total in proportion to weights, none of which is below zero, and which are no smaller together.
pub(super) fn apportioned(total: Decimal, weights: &[Decimal]) -> Result<Vec<Decimal>, Fault> {
    let whole = weights.iter().map(|weight| Exact::from(*weight)).sum::<Exact>();
    if whole == Exact::ZERO {
        return Ok(vec![Decimal::ZERO; weights.len()]);
    }
    let part = |weight: &Decimal| {
        // A share of one first: the product of two amounts may have more digits than a decimal holds.
        let exact = (Exact::from(*weight) / whole * Exact::from(total)).value()?;
        Ok(rounded_down(exact, *weight))
    };
    added_up(total, weights.iter().map(part).collect::<Result<_, Fault>>()?)
}

/// Parts of a total as shares of it, which add up to one.
pub(super) fn shares(total: Decimal, parts: &[Decimal]) -> Result<Vec<Decimal>, Fault> {
    let share = |part: &Decimal| {
        (Exact::from(*part) / Exact::from(total)).value().map(|share| rounded_down(share, Decimal::MAX))
    };
    added_up(Decimal::ONE, parts.iter().map(share).collect::<Result<_, Fault>>()?)
}

fn rounded_down(exact: Decimal, limit: Decimal) -> Part {
    let amount = exact.round_dp_with_strategy(PLACES, RoundingStrategy::ToNegativeInfinity).min(limit);
    Part { amount, remainder: exact - amount, limit }
}

/// The parts with what is left of the total handed out.
fn added_up(total: Decimal, mut parts: Vec<Part>) -> Result<Vec<Decimal>, Fault> {
    let handed: Exact = parts.iter().map(|part| Exact::from(part.amount)).sum();
    let mut left = (Exact::from(total) - handed).value()?;
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|position| Reverse(parts.get(*position).map(|part| part.remainder)));
    // Rounding down leaves less than a last digit a part, and dividing errs by less again: two rounds hand out everything.
    for position in order.iter().chain(&order) {
        let Some(part) = parts.get_mut(*position) else { continue };
        let step = left.clamp(-UNIT, UNIT);
        if part.remainder != Decimal::ZERO && part.amount + step <= part.limit {
            part.amount += step;
            left -= step;
        }
    }
    Ok(parts.into_iter().map(|part| part.amount.normalize()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimals(texts: &[&str]) -> Vec<Decimal> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    fn parts(total: &str, weights: &[&str]) -> Vec<String> {
        let parts = apportioned(total.parse().unwrap(), &decimals(weights)).unwrap();
        parts.iter().map(Decimal::to_string).collect()
    }

    #[test]
    fn thirds_add_up_to_the_whole() {
        assert_eq!(parts("1", &["1", "1", "1"]), ["0.333333333334", "0.333333333333", "0.333333333333"]);
    }

    #[test]
    fn the_whole_of_the_weights_is_the_weights() {
        let weights = ["10.499999999999", "0", "0.000000000001"];
        assert_eq!(parts("10.5", &weights), weights);
    }

    #[test]
    fn nobody_pays_where_nobody_gains() {
        assert_eq!(parts("0", &["0", "0"]), ["0", "0"]);
    }

    #[test]
    fn shares_add_up_to_one_where_some_are_below_zero() {
        let shares = shares(Decimal::from(3), &decimals(&["2", "2", "-1"])).unwrap();
        assert_eq!(shares, decimals(&["0.666666666667", "0.666666666667", "-0.333333333334"]));
        assert_eq!(shares.iter().sum::<Decimal>(), Decimal::ONE);
    }
}
