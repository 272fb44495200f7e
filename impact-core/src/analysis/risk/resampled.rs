//! Resampling: the figures of a scenario over blocks of its draws that are drawn anew.
//!
//! One rule: a figure is that of all draws of the blocks drawn, taken together; never a mean of figures of blocks, which of few draws
//! are biased, and jump where those of many do not.

use super::grid::PaidDraws;
use super::moments::Draws;
use super::ranking::RankedBy;
use crate::address::Address;
use crate::simulation::{Seed, Stream, between, place};

/// How many standard errors around a quantile its draws are looked through before all of them are.
const AROUND: f64 = 8.0;

/// How often each block is drawn, a row a resample: a function of the seed.
pub(super) fn resamples(seed: Seed, blocks: u64, count: u64) -> Vec<Vec<f64>> {
    let stream = Stream::new(seed, &Address::root().child("ranking").child("blocks"));
    let resample = |resample: u64| {
        let mut many = vec![0.0; usize::try_from(blocks).unwrap_or(usize::MAX)];
        for position in 0..blocks {
            let drawn = (stream.at(resample * blocks + position) * blocks as f64) as usize;
            if let Some(many) = many.get_mut(drawn) {
                *many += 1.0;
            }
        }
        many
    };
    (0..count).map(resample).collect()
}

/// What a scenario is ranked by, in each resample; `chance` is that of a quantile.
pub(super) fn resampled(by: RankedBy, paid: &PaidDraws<'_>, chance: f64, resamples: &[Vec<f64>]) -> Vec<f64> {
    let column = match by {
        RankedBy::Payer(holder) => paid.of_payer(holder),
        _ => paid.total,
    };
    let each = |figure: &dyn Fn(&[f64]) -> f64| resamples.iter().map(|weights| figure(weights)).collect();
    match by {
        RankedBy::ChanceOfPaying => {
            let sizes = paid.sizes();
            each(&|weights| weighted(weights, paid.paying) / weighted(weights, &sizes))
        }
        RankedBy::Quantile(_) => {
            let ordered = Ordered::of(paid, chance);
            each(&|weights| ordered.quantile(weights))
        }
        RankedBy::Mean | RankedBy::Payer(_) | RankedBy::Sd => {
            let moments = Moments::of(paid, column);
            each(&|weights| if by == RankedBy::Sd { moments.sd(weights) } else { moments.mean(weights) })
        }
    }
}

/// The standard error that figures of resampled blocks tell: of so few blocks they spread by a little less.
pub(super) fn standard_error(resampled: &[f64], blocks: u64) -> f64 {
    let (_, sd) = Draws::single(resampled).moments();
    sd * libm::sqrt(blocks as f64 / blocks.saturating_sub(1).max(1) as f64)
}

fn weighted(weights: &[f64], of_blocks: &[f64]) -> f64 {
    weights.iter().zip(of_blocks).map(|(weight, of_block)| weight * of_block).sum()
}

/// Sums of blocks around a middle, from which the moments of any of them together follow.
struct Moments {
    middle: f64,
    sizes: Vec<f64>,
    sums: Vec<f64>,
    squares: Vec<f64>,
}

impl Moments {
    fn of(paid: &PaidDraws<'_>, column: &[f64]) -> Self {
        let sizes = paid.sizes();
        let sum = |of: &dyn Fn(f64) -> f64| -> Vec<f64> {
            let blocks = paid.blocks(column);
            blocks
                .map(|block| block.map(|(value, many)| if many > 0.0 { many * of(value) } else { 0.0 }).sum())
                .collect()
        };
        let all: f64 = sum(&|value| value).iter().sum();
        let middle = all / sizes.iter().sum::<f64>().max(1.0);
        let sums = sum(&|value| value - middle);
        let squares = sum(&|value| (value - middle) * (value - middle));
        Self { middle, sizes, sums, squares }
    }

    fn mean(&self, weights: &[f64]) -> f64 {
        self.middle + weighted(weights, &self.sums) / weighted(weights, &self.sizes)
    }

    fn sd(&self, weights: &[f64]) -> f64 {
        let count = weighted(weights, &self.sizes);
        let off = weighted(weights, &self.sums) / count;
        let squares = weighted(weights, &self.squares) - count * off * off;
        if count > 1.0 { libm::sqrt(squares.max(0.0) / (count - 1.0)) } else { 0.0 }
    }
}

/// The draws of all blocks in order.
struct Ordered {
    chance: f64,
    sizes: Vec<f64>,
    /// Value, block, and how many of it.
    draws: Vec<(f64, usize, f64)>,
    /// From where most quantiles are found, and how many draws of each block lie before.
    from: usize,
    before: Vec<f64>,
}

impl Ordered {
    fn of(paid: &PaidDraws<'_>, chance: f64) -> Self {
        let sizes = paid.sizes();
        let blocks = paid.blocks(paid.total).enumerate();
        let mut draws: Vec<(f64, usize, f64)> = blocks
            .flat_map(|(block, draws)| draws.map(move |(value, many)| (value, block, many)))
            .filter(|(_, _, many)| *many > 0.0)
            .collect();
        draws.sort_unstable_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        let count: f64 = sizes.iter().sum();
        let first = count * chance - AROUND * libm::sqrt(count * chance * (1.0 - chance)) - 1.0;
        let (mut from, mut so_far, mut before) = (0, 0.0, vec![0.0; sizes.len()]);
        for (_, block, many) in &draws {
            so_far += many;
            if so_far > first {
                break;
            }
            from += 1;
            if let Some(before) = before.get_mut(*block) {
                *before += many;
            }
        }
        Self { chance, sizes, draws, from, before }
    }

    fn quantile(&self, weights: &[f64]) -> f64 {
        let (below, part) = place(weighted(weights, &self.sizes) as u64, self.chance);
        let low = self.at(weights, below as f64);
        if part == 0.0 { low } else { between(low, self.at(weights, below as f64 + 1.0), part) }
    }

    /// The first value up to which there are more than so many.
    fn at(&self, weights: &[f64], place: f64) -> f64 {
        let before = weighted(weights, &self.before);
        let (from, mut so_far) = if before <= place { (self.from, before) } else { (0, 0.0) };
        let mut last = 0.0;
        for (value, block, many) in self.draws.iter().skip(from) {
            last = *value;
            so_far += many * weights.get(*block).copied().unwrap_or(0.0);
            if so_far > place {
                break;
            }
        }
        last
    }
}
