//! Changes of a document: what is put at which address.

use super::value;
use crate::error::{plain, told};
use impact_core::address::Address;
use impact_core::document::Value;
use impact_core::error::Problems;
use pyo3::prelude::*;
use pyo3::types::{PyMapping, PyString};

/// What a mapping of addresses puts where: all that cannot be a value is refused together.
pub fn changed(py: Python<'_>, changes: &Bound<'_, PyMapping>) -> PyResult<Vec<(String, Value)>> {
    let (mut read, mut problems) = (Vec::new(), Problems::new());
    for item in changes.items()? {
        let (name, object): (Bound<'_, PyString>, Bound<'_, PyAny>) = item.extract()?;
        let name =
            name.to_str().map_err(|_| plain(py, "the text has characters that are not Unicode (lone surrogates)"))?;
        let address: Address = told(py, name.parse())?;
        match value(&object, &address)? {
            Ok(value) => read.push((name.to_owned(), value)),
            Err(error) => error.problems().iter().cloned().for_each(|problem| problems.push(problem)),
        }
    }
    told(py, problems.into_result())?;
    Ok(read)
}
