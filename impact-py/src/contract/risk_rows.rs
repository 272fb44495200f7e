//! Rows of a contract's risk as tables: one function a table, one line a column.

use crate::rows::labels;
use crate::table::{Columns, Table, TableError};
use impact_core::analysis::risk::{SituationRisk, Spread};
use impact_core::report::{MeasurableRow, SettingRow, SituationRow, word};
use impact_core::simulation::Estimate;
use impact_core::units::Label;

type Made = Result<Table, TableError>;

/// A row a situation.
pub fn situations(rows: &[SituationRow]) -> Made {
    let table = Columns::new().words("situation", rows.iter().map(|row| word(&row.situation)));
    let table = labels(table, "name", rows.iter().map(|row| Some(&row.name)));
    let table = labels(table, "meaning", rows.iter().map(|row| Some(&row.meaning)));
    let table = chances(table, "chance_of_paying", rows.iter().map(|row| row.chance_of_paying))
        .ratio("exact_chance", rows.iter().map(|row| Some(row.exact?.chance_of_paying)))
        .ratio("exact_mean", rows.iter().map(|row| Some(row.exact?.mean)));
    spreads(table, rows.iter().map(|row| row.paid))
        .ratio("chance_of_refund", rows.iter().map(|row| row.refunds.map_or(0.0, |refunds| refunds.chance.value)))
        .ratio("chance_of_refund_error", rows.iter().map(chance_of_refund_error))
        .ratio("mean_refund", rows.iter().map(|row| Some(row.refunds?.mean)))
        .ratio("held", rows.iter().map(|row| row.held))
        .table()
}

/// The standard error of the chance of a refund: that of no draw where nothing goes back.
fn chance_of_refund_error(row: &SituationRow) -> Option<f64> {
    let of_none = row.chance_of_paying.standard_error.map(|_| 0.0);
    row.refunds.map_or(of_none, |refunds| refunds.chance.standard_error)
}

/// A row a situation and payer.
pub fn by_payer(rows: &[SituationRow]) -> Made {
    let (situations, rows) = below(rows, |row| &row.by_payer);
    let table = named(situations, "payer", rows.iter().map(|row| (row.payer.as_str(), &row.name)));
    let table = chances(table, "chance_of_paying", rows.iter().map(|row| row.chance_of_paying));
    spreads(table, rows.iter().map(|row| row.paid)).table()
}

/// A row a situation and payment.
pub fn by_payment(rows: &[SituationRow]) -> Made {
    let (situations, rows) = below(rows, |row| &row.by_payment);
    let table = named(situations, "payment", rows.iter().map(|row| (row.payment.as_str(), &row.name)));
    chances(table, "chance_of_paying", rows.iter().map(|row| row.chance_of_paying))
        .ratio("mean", rows.iter().map(|row| row.mean))
        .table()
}

/// A row a situation, payer and year.
pub fn by_year(rows: &[SituationRow]) -> Made {
    let (situations, rows) = below(rows, |row| &row.by_year);
    named(situations, "payer", rows.iter().map(|row| (row.payer.as_str(), &row.name)))
        .whole("year", rows.iter().map(|row| i64::from(row.year)))
        .ratio("mean", rows.iter().map(|row| row.mean))
        .ratio("standard_error", rows.iter().map(|row| row.standard_error))
        .table()
}

/// A row a situation and metric.
pub fn changes(rows: &[SituationRow]) -> Made {
    let (situations, rows) = below(rows, |row| &row.changes);
    let table = named(situations, "metric", rows.iter().map(|row| (row.metric.as_str(), &row.name)))
        .text("unit", rows.iter().map(|row| row.unit.as_deref()));
    spreads(table, rows.iter().map(|row| row.change)).table()
}

