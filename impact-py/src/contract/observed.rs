//! Observations from Python: files, tables that Arrow reads, rows as mappings.
//!
//! One rule: the core reads every cell and says what is wrong; here cells only become text.

use crate::document::{document, kind};
use crate::error::{plain, to_python, told};
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, StringArray};
use arrow_cast::cast;
use arrow_schema::DataType;
use impact_core::Contract;
use impact_core::contract::Observations;
use impact_core::error::ModelError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};
use pyo3_arrow::input::AnyArray;

/// The observations that an object holds.
pub fn observations(object: &Bound<'_, PyAny>, contract: &Contract) -> PyResult<Observations> {
    let py = object.py();
    if object.hasattr("__arrow_c_stream__")? || object.hasattr("__arrow_c_array__")? {
        return of_table(object, contract);
    }
    if object.is_instance_of::<PyString>() || object.hasattr("__fspath__")? {
        return of_file(object, contract);
    }
    if object.try_iter().is_err() {
        let message = format!("`{}` is no observations: give a file, a table or rows as mappings", kind(object));
        return Err(plain(py, &message));
    }
    let rows = PyDict::new(py);
    rows.set_item("observations", py.import("builtins")?.getattr("list")?.call1((object,))?)?;
    let (node, problems) = document(rows.as_any())?;
    told(py, problems.into_result())?;
    match node {
        Some(node) => told(py, py.detach(|| Observations::from_node(contract, node))),
        None => Err(to_python(py, &super::no_rows(impact_core::document::DocumentError::Empty))),
    }
}

/// A file by what its name ends in.
fn of_file(path: &Bound<'_, PyAny>, contract: &Contract) -> PyResult<Observations> {
    let py = path.py();
    let file = py.import("pathlib")?.getattr("Path")?.call1((path,))?;
    let ending = file.getattr("suffix")?.extract::<String>()?.to_lowercase();
    let read: fn(&Contract, &str) -> Result<Observations, ModelError> = match ending.as_str() {
        ".csv" => Observations::from_csv,
        ".toml" => Observations::from_toml,
        ".json" => Observations::from_json,
        _ => return Err(plain(py, &format!("`{file}` ends in none of `.csv`, `.toml` and `.json`"))),
    };
    let bytes = file.call_method0("read_bytes")?.extract::<Vec<u8>>()?;
    let text = std::str::from_utf8(&bytes).map_err(|error| {
        plain(py, &format!("{file}: the text is not UTF-8 (byte {})", error.valid_up_to().saturating_add(1)))
    })?;
    told(py, py.detach(|| read(contract, text.strip_prefix('\u{feff}').unwrap_or(text))))
}

/// A table of any program that hands it over as Arrow.
fn of_table(object: &Bound<'_, PyAny>, contract: &Contract) -> PyResult<Observations> {
    let py = object.py();
    let (chunks, field) = object.extract::<AnyArray>()?.into_chunked_array()?.into_inner();
    let DataType::Struct(fields) = field.data_type() else {
        return Err(plain(py, "a single column is no observations: give a table with named columns"));
    };
    let names: Vec<&str> = fields.iter().map(|field| field.name().as_str()).collect();
    let mut columns: Vec<Vec<StringArray>> = Vec::with_capacity(chunks.len());
    for chunk in &chunks {
        let cells = chunk.as_struct().columns().iter().zip(&names);
        columns.push(cells.map(|(column, name)| text(py, name, column)).collect::<PyResult<_>>()?);
    }
    let rows = columns.iter().flat_map(|columns| {
        let rows = columns.first().map_or(0, Array::len);
        (0..rows)
            .map(move |row| columns.iter().map(move |column| if column.is_null(row) { "" } else { column.value(row) }))
    });
    told(py, py.detach(|| Observations::from_cells(contract, names.iter().copied(), rows)))
}

/// A column as text; a moment at midnight as its day, any other as it is, for the core to refuse.
fn text(py: Python<'_>, name: &str, column: &ArrayRef) -> PyResult<StringArray> {
    let refuse = |_| plain(py, &format!("column `{name}`: {} is no text, number or date", column.data_type()));
    let text = cast(column, &DataType::Utf8).map_err(refuse)?;
    let text = text.as_string::<i32>();
    if !matches!(column.data_type(), DataType::Timestamp(..) | DataType::Date64) {
        return Ok(text.clone());
    }
    let day = |moment| match str::split_once(moment, 'T') {
        Some((day, time)) if time.trim_end_matches('Z').chars().all(|sign| "0:.".contains(sign)) => day,
        _ => moment,
    };
    Ok(text.iter().map(|moment| moment.map(day)).collect())
}
