//! Names on their way from Python: what is no text is refused with its place, as every other argument is.

use crate::error::at_argument;
use pyo3::prelude::*;
use pyo3::types::PyString;

/// The name of a measure.
pub fn measure_name<'a>(object: &'a Bound<'_, PyAny>) -> PyResult<&'a str> {
    text(object, "measure", "a measure is a text, such as `npv`")
}

/// The id of a holder, or `society` or `public`.
pub fn holder_id<'a>(object: &'a Bound<'_, PyAny>) -> PyResult<&'a str> {
    text(object, "holder", "a holder is the text of its id, or `society` or `public`")
}

/// The id of an outcome, where one is named.
pub fn outcome_id<'a>(object: &'a Bound<'_, PyAny>) -> PyResult<Option<&'a str>> {
    if object.is_none() { Ok(None) } else { text(object, "outcome", "an outcome is the text of its id").map(Some) }
}

/// An address.
pub fn address_text<'a>(object: &'a Bound<'_, PyAny>) -> PyResult<&'a str> {
    text(object, "address", "an address is a text, such as `outcomes.into-work.deadweight`")
}

/// The name of a situation.
pub fn situation_name<'a>(object: &'a Bound<'_, PyAny>) -> PyResult<&'a str> {
    text(object, "situation", "a situation is a text, such as `nothing-works`")
}

/// The addresses of flows, where any are named.
pub fn flow_list(object: &Bound<'_, PyAny>) -> PyResult<Option<Vec<String>>> {
    named_list(object, "flows", "give a list of texts, such as `[\"transfers.payment\"]`")
}

/// The ids of payers, where any are named.
pub fn payer_list(object: &Bound<'_, PyAny>) -> PyResult<Option<Vec<String>>> {
    named_list(object, "payers", "give a list of texts, such as `[\"state\"]`")
}

/// Several texts in a list, where there are any; one by itself is no list.
fn named_list(object: &Bound<'_, PyAny>, place: &str, refusal: &str) -> PyResult<Option<Vec<String>>> {
    if object.is_none() {
        return Ok(None);
    }
    let refusal = || at_argument(object.py(), place, refusal);
    if object.is_instance_of::<PyString>() { Err(refusal()) } else { object.extract().map(Some).map_err(|_| refusal()) }
}

fn text<'a>(object: &'a Bound<'_, PyAny>, place: &str, refusal: &str) -> PyResult<&'a str> {
    let found = object.cast::<PyString>().map_err(|_| at_argument(object.py(), place, refusal))?;
    found.to_str()
}
