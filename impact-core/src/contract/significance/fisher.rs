//! Fisher's test: which of the people with a result are treated, given how many have it in all.

use super::{Chances, Groups, IntervalOf, Tests, Told};
use crate::contract::FigureFault;

/// The logarithm of a ratio of odds beyond which none is looked for.
const FARTHEST: f64 = 40.0;

/// What is less likely than the likeliest by this much in logarithms adds nothing to a sum.
const NOTHING: f64 = 50.0;

/// Two shares, given how many have it in both.
pub(super) struct Fisher {
    groups: Groups,
}

impl Fisher {
    pub fn new(groups: Groups) -> Result<Self, FigureFault> {
        let ((t, n), (c, m)) = (groups.treated, groups.compared);
        if t + c <= 0.0 || t + c >= n + m {
            return Err(FigureFault::NothingDiffers);
        }
        Ok(Self { groups })
    }

    /// ln of the weight of one more among the treated over that of so many, where odds are equal.
    fn step(&self, treated: f64) -> f64 {
        let ((t, n), (c, m)) = (self.groups.treated, self.groups.compared);
        let all = t + c;
        libm::log((all - treated) / (treated + 1.0) * ((n - treated) / (m - all + treated + 1.0)))
    }
}

impl Tests for Fisher {
    fn chances(&self, difference: f64) -> Chances {
        let ((t, n), (c, m)) = (self.groups.treated, self.groups.compared);
        let (fewest, most) = ((t + c - m).max(0.0), n.min(t + c));
        let above = walked(most - t, |step| self.step(t + step) + difference);
        let below = walked(t - fewest, |step| -self.step(t - step - 1.0) - difference);
        // Logarithms of sums, the observed number having the weight 1.
        let largest = above.max(below).max(0.0);
        let [above, below, here] = [above, below, 0.0].map(|weight| libm::exp(weight - largest));
        let all = above + below + here;
        Chances { lower: (below + here) / all, upper: (above + here) / all }
    }

    fn told(&self) -> Told {
        let ends = (-FARTHEST, FARTHEST);
        Told { statistic: self.groups.treated.0, signed: false, of: IntervalOf::OddsRatio, ends }
    }
}

/// ln of the sum of the weights of so many steps away, each a ratio from the one before; ratios fall.
fn walked(steps: f64, ratio: impl Fn(f64) -> f64) -> f64 {
    let (mut weight, mut largest, mut sum) = (0.0, f64::NEG_INFINITY, 0.0);
    let mut step = 0.0;
    while step < steps {
        let change = ratio(step);
        weight += change;
        if weight > largest {
            sum = if largest == f64::NEG_INFINITY { 1.0 } else { sum * libm::exp(largest - weight) + 1.0 };
            largest = weight;
        } else {
            sum += libm::exp(weight - largest);
        }
        if change < 0.0 && weight < largest - NOTHING {
            break;
        }
        step += 1.0;
    }
    if sum > 0.0 { largest + libm::log(sum) } else { f64::NEG_INFINITY }
}
