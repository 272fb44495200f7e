//! A table from Python's own values: what someone without a data frame library has.

use super::{Columns, Table};
use chrono::NaiveDate;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyBytes, PyDate, PyFloat, PyInt, PyList, PyMapping, PyString, PyType};
use rust_decimal::Decimal;

/// The words for what a column holds, as [`super::columns::type_name`] gives them back.
const TYPES: &str = "`text`, `whole`, `amount`, `ratio`, `ratios`, `date`, `flag` or `bytes`";

/// The table of a mapping from names to sequences of values.
pub fn table(columns: &Bound<'_, PyAny>, types: Option<&Bound<'_, PyAny>>) -> PyResult<Table> {
    let types = types.map(|types| types.cast::<PyMapping>()).transpose()?;
    let mut table = Columns::new();
    let mut first: Option<(String, usize)> = None;
    for entry in columns.cast::<PyMapping>()?.items()? {
        let (name, values): (String, Vec<Bound<'_, PyAny>>) = entry.extract()?;
        match &first {
            Some((other, length)) if *length != values.len() => {
                let rows = values.len();
                return Err(PyValueError::new_err(format!(
                    "column `{name}` has {rows} rows, column `{other}` has {length}"
                )));
            }
            Some(_) => {}
            None => first = Some((name.clone(), values.len())),
        }
        let wanted = match types {
            Some(types) if types.contains(&name)? => types.get_item(&name)?.extract::<String>()?,
            _ => kind(&name, &values)?.to_owned(),
        };
        table = column(table, &name, &wanted, &values)?;
    }
    Ok(table.table()?)
}

fn column(table: Columns, name: &str, wanted: &str, values: &[Bound<'_, PyAny>]) -> PyResult<Columns> {
    Ok(match wanted {
        "text" => {
            let words: Vec<Option<String>> = extracted(name, values)?;
            table.text(name, words.iter().map(Option::as_deref))
        }
        "whole" => table.whole::<Option<i64>>(name, extracted(name, values)?),
        "amount" => table.amount::<Option<Decimal>>(name, extracted(name, values)?),
        "ratio" => table.ratio::<Option<f64>>(name, extracted(name, values)?),
        "ratios" => {
            let rows: Vec<Option<Vec<f64>>> = extracted(name, values)?;
            let rows: Vec<Vec<f64>> = rows.into_iter().map(Option::unwrap_or_default).collect();
            table.ratios(name, &rows.concat(), rows.iter().map(Vec::len))
        }
        "date" => table.date::<Option<NaiveDate>>(name, extracted(name, values)?),
        "flag" => table.flag::<Option<bool>>(name, extracted(name, values)?),
        "bytes" => table.bytes::<Option<Vec<u8>>>(name, extracted(name, values)?),
        other => return Err(PyValueError::new_err(format!("column `{name}`: type `{other}` is not {TYPES}"))),
    })
}

fn extracted<'py, V>(name: &str, values: &[Bound<'py, PyAny>]) -> PyResult<Vec<Option<V>>>
where
    Option<V>: for<'a> FromPyObject<'a, 'py>,
{
    let at = |row: usize, value: &Bound<'py, PyAny>| {
        value.extract::<Option<V>>().map_err(|failure| {
            let failure: PyErr = failure.into();
            let message = format!("column `{name}`, row {row}: {}", failure.value(value.py()));
            if failure.is_instance_of::<PyTypeError>(value.py()) {
                PyTypeError::new_err(message)
            } else {
                PyValueError::new_err(message)
            }
        })
    };
    values.iter().enumerate().map(|(row, value)| at(row, value)).collect()
}

/// What the first value of a column is.
fn kind(name: &str, values: &[Bound<'_, PyAny>]) -> PyResult<&'static str> {
    static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let Some(value) = values.iter().find(|value| !value.is_none()) else {
        return Err(PyValueError::new_err(format!("column `{name}` has no value to go by: name its type, {TYPES}")));
    };
    if value.is_instance_of::<PyBool>() {
        Ok("flag")
    } else if value.is_instance_of::<PyInt>() {
        Ok("whole")
    } else if value.is_instance_of::<PyFloat>() {
        Ok("ratio")
    } else if value.is_instance_of::<PyString>() {
        Ok("text")
    } else if value.is_instance_of::<PyDate>() {
        Ok("date")
    } else if value.is_instance_of::<PyBytes>() {
        Ok("bytes")
    } else if value.is_instance_of::<PyList>() {
        Ok("ratios")
    } else if value.is_instance(DECIMAL.import(value.py(), "decimal", "Decimal")?)? {
        Ok("amount")
    } else {
        Err(PyTypeError::new_err(format!("column `{name}`: `{}` is not {TYPES}", value.repr()?)))
    }
}
