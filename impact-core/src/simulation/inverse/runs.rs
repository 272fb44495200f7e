//! Runs of a side: from the tail to the median, each as long as it fits.
//!
//! One rule: a run is measured at a quarter and at three quarters, close to where it is farthest off. Where one of the two is too
//! far off, both are knots already, and the run becomes two.

use super::breaks::{Break, seen_from, shoulders};
use super::knot::{Knot, Side};
use super::near::{allowed, is_exact, same_digits};
use super::run::{Run, in_order};
use super::solve::{Wanted, solve};
use crate::distribution::Distribution;

/// The tail chance at which runs begin, as cells do.
pub(super) const FIRST: f64 = 1.0 / (1_u64 << 17) as f64;
/// The shortest run that is halved. A shorter one is left to the quantile: it takes four draws in a thousand million.
pub(super) const SHORTEST: f64 = 1.0 / (1_u64 << 28) as f64;
/// Runs of a side at most; past them the quantile is asked.
const MOST_RUNS: usize = 2_048;

/// The part of what a value may be off in all that a run may be off. A run is dear and a cell is not: a little more of a run
/// leaves much more to its cells.
const RUNS_PART: f64 = 0.125;

/// Where the first knots are looked for: so many to an octave of chance.
const TO_AN_OCTAVE: u32 = 4;
/// How far from where it is looked for such a knot may lie, as a share of its chance.
const ROUGHLY: f64 = 1.0 / 32.0;
/// How near the chance of the ends must come, as a share of it.
const CLOSE: f64 = 1e-13;

/// The places at which a run is measured, and may be divided.
const PLACES: [f64; 2] = [0.25, 0.75];
/// Those at which a run of a mixture is measured besides: a narrow component can be passed over at two.
const BESIDES: [f64; 2] = [0.1, 0.6];

/// A side in the making.
pub(super) struct Runs<'a> {
    distribution: &'a Distribution,
    side: Side,
    /// Chances at which the runs of a mixture are measured besides.
    shoulders: Vec<f64>,
    besides: &'static [f64],
    runs: Vec<Run>,
}

impl<'a> Runs<'a> {
    /// Through knots of a smooth shape, of which there are an odd number.
    pub(super) fn through(distribution: &'a Distribution, side: Side, knots: &[Knot]) -> Vec<Run> {
        let mut runs = Self { distribution, side, shoulders: Vec::new(), besides: &[], runs: Vec::new() };
        runs.through_all(knots);
        runs.runs
    }

    /// From break to break, between the value at the first chance and the median.
    pub(super) fn between_breaks(
        distribution: &'a Distribution,
        side: Side,
        values: &[f64],
        ends: [Knot; 2],
    ) -> Vec<Run> {
        let shoulders = shoulders(&distribution.family()).into_iter().map(|x| side.chance(distribution, x)).collect();
        let mut runs = Self { distribution, side, shoulders, besides: &BESIDES, runs: Vec::new() };
        let [mut from, median] = ends;
        for Break { x, before, after } in seen_from(distribution, side, values, (from.v, median.v)) {
            runs.smooth(from, runs.end(before, x, -side.inwards()));
            if after > before {
                runs.runs.push(Run::flat(before.max(from.v), after.min(median.v), x));
            }
            from = runs.end(after, x, side.inwards());
        }
        if from.v < median.v {
            runs.smooth(from, median);
        }
        runs.runs
    }

    /// The value with a chance in a tail or at the median.
    pub(super) fn first_or_median(distribution: &Distribution, side: Side, v: f64) -> Knot {
        let (low, high) = match side {
            Side::Lower => distribution.around_quantile(v),
            Side::Upper => distribution.around_upper_quantile(v),
        };
        // A little wider: the ends may be the value itself, up to rounding.
        let beside = f64::EPSILON * (low.abs() + high.abs()) + f64::MIN_POSITIVE;
        let ends = (low - beside, high + beside);
        let (outer, inner) = if side == Side::Lower { ends } else { (ends.1, ends.0) };
        let found = solve(distribution, Wanted { side, v, within: CLOSE * v }, (outer, inner), f64::NAN);
        Knot { v, ..found }
    }

