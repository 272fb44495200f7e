//! Internal rates of many series in one call, as a table.
//!
//! One rule: the interpreter's lock is free while they are solved.

use super::input::day_count;
use super::rate::status;
use super::refused::refused;
use super::series::{Dates, Held, Series};
use crate::table::{Columns, Table};
use impact_core::cash_flow::{self, CashFlowError, DatedSeries, DayCount, InternalRate, Root, xirr_own_dates};
use pyo3::prelude::*;
use std::collections::BTreeMap;

/// Find every internal rate of return of many series at equal periods, in one call.
///
/// Money received is positive, money paid is negative.
///
/// Parameters
/// ----------
/// flows : two-dimensional array of floats, list of lists, list column or table of columns
///     A row for each series, a flow for each period, the first today. Anything that Arrow reads is taken as it is: a column
///     of lists, or a table in which each column is a period.
///
/// Returns
/// -------
/// Table
///     A row for each series, in order: ``status``, ``rate`` (None unless it is the only one), ``count`` of rates, ``roots``
///     (all of them, the lowest first) and ``reason`` where there is not exactly one.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> table = si.irr_batch([[-100, 0, 121], [-1600, 10000, -10000], [1, 2]])
/// >>> table["status"], table["count"]
/// (['unique', 'several', 'none'], [1, 2, 0])
#[pyfunction]
pub fn irr_batch(py: Python<'_>, flows: &Bound<'_, PyAny>) -> PyResult<Table> {
    let found = match Series::of(flows)? {
        Series::Held(held) => by_parts(py, &held, &|part| cash_flow::irr_batch(held.width, part))?,
        series => py.detach(|| periodic(&series)),
    };
    table(py, found)
}

/// Find every internal rate of return per year of many series on dates, in one call.
///
/// Money received is positive, money paid is negative.
///
/// Parameters
/// ----------
/// dates : sequence of dates, or a sequence of them for each series
///     Dates that all series share, or of each series its own: datetime.date, ISO text, or a column that Arrow reads.
/// flows : two-dimensional array of floats, list of lists, list column or table of columns
///     A row for each series, a flow for each date. Anything that Arrow reads is taken as it is: a column of lists, or a
///     table in which each column is a date.
/// day_count : {"act/365", "act/360", "act/365.25", "act/act-isda", "30/360", "30e/360"}
///     How days become years.
///
/// Returns
/// -------
/// Table
///     A row for each series, in order: ``status``, ``rate`` (None unless it is the only one), ``count`` of rates, ``roots``
///     (all of them, the lowest first) and ``reason`` where there is not exactly one.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> table = si.xirr_batch(["2023-01-01", "2024-01-01"], [[-100, 110], [1, 2]])
/// >>> table["status"]
/// ['unique', 'none']
/// >>> round(table["rate"][0], 12)
/// 0.1
#[pyfunction]
#[pyo3(signature = (dates, flows, *, day_count = "act/365"))]
pub fn xirr_batch(
    py: Python<'_>,
    dates: &Bound<'_, PyAny>,
    flows: &Bound<'_, PyAny>,
    day_count: &str,
) -> PyResult<Table> {
    let count = self::day_count(py, day_count)?;
    let (dates, series) = (Dates::of(dates)?, Series::of(flows)?);
    if let (Dates::Common(dates), Series::Held(held)) = (&dates, &series)
        && dates.len() == held.width
    {
        let found = by_parts(py, held, &|part| cash_flow::xirr_batch(dates, part, count))?;
        return table(py, found);
    }
    let series = series.at_hand(py)?;
    let found = py.detach(|| match &dates {
        Dates::Common(dates) => common(dates, &series, count),
        Dates::Own(dates) if dates.len() == series.len() => {
            let own = |(dates, flows)| DatedSeries { dates, flows };
            let all: Vec<DatedSeries<'_>> = dates.iter().map(Vec::as_slice).zip(series.rows()).map(own).collect();
            xirr_own_dates(&all, count)
        }
        Dates::Own(dates) => Err(CashFlowError::Lengths { dates: dates.len(), flows: series.len() }),
    });
    table(py, found)
}

