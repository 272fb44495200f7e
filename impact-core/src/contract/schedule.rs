//! What a figure pays.
//!
//! One rule: written once over [`Number`]; settlement runs it in decimals, the simulation of risk in floats.
//!
//! # Formula
//! ```text
//! per unit    price · figure, nothing below zero
//! per point   price · points, points = (figure − from) / point; of whole points only those reached, towards zero; nothing below zero
//! steps       the amount of the highest step reached, nothing below the first
//! line        amount_i + (amount_{i+1} − amount_i) · (figure − at_i) / (at_{i+1} − at_i) between two corners; straight on beyond
//!             them, where it does, no further down than zero, or than a corner written below zero
//! bands       Σ price_i · units of the figure that lie in band i
//! share       share · figure, nothing below zero
//! fixed       amount
//! ```
//! Where refunds are owed, nothing stops at zero but a share of a saving.

use super::ratio::Ratio;
use super::values::at;
use crate::model::Slot;
use crate::model::terms::{Band, Boundary, Corner, Outside, Payment, Points, Refunds, Schedule};
use crate::number::Number;

/// What a payment gives for a figure of a group, uplift included and before any limit.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn priced<N: Number>(payment: &Payment, values: &[N], group: &str, figure: Ratio<N>) -> N {
    let uplift = payment.uplift.get(group).map_or_else(N::one, |slot| at(values, *slot));
    amount((&payment.schedule, payment.refunds), values, figure) * uplift
}

/// The amount that a figure pays, at the given values of the slots.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn amount<N: Number>((schedule, refunds): (&Schedule, Refunds), values: &[N], figure: Ratio<N>) -> N {
    let value = |slot: Slot| at(values, slot);
    match schedule {
        Schedule::PerUnit(price) => stopped(refunds, figure.times(value(*price)).quotient(), N::zero()),
        Schedule::PerPoint(points) => stopped(refunds, per_point(points, value, figure), N::zero()),
        Schedule::Steps { steps, boundary } => {
            let mut paid = N::zero();
            for step in steps {
                paid = reached(figure, *boundary, value(step.at), value(step.amount), paid);
            }
            paid
        }
        Schedule::Line { corners, below, above, boundary } => {
            let shape = Line { corners, below: *below, above: *above, boundary: *boundary, refunds };
            shape.amount(value, figure)
        }
        Schedule::Bands(bands) => banded(bands, value, figure.quotient()),
        Schedule::Share(share) => figure.times(value(*share)).quotient().max(N::zero()),
        Schedule::Fixed(amount) => value(*amount),
    }
}

/// `x` where the figure reaches a boundary, else `y`.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn reached<N: Number>(figure: Ratio<N>, boundary: Boundary, at: N, x: N, y: N) -> N {
    match boundary {
        Boundary::Closed => figure.below(at, y, x),
        Boundary::Open => figure.above(at, x, y),
    }
}

/// An amount that goes no further down than zero, or than what is written below zero, where nothing more is owed back.
#[cfg_attr(not(debug_assertions), inline(always))]
fn stopped<N: Number>(refunds: Refunds, amount: N, written: N) -> N {
    match refunds {
        Refunds::None => amount.max(written.min(N::zero())),
        Refunds::Owed => amount,
    }
}

#[cfg_attr(not(debug_assertions), inline(always))]
fn per_point<N: Number>(points: &Points, value: impl Fn(Slot) -> N, figure: Ratio<N>) -> N {
    let counted = figure.less(value(points.from)).shared_by(value(points.point)).quotient();
    let counted = match points.whole {
        true => N::select(counted, N::zero(), N::zero() - (N::zero() - counted).floor(), counted.floor()),
        false => counted,
    };
    counted * value(points.price)
}

#[cfg_attr(not(debug_assertions), inline(always))]
fn banded<N: Number>(bands: &[Band], value: impl Fn(Slot) -> N, units: N) -> N {
    let mut paid = N::zero();
    let mut from = N::zero();
    for band in bands {
        let up_to = band.up_to.map_or(units, &value);
        let within = (units.min(up_to) - from).max(N::zero());
        paid = paid + within * value(band.price);
        from = up_to;
    }
    paid
}

/// Straight lines between corners.
struct Line<'c> {
    corners: &'c [Corner],
    below: Outside,
    above: Outside,
    boundary: Boundary,
    refunds: Refunds,
}

