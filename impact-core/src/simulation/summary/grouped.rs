//! Groups: draws counted between a few values, for a picture or a table.
//!
//! One rule: a count is exact. Where every draw is kept, groups are of one width; where draws were only counted in bins, a
//! group ends where a bin does.

use super::figure::{SimulatedFigure, SummaryError};

impl SimulatedFigure {
    /// How many draws fall between which values, in at most so many groups from the smallest draw to the largest: low, high
    /// and count of each. A draw at an end belongs to the group above it, the largest to the last; where draws are only
    /// counted and below zero, to the group below it. Together they are all draws that are a number.
    ///
    /// # Errors
    /// No group; a measure that no draw has.
    pub fn grouped(&self, groups: usize) -> Result<Vec<(f64, f64, u64)>, SummaryError> {
        self.range()?;
        let (low, high) = (self.moments.least, self.moments.most);
        if self.moments.count == 0 {
            some(groups)?;
            return Ok(Vec::new());
        }
        if low < high {
            return self.grouped_within(low, high, groups);
        }
        some(groups)?;
        Ok(vec![(low, high, self.moments.count)])
    }

    /// The same of the draws from one value to another; the others are in no group. Where draws are only counted, the two
    /// ends move out to the nearest ends of bins.
    ///
    /// # Errors
    /// No group; ends that are not finite or do not rise; a measure that no draw has.
    pub fn grouped_within(&self, low: f64, high: f64, groups: usize) -> Result<Vec<(f64, f64, u64)>, SummaryError> {
        self.range()?;
        some(groups)?;
        // Written so that an end that is no number is refused too.
        if !(low < high && (high - low).is_finite()) {
            return Err(SummaryError::Ends { low: low.to_string(), high: high.to_string() });
        }
        let wanted = edges(low, high, groups);
        Ok(match self.draws() {
            Some(draws) => of_draws(draws, &wanted),
            None => of_bins(&self.bins(), &wanted),
        })
    }
}

fn some(groups: usize) -> Result<(), SummaryError> {
    if groups == 0 { Err(SummaryError::NoGroups) } else { Ok(()) }
}

/// The ends of groups of one width; fewer where floats lie further apart than that.
fn edges(low: f64, high: f64, groups: usize) -> Vec<f64> {
    let inner = (1..groups).map(|edge| low + (high - low) * (edge as f64 / groups as f64));
    let mut edges: Vec<f64> = std::iter::once(low).chain(inner.filter(|edge| *edge < high)).chain([high]).collect();
    edges.dedup();
    edges
}

/// The groups between some ends, with nothing counted yet.
fn empty(edges: &[f64]) -> Vec<(f64, f64, u64)> {
    edges.iter().zip(edges.iter().skip(1)).map(|(low, high)| (*low, *high, 0)).collect()
}

/// Counts some draws in the group of a value that lies between the first and the last end.
fn count(groups: &mut [(f64, f64, u64)], value: f64, draws: u64) {
    let after = groups.partition_point(|(low, ..)| *low <= value);
    if let Some((.., count)) = groups.get_mut(after.saturating_sub(1)) {
        *count = count.saturating_add(draws);
    }
}

fn of_draws(draws: &[f64], edges: &[f64]) -> Vec<(f64, f64, u64)> {
    let mut groups = empty(edges);
    let (Some(low), Some(high)) = (edges.first(), edges.last()) else { return groups };
    draws.iter().filter(|draw| (low..=high).contains(draw)).for_each(|draw| count(&mut groups, *draw, 1));
    groups
}

fn of_bins(bins: &[(f64, f64, u64)], wanted: &[f64]) -> Vec<(f64, f64, u64)> {
    let mut ends: Vec<f64> = bins.iter().flat_map(|(low, high, _)| [*low, *high]).collect();
    ends.dedup();
    let last = wanted.len().saturating_sub(1);
    let snapped = wanted.iter().enumerate().filter_map(|(position, edge)| {
        let after = ends.partition_point(|end| end < edge);
        let (above, below) = (ends.get(after).or(ends.last())?, ends.get(after.saturating_sub(1))?);
        Some(match position {
            _ if above == edge => *above,
            0 => *below,
            _ if position == last => *above,
            _ if edge - below < above - edge => *below,
            _ => *above,
        })
    });
    let mut edges: Vec<f64> = snapped.collect();
    edges.dedup();
    let mut groups = empty(&edges);
    let (Some(first), Some(last)) = (edges.first(), edges.last()) else { return groups };
    for (low, high, draws) in bins.iter().filter(|(low, high, _)| first <= low && high <= last) {
        count(&mut groups, low + (high - low) / 2.0, *draws);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_have_one_width_and_hold_what_lies_in_them() {
        let draws = [0.0, 0.1, 1.0, 1.5, 2.0, f64::NAN, 3.0, -1.0];
        assert_eq!(edges(0.0, 2.0, 4), [0.0, 0.5, 1.0, 1.5, 2.0]);
        let groups = of_draws(&draws, &edges(0.0, 2.0, 4));
        assert_eq!(groups, [(0.0, 0.5, 2), (0.5, 1.0, 0), (1.0, 1.5, 1), (1.5, 2.0, 2)]);
    }

    #[test]
    fn there_are_no_more_groups_than_floats() {
        let next = 1.0 + f64::EPSILON;
        assert_eq!(edges(1.0, next, 5), [1.0, next]);
    }

    #[test]
    fn counted_bins_are_never_cut() {
        let bins = [(-2.0, -1.0, 4), (0.0, 0.0, 1), (1.0, 1.5, 2), (1.5, 2.0, 3), (2.0, 3.0, 5)];
        let groups = of_bins(&bins, &edges(-1.8, 2.9, 3));
        assert_eq!(groups.iter().map(|(.., count)| count).sum::<u64>(), 15);
        assert_eq!(groups, [(-2.0, 0.0, 4), (0.0, 1.5, 3), (1.5, 3.0, 8)]);
        assert_eq!(of_bins(&bins, &edges(1.0, 2.0, 9)), [(1.0, 1.5, 2), (1.5, 2.0, 3)]);
        assert_eq!(of_bins(&[(1.0, 1.5, 7)], &edges(1.1, 1.2, 9)), [(1.0, 1.5, 7)]);
    }

    #[test]
    fn zeros_alone_among_bins_are_found() {
        let bins = [(-1.0, -0.5, 4), (0.0, 0.0, 9)];
        assert_eq!(of_bins(&bins, &edges(-0.9, 0.0, 1)), [(-1.0, 0.0, 13)]);
    }
}
