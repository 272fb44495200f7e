//! Two shares by the normal approximation.
//!
//! The variance is the one of the shares that fit best among those that differ by what is asked for; without a difference that
//! is the pooled share, else the root of a cubic (Farrington and Manning 1990, appendix).

use super::{Chances, Groups, IntervalOf, Tests, Told};
use crate::contract::FigureFault;

/// Two shares.
pub(super) struct Shares {
    groups: Groups,
    difference: f64,
}

impl Shares {
    pub fn new(groups: Groups) -> Result<Self, FigureFault> {
        let ((t, n), (c, m)) = (groups.treated, groups.compared);
        if t + c <= 0.0 || t + c >= n + m {
            return Err(FigureFault::NothingDiffers);
        }
        Ok(Self { groups, difference: t / n - c / m })
    }

    /// The deviate of the observed difference where the true one is `difference`.
    fn deviate(&self, difference: f64) -> f64 {
        let ((_, n), (_, m)) = (self.groups.treated, self.groups.compared);
        let of_treated = if difference == 0.0 { self.pooled() } else { self.fitted(difference) };
        let of_compared = of_treated - difference;
        let variance = |share: f64, people: f64| (share * (1.0 - share)).max(0.0) / people;
        let error = libm::sqrt(variance(of_treated, n) + variance(of_compared, m));
        let beyond = self.difference - difference;
        // Without variance whatever differs is beyond chance.
        if error > 0.0 { beyond / error } else { beyond * f64::MAX }
    }

    fn pooled(&self) -> f64 {
        let ((t, n), (c, m)) = (self.groups.treated, self.groups.compared);
        (t + c) / (n + m)
    }

    /// The likeliest share of the treated among pairs that differ by `difference`.
    fn fitted(&self, difference: f64) -> f64 {
        let ((t, n), (c, m)) = (self.groups.treated, self.groups.compared);
        let (treated, compared, ratio) = (t / n, c / m, m / n);
        let cubed = 1.0 + ratio;
        let squared = -(1.0 + ratio + treated + ratio * compared + difference * (ratio + 2.0));
        let linear = difference * difference + difference * (2.0 * treated + ratio + 1.0) + treated + ratio * compared;
        let alone = -treated * difference * (1.0 + difference);
        let third = squared / (3.0 * cubed);
        let v = third * third * third - squared * linear / (6.0 * cubed * cubed) + alone / (2.0 * cubed);
        let u = libm::sqrt((third * third - linear / (3.0 * cubed)).max(0.0));
        let u = if v < 0.0 { -u } else { u };
        let cosine = if u == 0.0 { 0.0 } else { (v / (u * u * u)).clamp(-1.0, 1.0) };
        let angle = (std::f64::consts::PI + libm::acos(cosine)) / 3.0;
        let share = 2.0 * u * libm::cos(angle) - third;
        share.clamp(difference.max(0.0), (1.0 + difference).min(1.0))
    }
}

impl Tests for Shares {
    fn chances(&self, difference: f64) -> Chances {
        Chances::of_deviate(self.deviate(difference))
    }

    fn told(&self) -> Told {
        Told { statistic: self.deviate(0.0), signed: true, of: IntervalOf::Difference, ends: (-1.0, 1.0) }
    }
}
