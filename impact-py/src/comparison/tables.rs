//! The tables of a comparison.

use crate::rows::labels;
use crate::table::{Columns, Table, TableError};
use impact_core::analysis::comparison::Changed;
use impact_core::report::{CauseRow, ComparedFigure, ComparedMeasure, ComparisonReport, word};

fn position(at: usize) -> i64 {
    i64::try_from(at).unwrap_or(i64::MAX)
}

/// What the models are.
pub fn columns(report: &ComparisonReport) -> Result<Table, TableError> {
    let rows = &report.models;
    let table = Columns::new().whole("model", (0..rows.len()).map(position));
    let table = labels(table, "label", rows.iter().map(|row| Some(&row.label)));
    let table = labels(table, "name", rows.iter().map(|row| Some(&row.name)))
        .text("country", rows.iter().map(|row| row.country.as_str()))
        .words("currency", rows.iter().map(|row| row.currency.to_string()))
        .whole("price_year", rows.iter().map(|row| i64::from(row.price_year.0.number())))
        .whole("present_value_year", rows.iter().map(|row| i64::from(row.present_value_year.number())))
        .text("conventions", rows.iter().map(|row| row.provenance.conventions.as_str()))
        .text("edition", rows.iter().map(|row| row.provenance.conventions_edition.as_str()))
        .words("overridden", rows.iter().map(|row| some(row.provenance.overridden_switches.join(", "))))
        .amount("factor", rows.iter().map(|row| row.carried.factor))
        .text("index", rows.iter().map(|row| row.carried.index.as_deref()))
        .words("exchange", rows.iter().map(|row| row.carried.exchange.map(|exchange| exchange.to_string())));
    table
        .words("common_currency", rows.iter().map(|row| row.carried.currency.to_string()))
        .whole("common_price_year", rows.iter().map(|row| i64::from(row.carried.price_year.0.number())))
        .text("not_valued", rows.iter().map(|row| row.not_valued.as_deref()))
        .words("hash", rows.iter().map(|row| word(&row.provenance.model_hash)))
        .table()
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// Every figure of every model.
pub fn figures(report: &ComparisonReport) -> Result<Table, TableError> {
    let of = |row| all(row).map(move |(at, figure)| (row, at, figure));
    let rows: Vec<(&ComparedMeasure, usize, &ComparedFigure)> = report.measures.iter().flat_map(of).collect();
    let own = || rows.iter().map(|(_, _, figure)| figure.figure.as_ref());
    let label = |at: usize| report.models.get(at).map(|model| &model.label);
    let table = Columns::new()
        .text("measure", rows.iter().map(|(row, ..)| row.measure.name()))
        .words("holder", rows.iter().map(|(row, ..)| row.holder.to_string()))
        .text("outcome", rows.iter().map(|(row, ..)| row.outcome.as_deref()))
        .whole("model", rows.iter().map(|(_, at, _)| position(*at)));
    let table = labels(table, "label", rows.iter().map(|(_, at, _)| label(*at)))
        .amount("value", own().map(|own| own.and_then(|own| own.value)))
        .text("unit", own().map(|own| own.map(|own| own.unit.en.as_str())))
        .amount("common", rows.iter().map(|(_, _, figure)| figure.value))
        .amount("difference", rows.iter().map(|(_, _, figure)| figure.difference))
        .amount("interaction", rows.iter().map(|(_, _, figure)| figure.interaction));
    labels(table, "apart", rows.iter().map(|(_, _, figure)| figure.apart.as_ref()))
        .flag("illustrative", rows.iter().map(|(_, _, figure)| figure.marks().illustrative))
        .flag("unverified", rows.iter().map(|(_, _, figure)| figure.marks().unverified))
        .table()
}

fn all(row: &ComparedMeasure) -> impl Iterator<Item = (usize, &ComparedFigure)> {
    row.figures.iter().enumerate()
}

fn of_model(at: usize, figure: &ComparedFigure) -> impl Iterator<Item = (usize, &CauseRow)> {
    figure.causes.iter().map(move |cause| (at, cause))
}

/// The causes of the differences of one measure.
pub fn causes(report: &ComparisonReport, row: &ComparedMeasure) -> Result<Table, TableError> {
    let rows: Vec<(usize, &CauseRow)> = all(row).flat_map(|(at, figure)| of_model(at, figure)).collect();
    let label = |at: usize| report.models.get(at).map(|model| &model.label);
    let table = Columns::new().whole("model", rows.iter().map(|(at, _)| position(*at)));
    let table = labels(table, "label", rows.iter().map(|(at, _)| label(*at)));
    let told = |side: fn(&Changed) -> Option<String>| {
        rows.iter().map(move |(_, cause)| some(cause.changed.iter().filter_map(side).collect::<Vec<_>>().join("; ")))
    };
    labels(table, "name", rows.iter().map(|(_, cause)| Some(&cause.name)))
        .words("changed", told(Changed::place))
        .words("from", told(|changed| changed.sides().0.map(str::to_owned)))
        .words("to", told(|changed| changed.sides().1.map(str::to_owned)))
        .amount("by", rows.iter().map(|(_, cause)| cause.by))
        .amount("alone", rows.iter().map(|(_, cause)| cause.alone))
        .table()
}

/// What makes ratios unlike.
pub fn unlike(report: &ComparisonReport) -> Result<Table, TableError> {
    let rows = &report.unlike;
    let table = Columns::new()
        .text("rule", rows.iter().map(|row| row.rule))
        .whole("model", rows.iter().map(|row| position(row.model)));
    labels(table, "message", rows.iter().map(|row| Some(&row.message)))
        .text("source", rows.iter().map(|row| row.source))
        .text("silenced", rows.iter().map(|row| row.silenced.as_deref()))
        .table()
}
