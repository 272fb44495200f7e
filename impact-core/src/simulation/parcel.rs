//! Parcels: a part as bytes, for the way from one machine to another.
//!
//! One rule: numbers travel as their bits. A parcel that was damaged on the way, or packed by another version or on another build target, is
//! refused as a whole: what it holds would not have the bits of one run.
//!
//! ```text
//! parcel = "impact part" · what is in it · version and build target · content · SHA-256 of all before it
//! text   = its length · UTF-8        whole number, float = 8 bytes, the lowest first        list = how many · each
//! ```
//! The sum tells damage, not who sent it: merge the parcels of your own machines.

use sha2::{Digest, Sha256};

/// How every parcel begins.
const MARK: &[u8] = b"impact part";
/// Bytes of the sum at the end.
const SUM: usize = 32;

/// Why bytes are no part.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParcelFault {
    /// Bytes that nobody packed.
    #[error("these bytes are no part of a simulation, a grid or a risk")]
    NoParcel,
    /// Bytes that changed or were cut off.
    #[error("the part was damaged on its way: some of its bytes are missing or changed")]
    Damaged,
    /// A part of something else.
    #[error("this is a part of a {found}, not of a {wanted}")]
    OtherKind {
        /// What it is a part of.
        found: String,
        /// What it should be a part of.
        wanted: &'static str,
    },
    /// Made by another version, or on another build target.
    #[error("the part was made by {made}, and this is {this}: let one version on one kind of machine make all parts")]
    OtherVersion {
        /// Which made it.
        made: String,
        /// Which is to read it.
        this: String,
    },
    /// A part of another model or contract.
    #[error("the part is of another {of}: its document has another hash")]
    OtherDocument {
        /// What it was made of.
        of: &'static str,
    },
}

/// A part being packed.
pub(crate) struct Packing(Vec<u8>);

/// A parcel being unpacked.
pub(crate) struct Unpacking<'b>(&'b [u8]);

/// The version of this library and what it was built for.
fn made_by() -> String {
    let (processor, system) = (std::env::consts::ARCH, std::env::consts::OS);
    format!("version {} for {processor} {system}", env!("CARGO_PKG_VERSION"))
}

impl Packing {
    /// Begins a parcel with a part of something in it.
    pub fn of(kind: &str) -> Self {
        let mut begun = Self(MARK.to_vec());
        begun.text(kind);
        begun.text(&made_by());
        begun
    }

    pub fn whole(&mut self, number: u64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    pub fn count(&mut self, number: usize) {
        self.whole(number as u64);
    }

    pub fn float(&mut self, number: f64) {
        self.whole(number.to_bits());
    }

    pub fn floats(&mut self, numbers: &[f64]) {
        self.count(numbers.len());
        self.0.reserve(numbers.len().saturating_mul(8));
        numbers.iter().for_each(|number| self.float(*number));
    }

    pub fn text(&mut self, text: &str) {
        self.count(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }

    /// The parcel, with the sum of its bytes at the end.
    pub fn sealed(mut self) -> Vec<u8> {
        let sum = Sha256::digest(&self.0);
        self.0.extend_from_slice(&sum);
        self.0
    }
}

type Found<T> = Result<T, ParcelFault>;

impl<'b> Unpacking<'b> {
    /// Opens a parcel that should have a part of something in it.
    pub fn of(bytes: &'b [u8], wanted: &'static str) -> Found<Self> {
        let begun = bytes.strip_prefix(MARK).ok_or(ParcelFault::NoParcel)?;
        let content = bytes.len().checked_sub(SUM).and_then(|end| bytes.split_at_checked(end));
        let (summed, sum) = content.ok_or(ParcelFault::Damaged)?;
        if Sha256::digest(summed).as_slice() != sum {
            return Err(ParcelFault::Damaged);
        }
        let inside = begun.len().checked_sub(SUM).and_then(|end| begun.get(..end));
        let mut opened = Self(inside.ok_or(ParcelFault::Damaged)?);
        let (found, made, this) = (opened.text()?, opened.text()?, made_by());
        if made != this {
            return Err(ParcelFault::OtherVersion { made: made.to_owned(), this });
        }
        if found != wanted {
            return Err(ParcelFault::OtherKind { found: found.to_owned(), wanted });
        }
        Ok(opened)
    }

    fn take(&mut self, bytes: usize) -> Found<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(bytes).ok_or(ParcelFault::Damaged)?;
        self.0 = rest;
        Ok(taken)
    }

    pub fn whole(&mut self) -> Found<u64> {
        let bytes = <[u8; 8]>::try_from(self.take(8)?).map_err(|_| ParcelFault::Damaged)?;
        Ok(u64::from_le_bytes(bytes))
    }

    /// How many of something follow, each of which takes at least so many bytes.
    pub fn count(&mut self, least: usize) -> Found<usize> {
        let count = usize::try_from(self.whole()?).map_err(|_| ParcelFault::Damaged)?;
        let fits = count.checked_mul(least).is_some_and(|bytes| bytes <= self.0.len());
        if fits { Ok(count) } else { Err(ParcelFault::Damaged) }
    }

    pub fn float(&mut self) -> Found<f64> {
        self.whole().map(f64::from_bits)
    }

    pub fn floats(&mut self) -> Found<Vec<f64>> {
        let count = self.count(8)?;
        let bytes = self.take(count.saturating_mul(8))?;
        let float = |bytes: &[u8]| <[u8; 8]>::try_from(bytes).map(f64::from_le_bytes).unwrap_or(f64::NAN);
        Ok(bytes.chunks_exact(8).map(float).collect())
    }

    pub fn text(&mut self) -> Found<&'b str> {
        let length = self.count(1)?;
        std::str::from_utf8(self.take(length)?).map_err(|_| ParcelFault::Damaged)
    }

