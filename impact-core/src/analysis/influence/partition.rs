//! A partition: the bins that the draws of one assumption are sorted into, and what the assumption is in each of them.
//!
//! One rule: bins lie where the assumption varies. A value that is rare and far from the others has a bin of its own, and a long
//! tail has many, since that is where an outcome varies with it.
//!
//! Method: chances are halved until the assumption hardly varies within a piece; then the two neighbours are joined
//! whose joining loses the least variance, until [`BINS`] are left. Values and ranks count alike, so that an outcome that
//! turns in the middle of a long-tailed assumption is seen too.

use crate::simulation::Inverse;

/// Bins at most.
pub(crate) const BINS: usize = 64;
/// Draws whose bins are found at once.
pub(super) const AT_ONCE: usize = 64;
/// Equal parts of the unit interval, each with its bin: as many as a power of 2, since bins begin where halvings end.
const PARTS: usize = 1 << HALVINGS;
const HALVINGS: u32 = 12;
/// Marks a part in which another bin begins.
const MORE: u8 = 0x80;
/// The largest uniform that 1 can be added to without reaching 2.
const NEARLY_ONE: f64 = 1.0 - f64::EPSILON;
/// Halvings of the unit interval towards either end: past the last, the tail is as it is there.
const OCTAVES: i32 = 34;
/// The share of the variance that may lie between the ends of a piece, where the value rises evenly and where it jumps.
const HELD: f64 = 1e-6;
const HELD_BY_A_JUMP: f64 = 1e-10;
/// The widest piece.
const WIDEST: f64 = 1.0 / 256.0;
/// Pieces that are made at most.
const MOST_PIECES: usize = 1_024;

/// What an assumption is in a bin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    /// The chance of the bin.
    pub(super) chance: f64,
    /// The mean of the assumption in it.
    pub(super) mean: f64,
    /// Its variance in it.
    pub(super) variance: f64,
}

impl Place {
    /// A straight line between two ends.
    fn line(chance: f64, from: f64, to: f64) -> Self {
        Self { chance, mean: 0.5 * (from + to), variance: (to - from) * (to - from) / 12.0 }
    }

    /// Two bins as one.
    pub(super) fn with(&self, other: &Self) -> Self {
        let chance = self.chance + other.chance;
        if chance <= 0.0 {
            return *self;
        }
        let (left, right) = (self.chance / chance, other.chance / chance);
        let apart = self.mean - other.mean;
        Self {
            chance,
            mean: left * self.mean + right * other.mean,
            variance: left * self.variance + right * other.variance + left * right * apart * apart,
        }
    }
}

/// The bins of one assumption.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Partition {
    /// The chance below which each bin lies; that of the last is never reached.
    edges: [f64; BINS],
    /// The bin at the beginning of each part of the unit interval.
    begin: [u8; PARTS],
    places: Vec<Place>,
}

impl Partition {
    /// Equal bins, of a uniform itself.
    pub(crate) fn even() -> Self {
        let end = |bin: usize| bin as f64 / BINS as f64;
        let piece = |bin: usize| Piece::line((end(bin), end(bin)), (end(bin + 1), end(bin + 1)));
        Self::new(&(0..BINS).map(piece).collect::<Vec<_>>())
    }

    /// The bins of an assumption that is drawn through an inverse.
    pub(crate) fn of(inverse: &Inverse) -> Self {
        let octaves = octaves(inverse);
        let spread = octaves.iter().map(|piece| piece.value).reduce(|all, next| all.with(&next));
        match spread.map(|all| all.variance).filter(|variance| variance.is_normal()) {
            Some(spread) => Self::new(&joined(halved(inverse, &octaves, spread), spread)),
            None => Self::even(),
        }
    }

    fn new(pieces: &[Piece]) -> Self {
        let mut edges = [f64::INFINITY; BINS];
        for (edge, piece) in edges.iter_mut().zip(pieces).take(pieces.len().saturating_sub(1)) {
            *edge = piece.to.0;
        }
        let mut begin = [0; PARTS];
        for (part, begin) in begin.iter_mut().enumerate() {
            let (from, to) = (part as f64 / PARTS as f64, (part + 1) as f64 / PARTS as f64);
            let first = edges.partition_point(|edge| *edge <= from);
            *begin = first as u8 | if edges.get(first).is_some_and(|edge| *edge < to) { MORE } else { 0 };
        }
        Self { edges, begin, places: pieces.iter().map(|piece| piece.value).collect() }
    }

