//! What an object hands over: a table, or a single column, in chunks.

use arrow_array::cast::AsArray;
use arrow_array::ffi_stream::ArrowArrayStreamReader;
use arrow_array::{Array, ArrayRef, StructArray, make_array};
use arrow_data::ArrayData;
use arrow_pyarrow::FromPyArrow;
use arrow_schema::{ArrowError, Fields};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// A table or a column.
pub enum HandedOver {
    /// Named columns.
    Table { fields: Fields, chunks: Vec<StructArray> },
    /// One column that has no name.
    Column(Vec<ArrayRef>),
}

/// Whether an object says that it hands over Arrow.
pub fn hands_over(object: &Bound<'_, PyAny>) -> PyResult<bool> {
    Ok(object.hasattr("__arrow_c_stream__")? || object.hasattr("__arrow_c_array__")?)
}

impl HandedOver {
    /// What an object hands over.
    pub fn of(object: &Bound<'_, PyAny>) -> PyResult<Self> {
        if !object.hasattr("__arrow_c_stream__")? {
            return array(object);
        }
        match table(object) {
            // A stream of anything but rows is no table: the column is reached in another way.
            Err(failure) if failure.is_instance_of::<PyValueError>(object.py()) => column(object)?.ok_or(failure),
            handed_over => handed_over,
        }
    }

    /// The columns, each in its chunks.
    pub fn into_columns(self) -> Vec<Vec<ArrayRef>> {
        match self {
            Self::Column(chunks) => vec![chunks],
            Self::Table { fields, chunks } => {
                let of = |place: usize| chunks.iter().map(|chunk| chunk.column(place).clone()).collect();
                (0..fields.len()).map(of).collect()
            }
        }
    }
}

fn table(object: &Bound<'_, PyAny>) -> PyResult<HandedOver> {
    let reader = ArrowArrayStreamReader::from_pyarrow_bound(object)?;
    let failed = |failure: ArrowError| PyValueError::new_err(failure.to_string());
    let fields = arrow_array::RecordBatchReader::schema(&reader).fields().clone();
    let chunks = reader.map(|batch| batch.map(StructArray::from)).collect::<Result<_, _>>().map_err(failed)?;
    Ok(HandedOver::Table { fields, chunks })
}

/// Rows or a column at once. What fails in the object is told as it is, and what is not read here in our words: the error of
/// `arrow_pyarrow` cannot be raised where there is no pyarrow.
fn array(object: &Bound<'_, PyAny>) -> PyResult<HandedOver> {
    object.call_method0("__arrow_c_array__")?;
    let unread = |_| PyValueError::new_err("it is of a kind that is not read here");
    let array = make_array(ArrayData::from_pyarrow_bound(object).map_err(unread)?);
    let Some(rows) = array.as_struct_opt() else { return Ok(HandedOver::Column(vec![array])) };
    match (0..rows.len()).find(|row| rows.is_null(*row)) {
        Some(row) => Err(PyValueError::new_err(format!("there is nothing in row {row} (null)"))),
        None => Ok(HandedOver::Table { fields: rows.fields().clone(), chunks: vec![rows.clone()] }),
    }
}

/// A single column: an array, the chunks of pyarrow, or the frame of a series of pandas or polars, of which the values come first
/// and an index after them.
fn column(object: &Bound<'_, PyAny>) -> PyResult<Option<HandedOver>> {
    if object.hasattr("__arrow_c_array__")? {
        return array(object).map(Some);
    }
    let first = |columns: Vec<Vec<ArrayRef>>| columns.into_iter().next().map(HandedOver::Column);
    if object.hasattr("to_frame")? {
        return Ok(first(table(&object.call_method0("to_frame")?)?.into_columns()));
    }
    if object.hasattr("chunks")? {
        let mut chunks = Vec::new();
        for chunk in object.getattr("chunks")?.try_iter()? {
            chunks.extend(array(&chunk?)?.into_columns().into_iter().flatten());
        }
        return Ok(Some(HandedOver::Column(chunks)));
    }
    Ok(None)
}
