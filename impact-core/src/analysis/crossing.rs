//! Crossings: where a curve that can only be asked point by point meets its target.
//!
//! One rule: a crossing is bracketed first and then closed in on; nothing is reported that was not evaluated.
//! Method: a scan for changes of sign, then the Illinois variant of false position (Dowell and Jarratt 1971).

use super::range::DIGITS;
use crate::number::{Exact, Number, to_significant};
use rust_decimal::Decimal;

/// A value of an assumption at which a measure meets its target, or a range of such values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Crossing {
    /// The value, to 12 significant digits where that meets the target as well; of a range, the first.
    pub value: Decimal,
    /// Of a range of values that all meet the target, the last; none where a single value does.
    pub to: Option<Decimal>,
    /// Whether the measure jumps over the target here instead of meeting it.
    pub jump: bool,
}

/// Significant digits of a crossing that is not exact.
const SHORT: u32 = 12;
/// Closing in ends when the bracket is this much narrower than its place is far from zero.
const NARROW: Decimal = Decimal::from_parts(1, 0, 0, false, 14);
/// A bracket whose ends still differ by this part of their first difference holds a jump.
const JUMP: Decimal = Decimal::from_parts(1, 0, 0, false, 6);
/// What rounding may cost: so many times what the mean slope of the first bracket makes of it. A jump costs more.
const ROUNDING: Decimal = Decimal::from_parts(16, 0, 0, false, 0);
/// How near, as a part of the way to the next value tried, a neighbour must meet the target too for a range of values.
const BESIDE: Decimal = Decimal::from_parts(1, 0, 0, false, 9);
/// Steps of closing in on a crossing.
const ROUNDS: usize = 200;
/// Bisections towards the edge of where a measure exists.
const EDGE_ROUNDS: usize = 24;
/// Bisections towards the end of a range of values.
const RANGE_ROUNDS: usize = 48;
/// Brackets within brackets, where a measure does not exist in the middle of one.
const DEEPEST: u32 = 4;

/// The gap between a measure and its target at a value; none where the measure does not exist there.
pub(super) type Gap<'g> = dyn FnMut(Decimal) -> Option<Decimal> + 'g;

/// A point and the gap there.
pub(super) type Evaluated = (Decimal, Option<Decimal>);
/// A point where the measure exists, and the gap there.
type Known = (Decimal, Decimal);

/// All crossings between neighbouring points; whether the gap is zero at every point. Where the sign of the gap changes to the
/// next point, or the gap is missing at one of the two, the gaps given are exact.
pub(super) fn crossings(gaps: Vec<Evaluated>, gap: &mut Gap<'_>) -> (Vec<Crossing>, bool) {
    let everywhere = gaps.iter().all(|(_, gap)| gap.is_some_and(|gap| gap.is_zero()));
    let mut found = if everywhere { Vec::new() } else { between(gaps, gap, DEEPEST) };
    found.dedup_by(|next, last| next.value <= last.to.unwrap_or(last.value));
    (found, everywhere)
}

/// The points that meet the target in a row, and the point before them.
struct Row {
    before: Option<Decimal>,
    first: Decimal,
    last: Decimal,
}

fn between(gaps: Vec<Evaluated>, gap: &mut Gap<'_>, depth: u32) -> Vec<Crossing> {
    let mut found = Vec::new();
    let mut row: Option<Row> = None;
    // The last point with a gap, and whether the measure was missing since.
    let (mut known, mut hole): (Option<Known>, bool) = (None, false);
    let mut before = None;
    for (point, here) in with_edges(gaps, gap) {
        let met = here.is_some_and(|gap| gap.is_zero());
        match (&mut row, met) {
            (Some(row), true) => row.last = point,
            (None, true) => row = Some(Row { before, first: point, last: point }),
            (_, false) => found.extend(row.take().map(|row| met_at(&row, Some(point), gap))),
        }
        match here {
            None => hole = true,
            Some(_) if met => (known, hole) = (None, false),
            Some(here) => {
                if let Some(last) = known.filter(|last| last.1.is_sign_positive() != here.is_sign_positive()) {
                    let next = (point, here);
                    found.extend(if hole { vec![jump(last, next, gap)] } else { close_in(last, next, gap, depth) });
                }
                (known, hole) = (Some((point, here)), false);
            }
        }
        before = Some(point);
    }
    found.extend(row.map(|row| met_at(&row, None, gap)));
    found
}

/// The points and, where the measure exists at one of two neighbours only, those tried on the way to the edge between.
fn with_edges(gaps: Vec<Evaluated>, gap: &mut Gap<'_>) -> Vec<Evaluated> {
    let mut found = Vec::with_capacity(gaps.len());
    for (position, here) in gaps.iter().enumerate() {
        found.push(*here);
        let Some(next) = gaps.get(position.saturating_add(1)) else { break };
        if here.1.is_some() != next.1.is_some() {
            found.extend(towards_edge(*here, *next, gap));
        }
    }
    found.sort_by_key(|(point, _)| *point);
    found
}

