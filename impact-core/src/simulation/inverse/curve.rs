//! Curves: densities of beta, gamma and Student's distribution over a variable in which they are log-concave and smooth, and a
//! walk along them from the tail to the median that finds the value at each border.
//!
//! One rule: chance is gathered from its own tail, so that small chances keep their digits; from border to border it is
//! an integral of the density, never a difference of two chances.
//!
//! | shape | variable t | density over t |
//! |---|---|---|
//! | beta | ln (x / (1 − x)) | xᵃ (1 − x)ᵇ / B(a, b) |
//! | gamma | ln x | xᵃ e⁻ˣ / Γ(a) |
//! | Student | arsinh (x / √ν) | c √ν / cosh^ν t |
//!
//! Method: a step is guessed from density and slope, its chance is integrated by Gauss and Legendre's rule with three
//! points, and the rest is made up by one Newton step of the second order.

use super::knot::{Knot, Side};
use crate::distribution::special::{beta, gamma};
use crate::distribution::{Distribution, Family, odds};

/// Shapes below this have borders that a float cannot hold, and are inverted by the distribution's own quantile.
const LEAST_SHAPE: f64 = 0.02;

/// From this shape on chances take long, and the shape is normal to three digits.
const LARGE: f64 = 1e6;

/// The widest panel of the integral in t: over it the logarithm of a density bends by little.
const PANEL: f64 = 0.5;

/// Nodes and weights of Gauss and Legendre's rule on (0, 1).
const GAUSS: [(f64, f64); 3] =
    [(0.112_701_665_379_258_31, 5.0 / 18.0), (0.5, 8.0 / 18.0), (0.887_298_334_620_741_7, 5.0 / 18.0)];

/// A density over t.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Curve {
    shape: Shape,
    /// The logarithm of what the fall from the peak is multiplied by.
    ln_peak: f64,
    /// Of the base below and above the bounds, and between them; 0, 0 and 1 where nothing is cut.
    below: f64,
    above: f64,
    kept: f64,
}

#[derive(Debug, Clone, PartialEq)]
enum Shape {
    Beta { a: f64, b: f64, low: f64, high: f64 },
    Gamma { a: f64, scale: f64 },
    Student { location: f64, spread: f64, df: f64 },
}

/// The density at a point, and the slope of its logarithm.
struct Point {
    density: f64,
    slope: f64,
}

impl Curve {
    /// The curve of a shape that has one.
    pub(super) fn of(family: &Family<'_>) -> Option<Self> {
        match family {
            Family::Truncated { base, below, above, kept, .. } => {
                let whole = Self::of(base).filter(|curve| curve.kept == 1.0)?;
                let ln_peak = whole.ln_peak - libm::log(*kept);
                Some(Self { ln_peak, below: *below, above: *above, kept: *kept, ..whole })
            }
            Family::Beta { alpha, beta: other, low, high } if alpha.min(*other) >= LEAST_SHAPE => {
                let shape = Shape::Beta { a: *alpha, b: *other, low: *low, high: *high };
                Some(Self::whole(shape, beta::ln_peak(*alpha, *other)))
            }
            Family::Gamma { shape, scale } if *shape >= LEAST_SHAPE => {
                let ln_peak = gamma::ln_poisson_peak(*shape) + libm::log(*shape);
                Some(Self::whole(Shape::Gamma { a: *shape, scale: *scale }, ln_peak))
            }
            Family::Student { location, scale, df, ln_peak } => {
                let root = libm::sqrt(*df);
                let shape = Shape::Student { location: *location, spread: scale * root, df: *df };
                Some(Self::whole(shape, ln_peak + libm::log(root)))
            }
            _ => None,
        }
    }

    /// Whether the shape is so large that its cells are those of a normal; its chances are slow to work out.
    pub(super) fn is_nearly_normal(&self) -> bool {
        match self.shape {
            Shape::Beta { a, b, .. } => a.min(b) > LARGE,
            Shape::Gamma { a, .. } => a > LARGE,
            Shape::Student { .. } => false,
        }
    }

    fn whole(shape: Shape, ln_peak: f64) -> Self {
        Self { shape, ln_peak, below: 0.0, above: 0.0, kept: 1.0 }
    }

