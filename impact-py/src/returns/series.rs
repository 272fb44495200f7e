//! Many series at once: a two-dimensional array of floats, lists of lists, or columns that Arrow reads.
//!
//! One rule: what is all of one length stays one block of floats, so that nothing is made for each flow.

use super::input::{date, elements};
use super::refused::{argument, at};
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type};
use arrow_array::{Array, ArrayRef};
use arrow_cast::cast;
use arrow_schema::{DataType, Field};
use chrono::NaiveDate;
use pyo3::buffer::PyBuffer;
use pyo3::prelude::*;
use pyo3::types::PySlice;
use pyo3_arrow::input::AnyArray;
use std::sync::Arc;

/// Flows of many series.
pub enum Series {
    /// All of one length, one after the other.
    Even { count: usize, width: usize, flows: Vec<f64> },
    /// All of one length, in a block of memory that Python holds.
    Held(Held),
    /// Of any lengths.
    Uneven(Vec<Vec<f64>>),
}

/// Series that stand one after the other in memory that Python holds.
pub struct Held {
    /// How many there are.
    pub count: usize,
    /// Flows of each.
    pub width: usize,
    /// All of it as bytes.
    bytes: Py<PyAny>,
    all: PyBuffer<f64>,
}

impl Held {
    /// The flows of some series from one on, as far as there are any.
    pub fn copy_to(&self, py: Python<'_>, first: usize, count: usize, part: &mut Vec<f64>) -> PyResult<()> {
        let bytes_of = |series: usize| series.saturating_mul(self.width).saturating_mul(size_of::<f64>());
        let last = first.saturating_add(count).min(self.count);
        let (start, end) = (isize::try_from(bytes_of(first))?, isize::try_from(bytes_of(last))?);
        let some = self.bytes.bind(py).get_item(PySlice::new(py, start, end, 1))?;
        let buffer = PyBuffer::<f64>::get(&some.call_method1("cast", ("d",))?)?;
        part.resize(buffer.item_count(), 0.0);
        buffer.copy_to_slice(py, part)
    }
}

/// The dates of many series.
pub enum Dates {
    /// The same for all.
    Common(Vec<NaiveDate>),
    /// Of each series its own.
    Own(Vec<Vec<NaiveDate>>),
}

impl Series {
    /// The series that `object` holds.
    pub fn of(object: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Some(columns) = columns(object)? {
            return arrow_flows(object.py(), &columns);
        }
        if let Ok(buffer) = PyBuffer::<f64>::get(object) {
            return from_buffer(object, buffer);
        }
        let series = elements(object, "flows", "series")?.enumerate();
        let rows: Vec<Vec<f64>> = series.map(|(row, series)| floats(&series?, row)).collect::<PyResult<_>>()?;
        let width = rows.first().map_or(0, Vec::len);
        if rows.iter().all(|row| row.len() == width) {
            return Ok(Self::Even { count: rows.len(), width, flows: rows.concat() });
        }
        Ok(Self::Uneven(rows))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Even { count, .. } => *count,
            Self::Held(held) => held.count,
            Self::Uneven(rows) => rows.len(),
        }
    }

    /// The same with all flows at hand.
    pub fn at_hand(self, py: Python<'_>) -> PyResult<Self> {
        Ok(match self {
            Self::Held(held) => Self::Even { count: held.count, width: held.width, flows: held.all.to_vec(py)? },
            other => other,
        })
    }

    /// The flows of each; none where Python holds them.
    pub fn rows(&self) -> Vec<&[f64]> {
        match self {
            Self::Held(_) => Vec::new(),
            Self::Even { width: 0, count, .. } => vec![&[]; *count],
            Self::Even { width, flows, .. } => flows.chunks(*width).collect(),
            Self::Uneven(rows) => rows.iter().map(Vec::as_slice).collect(),
        }
    }
}

