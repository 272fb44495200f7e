//! Steps: inverses that jump or break, found by a search from a guide: single values, counts, and intervals of even chance.
//!
//! One rule: the answer is that of the distribution's own quantile, the first value with enough chance at or below it.
//! A guide says for each of many equal parts of chance where to begin, so that the search seldom takes a step.
//!
//! Counts over a very wide range are kept in blocks, each at most a part in 8,192 as wide as it lies from the first count;
//! inside a block each count is equally likely. The chance of a value is then off by less than 10⁻⁷.

use crate::distribution::{Distribution, Family, Interval};

/// Chance on either side that a list of counts may leave out; the quantile is asked there.
const LEFT_OUT: f64 = f64::EPSILON / 4.0;
/// How many of its own widths a block of counts lies from the first.
const BLOCKS: f64 = 8_192.0;
/// Values of a mixture that are listed; past them the quantile is asked.
const MOST_VALUES: usize = 65_536;
/// Parts of a guide at most.
const MOST_PARTS: usize = 1 << 15;

/// Where a search begins.
#[derive(Debug, Clone, PartialEq)]
struct Guide {
    begin: Vec<u32>,
    parts: f64,
}

impl Guide {
    fn new(lower: &[f64]) -> Self {
        let parts = (16 * lower.len()).next_power_of_two().clamp(256, MOST_PARTS);
        let begin = |part: usize| lower.partition_point(|chance| *chance < part as f64 / parts as f64) as u32;
        Self { begin: (0..parts).map(begin).collect(), parts: parts as f64 }
    }

    /// The first place whose cumulative chance reaches `u`, or the last one.
    #[inline(always)]
    fn find(&self, lower: &[f64], u: f64) -> usize {
        let begin = self.begin.get((u * self.parts) as usize).map_or(0, |place| *place as usize);
        let further = lower.iter().skip(begin).take_while(|chance| **chance < u).count();
        (begin + further).min(lower.len().saturating_sub(1))
    }
}

/// Single values, or blocks of counts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Steps {
    /// The chance at or below each.
    lower: Vec<f64>,
    /// Its first value, and how many counts it has.
    first: Vec<f64>,
    width: Vec<f64>,
    guide: Guide,
    /// Chances above the first and up to the second are in the list.
    known: (f64, f64),
    distribution: Distribution,
}

impl Steps {
    pub(super) fn new(distribution: &Distribution) -> Self {
        let family = distribution.family();
        let list = match &family {
            Family::Points { values, lower } => List {
                lower: lower.to_vec(),
                first: values.to_vec(),
                width: vec![1.0; values.len()],
                known: (0.0, f64::INFINITY),
            },
            _ if is_count(&family) => List::of_counts(distribution),
            _ => List::of_values(distribution),
        };
        let guide = Guide::new(&list.lower);
        let List { lower, first, width, known } = list;
        Self { lower, first, width, guide, known, distribution: distribution.clone() }
    }

    #[inline(always)]
    pub(super) fn at(&self, u: f64) -> f64 {
        if !(u > self.known.0 && u <= self.known.1) {
            return self.distribution.quantile(u).unwrap_or(f64::NAN);
        }
        let place = self.guide.find(&self.lower, u);
        let first = self.first.get(place).copied().unwrap_or(f64::NAN);
        match self.width.get(place) {
            Some(width) if *width > 1.0 => first + self.within(place, u, *width),
            _ => first,
        }
    }

    /// How far into a block a chance leads.
    fn within(&self, place: usize, u: f64, width: f64) -> f64 {
        let before = place.checked_sub(1).and_then(|last| self.lower.get(last)).copied().unwrap_or(self.known.0);
        let whole = self.lower.get(place).copied().unwrap_or(1.0) - before;
        libm::floor((u - before) / whole * width).clamp(0.0, width - 1.0)
    }
}

struct List {
    lower: Vec<f64>,
    first: Vec<f64>,
    width: Vec<f64>,
    known: (f64, f64),
}

