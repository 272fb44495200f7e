//! Drafts: the cells of a smooth shape as they come, measured here and there.
//!
//! One rule: cells of a smooth shape change slowly along a side, so one of four is measured, of a nearly normal one one of sixteen.
//! The coarsest cells of each octave, its first, are always among them.

use super::cells::{Cell, Cells, Fineness};
use super::curve::Curve;
use super::knot::{Knot, Side};
use super::near::{allowed, is_exact};
use super::run::Run;
use super::runs::Runs;
use crate::distribution::{Distribution, Family};

/// Knots of both sides at the borders of sixteen cells an octave.
pub(super) struct Draft<'a> {
    distribution: &'a Distribution,
    lower: Vec<Knot>,
    upper: Vec<Knot>,
    every: usize,
}

impl<'a> Draft<'a> {
    /// The draft of a shape that is smooth: along its density where that has a curve, else by its own quantile.
    pub(super) fn new(distribution: &'a Distribution) -> Option<Self> {
        let family = distribution.family();
        let curve = Curve::of(&family);
        if curve.is_none() && !is_smooth(&family) {
            return None;
        }
        let borders = Fineness::Sixteen.borders();
        let [lower, mut upper] = [Side::Lower, Side::Upper].map(|side| match &curve {
            Some(curve) => curve.knots(distribution, side, &borders),
            None => borders.iter().map(|v| Knot::exact(distribution, side, *v)).collect(),
        });
        // One median, though it was come to from two sides.
        if let (Some(one), Some(other)) = (lower.last(), upper.last_mut()) {
            other.x = one.x;
        }
        let every = if curve.is_some_and(|curve| curve.is_nearly_normal()) { 16 } else { 4 };
        Some(Self { distribution, lower, upper, every })
    }

    fn sides(&self) -> [(Side, &[Knot]); 2] {
        [(Side::Lower, &self.lower), (Side::Upper, &self.upper)]
    }

    /// The cells, where those that are measured fit.
    pub(super) fn cells(&self) -> Option<Cells> {
        let fit = |(side, knots): (Side, &[Knot])| {
            let mut measured = knots.iter().zip(knots.iter().skip(1)).step_by(self.every);
            measured.all(|(from, to)| self.fits(side, from, to))
        };
        if !self.sides().into_iter().all(fit) {
            return None;
        }
        let [lower, upper] = self.sides().map(|(_, knots)| {
            knots.iter().zip(knots.iter().skip(1)).map(|(from, to)| Cell::between(from, to)).collect()
        });
        Some(Cells::new(Fineness::Sixteen, lower, self.lower.last().map_or(f64::NAN, |knot| knot.x), upper))
    }

    /// Whether the middle of the cubic between two knots gives a chance back that is near enough.
    fn fits(&self, side: Side, from: &Knot, to: &Knot) -> bool {
        let (v, x) = (from.v + 0.5 * (to.v - from.v), Cell::between(from, to).at(0.5));
        let off = (side.chance(self.distribution, x) - v).abs();
        off <= allowed(v) || is_exact(self.distribution, side, v, x)
    }

    /// Runs through the knots of both sides.
    pub(super) fn runs(&self) -> [Vec<Run>; 2] {
        self.sides().map(|(side, knots)| Runs::through(self.distribution, side, knots))
    }
}

/// Whether a shape has no kink, step or gap inside its range.
fn is_smooth(family: &Family<'_>) -> bool {
    match family {
        Family::Closed | Family::Beta { .. } | Family::Gamma { .. } | Family::Student { .. } => true,
        Family::Truncated { base, .. } => is_smooth(base),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_steep_shape_has_runs_where_its_cells_do_not_fit() {
        let steep = Distribution::beta("0.1".parse().unwrap(), "0.1".parse().unwrap()).unwrap();
        let draft = Draft::new(&steep).unwrap();
        assert!(draft.cells().is_none());
        let runs = draft.runs();
        assert!(runs.iter().flatten().all(|run| run.fits));
        let gentle = Distribution::beta(2.into(), 5.into()).unwrap();
        assert!(Draft::new(&gentle).unwrap().cells().is_some());
    }

    #[test]
    fn a_shape_with_a_kink_has_no_draft() {
        let triangle = Distribution::triangular(0.into(), 1.into(), 4.into()).unwrap();
        let cut = Distribution::truncated(triangle, Some("0.5".parse().unwrap()), None).unwrap();
        assert!(Draft::new(&cut).is_none());
    }
}
