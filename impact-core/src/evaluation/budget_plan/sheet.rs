//! The sheet of a budget: the nominal amount of each line in each year appraised.

use super::PlanRowKind;
use crate::address::Address;
use crate::evaluation::budget::enters_budgets;
use crate::evaluation::ledger::{Ledger, Posting};
use crate::evaluation::line::{Class, Line};
use crate::evaluation::plan::Sign;
use crate::evaluation::view::View;
use crate::number::Exact;
use crate::units::Year;
use rust_decimal::Decimal;

/// The amounts of each line in each year appraised; a year whose price level is missing has no value.
pub(super) struct Sheet {
    pub rows: Vec<SheetRow>,
    pub cashable: Vec<Exact>,
    /// By year, whether a price level is missing.
    pub unknown: Vec<bool>,
}

/// A line of the budget in each year appraised, as the holder sees it.
pub(super) struct SheetRow {
    pub kind: PlanRowKind,
    pub cause: Address,
    pub amounts: Vec<Exact>,
}

impl Sheet {
    pub fn of(ledger: &Ledger, appraised: &[Year], view: &View) -> Self {
        let nothing = vec![Exact::ZERO; appraised.len()];
        let (mut rows, row_of) = empty_rows(ledger.lines(), &nothing, view);
        let mut cashable = nothing;
        let mut unknown = vec![false; appraised.len()];
        let start = appraised.first().copied();
        for (line, posting) in ledger.entries() {
            let row = row_of.get(posting.line).copied().flatten().and_then(|row| rows.get_mut(row));
            let at = start.and_then(|start| usize::try_from(posting.year.since(start)).ok());
            let (Some(row), Some(at)) = (row, at.filter(|at| *at < appraised.len())) else { continue };
            match (nominal(posting), row.amounts.get_mut(at), cashable.get_mut(at)) {
                (Some((amount, cash)), Some(gained), Some(total)) => {
                    *gained = *gained + view.signed(line, posting, amount);
                    if line.outcome.is_some() {
                        *total = *total + view.signed_cash(line, posting, cash);
                    }
                }
                _ => unknown.iter_mut().skip(at).take(1).for_each(|unknown| *unknown = true),
            }
        }
        Self { rows, cashable, unknown }
    }

    pub fn net(&self, at: usize) -> Exact {
        self.rows.iter().filter_map(|row| row.amounts.get(at).copied()).sum()
    }

    /// The net of all years before a position, where all their prices are known.
    pub fn before(&self, at: usize) -> Option<Exact> {
        let known = !self.unknown.iter().take(at).any(|unknown| *unknown);
        known.then(|| (0..at).map(|earlier| self.net(earlier)).sum())
    }
}

/// The rows in the order of their kinds, and the row of each line. A cause posted to several members of a joint holder is one
/// row of each kind.
fn empty_rows(lines: &[Line], nothing: &[Exact], view: &View) -> (Vec<SheetRow>, Vec<Option<usize>>) {
    let kinds: Vec<Option<PlanRowKind>> = lines.iter().map(|line| kind(line, view)).collect();
    let mut rows: Vec<SheetRow> = Vec::new();
    for (line, kind) in lines.iter().zip(&kinds) {
        let known = |kind: PlanRowKind| rows.iter().any(|row| row.kind == kind && row.cause == line.cause);
        if let Some(kind) = kind.filter(|kind| !known(*kind)) {
            rows.push(SheetRow { kind, cause: line.cause.clone(), amounts: nothing.to_vec() });
        }
    }
    rows.sort_by_key(|row| row.kind);
    let row_of = |(line, kind): (&Line, &Option<PlanRowKind>)| {
        rows.iter().position(|row| Some(row.kind) == *kind && row.cause == line.cause)
    };
    let row_of = lines.iter().zip(&kinds).map(row_of).collect();
    (rows, row_of)
}

fn kind(line: &Line, view: &View) -> Option<PlanRowKind> {
    let kind = match (line.class, view.sign(line)) {
        (_, Sign::None) => return None,
        (Class::Cost, _) => PlanRowKind::Cost,
        (Class::Transfer, Sign::Minus) => PlanRowKind::TransferPaid,
        (Class::Transfer, Sign::Plus) => PlanRowKind::TransferReceived,
        (Class::Reimbursement, _) => PlanRowKind::Reimbursement,
        (Class::Outcome, _) => PlanRowKind::Outcome,
        (Class::Displaced, _) => PlanRowKind::Displaced,
        (Class::Financing, _) => return None,
    };
    Some(kind).filter(|_| enters_budgets(line))
}

fn nominal(posting: &Posting) -> Option<(Decimal, Decimal)> {
    posting.nominal.zip(posting.nominal_cashable)
}
