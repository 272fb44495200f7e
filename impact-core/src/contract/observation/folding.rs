//! A quick hash of names: words are multiplied and folded, from a seed of the process.
//!
//! One rule: a hash decides nothing but where something is looked for; what is found is the same with any seed.

use std::hash::{BuildHasher, Hasher, RandomState};

/// An odd number without a pattern in its bits: 2⁶⁴ over the golden ratio.
const ODD: u64 = 0x9e37_79b9_7f4a_7c15;

/// Makes hashes of one seed.
#[derive(Debug, Clone, Copy)]
pub(in crate::contract) struct Folding {
    seed: u64,
}

impl Default for Folding {
    fn default() -> Self {
        Self { seed: RandomState::new().hash_one(ODD) }
    }
}

impl BuildHasher for Folding {
    type Hasher = Folded;

    fn build_hasher(&self) -> Folded {
        Folded(self.seed)
    }
}

/// A hash on its way.
#[derive(Debug, Clone, Copy)]
pub(in crate::contract) struct Folded(u64);

impl Folded {
    fn fold(&mut self, word: u64) {
        let [low, high] = halves(u128::from(self.0 ^ word) * u128::from(ODD));
        self.0 = low ^ high.rotate_left(23);
    }
}

/// The lower and the upper half of a number.
fn halves(number: u128) -> [u64; 2] {
    let half = |number: u128| u64::try_from(number & u128::from(u64::MAX)).unwrap_or_default();
    [half(number), half(number >> 64)]
}

impl Hasher for Folded {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.fold(u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        for (place, byte) in last.iter_mut().zip(rest) {
            *place = *byte;
        }
        self.fold(u64::from_le_bytes(last));
    }

    fn write_u8(&mut self, number: u8) {
        self.fold(u64::from(number));
    }

    fn write_u32(&mut self, number: u32) {
        self.fold(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.fold(number);
    }

    fn write_usize(&mut self, number: usize) {
        self.fold(u64::try_from(number).unwrap_or(u64::MAX));
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn names_that_differ_in_a_sign_have_hashes_of_their_own() {
        let folding = Folding::default();
        let names: Vec<String> = (0..200_000).map(|number| format!("p-{number:06}")).collect();
        let hashes: HashSet<u64> = names.iter().map(|name| folding.hash_one(name)).collect();
        assert_eq!(hashes.len(), names.len());
        // The lowest and the highest bits both place what is looked for.
        for shift in [0, 57] {
            let mut counts = [0_u32; 128];
            hashes.iter().for_each(|hash| counts[usize::try_from(hash >> shift & 127).unwrap()] += 1);
            assert!(counts.iter().all(|count| (1_200..=1_950).contains(count)), "{counts:?}");
        }
    }
}