impl Dates {
    /// The dates that `object` holds: of all series, or of each its own.
    pub fn of(object: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Some(columns) = columns(object)? {
            return arrow_dates(object.py(), &columns);
        }
        let days: Vec<Bound<'_, PyAny>> = elements(object, "dates", "dates")?.collect::<PyResult<_>>()?;
        let place = |row: usize| argument("dates").element(row);
        match days.first() {
            Some(first) if elements(first, "dates", "dates").is_ok() => {
                let row = |(row, days): (usize, &Bound<'_, PyAny>)| {
                    let days = elements(days, "dates", "series of dates")?.enumerate();
                    days.map(|(position, day)| date(&day?, &place(row).element(position))).collect()
                };
                days.iter().enumerate().map(row).collect::<PyResult<_>>().map(Self::Own)
            }
            _ => {
                let day = |(position, day): (usize, &Bound<'_, PyAny>)| date(day, &place(position));
                days.iter().enumerate().map(day).collect::<PyResult<_>>().map(Self::Common)
            }
        }
    }
}

/// The floats of one series.
fn floats(series: &Bound<'_, PyAny>, row: usize) -> PyResult<Vec<f64>> {
    if let Ok(flows) = series.extract::<Vec<f64>>() {
        return Ok(flows);
    }
    let place = || argument("flows").element(row);
    let Ok(flows) = elements(series, "flows", "numbers") else {
        let message =
            format!("`{}` is no series of numbers: a batch is a series of series", crate::document::kind(series));
        return Err(at(series.py(), &place(), message));
    };
    let number = |(position, flow): (usize, PyResult<Bound<'_, PyAny>>)| {
        let flow = flow?;
        flow.extract::<f64>().map_err(|_| {
            let message = format!("`{}` is no number", crate::document::kind(&flow));
            at(flow.py(), &place().element(position), message)
        })
    };
    flows.enumerate().map(number).collect()
}

fn from_buffer(object: &Bound<'_, PyAny>, all: PyBuffer<f64>) -> PyResult<Series> {
    let (py, buffer) = (object.py(), &all);
    match *buffer.shape() {
        [count, width] if count > 0 && width > 0 && buffer.is_c_contiguous() => {
            let view = py.import("builtins")?.getattr("memoryview")?.call1((object,))?;
            match view.call_method1("cast", ("B",)) {
                Ok(bytes) => Ok(Series::Held(Held { count, width, bytes: bytes.unbind(), all })),
                // A format that only says the same in another way.
                Err(_) => Ok(Series::Even { count, width, flows: all.to_vec(py)? }),
            }
        }
        [count, width] => Ok(Series::Even { count, width, flows: buffer.to_vec(py)? }),
        _ => {
            let message =
                format!("an array of {} dimensions is no batch: give one row for each series", buffer.dimensions());
            Err(at(py, &argument("flows"), message))
        }
    }
}

/// The columns of an object that Arrow reads; a list or an array of numpy is none.
fn columns(object: &Bound<'_, PyAny>) -> PyResult<Option<Vec<ArrayRef>>> {
    let read = object.hasattr("__arrow_c_stream__")? || object.hasattr("__arrow_c_array__")?;
    if !read {
        return Ok(None);
    }
    let (chunks, field) = object.extract::<AnyArray>()?.into_chunked_array()?.into_inner();
    let whole = match chunks.as_slice() {
        [] => arrow_array::new_empty_array(field.data_type()),
        [one] => one.clone(),
        _ => {
            let parts: Vec<&dyn Array> = chunks.iter().map(AsRef::as_ref).collect();
            arrow_select::concat::concat(&parts).map_err(pyo3_arrow::error::PyArrowError::from)?
        }
    };
    Ok(Some(match whole.data_type() {
        DataType::Struct(_) => whole.as_struct().columns().to_vec(),
        _ => vec![whole],
    }))
}

fn is_list(data_type: &DataType) -> bool {
    matches!(data_type, DataType::List(_) | DataType::LargeList(_) | DataType::FixedSizeList(..))
}

/// A column as another type.
fn cast_to(py: Python<'_>, name: &str, column: &ArrayRef, wanted: &DataType) -> PyResult<ArrayRef> {
    let refuse = || format!("a column of {} holds no {name}", column.data_type());
    let found =
        if column.data_type().is_nested() && !is_list(column.data_type()) { None } else { cast(column, wanted).ok() };
    found.ok_or_else(|| at(py, &argument(name), refuse()))
}

/// What is missing in a column: the row of the first null.
fn whole(py: Python<'_>, name: &str, column: &dyn Array) -> PyResult<()> {
    let missing = (0..column.len()).find(|row| column.is_null(*row)).filter(|_| column.null_count() > 0);
    let refuse = |row: usize| at(py, &argument(name).element(row), "there is nothing here (null)");
    missing.map_or(Ok(()), |row| Err(refuse(row)))
}

/// Rows of a list column as ranges of its values.
fn rows_of(py: Python<'_>, name: &str, column: &ArrayRef, item: DataType) -> PyResult<(Vec<usize>, ArrayRef)> {
    let wanted = DataType::List(Arc::new(Field::new_list_field(item, true)));
    let list = cast_to(py, name, column, &wanted)?;
    whole(py, name, list.as_ref())?;
    let list = list.as_list::<i32>();
    let ends: Vec<usize> = list.offsets().iter().map(|end| usize::try_from(*end).unwrap_or(0)).collect();
    for (row, (first, last)) in ends.iter().zip(ends.iter().skip(1)).enumerate() {
        if let Some(position) = (*first..*last).find(|at| list.values().is_null(*at)) {
            let address = argument(name).element(row).element(position.saturating_sub(*first));
            return Err(at(py, &address, "there is nothing here (null)"));
        }
    }
    Ok((ends, list.values().clone()))
}

fn arrow_flows(py: Python<'_>, columns: &[ArrayRef]) -> PyResult<Series> {
    if let [column] = columns
        && is_list(column.data_type())
    {
        let (ends, values) = rows_of(py, "flows", column, DataType::Float64)?;
        let values = values.as_primitive::<Float64Type>().values();
        let rows = ends.iter().zip(ends.iter().skip(1));
        let rows = rows.map(|(first, last)| values.get(*first..*last).unwrap_or_default().to_vec());
        return Ok(Series::Uneven(rows.collect()));
    }
    let count = columns.first().map_or(0, |column| column.len());
    let mut flows = vec![0.0; count.saturating_mul(columns.len())];
    for (place, column) in columns.iter().enumerate() {
        if !column.data_type().is_numeric() {
            let message =
                format!("a column of {} holds no flows: give numbers, or one list a series", column.data_type());
            return Err(at(py, &argument("flows"), message));
        }
        let column = cast_to(py, "flows", column, &DataType::Float64)?;
        whole(py, "flows", column.as_ref())?;
        let slots = flows.iter_mut().skip(place).step_by(columns.len());
        slots.zip(column.as_primitive::<Float64Type>().values()).for_each(|(slot, value)| *slot = *value);
    }
    Ok(Series::Even { count, width: columns.len(), flows })
}

fn arrow_dates(py: Python<'_>, columns: &[ArrayRef]) -> PyResult<Dates> {
    let [column] = columns else {
        let message = format!("{} columns are no dates: give one column", columns.len());
        return Err(at(py, &argument("dates"), message));
    };
    if is_list(column.data_type()) {
        let (ends, values) = rows_of(py, "dates", column, DataType::Date32)?;
        let days = days(&values);
        let rows = ends.iter().zip(ends.iter().skip(1));
        return Ok(Dates::Own(
            rows.map(|(first, last)| days.get(*first..*last).unwrap_or_default().to_vec()).collect(),
        ));
    }
    let column = cast_to(py, "dates", column, &DataType::Date32)?;
    whole(py, "dates", column.as_ref())?;
    Ok(Dates::Common(days(&column)))
}

fn days(column: &ArrayRef) -> Vec<NaiveDate> {
    let column = column.as_primitive::<Date32Type>();
    (0..column.len()).filter_map(|row| column.value_as_date(row)).collect()
}
