//! Whole numbers: break-even of years and counts of years, every value of the range tried.
//!
//! One rule: where no whole value meets the target, the first beyond it is named, as a jump.

use super::crossing::{Crossing, Gap};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// The whole values at which the target is met or first passed; whether it is met at every value.
pub(super) fn whole_crossings((low, high): (Decimal, Decimal), gap: &mut Gap<'_>) -> (Vec<Crossing>, bool) {
    let ends = (low.ceil().to_i32().unwrap_or(i32::MIN), high.floor().to_i32().unwrap_or(i32::MAX));
    let mut found: Vec<Crossing> = Vec::new();
    let mut above = None;
    let mut meeting = false;
    let mut everywhere = true;
    for value in (ends.0..=ends.1).map(Decimal::from) {
        let here = gap(value);
        let met = here.is_some_and(|gap| gap.is_zero());
        everywhere &= met;
        match (here, found.last_mut()) {
            (None, _) => {}
            (Some(_), Some(last)) if met && meeting => last.to = Some(value),
            (Some(_), _) if met => {
                found.push(Crossing { value, to: None, jump: false });
                above = None;
            }
            (Some(gap), _) => {
                if above.is_some_and(|above| above != gap.is_sign_positive()) {
                    found.push(Crossing { value, to: None, jump: true });
                }
                above = Some(gap.is_sign_positive());
            }
        }
        meeting = met;
    }
    if everywhere { (Vec::new(), true) } else { (found, false) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn solve(low: i64, high: i64, curve: impl Fn(Decimal) -> Option<Decimal>) -> Vec<(String, Option<String>, bool)> {
        let (found, _) = whole_crossings((low.into(), high.into()), &mut |value| curve(value));
        let told =
            |crossing: Crossing| (crossing.value.to_string(), crossing.to.map(|to| to.to_string()), crossing.jump);
        found.into_iter().map(told).collect()
    }

    #[test]
    fn the_first_value_beyond_the_target_is_a_jump() {
        assert_eq!(solve(1, 9, |x| Some(x - Decimal::new(45, 1))), [("5".to_owned(), None, true)]);
        assert_eq!(solve(1, 9, |x| Some(x - Decimal::from(4))), [("4".to_owned(), None, false)]);
    }

    #[test]
    fn values_in_a_row_are_one_answer_and_holes_hide_no_change_of_sign() {
        let flat =
            |x: Decimal| Some(if x < Decimal::from(3) || x > Decimal::from(5) { Decimal::ONE } else { Decimal::ZERO });
        assert_eq!(solve(1, 9, flat), [("3".to_owned(), Some("5".to_owned()), false)]);
        let holed = |x: Decimal| (x != Decimal::from(5)).then(|| x - Decimal::new(45, 1));
        assert_eq!(solve(1, 9, holed), [("6".to_owned(), None, true)]);
    }
}
