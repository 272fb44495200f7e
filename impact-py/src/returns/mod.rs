//! Returns: present values and internal rates of cash flows given by themselves, without a model.
//!
//! One rule: money received is positive, money paid is negative; every docstring says so first.

mod batch;
mod input;
mod paid_back;
mod rate;
mod refused;
mod series;

pub use batch::{irr_batch, xirr_batch};
pub use input::{elements, none_of, number};
pub use paid_back::{Payback, discounted_payback, payback};
pub use rate::{Return, irr, xirr};

use impact_core::cash_flow::{DatedFlows, PeriodicFlows};
use impact_core::discount::Schedule;
use input::{dates, day_count, flows, one_or_many};
use pyo3::prelude::*;
use refused::refused;
use rust_decimal::Decimal;

/// Value yearly flows today, exact to 12 decimals.
///
/// Money received is positive, money paid is negative.
///
/// Parameters
/// ----------
/// rate : int, float or Decimal
///     The rate per period as a fraction: 0.04 is 4 %. A float enters by its shortest text.
/// flows : sequence of int, float or Decimal
///     A flow for each period, zeros included.
/// timing : {"start", "middle", "end"}
///     When in its period a flow falls. ``"start"``: the first flow is today's and not discounted, as :func:`irr` counts;
///     ``"end"``: it comes a period from today, as spreadsheet programs count in their NPV.
///
/// Returns
/// -------
/// Decimal
///     The sum of ``flow / (1 + rate) ** (k + d)`` with ``d`` 0, ½ or 1.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> si.npv(0.25, [-100, 60, 60])
/// Decimal('-13.6')
/// >>> si.npv(0.25, [-100, 60, 60], timing="end")
/// Decimal('-10.88')
#[pyfunction]
#[pyo3(signature = (rate, flows, *, timing = "start"))]
pub fn npv(py: Python<'_>, rate: &Bound<'_, PyAny>, flows: &Bound<'_, PyAny>, timing: &str) -> PyResult<Decimal> {
    let rate = input::number(rate, "rate")?;
    let (flows, timing) = (PeriodicFlows::new(input::flows(flows)?), input::timing(py, timing)?);
    flows.npv_at_one_rate(rate, timing).map_err(|error| refused(py, &error))
}

/// Value flows on dates on the earliest of them, as a float.
///
/// Money received is positive, money paid is negative.
///
/// Parameters
/// ----------
/// rate : float
///     The rate per year as a fraction, above -1.
/// dates : sequence of datetime.date or str
///     The dates, ISO text such as ``"2024-03-01"`` among them, in any order.
/// flows : sequence of int, float or Decimal
///     The flow on each date.
/// day_count : {"act/365", "act/360", "act/365.25", "act/act-isda", "30/360", "30e/360"}
///     How days become years.
///
/// Returns
/// -------
/// float
///     The sum of ``flow / (1 + rate) ** years``.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> round(si.xnpv(0.1, ["2023-01-01", "2024-01-01"], [-100, 121]), 12)
/// 10.0
#[pyfunction]
#[pyo3(signature = (rate, dates, flows, *, day_count = "act/365"))]
pub fn xnpv(
    py: Python<'_>,
    rate: f64,
    dates: &Bound<'_, PyAny>,
    flows: &Bound<'_, PyAny>,
    day_count: &str,
) -> PyResult<f64> {
    let dated = dated(py, dates, flows, day_count)?;
    dated.npv_at(rate).map_err(|error| refused(py, &error))
}

/// Flows on dates.
fn dated(
    py: Python<'_>,
    given_dates: &Bound<'_, PyAny>,
    given_flows: &Bound<'_, PyAny>,
    name: &str,
) -> PyResult<DatedFlows> {
    let count = day_count(py, name)?;
    let (dates, flows) = (dates(given_dates)?, flows(given_flows)?);
    if dates.len() != flows.len() {
        let error = impact_core::cash_flow::CashFlowError::Lengths { dates: dates.len(), flows: flows.len() };
        return Err(refused(py, &error));
    }
    DatedFlows::new(dates.into_iter().zip(flows), count).map_err(|error| refused(py, &error))
}

/// Find the modified internal rate of return per period: one rate always, at the price of two more assumptions.
///
/// Money received is positive, money paid is negative.
///
/// Parameters
/// ----------
/// flows : sequence of int, float or Decimal
///     A flow for each period, the first today.
/// finance_rate : float
///     The rate at which what is paid is financed.
/// reinvest_rate : float
///     The rate at which what is received is reinvested until the last period.
///
/// Returns
/// -------
/// float
///     The rate at which the present value of what is paid grows into the future value of what is received.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> round(si.mirr([-100, 0, 121], finance_rate=0.08, reinvest_rate=0.05), 12)
/// 0.1
#[pyfunction]
#[pyo3(signature = (flows, *, finance_rate, reinvest_rate))]
pub fn mirr(py: Python<'_>, flows: &Bound<'_, PyAny>, finance_rate: f64, reinvest_rate: f64) -> PyResult<f64> {
    let flows = PeriodicFlows::new(input::flows(flows)?);
    flows.mirr(finance_rate, reinvest_rate).map_err(|error| refused(py, &error))
}

/// Spread a net present value over years as the same amount in each.
///
/// Money received is positive, money paid is negative.
///
/// Parameters
/// ----------
/// amount_or_flows : number, or sequence of numbers
///     A net present value, or yearly flows of which it is taken, the first today.
/// rate : int, float or Decimal
///     The rate per year as a fraction, from 0 to 1.
/// years : int
///     Over how many years.
/// timing : {"start", "middle", "end"}
///     When in its year the amount falls.
///
/// Returns
/// -------
/// Decimal
///     The amount: at the end of the years ``npv * rate / (1 - (1 + rate) ** -years)``.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> si.equivalent_annual_value(-144, rate=0.25, years=2)
/// Decimal('-100')
/// >>> si.equivalent_annual_value([-100, 60, 60], rate=0.25, years=2, timing="start")
/// Decimal('-7.55555555555555555555556')
#[pyfunction]
#[pyo3(signature = (amount_or_flows, *, rate, years, timing = "end"))]
pub fn equivalent_annual_value(
    py: Python<'_>,
    amount_or_flows: &Bound<'_, PyAny>,
    rate: &Bound<'_, PyAny>,
    years: u32,
    timing: &str,
) -> PyResult<Decimal> {
    let flows = PeriodicFlows::new(one_or_many(amount_or_flows)?);
    let schedule = Schedule::flat(input::rate(rate)?);
    let timing = input::timing(py, timing)?;
    flows.equivalent_annual_value(&schedule, years, timing).map_err(|error| refused(py, &error))
}

/// Give the multiple on invested capital: all that is received over all that is paid, without regard to time.
///
/// Money received is positive, money paid is negative.
///
/// Parameters
/// ----------
/// flows : sequence of int, float or Decimal
///     The flows in any order.
///
/// Returns
/// -------
/// Decimal
///     What comes back for every krone paid.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> si.moic([-100, -100, 50, 200])
/// Decimal('1.25')
#[pyfunction]
pub fn moic(py: Python<'_>, flows: &Bound<'_, PyAny>) -> PyResult<Decimal> {
    PeriodicFlows::new(input::flows(flows)?).moic().map_err(|error| refused(py, &error))
}
