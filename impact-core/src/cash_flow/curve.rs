//! The net present value as a curve over the logarithm of growth: a sum of exponentials, with a bound of its rounding.
//!
//! One rule: a sign is only believed where the value is larger than the rounding error it may carry.
//! Method: Horner's scheme from the end that keeps every factor at or below one. Beside the value runs a bound of its error:
//! each step multiplies the bound by the same factor and adds what its own roundings can do to what has been added up so far.

use std::iter::zip;

/// Half a unit in the last place of 1.
const ROUND: f64 = f64::EPSILON / 2.0;
/// Roundings of a step of the scheme: the factor's exponential (2), product and sum (1 each).
const STEP: f64 = 4.0;
/// Roundings of a factor's exponent relative to its size: the two times, their difference and the product.
const EXPONENT: f64 = 4.0;

/// A curve at a point, multiplied by a positive factor that keeps it from overflowing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Value {
    /// The value.
    pub value: f64,
    /// The step of Newton's method towards a root.
    pub step: f64,
    /// What rounding may have added or taken, at most.
    pub noise: f64,
}

impl Value {
    /// 1 or −1, or 0 where rounding hides the sign.
    pub fn sign(&self) -> i8 {
        if self.value > self.noise {
            1
        } else if self.value < -self.noise {
            -1
        } else {
            0
        }
    }
}

/// `Σ aᵢ e^(−tᵢ x)` with times that rise and amounts other than zero.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Curve {
    times: Vec<f64>,
    /// Years from each flow to the next.
    gaps: Vec<f64>,
    amounts: Vec<f64>,
    /// Roundings in each amount.
    roundings: f64,
}

impl Curve {
    /// The curve of amounts at times in order; amounts at the same time are added, zeros left out.
    pub fn new(flows: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let mut merged: Vec<(f64, f64)> = Vec::new();
        for (time, amount) in flows {
            match merged.last_mut() {
                Some(last) if last.0 == time => last.1 += amount,
                _ => merged.push((time, amount)),
            }
        }
        merged.retain(|(_, amount)| *amount != 0.0);
        let (times, amounts): (Vec<f64>, Vec<f64>) = merged.into_iter().unzip();
        Self { gaps: gaps(&times), times, amounts, roundings: 2.0 }.normalised()
    }

    /// The amounts multiplied by a power of two so that the largest is near one: sums then cannot overflow.
    fn normalised(mut self) -> Self {
        let largest = self.amounts.iter().fold(0.0_f64, |largest, amount| largest.max(amount.abs()));
        if largest > 0.0 {
            let exponent = libm::frexp(largest).1;
            self.amounts.iter_mut().for_each(|amount| *amount = libm::scalbn(*amount, -exponent));
        }
        self
    }

    /// The amounts in order of time.
    pub fn amounts(&self) -> &[f64] {
        &self.amounts
    }

    /// Value, slope and rounding at a point.
    pub fn at(&self, x: f64) -> Value {
        let Some((last, earlier)) = self.amounts.split_last() else {
            return Value { value: 0.0, step: 0.0, noise: 0.0 };
        };
        if x >= 0.0 {
            return horner(*last, zip(self.gaps.iter().rev(), earlier.iter().rev()), x, self.roundings);
        }
        // Time runs the other way, and so does growth.
        let first = self.amounts.first().copied().unwrap_or(*last);
        let value = horner(first, zip(&self.gaps, self.amounts.iter().skip(1)), -x, self.roundings);
        Value { step: -value.step, ..value }
    }

    /// The curve whose roots separate the roots of this one, with one change of sign less: the derivative after
    /// multiplication by `e^(cx)`, where `c` lies between the times of the first change.
    ///
    /// # Formula
    /// `d/dx Σ aᵢ e^((c − tᵢ) x) = Σ (c − tᵢ) aᵢ e^((c − tᵢ) x)`
    pub fn separator(&self) -> Option<Self> {
        let pairs = zip(&self.amounts, self.amounts.iter().skip(1));
        let place = pairs.into_iter().position(|(left, right)| (*left > 0.0) != (*right > 0.0))?;
        let (before, after) = (self.times.get(place)?, self.times.get(place.saturating_add(1))?);
        let middle = before + (after - before) / 2.0;
        let amounts = zip(&self.times, &self.amounts).map(|(time, amount)| (middle - time) * amount).collect();
        Some(
            Self { times: self.times.clone(), gaps: self.gaps.clone(), amounts, roundings: self.roundings + 2.0 }
                .normalised(),
        )
    }
}

/// Newton's step for `h = ln((g + f) / (g − f))`, the logarithm of received over paid, with `g` the sum regardless of sign: it
/// has the roots of `f` and is nearly a straight line where `f` is not.
fn newton((value, slope): (f64, f64), (gross, gross_slope): (f64, f64)) -> f64 {
    let (received, paid) = (gross + value, gross - value);
    let ratio = value / gross;
    let height =
        if ratio.abs() < 0.01 { 2.0 * ratio * (1.0 + ratio * ratio / 3.0) } else { libm::log(received / paid) };
    -height / ((gross_slope + slope) / received - (gross_slope - slope) / paid)
}

/// The gaps between times; those that differ by rounding only are the same, as of dates a year apart.
fn gaps(times: &[f64]) -> Vec<f64> {
    /// How far back a gap is looked for.
    const RECENT: usize = 8;
    let mut gaps: Vec<f64> = Vec::with_capacity(times.len());
    for (before, after) in zip(times, times.iter().skip(1)) {
        let gap = after - before;
        let rounding = 4.0 * f64::EPSILON * after.abs().max(1.0);
        let known = gaps.iter().rev().take(RECENT).find(|known| (*known - gap).abs() <= rounding);
        gaps.push(known.copied().unwrap_or(gap));
    }
    gaps
}

/// The sum over flows in the order towards the reference time, at which the last of them stands; `x` is not negative, so no
/// factor is above one. Each flow after the first comes with its gap to the one before.
fn horner<'a>(first: f64, flows: impl Iterator<Item = (&'a f64, &'a f64)>, x: f64, roundings: f64) -> Value {
    let (mut value, mut slope) = (first, 0.0);
    let (mut gross, mut gross_slope, mut error) = (first.abs(), 0.0, 0.0);
    // Years of 365 and of 366 days take turns: two factors are remembered.
    let (mut known, mut other) = ((0.0, 1.0), (0.0, 1.0));
    for (gap, amount) in flows {
        if *gap != known.0 {
            (known, other) = (other, known);
            if *gap != known.0 {
                known = (*gap, libm::exp(-gap * x));
            }
        }
        let factor = known.1;
        slope = factor * (slope - gap * value);
        gross_slope = factor * (gross_slope - gap * gross);
        error = factor * (error + (STEP + EXPONENT * gap * x) * gross);
        value = factor * value + amount;
        gross = factor * gross + amount.abs();
    }
    let step = newton((value, slope), (gross, gross_slope));
    Value { value, step, noise: ROUND * (error + roundings * gross) }
}
