//! The net present value as a curve over the logarithm of growth: a sum of exponentials, with a bound of its rounding.
//!
//! One rule: a sign is only believed where the value is larger than the rounding error it may carry.
//! Method: Horner's scheme from the end that keeps every factor at or below one, with a running error bound
//! (N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd edition 2002, section 5.1).

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
    /// The derivative of the scaled curve.
    pub slope: f64,
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
        let (times, amounts) = merged.into_iter().unzip();
        Self { times, amounts, roundings: 2.0 }.normalised()
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
        if x >= 0.0 {
            let backwards = zip(self.times.iter().rev(), self.amounts.iter().rev());
            horner(backwards, x, self.roundings)
        } else {
            horner(zip(&self.times, &self.amounts), x, self.roundings)
        }
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
        Some(Self { times: self.times.clone(), amounts, roundings: self.roundings + 2.0 }.normalised())
    }
}

/// The sum over flows that come towards the reference time, the last of them standing at it.
fn horner<'a>(flows: impl Iterator<Item = (&'a f64, &'a f64)>, x: f64, roundings: f64) -> Value {
    let (mut value, mut slope) = (0.0, 0.0);
    let (mut gross, mut error) = (0.0, 0.0);
    let mut before: Option<f64> = None;
    let (mut known_step, mut factor) = (0.0, 1.0);
    for (time, amount) in flows {
        if let Some(before) = before {
            // A step back in time lowers the exponent of the later flows, so the factor is at most one either way.
            let step = before - time;
            if step != known_step {
                known_step = step;
                factor = libm::exp(-step * x);
            }
            slope = factor * (slope - step * value);
            value *= factor;
            error = factor * (error + (STEP + EXPONENT * (step * x).abs()) * gross);
            gross *= factor;
        }
        value += amount;
        gross += amount.abs();
        before = Some(*time);
    }
    Value { value, slope, noise: ROUND * (error + roundings * gross) }
}