impl Line<'_> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn amount<N: Number>(&self, value: impl Fn(Slot) -> N, figure: Ratio<N>) -> N {
        let (Some(first), Some(last)) = (self.corners.first(), self.corners.last()) else { return N::zero() };
        let between = |one: &Corner, next: &Corner| {
            let (from, to) = (value(one.at), value(next.at));
            let way = figure.less(from).times(value(next.amount) - value(one.amount)).shared_by(to - from);
            value(one.amount) + way.quotient()
        };
        let outside = |rule: Outside, corner: &Corner, on: Option<(&Corner, &Corner)>| match (rule, on) {
            (Outside::Nothing, _) => N::zero(),
            (Outside::Straight, Some((one, next))) => stopped(self.refunds, between(one, next), value(corner.amount)),
            (Outside::Straight, None) | (Outside::Flat, _) => value(corner.amount),
        };
        let pairs = || self.corners.iter().zip(self.corners.iter().skip(1));
        let mut paid = value(first.amount);
        for (one, next) in pairs() {
            paid = figure.below(value(one.at), paid, between(one, next));
        }
        let past = outside(self.above, last, pairs().next_back());
        paid = figure.above(value(last.at), past, paid);
        let short = outside(self.below, first, pairs().next());
        reached(figure, self.boundary, value(first.at), paid, short)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::Exact;
    use rust_decimal::Decimal;

    fn exact(text: &str) -> Exact {
        Exact::from(text.parse::<Decimal>().unwrap())
    }

    /// What a schedule pays for a figure, its numbers being the given ones in order.
    fn paid(schedule: &Schedule, numbers: &[&str], over: &str, under: &str) -> String {
        let values: Vec<Exact> = numbers.iter().map(|number| exact(number)).collect();
        let figure = Ratio { over: exact(over), under: exact(under) };
        amount((schedule, Refunds::Owed), &values, figure).value().unwrap().normalize().to_string()
    }

    fn corners(count: usize) -> Vec<Corner> {
        (0..count).map(|at| Corner { at: Slot(2 * at), amount: Slot(2 * at + 1) }).collect()
    }

    #[test]
    fn days_are_paid_at_their_price() {
        // Denver, housing days of the first four payments and of the fifth: 258,858 and 41,070 days at 15.12.
        let schedule = Schedule::PerUnit(Slot(0));
        assert_eq!(paid(&schedule, &["15.12"], "258858", "1"), "3913932.96");
        assert_eq!(paid(&schedule, &["15.12"], "41070", "1"), "620978.4");
    }

    #[test]
    fn a_third_reaches_a_threshold_of_a_third() {
        let at = |boundary| Schedule::Steps { steps: corners(1), boundary };
        // 10 % exactly: one third against three tenths, as (1/3 − 3/10) / (1/3) = (10 − 9) / 10.
        assert_eq!(paid(&at(Boundary::Closed), &["0.1", "500"], "1", "10"), "500");
        assert_eq!(paid(&at(Boundary::Open), &["0.1", "500"], "1", "10"), "0");
        assert_eq!(paid(&at(Boundary::Closed), &["0.1", "500"], "99", "1000"), "0");
    }

    #[test]
    fn the_highest_step_reached_is_paid() {
        let steps = Schedule::Steps { steps: corners(3), boundary: Boundary::Closed };
        let numbers = ["0.085", "4800000", "0.1", "9600000", "0.2", "11712000"];
        for (figure, amount) in [("0.08", "0"), ("0.085", "4800000"), ("0.15", "9600000"), ("0.9", "11712000")] {
            assert_eq!(paid(&steps, &numbers, figure, "1"), amount);
        }
    }

    #[test]
    fn between_corners_a_line_is_straight() {
        // Denver, jail days: 3.2 million at 20 %, 4.8 at 30 %, 6.13 at 65 %; 38 % gives 4,800,000 + 8 · 38,000.
        let line = |below, above| Schedule::Line { corners: corners(3), below, above, boundary: Boundary::Closed };
        let numbers = ["0.2", "3200000", "0.3", "4800000", "0.65", "6130000"];
        let plain = line(Outside::Nothing, Outside::Flat);
        for (figure, amount) in [
            ("0.38", "5104000"),
            ("0.2", "3200000"),
            ("0.1999", "0"),
            ("0.25", "4000000"),
            ("0.65", "6130000"),
            ("0.9", "6130000"),
        ] {
            assert_eq!(paid(&plain, &numbers, figure, "1"), amount, "{figure}");
        }
        let on = line(Outside::Straight, Outside::Straight);
        assert_eq!(paid(&on, &numbers, "0.1", "1"), "1600000");
        assert_eq!(paid(&on, &numbers, "0.75", "1"), "6510000");
        assert_eq!(paid(&line(Outside::Flat, Outside::Nothing), &numbers, "0", "1"), "3200000");
        assert_eq!(paid(&line(Outside::Flat, Outside::Nothing), &numbers, "0.651", "1"), "0");
    }

    #[test]
    fn bands_price_the_units_within_them() {
        let band = |up_to: Option<usize>, price| Band { up_to: up_to.map(Slot), price: Slot(price) };
        let bands = Schedule::Bands(vec![band(Some(0), 1), band(Some(2), 3), band(None, 4)]);
        let numbers = ["100", "900", "150", "600", "100"];
        // 100 · 900 + 50 · 600 + 10 · 100
        assert_eq!(paid(&bands, &numbers, "160", "1"), "121000");
        assert_eq!(paid(&bands, &numbers, "40", "1"), "36000");
        let ended = Schedule::Bands(vec![band(Some(0), 1)]);
        assert_eq!(paid(&ended, &numbers, "160", "1"), "90000");
    }

    #[test]
    fn whole_points_are_counted_towards_zero_and_below_the_start_they_cost() {
        let points = |whole| Schedule::PerPoint(Points { price: Slot(0), point: Slot(1), from: Slot(2), whole });
        let numbers = ["1000", "0.01", "0.1"];
        assert_eq!(paid(&points(false), &numbers, "0.125", "1"), "2500");
        assert_eq!(paid(&points(true), &numbers, "0.125", "1"), "2000");
        assert_eq!(paid(&points(true), &numbers, "0.075", "1"), "-2000");
    }

    #[test]
    fn a_share_of_a_loss_is_nothing() {
        assert_eq!(paid(&Schedule::Share(Slot(0)), &["0.95"], "281000", "1"), "266950");
        assert_eq!(paid(&Schedule::Share(Slot(0)), &["0.95"], "-5", "1"), "0");
    }
}
