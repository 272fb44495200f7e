//! Series laid out in lanes.
//!
//! One rule: columns are sorted by date once, however many series stand in them.

use super::DatedSeries;
use super::lanes::{CommonDates, LANES, OwnDates, Side};
use super::proved::Proved;
use crate::cash_flow::dated::years_from_first;
use crate::cash_flow::day_count::DayCount;
use crate::cash_flow::error::CashFlowError;
use crate::cash_flow::internal_rate::InternalRate;
use chrono::NaiveDate;
use std::iter::zip;

/// Series of the same length, one after the other.
pub(super) struct Rows<'a> {
    flows: &'a [f64],
    width: usize,
}

impl<'a> Rows<'a> {
    /// Whole series of finite amounts.
    pub fn new(flows: &'a [f64], width: usize) -> Result<Self, CashFlowError> {
        if flows.len().checked_rem(width).unwrap_or(flows.len()) != 0 {
            return Err(CashFlowError::Rows { flows: flows.len(), width });
        }
        for (row, series) in zip(1.., flows.chunks(width.max(1))) {
            finite(series).map_err(|fault| fault.in_series(row))?;
        }
        Ok(Self { flows, width })
    }

    /// Whole series of amounts that are known to be taken.
    pub fn of_taken(flows: &'a [f64], width: usize) -> Self {
        Self { flows, width }
    }
}

/// Whether a float series may have an amount.
pub(super) fn is_taken(flow: f64) -> bool {
    flow.abs() <= LARGEST
}

/// The largest amount of a float series: sums of them stay finite.
const LARGEST: f64 = 1e300;

fn finite(flows: &[f64]) -> Result<(), CashFlowError> {
    // All are tried without leaving early, so that a compiler can widen the test.
    if flows.iter().fold(true, |all, flow| all & (flow.abs() <= LARGEST)) {
        return Ok(());
    }
    let fault = zip(1.., flows).find(|(_, flow)| !matches!(flow.abs(), size if size <= LARGEST));
    fault.map_or(Ok(()), |(position, value)| Err(CashFlowError::Amount { position, value: *value }))
}

/// The times of columns in order, and for each column the place of its time.
struct Calendar {
    columns: Vec<(usize, usize)>,
    times: Vec<f64>,
    gap_of: Vec<usize>,
    gaps: Vec<f64>,
}

impl Calendar {
    fn new(order: &[usize], years: &[f64]) -> Self {
        let mut calendar = Self { columns: Vec::new(), times: Vec::new(), gap_of: Vec::new(), gaps: Vec::new() };
        for (column, time) in zip(order, years) {
            let last = calendar.times.last().copied();
            if last != Some(*time) {
                let gap = time - last.unwrap_or(*time);
                calendar.add(*time, gap);
            }
            calendar.columns.push((*column, calendar.times.len().saturating_sub(1)));
        }
        calendar
    }

    fn add(&mut self, time: f64, gap: f64) {
        // Dates a year apart repeat gaps up to rounding of the times.
        let known = self.gaps.iter().position(|known| (known - gap).abs() <= 4.0 * f64::EPSILON * time.max(1.0));
        self.gap_of.push(known.unwrap_or(self.gaps.len()));
        if known.is_none() {
            self.gaps.push(gap);
        }
        self.times.push(time);
    }
}