/// A row an estimate and cohort.
pub fn measurable(rows: &[MeasurableRow]) -> Made {
    let table = Columns::new().text("estimate", rows.iter().map(|row| row.estimate.as_str()));
    labels(table, "name", rows.iter().map(|row| Some(&row.name)))
        .text("cohort", rows.iter().map(|row| row.cohort.as_deref()))
        .ratio("people", rows.iter().map(|row| row.people))
        .ratio("compared", rows.iter().map(|row| row.compared))
        .ratio("rate", rows.iter().map(|row| row.rate))
        .ratio("expected", rows.iter().map(|row| row.expected))
        .ratio("detectable", rows.iter().map(|row| row.detectable))
        .ratio("power", rows.iter().map(|row| row.power))
        .ratio("people_needed", rows.iter().map(|row| row.people_needed))
        .table()
}

/// A row a thing that is set.
pub fn settings(rows: &[SettingRow]) -> Made {
    Columns::new()
        .text("address", rows.iter().map(|row| row.address.as_str()))
        .text("value_en", rows.iter().map(|row| row.value.en.as_str()))
        .text("value_nb", rows.iter().map(|row| row.value.nb.as_deref()))
        .flag("taken", rows.iter().map(|row| row.taken))
        .table()
}

/// A row a draw: what is paid in all, and the change of each metric.
pub fn draws(found: &SituationRisk, metrics: &[&str]) -> Made {
    let count = i64::try_from(found.draws().len()).unwrap_or(i64::MAX);
    let table = Columns::new().whole("draw", 0..count).floats("paid", found.draws().to_vec());
    let changes = found.changes.iter().zip(metrics);
    changes.fold(table, |table, (change, id)| table.floats(&format!("changes.{id}"), change.draws().to_vec())).table()
}

/// The rows below each situation, each with the word of its situation.
fn below<R>(rows: &[SituationRow], read: fn(&SituationRow) -> &Vec<R>) -> (Vec<String>, Vec<&R>) {
    rows.iter().flat_map(|row| read(row).iter().map(|below| (word(&row.situation), below))).unzip()
}

/// The columns of a situation and of somebody or something in it.
pub fn named<'a>(
    situations: Vec<String>,
    id: &str,
    names: impl Iterator<Item = (&'a str, &'a Label)> + Clone,
) -> Columns {
    let table = Columns::new().words("situation", situations).text(id, names.clone().map(|(id, _)| id));
    labels(table, "name", names.map(|(_, name)| Some(name)))
}

/// A chance and its standard error.
pub fn chances<E: Into<Option<Estimate>>>(
    table: Columns,
    name: &str,
    chances: impl Iterator<Item = E> + Clone,
) -> Columns {
    let chances = chances.map(Into::into);
    table
        .ratio(name, chances.clone().map(|chance| chance.map(|chance| chance.value)))
        .ratio("chance_error", chances.map(|chance| chance.and_then(|chance| chance.standard_error)))
}

/// How something spreads over the draws.
pub fn spreads(table: Columns, spreads: impl Iterator<Item = Spread> + Clone) -> Columns {
    let of = |read: fn(Spread) -> f64| spreads.clone().map(read);
    table
        .ratio("mean", of(|spread| spread.mean))
        .ratio("mean_error", spreads.clone().map(|spread| spread.standard_error))
        .ratio("sd", of(|spread| spread.sd))
        .ratio("p05", of(|spread| spread.p05))
        .ratio("p50", of(|spread| spread.p50))
        .ratio("p95", of(|spread| spread.p95))
}

/// How something that some rows do not have spreads over the draws, its name before each column.
pub fn optional_spreads(table: Columns, name: &str, spreads: impl Iterator<Item = Option<Spread>> + Clone) -> Columns {
    let of = |read: fn(Spread) -> f64| spreads.clone().map(move |spread| spread.map(read));
    table
        .ratio(&format!("{name}_mean"), of(|spread| spread.mean))
        .ratio(&format!("{name}_error"), spreads.clone().map(|spread| spread.and_then(|spread| spread.standard_error)))
        .ratio(&format!("{name}_sd"), of(|spread| spread.sd))
        .ratio(&format!("{name}_p05"), of(|spread| spread.p05))
        .ratio(&format!("{name}_p50"), of(|spread| spread.p50))
        .ratio(&format!("{name}_p95"), of(|spread| spread.p95))
}
