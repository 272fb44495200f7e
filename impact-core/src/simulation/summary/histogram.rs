//! Histograms: how many draws fall between which values, in bins that need no range to be known first.
//!
//! One rule: the bin of a value is its sign, its exponent and the first ten bits of its fraction: whole numbers are counted,
//! so any number of histograms add up in any order, and a bin is never wider than a thousandth (2⁻¹⁰) of its values.

use crate::simulation::parcel::{Packing, ParcelFault, Unpacking};

/// Bits of the fraction that a bin keeps.
const FRACTION: u32 = 10;
/// Bits below a bin.
const BELOW: u32 = 52 - FRACTION;
/// Bins of one sign and exponent.
const PAGE: usize = 1 << FRACTION;
/// Pages: sign and exponent together.
const PAGES: usize = 1 << 12;

/// Counts of draws by value. Draws without a value are not in it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Histogram {
    pages: Vec<Option<Box<[u64]>>>,
    /// Exact zeros, which are counted apart from what is only close to zero.
    zeros: u64,
}

/// Draws between two values: of those below zero the lower end is left out and the upper one belongs to it, of those above
/// zero the other way round.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bin {
    pub low: f64,
    pub high: f64,
    pub count: u64,
}

impl Histogram {
    /// Counts some draws.
    pub fn add(&mut self, draws: &[f64]) {
        if self.pages.is_empty() {
            self.pages.resize(PAGES, None);
        }
        for draw in draws.iter().filter(|draw| draw.is_finite()) {
            if *draw == 0.0 {
                self.zeros = self.zeros.saturating_add(1);
                continue;
            }
            let bits = draw.to_bits();
            let (page, bin) = ((bits >> 52) as usize, (bits >> BELOW) as usize & (PAGE - 1));
            if let Some(page) = self.pages.get_mut(page) {
                let counts = page.get_or_insert_with(|| vec![0; PAGE].into_boxed_slice());
                if let Some(count) = counts.get_mut(bin) {
                    *count = count.saturating_add(1);
                }
            }
        }
    }

    /// Adds the counts of another one.
    pub fn absorb(&mut self, other: Self) {
        self.zeros = self.zeros.saturating_add(other.zeros);
        if self.pages.is_empty() {
            self.pages = other.pages;
            return;
        }
        for (mine, theirs) in self.pages.iter_mut().zip(other.pages) {
            match (mine.as_mut(), theirs) {
                (Some(mine), Some(theirs)) => {
                    mine.iter_mut().zip(theirs.iter()).for_each(|(mine, theirs)| *mine = mine.saturating_add(*theirs));
                }
                (None, Some(theirs)) => *mine = Some(theirs),
                (_, None) => {}
            }
        }
    }

    /// Puts the counts into a parcel: zeros, then each bin that holds any with its number.
    pub fn pack(&self, packing: &mut Packing) {
        let counts = |(page, counts): (usize, &Option<Box<[u64]>>)| {
            let counts = counts.as_deref().unwrap_or_default().iter().enumerate().filter(|(_, count)| **count > 0);
            counts.map(|(bin, count)| (page * PAGE + bin, *count)).collect::<Vec<_>>()
        };
        let bins: Vec<(usize, u64)> = self.pages.iter().enumerate().flat_map(counts).collect();
        packing.whole(self.zeros);
        packing.count(bins.len());
        for (bin, count) in bins {
            packing.count(bin);
            packing.whole(count);
        }
    }

    /// Takes the counts out of a parcel.
    pub fn unpack(opened: &mut Unpacking<'_>) -> Result<Self, ParcelFault> {
        let mut counted = Self { zeros: opened.whole()?, pages: vec![None; PAGES] };
        for _ in 0..opened.count(16)? {
            let bin = usize::try_from(opened.whole()?).map_err(|_| ParcelFault::Damaged)?;
            let page = counted.pages.get_mut(bin / PAGE).ok_or(ParcelFault::Damaged)?;
            let counts = page.get_or_insert_with(|| vec![0; PAGE].into_boxed_slice());
            let place = counts.get_mut(bin % PAGE).ok_or(ParcelFault::Damaged)?;
            *place = opened.whole()?;
        }
        Ok(counted)
    }

