//! Cells: one value of a table as a Python object.

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyList, PyType};
use std::borrow::Cow;

/// All values of a column.
pub fn values<'py>(py: Python<'py>, column: &ArrayRef) -> PyResult<Bound<'py, PyList>> {
    // Long columns of plain numbers are most of what is read value by value.
    match column.data_type() {
        DataType::Float64 => PyList::new(py, column.as_primitive::<Float64Type>().iter()),
        DataType::Int64 => PyList::new(py, column.as_primitive::<Int64Type>().iter()),
        _ => PyList::new(py, (0..column.len()).map(|row| value(py, column, row)).collect::<PyResult<Vec<_>>>()?),
    }
}

/// The value of a column in a row; None where there is none.
pub fn value<'py>(py: Python<'py>, column: &ArrayRef, row: usize) -> PyResult<Bound<'py, PyAny>> {
    if column.is_null(row) {
        return Ok(py.None().into_bound(py));
    }
    match column.data_type() {
        DataType::Int64 => Ok(column.as_primitive::<Int64Type>().value(row).into_pyobject(py)?.into_any()),
        DataType::Float64 => Ok(column.as_primitive::<Float64Type>().value(row).into_pyobject(py)?.into_any()),
        DataType::Boolean => Ok(column.as_boolean().value(row).into_pyobject(py)?.to_owned().into_any()),
        DataType::Date32 => Ok(column.as_primitive::<Date32Type>().value_as_date(row).into_pyobject(py)?.into_any()),
        DataType::Binary => Ok(PyBytes::new(py, column.as_binary::<i32>().value(row)).into_any()),
        DataType::Decimal128(..) => {
            static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
            let text = column.as_primitive::<Decimal128Type>().value_as_string(row);
            DECIMAL.import(py, "decimal", "Decimal")?.call1((plain(&text),))
        }
        DataType::List(_) => {
            let ratios = column.as_list::<i32>().value(row);
            Ok(PyList::new(py, ratios.as_primitive::<Float64Type>().values())?.into_any())
        }
        _ => Ok(column.as_string::<i32>().value(row).into_pyobject(py)?.into_any()),
    }
}

/// A decimal without the zeros that only fill its column: `149940.500000000000` is `149940.5`.
pub fn plain(text: &str) -> Cow<'_, str> {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').into() } else { text.into() }
}
