//! Moments between bounds, in closed form for families of shapes.
//!
//! One rule: no moment is integrated by steps. A Pearson shape has a kernel τ, at most quadratic, with (τ f)′ = (μ − x) f,
//! and a density that is a straight line needs Simpson's rule alone, which is exact for cubics.
//! Method: C. Stein, "Approximate Computation of Expectations" (1986), lecture VI.

use super::shape::{Partial, Shape};

/// A shape of Pearson's family: normal, gamma, beta, Student.
pub(super) trait Pearson: Shape {
    /// The kernel τ as coefficients of 1, d and d², where d is the distance from the mean.
    fn kernel(&self) -> [f64; 3];
    /// τ times the density, finite everywhere; zero at the ends of the support.
    fn flux(&self, x: f64) -> f64;
}

/// Mass and moments of a Pearson shape between two values, about its mean.
pub(super) fn pearson(shape: &impl Pearson, low: f64, high: f64) -> Partial {
    let (from, to) = shape.support();
    let (low, high) = (low.max(from), high.min(to));
    let centre = shape.mean();
    let mass = shape.mass(low, high);
    let flux = |x: f64| if x > from && x < to { shape.flux(x) } else { 0.0 };
    let moment = |x: f64, flux: f64| if flux > 0.0 { (x - centre) * flux } else { 0.0 };
    let (at_low, at_high) = (flux(low), flux(high));
    let first = at_low - at_high;
    let [constant, linear, square] = shape.kernel();
    let edges = moment(low, at_low) - moment(high, at_high);
    let second = (constant * mass + linear * first + edges) / (1.0 - square);
    Partial { centre, mass, first, second: second.max(0.0) }
}

/// Mass and moments of a density that is a straight line between two values, about a centre.
pub(super) fn straight(centre: f64, (low, at_low): (f64, f64), (high, at_high): (f64, f64)) -> Partial {
    let width = high - low;
    let at_middle = 0.5 * (at_low + at_high);
    let (from, middle, to) = (low - centre, 0.5 * (low + high) - centre, high - centre);
    let simpson = |a: f64, b: f64, c: f64| width / 6.0 * (a + 4.0 * b + c);
    Partial {
        centre,
        mass: width * at_middle,
        first: simpson(from * at_low, middle * at_middle, to * at_high),
        second: simpson(from * from * at_low, middle * middle * at_middle, to * to * at_high),
    }
}

/// Several parts about one centre, together.
pub(super) fn sum(centre: f64, parts: impl Iterator<Item = Partial>) -> Partial {
    parts.fold(Partial::nothing(centre), |total, part| {
        let part = part.about(centre);
        Partial {
            centre,
            mass: total.mass + part.mass,
            first: total.first + part.first,
            second: total.second + part.second,
        }
    })
}
