//! The Gaussian copula of one correlation: independent uniforms made into ones that vary together.
//!
//! One rule: each draw is made of the same draw of the members before it, and of nothing else; the first member keeps its draws, and
//! so does every member that nothing before it moves.
//!
//! # Formula
//! ```text
//! r  = 2 sin(π ρ / 6)           Pearson's correlation of two normals whose rank correlation is ρ
//! z  = Φ⁻¹(u)                   for each member
//! z' = L z                      with L · Lᵀ the matrix of r, L lower: in the order of the members
//! u' = Φ(z')
//! ```
//! Source: K. Pearson, "On further methods of determining correlation", Drapers' Company Research Memoirs, Biometric Series IV
//! (1907); R. B. Nelsen, "An Introduction to Copulas", 2nd edition (2006), section 2.3.

use super::factor::factor;
use super::nearest::nearest_correlation;
use super::repair::{MOVED, MovedPair, Repair};
use super::square::Square;
use crate::address::Address;
use crate::distribution::special::normal;
use crate::model::{Correlation, Ranks};
use crate::number::Constant;
use crate::simulation::stream::HALF_STEP;
use std::f64::consts::PI;
use std::ops::Range;

/// Draws made at a time: the normals of all members stay near the processor.
const CHUNK: usize = 128;

/// The draws that some members have in common.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Copula {
    /// The columns of the members that are drawn, in the order of the correlation.
    columns: Vec<usize>,
    rows: Vec<Row>,
    /// For each member, whether a mixture rests on its normals.
    mixed: Vec<bool>,
}

/// How a member is made of those before it.
#[derive(Debug, Clone, PartialEq)]
enum Row {
    /// Its own draws.
    Own,
    /// The draws of one before it as they are, or one minus them.
    Copy { of: usize, mirrored: bool },
    /// The parts of the normals of those before it and of its own.
    Mixed(Vec<f64>),
}

impl Copula {
    /// The copula over the members that have a column, and what had to be repaired among all members.
    pub fn new(correlation: &Correlation, ranks: &Ranks, columns: &[Option<usize>]) -> (Self, Option<Repair>) {
        let members = &correlation.members;
        let asked = Square::from_pairs(members.len(), |row, column| Constant::from(ranks.between(row, column)).float());
        let normals = Square::from_pairs(members.len(), |row, column| of_normals(asked.at(row, column)));
        let (normals, repair) = match factor(&normals) {
            Some(_) => (normals, None),
            None => {
                let nearest = nearest_correlation(&normals);
                let repair = repair(correlation, &asked, &nearest);
                (nearest, repair)
            }
        };
        let drawn: Vec<(usize, usize)> =
            columns.iter().enumerate().filter_map(|(member, column)| Some((member, (*column)?))).collect();
        let at = |position: usize| drawn.get(position).map_or(0, |(member, _)| *member);
        let among = Square::from_pairs(drawn.len(), |row, column| normals.at(at(row), at(column)));
        // What was repaired has a factor but for rounding; rounding is taken out by pulling it a little towards independence.
        let lower =
            factor(&among).or_else(|| factor(&loosened(&among))).unwrap_or_else(|| Square::identity(drawn.len()));
        let rows = (0..drawn.len()).map(|row| Row::of(lower.row(row).get(..=row).unwrap_or_default())).collect();
        (Self::of(drawn.into_iter().map(|(_, column)| column).collect(), rows), repair)
    }

    /// Members that move as one with the first of those drawn: `mirrored` where they move against it.
    pub fn block(members: &[(usize, bool)]) -> Self {
        let first = members.first().is_some_and(|(_, against)| *against);
        let row = |(position, (_, against)): (usize, &(usize, bool))| match position {
            0 => Row::Own,
            _ => Row::Copy { of: 0, mirrored: *against != first },
        };
        Self::of(members.iter().map(|(column, _)| *column).collect(), members.iter().enumerate().map(row).collect())
    }

    fn of(columns: Vec<usize>, rows: Vec<Row>) -> Self {
        let rests =
            |row: &Row, on: usize| matches!(row, Row::Mixed(parts) if parts.get(on).is_some_and(|part| *part != 0.0));
        let mixed = (0..columns.len()).map(|member| rows.iter().any(|row| rests(row, member))).collect();
        Self { columns, rows, mixed }
    }

    /// The columns of the members.
    pub fn columns(&self) -> &[usize] {
        &self.columns
    }