    /// Refuses a parcel in which something is left.
    pub fn end(self) -> Found<()> {
        if self.0.is_empty() { Ok(()) } else { Err(ParcelFault::Damaged) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed() -> Vec<u8> {
        let mut packing = Packing::of("grid");
        packing.text("æ");
        packing.floats(&[-0.0, 5e-324, f64::MAX]);
        packing.whole(u64::MAX);
        packing.sealed()
    }

    #[test]
    fn what_was_packed_comes_out_bit_by_bit() {
        let bytes = packed();
        let mut opened = Unpacking::of(&bytes, "grid").unwrap();
        assert_eq!(opened.text().unwrap(), "æ");
        let floats: Vec<u64> = opened.floats().unwrap().into_iter().map(f64::to_bits).collect();
        assert_eq!(floats, [-0.0_f64, 5e-324, f64::MAX].map(f64::to_bits));
        assert_eq!(opened.whole().unwrap(), u64::MAX);
        opened.end().unwrap();
    }

    #[test]
    fn a_parcel_with_any_byte_changed_or_cut_off_is_refused() {
        let bytes = packed();
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 1;
            assert!(Unpacking::of(&changed, "grid").is_err(), "byte {place}");
            assert!(Unpacking::of(&bytes[..place], "grid").is_err(), "{place} bytes");
        }
    }

    #[test]
    fn a_parcel_of_something_else_or_of_another_version_is_told_apart() {
        let said = |bytes: &[u8]| Unpacking::of(bytes, "risk").err().unwrap().to_string();
        assert_eq!(said(&packed()), "this is a part of a grid, not of a risk");
        assert_eq!(said(b"draws"), "these bytes are no part of a simulation, a grid or a risk");
        let mut other = Packing(MARK.to_vec());
        other.text("risk");
        other.text("version 0.0.1 for abacus");
        assert!(
            said(&other.sealed()).starts_with("the part was made by version 0.0.1 for abacus, and this is version")
        );
    }

    #[test]
    fn a_count_beyond_what_is_there_is_refused_before_room_is_made() {
        let mut packing = Packing::of("grid");
        packing.whole(u64::MAX / 8);
        let bytes = packing.sealed();
        assert_eq!(Unpacking::of(&bytes, "grid").unwrap().floats(), Err(ParcelFault::Damaged));
        let mut left = Packing::of("grid");
        left.whole(1);
        assert_eq!(Unpacking::of(&left.sealed(), "grid").unwrap().end(), Err(ParcelFault::Damaged));
    }
}
