//! The wrong-pocket table by year: when each holder pays, and when it gains.
//!
//! One rule: money, production and wellbeing stand in rows of their own; in present values, the rows of a holder add up to
//! its row of [`WrongPocket`](super::WrongPocket), to the last digit.

use super::figure::Absence;
use super::ledger::{Ledger, Posting};
use super::wrong_pocket::{Pocket, ends};
use crate::model::{Holder, HolderKind, PublicLevel, ValueKind};
use crate::number::Exact;
use crate::units::Year;
use rust_decimal::Decimal;

/// What amounts of a year are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CountedIn {
    /// Present values: prices of the price year, valued in the present-value year.
    #[default]
    PresentValue,
    /// Prices of the price year, not discounted.
    Real,
    /// Money of each year, not discounted.
    Nominal,
}

impl CountedIn {
    /// All of them, with their names in Python and on the command line.
    pub const NAMED: [(Self, &'static str); 3] =
        [(Self::PresentValue, "present-value"), (Self::Real, "real"), (Self::Nominal, "nominal")];

    /// An amount of a posting and its cashable part.
    fn of(self, posting: &Posting) -> Result<(Decimal, Decimal), Absence> {
        match (self, posting.nominal, posting.nominal_cashable) {
            (Self::PresentValue, ..) => Ok((posting.present_value, posting.present_cashable)),
            (Self::Real, ..) => Ok((posting.amount, posting.cashable)),
            (Self::Nominal, Some(amount), Some(cashable)) => Ok((amount, cashable)),
            (Self::Nominal, ..) => Err(Absence::NoPriceLevel { year: posting.year }),
        }
    }
}

/// Who pays and who gains in each year.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct WrongPocketYears {
    /// What the amounts are counted in.
    pub counted_in: CountedIn,
    /// Holder by holder, kind by kind, year by year; a joint holder is its members. A kind that a holder has no postings of
    /// has no rows.
    pub rows: Vec<PocketYear>,
}

/// What one holder pays and gains in one year, of one kind.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct PocketYear {
    /// The id of the holder.
    pub holder: String,
    /// Public budget, people, enterprise, …
    pub holder_kind: HolderKind,
    /// The level of government of a public budget.
    pub level: Option<PublicLevel>,
    /// Fiscal, economic or social. Costs and transfers are money: fiscal.
    pub kind: ValueKind,
    /// The calendar year.
    pub year: Year,
    /// Costs and transfers paid.
    pub pays: Decimal,
    /// Transfers received.
    pub receives: Decimal,
    /// Value of outcomes gained less lost.
    pub gains: Decimal,
    /// The part of the gains that releases money in a public budget.
    pub cashable: Decimal,
    /// `gains + receives − pays`.
    pub net: Decimal,
    /// Net of this year and all before, of the same holder and kind.
    pub cumulative: Decimal,
}

const KINDS: [ValueKind; 3] = [ValueKind::Fiscal, ValueKind::Economic, ValueKind::Social];

impl WrongPocketYears {
    pub(super) fn new(
        holders: &[Holder],
        years: &[Year],
        ledger: &Ledger,
        counted_in: CountedIn,
    ) -> Result<Self, Absence> {
        let mut sums: Vec<[Option<Vec<Pocket>>; 3]> = vec![[None, None, None]; holders.len()];
        for (line, posting) in ledger.entries() {
            let amounts = counted_in.of(posting)?;
            let at = years.first().and_then(|first| usize::try_from(posting.year.since(*first)).ok());
            for (holder, gains) in ends(line, posting) {
                let kinds = sums.get_mut(holder.position());
                let kind = KINDS.iter().position(|kind| *kind == line.kind);
                let Some(pockets) = kinds.zip(kind).and_then(|(kinds, kind)| kinds.get_mut(kind)) else { continue };
                let pockets = pockets.get_or_insert_with(|| vec![Pocket::default(); years.len()]);
                if let Some(pocket) = at.and_then(|at| pockets.get_mut(at)) {
                    pocket.add(line, gains, amounts);
                }
            }
        }
        let mut rows = Vec::new();
        for (holder, kinds) in holders.iter().zip(sums) {
            for (kind, pockets) in KINDS.into_iter().zip(kinds) {
                rows.extend(of_kind(holder, kind, years.iter().copied().zip(pockets.unwrap_or_default()))?);
            }
        }
        Ok(Self { counted_in, rows })
    }
}

/// The years of one holder and kind, with their running total.
fn of_kind(
    holder: &Holder,
    kind: ValueKind,
    years: impl Iterator<Item = (Year, Pocket)>,
) -> Result<Vec<PocketYear>, Absence> {
    let mut cumulative = Exact::ZERO;
    let row = |(year, pocket): (Year, Pocket)| {
        let net = pocket.gains + pocket.receives - pocket.pays;
        cumulative = cumulative + net;
        Ok(PocketYear {
            holder: holder.id.clone(),
            holder_kind: holder.kind,
            level: holder.level,
            kind,
            year,
            pays: pocket.pays.value()?,
            receives: pocket.receives.value()?,
            gains: pocket.gains.value()?,
            cashable: if holder.kind == HolderKind::Public { pocket.cashable.value()? } else { Decimal::ZERO },
            net: net.value()?,
            cumulative: cumulative.value()?,
        })
    };
    years.map(row).collect()
}
