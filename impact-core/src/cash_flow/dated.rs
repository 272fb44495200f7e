//! Flows on dates.

use super::day_count::DayCount;
use super::error::CashFlowError;
use super::internal_rate::InternalRate;
use super::periodic::{float, present_value, settled};
use super::roots::{curve, internal_rate};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// Flows on dates, in any order, with the day count that turns days into years. Received is positive, paid negative.
///
/// # Examples
/// ```
/// use chrono::NaiveDate;
/// use impact_core::cash_flow::{DatedFlows, DayCount};
/// let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).ok_or("no such day");
/// let flows = [(day(2023, 1, 1)?, (-100).into()), (day(2024, 1, 1)?, 110.into())];
/// let rate = DatedFlows::new(flows, DayCount::Actual365)?.xirr().unique().ok_or("one rate")?;
/// assert!((rate - 0.1).abs() < 1e-15);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct DatedFlows {
    flows: Vec<(NaiveDate, Decimal)>,
    years: Vec<f64>,
    day_count: DayCount,
}

impl DatedFlows {
    /// The flows, sorted by date. Several on one date are added.
    ///
    /// # Errors
    /// Two flows or more, all of them on one day as the day count counts.
    pub fn new(
        flows: impl IntoIterator<Item = (NaiveDate, Decimal)>,
        day_count: DayCount,
    ) -> Result<Self, CashFlowError> {
        let mut flows: Vec<(NaiveDate, Decimal)> = flows.into_iter().collect();
        flows.sort_by_key(|(date, _)| *date);
        let dates: Vec<NaiveDate> = flows.iter().map(|(date, _)| *date).collect();
        let years = years_from_first(&dates, day_count)?;
        Ok(Self { flows, years, day_count })
    }

    /// The flows in order of date.
    pub fn flows(&self) -> &[(NaiveDate, Decimal)] {
        &self.flows
    }

    /// The day count.
    pub fn day_count(&self) -> DayCount {
        self.day_count
    }

    /// The net present value on the earliest date, at any rate above −100 % per year.
    ///
    /// # Formula
    /// `Σ Cᵢ (1 + r)^(−tᵢ)` with `tᵢ` the years from the earliest date as the day count counts.
    ///
    /// # Errors
    /// A rate of −1 or less, infinite or not a number; a value that no float holds.
    pub fn npv_at(&self, rate: f64) -> Result<f64, CashFlowError> {
        present_value(std::iter::zip(self.years.iter().copied(), self.floats()), "rate", rate, "npv")
    }

    /// The internal rate of return per year: every rate at which the net present value is zero.
    ///
    /// # Formula
    /// `Σ Cᵢ (1 + r)^(−tᵢ) = 0`, solved for `r` from [`LOWEST_GROWTH`](super::LOWEST_GROWTH)` − 1` to
    /// [`HIGHEST_GROWTH`](super::HIGHEST_GROWTH)` − 1`. Two roots that rounding of the net present value cannot tell apart
    /// are given as one that touches. Spreadsheet programs print one of the roots; with one change of sign they agree.
    pub fn xirr(&self) -> InternalRate {
        let amounts: Vec<f64> = self.floats().collect();
        let decimals: Vec<Decimal> = self.flows.iter().map(|(_, amount)| *amount).collect();
        settled(internal_rate(&curve(&self.years, &amounts)), &decimals)
    }

    fn floats(&self) -> impl Iterator<Item = f64> {
        self.flows.iter().map(|(_, amount)| float(*amount))
    }
}

/// Years from the first of dates in order, never falling.
pub(super) fn years_from_first(dates: &[NaiveDate], day_count: DayCount) -> Result<Vec<f64>, CashFlowError> {
    let Some(first) = dates.first() else { return Ok(Vec::new()) };
    let years: Vec<f64> = dates.iter().map(|date| day_count.years(*first, *date)).collect();
    if years.len() > 1 && years.last() == Some(&0.0) {
        return Err(CashFlowError::OneDay { day_count: day_count.name() });
    }
    Ok(years)
}