impl List {
    /// Counts of one shape, from where the lower tail begins to matter to where the upper one ends to.
    fn of_counts(distribution: &Distribution) -> Self {
        let low = distribution.quantile(LEFT_OUT).unwrap_or(0.0);
        let high = distribution.upper_quantile(LEFT_OUT).unwrap_or(low);
        let (mut first, mut width, mut chances) = (Vec::new(), Vec::new(), Vec::new());
        let mut count = low;
        while count <= high {
            // An odd number of counts has one in the middle, whose chance stands for all.
            let wide = 1.0 + 2.0 * libm::floor((count - low) / (2.0 * BLOCKS));
            first.push(count);
            width.push(wide);
            chances.push(wide * distribution.density(count + 0.5 * (wide - 1.0)));
            count += wide;
        }
        let (before, beyond) = (distribution.cdf(low - 1.0), distribution.survival(count - 1.0));
        let lower = cumulative(before, &chances, beyond);
        let to = lower.last().copied().unwrap_or(before);
        Self { lower, first, width, known: (before, to) }
    }

    /// Any single values, one after the other.
    fn of_values(distribution: &Distribution) -> Self {
        let (mut lower, mut first) = (Vec::new(), Vec::new());
        let mut value = distribution.quantile(LEFT_OUT).unwrap_or(f64::NAN);
        // The value is the first with chance enough below it, and nothing but what is left out lies before.
        let from = if value <= distribution.support().0 { 0.0 } else { LEFT_OUT };
        let mut to = f64::INFINITY;
        loop {
            let chance = distribution.cdf(value);
            lower.push(chance);
            first.push(value);
            let next = distribution.quantile(chance.next_up().min(1.0)).unwrap_or(value);
            if next <= value || chance >= 1.0 {
                break;
            }
            if first.len() >= MOST_VALUES {
                to = chance;
                break;
            }
            value = next;
        }
        let width = vec![1.0; first.len()];
        Self { lower, first, width, known: (from, to) }
    }
}

/// Chances added up from the nearer end, so that both tails keep their digits.
fn cumulative(before: f64, chances: &[f64], beyond: f64) -> Vec<f64> {
    let mut above = beyond;
    let mut from_above: Vec<f64> = chances
        .iter()
        .rev()
        .map(|chance| {
            let here = above;
            above += chance;
            here
        })
        .collect();
    from_above.reverse();
    let mut below = before;
    let mut highest = before;
    let both = chances.iter().zip(from_above).map(|(chance, above)| {
        below += chance;
        highest = f64::max(highest, if below <= 0.5 { below } else { 1.0 - above });
        highest
    });
    both.collect()
}

/// Whether all values are whole numbers of one shape of counts.
fn is_count(family: &Family<'_>) -> bool {
    match family {
        Family::Counts { .. } => true,
        Family::Truncated { base, .. } => is_count(base),
        _ => false,
    }
}

/// Intervals of even chance.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bins {
    lower: Vec<f64>,
    lines: Vec<Line>,
    guide: Guide,
}

/// A straight piece of the inverse: from a value at a chance, so much for each unit of chance, up to another value.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Line {
    low: f64,
    before: f64,
    rise: f64,
    high: f64,
}

impl Bins {
    pub(super) fn new(bins: Vec<Interval>) -> Self {
        let ends = bins.iter().skip(1).map(|bin| bin.before);
        let lower: Vec<f64> = ends.chain([1.0]).collect();
        let line = |bin: Interval| Line {
            low: bin.low,
            before: bin.before,
            rise: (bin.high - bin.low) / bin.chance,
            high: bin.high,
        };
        Self { guide: Guide::new(&lower), lower, lines: bins.into_iter().map(line).collect() }
    }

    #[inline(always)]
    pub(super) fn at(&self, u: f64) -> f64 {
        let Some(line) = self.lines.get(self.guide.find(&self.lower, u)) else { return f64::NAN };
        let value = line.low + (u - line.before) * line.rise;
        if value < line.high { value } else { line.high }
    }
}