type Found = Result<Vec<InternalRate>, CashFlowError>;

/// Series that share their dates.
fn common(dates: &[chrono::NaiveDate], series: &Series, count: DayCount) -> Found {
    let lengths = series.rows().into_iter().zip(1..).find(|(row, _)| row.len() != dates.len());
    if let Some((row, series)) = lengths {
        let fault = Box::new(CashFlowError::Lengths { dates: dates.len(), flows: row.len() });
        return Err(CashFlowError::Series { series, fault });
    }
    match series {
        Series::Even { flows, .. } => cash_flow::xirr_batch(dates, flows, count),
        Series::Held(_) => Ok(Vec::new()),
        Series::Uneven(rows) => cash_flow::xirr_batch(dates, &rows.concat(), count),
    }
}

/// Solves series that Python holds, some at a time: they are copied in parts that stay in the processor's own memory.
fn by_parts(py: Python<'_>, held: &Held, solve: &(dyn Fn(&[f64]) -> Found + Sync)) -> PyResult<Found> {
    const SERIES: usize = 2048;
    let mut found = Vec::with_capacity(held.count);
    let mut part = Vec::new();
    for first in (0..held.count).step_by(SERIES) {
        held.copy_to(py, first, SERIES, &mut part)?;
        match py.detach(|| solve(&part)) {
            Ok(solved) => found.extend(solved),
            Err(CashFlowError::Series { series, fault }) => {
                return Ok(Err(CashFlowError::Series { series: series.saturating_add(first), fault }));
            }
            Err(other) => return Ok(Err(other)),
        }
    }
    Ok(Ok(found))
}

/// Series by period; those of one length go together.
fn periodic(series: &Series) -> Found {
    if let Series::Even { width, flows, count } = series
        && *width > 0
    {
        debug_assert_eq!(flows.len(), width * count);
        return cash_flow::irr_batch(*width, flows);
    }
    let rows = series.rows();
    let mut by_length: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (position, row) in rows.iter().enumerate() {
        by_length.entry(row.len()).or_default().push(position);
    }
    let nothing = InternalRate::None(cash_flow::NoRate::NoFlows);
    let mut found = vec![nothing; rows.len()];
    for (width, positions) in by_length.into_iter().filter(|(width, _)| *width > 0) {
        let flows: Vec<f64> =
            positions.iter().filter_map(|at| rows.get(*at)).flat_map(|row| row.iter().copied()).collect();
        let solved = cash_flow::irr_batch(width, &flows).map_err(|error| in_all(error, &positions))?;
        for (position, rate) in positions.into_iter().zip(solved) {
            if let Some(slot) = found.get_mut(position) {
                *slot = rate;
            }
        }
    }
    Ok(found)
}

/// The error of a series among those of its length, at its place among all.
fn in_all(error: CashFlowError, positions: &[usize]) -> CashFlowError {
    match error {
        CashFlowError::Series { series, fault } => {
            let position = series.checked_sub(1).and_then(|at| positions.get(at)).copied().unwrap_or(0);
            CashFlowError::Series { series: position.saturating_add(1), fault }
        }
        other => other,
    }
}

fn table(py: Python<'_>, found: Found) -> PyResult<Table> {
    let found = found.map_err(|error| refused(py, &error))?;
    Ok(py.detach(|| {
        let rates: Vec<f64> = found.iter().flat_map(|one| one.roots()).map(Root::rate).collect();
        let mut rest = rates.iter();
        let only = |one: &InternalRate| {
            let count = one.roots().len();
            let first = rest.by_ref().take(count).fold(None, |first, rate| first.or(Some(*rate)));
            first.filter(|_| count == 1)
        };
        let only: Vec<Option<f64>> = found.iter().map(only).collect();
        let counts = found.iter().map(|one| one.roots().len());
        Columns::new()
            .text("status", found.iter().map(status))
            .ratio("rate", only)
            .whole("count", counts.clone().map(|count| i64::try_from(count).unwrap_or(i64::MAX)))
            .ratios("roots", &rates, counts)
            .text("reason", found.iter().map(InternalRate::reason_without_rates))
            .table()
    })?)
}
