//! Draws as columns: from the core to Arrow without a Python object a draw.

use crate::error::{at_argument, faults, plain, told};
use crate::returns::elements;
use crate::table::{Columns, Table};
use impact_core::Model;
use impact_core::address::{Address, AddressError};
use impact_core::simulation::{Simulated, kept_draws};
use pyo3::prelude::*;

/// A row a draw: the measures, then the inputs at some addresses, drawn again.
pub fn table(py: Python<'_>, simulated: &Simulated, addresses: &Bound<'_, PyAny>) -> PyResult<Table> {
    let draws = simulated.simulation().draws();
    let measures = simulated.simulation().questions().len();
    let most = kept_draws(measures);
    if draws > most {
        let fewer = if measures > 1 { ", or for fewer measures" } else { "" };
        let message = format!("{draws} draws are too many to keep: ask for {most} at most{fewer}");
        return Err(plain(py, &message));
    }
    let addresses = elements(addresses, "addresses", "addresses")?.enumerate();
    let addresses = addresses.map(|(position, address)| resolved(simulated.model(), &address?, position));
    let addresses = addresses.collect::<PyResult<Vec<Address>>>()?;
    for (position, address) in addresses.iter().enumerate() {
        let place = format!("addresses[{position}]");
        uncertain(py, simulated, address, &place)?;
        if addresses.iter().take(position).any(|before| before == address) {
            return Err(at_argument(py, &place, &format!("`{address}` is asked for twice: name it once")));
        }
    }
    let inputs = told(py, py.detach(|| simulated.inputs(&addresses)))?;
    let made = py.detach(|| {
        let measures = simulated.figures().iter().fold(numbered(draws), |table, figure| {
            let values = figure.draws().map(<[f64]>::to_vec).unwrap_or_default();
            table.floats(&figure.point().question.to_string(), values)
        });
        let inputs = addresses.iter().zip(inputs);
        inputs.fold(measures, |table, (address, values)| table.floats(address.as_str(), values)).table()
    });
    Ok(made?)
}

/// A row a draw of one measure.
pub fn of_figure(values: &[f64]) -> PyResult<Table> {
    Ok(numbered(values.len() as u64).floats("value", values.to_vec()).table()?)
}

fn numbered(draws: u64) -> Columns {
    Columns::new().whole("draw", 0..i64::try_from(draws).unwrap_or(i64::MAX))
}

/// The address at a place of the argument.
fn resolved(model: &Model, address: &Bound<'_, PyAny>, position: usize) -> PyResult<Address> {
    let (py, place) = (address.py(), format!("addresses[{position}]"));
    let text: String = address.extract().map_err(|_| at_argument(py, &place, "an address is a text"))?;
    own_address(py, model, &text, &place)
}

/// Refuses a number that does not vary.
pub fn uncertain(py: Python<'_>, simulated: &Simulated, address: &Address, place: &str) -> PyResult<()> {
    if simulated.addresses().contains(address) {
        return Ok(());
    }
    Err(at_argument(py, place, &format!("`{address}` is not among the uncertain addresses of this model")))
}

/// The address of the number itself, where one that uses a shared number is given; `place` is that of the argument.
pub fn own_address(py: Python<'_>, model: &Model, text: &str, place: &str) -> PyResult<Address> {
    let refused = |message: String| at_argument(py, place, &message);
    let slot = model.number_at(text).map_err(|error| refused(faults(&error)))?;
    match model.assumption(slot) {
        Some(number) => Ok(number.address.clone()),
        None => text.parse().map_err(|fault: AddressError| refused(fault.to_string())),
    }
}
