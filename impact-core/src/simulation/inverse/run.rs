//! Runs: the quantile between three knots, as the one polynomial of fifth degree with their values and slopes.
//!
//! One rule: a run reaches far, because its error shrinks with the sixth power of its length; cells, which are looked up, are
//! cubics that are read off runs. So the distribution function is asked for one run where it would be asked for many cells.
//!
//! Method: Hermite's interpolation by divided differences in the place within the run, at the places 0, 0, m, m, 1, 1.

use super::knot::{Knot, Side};

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    pub(super) from: f64,
    pub(super) to: f64,
    /// Whether its values were measured and found near enough.
    pub(super) fits: bool,
    first: f64,
    last: Knot,
    middle: f64,
    /// Of t, t², t² (t − m), t² (t − m)² and t² (t − m)² (t − 1).
    differences: [f64; 5],
}

impl Run {
    /// Through three knots, not measured yet.
    pub(super) fn through([from, middle, to]: &[Knot; 3]) -> Self {
        let width = to.v - from.v;
        let m = (middle.v - from.v) / width;
        let rest = 1.0 - m;
        let (to_middle, to_end) = (middle.x - from.x, to.x - middle.x);
        let first = [from.slope * width, to_middle / m, middle.slope * width, to_end / rest, to.slope * width];
        let second = [
            (first[1] - first[0]) / m,
            (first[2] - first[1]) / m,
            (first[3] - first[2]) / rest,
            (first[4] - first[3]) / rest,
        ];
        let third = [(second[1] - second[0]) / m, second[2] - second[1], (second[3] - second[2]) / rest];
        let fourth = [third[1] - third[0], third[2] - third[1]];
        let differences = [first[0], second[0], third[0], fourth[0], fourth[1] - fourth[0]];
        Self { from: from.v, to: to.v, fits: false, first: from.x, last: *to, middle: m, differences }
    }

    /// A point of chance: the same value from one chance to another.
    pub(super) fn flat(from: f64, to: f64, x: f64) -> Self {
        let last = Knot { v: to, x, slope: 0.0 };
        Self { from, to, fits: true, first: x, last, middle: 0.5, differences: [0.0; 5] }
    }

    /// The value at a chance, and how it changes with the chance.
    pub(super) fn knot(&self, v: f64) -> Knot {
        if v == self.to {
            return self.last;
        }
        let width = self.to - self.from;
        let t = (v - self.from) / width;
        let [a, b, c, d, e] = self.differences;
        let (near, end) = (t - self.middle, t - 1.0);
        let fourth = d + end * e;
        let (third, third_slope) = (c + near * fourth, fourth + near * e);
        let (second, second_slope) = (b + near * third, third + near * third_slope);
        let rise = t * (a + t * second);
        let slope = a + t * (2.0 * second + t * second_slope);
        Knot { v, x: self.first + rise, slope: slope / width }
    }

    /// The chance at a place within the run.
    pub(super) fn chance(&self, place: f64) -> f64 {
        self.from + place * (self.to - self.from)
    }
}

/// Whether values follow each other from the tail towards the median.
pub(super) fn in_order(side: Side, values: &[f64]) -> bool {
    values.iter().zip(values.iter().skip(1)).all(|(outer, inner)| (inner - outer) * side.inwards() >= 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_polynomial_of_fifth_degree_is_met_everywhere() {
        let at = |v: f64| {
            let x = 2.0 + v * (1.0 + v * (-0.5 + v * (3.0 + v * (0.25 - 2.0 * v))));
            let slope = 1.0 + v * (-1.0 + v * (9.0 + v * (1.0 - 10.0 * v)));
            Knot { v, x, slope }
        };
        let run = Run::through(&[at(0.25), at(0.375), at(0.45)]);
        for v in [0.25, 0.26, 0.3, 0.375, 0.4, 0.449, 0.45] {
            let (got, want) = (run.knot(v), at(v));
            assert!((got.x - want.x).abs() < 1e-15 * want.x, "{v}: {got:?}, not {want:?}");
            assert!((got.slope - want.slope).abs() < 1e-13, "{v}: {got:?}, not {want:?}");
        }
    }

    #[test]
    fn a_point_of_chance_is_one_value_without_a_slope() {
        assert_eq!(Run::flat(0.1, 0.3, 7.0).knot(0.2), Knot { v: 0.2, x: 7.0, slope: 0.0 });
    }
}
