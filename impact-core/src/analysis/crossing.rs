//! Crossings: where a curve that can only be asked point by point meets its target.
//!
//! One rule: a crossing is bracketed first and then closed in on; nothing is reported that was not evaluated on both sides.
//! Method: a scan for changes of sign, then the Illinois variant of false position (Dowell and Jarratt 1971).

use crate::number::{Exact, Fault, Number};
use rust_decimal::Decimal;

/// A value of an assumption at which a measure meets its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Crossing {
    /// The value, to 12 significant digits or exact where fewer do.
    pub value: Decimal,
    /// Whether the measure jumps over the target here instead of meeting it.
    pub jump: bool,
}

/// Significant digits of a crossing that is not exact.
const DIGITS: u32 = 12;
/// Closing in ends when the bracket is this much narrower than its place is far from zero.
const NARROW: Decimal = Decimal::from_parts(1, 0, 0, false, 14);
/// A bracket whose ends still differ by this part of their first difference holds a jump.
const JUMP: Decimal = Decimal::from_parts(1, 0, 0, false, 6);
const ROUNDS: usize = 200;

/// The gap between a measure and its target at a value; none where the measure does not exist there.
pub(super) type Gap<'g> = dyn FnMut(Decimal) -> Option<Decimal> + 'g;

/// A point and the gap there.
type Evaluated = (Decimal, Option<Decimal>);

/// All crossings between neighbouring points; whether the gap is zero at every point.
pub(super) fn crossings(points: &[Decimal], gap: &mut Gap<'_>) -> Result<(Vec<Crossing>, bool), Fault> {
    let gaps: Vec<Evaluated> = points.iter().map(|point| (*point, gap(*point))).collect();
    let everywhere = gaps.iter().all(|(_, gap)| gap.is_some_and(|gap| gap.is_zero()));
    let found = if everywhere { Vec::new() } else { between(gaps, gap, DEEPEST)? };
    Ok((found, everywhere))
}

/// Brackets within brackets, where a measure does not exist in the middle of one.
const DEEPEST: u32 = 4;

fn between(gaps: Vec<Evaluated>, gap: &mut Gap<'_>, depth: u32) -> Result<Vec<Crossing>, Fault> {
    let gaps = with_edges(gaps, gap)?;
    let mut found = Vec::new();
    for (position, (point, here)) in gaps.iter().enumerate() {
        let Some(here) = here else { continue };
        if here.is_zero() {
            found.push(Crossing { value: point.normalize(), jump: false });
            continue;
        }
        if let Some((next, Some(there))) = gaps.get(position.saturating_add(1))
            && !there.is_zero()
            && here.is_sign_positive() != there.is_sign_positive()
        {
            found.extend(close_in((*point, *here), (*next, *there), gap, depth)?);
        }
    }
    Ok(found)
}

/// Bisections towards the edge of where a measure exists.
const EDGE_ROUNDS: usize = 24;

/// The points and, where the measure exists at one of two neighbours only, those tried on the way to the edge between.
fn with_edges(gaps: Vec<Evaluated>, gap: &mut Gap<'_>) -> Result<Vec<Evaluated>, Fault> {
    let mut found = Vec::with_capacity(gaps.len());
    for (position, here) in gaps.iter().enumerate() {
        found.push(*here);
        let Some(next) = gaps.get(position.saturating_add(1)) else { break };
        if here.1.is_some() != next.1.is_some() {
            found.extend(towards_edge(*here, *next, gap)?);
        }
    }
    found.sort_by_key(|(point, _)| *point);
    Ok(found)
}

fn towards_edge(mut low: Evaluated, mut high: Evaluated, gap: &mut Gap<'_>) -> Result<Vec<Evaluated>, Fault> {
    let mut tried = Vec::new();
    for _ in 0..EDGE_ROUNDS {
        let middle = ((Exact::from(low.0) + Exact::from(high.0)) / Exact::whole(2)).value()?;
        let evaluated = (middle, gap(middle));
        tried.push(evaluated);
        if evaluated.1.is_some() == low.1.is_some() {
            low = evaluated;
        } else {
            high = evaluated;
        }
    }
    Ok(tried)
}