/// Solves series on common dates. `order` sorts the columns by date, `years` are the times in that order.
pub(super) fn solve_common(rows: &Rows<'_>, order: &[usize], years: &[f64]) -> Vec<InternalRate> {
    let calendar = Calendar::new(order, years);
    let span = Side::all(calendar.times.last().copied().unwrap_or(0.0));
    let mut block = vec![Side::all(0.0); calendar.times.len()];
    let mut discounting = CommonDates::new(&calendar.times, &calendar.gap_of, &calendar.gaps);
    let in_order = calendar.columns.iter().enumerate().all(|(at, (column, slot))| at == *column && at == *slot);
    let width = rows.width.max(1);
    let mut answers = Vec::with_capacity(rows.flows.len() / width);
    for series in rows.flows.chunks(width.saturating_mul(LANES)) {
        block.fill(Side::all(0.0));
        for (lane, row) in series.chunks(width).enumerate() {
            if in_order {
                zip(&mut block, row).for_each(|(side, amount)| put(std::slice::from_mut(side), 0, lane, *amount));
                continue;
            }
            for (column, slot) in &calendar.columns {
                let amount = row.get(*column).copied().unwrap_or(0.0);
                if let Some(place) = block.get_mut(*slot).and_then(|side| side.0.get_mut(lane)) {
                    *place += amount;
                }
            }
        }
        let proved = Proved::of(&block, &mut discounting, span);
        let lanes = series.len() / width;
        answers.extend(
            (0..lanes).map(|lane| proved.status(&block, lane, |slot| calendar.times.get(slot).copied().unwrap_or(0.0))),
        );
    }
    answers
}

/// Solves series on dates of their own.
pub(super) fn solve_own(series: &[DatedSeries<'_>], day_count: DayCount) -> Result<Vec<InternalRate>, CashFlowError> {
    let mut answers = Vec::with_capacity(series.len());
    let mut scratch = Vec::new();
    let zero = Side::all(0.0);
    let (mut block, mut times, mut gaps) = (Vec::new(), Vec::new(), Vec::new());
    for (number, chunk) in zip(0_usize.., series.chunks(LANES)) {
        [&mut block, &mut times, &mut gaps].into_iter().for_each(Vec::clear);
        let mut span = zero;
        for (lane, one) in chunk.iter().enumerate() {
            let position = number.saturating_mul(LANES).saturating_add(lane).saturating_add(1);
            let merged = merge(one, day_count, &mut scratch).map_err(|fault| fault.in_series(position))?;
            let mut before = 0.0;
            for (slot, (time, amount)) in merged.iter().enumerate() {
                if block.len() <= slot {
                    [&mut block, &mut times, &mut gaps].into_iter().for_each(|sides| sides.push(zero));
                }
                put(&mut block, slot, lane, *amount);
                put(&mut times, slot, lane, *time);
                put(&mut gaps, slot, lane, time - before);
                before = *time;
            }
            put(std::slice::from_mut(&mut span), 0, lane, before);
        }
        let mut discounting = OwnDates { times: &times, gaps: &gaps };
        let proved = Proved::of(&block, &mut discounting, span);
        answers.extend((0..chunk.len()).map(|lane| proved.status(&block, lane, |slot| at(&times, slot, lane))));
    }
    Ok(answers)
}

fn put(sides: &mut [Side], slot: usize, lane: usize, value: f64) {
    if let Some(place) = sides.get_mut(slot).and_then(|side| side.0.get_mut(lane)) {
        *place = value;
    }
}

pub(super) fn at(sides: &[Side], slot: usize, lane: usize) -> f64 {
    sides.get(slot).and_then(|side| side.0.get(lane)).copied().unwrap_or(0.0)
}

/// A series as times and amounts in order, those of one time added.
fn merge(
    series: &DatedSeries<'_>,
    day_count: DayCount,
    scratch: &mut Vec<(NaiveDate, f64)>,
) -> Result<Vec<(f64, f64)>, CashFlowError> {
    if series.dates.len() != series.flows.len() {
        return Err(CashFlowError::Lengths { dates: series.dates.len(), flows: series.flows.len() });
    }
    finite(series.flows)?;
    scratch.clear();
    scratch.extend(zip(series.dates.iter().copied(), series.flows.iter().copied()));
    scratch.sort_by_key(|(date, _)| *date);
    let dates: Vec<NaiveDate> = scratch.iter().map(|(date, _)| *date).collect();
    let years = years_from_first(&dates, day_count)?;
    let mut merged: Vec<(f64, f64)> = Vec::with_capacity(years.len());
    for (time, (_, amount)) in zip(years, scratch.iter()) {
        match merged.last_mut() {
            Some(last) if last.0 == time => last.1 += amount,
            _ => merged.push((time, *amount)),
        }
    }
    Ok(merged)
}
