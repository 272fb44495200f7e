//! The wrong-pocket table: what each holder pays, and what each gains.
//!
//! One rule: the rows are present values over the same postings as every measure; paid and gained are never netted away.

use super::figure::Absence;
use super::ledger::{Ledger, Posting};
use super::line::{Class, Line, Party};
use crate::model::{Holder, HolderIndex, HolderKind, ValueKind};
use crate::number::Exact;
use rust_decimal::Decimal;

/// Who pays and who gains.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct WrongPocket {
    /// A row for each holder, in the order of the model; a joint holder is its members.
    pub rows: Vec<PocketRow>,
}

/// What one holder pays and gains, in present values.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct PocketRow {
    /// The id of the holder.
    pub holder: String,
    /// Public budget, people, enterprise, …
    pub kind: HolderKind,
    /// Costs, transfers and reimbursements of costs paid.
    pub pays: Decimal,
    /// Transfers and reimbursements of costs received.
    pub receives: Decimal,
    /// Value of outcomes gained less lost.
    pub gains: Decimal,
    /// The part of the gains that releases money in a public budget.
    pub cashable: Decimal,
    /// `gains + receives`: what comes back.
    pub returns: Decimal,
    /// `returns − pays`.
    pub net: Decimal,
}

impl WrongPocket {
    pub(super) fn new(holders: &[Holder], ledger: &Ledger) -> Result<Self, Absence> {
        let mut sums = vec![Pocket::default(); holders.len()];
        for (line, posting) in ledger.entries() {
            let present = (posting.present_value, posting.present_cashable);
            for (holder, gains) in ends(line, posting) {
                if let Some(pocket) = sums.get_mut(holder.position()) {
                    pocket.add(line, gains, present);
                }
            }
        }
        let single = holders.iter().zip(sums).filter(|(holder, _)| holder.kind != HolderKind::Joint);
        let rows = single.map(|(holder, pocket)| pocket.row(holder)).collect::<Result<_, _>>()?;
        Ok(Self { rows })
    }

    /// The holders that pay more than comes back to them, though others gain.
    pub fn payers_that_lose(&self) -> impl Iterator<Item = &PocketRow> {
        self.rows.iter().filter(|row| row.pays > Decimal::ZERO && row.net < Decimal::ZERO)
    }
}

/// What one holder pays and gains while postings are gone through.
#[derive(Clone, Copy)]
pub(super) struct Pocket {
    pub pays: Exact,
    pub receives: Exact,
    pub gains: Exact,
    pub cashable: Exact,
}

impl Default for Pocket {
    fn default() -> Self {
        Self { pays: Exact::ZERO, receives: Exact::ZERO, gains: Exact::ZERO, cashable: Exact::ZERO }
    }
}

/// The holders at the ends of a posting, each with whether it gains there.
pub(super) fn ends(line: &Line, posting: &Posting) -> impl Iterator<Item = (HolderIndex, bool)> {
    let (from, to) = if posting.turned { (line.to, line.from) } else { (line.from, line.to) };
    [(from, false), (to, true)].into_iter().filter_map(|(end, gains)| match end {
        Some(Party::Holder(holder)) => Some((holder, gains)),
        Some(Party::Society) | None => None,
    })
}

impl Pocket {
    /// Adds an amount and its cashable part, which only fiscal values have.
    pub fn add(&mut self, line: &Line, gains: bool, (value, cashable): (Decimal, Decimal)) {
        let fiscal = line.kind == ValueKind::Fiscal;
        let (value, cashable) = (Exact::from(value), if fiscal { Exact::from(cashable) } else { Exact::ZERO });
        match (line.summed_as(), gains) {
            (Class::Cost | Class::Transfer | Class::Financing, false) => self.pays = self.pays + value,
            (Class::Cost | Class::Transfer | Class::Financing, true) => self.receives = self.receives + value,
            (Class::Outcome | Class::Displaced | Class::Reimbursement, true) => {
                self.gains = self.gains + value;
                self.cashable = self.cashable + cashable;
            }
            (Class::Outcome | Class::Displaced | Class::Reimbursement, false) => {
                self.gains = self.gains - value;
                self.cashable = self.cashable - cashable;
            }
        }
    }

    fn row(self, holder: &Holder) -> Result<PocketRow, Absence> {
        Ok(PocketRow {
            holder: holder.id.clone(),
            kind: holder.kind,
            pays: self.pays.value()?,
            receives: self.receives.value()?,
            gains: self.gains.value()?,
            cashable: if holder.kind == HolderKind::Public { self.cashable.value()? } else { Decimal::ZERO },
            returns: (self.gains + self.receives).value()?,
            net: (self.gains + self.receives - self.pays).value()?,
        })
    }
}