    /// The bins of as many uniforms as there are places, of [`AT_ONCE`] at most; the shorter of the two decides how many.
    #[inline(always)]
    pub(crate) fn sort(&self, uniforms: &[f64], bins: &mut [u8]) {
        // Parts first, all at once; then each is looked up by itself.
        let mut parts = [0_u16; AT_ONCE];
        for (part, u) in parts.iter_mut().zip(uniforms) {
            // The first digits of 1 + u are the part of u.
            let digits = (1.0 + u.min(NEARLY_ONE)).to_bits() >> (f64::MANTISSA_DIGITS - 1 - HALVINGS);
            *part = digits as u16 % PARTS as u16;
        }
        let mut all = 0;
        for (part, bin) in parts.iter().zip(bins.iter_mut()) {
            *bin = self.begin.get(usize::from(*part)).copied().unwrap_or(0);
            all |= *bin;
        }
        if all >= MORE {
            for (u, bin) in uniforms.iter().zip(bins).filter(|(_, bin)| **bin >= MORE) {
                *bin = self.search(*bin & !MORE, *u);
            }
        }
    }

    #[cold]
    fn search(&self, mut bin: u8, u: f64) -> u8 {
        while self.edges.get(usize::from(bin)).is_some_and(|edge| u >= *edge) {
            bin += 1;
        }
        bin
    }

    /// What the assumption is in each bin.
    pub(super) fn places(&self) -> &[Place] {
        &self.places
    }
}

/// A part of the unit interval: its ends, as chance and value, and what lies between them.
#[derive(Debug, Clone, Copy)]
struct Piece {
    from: (f64, f64),
    to: (f64, f64),
    value: Place,
    rank: Place,
}

impl Piece {
    fn line(from: (f64, f64), to: (f64, f64)) -> Self {
        let chance = to.0 - from.0;
        Self { from, to, value: Place::line(chance, from.1, to.1), rank: Place::line(chance, from.0, to.0) }
    }

    fn with(&self, next: &Self) -> Self {
        Self { from: self.from, to: next.to, value: self.value.with(&next.value), rank: self.rank.with(&next.rank) }
    }

    /// Whether the assumption has one value in it.
    fn is_level(&self) -> bool {
        self.from.1 == self.to.1
    }

    /// What joining two loses, as shares of the variance of the values and of the ranks.
    fn loss(&self, next: &Self, spread: f64) -> f64 {
        let both = self.value.chance * next.value.chance / (self.value.chance + next.value.chance);
        let (value, rank) = (self.value.mean - next.value.mean, self.rank.mean - next.rank.mean);
        both * (value * value / spread + 12.0 * rank * rank)
    }
}

/// The unit interval in parts that halve towards both ends.
fn octaves(inverse: &Inverse) -> Vec<Piece> {
    let tail = |octave: i32| libm::exp2(f64::from(-octave));
    let lower = (1..=OCTAVES).rev().map(tail);
    let upper = (2..=OCTAVES).map(|octave| 1.0 - tail(octave));
    let mut ends: Vec<(f64, f64)> = lower.chain(upper).map(|u| (u, inverse.at(u))).collect();
    if let Some(first) = ends.first_mut() {
        first.0 = 0.0;
    }
    if let Some(last) = ends.last_mut() {
        last.0 = 1.0;
    }
    ends.iter().zip(ends.iter().skip(1)).map(|(from, to)| Piece::line(*from, *to)).collect()
}

/// Pieces halved until little lies between their ends; those in which the value stays the same are one.
fn halved(inverse: &Inverse, octaves: &[Piece], spread: f64) -> Vec<Piece> {
    // A half beside which nothing rises holds a jump, as far as is known.
    let mut waiting: Vec<(Piece, bool)> = octaves.iter().rev().map(|piece| (*piece, false)).collect();
    let mut pieces: Vec<Piece> = Vec::new();
    while let Some((piece, jumps)) = waiting.pop() {
        let (width, rise) = (piece.to.0 - piece.from.0, piece.to.1 - piece.from.1);
        let held = if jumps { HELD_BY_A_JUMP } else { HELD };
        let varies = rise * rise * width > held * spread || (rise > 0.0 && width > WIDEST);
        if varies && pieces.len() + waiting.len() < MOST_PIECES {
            let u = 0.5 * (piece.from.0 + piece.to.0);
            let middle = (u, inverse.at(u));
            let (left, right) = (Piece::line(piece.from, middle), Piece::line(middle, piece.to));
            waiting.extend([(right, left.is_level()), (left, right.is_level())]);
            continue;
        }
        match pieces.last_mut().filter(|last| last.with(&piece).is_level()) {
            Some(last) => *last = last.with(&piece),
            None => pieces.push(piece),
        }
    }
    pieces
}

