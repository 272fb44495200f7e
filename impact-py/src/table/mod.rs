//! Tables: rows of results that pandas, polars, pyarrow and DuckDB read as they are.
//!
//! One rule: amounts of money leave exact, as decimals with 12 places; ratios leave as floats.
//! Method: the Arrow PyCapsule interface.

mod cells;
mod columns;
mod from_python;
mod html;
mod shown;

pub use columns::{Columns, TableError};
pub use from_python::table as table_of;
pub use html::escaped;

use crate::arrow::{array_capsules, floats, schema_capsule, stream_capsule};
use arrow_array::{Array, ArrayRef, Float64Array, RecordBatch};
use arrow_schema::{DataType, FieldRef, Schema};
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList, PyTuple};
use std::sync::Arc;

/// Rows of results, column by column.
///
/// Anything that reads Arrow reads a table as it is: ``pandas.DataFrame.from_arrow(table)``, ``polars.DataFrame(table)``,
/// ``pyarrow.table(table)``. In a notebook and printed, numbers are rounded as in a report, and of a name in two languages the
/// English one is shown; the columns themselves keep every digit.
///
/// Parameters
/// ----------
/// columns : mapping of str to sequence
///     The values of each column; None where there is none. All columns are of one length.
/// types : mapping of str to str, optional
///     What a column holds: ``"text"``, ``"whole"``, ``"amount"``, ``"ratio"``, ``"date"``, ``"flag"`` or ``"bytes"``. A
///     column not named here goes by its first value.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> table = si.Table({"holder": ["municipality", "state"], "year": [2025, 2026]})
/// >>> len(table)
/// 2
/// >>> table.column_names
/// ('holder', 'year')
/// >>> table.to_dict()
/// {'holder': ['municipality', 'state'], 'year': [2025, 2026]}
#[pyclass(frozen, subclass, module = "socialimpact")]
pub struct Table {
    batch: RecordBatch,
}

impl Table {
    /// A table of a record batch.
    pub fn new(batch: RecordBatch) -> Self {
        Self { batch }
    }

    /// The table as part of a page.
    pub fn page(&self) -> String {
        html::page_part(&self.batch)
    }

    fn row<'py>(&self, py: Python<'py>, row: usize) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for (field, column) in self.batch.schema_ref().fields().iter().zip(self.batch.columns()) {
            dict.set_item(field.name(), cells::value(py, column, row)?)?;
        }
        Ok(dict)
    }
}

#[pymethods]
impl Table {
    #[new]
    #[pyo3(signature = (columns, *, types = None))]
    fn from_columns(columns: &Bound<'_, PyAny>, types: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        from_python::table(columns, types)
    }

    /// The names of the columns, in order.
    #[getter]
    fn column_names<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.batch.schema_ref().fields().iter().map(|field| field.name()))
    }

    /// What each column holds.
    #[getter]
    fn types<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for field in self.batch.schema_ref().fields() {
            dict.set_item(field.name(), columns::type_name(field.data_type()))?;
        }
        Ok(dict)
    }

    /// Give the columns as lists by name; amounts are ``decimal.Decimal``.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for (field, column) in self.batch.schema_ref().fields().iter().zip(self.batch.columns()) {
            dict.set_item(field.name(), cells::values(py, column)?)?;
        }
        Ok(dict)
    }

    /// Give the rows as dictionaries; amounts are ``decimal.Decimal``.
    fn to_pylist<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let rows = (0..self.batch.num_rows()).map(|row| self.row(py, row)).collect::<PyResult<Vec<_>>>()?;
        PyList::new(py, rows)
    }

    /// Give the same table with amounts as floats, for plots and statistics that do not know decimals.
    fn with_floats(&self) -> Result<Self, TableError> {
        let mut fields: Vec<FieldRef> = Vec::new();
        let mut columns: Vec<ArrayRef> = Vec::new();
        for (field, column) in self.batch.schema_ref().fields().iter().zip(self.batch.columns()) {
            match floats(column) {
                Some(nearest) if matches!(field.data_type(), DataType::Decimal128(..)) => {
                    fields.push(Arc::new(field.as_ref().clone().with_data_type(DataType::Float64)));
                    columns.push(Arc::new(Float64Array::new(nearest.into(), column.nulls().cloned())));
                }
                _ => {
                    fields.push(field.clone());
                    columns.push(column.clone());
                }
            }
        }
        Ok(Self::new(columns::batch(Schema::new(fields), columns, self.batch.num_rows())?))
    }

    fn __getitem__<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyList>> {
        match self.batch.column_by_name(name) {
            Some(column) => cells::values(py, column),
            None => Err(PyKeyError::new_err(format!("there is no column `{name}`"))),
        }
    }

    fn __len__(&self) -> usize {
        self.batch.num_rows()
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.batch == other.batch
    }

    fn __repr__(&self) -> String {
        let names: Vec<_> = self.batch.schema_ref().fields().iter().map(|field| field.name().as_str()).collect();
        format!("Table({} rows: {})", self.batch.num_rows(), names.join(", "))
    }

    fn __str__(&self) -> String {
        html::text(&self.batch)
    }

    fn _repr_html_(&self) -> String {
        html::page_part(&self.batch)
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let table = slf.get();
        let named = PyDict::new(py);
        named.set_item("types", table.types(py)?)?;
        let arguments = PyTuple::new(py, [table.to_dict(py)?])?;
        let make = py.import("functools")?.getattr("partial")?.call((slf.get_type(),), Some(&named))?;
        (make, arguments).into_pyobject(py)
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        schema_capsule(py, &self.batch)
    }

    // A schema that is asked for may be left alone; the reader then makes of the columns what it wants.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        let _left_alone = requested_schema;
        array_capsules(py, &self.batch)
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _left_alone = requested_schema;
        stream_capsule(py, &self.batch)
    }
}
