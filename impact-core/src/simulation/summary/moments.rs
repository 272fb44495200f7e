//! Moments: count, mean and central sums of draws, mergeable along the tree.
//!
//! One rule: a block is summed in sixteen fixed lanes and nodes are merged two by two, so every sum has one order.
//!
//! # Formula
//! Blocks: `mean = Σ x / n`, `Mₖ = Σ (x − mean)ᵏ` for k = 2, 3, 4. Two nodes *a*, *b* with `δ = mean_b − mean_a`, `n = n_a + n_b`:
//! ```text
//! mean = mean_a + δ n_b / n
//! M₂ = M₂a + M₂b + δ² n_a n_b / n
//! M₃ = M₃a + M₃b + δ³ n_a n_b (n_a − n_b) / n² + 3 δ (n_a M₂b − n_b M₂a) / n
//! M₄ = M₄a + M₄b + δ⁴ n_a n_b (n_a² − n_a n_b + n_b²) / n³ + 6 δ² (n_a² M₂b + n_b² M₂a) / n² + 4 δ (n_a M₃b − n_b M₃a) / n
//! ```
//! They follow from writing each deviation as that from its own node's mean plus the distance of the two means.

use crate::simulation::parcel::{Packing, ParcelFault, Unpacking};
use crate::simulation::run::Merge;

/// What some draws of a measure come to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Moments {
    /// Draws with a value.
    pub count: u64,
    /// Draws without one, infinite ones among them.
    pub undefined: u64,
    /// Of these, draws above every number.
    pub infinite: u64,
    /// Of these, draws below every number.
    pub minus_infinite: u64,
    pub mean: f64,
    pub m2: f64,
    pub m3: f64,
    pub m4: f64,
    pub least: f64,
    pub most: f64,
}

const LANES: usize = 16;

impl Moments {
    pub const NONE: Self = Self {
        count: 0,
        undefined: 0,
        infinite: 0,
        minus_infinite: 0,
        mean: 0.0,
        m2: 0.0,
        m3: 0.0,
        m4: 0.0,
        least: f64::INFINITY,
        most: f64::NEG_INFINITY,
    };

    /// Of the draws of one block.
    pub fn of(draws: &[f64]) -> Self {
        let (mut sums, mut counts) = ([0.0; LANES], [0_u64; LANES]);
        let (mut least, mut most) = ([f64::INFINITY; LANES], [f64::NEG_INFINITY; LANES]);
        for chunk in draws.chunks(LANES) {
            for (lane, draw) in chunk.iter().enumerate() {
                let defined = draw.is_finite();
                let value = if defined { *draw } else { 0.0 };
                if let (Some(sum), Some(count), Some(least), Some(most)) =
                    (sums.get_mut(lane), counts.get_mut(lane), least.get_mut(lane), most.get_mut(lane))
                {
                    *sum += value;
                    *count = count.wrapping_add(u64::from(defined));
                    *least = if defined && value < *least { value } else { *least };
                    *most = if defined && value > *most { value } else { *most };
                }
            }
        }
        let count: u64 = counts.iter().fold(0, |sum, count| sum.saturating_add(*count));
        let undefined = (draws.len() as u64).saturating_sub(count);
        let of = |end: f64| if undefined == 0 { 0 } else { draws.iter().filter(|draw| **draw == end).count() as u64 };
        let none = Self { undefined, infinite: of(f64::INFINITY), minus_infinite: of(f64::NEG_INFINITY), ..Self::NONE };
        if count == 0 {
            return none;
        }
        let mean = total(sums) / count as f64;
        let (mut second, mut third, mut fourth) = ([0.0; LANES], [0.0; LANES], [0.0; LANES]);
        for chunk in draws.chunks(LANES) {
            for (lane, draw) in chunk.iter().enumerate() {
                let off = if draw.is_finite() { *draw - mean } else { 0.0 };
                if let (Some(second), Some(third), Some(fourth)) =
                    (second.get_mut(lane), third.get_mut(lane), fourth.get_mut(lane))
                {
                    let square = off * off;
                    *second += square;
                    *third += square * off;
                    *fourth += square * square;
                }
            }
        }
        let extreme =
            |values: [f64; LANES], better: fn(f64, f64) -> f64| values.into_iter().reduce(better).unwrap_or(mean);
        Self {
            count,
            mean,
            m2: total(second),
            m3: total(third),
            m4: total(fourth),
            least: extreme(least, |a, b| if b < a { b } else { a }),
            most: extreme(most, |a, b| if b > a { b } else { a }),
            ..none
        }
    }

    /// Puts them into a parcel.
    pub fn pack(&self, packing: &mut Packing) {
        packing.whole(self.count);
        [self.undefined, self.infinite, self.minus_infinite].iter().for_each(|part| packing.whole(*part));
        [self.mean, self.m2, self.m3, self.m4, self.least, self.most].iter().for_each(|part| packing.float(*part));
    }

