//! Savings of an outcome taken apart: by value, holder and year, in the model's prices and in money of the year.
//!
//! One rule: the parts of a holder and year add up to what `saved.rs` says that it saves.

use super::appraisal::Appraisal;
use super::figure::Absence;
use super::line::{Class, Line};
use super::wrong_pocket::ends;
use crate::address::Address;
use crate::model::{HolderIndex, ValueKind};
use crate::number::Exact;
use crate::units::Year;
use std::collections::BTreeMap;

/// Whose part it is, of what, and when.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SavedOf {
    /// The value whose price it is.
    pub value: Address,
    /// What the amount comes from: the value itself, or the rule by which it is paid back.
    pub cause: Address,
    /// The outcome itself, units pushed out elsewhere, or what is paid back.
    pub class: Class,
    pub holder: HolderIndex,
    pub year: Year,
}

/// How much it is; below zero a loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SavedPart {
    /// The share of the value that falls to the holder: below zero where it stands at the end that loses.
    pub share: Exact,
    /// In the model's prices.
    pub amount: Exact,
    /// In money of the year.
    pub nominal: Exact,
}

impl Appraisal {
    /// What an outcome, by its position, saves each holder in each year by each of its values.
    ///
    /// # Errors
    /// A year without a price level.
    pub(crate) fn saved_parts(&self, outcome: usize) -> Result<BTreeMap<SavedOf, SavedPart>, Absence> {
        let mut parts: BTreeMap<SavedOf, SavedPart> = BTreeMap::new();
        let money = self.ledger().entries().filter(|(line, _)| line.kind == ValueKind::Fiscal);
        for (line, posting) in money.filter(|(line, _)| line.outcome == Some(outcome)) {
            let nominal = posting.nominal.ok_or(Absence::NoPriceLevel { year: posting.year })?;
            let share = line.shares.iter().fold(Exact::ONE, |share, slot| share * self.point(*slot));
            for (holder, gains) in ends(line, posting) {
                let nothing = SavedPart { share: Exact::ZERO, amount: Exact::ZERO, nominal: Exact::ZERO };
                let part = parts.entry(of(line, holder, posting.year)).or_insert(nothing);
                part.share = part.share + signed(gains != posting.turned, share);
                part.amount = part.amount + signed(gains, posting.amount.into());
                part.nominal = part.nominal + signed(gains, nominal.into());
            }
        }
        Ok(parts)
    }
}

fn of(line: &Line, holder: HolderIndex, year: Year) -> SavedOf {
    let value = line.of.clone().unwrap_or_else(|| line.cause.clone());
    SavedOf { value, cause: line.cause.clone(), class: line.class, holder, year }
}

fn signed(gains: bool, amount: Exact) -> Exact {
    if gains { amount } else { Exact::ZERO - amount }
}
