//! Addresses, as far as Python needs them: a text is checked and taken apart; addresses travel as plain strings.

use crate::error::to_python;
use crate::named::address_text;
use impact_core::address::{Address, Place};
use impact_core::error::ModelError;
use pyo3::prelude::*;

/// Check an address and take it apart.
///
/// Parameters
/// ----------
/// address : str
///     The dotted name of something in a model document.
///
/// Returns
/// -------
/// tuple of str
///     Its segments: field names and ids.
///
/// Raises
/// ------
/// ImpactError
///     Where no address could read like this.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> si.address_parts("outcomes.into-work.deadweight")
/// ('outcomes', 'into-work', 'deadweight')
#[pyfunction]
#[pyo3(signature = (address, /))]
pub fn address_parts<'py>(
    py: Python<'py>,
    #[pyo3(from_py_with = address_text)] address: &str,
) -> PyResult<Bound<'py, pyo3::types::PyTuple>> {
    let parsed: Address = address.parse().map_err(|fault| to_python(py, &ModelError::one(Place::document(), fault)))?;
    pyo3::types::PyTuple::new(py, parsed.segments().collect::<Vec<_>>())
}