fn towards_edge(mut low: Evaluated, mut high: Evaluated, gap: &mut Gap<'_>) -> Vec<Evaluated> {
    let mut tried = Vec::new();
    for _ in 0..EDGE_ROUNDS {
        let Some(middle) = middle(low.0, high.0) else { break };
        let evaluated = (middle, gap(middle));
        tried.push(evaluated);
        if evaluated.1.is_some() == low.1.is_some() {
            low = evaluated;
        } else {
            high = evaluated;
        }
    }
    tried
}

/// The crossing where one or more points in a row meet the target: a value, or a range with its ends.
fn met_at(row: &Row, after: Option<Decimal>, gap: &mut Gap<'_>) -> Crossing {
    let first = row.before.map_or(row.first, |before| last_met(row.first, before, gap));
    let last = after.map_or(row.last, |after| last_met(row.last, after, gap));
    let value = met_shortly(first, gap);
    let to = Some(met_shortly(last, gap)).filter(|to| first != last && *to > value);
    Crossing { value, to, jump: false }
}

/// The point farthest from one that meets the target, towards one that does not, that still meets it.
fn last_met(met: Decimal, missed: Decimal, gap: &mut Gap<'_>) -> Decimal {
    let mut zero = |point: Decimal| gap(point).is_some_and(|gap| gap.is_zero());
    let beside = Exact::from(met) + (Exact::from(missed) - Exact::from(met)) * Exact::from(BESIDE);
    let beside = beside.value().map(|point| to_significant(point, DIGITS)).unwrap_or(met);
    if beside == met || !zero(beside) {
        return met;
    }
    let (mut met, mut missed) = (beside, missed);
    for _ in 0..RANGE_ROUNDS {
        let Some(middle) = middle(met, missed) else { break };
        if zero(middle) { met = middle } else { missed = middle }
    }
    met
}

/// A point that meets the target, in as few digits as meet it.
fn met_shortly(point: Decimal, gap: &mut Gap<'_>) -> Decimal {
    let shorter = [SHORT, DIGITS].map(|digits| to_significant(point, digits));
    shorter.into_iter().find(|short| gap(*short).is_some_and(|gap| gap.is_zero())).unwrap_or(point).normalize()
}

/// Closes in on the crossing between two points of opposite sign.
fn close_in(low: Known, high: Known, gap: &mut Gap<'_>, depth: u32) -> Vec<Crossing> {
    let first_difference = half_difference(low.1, high.1);
    let slope = (Exact::from(first_difference) / Exact::from(half_difference(low.0, high.0))).value();
    let allowed = part(slope.unwrap_or(Decimal::ZERO), ROUNDING);
    let (mut low, mut high) = (low, high);
    // Weights of the ends: an end that stays is trusted half as much each time.
    let (mut low_weight, mut high_weight) = (low.1, high.1);
    for round in 0..ROUNDS {
        if narrow(low.0, high.0) {
            break;
        }
        let Some(point) = next_point((low.0, low_weight), (high.0, high_weight), round) else { break };
        let Some(there) = gap(point) else {
            let gaps = vec![(low.0, Some(low.1)), (point, None), (high.0, Some(high.1))];
            return if depth == 0 { vec![jump(low, high, gap)] } else { between(gaps, gap, depth.saturating_sub(1)) };
        };
        if there.is_zero() {
            let mut crossing = met_at(&Row { before: Some(low.0), first: point, last: point }, Some(high.0), gap);
            if crossing.to.is_none() {
                crossing.value = rounded((crossing.value, Decimal::ZERO), allowed, gap);
            }
            return vec![crossing];
        }
        if there.is_sign_positive() == low.1.is_sign_positive() {
            low = (point, there);
            low_weight = there;
            high_weight = half(high_weight);
        } else {
            high = (point, there);
            high_weight = there;
            low_weight = half(low_weight);
        }
    }
    if half_difference(low.1, high.1) > part(first_difference, JUMP) {
        return vec![jump(low, high, gap)];
    }
    vec![Crossing { value: rounded(nearer(low, high), allowed, gap), to: None, jump: false }]
}

/// The end at which the measure is nearer to its target.
fn nearer(low: Known, high: Known) -> Known {
    if low.1.abs() <= high.1.abs() { low } else { high }
}

/// A jump over the target between two points.
fn jump(low: Known, high: Known, gap: &mut Gap<'_>) -> Crossing {
    Crossing { value: rounded(nearer(low, high), Decimal::ZERO, gap), to: None, jump: true }
}

