//! Internal rates of many series at once.
//!
//! One rule: a batch gives what each series gives alone; only the time differs.
//!
//! Ordinary series are solved a few at a time in lanes: those whose root is proved to be the only one by one change of sign, by
//! balances that never turn, or by the balances below the root, and those with a payment at the end, which have one more
//! root below. All others go the sure way, one by one.

mod exponential;
mod lanes;
mod proved;
mod rows;

use super::dated::years_from_first;
use super::day_count::DayCount;
use super::error::CashFlowError;
use super::internal_rate::InternalRate;
use super::periodic::periods;
use chrono::NaiveDate;
use rows::{Rows, is_taken, solve_common, solve_own};

/// One series with dates of its own.
#[derive(Debug, Clone, Copy)]
pub struct DatedSeries<'a> {
    /// The dates, in any order.
    pub dates: &'a [NaiveDate],
    /// The flow on each: received is positive, paid negative.
    pub flows: &'a [f64],
}

/// The internal rate per year of many series on the same dates, as [`DatedFlows::xirr`](super::DatedFlows::xirr) gives it.
///
/// `flows` holds the series one after the other, each with one flow per date.
///
/// # Errors
/// Flows that do not divide into whole series, an amount that is not finite, two dates or more that are all one day.
///
/// # Examples
/// ```
/// use chrono::NaiveDate;
/// use impact_core::cash_flow::{DayCount, NoRate, InternalRate, xirr_batch};
/// let day = |year| NaiveDate::from_ymd_opt(year, 1, 1).ok_or("no such day");
/// let rates = xirr_batch(&[day(2022)?, day(2023)?], &[-100.0, 110.0, /* next */ 1.0, 2.0], DayCount::Actual365)?;
/// assert!((rates[0].unique().ok_or("one rate")? - 0.1).abs() < 1e-15);
/// assert_eq!(rates[1], InternalRate::None(NoRate::OnlyReceived));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn xirr_batch(dates: &[NaiveDate], flows: &[f64], day_count: DayCount) -> Result<Vec<InternalRate>, CashFlowError> {
    let mut order: Vec<usize> = (0..dates.len()).collect();
    order.sort_by_key(|column| dates.get(*column));
    let sorted: Vec<NaiveDate> = order.iter().filter_map(|column| dates.get(*column)).copied().collect();
    let rows = Rows::new(flows, dates.len())?;
    Ok(solve_common(&rows, &order, &years_from_first(&sorted, day_count)?))
}

/// The internal rate per period of many series of the same length, as [`PeriodicFlows::irr`](super::PeriodicFlows::irr)
/// gives it. `flows` holds the series one after the other, `width` flows each.
///
/// # Errors
/// Flows that do not divide into whole series, an amount that is not finite.
///
/// # Examples
/// ```
/// use impact_core::cash_flow::irr_batch;
/// let rates = irr_batch(3, &[-100.0, 0.0, 121.0, /* next */ -1600.0, 10_000.0, -10_000.0])?;
/// assert!((rates[0].unique().unwrap_or_default() - 0.1).abs() < 1e-15);
/// assert_eq!(rates[1].roots().len(), 2);
/// # Ok::<(), impact_core::cash_flow::CashFlowError>(())
/// ```
pub fn irr_batch(width: usize, flows: &[f64]) -> Result<Vec<InternalRate>, CashFlowError> {
    Ok(in_periods(&Rows::new(flows, width)?, width))
}

fn in_periods(rows: &Rows<'_>, width: usize) -> Vec<InternalRate> {
    let times: Vec<f64> = periods().take(width).collect();
    let order: Vec<usize> = (0..width).collect();
    solve_common(rows, &order, &times)
}

/// The same of so many series whose periods are columns. A series with an amount that cannot be taken has no rate, and takes
/// none from the others.
pub(crate) fn irr_of_columns(columns: &[&[f64]], series: usize) -> Vec<Option<InternalRate>> {
    let mut flows = Vec::with_capacity(series.saturating_mul(columns.len()));
    let mut taken = Vec::with_capacity(series);
    for position in 0..series {
        let row = columns.iter().map(|column| column.get(position).copied().unwrap_or(f64::NAN));
        let whole = !columns.is_empty() && row.clone().all(is_taken);
        taken.push(whole);
        flows.extend(row.map(|flow| if whole { flow } else { 0.0 }));
    }
    let rates = in_periods(&Rows::of_taken(&flows, columns.len()), columns.len());
    let mut rates = rates.into_iter().zip(taken).map(|(rate, taken)| taken.then_some(rate)).collect::<Vec<_>>();
    rates.resize(series, None);
    rates
}

/// The internal rate per year of many series, each on its own dates.
///
/// # Errors
/// Of the first series with a fault: not one date per flow, an amount that is not finite, several flows on one day only.
///
/// # Examples
/// ```
/// use chrono::NaiveDate;
/// use impact_core::cash_flow::{DatedSeries, DayCount, xirr_own_dates};
/// let day = |year| NaiveDate::from_ymd_opt(year, 1, 1).ok_or("no such day");
/// let (short, long) = ([day(2022)?, day(2023)?], [day(2001)?, day(2002)?, day(2003)?]);
/// let series = [
///     DatedSeries { dates: &short, flows: &[-100.0, 110.0] },
///     DatedSeries { dates: &long, flows: &[-100.0, 0.0, 144.0] },
/// ];
/// let rates = xirr_own_dates(&series, DayCount::Actual365)?;
/// assert!((rates[1].unique().ok_or("one rate")? - 0.2).abs() < 1e-15);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn xirr_own_dates(series: &[DatedSeries<'_>], day_count: DayCount) -> Result<Vec<InternalRate>, CashFlowError> {
    solve_own(series, day_count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_too_large_takes_the_rate_of_its_own_series_only() {
        let (first, second) = ([-100.0, -100.0, -1e305, f64::NAN], [110.0, 120.0, 1e305, 1.0]);
        let rates = irr_of_columns(&[&first, &second], 4);
        let found: Vec<Option<f64>> = rates.iter().map(|rate| rate.as_ref()?.unique()).collect();
        assert!((found[0].unwrap() - 0.1).abs() < 1e-12 && (found[1].unwrap() - 0.2).abs() < 1e-12);
        assert_eq!(found[2..], [None, None]);
        assert_eq!(irr_of_columns(&[], 2), [None, None]);
    }
}
