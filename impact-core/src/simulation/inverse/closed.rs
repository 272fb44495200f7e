//! Shapes whose inverse is a short formula: uniform and triangular.
//!
//! One rule: both ends are reached from their own side, with 1 − u, which is exact.

/// A uniform between two ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Uniform {
    low: f64,
    high: f64,
}

impl Uniform {
    pub(super) fn new(low: f64, high: f64) -> Self {
        Self { low, high }
    }

    /// `low + (high − low) u`.
    #[inline(always)]
    pub(super) fn at(&self, u: f64) -> f64 {
        let width = self.high - self.low;
        let (from_low, from_high) = (self.low + width * u, self.high - width * (1.0 - u));
        if u <= 0.5 { from_low } else { from_high }
    }
}

/// A triangle on three points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Triangular {
    low: f64,
    high: f64,
    /// The chance up to the mode, and the products under the roots.
    up_to_mode: f64,
    rising: f64,
    falling: f64,
}

impl Triangular {
    pub(super) fn new(low: f64, mode: f64, high: f64) -> Self {
        let width = high - low;
        Self {
            low,
            high,
            up_to_mode: (mode - low) / width,
            rising: width * (mode - low),
            falling: width * (high - mode),
        }
    }

    /// `low + √(u (high − low)(mode − low))` up to the mode, `high − √((1 − u)(high − low)(high − mode))` above it.
    #[inline(always)]
    pub(super) fn at(&self, u: f64) -> f64 {
        let below = u <= self.up_to_mode;
        let square = if below { u * self.rising } else { (1.0 - u) * self.falling };
        let root = square.sqrt();
        if below { self.low + root } else { self.high - root }
    }
}