/// Neighbours joined, the most alike first, until there are as many as there are bins.
fn joined(mut pieces: Vec<Piece>, spread: f64) -> Vec<Piece> {
    // Pieces stay where they are; those that are left stand in `row`, which is far less to move.
    let mut row: Vec<usize> = (0..pieces.len()).collect();
    let piece = |pieces: &[Piece], row: &[usize], place: usize| pieces.get(*row.get(place)?).copied();
    let loss = |pieces: &[Piece], row: &[usize], place: usize| match (
        piece(pieces, row, place),
        piece(pieces, row, place + 1),
    ) {
        (Some(piece), Some(next)) => piece.loss(&next, spread),
        _ => f64::INFINITY,
    };
    let mut losses: Vec<f64> = (0..row.len()).map(|place| loss(&pieces, &row, place)).collect();
    while row.len() > BINS {
        let least = losses.iter().enumerate().min_by(|left, right| left.1.total_cmp(right.1));
        let Some(place) = least.map(|(place, _)| place).filter(|place| place + 1 < row.len()) else { break };
        let next = row.remove(place + 1);
        losses.remove(place + 1);
        let next = pieces.get(next).copied();
        if let (Some(piece), Some(next)) = (row.get(place).and_then(|piece| pieces.get_mut(*piece)), next) {
            *piece = piece.with(&next);
        }
        for changed in [place.checked_sub(1), Some(place)].into_iter().flatten() {
            if let Some(known) = losses.get_mut(changed) {
                *known = loss(&pieces, &row, changed);
            }
        }
    }
    row.iter().filter_map(|piece| pieces.get(*piece)).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::Distribution;

    fn of(distribution: &Distribution) -> Partition {
        Partition::of(&Inverse::new(distribution))
    }

    fn bin(partition: &Partition, u: f64) -> u8 {
        let mut bins = [0];
        partition.sort(&[u], &mut bins);
        bins[0]
    }

    #[test]
    fn a_rare_value_has_a_bin_of_its_own() {
        let rare = Distribution::discrete(&[
            (0.into(), 0.999.try_into().unwrap()),
            (1_000_000.into(), 0.001.try_into().unwrap()),
        ])
        .unwrap();
        let partition = of(&rare);
        assert!(bin(&partition, 0.999_001) > bin(&partition, 0.998_999));
        let last = partition.places().last().unwrap();
        assert!((last.chance - 0.001).abs() < 1e-6 && (last.mean - 1e6).abs() < 1.0 && last.variance < 1.0, "{last:?}");
    }

    #[test]
    fn little_of_the_variance_lies_within_bins() {
        for (distribution, most) in [
            (Distribution::normal(0.into(), 1.into()).unwrap(), 2e-3),
            (Distribution::lognormal(0.into(), 1.5.try_into().unwrap()).unwrap(), 6e-3),
            (Distribution::uniform(0.into(), 1.into()).unwrap(), 3e-4),
        ] {
            let partition = of(&distribution);
            let within: f64 = partition.places().iter().map(|place| place.chance * place.variance).sum();
            let all = partition.places().iter().copied().reduce(|all, next| all.with(&next)).unwrap();
            assert!((all.chance - 1.0).abs() < 1e-12);
            assert!(within / all.variance < most, "{distribution:?}: {}", within / all.variance);
        }
    }

    #[test]
    fn bins_follow_each_other_and_hold_their_chance() {
        let partition = of(&Distribution::pert(0.into(), 1.into(), 9.into()).unwrap());
        let (mut counts, draws) = ([0.0; BINS], 1_u32 << 18);
        let mut last = 0;
        for draw in 0..draws {
            let bin = bin(&partition, (f64::from(draw) + 0.5) / f64::from(draws));
            assert!(bin >= last);
            last = bin;
            counts[usize::from(bin)] += 1.0 / f64::from(draws);
        }
        for (count, place) in counts.iter().zip(partition.places()) {
            assert!((count - place.chance).abs() < 1e-5, "{count} {place:?}");
        }
        assert_eq!(bin(&partition, 1.0 - f64::EPSILON / 2.0), u8::try_from(partition.places().len() - 1).unwrap());
    }
}
