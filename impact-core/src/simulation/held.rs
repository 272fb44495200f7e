//! Held: which draws, or which scenarios, a part has.
//!
//! One rule: nothing is held twice.

use super::parcel::{Packing, ParcelFault, Unpacking};
use super::refused::PartsFault;
use super::run::Counted;
use std::collections::BTreeMap;
use std::ops::Range;

/// Ranges of draws or scenarios, by their first: the one after the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    counted: Counted,
    all: u64,
    ranges: BTreeMap<u64, u64>,
}

impl Held {
    /// Nothing yet, of so many in all.
    pub fn nothing(counted: Counted, all: u64) -> Self {
        Self { counted, all, ranges: BTreeMap::new() }
    }

    /// A range, where it is a part of the whole.
    pub fn one(range: &Range<u64>, counted: Counted, all: u64) -> Result<Self, PartsFault> {
        if range.start >= range.end || range.end > all {
            return Err(PartsFault::Range { counted, first: range.start, end: range.end, all });
        }
        Ok(Self { ranges: BTreeMap::from([(range.start, range.end)]), ..Self::nothing(counted, all) })
    }

    /// Takes over what another part holds.
    pub fn absorb(&mut self, other: &Self) -> Result<(), PartsFault> {
        for (first, end) in &other.ranges {
            let before = self.ranges.range(..end).next_back().filter(|(_, held)| *held > first);
            if let Some((mine, held)) = before {
                let (first, end) = (*first.max(mine), *end.min(held));
                return Err(PartsFault::Twice { counted: self.counted, first, end });
            }
        }
        self.ranges.extend(&other.ranges);
        Ok(())
    }

    /// What is held, in order: what follows each other as one range.
    pub fn ranges(&self) -> Vec<Range<u64>> {
        let mut ranges: Vec<Range<u64>> = Vec::new();
        for (first, end) in &self.ranges {
            match ranges.last_mut().filter(|range| range.end == *first) {
                Some(range) => range.end = *end,
                None => ranges.push(*first..*end),
            }
        }
        ranges
    }

    /// Refuses what is not whole.
    pub fn whole(&self) -> Result<(), PartsFault> {
        let mut next = 0;
        for (first, end) in self.ranges.iter().chain([(&self.all, &self.all)]) {
            if *first > next {
                return Err(PartsFault::Missing { counted: self.counted, first: next, end: *first });
            }
            next = *end;
        }
        Ok(())
    }

    pub fn pack(&self, packing: &mut Packing) {
        packing.count(self.ranges.len());
        for (first, end) in &self.ranges {
            packing.whole(*first);
            packing.whole(*end);
        }
    }

    pub fn unpack(opened: &mut Unpacking<'_>, counted: Counted, all: u64) -> Result<Self, ParcelFault> {
        let mut held = Self::nothing(counted, all);
        for _ in 0..opened.count(16)? {
            let one = Self::one(&(opened.whole()?..opened.whole()?), counted, all);
            let added = one.and_then(|one| held.absorb(&one));
            added.map_err(|_| ParcelFault::Damaged)?;
        }
        Ok(held)
    }
}
