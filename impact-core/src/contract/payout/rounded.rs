//! Rounding over any number type.

use crate::model::terms::RoundingRule;
use crate::number::Number;

/// An amount in whole multiples of the smallest one that is paid.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn rounded<N: Number>(amount: N, to: N, rule: RoundingRule) -> N {
    let negative = N::zero() - amount;
    let size = amount.max(negative) / to;
    let half = N::one() / N::whole(2);
    let units = match rule {
        RoundingRule::HalfUp => (size + half).floor(),
        RoundingRule::HalfEven => {
            let up = (size + half).floor();
            // At a tie the odd neighbour gives way to the even one below.
            let tie = up - size - half;
            let odd = up - N::whole(2) * (up * half).floor();
            let down = N::select(N::zero(), odd, up - N::one(), up);
            N::select(tie, N::zero(), up, down)
        }
        RoundingRule::Down => size.floor(),
        RoundingRule::Up => N::zero() - (N::zero() - size).floor(),
    };
    let paid = units * to;
    N::select(amount, N::zero(), N::zero() - paid, paid)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::terms::Rounding;
    use crate::number::Exact;
    use rust_decimal::Decimal;

    #[test]
    fn any_number_type_rounds_as_settlement_does() {
        // Eighths of hundredths, so that ties come up often.
        let amounts = (-4_000_i64..4_000).map(|steps| Decimal::new(steps * 125, 5));
        for (amount, to) in amounts.flat_map(|amount| [1_i64, 25, 100].map(|to| (amount, Decimal::new(to, 2)))) {
            for rule in [RoundingRule::HalfUp, RoundingRule::HalfEven, RoundingRule::Down, RoundingRule::Up] {
                let expected = Rounding { to, rule }.of(amount).unwrap();
                let found = rounded(Exact::from(amount), Exact::from(to), rule).value().unwrap();
                assert_eq!(found, expected, "{amount} to {to} {rule:?}");
            }
        }
    }

    #[test]
    fn floats_round_halves_too() {
        let of = |amount: f64, rule| rounded(amount, 0.5, rule);
        assert_eq!([of(1.25, RoundingRule::HalfUp), of(-1.25, RoundingRule::HalfUp)], [1.5, -1.5]);
        assert_eq!([of(1.25, RoundingRule::HalfEven), of(1.75, RoundingRule::HalfEven)], [1.0, 2.0]);
        assert_eq!([of(1.6, RoundingRule::Down), of(1.6, RoundingRule::Up)], [1.5, 2.0]);
    }
}
