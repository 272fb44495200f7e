//! The gamma function's relatives: Stirling's error, the Poisson term, the regularised incomplete gamma functions.
//!
//! Powers against factorials are written as deviances, so that large shapes lose no digits: C. Loader, "Fast and accurate
//! computation of binomial probabilities" (2000). The incomplete functions are the power series below the mean and
//! Legendre's continued fraction above it (NIST Digital Library of Mathematical Functions, 8.7.1 and 8.9.2), evaluated by
//! Lentz's method.

use super::normal::LN_SQRT_TWO_PI;

/// Terms of a series or steps of a continued fraction at most. About nine square roots of the shape are needed, so shapes
/// up to 10^9, the largest that constructors let through, stay well inside.
pub(crate) const MOST_STEPS: u32 = 2_000_000;

/// What stands in for a zero denominator in Lentz's method.
pub(crate) const TINY: f64 = 1e-300;

/// ln(1 + `excess`) − `excess`, where `ratio` is 1 + `excess` as well as the caller knows it. Never above zero.
pub(crate) fn deviance(excess: f64, ratio: f64) -> f64 {
    if excess.abs() > 0.5 {
        return libm::log(ratio) - excess;
    }
    // With r = e/(2+e): ln(1+e) = 2 atanh r and 2r − e = −r e, so nothing large cancels.
    let r = excess / (2.0 + excess);
    let square = r * r;
    let mut power = 1.0;
    let mut sum = 0.0;
    let mut odd = 3.0;
    while power > f64::EPSILON * 0.01 {
        sum += power / odd;
        power *= square;
        odd += 2.0;
    }
    r * (2.0 * square * sum - excess)
}

/// ln Γ(z + 1) less Stirling's approximation (z + ½) ln z − z + ½ ln 2π, for z > 0.
pub(crate) fn stirling_error(z: f64) -> f64 {
    if z < 0.5 {
        return libm::lgamma(z + 1.0) - (z + 0.5) * libm::log(z) + z - LN_SQRT_TWO_PI;
    }
    let mut shifted = z;
    let mut sum = 0.0;
    while shifted < 10.0 {
        sum += (shifted + 0.5) * libm::log1p(1.0 / shifted) - 1.0;
        shifted += 1.0;
    }
    let inverse = 1.0 / shifted;
    let square = inverse * inverse;
    let series = STIRLING.iter().rev().fold(0.0, |total, (above, below)| total * square + above / below);
    sum + series * inverse
}

/// B(2k) / (2k (2k−1)), the coefficients of Stirling's series, as fractions.
const STIRLING: [(f64, f64); 8] = [
    (1.0, 12.0),
    (-1.0, 360.0),
    (1.0, 1260.0),
    (-1.0, 1680.0),
    (1.0, 1188.0),
    (-691.0, 360_360.0),
    (1.0, 156.0),
    (-3617.0, 122_400.0),
];

/// The functions of one shape a > 0; what does not vary with x is worked out once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Incomplete {
    a: f64,
    ln_peak: f64,
}

impl Incomplete {
    pub(crate) fn new(a: f64) -> Self {
        Self { a, ln_peak: ln_poisson_peak(a) }
    }

    /// ln of xᵃ e⁻ˣ / Γ(a + 1), the Poisson term.
    pub(crate) fn ln_term(&self, x: f64) -> f64 {
        let ratio = x / self.a;
        if ratio <= 0.0 || ratio == f64::INFINITY {
            return f64::NEG_INFINITY;
        }
        self.a * deviance((x - self.a) / self.a, ratio) + self.ln_peak
    }

    /// P(a, x) and Q(a, x).
    pub(crate) fn tails(&self, x: f64) -> Tails {
        self.tails_and_term(x).0
    }

    /// [`tails`](Self::tails), and the Poisson term, which they are made of.
    pub(crate) fn tails_and_term(&self, x: f64) -> (Tails, f64) {
        if x <= 0.0 {
            return (Tails::BELOW, 0.0);
        }
        let a = self.a;
        let term = libm::exp(self.ln_term(x));
        let tails = if x < a + 1.0 {
            Tails::from_lower(term * series(a, x))
        } else if term == 0.0 {
            Tails::ABOVE
        } else {
            Tails::from_upper(term * a * fraction(a, x))
        };
        (tails, term)
    }
}

