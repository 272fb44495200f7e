//! Budget impact: what one perspective's budgets pay and save, year by year, real or in money of the year.
//!
//! One rule: a budget holds money only: costs, transfers and fiscal values. Tax-financing cost and other values never enter.

use super::figure::Absence;
use super::ledger::{Ledger, Posting};
use super::line::{Class, Line};
use super::measure::payback;
use super::plan::Sign;
use super::view::View;
use crate::model::{Perspective, ValueKind};
use crate::number::Exact;
use crate::units::Year;
use rust_decimal::Decimal;

/// Which krone a budget is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PriceLevel {
    /// The model's price year.
    Real,
    /// Money of each year.
    Nominal,
}

/// The budget impact of a model on one perspective.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Budget {
    /// Whose budgets.
    pub perspective: Perspective,
    /// In which krone.
    pub price_level: PriceLevel,
    /// A row for each year appraised.
    pub rows: Vec<BudgetRow>,
    /// The first year from which the cumulative net saving stays at or above zero, or why there is none.
    #[serde(serialize_with = "year_or_reason")]
    pub break_even_year: Result<Year, Absence>,
}

fn year_or_reason<S: serde::Serializer>(year: &Result<Year, Absence>, serializer: S) -> Result<S::Ok, S::Error> {
    match year {
        Ok(year) => serializer.serialize_some(&year.number()),
        Err(_) => serializer.serialize_none(),
    }
}

/// A year of a budget. Amounts in the model's currency; paid amounts are positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct BudgetRow {
    /// The calendar year.
    pub year: Year,
    /// Resources paid for.
    pub costs: Decimal,
    /// Transfers paid less transfers received.
    pub transfers: Decimal,
    /// Fiscal value of outcomes: avoided less what is lost.
    pub savings: Decimal,
    /// The part of the savings that releases money in public budgets.
    pub cashable: Decimal,
    /// `savings − costs − transfers`.
    pub net: Decimal,
    /// Net of this year and all before.
    pub cumulative: Decimal,
}

/// Sums of one year while postings are gone through.
#[derive(Clone, Copy)]
struct YearSums {
    costs: Exact,
    transfers: Exact,
    savings: Exact,
    cashable: Exact,
}

impl Budget {
    pub(super) fn new(
        ledger: &Ledger,
        years: &[Year],
        view: &View,
        perspective: Perspective,
        price_level: PriceLevel,
    ) -> Result<Self, Absence> {
        let none = YearSums { costs: Exact::ZERO, transfers: Exact::ZERO, savings: Exact::ZERO, cashable: Exact::ZERO };
        let mut sums = vec![none; years.len()];
        for (line, posting) in ledger.entries() {
            if view.sign(line) == Sign::None || !enters_budgets(line) {
                continue;
            }
            let position = years.first().map_or(0, |first| posting.year.since(*first));
            let row = usize::try_from(position).ok().and_then(|position| sums.get_mut(position));
            if let Some(row) = row {
                let (amount, cashable) = amounts(posting, price_level)?;
                row.add(
                    line.summed_as(),
                    view.signed(line, posting, amount),
                    view.signed_cash(line, posting, cashable),
                );
            }
        }
        let rows = rows(years, &sums)?;
        let standings: Vec<_> = rows.iter().map(|row| (row.year, row.cumulative)).collect();
        let paid = rows.iter().find(|row| row.costs > Decimal::ZERO || row.transfers > Decimal::ZERO);
        let break_even_year = payback::recovered_in(&standings, paid.map(|row| row.year));
        Ok(Self { perspective, price_level, rows, break_even_year })
    }
}

/// Whether a line is money.
pub(super) fn enters_budgets(line: &Line) -> bool {
    match line.class {
        Class::Cost | Class::Transfer | Class::Reimbursement => true,
        Class::Outcome | Class::Displaced => line.kind == ValueKind::Fiscal,
        Class::Financing => false,
    }
}

/// The amount and its cashable part at a price level.
fn amounts(posting: &Posting, price_level: PriceLevel) -> Result<(Decimal, Decimal), Absence> {
    match (price_level, posting.nominal, posting.nominal_cashable) {
        (PriceLevel::Real, ..) => Ok((posting.amount, posting.cashable)),
        (PriceLevel::Nominal, Some(amount), Some(cashable)) => Ok((amount, cashable)),
        (PriceLevel::Nominal, ..) => Err(Absence::NoPriceLevel { year: posting.year }),
    }
}

impl YearSums {
    fn add(&mut self, class: Class, gain: Exact, cashable: Exact) {
        match class {
            Class::Cost => self.costs = self.costs - gain,
            Class::Transfer => self.transfers = self.transfers - gain,
            Class::Outcome | Class::Displaced | Class::Reimbursement => {
                self.savings = self.savings + gain;
                self.cashable = self.cashable + cashable;
            }
            Class::Financing => {}
        }
    }
}

fn rows(years: &[Year], sums: &[YearSums]) -> Result<Vec<BudgetRow>, Absence> {
    let mut cumulative = Exact::ZERO;
    let mut row = |(year, sums): (&Year, &YearSums)| {
        let net = sums.savings - sums.costs - sums.transfers;
        cumulative = cumulative + net;
        Ok(BudgetRow {
            year: *year,
            costs: sums.costs.value()?,
            transfers: sums.transfers.value()?,
            savings: sums.savings.value()?,
            cashable: sums.cashable.value()?,
            net: net.value()?,
            cumulative: cumulative.value()?,
        })
    };
    years.iter().zip(sums).map(&mut row).collect()
}
