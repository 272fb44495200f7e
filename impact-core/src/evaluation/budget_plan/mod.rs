//! The budget plan (*økonomiplan*, *handlingsplan*): four years of a public budget, line by line, in money of each year.
//!
//! One rule: every row is signed as the holder sees it, so that the rows of a year add up to its net; a year without a
//! figure says why, and is never zero.
//! Horizon: four years, as in the plans of Norwegian municipalities.
//!
//! # Rounding
//! Budget plans are read in whole thousands. The standing since the first year appraised is rounded to the nearest
//! thousand, the net of a year is the difference of two such standings, and the rows of a year are rounded by the largest
//! remainder to its net. So whole thousands add up down each year and along the years, and each of them differs from the
//! exact amount, which stands beside it, by less than a thousand.

mod column;
mod sheet;
mod thousands;

use super::figure::Absence;
use super::ledger::Ledger;
use super::view::View;
use crate::address::Address;
use crate::model::Perspective;
use crate::units::Year;
use column::{Cell, Column, columns};
use rust_decimal::Decimal;
use sheet::Sheet;

/// Years of a plan.
const YEARS: i32 = 4;

/// Four years of the budgets of one perspective.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct BudgetPlan {
    /// Whose budgets.
    pub perspective: Perspective,
    /// The years of the plan.
    pub years: Vec<Year>,
    /// Costs, transfers and outcomes, then what they add up to.
    pub rows: Vec<PlanRow>,
}

/// A row of a plan: one cell a year.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct PlanRow {
    /// What the row is.
    pub kind: PlanRowKind,
    /// The address of the cost, transfer or value; none for what rows add up to.
    pub cause: Option<Address>,
    /// A cell for each year of the plan.
    pub cells: Vec<PlanCell>,
}

/// What a row of a plan is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PlanRowKind {
    /// Resources paid for.
    Cost,
    /// A transfer to somebody else.
    TransferPaid,
    /// A transfer from somebody else.
    TransferReceived,
    /// What of a cost or saving is paid back: by somebody else, or by this holder.
    Reimbursement,
    /// The fiscal value of an outcome.
    Outcome,
    /// The fiscal value of outcomes pushed out elsewhere.
    Displaced,
    /// The rows above added up.
    Net,
    /// Net of the plan's years so far.
    Cumulative,
    /// Net of all years appraised so far, those before the plan included.
    SinceStart,
    /// The part of the outcomes that releases money; it stands in the rows above already.
    Cashable,
}

/// One row in one year. Gains are positive, payments negative.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct PlanCell {
    /// The calendar year.
    pub year: Year,
    /// The exact amount in money of the year, or why there is none.
    #[serde(flatten, serialize_with = "amount_or_reason")]
    pub amount: Result<Decimal, Absence>,
    /// The amount in whole thousands, rounded so that rows and years add up.
    pub thousands: Option<Decimal>,
}

fn amount_or_reason<S: serde::Serializer>(amount: &Result<Decimal, Absence>, serializer: S) -> Result<S::Ok, S::Error> {
    use serde::ser::SerializeMap;
    let mut map = serializer.serialize_map(Some(2))?;
    map.serialize_entry("amount", &amount.as_ref().ok())?;
    map.serialize_entry("absent", &amount.as_ref().err().map(Absence::to_string))?;
    map.end()
}

impl BudgetPlan {
    pub(super) fn new(ledger: &Ledger, appraised: &[Year], view: &View, perspective: Perspective, first: Year) -> Self {
        let sheet = Sheet::of(ledger, appraised, view);
        let mut years: Vec<Year> = (0..YEARS).map(|later| first.plus(later)).collect();
        years.dedup();
        let columns = columns(&sheet, appraised, &years);
        let row = |kind, cause: Option<&Address>, cell: &dyn Fn(&Column) -> Cell| PlanRow {
            kind,
            cause: cause.cloned(),
            cells: columns.iter().map(|column| column.cell(cell)).collect(),
        };
        let line = |(position, line): (usize, &sheet::SheetRow)| {
            row(line.kind, Some(&line.cause), &|column| column.rows.get(position).copied().unwrap_or(Cell::NONE))
        };
        let mut rows: Vec<PlanRow> = sheet.rows.iter().enumerate().map(line).collect();
        rows.push(row(PlanRowKind::Net, None, &|column| column.net));
        rows.push(PlanRow {
            kind: PlanRowKind::Cumulative,
            cause: None,
            cells: columns.iter().map(|column| column.standing(column.cumulative)).collect(),
        });
        rows.push(PlanRow {
            kind: PlanRowKind::SinceStart,
            cause: None,
            cells: columns.iter().map(|column| column.standing(column.since_start)).collect(),
        });
        rows.push(row(PlanRowKind::Cashable, None, &|column| column.cashable));
        Self { perspective, years, rows }
    }

    /// The row of a kind that stands once in a plan: net, cumulative.
    pub fn row(&self, kind: PlanRowKind) -> Option<&PlanRow> {
        self.rows.iter().find(|row| row.kind == kind)
    }
}
