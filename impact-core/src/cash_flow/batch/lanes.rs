//! Halley's method for a few series side by side.
//!
//! One rule: a lane that does not settle is said to be unsettled, and goes the sure way.
//!
//! # Formula
//! With `f(x) = Σ aᵢ e^(−tᵢ x)` and `g(x) = Σ |aᵢ| e^(−tᵢ x)`, the logarithm of received over paid is
//! `h = ln((g + f) / (g − f)) = 2 artanh(f/g)`. It is nearly a straight line in `x = ln(1 + r)` where flows of one sign come
//! before those of the other, so Halley's method for `h` takes two or three steps from a rate of zero.

use super::exponential::exp;
use crate::number::Lanes;

/// How many series go side by side.
pub(super) const LANES: usize = 4;
/// Steps before a lane is given up.
const STEPS: usize = 12;
/// A step smaller than this, times the years of the series, leaves an error of its cube: less than the last digit.
const SETTLED: f64 = 1e-6;
/// The height of a curve that has come to its root: no slope is above the years of the series, so a step that is settled comes
/// from no higher. A small step from a higher place is one over a top, where the slope is zero.
const LEVEL: f64 = 2.0 * SETTLED;
/// Up to this ratio of net to gross the logarithm is a short series; its error only costs a step.
const SHORT: f64 = 0.3;

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

/// Where the steps came to.
pub(super) struct Settled {
    /// `ln(1 + r)` of each lane.
    pub x: Side,
    /// Whether the lane settled.
    pub settled: [bool; LANES],
}

/// Sums of a pass over the flows: as they are, and times their years once and twice.
struct Sums {
    net: [Side; 3],
    gross: [Side; 3],
}

/// Solves the lanes that are wanted, from a first guess of each.
pub(super) fn solve(
    flows: &[Side],
    discounting: &mut impl Discounting,
    span: Side,
    guess: Side,
    wanted: [bool; LANES],
) -> Settled {
    let mut x = guess;
    let from_zero = guess == Side::all(0.0);
    let mut settled = wanted.map(|wanted| !wanted);
    for step in 0..STEPS {
        if settled.iter().all(|settled| *settled) {
            break;
        }
        let sums = if step == 0 && from_zero { undiscounted(flows, discounting) } else { pass(flows, discounting, x) };
        let (steps, heights) = halley(&sums);
        let ends = settled.iter_mut().zip(span.0.into_iter().zip(heights.0));
        for ((x, step), (settled, (span, height))) in x.0.iter_mut().zip(steps.0).zip(ends) {
            if !*settled {
                *x += step;
                *settled = (step * span).abs() <= SETTLED && height.abs() <= LEVEL;
            }
        }
    }
    for (settled, wanted) in settled.iter_mut().zip(wanted) {
        *settled &= wanted;
    }
    Settled { x, settled }
}

/// The step `−h / (h′ − h h″ / 2h′)`, and `h`. With `p = g + f` and `q = g − f`: `h = ln(p/q)`, `h′ = p′/p − q′/q` and
/// `h″ = p″/p − (p′/p)² − q″/q + (q′/q)²`.
#[inline(always)]
fn halley(sums: &Sums) -> (Side, Side) {
    let ([f0, f1, f2], [g0, g1, g2]) = (sums.net, sums.gross);
    let (received, paid) = (Side::all(1.0) / (g0 + f0), Side::all(1.0) / (g0 - f0));
    // Each derivative by x brings down a −t.
    let (p1, q1) = ((g1 + f1) * received, (g1 - f1) * paid);
    let (p2, q2) = ((g2 + f2) * received, (g2 - f2) * paid);
    let height = twice_artanh(f0 / g0);
    let slope = q1 - p1;
    let bend = (p2 - p1 * p1) - (q2 - q1 * q1);
    (Side::all(0.0) - height / (slope - height * bend * Side::all(0.5) / slope), height)
}

/// `2 artanh(y)`: near zero by a short series, else in full.
#[inline(always)]
fn twice_artanh(ratio: Side) -> Side {
    if ratio.0.iter().any(|ratio| ratio.abs() > SHORT) {
        return Lanes(ratio.0.map(|ratio| libm::log((1.0 + ratio) / (1.0 - ratio))));
    }
    let square = ratio * ratio;
    let series = Side::all(1.0) + square * (Side::all(1.0 / 3.0) + square * Side::all(0.2));
    ratio * series * Side::all(2.0)
}

/// The flows discounted at `x`.
pub(super) fn discounted(flows: &[Side], discounting: &mut impl Discounting, x: Side) -> Vec<Side> {
    discounting.prepare(x);
    let mut weight = Side::all(1.0);
    let present = flows.iter().enumerate().map(|(position, flow)| {
        if position > 0 {
            weight = weight * discounting.factor(position, x);
        }
        *flow * weight
    });
    present.collect()
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
    let mut sums = Sums { net: [Side::all(0.0); 3], gross: [Side::all(0.0); 3] };
    let mut weight = Side::all(1.0);
    for (position, flow) in flows.iter().enumerate() {
        if position > 0 {
            weight = next(position, weight);
        }
        let time = discounting.time(position);
        let mut present = *flow * weight;
        let mut size = Lanes(present.0.map(f64::abs));
        for (net, gross) in sums.net.iter_mut().zip(&mut sums.gross) {
            *net = *net + present;
            *gross = *gross + size;
            present = time * present;
            size = time * size;
        }
    }
    sums
}

/// Whether the balances left at a root never change sign in each lane, which proves it the only one: money is owed to the
/// holder all along, or by the holder all along. `first` is the first flow of each lane other than zero.
///
/// # References
/// C. S. Soper, The marginal efficiency of capital: a further note, The Economic Journal 69 (1959). Proof here: with `x` the root
/// and `Bₖ` the balances there, the curve at `x + y` is `Σ Bₖ (e^(−tₖ y) − e^(−tₖ₊₁ y))` up to a factor, all of one sign for `y > 0`
/// and all of the other for `y < 0`.
pub(super) fn one_way(
    flows: &[Side],
    first: [f64; LANES],
    discounting: &mut impl Discounting,
    x: Side,
) -> [bool; LANES] {
    /// The root is known to some 14 digits, and its balances with it.
    const ROUNDING: f64 = 1e-11;
    discounting.prepare(x);
    let first = Lanes(first.map(f64::signum));
    let (mut weight, mut balance, mut gross) = (Side::all(1.0), Side::all(0.0), Side::all(0.0));
    // The lowest balance between two flows, as the first flow counts it; after the last it is the present value itself.
    let mut lowest = [f64::INFINITY; LANES];
    for (position, flow) in flows.iter().enumerate() {
        if position > 0 {
            weight = weight * discounting.factor(position, x);
        }
        let present = *flow * weight;
        let counted = balance * first;
        for ((lowest, counted), (present, gross)) in lowest.iter_mut().zip(counted.0).zip(present.0.iter().zip(gross.0))
        {
            let between = *present != 0.0 && gross > 0.0;
            *lowest = if between && counted < *lowest { counted } else { *lowest };
        }
        balance = balance + present;
        gross = gross + Lanes(present.0.map(f64::abs));
    }
    let mut proved = [false; LANES];
    for ((proved, lowest), gross) in proved.iter_mut().zip(lowest).zip(gross.0) {
        *proved = lowest > ROUNDING * gross;
    }
    proved
}
