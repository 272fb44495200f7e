//! Rows of simulations as tables: one function a table, one line a column.

use crate::rows::outcome_name;
use crate::table::{Columns, Table, TableError};
use impact_core::model::Model;
use impact_core::report::{SimulatedRow, Summary, holder_name};
use impact_core::simulation::{Estimate, Repair, SimulatedFigure, SummaryError};

type Made = Result<Table, TableError>;

/// Five digits, for a notebook.
pub fn shown(value: f64) -> f64 {
    format!("{value:.4e}").parse().unwrap_or(value)
}

/// The mean with its standard error, or the median of what has no mean, and where nine of ten draws lie.
pub fn said(figure: &SimulatedFigure) -> Result<String, SummaryError> {
    let (low, high) = figure.interval(0.9)?;
    let (name, middle) = match figure.mean() {
        Ok(mean) => ("mean", mean),
        Err(_) => ("median", figure.quantile(0.5)?),
    };
    let error = middle.standard_error.map(|error| format!(" ± {}", shown(error))).unwrap_or_default();
    let [middle, low, high] = [middle.value, low.value, high.value].map(shown);
    Ok(format!("{name} {middle}{error}, 90 % between {low} and {high}"))
}

fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A row a measure.
pub fn measures(rows: &[SimulatedRow]) -> Made {
    measure_columns(Columns::new(), &rows.iter().collect::<Vec<_>>()).table()
}

/// The columns of measures, a row each, after others.
pub fn measure_columns(columns: Columns, rows: &[&SimulatedRow]) -> Columns {
    let summary = |read: fn(&Summary) -> f64| rows.iter().map(move |row| row.summary.as_ref().map(read));
    let maybe =
        |read: fn(&Summary) -> Option<Estimate>| rows.iter().map(move |row| row.summary.as_ref().and_then(read));
    let above_one = rows.iter().map(|row| {
        let summary = row.summary.as_ref()?;
        summary.above_threshold.filter(|_| summary.threshold == Some(1.0)).map(|above| above.value)
    });
    columns
        .text("measure", rows.iter().map(|row| row.measure.name()))
        .words("holder", rows.iter().map(|row| row.holder.to_string()))
        .text("outcome", rows.iter().map(|row| row.outcome.as_deref()))
        .text("unit", rows.iter().map(|row| row.at_point.unit.en.as_str()))
        .ratio("mean", maybe(|summary| summary.mean).map(|mean| Some(mean?.value)))
        .ratio("mean_error", maybe(|summary| summary.mean).map(|mean| mean?.standard_error))
        .ratio("sd", maybe(|summary| summary.sd).map(|sd| Some(sd?.value)))
        .ratio("sd_error", maybe(|summary| summary.sd).map(|sd| sd?.standard_error))
        .ratio("p05", summary(|summary| summary.p05.value))
        .ratio("p50", summary(|summary| summary.p50.value))
        .ratio("p95", summary(|summary| summary.p95.value))
        .ratio("above_zero", summary(|summary| summary.above_zero.value))
        .ratio("above_one", above_one)
        .whole("undefined", rows.iter().map(|row| whole(row.undefined)))
        .amount("at_point", rows.iter().map(|row| row.at_point.value))
        .text("mean_note_en", rows.iter().map(|row| Some(row.mean_note.as_ref()?.en.as_str())))
        .text("mean_note_nb", rows.iter().map(|row| row.mean_note.as_ref()?.nb.as_deref()))
        .flag("illustrative", rows.iter().map(|row| row.marks.illustrative))
        .flag("unverified", rows.iter().map(|row| row.marks.unverified))
}

/// Measures as a notebook shows them.
pub fn measures_shown(rows: &[SimulatedRow], model: &Model) -> Made {
    let summary = |read: fn(&Summary) -> f64| rows.iter().map(move |row| row.summary.as_ref().map(read).map(shown));
    let mean = || rows.iter().map(|row| row.summary.as_ref()?.mean);
    Columns::new()
        .words("measure", rows.iter().map(|row| row.at_point.name.en.clone()))
        .words("for", rows.iter().map(|row| holder_name(model, &row.holder).en))
        .text("of", rows.iter().map(|row| row.outcome.as_deref().map(|id| outcome_name(model, id))))
        .ratio("mean", mean().map(|mean| Some(shown(mean?.value))))
        .ratio("±", mean().map(|mean| mean?.standard_error.map(shown)))
        .ratio("5 %", summary(|summary| summary.p05.value))
        .ratio("50 %", summary(|summary| summary.p50.value))
        .ratio("95 %", summary(|summary| summary.p95.value))
        .text("at point values", rows.iter().map(|row| row.at_point.shown.en.as_str()))
        .whole("without a value", rows.iter().map(|row| whole(row.undefined)))
        .text("mark", rows.iter().map(|row| row.marks.illustrative.then_some("illustrative")))
        .table()
}

/// A row a statistic of one measure.
pub fn summary(row: &SimulatedRow) -> Made {
    let exact = |value: f64| (value, None, None);
    let estimate = |of: Estimate| (of.value, of.standard_error, Some(of.bin_error));
    let mut statistics = Vec::new();
    if let Some(summary) = &row.summary {
        let moments = [("mean", summary.mean), ("sd", summary.sd)];
        statistics.extend(moments.into_iter().filter_map(|(name, moment)| Some((name, estimate(moment?)))));
        statistics.extend([
            ("least", exact(summary.least)),
            ("p05", estimate(summary.p05)),
            ("p25", estimate(summary.p25)),
            ("p50", estimate(summary.p50)),
            ("p75", estimate(summary.p75)),
            ("p95", estimate(summary.p95)),
            ("most", exact(summary.most)),
            ("above_zero", estimate(summary.above_zero)),
        ]);
        let above_one = summary.above_threshold.filter(|_| summary.threshold == Some(1.0));
        statistics.extend(above_one.map(|above| ("above_one", estimate(above))));
    }
    statistics.push(("undefined_share", exact(row.undefined_share)));
    Columns::new()
        .text("statistic", statistics.iter().map(|(name, _)| *name))
        .ratio("value", statistics.iter().map(|(_, (value, ..))| *value))
        .ratio("standard_error", statistics.iter().map(|(_, (_, error, _))| *error))
        .ratio("bin_error", statistics.iter().map(|(_, (.., error))| *error))
        .table()
}

/// Groups of draws.
pub fn histogram(groups: &[(f64, f64, u64)]) -> Made {
    Columns::new()
        .ratio("low", groups.iter().map(|(low, ..)| *low))
        .ratio("high", groups.iter().map(|(_, high, _)| *high))
        .whole("count", groups.iter().map(|(.., count)| whole(*count)))
        .table()
}

/// Pairs whose rank correlation is not as asked.
pub fn repairs(repairs: &[Repair]) -> Made {
    let pairs = || repairs.iter().flat_map(|repair| repair.pairs.iter().map(move |pair| (repair, pair)));
    Columns::new()
        .text("correlation", pairs().map(|(repair, _)| repair.correlation.as_str()))
        .text("first", pairs().map(|(_, pair)| pair.first.as_str()))
        .text("second", pairs().map(|(_, pair)| pair.second.as_str()))
        .ratio("asked", pairs().map(|(_, pair)| pair.asked))
        .ratio("used", pairs().map(|(_, pair)| pair.used))
        .table()
}