/// The point in few digits where the measure is no farther from its target there, or by no more than a slope explains; else
/// as it is.
fn rounded(point: Known, slope: Decimal, gap: &mut Gap<'_>) -> Decimal {
    let shorter = [SHORT, DIGITS].map(|digits| to_significant(point.0, digits));
    let close = |short: &Decimal| {
        let moved = (Exact::from(*short) - Exact::from(point.0)).value().map_or(Decimal::ZERO, |moved| moved.abs());
        let most = point.1.abs().max(part(slope, moved));
        gap(*short).is_some_and(|gap| gap.abs() <= most)
    };
    shorter.into_iter().find(close).unwrap_or(point.0).normalize()
}

fn half(value: Decimal) -> Decimal {
    (Exact::from(value) / Exact::whole(2)).value().unwrap_or(value)
}

fn part(value: Decimal, part: Decimal) -> Decimal {
    (Exact::from(value) * Exact::from(part)).value().unwrap_or(value)
}

/// Half the distance of two numbers, which a decimal always holds.
fn half_difference(low: Decimal, high: Decimal) -> Decimal {
    (Exact::from(half(high)) - Exact::from(half(low))).value().unwrap_or(Decimal::MAX).abs()
}

fn narrow(low: Decimal, high: Decimal) -> bool {
    half_difference(low, high) <= half(part(low.abs().max(high.abs()), NARROW))
}

/// The middle of two points, where there is one between them.
fn middle(one: Decimal, other: Decimal) -> Option<Decimal> {
    let middle = (Exact::from(half(one)) + Exact::from(half(other))).value().ok()?;
    Some(to_significant(middle, DIGITS)).filter(|point| one.min(other) < *point && *point < one.max(other))
}

/// False position between two points with their weights, or the middle every third round, within the bracket.
fn next_point((low, low_weight): Known, (high, high_weight): Known, round: usize) -> Option<Decimal> {
    let (from, to) = (Exact::from(low), Exact::from(high));
    let slope = Exact::from(high_weight) - Exact::from(low_weight);
    let secant = (from - Exact::from(low_weight) * ((to - from) / slope)).value();
    let secant = secant.ok().map(|point| to_significant(point, DIGITS));
    let inside = |point: &Decimal| low < *point && *point < high;
    secant.filter(|point| round % 3 != 2 && inside(point)).or_else(|| middle(low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scanned(points: &[Decimal], curve: &impl Fn(Decimal) -> Option<Decimal>) -> Vec<Evaluated> {
        points.iter().map(|point| (*point, curve(*point))).collect()
    }

    fn solve(points: &[i64], curve: impl Fn(Decimal) -> Option<Decimal>) -> Vec<(String, bool)> {
        let points: Vec<Decimal> = points.iter().copied().map(Decimal::from).collect();
        let (found, _) = crossings(scanned(&points, &curve), &mut |point| curve(point));
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

    #[test]
    fn points_in_a_row_that_meet_the_target_are_one_range() {
        let flat =
            |x: Decimal| Some((x - Decimal::from(3)).min(Decimal::ZERO) + (x - Decimal::from(7)).max(Decimal::ZERO));
        let points = [0, 2, 4, 5, 6, 10].map(Decimal::from);
        for points in [points.as_slice(), &[Decimal::ZERO, Decimal::TEN]] {
            let (found, everywhere) = crossings(scanned(points, &flat), &mut |x| flat(x));
            let [Crossing { value, to: Some(to), jump: false }] = found.as_slice() else { panic!("{found:?}") };
            assert_eq!((value.round_dp(9), to.round_dp(9), everywhere), (Decimal::from(3), Decimal::from(7), false));
            assert_eq!((flat(*value), flat(*to)), (Some(Decimal::ZERO), Some(Decimal::ZERO)), "both were evaluated");
        }
    }

    #[test]
    fn a_change_of_sign_over_a_hole_is_a_jump() {
        let holed = |x: Decimal| (x < Decimal::from(2) || x > Decimal::from(8)).then(|| x - Decimal::from(5));
        let found = solve(&[0, 1, 3, 5, 7, 9], holed);
        assert!(matches!(found.as_slice(), [(_, true)]), "{found:?}");
        let found = solve(&[0, 10], holed);
        assert!(matches!(found.as_slice(), [(_, true)]), "{found:?}");
    }

    #[test]
    fn a_crossing_that_rounding_would_lose_keeps_its_digits() {
        let edge: Decimal = "1.00000000000049".parse().unwrap();
        let steep = move |x: Decimal| Some(if x < edge { -Decimal::ONE } else { x - edge + Decimal::new(1, 3) });
        let (found, _) = crossings(scanned(&[Decimal::ZERO, Decimal::TWO], &steep), &mut |x| steep(x));
        assert!(found[0].jump && steep(found[0].value).unwrap() < Decimal::new(1, 2), "{found:?}");
    }

    #[test]
    fn gaps_as_large_as_decimals_are_closed_in_on() {
        let huge = |x: Decimal| Some(if x < Decimal::ONE { Decimal::MIN } else { Decimal::MAX });
        assert_eq!(solve(&[-7, 7], huge), [("1".to_owned(), true)]);
    }
}
