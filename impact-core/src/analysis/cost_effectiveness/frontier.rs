//! The frontier: which of several costs and units are worth choosing between.

use crate::number::{Exact, Fault, Number};
use rust_decimal::Decimal;

/// Where an option stands among all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Place {
    /// Whether it is worth choosing at some price of a unit.
    pub on_frontier: bool,
    /// The option that gives no less for no more, where one does.
    pub dominated_by: Option<usize>,
    /// The two options of which a mix gives as much for less, where two do.
    pub extendedly_dominated_by: Option<(usize, usize)>,
    /// On the frontier, the option before it; none for the one with the fewest units.
    pub after: Option<usize>,
    /// What a unit more costs than with that one.
    pub step_per_unit: Option<Decimal>,
}

/// The places of options by their costs and units.
///
/// # Errors
/// Numbers that no decimal holds.
///
/// # Examples
/// ```
/// use impact_core::analysis::places;
/// let pair = |cost: i64, units: i64| (cost.into(), units.into());
/// // The second costs 20 a unit from the first, and the third only 10 a unit more: a mix of first and third beats it.
/// let found = places(&[pair(0, 0), pair(200, 10), pair(250, 15)])?;
/// assert_eq!(found[1].extendedly_dominated_by, Some((0, 2)));
/// assert_eq!(found[2].after, Some(0));
/// # Ok::<(), impact_core::number::Fault>(())
/// ```
pub fn places(options: &[(Decimal, Decimal)]) -> Result<Vec<Place>, Fault> {
    let mut places: Vec<Place> =
        (0..options.len()).map(|at| Place { dominated_by: dominator(options, at), ..Place::default() }).collect();
    let mut order: Vec<(usize, Decimal, Decimal)> = options
        .iter()
        .zip(&places)
        .enumerate()
        .filter(|(_, (_, place))| place.dominated_by.is_none())
        .map(|(at, ((cost, units), _))| (at, *cost, *units))
        .collect();
    order.sort_by(|left, right| left.2.cmp(&right.2).then(left.0.cmp(&right.0)));
    // Options alike stand where the first of them stands.
    order.dedup_by(|next, first| (next.1, next.2) == (first.1, first.2));
    let mut frontier: Vec<(usize, Decimal, Decimal)> = Vec::with_capacity(order.len());
    for next in order.iter().copied() {
        while let [.., first, second] = frontier.as_slice() {
            if !is_steeper(*first, *second, next)? {
                break;
            }
            frontier.pop();
        }
        frontier.push(next);
    }
    for (position, (at, cost, units)) in frontier.iter().enumerate() {
        let before = position.checked_sub(1).and_then(|before| frontier.get(before));
        if let Some(place) = places.get_mut(*at) {
            place.on_frontier = true;
            place.after = before.map(|(at, ..)| *at);
            place.step_per_unit = match before {
                Some((_, from_cost, from_units)) if units > from_units => {
                    let step = (Exact::from(*cost) - Exact::from(*from_cost))
                        / (Exact::from(*units) - Exact::from(*from_units));
                    Some(step.quantised().value()?.normalize())
                }
                _ => None,
            };
        }
    }
    for (at, _, units) in order {
        let Some(place) = places.get_mut(at).filter(|place| !place.on_frontier) else { continue };
        let below = frontier.iter().rev().find(|one| one.2 <= units);
        let above = frontier.iter().find(|one| one.2 > units);
        place.extendedly_dominated_by = below.zip(above).map(|(below, above)| (below.0, above.0));
    }
    for (at, own) in options.iter().enumerate() {
        let first = options.iter().position(|other| other == own).and_then(|first| places.get(first)).copied();
        if let (Some(place), Some(first)) = (places.get_mut(at), first) {
            *place = first;
        }
    }
    Ok(places)
}

/// The option that gives no less for no more: of several the one that gives the most, then costs the least.
fn dominator(options: &[(Decimal, Decimal)], at: usize) -> Option<usize> {
    let (cost, units) = options.get(at)?;
    let better = options.iter().enumerate().filter(|(_, (other_cost, other_units))| {
        other_cost <= cost && other_units >= units && (other_cost < cost || other_units > units)
    });
    let best = better.min_by(|(_, left), (_, right)| right.1.cmp(&left.1).then(left.0.cmp(&right.0)));
    best.map(|(position, _)| position)
}

/// Whether a unit costs more on the way to the second than from there to the next.
fn is_steeper(
    first: (usize, Decimal, Decimal),
    second: (usize, Decimal, Decimal),
    next: (usize, Decimal, Decimal),
) -> Result<bool, Fault> {
    let step = |from: Decimal, to: Decimal| Exact::from(to) - Exact::from(from);
    let before = step(first.1, second.1) * step(second.2, next.2);
    let after = step(second.1, next.1) * step(first.2, second.2);
    Ok(before.value()? > after.value()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(options: &[(i64, i64)]) -> Vec<Place> {
        let options: Vec<_> = options.iter().map(|(cost, units)| ((*cost).into(), (*units).into())).collect();
        places(&options).unwrap()
    }

    #[test]
    fn what_another_gives_for_less_is_dominated() {
        let found = of(&[(0, 0), (100, 5), (120, 5), (120, 4)]);
        assert_eq!(found.iter().map(|place| place.dominated_by).collect::<Vec<_>>(), [None, None, Some(1), Some(1)]);
        assert_eq!((found[1].after, found[1].step_per_unit), (Some(0), Some(20.into())));
    }

    #[test]
    fn a_unit_costs_more_at_each_step_of_the_frontier() {
        let found = of(&[(0, 0), (10, 1), (60, 4), (100, 5), (400, 6), (140, 5)]);
        let steps: Vec<_> = [1, 2, 3, 4].iter().filter_map(|at: &usize| found[*at].step_per_unit).collect();
        assert!(found[..5].iter().all(|place| place.on_frontier));
        assert!(steps.windows(2).all(|pair| pair[0] < pair[1]), "{steps:?}");
    }

    #[test]
    fn dropping_one_may_drop_the_one_before() {
        // 10, 11 and 1 a unit: the last drops both before it.
        let found = of(&[(0, 0), (10, 1), (21, 2), (22, 3)]);
        assert_eq!(found[1].extendedly_dominated_by, Some((0, 3)));
        assert_eq!(found[2].extendedly_dominated_by, Some((0, 3)));
        assert_eq!(found[3].after, Some(0));
    }

    #[test]
    fn options_alike_dominate_nobody() {
        let found = of(&[(10, 1), (10, 1)]);
        assert!(found.iter().all(|place| place.on_frontier && place.dominated_by.is_none()));
    }

    #[test]
    fn every_option_is_on_the_frontier_or_dominated_in_one_way() {
        for seed in 0..500_i64 {
            let number = |at: i64, factor: i64| (seed * factor + at * (factor + 7) + at * at * seed) % 23;
            let options: Vec<(i64, i64)> = (0..7).map(|at| (number(at, 31), number(at, 17))).collect();
            for place in of(&options) {
                let ways = [place.on_frontier, place.dominated_by.is_some(), place.extendedly_dominated_by.is_some()];
                assert_eq!(ways.iter().filter(|way| **way).count(), 1, "{options:?}: {place:?}");
            }
        }
    }
}
