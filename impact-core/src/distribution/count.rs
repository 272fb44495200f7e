//! Counts: shapes on 0, 1, 2, … whose chances follow (j+1) p(j+1) = (α + β j) p(j).
//!
//! One rule: the quantile is the smallest count that satisfies its definition, found by doubling steps from a normal guess
//! and then halving; no rounding of an approximate answer.
//! Method: L. Katz, "Unified treatment of a broad class of discrete probability distributions" (1965).

use super::quick::quick;
use super::shape::{Partial, Shape};
use super::special::normal;

/// A shape of Katz's family: Poisson, binomial, negative binomial.
pub(super) trait Count: Shape {
    /// α and β of the recurrence.
    fn recurrence(&self) -> (f64, f64);
    /// The chance of exactly this whole count.
    fn ln_chance(&self, count: f64) -> f64;
}

/// What every shape of counts answers in the same way, from its tails and its recurrence.
macro_rules! shape_of_counts {
    () => {
        fn ln_density(&self, x: f64) -> f64 {
            crate::distribution::count::ln_density(self, x)
        }
        fn cdf(&self, x: f64) -> f64 {
            self.tails(x).lower
        }
        fn survival(&self, x: f64) -> f64 {
            self.tails(x).upper
        }
        fn lower_quantile(&self, p: f64) -> f64 {
            crate::distribution::count::lower_quantile(self, p)
        }
        fn upper_quantile(&self, q: f64) -> f64 {
            crate::distribution::count::upper_quantile(self, q)
        }
        fn partial(&self, low: f64, high: f64) -> crate::distribution::shape::Partial {
            crate::distribution::count::partial(self, low, high)
        }
        fn is_discrete(&self) -> bool {
            true
        }
        fn below(&self, x: f64) -> f64 {
            crate::distribution::count::below(self, x)
        }
        fn at_least(&self, x: f64) -> f64 {
            crate::distribution::count::at_least(self, x)
        }
    };
}

pub(super) use shape_of_counts;

/// Whether the number is one of the counts of a shape.
pub(super) fn is_count(shape: &impl Count, x: f64) -> bool {
    let (low, high) = shape.support();
    x >= low && x <= high.min(LARGEST_COUNT) && libm::floor(x) == x
}

/// The logarithm of the chance of a number, whole or not.
pub(super) fn ln_density(shape: &impl Count, x: f64) -> f64 {
    if is_count(shape, x) { shape.ln_chance(x) } else { f64::NEG_INFINITY }
}

/// The chance of a count below.
pub(super) fn below(shape: &impl Count, x: f64) -> f64 {
    shape.cdf(libm::ceil(x) - 1.0)
}

/// The chance of a count at or above.
pub(super) fn at_least(shape: &impl Count, x: f64) -> f64 {
    shape.survival(libm::ceil(x) - 1.0)
}

/// The smallest count with chance `p` at or below it.
pub(super) fn lower_quantile(shape: &impl Count, p: f64) -> f64 {
    search(shape, normal::quantile(p), |count| shape.cdf(count) >= p)
}

/// The smallest count with no more than chance `q` above it.
pub(super) fn upper_quantile(shape: &impl Count, q: f64) -> f64 {
    search(shape, -normal::quantile(q), |count| shape.survival(count) <= q)
}

/// Counts above this are not told apart by a float; no accepted shape reaches it with a chance a float can hold.
pub(super) const LARGEST_COUNT: f64 = 9_007_199_254_740_992.0;

/// The smallest count at which the condition holds, where it holds from some count on.
fn search(shape: &impl Count, deviations: f64, holds: impl Fn(f64) -> bool) -> f64 {
    let (low, high) = shape.support();
    let high = high.min(LARGEST_COUNT);
    let guess = libm::floor(shape.mean() + deviations * libm::sqrt(shape.variance())).clamp(low, high);
    let mut step = 1.0;
    let (mut no, mut yes);
    if holds(guess) {
        (no, yes) = (guess - step, guess);
        while no >= low && holds(no) {
            step *= 2.0;
            (no, yes) = (no - step, no);
        }
        no = no.max(low - 1.0);
    } else {
        (no, yes) = (guess, guess + step);
        while yes < high && !holds(yes) {
            step *= 2.0;
            (no, yes) = (yes, yes + step);
        }
        yes = yes.min(high);
    }
    while yes - no > 1.0 {
        let middle = libm::floor(no + 0.5 * (yes - no));
        if holds(middle) {
            yes = middle;
        } else {
            no = middle;
        }
    }
    yes
}

/// The smallest count with chance `p` at or below it, for a shape that is asked once and not again: a quick answer where there is
/// no doubt about it, else one chance below a good guess, then steps by the recurrence. Within 1e-13 of a border between two counts
/// it may be either.
///
/// Method: the guess is that of Cornish and Fisher (1938) to the third moment; of Katz's family the skewness is
/// (2 variance / mean − 1) / sd.
pub(super) fn once(shape: &impl Count, p: f64) -> f64 {
    let z = normal::quantile(p);
    if let Some(count) = quick(shape, z) {
        return count;
    }
    let (low, high) = shape.support();
    let (mean, sd) = (shape.mean(), libm::sqrt(shape.variance()));
    let skewness = (2.0 * sd * sd / mean - 1.0) / sd;
    let guess = mean + sd * (z + skewness * (z * z - 1.0) / 6.0);
    let mut count = libm::floor(guess).clamp(low, high.min(LARGEST_COUNT));
    let (alpha, beta) = shape.recurrence();
    let (mut below, mut chance) = (shape.cdf(count), chance(shape, count));
    if below >= p {
        while count > low && below - chance >= p {
            below -= chance;
            count -= 1.0;
            chance *= (count + 1.0) / (alpha + beta * count);
        }
        return count;
    }
    while count < high {
        chance *= (alpha + beta * count) / (count + 1.0);
        count += 1.0;
        below += chance;
        // Past the last count that adds anything nothing is reached any more.
        if below >= p || (chance <= f64::MIN_POSITIVE && count > mean) {
            break;
        }
    }
    count
}

/// Mass and moments of the counts between two values, both included, about the mean.
pub(super) fn partial(shape: &impl Count, low: f64, high: f64) -> Partial {
    let (from, to) = shape.support();
    let (low, high) = (libm::ceil(low.max(from)), libm::floor(high.min(to)));
    let centre = shape.mean();
    let (_, beta) = shape.recurrence();
    // Σ (j − μ) over the counts up to k telescopes to −flux(k); the second moment is a sum of fluxes by parts.
    let (before, last) = (flux(shape, low - 1.0), flux(shape, high));
    let (mass, first) = (shape.mass(low, high), before - last);
    let inner_mass = mass - chance(shape, high);
    let inner_first = before - flux(shape, high - 1.0);
    let fluxes = shape.variance() * inner_mass + beta / (1.0 - beta) * inner_first;
    let edge = |distance: f64, flux: f64| if flux > 0.0 { distance * flux } else { 0.0 };
    let second = edge(low - centre, before) - edge(high - centre, last) + fluxes;
    Partial { centre, mass, first, second: second.max(0.0) }
}

fn chance(shape: &impl Count, count: f64) -> f64 {
    libm::exp(ln_density(shape, count))
}

/// (α + β j) p(j) / (1 − β).
fn flux(shape: &impl Count, count: f64) -> f64 {
    let chance = chance(shape, count);
    let (alpha, beta) = shape.recurrence();
    if chance > 0.0 { (alpha + beta * count) * chance / (1.0 - beta) } else { 0.0 }
}