    /// Whether every member keeps its own draws.
    pub fn is_idle(&self) -> bool {
        self.rows.iter().all(|row| *row == Row::Own)
    }

    /// Replaces the draws of the members.
    pub fn apply(&self, columns: &mut [f64], stride: usize, draws: usize) {
        let mut normals = vec![0.0; self.columns.len().saturating_mul(CHUNK)];
        let draws = draws.min(stride);
        for first in (0..draws).step_by(CHUNK) {
            let chunk = Chunk { stride, first, count: CHUNK.min(draws - first) };
            self.normals(columns, &chunk, &mut normals);
            // From the last on, since a row is made of what the members before it were.
            for (column, row) in self.columns.iter().zip(&self.rows).rev() {
                self.replace(columns, &chunk, *column, row, &normals);
            }
        }
    }

    /// The independent normals of every member that a mixture rests on.
    fn normals(&self, columns: &[f64], chunk: &Chunk, normals: &mut [f64]) {
        let members = self.columns.iter().zip(&self.mixed).zip(normals.chunks_exact_mut(CHUNK));
        for ((column, _), normals) in members.filter(|((_, mixed), _)| **mixed) {
            let uniforms = columns.get(chunk.of(*column)).unwrap_or_default();
            for (normal, u) in normals.iter_mut().zip(uniforms) {
                *normal = normal::quantile(*u);
            }
        }
    }

    fn replace(&self, columns: &mut [f64], chunk: &Chunk, column: usize, row: &Row, normals: &[f64]) {
        let own = chunk.of(column);
        match row {
            Row::Own => {}
            Row::Copy { of, mirrored } => {
                let Some(other) = self.columns.get(*of).map(|column| chunk.of(*column)) else { return };
                if columns.len() < own.end.max(other.end) {
                    return;
                }
                columns.copy_within(other, own.start);
                if *mirrored {
                    columns.get_mut(own).unwrap_or_default().iter_mut().for_each(|u| *u = inside(1.0 - *u));
                }
            }
            Row::Mixed(parts) => {
                let mut sums = [0.0; CHUNK];
                for (part, normals) in parts.iter().zip(normals.chunks_exact(CHUNK)).filter(|(part, _)| **part != 0.0) {
                    for (sum, normal) in sums.iter_mut().zip(normals) {
                        *sum += part * normal;
                    }
                }
                for (u, z) in columns.get_mut(own).unwrap_or_default().iter_mut().zip(sums) {
                    *u = inside(normal::cdf(z));
                }
            }
        }
    }
}

/// Some consecutive draws of every column.
struct Chunk {
    stride: usize,
    first: usize,
    count: usize,
}

impl Chunk {
    fn of(&self, column: usize) -> Range<usize> {
        let start = column.saturating_mul(self.stride).saturating_add(self.first);
        start..start.saturating_add(self.count)
    }
}

impl Row {
    /// From a row of the factor up to the diagonal.
    fn of(parts: &[f64]) -> Self {
        let own = parts.len().saturating_sub(1);
        let mut moved = parts.iter().enumerate().filter(|(_, part)| **part != 0.0);
        match (moved.next(), moved.next()) {
            (Some((only, _)), None) if only == own => Row::Own,
            (Some((only, part)), None) => Row::Copy { of: only, mirrored: *part < 0.0 },
            _ => Row::Mixed(parts.to_vec()),
        }
    }
}

/// As far from 0 and 1 as every draw is.
fn inside(u: f64) -> f64 {
    u.clamp(HALF_STEP, 1.0 - HALF_STEP)
}

/// Pearson's correlation of two normals with this rank correlation. Nothing and everything are exact.
fn of_normals(rank: f64) -> f64 {
    if rank == 0.0 || rank.abs() >= 1.0 { rank.clamp(-1.0, 1.0) } else { 2.0 * libm::sin(PI * rank / 6.0) }
}

/// The rank correlation of two normals with this correlation of Pearson's.
fn of_ranks(pearson: f64) -> f64 {
    if pearson == 0.0 || pearson.abs() >= 1.0 { pearson.clamp(-1.0, 1.0) } else { 6.0 / PI * libm::asin(pearson / 2.0) }
}

/// A matrix with every correlation smaller by a hundred-millionth.
fn loosened(matrix: &Square) -> Square {
    Square::from_pairs(matrix.size(), |row, column| matrix.at(row, column) * (1.0 - 1e-8))
}

