//! Newton's method for a few series side by side.
//!
//! One rule: a lane that does not settle is said to be unsettled, and goes the sure way.
//!
//! # Formula
//! With `f(x) = Σ aᵢ e^(−tᵢ x)` and `g(x) = Σ |aᵢ| e^(−tᵢ x)`, the logarithm of received over paid is
//! `h = ln((g + f) / (g − f)) = 2 artanh(f/g)`. It is nearly a straight line in `x = ln(1 + r)` where flows of one sign come
//! before those of the other, so Newton's method for `h` takes three or four steps from a rate of zero.

use super::exponential::exp;
use crate::number::Lanes;

/// How many series go side by side.
pub(super) const LANES: usize = 4;
/// Steps before a lane is given up.
const STEPS: usize = 12;
/// A step smaller than this, times the years of the series, leaves an error of its square: the last digits.
const SETTLED: f64 = 1e-8;

/// A float of each series.
pub(super) type Side = Lanes<LANES>;

/// The factors `e^(−gap x)` between flows, for lanes at `x`.
pub(super) trait Discounting {
    /// What is computed once for all flows at `x`.
    fn prepare(&mut self, x: Side);
    /// The factor from the flow before to this one.
    fn factor(&self, flow: usize, x: Side) -> Side;
    /// Years from the first flow to this one.
    fn time(&self, flow: usize) -> Side;
}

/// Series on common dates: gaps that repeat share one exponential.
pub(super) struct CommonDates<'a> {
    times: &'a [f64],
    /// For each flow, which of the gaps leads to it.
    gap_of: &'a [usize],
    gaps: &'a [f64],
    factors: Vec<Side>,
}

impl<'a> CommonDates<'a> {
    pub fn new(times: &'a [f64], gap_of: &'a [usize], gaps: &'a [f64]) -> Self {
        Self { times, gap_of, gaps, factors: Vec::with_capacity(gaps.len()) }
    }
}

impl Discounting for CommonDates<'_> {
    #[inline(always)]
    fn prepare(&mut self, x: Side) {
        self.factors.clear();
        self.factors.extend(self.gaps.iter().map(|gap| exp(Side::all(-*gap) * x)));
    }
    #[inline(always)]
    fn factor(&self, flow: usize, _: Side) -> Side {
        let factor = self.gap_of.get(flow).and_then(|gap| self.factors.get(*gap));
        factor.copied().unwrap_or(Side::all(1.0))
    }
    #[inline(always)]
    fn time(&self, flow: usize) -> Side {
        Side::all(self.times.get(flow).copied().unwrap_or(0.0))
    }
}

/// Series on dates of their own.
pub(super) struct OwnDates<'a> {
    /// Years from the first flow, lane by lane.
    pub times: &'a [Side],
    /// Years from the flow before.
    pub gaps: &'a [Side],
}

impl Discounting for OwnDates<'_> {
    #[inline(always)]
    fn prepare(&mut self, _: Side) {}
    #[inline(always)]
    fn factor(&self, flow: usize, x: Side) -> Side {
        let gap = self.gaps.get(flow).copied().unwrap_or(Side::all(0.0));
        exp(Side::all(0.0) - gap * x)
    }
    #[inline(always)]
    fn time(&self, flow: usize) -> Side {
        self.times.get(flow).copied().unwrap_or(Side::all(0.0))
    }
}

/// Where Newton's method came to.
pub(super) struct Settled {
    /// `ln(1 + r)` of each lane.
    pub x: Side,
    /// Whether the lane settled.
    pub settled: [bool; LANES],
}

/// Sums of a pass over the flows.
struct Sums {
    net: Side,
    gross: Side,
    net_time: Side,
    gross_time: Side,
}

/// Solves the lanes that are wanted.
pub(super) fn solve(flows: &[Side], discounting: &mut impl Discounting, span: Side, wanted: [bool; LANES]) -> Settled {
    let mut x = Side::all(0.0);
    let mut settled = wanted.map(|wanted| !wanted);
    for step in 0..STEPS {
        let sums = if step == 0 { undiscounted(flows, discounting) } else { pass(flows, discounting, x) };
        let newton = newton(&sums, step < 2);
        for ((x, newton), (settled, span)) in x.0.iter_mut().zip(newton.0).zip(settled.iter_mut().zip(span.0)) {
            if !*settled {
                *x += newton;
                *settled = (newton * span).abs() <= SETTLED;
            }
        }
        if settled.iter().all(|settled| *settled) {
            break;
        }
    }
    for (settled, wanted) in settled.iter_mut().zip(wanted) {
        *settled &= wanted;
    }
    Settled { x, settled }
}

/// The step `−h/h′`, with `h = 2 artanh(y)`, `y = f/g` and `y′ = (f′g − fg′)/g²`.
#[inline(always)]
fn newton(sums: &Sums, far: bool) -> Side {
    let one = Side::all(1.0);
    let ratio = sums.net / sums.gross;
    // f′ = −net_time and g′ = −gross_time.
    let slope = (ratio * sums.gross_time - sums.net_time) / sums.gross;
    let square = ratio * ratio;
    let artanh = if far {
        Lanes(ratio.0.map(libm::atanh))
    } else {
        ratio * (one + square * (Side::all(1.0 / 3.0) + square * Side::all(0.2)))
    };
    Side::all(0.0) - artanh * (one - square) / slope
}

#[inline(always)]
fn undiscounted(flows: &[Side], discounting: &impl Discounting) -> Sums {
    add_up(flows, discounting, |_, weight| weight)
}

#[inline(always)]
fn pass(flows: &[Side], discounting: &mut impl Discounting, x: Side) -> Sums {
    discounting.prepare(x);
    let shared = &*discounting;
    add_up(flows, shared, |flow, weight| weight * shared.factor(flow, x))
}

#[inline(always)]
fn add_up(flows: &[Side], discounting: &impl Discounting, next: impl Fn(usize, Side) -> Side) -> Sums {
    let zero = Side::all(0.0);
    let mut sums = Sums { net: zero, gross: zero, net_time: zero, gross_time: zero };
    let mut weight = Side::all(1.0);
    for (position, flow) in flows.iter().enumerate() {
        if position > 0 {
            weight = next(position, weight);
        }
        let present = *flow * weight;
        let size = Lanes(present.0.map(f64::abs));
        let time = discounting.time(position);
        sums.net = sums.net + present;
        sums.gross = sums.gross + size;
        sums.net_time = sums.net_time + time * present;
        sums.gross_time = sums.gross_time + time * size;
    }
    sums
}