    /// Takes them out of a parcel.
    pub fn unpack(opened: &mut Unpacking<'_>) -> Result<Self, ParcelFault> {
        Ok(Self {
            count: opened.whole()?,
            undefined: opened.whole()?,
            infinite: opened.whole()?,
            minus_infinite: opened.whole()?,
            mean: opened.float()?,
            m2: opened.float()?,
            m3: opened.float()?,
            m4: opened.float()?,
            least: opened.float()?,
            most: opened.float()?,
        })
    }

    /// The standard deviation of the draws, with n − 1 below.
    pub fn sd(&self) -> f64 {
        if self.count < 2 { 0.0 } else { (self.m2 / (self.count as f64 - 1.0)).sqrt() }
    }

    /// The standard error of the mean.
    pub fn error_of_mean(&self) -> f64 {
        if self.count == 0 { 0.0 } else { self.sd() / (self.count as f64).sqrt() }
    }

    /// The standard error of the standard deviation: √(M₄/n − (M₂/n)²) / (2 sd √n).
    pub fn error_of_sd(&self) -> f64 {
        let (n, sd) = (self.count as f64, self.sd());
        if sd == 0.0 {
            return 0.0;
        }
        let variance = self.m2 / n;
        ((self.m4 / n - variance * variance).max(0.0) / n).sqrt() / (2.0 * sd)
    }
}

/// The sum of the lanes, halves added to halves.
fn total(lanes: [f64; LANES]) -> f64 {
    let mut lanes = lanes;
    let mut width = LANES / 2;
    while width > 0 {
        let (left, right) = lanes.split_at_mut(width);
        left.iter_mut().zip(right).for_each(|(left, right)| *left += *right);
        width /= 2;
    }
    let [sum, ..] = lanes;
    sum
}

impl Merge for Moments {
    fn merge(self, next: Self) -> Self {
        let undefined = self.undefined.saturating_add(next.undefined);
        let infinite = self.infinite.saturating_add(next.infinite);
        let minus_infinite = self.minus_infinite.saturating_add(next.minus_infinite);
        if self.count == 0 || next.count == 0 {
            let only = if self.count == 0 { next } else { self };
            return Self { undefined, infinite, minus_infinite, ..only };
        }
        let (a, b) = (self.count as f64, next.count as f64);
        let n = a + b;
        let off = next.mean - self.mean;
        let part = off / n;
        let m2 = self.m2 + next.m2 + off * part * a * b;
        let m3 = self.m3 + next.m3 + off * part * part * a * b * (a - b) + 3.0 * part * (a * next.m2 - b * self.m2);
        let m4 = self.m4
            + next.m4
            + off * part * part * part * a * b * (a * a - a * b + b * b)
            + 6.0 * part * part * (a * a * next.m2 + b * b * self.m2)
            + 4.0 * part * (a * next.m3 - b * self.m3);
        Self {
            count: self.count.saturating_add(next.count),
            undefined,
            infinite,
            minus_infinite,
            mean: self.mean + part * b,
            m2,
            m3,
            m4,
            least: if next.least < self.least { next.least } else { self.least },
            most: if next.most > self.most { next.most } else { self.most },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulation::stream::{Seed, u};

    fn draws(count: usize) -> Vec<f64> {
        let address = "a.b".parse().unwrap();
        (0..count).map(|draw| 1e6 + 50.0 * libm::pow(u(Seed(3), &address, draw as u64), 3.0)).collect()
    }

    #[test]
    fn a_node_is_what_its_draws_say_directly() {
        let all = draws(5_000);
        let merged =
            Moments::of(&all[..2_048]).merge(Moments::of(&all[2_048..4_096])).merge(Moments::of(&all[4_096..]));
        let n = all.len() as f64;
        let mean = all.iter().sum::<f64>() / n;
        let central = |power: f64| all.iter().map(|draw| libm::pow(draw - mean, power)).sum::<f64>();
        for (found, expected) in
            [(merged.mean, mean), (merged.m2, central(2.0)), (merged.m3, central(3.0)), (merged.m4, central(4.0))]
        {
            assert!((found - expected).abs() <= 1e-9 * expected.abs(), "{found} {expected}");
        }
        assert_eq!(merged.count, 5_000);
        assert_eq!(merged.least, all.iter().copied().fold(f64::INFINITY, f64::min));
    }

    #[test]
    fn draws_without_a_value_are_counted_and_left_out() {
        let some = Moments::of(&[1.0, f64::NAN, 3.0, f64::INFINITY]);
        assert_eq!((some.count, some.undefined, some.mean, some.m2), (2, 2, 2.0, 2.0));
        let none = Moments::of(&[f64::NAN; 3]);
        assert_eq!((none.count, none.undefined), (0, 3));
        assert_eq!(none.merge(some), Moments { undefined: 5, ..some });
        assert_eq!(some.merge(none), Moments { undefined: 5, ..some });
    }
}
