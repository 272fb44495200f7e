//! Rows of a contract's returns as tables: one function a table, one line a column.

use super::risk_rows::{chances, named, optional_spreads, spreads};
use crate::rows::labels;
use crate::table::{Columns, Table, TableError};
use impact_core::report::{InvestorRow, ProviderRow, ReturnSituationRow, WithoutRateRow, word};

type Made = Result<Table, TableError>;

/// A row a situation.
pub fn situations(rows: &[ReturnSituationRow]) -> Made {
    let table = Columns::new().words("situation", rows.iter().map(|row| word(&row.situation)));
    let table = labels(table, "name", rows.iter().map(|row| Some(&row.name)));
    let table = labels(table, "meaning", rows.iter().map(|row| Some(&row.meaning)));
    spreads(table, rows.iter().map(|row| row.paid))
        .whole("not_funded", rows.iter().map(|row| whole(row.not_funded)))
        .table()
}

/// A row a situation and investor.
pub fn investors(rows: &[ReturnSituationRow]) -> Made {
    let (situations, rows): (Vec<String>, Vec<&InvestorRow>) =
        rows.iter().flat_map(|row| below(row, &row.investors)).unzip();
    let table = named(situations, "holder", rows.iter().map(|row| (row.holder.as_str(), &row.name)));
    let table = optional_spreads(table, "total", rows.iter().map(|row| row.total));
    let table = chances(table, "chance_of_loss", rows.iter().map(|row| row.chance_of_loss))
        .ratio("rate_of_expected", rows.iter().map(|row| row.rate_of_expected))
        .ratio("rate_of_expected_error", rows.iter().map(|row| row.rate_of_expected_error));
    let why = rows.iter().map(|row| row.why_no_rate_of_expected.as_ref());
    let table = labels(table, "why_no_rate_of_expected", why)
        .ratio("median_rate", rows.iter().map(|row| row.median_rate))
        .ratio("median_rate_error", rows.iter().map(|row| row.median_rate_error));
    let table = optional_spreads(table, "rate", rows.iter().map(|row| row.rate))
        .whole("with_one_rate", rows.iter().map(|row| whole(row.with_one_rate)))
        .whole("lost_all", rows.iter().map(|row| whole(row.lost_all)));
    optional_spreads(table, "multiple", rows.iter().map(|row| row.multiple))
        .whole("without_multiple", rows.iter().map(|row| whole(row.without_multiple)))
        .whole("not_funded", rows.iter().map(|row| whole(row.not_funded)))
        .table()
}

/// Draws without exactly one rate, with whose they are.
type Without<'a> = (&'a InvestorRow, &'a WithoutRateRow);

/// A row a situation, investor and reason.
pub fn without_rate(rows: &[ReturnSituationRow]) -> Made {
    let investors = rows.iter().flat_map(|row| below(row, &row.investors));
    let each = investors.flat_map(|(situation, investor)| {
        investor.without_rate.iter().map(move |row| (situation.clone(), (investor, row)))
    });
    let (situations, rows): (Vec<String>, Vec<Without<'_>>) = each.unzip();
    let table =
        named(situations, "holder", rows.iter().map(|(investor, _)| (investor.holder.as_str(), &investor.name)));
    labels(table, "reason", rows.iter().map(|(_, row)| Some(&row.reason)))
        .whole("draws", rows.iter().map(|(_, row)| whole(row.draws)))
        .table()
}

/// A row a situation and provider.
pub fn providers(rows: &[ReturnSituationRow]) -> Made {
    let (situations, rows): (Vec<String>, Vec<&ProviderRow>) =
        rows.iter().flat_map(|row| below(row, &row.providers)).unzip();
    let table = named(situations, "holder", rows.iter().map(|row| (row.holder.as_str(), &row.name)));
    let table = optional_spreads(table, "total", rows.iter().map(|row| row.total));
    chances(table, "chance_of_loss", rows.iter().map(|row| row.chance_of_loss))
        .whole("not_funded", rows.iter().map(|row| whole(row.not_funded)))
        .table()
}

fn below<'a, R>(row: &'a ReturnSituationRow, rows: &'a [R]) -> impl Iterator<Item = (String, &'a R)> {
    rows.iter().map(|below| (word(&row.situation), below))
}

fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
