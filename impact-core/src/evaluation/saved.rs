//! Savings of an outcome: what it releases for each holder in each year, in money of the year.
//!
//! One rule: money only (fiscal values), with what others pay back and what displaced units cost; a joint holder is its members.

use super::appraisal::Appraisal;
use super::figure::Absence;
use super::ledger::Posting;
use super::line::Line;
use super::wrong_pocket::{Pocket, ends};
use crate::model::{HolderIndex, ValueKind};
use crate::units::Year;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// What an outcome saves a holder in a year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Saved {
    pub holder: HolderIndex,
    pub year: Year,
    /// What is avoided; below zero a cost.
    pub gains: Decimal,
    /// The part of it that releases money.
    pub cashable: Decimal,
}

impl Appraisal {
    /// What an outcome, by its position, saves each holder in each year.
    ///
    /// # Errors
    /// A year without a price level; an amount with more than 28 digits.
    pub(crate) fn saved(&self, outcome: usize) -> Result<Vec<Saved>, Absence> {
        let is_its_own =
            |(line, _): &(&Line, &Posting)| line.outcome == Some(outcome) && line.kind == ValueKind::Fiscal;
        let mut pockets: BTreeMap<(HolderIndex, Year), Pocket> = BTreeMap::new();
        for (line, posting) in self.ledger().entries().filter(is_its_own) {
            let nominal = posting.nominal.zip(posting.nominal_cashable);
            let nominal = nominal.ok_or(Absence::NoPriceLevel { year: posting.year })?;
            for (holder, gains) in ends(line, posting) {
                pockets.entry((holder, posting.year)).or_default().add(line, gains, nominal);
            }
        }
        let saved = |((holder, year), pocket): ((HolderIndex, Year), Pocket)| {
            Ok(Saved { holder, year, gains: pocket.gains.value()?, cashable: pocket.cashable.value()? })
        };
        pockets.into_iter().map(saved).collect()
    }
}
