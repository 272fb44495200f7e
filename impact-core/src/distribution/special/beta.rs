//! The regularised incomplete beta function and the term in front of it.
//!
//! Both `x` and `y` = 1 − x are passed, so that neither end loses digits. The continued fraction is the one of
//! A. R. DiDonato and A. H. Morris, "Significant digit computation of the incomplete beta function ratios", ACM TOMS 18
//! (1992), equation 9: it is written in λ = a y − b x, which keeps its digits where large shapes meet near the mean.

use super::gamma::{MOST_STEPS, TINY, Tails, away_from_zero, deviance, stirling_error};
use super::normal::LN_SQRT_TWO_PI;

/// The function of two shapes; what does not vary with x is worked out once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Incomplete {
    a: f64,
    b: f64,
    ln_peak: f64,
}

impl Incomplete {
    pub(crate) fn new(a: f64, b: f64) -> Self {
        Self { a, b, ln_peak: ln_peak(a, b) }
    }

    /// ln of xᵃ yᵇ / B(a, b).
    pub(crate) fn ln_term(&self, x: f64, y: f64) -> f64 {
        if x <= 0.0 || y <= 0.0 {
            return f64::NEG_INFINITY;
        }
        ln_fall(self.a, self.b, x, y) + self.ln_peak
    }

    /// I(x; a, b) and its complement.
    pub(crate) fn tails(&self, x: f64, y: f64) -> Tails {
        self.tails_and_term(x, y).0
    }

    /// [`tails`](Self::tails), and the exponential of [`ln_term`](Self::ln_term), which they are made of.
    pub(crate) fn tails_and_term(&self, x: f64, y: f64) -> (Tails, f64) {
        if x <= 0.0 {
            return (Tails::BELOW, 0.0);
        }
        if y <= 0.0 {
            return (Tails::ABOVE, 0.0);
        }
        // Left of about the mean the fraction for x converges, right of it the one for y.
        let Self { a, b, .. } = *self;
        let left = a * y - b * x + 1.0 - 2.0 * x >= 0.0;
        let term = libm::exp(self.ln_term(x, y));
        let tails = match (left, term == 0.0) {
            (true, true) => Tails::BELOW,
            (false, true) => Tails::ABOVE,
            (true, false) => Tails::from_lower(term * fraction(a, b, x, y)),
            (false, false) => Tails::from_upper(term * fraction(b, a, y, x)),
        };
        (tails, term)
    }
}

/// ln of xᵃ yᵇ / B(a, b).
pub(crate) fn ln_term(a: f64, b: f64, x: f64, y: f64) -> f64 {
    Incomplete::new(a, b).ln_term(x, y)
}

/// The part of the logarithm of the term that varies, for x and y above 0: nought at the mean, below it elsewhere.
pub(crate) fn ln_fall(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let n = a + b;
    let lambda = a * y - b * x;
    a * deviance(-lambda / a, x * (n / a)) + b * deviance(lambda / b, y * (n / b))
}

/// The logarithm of the term at the mean.
pub(crate) fn ln_peak(a: f64, b: f64) -> f64 {
    let n = a + b;
    let stirling = stirling_error(n) - stirling_error(a) - stirling_error(b);
    stirling + 0.5 * libm::log(a * (b / n)) - LN_SQRT_TWO_PI
}

/// I(x; a, b) and its complement.
pub(crate) fn incomplete(a: f64, b: f64, x: f64, y: f64) -> Tails {
    Incomplete::new(a, b).tails(x, y)
}

fn fraction(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let lambda = a * y - b * x;
    let mut result = away_from_zero(a * (lambda + 1.0) / (a + 1.0));
    let mut c = result;
    let mut d = 0.0;
    for step in 1..=MOST_STEPS {
        let n = f64::from(step);
        let odd = a + 2.0 * n - 1.0;
        let pull = n * (b - n) * x / odd;
        let above = (a + n - 1.0) * (a + b + n - 1.0) * x / odd * pull;
        let below = n + pull + (a + n) * (lambda + 1.0 + n * (1.0 + y)) / (odd + 2.0);
        d = 1.0 / away_from_zero(below + above * d);
        c = away_from_zero(below + above / c);
        let factor = c * d;
        result *= factor;
        if (factor - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    1.0 / result.max(TINY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_and_the_arcsine_law_come_out() {
        for x in [1e-200, 1e-9, 0.2, 0.5, 0.9] {
            // A result is the exponential of a logarithm: its error grows with the size of that.
            let tolerance = 1e-15 * (4.0 + 3.0 * libm::log(x).abs());
            let square = incomplete(2.0, 1.0, libm::sqrt(x), 1.0 - libm::sqrt(x)).lower;
            assert!((square / x - 1.0).abs() < tolerance, "{x:e}: {square:e}");
            let arcsine = incomplete(0.5, 0.5, x, 1.0 - x).lower;
            let expected = 2.0 / std::f64::consts::PI * libm::asin(libm::sqrt(x));
            assert!((arcsine / expected - 1.0).abs() < tolerance, "{x:e}: {arcsine:e}");
        }
    }

    #[test]
    fn the_two_tails_mirror_each_other() {
        let one = incomplete(300.0, 700.0, 0.31, 0.69);
        let other = incomplete(700.0, 300.0, 0.69, 0.31);
        assert_eq!(one, other.swapped());
    }
}