    /// An end of a smooth stretch: a break, with the slope a step beside it.
    fn end(&self, v: f64, x: f64, direction: f64) -> Knot {
        let beside = if direction > 0.0 { x.next_up() } else { x.next_down() };
        Knot { v, x, slope: Knot::at(self.distribution, self.side, beside).slope }
    }

    /// The stretch between two knots, without a break.
    fn smooth(&mut self, from: Knot, to: Knot) {
        if to.v - from.v <= SHORTEST {
            return;
        }
        let mut knots = vec![from];
        let mut last = from;
        for v in borders().filter(|v| *v > from.v && *v < to.v) {
            let within = ROUGHLY * v;
            if v - last.v < 2.0 * within || to.v - v < 2.0 * within {
                continue;
            }
            // Against the logarithm of the chance tails are nearly straight.
            let guess = last.x + last.slope * last.v * libm::log(v / last.v);
            let wanted = Wanted { side: self.side, v, within };
            let still = same_digits(guess, last.x) && is_exact(self.distribution, self.side, v, last.x);
            last = if still {
                Knot { v, x: last.x, slope: 0.0 }
            } else {
                solve(self.distribution, wanted, (last.x, to.x), guess)
            };
            knots.push(last);
        }
        if knots.len() % 2 == 1 {
            knots.push(self.between(&last, &to, f64::NAN));
        }
        knots.push(to);
        self.through_all(&knots);
    }

    fn through_all(&mut self, knots: &[Knot]) {
        for place in (2..knots.len()).step_by(2) {
            if let Some([from, middle, to]) = knots.get(place - 2..=place) {
                self.divided(&[*from, *middle, *to]);
            }
        }
    }

    /// The run through three knots where it fits, else the two of which it is made.
    fn divided(&mut self, knots: &[Knot; 3]) {
        let mut run = Run::through(knots);
        let [from, middle, to] = knots;
        let measured = PLACES.map(|place| self.measured(&run, run.chance(place)));
        let [(one, one_fits), (other, other_fits)] = measured;
        let values = [from.x, one.x, middle.x, other.x, to.x];
        run.fits = one_fits && other_fits && in_order(self.side, &values) && self.fits_besides(&run);
        if run.fits || to.v - from.v <= SHORTEST || self.runs.len() >= MOST_RUNS {
            self.runs.push(run);
            return;
        }
        let halves = [(from, &one, middle), (middle, &other, to)];
        for (from, between, to) in halves {
            let middle = self.in_the_midst(from, between, to);
            self.divided(&[*from, middle, *to]);
        }
    }

    /// Whether a run is near enough where it is not divided.
    fn fits_besides(&self, run: &Run) -> bool {
        let besides = self.besides.iter().map(|place| run.chance(*place));
        let shoulders = self.shoulders.iter().copied().filter(|v| *v > run.from && *v < run.to);
        besides.chain(shoulders).all(|v| self.measured(run, v).1)
    }

    /// What the distribution says of a value of a run, and whether it is near enough.
    fn measured(&self, run: &Run, v: f64) -> (Knot, bool) {
        let found = Knot::at(self.distribution, self.side, run.knot(v).x);
        if found.x.is_subnormal() {
            return (Knot { x: 0.0, slope: 0.0, ..found }, false);
        }
        let near = (found.v - v).abs() <= RUNS_PART * allowed(v);
        (found, near || is_exact(self.distribution, self.side, v, found.x))
    }

    /// The knot that was measured between two others, or where it lies too close to one of them, the one half-way.
    fn in_the_midst(&self, from: &Knot, measured: &Knot, to: &Knot) -> Knot {
        let margin = 0.125 * (to.v - from.v);
        let inside = measured.v - from.v >= margin && to.v - measured.v >= margin;
        if inside && measured.slope.is_finite() { *measured } else { self.between(from, to, measured.x) }
    }

