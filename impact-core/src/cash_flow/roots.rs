//! All roots of a net present value, isolated before they are computed.
//!
//! One rule: between two neighbouring roots of its separator a curve has at most one root, so none can be missed.
//!
//! # Formula
//! With `x = ln(1 + r)`, `f(x) = Σ aᵢ e^(−tᵢ x)`. Multiplying by `e^(cx)` changes no root; with `c` between the times of a
//! change of sign, the derivative has one change of sign less. After as many derivatives as there are changes no root is
//! left; on the way back Rolle's theorem separates the roots of each curve by those of its derivative.
//!
//! That is also the proof of Descartes' rule for any exponents: a curve without a change of sign has no root, and by Rolle's
//! theorem one with *n* changes has at most one root more than its separator with *n* − 1. Multiplicities count alike, and as
//! the signs at both ends are those of the first and the last amount, the number of roots differs from *n* by an even one.

use super::bracket;
use super::curve::Curve;
use super::internal_rate::{Crossing, InternalRate, NoRate, Root, SEARCHED};
use super::variations::{bounds, changes};
use std::iter::{once, zip};

/// A point and the sign there: 1, −1, or 0 for a root within rounding.
#[derive(Debug, Clone, Copy)]
struct Signed {
    x: f64,
    sign: i8,
}

impl Signed {
    fn of(curve: &Curve, x: f64) -> Self {
        Self { x, sign: curve.at(x).sign() }
    }
}

/// The status of a curve.
pub(super) fn internal_rate(curve: &Curve) -> InternalRate {
    let amounts = curve.amounts();
    let Some(first) = amounts.first() else { return InternalRate::None(NoRate::NoFlows) };
    match changes(amounts) {
        0 => InternalRate::None(if *first > 0.0 { NoRate::OnlyReceived } else { NoRate::OnlyPaid }),
        1 => InternalRate::of(between(curve, &[]), NoRate::NeverZero),
        _ => InternalRate::of(separated_by_balances(curve).unwrap_or_else(|| separated(curve)), NoRate::NeverZero),
    }
}

/// The quick way: balances at a rate of zero prove that there is at most one root on either side.
fn separated_by_balances(curve: &Curve) -> Option<Vec<Root>> {
    match bounds(curve.amounts())? {
        (0 | 1, 0 | 1) => Some(between(curve, &[0.0])),
        _ => None,
    }
}

/// The sure way: separators down to one without roots, and back.
fn separated(curve: &Curve) -> Vec<Root> {
    let mut separators: Vec<Curve> = Vec::new();
    let mut next = curve.separator();
    while let Some(separator) = next {
        next = separator.separator();
        separators.push(separator);
    }
    let mut separating: Vec<f64> = Vec::new();
    for separator in separators.iter().rev() {
        separating = between(separator, &separating).iter().map(Root::force).collect();
    }
    between(curve, &separating)
}

/// The roots of a curve that has at most one between neighbours of these points and the ends of the range.
fn between(curve: &Curve, separating: &[f64]) -> Vec<Root> {
    let ends = (once(SEARCHED.0), once(SEARCHED.1));
    let points = ends.0.chain(separating.iter().copied()).chain(ends.1).map(|x| Signed::of(curve, x));
    let points = apart(curve, points);
    let mut roots = Vec::new();
    let mut before = 0;
    for (position, here) in points.iter().enumerate() {
        let after = points.iter().skip(position).map(|point| point.sign).find(|sign| *sign != 0).unwrap_or(0);
        if here.sign == 0 {
            roots.push(Root::new(here.x, crossing(before, after)));
            before = after;
            continue;
        }
        before = here.sign;
        if let Some(next) = points.get(position.saturating_add(1))
            && next.sign == -here.sign
        {
            let x = bracket::root(curve, here.x, next.x, next.sign > 0);
            roots.push(Root::new(x, crossing(here.sign, next.sign)));
        }
    }
    roots
}

/// The points, with neighbouring roots kept apart only where the curve leaves zero between them.
fn apart(curve: &Curve, points: impl Iterator<Item = Signed>) -> Vec<Signed> {
    let mut kept: Vec<Signed> = Vec::new();
    for point in points {
        if let Some(last) = kept.last().copied()
            && last.sign == 0
            && point.sign == 0
        {
            let middle = Signed::of(curve, last.x + (point.x - last.x) / 2.0);
            if middle.sign == 0 {
                continue;
            }
            kept.push(middle);
        }
        kept.push(point);
    }
    kept
}

fn crossing(before: i8, after: i8) -> Crossing {
    match (before, after) {
        (1, -1) | (0, -1) | (1, 0) => Crossing::Falls,
        (-1, 1) | (0, 1) | (-1, 0) => Crossing::Rises,
        _ => Crossing::Touches,
    }
}

/// The curve of amounts at times in order.
pub(super) fn curve(times: &[f64], amounts: &[f64]) -> Curve {
    Curve::new(zip(times.iter().copied(), amounts.iter().copied()))
}