/// ln of xᵃ e⁻ˣ / Γ(a + 1), the Poisson term, for a > 0.
pub(crate) fn ln_poisson_term(a: f64, x: f64) -> f64 {
    Incomplete::new(a).ln_term(x)
}

/// [`ln_poisson_term`] at x = a, where it is largest.
pub(crate) fn ln_poisson_peak(a: f64) -> f64 {
    -stirling_error(a) - 0.5 * libm::log(a) - LN_SQRT_TWO_PI
}

/// The two regularised incomplete gamma functions, P and Q = 1 − P.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Tails {
    pub(crate) lower: f64,
    pub(crate) upper: f64,
}

impl Tails {
    pub(crate) const BELOW: Tails = Tails { lower: 0.0, upper: 1.0 };
    pub(crate) const ABOVE: Tails = Tails { lower: 1.0, upper: 0.0 };

    pub(crate) fn from_lower(lower: f64) -> Self {
        let lower = lower.clamp(0.0, 1.0);
        Self { lower, upper: 1.0 - lower }
    }

    pub(crate) fn from_upper(upper: f64) -> Self {
        Self::from_lower(upper).swapped()
    }

    pub(crate) fn swapped(self) -> Self {
        Self { lower: self.upper, upper: self.lower }
    }
}

/// P(a, x) and Q(a, x).
pub(crate) fn incomplete(a: f64, x: f64) -> Tails {
    Incomplete::new(a).tails(x)
}

/// Σ xⁿ / ((a+1)…(a+n)).
fn series(a: f64, x: f64) -> f64 {
    let (mut sum, mut term, mut below) = (1.0, 1.0, a);
    for _ in 0..MOST_STEPS {
        below += 1.0;
        term *= x / below;
        sum += term;
        if term <= sum * f64::EPSILON * 0.1 {
            break;
        }
    }
    sum
}

/// 1/(x+1−a − 1(1−a)/(x+3−a − 2(2−a)/(x+5−a − …))).
fn fraction(a: f64, x: f64) -> f64 {
    let mut below = x + 1.0 - a;
    let mut d = 1.0 / below;
    let mut c = 1.0 / TINY;
    let mut result = d;
    for step in 1..=MOST_STEPS {
        let n = f64::from(step);
        let above = -n * (n - a);
        below += 2.0;
        d = 1.0 / away_from_zero(above * d + below);
        c = away_from_zero(below + above / c);
        let factor = c * d;
        result *= factor;
        if (factor - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    result
}

/// The number, or a tiny one in place of zero.
pub(crate) fn away_from_zero(value: f64) -> f64 {
    if value.abs() < TINY { TINY } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stirling_error_agrees_with_factorials() {
        // 8! = 40320, 0! read at a small argument.
        let expected = libm::log(40_320.0) - (8.5 * libm::log(8.0) - 8.0 + LN_SQRT_TWO_PI);
        assert!((stirling_error(8.0) - expected).abs() < 4e-15);
        let half = 0.5 * libm::log(std::f64::consts::PI) - libm::log(2.0);
        assert!((stirling_error(0.5) - (half - libm::log(0.5) + 0.5 - LN_SQRT_TWO_PI)).abs() < 1e-15);
    }

    #[test]
    fn the_exponential_is_the_gamma_of_shape_one() {
        for x in [1e-300, 1e-9, 0.3, 1.0, 2.5, 40.0, 700.0] {
            let tails = incomplete(1.0, x);
            // A result is the exponential of a logarithm: its error grows with the size of that.
            let tolerance = 1e-15 * (4.0 + x + libm::log(x).abs());
            assert!((tails.lower / -libm::expm1(-x) - 1.0).abs() < tolerance, "{x:e}");
            assert!((tails.upper / libm::exp(-x) - 1.0).abs() < tolerance, "{x:e}");
        }
    }
}
