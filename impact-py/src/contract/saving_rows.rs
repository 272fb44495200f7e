//! Rows of payments beside savings as tables: one function a table, one line a column.

use super::risk_rows::{chances, named, optional_spreads};
use crate::rows::labels;
use crate::table::{Columns, Table, TableError};
use impact_core::analysis::risk::SavingYear;
use impact_core::report::{FairSharesRow, HolderSavingRow, SavingRiskReport, SavingSituationRow, word};

type Made = Result<Table, TableError>;

/// A row a situation and holder.
pub fn holders(rows: &[SavingSituationRow]) -> Made {
    let (situations, rows): (Vec<String>, Vec<&HolderSavingRow>) = each(rows).unzip();
    let table = named(situations, "holder", rows.iter().map(|row| (row.holder.as_str(), &row.name)));
    let table = optional_spreads(table, "paid", rows.iter().map(|row| Some(row.paid)));
    let table = optional_spreads(table, "saved", rows.iter().map(|row| Some(row.saved)))
        .ratio("cashable", rows.iter().map(|row| row.cashable));
    let table = optional_spreads(table, "net", rows.iter().map(|row| Some(row.net)));
    chances(table, "covers", rows.iter().map(|row| row.covers)).table()
}

/// A year, with whose it is.
type OfYear<'a> = (&'a HolderSavingRow, SavingYear);

/// A row a situation, holder and year.
pub fn by_year(rows: &[SavingSituationRow]) -> Made {
    let years = each(rows)
        .flat_map(|(situation, holder)| holder.years.iter().map(move |year| (situation.clone(), (holder, *year))));
    let (situations, rows): (Vec<String>, Vec<OfYear<'_>>) = years.unzip();
    named(situations, "holder", rows.iter().map(|(holder, _)| (holder.holder.as_str(), &holder.name)))
        .whole("year", rows.iter().map(|(_, row)| i64::from(row.year)))
        .ratio("paid", rows.iter().map(|(_, row)| row.paid))
        .ratio("saved", rows.iter().map(|(_, row)| row.saved))
        .ratio("net", rows.iter().map(|(_, row)| row.net))
        .table()
}

/// A row an outcome, those counted first.
pub fn outcomes(report: &SavingRiskReport<'_>) -> Made {
    let counted = report.outcomes.iter().map(|row| (row.outcome.as_str(), &row.name, Some(row)));
    let left_out = report.left_out.iter().map(|row| (row.outcome.as_str(), &row.name, None));
    let rows: Vec<_> = counted.chain(left_out).collect();
    let table = Columns::new().text("outcome", rows.iter().map(|(outcome, ..)| *outcome));
    labels(table, "name", rows.iter().map(|(_, name, _)| Some(*name)))
        .text("metric", rows.iter().map(|(.., row)| row.map(|row| row.metric.as_str())))
        .words(
            "beside",
            rows.iter().map(|(.., row)| row.filter(|row| !row.beside.is_empty()).map(|row| row.beside.join(", "))),
        )
        .flag("left_out", rows.iter().map(|(.., row)| row.is_none()))
        .table()
}

/// A row a payer.
pub fn shares(found: &FairSharesRow) -> Made {
    let table = Columns::new().text("holder", found.shares.iter().map(|row| row.holder.as_str()));
    labels(table, "name", found.shares.iter().map(|row| Some(&row.name)))
        .ratio("least", found.shares.iter().map(|row| row.least))
        .ratio("most", found.shares.iter().map(|row| row.most))
        .table()
}

fn each(rows: &[SavingSituationRow]) -> impl Iterator<Item = (String, &HolderSavingRow)> {
    rows.iter().flat_map(|row| row.holders.iter().map(|below| (word(&row.situation), below)))
}
