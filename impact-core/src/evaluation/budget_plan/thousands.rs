//! Whole thousands that add up.

use super::column::Cell;
use crate::number::Exact;
use rust_decimal::Decimal;

fn in_thousands(amount: Exact) -> Exact {
    amount / Exact::from(Decimal::ONE_THOUSAND)
}

fn floor(number: Exact) -> Exact {
    number.value().map_or(number, |value| Exact::from(value.floor()))
}

/// The nearest whole thousands; halves go up, so that equal steps round equally.
pub(super) fn nearest(amount: Exact) -> Exact {
    floor(in_thousands(amount) + Exact::from(Decimal::new(5, 1)))
}

/// Amounts in whole thousands that add up to their total: rounded down, then the largest remainders up.
pub(super) fn apportioned(amounts: &[Exact], total: Exact) -> Vec<Cell> {
    let mut cells: Vec<Cell> =
        amounts.iter().map(|amount| Cell { amount: *amount, thousands: floor(in_thousands(*amount)) }).collect();
    let missing = total - cells.iter().map(|cell| cell.thousands).sum();
    let missing = missing.value().ok().and_then(|missing| usize::try_from(missing).ok()).unwrap_or(0);
    let remainder = |cell: &Cell| (in_thousands(cell.amount) - cell.thousands).value().unwrap_or(Decimal::ZERO);
    let mut order: Vec<usize> = (0..cells.len()).collect();
    order.sort_by_key(|position| std::cmp::Reverse(cells.get(*position).map(remainder)));
    for position in order.into_iter().take(missing) {
        if let Some(cell) = cells.get_mut(position) {
            cell.thousands = cell.thousands + Exact::ONE;
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thousands(amounts: &[&str], total: i32) -> Vec<String> {
        let amounts: Vec<Exact> = amounts.iter().map(|text| Exact::from(text.parse::<Decimal>().unwrap())).collect();
        let cells = apportioned(&amounts, Exact::from(total));
        cells.iter().map(|cell| cell.thousands.value().unwrap().to_string()).collect()
    }

    #[test]
    fn the_largest_remainders_are_rounded_up() {
        assert_eq!(thousands(&["-1000000", "490400", "489700", "400"], -19), ["-1000", "491", "490", "0"]);
        assert_eq!(thousands(&["1600", "1600", "1800"], 5), ["2", "1", "2"]);
    }

    #[test]
    fn equal_remainders_are_rounded_in_their_order() {
        assert_eq!(thousands(&["500", "500"], 1), ["1", "0"]);
        assert_eq!(thousands(&["-500", "-500"], -1), ["0", "-1"]);
    }

    #[test]
    fn halves_go_up_on_both_sides_of_zero() {
        let nearest = |text: &str| nearest(Exact::from(text.parse::<Decimal>().unwrap())).value().unwrap().to_string();
        assert_eq!([nearest("500"), nearest("-500"), nearest("-501")], ["1", "0", "-1"]);
    }
}
