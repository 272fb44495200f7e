//! Real growth: what a unit value is worth in each year against its worth in the model's price year.
//!
//! One rule: the level is exactly one in the price year, whichever side of it the years appraised are on.
//!
//! # Formula
//! ```text
//! rate(s)  = as given at a point; between two points a straight line; after the last its rate; before the first none
//! level(t) = Π (1 + rate(s)) over the years s after the price year up to t; for earlier years 1 over the product back to t
//! ```

use crate::model::{GrowthPoint, Slot};
use crate::number::Number;
use crate::units::Year;

/// A path of growth laid out over the years from the price year to those appraised.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct GrowthPlan {
    /// The rates that lead from each year to the next, from the first year that matters.
    rates: Vec<Rate>,
    /// The position of the price year.
    base: usize,
    /// The position of the first year appraised.
    first: usize,
}

/// The rate of one year.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Rate {
    /// None: before the first point.
    None,
    /// As given.
    At(Slot),
    /// On the straight line, so many of so many years from one point to the next.
    Between { from: Slot, to: Slot, gone: i32, of: i32 },
}

impl GrowthPlan {
    /// Lays out the points of a path, in the order of their years.
    pub fn new(points: &[GrowthPoint], price_year: Year, first: Year, last: Year) -> Self {
        let low = price_year.min(first);
        let span = price_year.max(last).since(low);
        let position = |year: Year| usize::try_from(year.since(low)).unwrap_or(0);
        Self {
            rates: (1..=span).map(|step| rate(points, low.plus(step))).collect(),
            base: position(price_year),
            first: position(first),
        }
    }

    /// The rates that the path is made of.
    pub fn slots(&self) -> impl Iterator<Item = Slot> {
        let ends = self.rates.iter().flat_map(|rate| match rate {
            Rate::None => [None, None],
            Rate::At(slot) => [Some(*slot), None],
            Rate::Between { from, to, .. } => [Some(*from), Some(*to)],
        });
        ends.flatten()
    }

    /// Fills a room with the levels of the years appraised.
    #[inline(always)]
    pub fn levels<N: Number>(&self, value: impl Fn(Slot) -> N, room: &mut Vec<N>) {
        room.clear();
        room.resize(self.rates.len().saturating_add(1), N::one());
        let up = |rate: &Rate| N::one() + rate.at(&value);
        let mut product = N::one();
        for (level, rate) in room.iter_mut().skip(self.base.saturating_add(1)).zip(self.rates.iter().skip(self.base)) {
            product = product * up(rate);
            *level = product;
        }
        let mut product = N::one();
        for (level, rate) in room.iter_mut().zip(&self.rates).take(self.base).rev() {
            product = product * up(rate);
            *level = N::one() / product;
        }
        room.drain(..self.first.min(room.len()));
    }
}

impl Rate {
    #[inline(always)]
    fn at<N: Number>(&self, value: impl Fn(Slot) -> N) -> N {
        match *self {
            Rate::None => N::zero(),
            Rate::At(slot) => value(slot),
            Rate::Between { from, to, gone, of } => {
                (value(from) * N::whole(of.saturating_sub(gone)) + value(to) * N::whole(gone)) / N::whole(of)
            }
        }
    }
}

fn rate(points: &[GrowthPoint], year: Year) -> Rate {
    let before = points.iter().rev().find(|point| point.year <= year);
    let after = points.iter().find(|point| point.year > year);
    match (before, after) {
        (None, _) => Rate::None,
        (Some(point), None) => Rate::At(point.rate),
        (Some(point), _) if point.year == year => Rate::At(point.rate),
        (Some(left), Some(right)) => Rate::Between {
            from: left.rate,
            to: right.rate,
            gone: year.since(left.year),
            of: right.year.since(left.year),
        },
    }
}

/// The units of a line at the levels of its price, which grows.
#[inline(always)]
pub(super) fn grown<'w, N: Number>(units: &[N], levels: &[N], room: &'w mut Vec<N>) -> &'w [N] {
    room.clear();
    room.extend(units.iter().zip(levels).map(|(units, level)| *units * *level));
    room
}