    /// A knot about half-way between two.
    fn between(&self, from: &Knot, to: &Knot, guess: f64) -> Knot {
        let wanted = Wanted { side: self.side, v: 0.5 * (from.v + to.v), within: 0.125 * (to.v - from.v) };
        let found = solve(self.distribution, wanted, (from.x, to.x), guess);
        if found.x.is_subnormal() { Knot { x: 0.0, slope: 0.0, ..found } } else { found }
    }
}

/// Evenly spaced chances of each octave.
fn borders() -> impl Iterator<Item = f64> {
    let octaves = (1..=16).rev().map(|octave| 1.0 / f64::from(1_u32 << (octave + 1)));
    octaves.flat_map(|size| (0..TO_AN_OCTAVE).map(move |part| size * (1.0 + f64::from(part) / f64::from(TO_AN_OCTAVE))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulation::inverse::breaks::breaks;

    fn lower(distribution: &Distribution) -> Vec<Run> {
        let [first, median] = [FIRST, 0.5].map(|v| Runs::first_or_median(distribution, Side::Lower, v));
        let values = breaks(&distribution.family(), (first.x, median.x));
        Runs::between_breaks(distribution, Side::Lower, &values, [first, median])
    }

    fn normal(mean: i64, sd: i64) -> Distribution {
        Distribution::normal(mean.into(), sd.into()).unwrap()
    }

    #[test]
    fn runs_reach_from_the_tail_to_the_median_and_fit() {
        let mixture = Distribution::mixture(vec![(1.into(), normal(0, 1)), (3.into(), normal(6, 2))]).unwrap();
        let runs = lower(&mixture);
        assert_eq!((runs[0].from, runs[runs.len() - 1].to), (FIRST, 0.5));
        assert!(runs.windows(2).all(|pair| pair[0].to == pair[1].from));
        assert!(runs.len() < 100, "{}", runs.len());
        for run in &runs {
            assert!(run.fits, "{run:?}");
            for v in [0.1, 0.25, 0.6, 1.0].map(|place| run.chance(place)) {
                let off = (mixture.cdf(run.knot(v).x) - v).abs();
                assert!(off <= 1.25 * RUNS_PART * allowed(v), "{v}: {off:e}");
            }
        }
    }

    #[test]
    fn a_point_of_chance_is_one_run_and_a_gap_is_none() {
        let nothing = Distribution::discrete(&[(0.into(), 1.into())]).unwrap();
        let some = Distribution::uniform(10.into(), 20.into()).unwrap();
        let runs = lower(&Distribution::mixture(vec![(1.into(), nothing), (3.into(), some)]).unwrap());
        assert_eq!((runs[0].from, runs[0].to, runs[0].knot(0.1).x), (FIRST, 0.25, 0.0));
        assert_eq!((runs[1].from, runs[1].knot(0.25).x), (0.25, 10.0));
        assert!(runs.len() < 6, "straight from there on: {}", runs.len());
    }

    #[test]
    fn the_slope_at_a_break_is_the_one_beside_it() {
        let parts = [(0, 1), (1, 3)].map(|(low, high)| Distribution::uniform(low.into(), high.into()).unwrap());
        let mixture = Distribution::mixture(parts.map(|part| (1.into(), part)).into()).unwrap();
        let values = breaks(&mixture.family(), (0.0, 3.0));
        let ends = [0.1, 0.9].map(|v| Runs::first_or_median(&mixture, Side::Lower, v));
        let runs = Runs::between_breaks(&mixture, Side::Lower, &values, ends);
        let kink = runs.iter().position(|run| run.to == 0.5).unwrap();
        let slopes = [runs[kink].knot(0.5).slope, runs[kink + 1].knot(0.5).slope];
        assert!((slopes[0] - 2.0).abs() < 1e-12 && (slopes[1] - 4.0).abs() < 1e-12, "{slopes:?}");
    }
}
