//! Breaks: the values at which a mixture of shapes, or a cut one, has a kink, a step, a gap or a point of chance.
//!
//! One rule: between two breaks the distribution function is smooth, so a table is made piece by piece and no cubic crosses one.
//! A break that is not known costs time, never accuracy.

use super::knot::Side;
use crate::distribution::{Component, Distribution, Family};

/// Breaks at most; of more the table finds its own way.
const MOST: usize = 2_048;

/// A break as one side sees it: the chance further out than the value, and the chance up to and with it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Break {
    pub(super) x: f64,
    pub(super) before: f64,
    pub(super) after: f64,
}

/// The values at which a shape breaks, rising; counts are looked for between two values.
pub(super) fn breaks(family: &Family<'_>, between: (f64, f64)) -> Vec<f64> {
    let mut values = Vec::new();
    gather(family, between, &mut values);
    values.retain(|x| x.is_finite());
    values.sort_by(f64::total_cmp);
    values.dedup();
    if values.len() > MOST { Vec::new() } else { values }
}

fn gather(family: &Family<'_>, between: (f64, f64), values: &mut Vec<f64>) {
    match family {
        Family::Uniform { low, high } | Family::Beta { low, high, .. } => values.extend([*low, *high]),
        Family::Triangular { low, mode, high } => values.extend([*low, *mode, *high]),
        Family::Gamma { .. } => values.push(0.0),
        Family::Closed | Family::Student { .. } => {}
        Family::Counts { low, high } => {
            // One more on either side: an end may lie a hair beside a count.
            let (first, last) = (libm::floor(between.0.max(*low)), libm::ceil(between.1.min(*high)));
            let count = (last - first + 1.0).clamp(0.0, MOST as f64 + 1.0) as usize;
            values.extend((0..count).map(|place| first + place as f64));
        }
        Family::Points { values: points, .. } => values.extend(points.iter().take(MOST + 1)),
        Family::Intervals(intervals) => {
            values.extend(intervals.iter().flat_map(|interval| [interval.low, interval.high]))
        }
        Family::Mixture(parts) => parts.iter().for_each(|part| gather(&part.family, between, values)),
        Family::Truncated { base, low, high, .. } => {
            let mut whole = Vec::new();
            gather(base, between, &mut whole);
            values.extend(whole.into_iter().filter(|x| x > low && x < high).chain([*low, *high]));
        }
    }
}

/// A standard deviation to either side of the mean of each component of a mixture: where one that is ever so narrow shows.
pub(super) fn shoulders(family: &Family<'_>) -> Vec<f64> {
    match family {
        Family::Mixture(parts) => {
            let own = |part: &Component<'_>| [part.mean - part.sd, part.mean + part.sd];
            parts.iter().flat_map(|part| own(part).into_iter().chain(shoulders(&part.family))).collect()
        }
        Family::Truncated { base, .. } => shoulders(base),
        _ => Vec::new(),
    }
}

/// The breaks between two chances of a side, from the tail to the median.
pub(super) fn seen_from(distribution: &Distribution, side: Side, values: &[f64], within: (f64, f64)) -> Vec<Break> {
    let seen = |x: &f64| match side {
        Side::Lower => Break { x: *x, before: distribution.below(*x), after: distribution.cdf(*x) },
        Side::Upper => Break { x: *x, before: distribution.survival(*x), after: distribution.at_least(*x) },
    };
    let mut breaks: Vec<Break> = values.iter().map(seen).collect();
    if side == Side::Upper {
        breaks.reverse();
    }
    breaks.retain(|found| found.after > within.0 && found.before < within.1);
    breaks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(distribution: &Distribution, between: (f64, f64)) -> Vec<f64> {
        breaks(&distribution.family(), between)
    }

    #[test]
    fn a_mixture_breaks_where_its_parts_do() {
        let triangle = Distribution::triangular(0.into(), 2.into(), 10.into()).unwrap();
        let cut = Distribution::truncated(triangle, Some(1.into()), Some(7.into())).unwrap();
        let even = Distribution::uniform(2.into(), 5.into()).unwrap();
        let normal = Distribution::normal(0.into(), 1.into()).unwrap();
        let waiting = Distribution::gamma(2.into(), 3.into()).unwrap();
        let parts = [even, cut, normal, waiting].map(|part| (1.into(), part));
        let mixture = Distribution::mixture(parts.into()).unwrap();
        assert_eq!(of(&mixture, (-9.0, 9.0)), [0.0, 1.0, 2.0, 5.0, 7.0]);
    }

    #[test]
    fn counts_break_as_far_as_they_are_looked_for() {
        let count = Distribution::poisson(4.into()).unwrap();
        assert_eq!(of(&count, (-0.5, 2.5)), [0.0, 1.0, 2.0, 3.0]);
        assert_eq!(of(&count, (0.0, 1e9)).len(), 65, "up to 4 + 20 × 2 + 20");
        let many = Distribution::poisson(1_000_000.into()).unwrap();
        assert!(of(&many, (0.0, 1e9)).is_empty(), "more than are worth a list");
    }

    #[test]
    fn a_point_of_chance_has_two_chances_on_either_side() {
        let nothing = Distribution::discrete(&[(0.into(), 1.into())]).unwrap();
        let some = Distribution::uniform(10.into(), 20.into()).unwrap();
        let mixture = Distribution::mixture(vec![(1.into(), nothing), (3.into(), some)]).unwrap();
        let breaks = of(&mixture, (0.0, 20.0));
        let found = |side| seen_from(&mixture, side, &breaks, (1e-5, 0.5));
        let at = |x, before, after| Break { x, before, after };
        assert_eq!(found(Side::Lower), [at(0.0, 0.0, 0.25), at(10.0, 0.25, 0.25)]);
        assert!(
            found(Side::Upper).is_empty(),
            "the upper end lies beyond the first chance, the others beyond the median"
        );
    }
}
