//! A document as Python values: tables are dictionaries, numbers are `decimal.Decimal` with the author's digits.

use impact_core::document::{Node, Value};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyList, PyType};

/// The value of a node.
pub fn python<'py>(py: Python<'py>, node: &Node) -> PyResult<Bound<'py, PyAny>> {
    static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    match &node.value {
        Value::Number(number) => DECIMAL.import(py, "decimal", "Decimal")?.call1((number.text(),)),
        Value::Text(text) => Ok(text.into_pyobject(py)?.into_any()),
        Value::Flag(flag) => Ok(flag.into_pyobject(py)?.to_owned().into_any()),
        Value::Date(date) => Ok(date.into_pyobject(py)?.into_any()),
        Value::List(elements) => {
            let elements = elements.iter().map(|element| python(py, element)).collect::<PyResult<Vec<_>>>()?;
            Ok(PyList::new(py, elements)?.into_any())
        }
        Value::Table(table) => {
            let dict = PyDict::new(py);
            for entry in table.entries() {
                dict.set_item(&entry.key, python(py, &entry.node)?)?;
            }
            Ok(dict.into_any())
        }
    }
}