    fn point(&self, t: f64) -> Point {
        let (ln_fall, slope) = match self.shape {
            Shape::Beta { a, b, .. } => {
                let (x, y) = shares(t);
                (beta::ln_fall(a, b, x, y), a * y - b * x)
            }
            Shape::Gamma { a, .. } => {
                let x = libm::exp(t);
                (a * gamma::deviance((x - a) / a, x / a), a - x)
            }
            Shape::Student { df, .. } => {
                let sinh = libm::sinh(t);
                let square = sinh * sinh;
                (-0.5 * df * libm::log1p(square), -df * sinh / libm::sqrt(1.0 + square))
            }
        };
        Point { density: libm::exp(ln_fall + self.ln_peak), slope }
    }

    /// The value at t, and how it changes with t.
    fn value(&self, t: f64) -> (f64, f64) {
        match self.shape {
            Shape::Beta { low, high, .. } => {
                let (x, y) = shares(t);
                let width = high - low;
                (if t <= 0.0 { low + width * x } else { high - width * y }, width * x * y)
            }
            Shape::Gamma { scale, .. } => {
                let value = scale * libm::exp(t);
                (value, value)
            }
            Shape::Student { location, spread, .. } => {
                let sinh = libm::sinh(t);
                (location + spread * sinh, spread * libm::sqrt(1.0 + sinh * sinh))
            }
        }
    }

    /// Where the chance below is `p` and the chance above `q` = 1 − `p`, of the curve as it is cut.
    fn start(&self, distribution: &Distribution, p: f64, q: f64) -> f64 {
        let (lower, upper) = (self.below + p * self.kept, self.above + q * self.kept);
        let value = || {
            let value = if p <= q { distribution.quantile(p) } else { distribution.upper_quantile(q) };
            value.unwrap_or(f64::NAN)
        };
        match self.shape {
            Shape::Beta { a, b, .. } if lower <= upper => libm::log(odds(a, b, lower)),
            Shape::Beta { a, b, .. } => -libm::log(odds(b, a, upper)),
            Shape::Gamma { scale, .. } => libm::log(value() / scale),
            Shape::Student { location, spread, .. } => libm::asinh((value() - location) / spread),
        }
    }

    /// The chance between two points, of which `from` may be the larger.
    fn chance(&self, from: f64, to: f64) -> f64 {
        let width = to - from;
        let panels = libm::ceil(width.abs() / PANEL).clamp(1.0, 64.0);
        let panel = width / panels;
        let part = |panel_number: u32| {
            let start = from + f64::from(panel_number) * panel;
            GAUSS.iter().map(|(node, weight)| weight * self.point(start + node * panel).density).sum::<f64>()
        };
        panel.abs() * (0..panels as u32).map(part).sum::<f64>()
    }

    /// The values at rising chances from a side's tail.
    pub(super) fn knots(&self, distribution: &Distribution, side: Side, borders: &[f64]) -> Vec<Knot> {
        let forward = if side == Side::Lower { 1.0 } else { -1.0 };
        let mut knots = Vec::with_capacity(borders.len());
        let (mut t, mut gathered) = (0.0, None);
        for v in borders {
            let point = match gathered {
                None => {
                    let (p, q) = if side == Side::Lower { (*v, 1.0 - v) } else { (1.0 - v, *v) };
                    t = self.start(distribution, p, q);
                    self.point(t)
                }
                Some((before, last)) => {
                    let (to, point) = self.step(t, forward, v - before, &last);
                    t = to;
                    point
                }
            };
            let (x, stretch) = self.value(t);
            knots.push(Knot { v: *v, x, slope: forward * stretch / point.density });
            gathered = Some((*v, point));
        }
        knots
    }

    /// From t, where the curve is as `here` says, on until `wanted` more chance is gathered.
    fn step(&self, t: f64, forward: f64, wanted: f64, here: &Point) -> (f64, Point) {
        let length = wanted / here.density;
        let bend = forward * here.slope * length;
        let guess = if bend.abs() < 0.1 {
            length * (1.0 - bend * (0.5 - bend / 3.0))
        } else {
            length * libm::log1p(bend.max(-0.9)) / bend.max(-0.9)
        };
        let there = t + forward * guess;
        let rest = wanted - self.chance(t, there);
        let point = self.point(there);
        let first = rest / point.density;
        let bend = forward * point.slope * first;
        let moved = first * (1.0 - 0.5 * bend);
        let density = point.density * (1.0 + bend);
        (there + forward * moved, Point { density, slope: point.slope })
    }
}

/// The shares x and 1 − x with ln (x / (1 − x)) = t.
fn shares(t: f64) -> (f64, f64) {
    let small = libm::exp(-t.abs());
    let (less, more) = (small / (1.0 + small), 1.0 / (1.0 + small));
    if t <= 0.0 { (less, more) } else { (more, less) }
}
