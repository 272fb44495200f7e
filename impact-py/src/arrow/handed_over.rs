//! What an object hands over: a table, or a single column, in chunks.

use arrow_array::cast::AsArray;
use arrow_array::ffi_stream::ArrowArrayStreamReader;
use arrow_array::{ArrayRef, StructArray, make_array};
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
        if object.hasattr("__arrow_c_stream__")? {
            return match table(object) {
                // A stream of anything but rows is no table: the column is reached by way of what its library calls it.
                Err(failure) => column(object)?.ok_or(failure),
                table => table,
            };
        }
        let array = make_array(ArrayData::from_pyarrow_bound(object)?);
        Ok(match array.as_struct_opt() {
            Some(rows) => Self::Table { fields: rows.fields().clone(), chunks: vec![rows.clone()] },
            None => Self::Column(vec![array]),
        })
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

/// A single column: the series of pandas and polars become a table, those of pyarrow have chunks.
fn column(object: &Bound<'_, PyAny>) -> PyResult<Option<HandedOver>> {
    if object.hasattr("to_frame")? {
        let of_frame = table(&object.call_method0("to_frame")?)?.into_columns().pop();
        return Ok(of_frame.map(HandedOver::Column));
    }
    if object.hasattr("chunks")? {
        let chunk = |chunk: PyResult<Bound<'_, PyAny>>| Ok(make_array(ArrayData::from_pyarrow_bound(&chunk?)?));
        let chunks: PyResult<Vec<ArrayRef>> = object.getattr("chunks")?.try_iter()?.map(chunk).collect();
        return Ok(Some(HandedOver::Column(chunks?)));
    }
    Ok(None)
}