/// What was asked and what is used, for each pair that moved.
fn repair(correlation: &Correlation, asked: &Square, used: &Square) -> Option<Repair> {
    let mut pairs = Vec::new();
    let numbered = || correlation.members.iter().enumerate();
    for (column, first) in numbered() {
        for (row, second) in numbered().skip(column + 1) {
            let (asked, used) = (asked.at(row, column), of_ranks(used.at(row, column)));
            let of = |address: &Address| address.clone();
            let pair = MovedPair { first: of(first), second: of(second), asked, used };
            pairs.extend((pair.change() > MOVED).then_some(pair));
        }
    }
    let (correlation, address) = (correlation.id.clone(), correlation.address.clone());
    (!pairs.is_empty()).then_some(Repair { correlation, address, pairs })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulation::{Seed, Stream};

    /// The factor in use for a matrix, and how far what it makes is from the nearest correlation matrix.
    fn missed(matrix: &Square) -> f64 {
        let nearest = if factor(matrix).is_some() { matrix.clone() } else { nearest_correlation(matrix) };
        let lower = factor(&nearest).or_else(|| factor(&loosened(&nearest))).unwrap();
        let size = matrix.size();
        let made = |row: usize, column: usize| -> f64 {
            lower.row(row).iter().zip(lower.row(column)).map(|(a, b)| a * b).sum()
        };
        Square::from_pairs(size, made).minus(&nearest).norm() / size as f64
    }

    #[test]
    fn whatever_is_asked_the_factor_makes_the_nearest_there_is() {
        let stream = Stream::new(Seed(3), &"a".parse().unwrap());
        let mut draw = 0;
        let mut next = || {
            draw += 1;
            stream.at(draw)
        };
        for size in [2, 3, 4, 5, 8, 13].repeat(40) {
            // In tenths, so that perfect and contradicting pairs are met often.
            let pairs: Vec<f64> =
                (0..size * size).map(|_| (next() * 22.0 - 11.0).round().clamp(-10.0, 10.0) / 10.0).collect();
            let matrix = Square::from_pairs(size, |row, column| of_normals(pairs[row * size + column]));
            assert!(missed(&matrix) < 2e-6, "{size}: {matrix:?}");
        }
    }

    #[test]
    fn as_many_numbers_as_are_accepted_are_repaired_in_time() {
        let size = crate::model::MOST_CORRELATED;
        for pair in [|row: usize, column: usize| if (row * 7 + column * 3) % 5 < 2 { 0.9 } else { -0.7 }, |_, _| -1.0] {
            assert!(missed(&Square::from_pairs(size, pair)) < 2e-6);
        }
    }

    #[test]
    fn ranks_and_normals_are_each_others_inverse() {
        for rank in [-1.0, -0.95, -0.3, 0.0, 1e-9, 0.5, 0.999_999, 1.0] {
            assert!((of_ranks(of_normals(rank)) - rank).abs() < 1e-15, "{rank}");
        }
        assert_eq!([of_normals(1.0), of_normals(-1.0), of_normals(0.0)], [1.0, -1.0, 0.0]);
    }

    #[test]
    fn draws_at_the_ends_stay_inside() {
        let ends = [HALF_STEP, 1.0 - HALF_STEP];
        let copula = Copula::of(vec![0, 1], vec![Row::Own, Row::Mixed(vec![0.7, 0.714])]);
        for (first, second) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
            let mut columns = [ends[first], ends[second]];
            copula.apply(&mut columns, 1, 1);
            assert!(columns[1] >= HALF_STEP && columns[1] <= 1.0 - HALF_STEP, "{columns:?}");
        }
    }

    #[test]
    fn a_copy_is_of_the_draws_as_they_were() {
        // The third is the second, which is itself replaced.
        let copula =
            Copula::of(vec![0, 1, 2], vec![Row::Own, Row::Mixed(vec![0.6, 0.8]), Row::Copy { of: 1, mirrored: true }]);
        let mut columns = [0.3, 0.25, 0.9];
        copula.apply(&mut columns, 1, 1);
        assert_eq!(columns[2], 0.75);
        assert_eq!(columns[1], normal::cdf(0.6 * normal::quantile(0.3) + 0.8 * normal::quantile(0.25)));
    }

    #[test]
    fn columns_that_are_too_short_are_left_as_they_are() {
        let copula = Copula::block(&[(0, false), (5, true)]);
        let mut columns = [0.3, 0.25];
        copula.apply(&mut columns, 1, 1);
        copula.apply(&mut columns, 0, 7);
        assert_eq!(columns, [0.3, 0.25]);
    }
}
