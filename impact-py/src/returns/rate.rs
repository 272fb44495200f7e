//! The internal rate of return of one series, and what it answers with.

use super::dated;
use super::input;
use crate::error::plain;
use crate::label::label;
use crate::page;
use crate::results::content_hash;
use impact_core::cash_flow::{DatedFlows, InternalRate, PeriodicFlows, Root};
use impact_core::report::word;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

/// The internal rate of return of a cash flow: one rate, several, or none and why.
///
/// Money received is positive, money paid is negative. ``float(answer)`` gives the rate; where there is not exactly one it
/// raises and says why.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> si.irr([-100, 0, 121]).status
/// 'unique'
/// >>> pump = si.irr([-1600, 10000, -10000])
/// >>> [round(rate, 9) for rate in pump.rates]
/// [0.25, 4.0]
/// >>> pump.rate is None
/// True
/// >>> print(pump.reason)
/// the net present value is zero at each of several rates: 25 %, 400 %
#[pyclass(frozen, module = "socialimpact")]
pub struct Return {
    found: InternalRate,
    asked: Asked,
}

/// The question, by which an answer is made again in another process.
enum Asked {
    Periodic(PeriodicFlows),
    Dated(DatedFlows),
}

/// The status in one word.
pub fn status(found: &InternalRate) -> &'static str {
    match found {
        InternalRate::Unique(_) => "unique",
        InternalRate::Several(_) => "several",
        InternalRate::None(_) => "none",
    }
}

#[pymethods]
impl Return {
    /// How many rates there are: ``"unique"``, ``"several"`` or ``"none"``.
    #[getter]
    fn status(&self) -> &'static str {
        status(&self.found)
    }

    /// The rate as a fraction, where it is the only one; else None.
    #[getter]
    fn rate(&self) -> Option<f64> {
        self.found.unique()
    }

    /// Every rate, the lowest first. Of several none is *the* rate: compare net present values instead.
    #[getter]
    fn rates<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.found.roots().iter().map(Root::rate).collect::<Vec<_>>())
    }

    /// Growth per year or period at each rate, ``1 + rate``, with all its digits where the rate is next to -1.
    #[getter]
    fn growths<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.found.roots().iter().map(Root::growth).collect::<Vec<_>>())
    }

    /// How the net present value passes zero at each rate as rates rise: ``"falls"``, ``"rises"`` or ``"touches"``.
    #[getter]
    fn crossings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.found.roots().iter().map(|root| word(&root.crossing())).collect::<Vec<_>>())
    }

    /// Why there is not exactly one rate; None where there is.
    #[getter]
    fn reason<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.found.reason().map(|reason| label(py, &reason)).transpose()
    }

    fn __float__(&self, py: Python<'_>) -> PyResult<f64> {
        let reason = || self.found.reason().map(|reason| reason.en).unwrap_or_default();
        self.found.unique().ok_or_else(|| plain(py, &reason()))
    }

    fn __repr__(&self) -> String {
        let rates: Vec<String> = self.found.roots().iter().map(|root| format!("{:?}", root.rate())).collect();
        match (&self.found, self.found.reason()) {
            (InternalRate::None(_), Some(reason)) => format!("Return(none: {reason})"),
            _ => format!("Return({}: {})", self.status(), rates.join(", ")),
        }
    }

    fn _repr_html_(&self) -> String {
        match (&self.found, self.found.reason()) {
            (InternalRate::Unique(root), _) => page::sentence(&format!("internal rate of return: {}", root.rate())),
            (_, reason) => page::sentence(&reason.map(|reason| reason.en).unwrap_or_default()),
        }
    }

    fn __eq__(&self, other: &Self) -> bool {
        let same_question = match (&self.asked, &other.asked) {
            (Asked::Periodic(own), Asked::Periodic(other)) => own == other,
            (Asked::Dated(own), Asked::Dated(other)) => own == other,
            _ => false,
        };
        same_question && self.found == other.found
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<u64> {
        content_hash(py, &self.found)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let library = py.import("socialimpact")?;
        match &self.asked {
            Asked::Periodic(flows) => {
                let flows = PyTuple::new(py, flows.flows())?;
                (library.getattr("irr")?, PyTuple::new(py, [flows])?).into_pyobject(py)
            }
            Asked::Dated(dated) => {
                let (dates, flows): (Vec<_>, Vec<_>) = dated.flows().iter().copied().unzip();
                let named = PyDict::new(py);
                named.set_item("day_count", dated.day_count().name())?;
                let partial = py.import("functools")?.getattr("partial")?;
                let asked = partial.call((library.getattr("xirr")?,), Some(&named))?;
                (asked, (dates, flows)).into_pyobject(py)
            }
        }
    }
}

crate::results::copied_as_itself!(Return);

/// Find every internal rate of return of flows at equal periods.
///
/// Money received is positive, money paid is negative.
///
/// Parameters
/// ----------
/// flows : sequence of int, float or Decimal
///     A flow for each period, the first today, zeros included.
///
/// Returns
/// -------
/// Return
///     One rate per period, several with all of them, or none with the reason. No first guess is asked for.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> round(float(si.irr([-100, 60, 60])), 12)
/// 0.130662386292
/// >>> print(si.irr([10, 20]).reason)
/// all flows are received: nothing is paid that could earn a rate
#[pyfunction]
pub fn irr(py: Python<'_>, flows: &Bound<'_, PyAny>) -> PyResult<Return> {
    let flows = PeriodicFlows::new(input::flows(flows)?);
    let found = py.detach(|| flows.irr());
    Ok(Return { found, asked: Asked::Periodic(flows) })
}

/// Find every internal rate of return per year of flows on dates.
///
/// Money received is positive, money paid is negative.
///
/// Parameters
/// ----------
/// dates : sequence of datetime.date or str
///     The dates, ISO text such as ``"2024-03-01"`` among them, in any order; flows of one date are added.
/// flows : sequence of int, float or Decimal
///     The flow on each date.
/// day_count : {"act/365", "act/360", "act/365.25", "act/act-isda", "30/360", "30e/360"}
///     How days become years; ``"act/365"`` is what spreadsheet programs use for XIRR.
///
/// Returns
/// -------
/// Return
///     One rate per year, several with all of them, or none with the reason. No first guess is asked for.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> round(float(si.xirr(["2023-01-01", "2024-01-01"], [-100, 110])), 12)
/// 0.1
#[pyfunction]
#[pyo3(signature = (dates, flows, *, day_count = "act/365"))]
pub fn xirr(py: Python<'_>, dates: &Bound<'_, PyAny>, flows: &Bound<'_, PyAny>, day_count: &str) -> PyResult<Return> {
    let dated = dated(py, dates, flows, day_count)?;
    let found = py.detach(|| dated.xirr());
    Ok(Return { found, asked: Asked::Dated(dated) })
}