    /// The bins that hold anything, from the lowest to the highest value.
    pub fn bins(&self) -> impl Iterator<Item = Bin> {
        let half = PAGES / 2;
        let negative = (half..PAGES).rev().flat_map(|page| self.page(page).rev());
        let zero = Some(Bin { low: 0.0, high: 0.0, count: self.zeros }).into_iter();
        let positive = (0..half).flat_map(|page| self.page(page));
        negative.chain(zero).chain(positive).filter(|bin| bin.count > 0)
    }

    /// How many draws are above a threshold, and how many more may be: those of its own bin.
    pub fn above(&self, threshold: f64) -> (u64, u64) {
        let (mut above, mut unsure) = (0_u64, 0_u64);
        for bin in self.bins() {
            // Nothing in a bin is above its upper end, also where that belongs to it.
            if bin.holds(threshold) && threshold < bin.high {
                unsure = bin.count;
            } else if bin.low >= threshold && bin.high > threshold {
                above = above.saturating_add(bin.count);
            }
        }
        (above, unsure)
    }

    fn page(&self, page: usize) -> impl DoubleEndedIterator<Item = Bin> {
        let counts = self.pages.get(page).and_then(Option::as_ref).map(|counts| counts.iter()).unwrap_or_default();
        counts.enumerate().map(move |(bin, count)| {
            let from = ((page as u64) << 52) | ((bin as u64) << BELOW);
            let (near, far) = (f64::from_bits(from), f64::from_bits(from.saturating_add(1 << BELOW)));
            if near < far {
                Bin { low: near, high: far, count: *count }
            } else {
                Bin { low: far, high: near, count: *count }
            }
        })
    }
}

impl Bin {
    /// Whether a value belongs to it.
    pub fn holds(&self, value: f64) -> bool {
        if self.low == self.high {
            value == self.low
        } else if self.low >= 0.0 {
            // Nothing but zero itself is in the bin of zero.
            self.low <= value && value < self.high && value != 0.0
        } else {
            self.low < value && value <= self.high && value != 0.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_in_one_bin_no_wider_than_a_thousandth_of_it() {
        let values = [-1e300, -3.7, -1.0, -1e-310, 0.0, -0.0, 5e-324, 0.1, 1.0, 1.000_976_562_5, 2.5e17, f64::MAX];
        let mut histogram = Histogram::default();
        histogram.add(&values);
        histogram.add(&[f64::NAN, f64::INFINITY]);
        let bins: Vec<Bin> = histogram.bins().collect();
        assert_eq!(bins.iter().map(|bin| bin.count).sum::<u64>(), values.len() as u64);
        assert!(bins.windows(2).all(|pair| pair[0].high <= pair[1].low));
        for value in values {
            let own: Vec<&Bin> = bins.iter().filter(|bin| bin.holds(value)).collect();
            assert_eq!(own.len(), 1, "{value}");
            let normal = value.abs() >= f64::MIN_POSITIVE && value < f64::MAX;
            assert!(!normal || own[0].high - own[0].low <= value.abs() / 1023.0, "{value}");
        }
    }

    #[test]
    fn the_upper_end_of_a_bin_below_zero_leaves_nothing_unsure() {
        let mut histogram = Histogram::default();
        histogram.add(&[-1.0, -1.000_1, -0.5, 0.0, 1.0, 1.000_1]);
        // −1 is the upper end of its bin and belongs to it: only −0.5, 0 and what is above zero are above.
        assert_eq!(histogram.above(-1.0), (4, 0));
        assert_eq!(histogram.above(-1.000_05), (4, 2));
        assert_eq!(histogram.above(0.0), (2, 0));
        // 1 is the lower end of its bin: of the two in it either may be it.
        assert_eq!(histogram.above(1.0), (0, 2));
    }

    #[test]
    fn counts_add_up_in_any_order() {
        let parts = [vec![1.0, 2.0], vec![-4.0, 2.0], vec![0.0]];
        let of = |order: &[usize]| {
            let mut all = Histogram::default();
            for part in order {
                let mut one = Histogram::default();
                one.add(&parts[*part]);
                all.absorb(one);
            }
            all.bins().collect::<Vec<_>>()
        };
        assert_eq!(of(&[0, 1, 2]), of(&[2, 1, 0]));
        assert_eq!(of(&[0, 1, 2]).len(), 4);
    }
}
