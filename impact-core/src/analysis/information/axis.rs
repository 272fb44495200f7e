//! An axis: the places that the draws of one assumption, or of a study's result, fall into.
//!
//! One rule: what a decision rests on is the order of the draws. Places stand at their normal scores, so that the tails of an
//! assumption have room, and what rises evenly in a normal assumption is a straight line.

use crate::analysis::draws::{cell, float};
use crate::distribution::special::normal;

/// Places of an axis at most.
pub(super) const PLACES: usize = 1_024;
/// Values up to which each stands for itself and nothing is assumed about a curve through them.
const FEW: usize = 32;
/// Draws that each value must have on average to stand for itself.
const DRAWS_PER_VALUE: usize = 8;
/// Draws that places of values are made from, spread evenly over the run.
const SAMPLE: usize = 16_384;

/// The places of an axis and where each draw falls.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Axis {
    /// The place of each draw.
    pub(super) places: Vec<u16>,
    /// The share of the draws in each place.
    shares: Vec<f64>,
    /// Whether the places are single values that no curve joins.
    pub(super) apart: bool,
}

impl Axis {
    /// Equal parts of a uniform.
    pub(super) fn of_uniforms(uniforms: &[f64]) -> Self {
        let places = uniforms.iter().map(|u| small(cell(*u, float(PLACES)))).collect();
        Self { places, shares: vec![1.0 / float(PLACES); PLACES], apart: false }
    }

    /// Values where there are few, about equally likely ranges of values where there are many.
    pub(super) fn of_values(values: &[f64]) -> Self {
        let edges = edges(values);
        let place = |value: &f64| edges.partition_point(|edge| edge <= value);
        let places: Vec<u16> = values.iter().map(|value| small(place(value))).collect();
        // With an edge at every value, a draw is one of these values where it stands on the edge of its place.
        let on_edge = |(place, value): (&u16, &f64)| {
            usize::from(*place).checked_sub(1).and_then(|edge| edges.get(edge)) == Some(value)
        };
        let often = edges.len() * DRAWS_PER_VALUE <= values.len();
        let apart = often && edges.len() <= FEW && places.iter().zip(values).all(on_edge);
        let mut shares = vec![0.0; edges.len() + 1];
        for place in &places {
            if let Some(share) = shares.get_mut(usize::from(*place)) {
                *share += 1.0 / float(values.len());
            }
        }
        Self { places, shares, apart }
    }

    pub(super) fn size(&self) -> usize {
        self.shares.len()
    }

    /// The mean normal score of the draws in each place.
    pub(super) fn scores(&self) -> Vec<f64> {
        let mut below: f64 = 0.0;
        let mut score = |share: &f64| {
            let (low, high) = (below.min(1.0), (below + share).min(1.0));
            below += share;
            if high - low > 1e-9 { (density_at(low) - density_at(high)) / (high - low) } else { inside(low) }
        };
        self.shares.iter().map(&mut score).collect()
    }

    /// The same axis with about `places` places, narrow where the draws are dense, each at the mean of those it joins.
    pub(super) fn coarser(&self, places: usize) -> Self {
        if self.apart || self.size() <= places {
            return self.clone();
        }
        // Cells as dense as the cube root of a normal density lose the least of a straight line: a normal of variance 3.
        let wide = |score: f64| cell(normal::cdf(score / libm::sqrt(3.0)).min(1.0 - 1e-9), float(places));
        let (mut joined, mut shares, mut last) = (Vec::new(), Vec::<f64>::new(), None);
        for (score, share) in self.scores().into_iter().zip(&self.shares) {
            let here = wide(score);
            if last != Some(here) {
                shares.push(0.0);
                last = Some(here);
            }
            if let Some(sum) = shares.last_mut() {
                *sum += share;
            }
            joined.push(small(shares.len() - 1));
        }
        let place = |place: &u16| joined.get(usize::from(*place)).copied().unwrap_or(0);
        Self { places: self.places.iter().map(place).collect(), shares, apart: false }
    }
}

/// Places are fewer than 2¹⁶.
#[expect(clippy::cast_possible_truncation, reason = "an axis has at most 1,025 places")]
fn small(place: usize) -> u16 {
    place as u16
}

fn inside(share: f64) -> f64 {
    normal::quantile(share.clamp(1e-6, 1.0 - 1e-6))
}

/// The normal density where this share lies below.
fn density_at(share: f64) -> f64 {
    if (1e-12..=1.0 - 1e-12).contains(&share) { normal::density(normal::quantile(share)) } else { 0.0 }
}

/// Where places begin, but for the first: all different values of a sample, or its quantiles if they are too many.
fn edges(values: &[f64]) -> Vec<f64> {
    let step = values.len().div_ceil(SAMPLE).max(1);
    let mut sample: Vec<f64> = values.iter().copied().step_by(step).collect();
    sample.sort_unstable_by(f64::total_cmp);
    let mut different = sample.clone();
    different.dedup_by(|later, earlier| later == earlier);
    if different.len() < PLACES {
        return different;
    }
    let quantile = |place: usize| sample.get(place * sample.len() / PLACES).copied();
    let mut quantiles: Vec<f64> = (1..PLACES).filter_map(quantile).collect();
    quantiles.dedup_by(|later, earlier| later == earlier);
    quantiles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_values_stand_apart_and_many_are_ranges() {
        let three: Vec<f64> = (0..30_000).map(|draw| f64::from(draw % 3)).collect();
        let axis = Axis::of_values(&three);
        assert!(axis.apart);
        assert_eq!(axis.places[..4], [1, 2, 3, 1]);
        let each_its_own: Vec<f64> = (0..32).map(f64::from).collect();
        assert!(!Axis::of_values(&each_its_own).apart);
        let many: Vec<f64> = (0..100_000).map(|draw| libm::sin(f64::from(draw))).collect();
        let axis = Axis::of_values(&many);
        assert!(!axis.apart && axis.size() > 1_000);
        assert!(axis.scores().windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn a_rare_value_that_the_sample_missed_still_has_a_place() {
        let mut values: Vec<f64> = (0..100_000).map(|draw| f64::from(draw % 2)).collect();
        values[50_002] = 7.5;
        let axis = Axis::of_values(&values);
        assert!(!axis.apart);
        assert_eq!(axis.places[50_002], axis.places[1]);
    }

    #[test]
    fn scores_are_the_means_of_a_normal_and_coarser_ones_the_means_of_these() {
        let axis = Axis::of_uniforms(&[0.5]);
        for axis in [axis.clone(), axis.coarser(128), axis.coarser(32)] {
            let moment = |power: i32| {
                let terms = axis.scores().into_iter().zip(&axis.shares);
                terms.map(|(score, share)| share * if power == 1 { score } else { score * score }).sum::<f64>()
            };
            assert!(moment(1).abs() < 1e-12);
            // What is lost is what varies within the places: 0.3 % at most.
            assert!((0.997..1.0).contains(&moment(2)), "{} places: {}", axis.size(), moment(2));
        }
    }
}