/// Closes in on the crossing between two points of opposite sign.
fn close_in(
    low: (Decimal, Decimal),
    high: (Decimal, Decimal),
    gap: &mut Gap<'_>,
    depth: u32,
) -> Result<Vec<Crossing>, Fault> {
    let first_difference = (Exact::from(high.1) - Exact::from(low.1)).value()?.abs();
    let (mut low, mut high) = (low, high);
    // Weights of the ends: an end that stays is trusted half as much each time.
    let (mut low_weight, mut high_weight) = (low.1, high.1);
    for round in 0..ROUNDS {
        if narrow(low.0, high.0)? {
            break;
        }
        let Some(point) = next_point(low.0, low_weight, high.0, high_weight, round)? else { break };
        let Some(there) = gap(point) else {
            let gaps = vec![(low.0, Some(low.1)), (point, None), (high.0, Some(high.1))];
            return if depth == 0 { Ok(Vec::new()) } else { between(gaps, gap, depth.saturating_sub(1)) };
        };
        if there.is_zero() {
            return Ok(vec![Crossing { value: rounded(point, gap), jump: false }]);
        }
        let half = |weight: Decimal| (Exact::from(weight) / Exact::whole(2)).value();
        if there.is_sign_positive() == low.1.is_sign_positive() {
            low = (point, there);
            low_weight = there;
            high_weight = half(high_weight)?;
        } else {
            high = (point, there);
            high_weight = there;
            low_weight = half(low_weight)?;
        }
    }
    let difference = (Exact::from(high.1) - Exact::from(low.1)).value()?.abs();
    let jump = difference > (Exact::from(first_difference) * Exact::from(JUMP)).value()?;
    let nearest = if low.1.abs() <= high.1.abs() { low.0 } else { high.0 };
    Ok(vec![Crossing { value: round(nearest), jump }])
}

fn narrow(low: Decimal, high: Decimal) -> Result<bool, Fault> {
    let width = (Exact::from(high) - Exact::from(low)).value()?.abs();
    let scale = low.abs().max(high.abs());
    Ok(width <= (Exact::from(scale) * Exact::from(NARROW)).value()?)
}

/// False position, or the middle every third round, within the bracket.
fn next_point(
    low: Decimal,
    low_weight: Decimal,
    high: Decimal,
    high_weight: Decimal,
    round: usize,
) -> Result<Option<Decimal>, Fault> {
    let (from, to) = (Exact::from(low), Exact::from(high));
    let middle = ((from + to) / Exact::whole(2)).value()?;
    let slope = Exact::from(high_weight) - Exact::from(low_weight);
    let secant = (from - Exact::from(low_weight) * (to - from) / slope).value();
    let inside = |point: &Decimal| low.min(high) < *point && *point < low.max(high);
    let chosen = if round % 3 == 2 { middle } else { secant.ok().filter(inside).unwrap_or(middle) };
    // A document holds 28 digits; two less leave room for the rounding of the last steps.
    Ok(chosen.round_sf(26).filter(inside))
}

/// The point in 12 digits where the gap is zero there too, else as it is.
fn rounded(point: Decimal, gap: &mut Gap<'_>) -> Decimal {
    let short = round(point);
    if gap(short).is_some_and(|gap| gap.is_zero()) { short } else { point.normalize() }
}

fn round(point: Decimal) -> Decimal {
    point.round_sf(DIGITS).unwrap_or(point).normalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn solve(points: &[i64], curve: impl Fn(Decimal) -> Option<Decimal>) -> Vec<(String, bool)> {
        let points: Vec<Decimal> = points.iter().copied().map(Decimal::from).collect();
        let (found, _) = crossings(&points, &mut |point| curve(point)).unwrap();
        found.into_iter().map(|crossing| (crossing.value.to_string(), crossing.jump)).collect()
    }

    #[test]
    fn a_straight_line_is_met_exactly() {
        assert_eq!(solve(&[0, 100], |x| Some(x * Decimal::TWO - Decimal::from(15))), [("7.5".to_owned(), false)]);
    }

    #[test]
    fn every_crossing_of_a_curve_is_found_and_each_once() {
        let roots = solve(&[-3, 0, 2, 5], |x| Some(x * x - Decimal::TWO));
        assert_eq!(roots, [("-1.41421356237".to_owned(), false), ("1.41421356237".to_owned(), false)]);
        assert_eq!(solve(&[0, 1, 2], |x| Some(x - Decimal::ONE)), [("1".to_owned(), false)]);
    }

    #[test]
    fn a_jump_over_the_target_is_called_a_jump() {
        let step = |x: Decimal| Some(if x < Decimal::from(3) { -Decimal::ONE } else { Decimal::ONE });
        assert_eq!(solve(&[0, 10], step), [("3".to_owned(), true)]);
    }

    #[test]
    fn a_steep_curve_is_closed_in_on() {
        let cube = |x: Decimal| Some(x * x * x - Decimal::from(1_000_000));
        assert_eq!(solve(&[0, 1000], cube), [("100".to_owned(), false)]);
    }

    #[test]
    fn a_crossing_near_the_edge_of_existence_is_found() {
        let narrow = |x: Decimal| (x < Decimal::from(6)).then(|| x - Decimal::from(5));
        assert_eq!(solve(&[0, 1, 64], narrow), [("5".to_owned(), false)]);
    }

    #[test]
    fn a_hole_in_the_middle_of_a_bracket_does_not_hide_the_crossing() {
        let holed = |x: Decimal| (x < Decimal::from(4) || x > Decimal::from(6)).then(|| x - Decimal::from(3));
        assert_eq!(solve(&[0, 10], holed), [("3".to_owned(), false)]);
    }

    #[test]
    fn points_without_a_measure_are_passed_over() {
        let half = |x: Decimal| (x > Decimal::ONE).then(|| x - Decimal::from(4));
        assert_eq!(solve(&[0, 2, 8], half), [("4".to_owned(), false)]);
    }
}
