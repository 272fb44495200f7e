//! Payback: how long until what was paid has come back for good.

use super::input;
use super::refused::refused;
use crate::error::plain;
use crate::label::label;
use crate::page;
use crate::results::content_hash;
use impact_core::cash_flow::{Payback as Found, PaybackRule, PeriodicFlows};
use impact_core::discount::Schedule;
use impact_core::units::DiscountRate;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use rust_decimal::Decimal;

/// The payback of a cash flow: after how many periods, or why never.
///
/// Money received is positive, money paid is negative. ``float(answer)`` gives the periods; where there are none it raises
/// and says why.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> si.payback([-100, 50, 100]).periods
/// Decimal('1.5')
/// >>> print(si.payback([-100, 50]).reason)
/// it is not paid back: after the last flow the balance stands at -50
#[pyclass(frozen, module = "socialimpact")]
pub struct Payback {
    found: Found,
    flows: PeriodicFlows,
    rate: DiscountRate,
    rule: PaybackRule,
}

#[pymethods]
impl Payback {
    /// How it ends: ``"after"`` so many periods, ``"never"``, or ``"nothing"`` to pay back.
    #[getter]
    fn status(&self) -> &'static str {
        match self.found {
            Found::After(_) => "after",
            Found::Never { .. } => "never",
            Found::NothingToPayBack => "nothing",
        }
    }

    /// The periods from the first flow; None where there are none.
    #[getter]
    fn periods(&self) -> Option<Decimal> {
        self.found.periods()
    }

    /// Why there are none; None where there are.
    #[getter]
    fn reason<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.found.reason().map(|reason| label(py, &reason)).transpose()
    }

    fn __float__(&self, py: Python<'_>) -> PyResult<f64> {
        let reason = || self.found.reason().map(|reason| reason.en).unwrap_or_default();
        let periods = self.found.periods().ok_or_else(|| plain(py, &reason()))?;
        Ok(periods.to_string().parse()?)
    }

    fn __repr__(&self) -> String {
        match (self.found.periods(), self.found.reason()) {
            (Some(periods), _) => format!("Payback(after {periods})"),
            (None, reason) => {
                format!("Payback({}: {})", self.status(), reason.map(|reason| reason.en).unwrap_or_default())
            }
        }
    }

    fn _repr_html_(&self) -> String {
        match (self.found.periods(), self.found.reason()) {
            (Some(periods), _) => page::sentence(&format!("paid back after {periods} periods")),
            (None, reason) => page::sentence(&reason.map(|reason| reason.en).unwrap_or_default()),
        }
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.found == other.found && self.flows == other.flows && self.rate == other.rate && self.rule == other.rule
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<u64> {
        content_hash(py, &(self.found, self.rate, self.rule))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let named = PyDict::new(py);
        named.set_item("rate", self.rate.value())?;
        let within = if self.rule == PaybackRule::WholePeriods { "end" } else { "interpolated" };
        named.set_item("within_year", within)?;
        let ask = py.import("socialimpact")?.getattr("discounted_payback")?;
        let ask = py.import("functools")?.getattr("partial")?.call((ask,), Some(&named))?;
        let flows = PyTuple::new(py, self.flows.flows())?;
        (ask, PyTuple::new(py, [flows])?).into_pyobject(py)
    }
}

crate::results::copied_as_itself!(Payback);

/// Count the periods until what was paid has come back for good.
///
/// Money received is positive, money paid is negative. A balance that is recovered and lost again is not paid back.
///
/// Parameters
/// ----------
/// flows : sequence of int, float or Decimal
///     A flow for each period, the first today.
/// within_year : {"interpolated", "end"}
///     Whether the flow of the period in which the balance turns comes evenly through it, or at its end.
///
/// Returns
/// -------
/// Payback
///     The periods, or why there are none.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> float(si.payback([-100, 50, 100]))
/// 1.5
/// >>> float(si.payback([-100, 50, 100], within_year="end"))
/// 2.0
#[pyfunction]
#[pyo3(signature = (flows, *, within_year = "interpolated"))]
pub fn payback(py: Python<'_>, flows: &Bound<'_, PyAny>, within_year: &str) -> PyResult<Payback> {
    answer(py, flows, DiscountRate::ZERO, within_year)
}

/// Count the periods until what was paid has come back for good, each flow discounted to today.
///
/// Money received is positive, money paid is negative. A balance that is recovered and lost again is not paid back.
///
/// Parameters
/// ----------
/// flows : sequence of int, float or Decimal
///     A flow for each period, the first today.
/// rate : int, float or Decimal
///     The rate per period as a fraction, from 0 to 1.
/// within_year : {"interpolated", "end"}
///     Whether the flow of the period in which the balance turns comes evenly through it, or at its end.
///
/// Returns
/// -------
/// Payback
///     The periods, or why there are none.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> float(si.discounted_payback([-100, 50, 125], rate=0.25))  # balances -100, -60, +20
/// 1.75
#[pyfunction]
#[pyo3(signature = (flows, *, rate, within_year = "interpolated"))]
pub fn discounted_payback(
    py: Python<'_>,
    flows: &Bound<'_, PyAny>,
    rate: &Bound<'_, PyAny>,
    within_year: &str,
) -> PyResult<Payback> {
    answer(py, flows, input::rate(rate)?, within_year)
}

fn answer(py: Python<'_>, flows: &Bound<'_, PyAny>, rate: DiscountRate, within_year: &str) -> PyResult<Payback> {
    let (flows, rule) = (PeriodicFlows::new(input::flows(flows)?), input::rule(py, within_year)?);
    let found = flows.payback(&Schedule::flat(rate), rule).map_err(|error| refused(py, &error))?;
    Ok(Payback { found, flows, rate, rule })
}
