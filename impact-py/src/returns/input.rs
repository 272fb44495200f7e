//! Flows, dates and options from Python, each fault with its place.
//!
//! One rule: a number enters with its own digits; a float by its shortest text.

use super::refused::{Argument, argument, at};
use crate::document::{decimal_at, kind};
use crate::error::plain;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use impact_core::address::Address;
use impact_core::cash_flow::{DayCount, PaybackRule};
use impact_core::discount::Timing;
use impact_core::units::DiscountRate;
use pyo3::prelude::*;
use pyo3::types::{PyDate, PyDateTime, PyString};
use rust_decimal::Decimal;

/// A single number.
pub fn number(object: &Bound<'_, PyAny>, name: &str) -> PyResult<Decimal> {
    decimal(object, &argument(name))
}

/// A number at a place among the arguments.
fn decimal(object: &Bound<'_, PyAny>, place: &Argument) -> PyResult<Decimal> {
    decimal_at(object, &Address::root())?.map_err(|error| {
        let faults = error.problems().iter().map(|problem| problem.fault.to_string()).collect::<Vec<_>>();
        at(object.py(), place, faults.join("; "))
    })
}

/// A rate of a schedule.
pub fn rate(object: &Bound<'_, PyAny>) -> PyResult<DiscountRate> {
    DiscountRate::new(number(object, "rate")?).map_err(|fault| at(object.py(), &argument("rate"), fault))
}

/// Flows in order.
pub fn flows(object: &Bound<'_, PyAny>) -> PyResult<Vec<Decimal>> {
    let number =
        |(position, flow): (usize, PyResult<Bound<'_, PyAny>>)| decimal(&flow?, &argument("flows").element(position));
    elements(object, "flows", "numbers")?.enumerate().map(number).collect()
}

/// Flows in order, or one amount.
pub fn one_or_many(object: &Bound<'_, PyAny>) -> PyResult<Vec<Decimal>> {
    if object.try_iter().is_ok() { flows(object) } else { Ok(vec![number(object, "amount")?]) }
}

/// Dates in order.
pub fn dates(object: &Bound<'_, PyAny>) -> PyResult<Vec<NaiveDate>> {
    let days = elements(object, "dates", "dates")?.enumerate();
    days.map(|(position, day)| date(&day?, &argument("dates").element(position))).collect()
}

/// The elements of a list, a tuple, an array: anything that can be gone through, but no text.
pub fn elements<'py>(
    object: &Bound<'py, PyAny>,
    name: &str,
    of: &str,
) -> PyResult<impl Iterator<Item = PyResult<Bound<'py, PyAny>>>> {
    let found = if object.is_instance_of::<PyString>() { None } else { object.try_iter().ok() };
    found.ok_or_else(|| {
        let message = format!("`{}` is no sequence of {of}", kind(object));
        at(object.py(), &argument(name), message)
    })
}

/// A date: a `datetime.date`, a midnight, numpy's date, or ISO text.
pub fn date(object: &Bound<'_, PyAny>, place: &Argument) -> PyResult<NaiveDate> {
    let py = object.py();
    let refuse = |message: String| at(py, place, message);
    if object.is_instance_of::<PyDateTime>() {
        let moment = object.call_method0("isoformat")?.extract::<String>()?.parse().ok().and_then(midnight);
        return moment.ok_or_else(|| refuse(format!("`{object}` has a time of day: give its date")));
    }
    if object.is_instance_of::<PyDate>() {
        return object.extract().map_err(|_| refuse(format!("`{object}` is no date of the calendar used here")));
    }
    let name = kind(object);
    if !object.is_instance_of::<PyString>() && name != "datetime64" {
        return Err(refuse(format!("`{name}` is no date: give a datetime.date or ISO text such as 2024-03-01")));
    }
    let text = object.str()?.to_string_lossy().into_owned();
    let day = text.parse().ok().or_else(|| midnight(text.parse().ok()?));
    day.ok_or_else(|| refuse(format!("`{text}` is no date: write it as 2024-03-01")))
}

fn midnight(moment: NaiveDateTime) -> Option<NaiveDate> {
    (moment.time() == NaiveTime::MIN).then(|| moment.date())
}

/// The day count of a name.
pub fn day_count(py: Python<'_>, name: &str) -> PyResult<DayCount> {
    DayCount::named(name).ok_or_else(|| none_of(py, "day count", name, DayCount::ALL.map(DayCount::name).as_slice()))
}

/// When in its period a flow falls.
pub fn timing(py: Python<'_>, name: &str) -> PyResult<Timing> {
    match name {
        "start" => Ok(Timing::Start),
        "middle" => Ok(Timing::Middle),
        "end" => Ok(Timing::End),
        other => Err(none_of(py, "timing", other, &["start", "middle", "end"])),
    }
}

/// What happens within the period in which a balance turns.
pub fn rule(py: Python<'_>, name: &str) -> PyResult<PaybackRule> {
    match name {
        "interpolated" => Ok(PaybackRule::EvenWithinPeriod),
        "end" => Ok(PaybackRule::WholePeriods),
        other => Err(none_of(py, "within_year", other, &["interpolated", "end"])),
    }
}

/// A word that is none of the words accepted.
pub fn none_of(py: Python<'_>, what: &str, name: &str, known: &[&str]) -> PyErr {
    let known = known.iter().map(|known| format!("`{known}`")).collect::<Vec<_>>().join(", ");
    plain(py, &format!("{what} `{name}` is not known: choose one of {known}"))
}
