//! Apportioning: an amount in shares of the smallest unit that is paid.
//!
//! One rule: shares add up to the amount; what rounding leaves goes to the largest remainders, in order where they are equal.

use crate::model::terms::{Rounding, RoundingRule};
use crate::number::{Exact, Fault};
use rust_decimal::Decimal;

/// An amount in proportion to weights, in whole units. The amount is not below zero; all weights zero: nothing for anybody.
pub(super) fn apportion(amount: Exact, weights: &[Exact], unit: Decimal) -> Result<Vec<Exact>, Fault> {
    let down = Rounding { to: unit, rule: RoundingRule::Down };
    let sum = weights.iter().copied().sum::<Exact>();
    if sum.value()?.is_zero() {
        return Ok(vec![Exact::ZERO; weights.len()]);
    }
    let mut parts = Vec::with_capacity(weights.len());
    let mut remainders = Vec::with_capacity(weights.len());
    for (position, weight) in weights.iter().enumerate() {
        let whole = (amount * *weight / sum).value()?;
        let part = down.of(whole)?;
        parts.push(Exact::from(part));
        remainders.push((position, (Exact::from(whole) - Exact::from(part)).value()?));
    }
    remainders.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
    let mut left = (amount - parts.iter().copied().sum::<Exact>()).value()?;
    for (position, _) in remainders {
        let step = left.min(unit);
        if let Some(part) = parts.get_mut(position).filter(|_| step > Decimal::ZERO) {
            *part = *part + Exact::from(step);
            left = (Exact::from(left) - Exact::from(step)).value()?;
        }
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(amount: &str, weights: &[i32], unit: &str) -> Vec<String> {
        let weights: Vec<Exact> = weights.iter().map(|weight| Exact::from(*weight)).collect();
        let amount = Exact::from(amount.parse::<Decimal>().unwrap());
        let parts = apportion(amount, &weights, unit.parse().unwrap()).unwrap();
        parts.iter().map(|part| part.value().unwrap().normalize().to_string()).collect()
    }

    #[test]
    fn what_rounding_leaves_goes_to_the_largest_remainders() {
        // 33.33 each, and an øre for the first; 66.666… and 33.333… round down to 66.66 and 33.33.
        assert_eq!(shares("100", &[1, 1, 1], "0.01"), ["33.34", "33.33", "33.33"]);
        assert_eq!(shares("100", &[2, 1], "0.01"), ["66.67", "33.33"]);
        assert_eq!(shares("100", &[2, 1], "1"), ["67", "33"]);
    }

    #[test]
    fn no_weight_gets_nothing() {
        assert_eq!(shares("100", &[0, 0], "0.01"), ["0", "0"]);
        assert_eq!(shares("0", &[1, 2], "0.01"), ["0", "0"]);
    }
}
