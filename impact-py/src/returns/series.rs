//! Many series at once: a two-dimensional array of floats, lists of lists, or columns that Arrow reads.
//!
//! One rule: what is all of one length stays one block of floats, so that nothing is made for each flow.

use super::input::{date, elements};
use super::refused::{Argument, argument, at};
use crate::arrow::{HandedOver, Lists, days as days_of, floats as floats_of, hands_over, is_list};
use arrow_array::{Array, ArrayRef};
use chrono::NaiveDate;
use pyo3::buffer::PyBuffer;
use pyo3::prelude::*;
use pyo3::types::PySlice;

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

/// The columns of an object that hands over Arrow, each in its chunks; a list or an array of numpy does not.
fn columns(object: &Bound<'_, PyAny>) -> PyResult<Option<Vec<Vec<ArrayRef>>>> {
    if hands_over(object)? { Ok(Some(HandedOver::of(object)?.into_columns())) } else { Ok(None) }
}

/// That every row of a chunk has a value; `before` are the rows of its column ahead of it.
fn whole(py: Python<'_>, name: &str, chunk: &dyn Array, before: usize) -> PyResult<()> {
    if chunk.null_count() == 0 {
        return Ok(());
    }
    match (0..chunk.len()).find(|row| chunk.is_null(*row)) {
        None => Ok(()),
        Some(row) => Err(at(py, &argument(name).element(before.saturating_add(row)), "there is nothing here (null)")),
    }
}

/// What the chunks of a column hold, one after the other.
fn read<T>(
    py: Python<'_>,
    name: &str,
    chunks: &[ArrayRef],
    of: impl Fn(&ArrayRef) -> Option<Vec<T>>,
) -> PyResult<Vec<T>> {
    let mut found = Vec::with_capacity(chunks.iter().map(|chunk| chunk.len()).sum());
    for chunk in chunks {
        let refuse = || at(py, &argument(name), format!("a column of {} holds no {name}", chunk.data_type()));
        let values = of(chunk).ok_or_else(refuse)?;
        whole(py, name, chunk.as_ref(), found.len())?;
        found.extend(values);
    }
    Ok(found)
}

/// What the lists of a column hold, row by row.
fn read_lists<T: Clone>(
    py: Python<'_>,
    name: &str,
    chunks: &[ArrayRef],
    of: impl Fn(&ArrayRef) -> Option<Vec<T>>,
) -> PyResult<Vec<Vec<T>>> {
    let mut found = Vec::with_capacity(chunks.iter().map(|chunk| chunk.len()).sum());
    for chunk in chunks {
        let refuse = || at(py, &argument(name), format!("a column of {} holds no {name}", chunk.data_type()));
        let lists = Lists::of(chunk).ok_or_else(refuse)?;
        let values = of(&lists.values).ok_or_else(refuse)?;
        whole(py, name, chunk.as_ref(), found.len())?;
        for (first, last) in lists.rows() {
            if let Some(missing) = (first..last).find(|place| lists.values.is_null(*place)) {
                let address = argument(name).element(found.len()).element(missing.saturating_sub(first));
                return Err(at(py, &address, "there is nothing here (null)"));
            }
            found.push(values.get(first..last).unwrap_or_default().to_vec());
        }
    }
    Ok(found)
}

fn holds_lists(chunks: &[ArrayRef]) -> bool {
    chunks.first().is_some_and(|chunk| is_list(chunk.data_type()))
}

fn arrow_flows(py: Python<'_>, columns: &[Vec<ArrayRef>]) -> PyResult<Series> {
    if let [column] = columns
        && holds_lists(column)
    {
        return read_lists(py, "flows", column, floats_of).map(Series::Uneven);
    }
    let mut flows = Vec::new();
    for (place, column) in columns.iter().enumerate() {
        if let Some(other) = column.iter().find(|chunk| !chunk.data_type().is_numeric()) {
            let message =
                format!("a column of {} holds no flows: give numbers, or one list a series", other.data_type());
            return Err(at(py, &argument("flows"), message));
        }
        let column = read(py, "flows", column, floats_of)?;
        flows.resize(column.len().saturating_mul(columns.len()), 0.0);
        let slots = flows.iter_mut().skip(place).step_by(columns.len());
        slots.zip(column).for_each(|(slot, value)| *slot = value);
    }
    let width = columns.len();
    Ok(Series::Even { count: flows.len().checked_div(width).unwrap_or(0), width, flows })
}

fn arrow_dates(py: Python<'_>, columns: &[Vec<ArrayRef>]) -> PyResult<Dates> {
    let [column] = columns else {
        let message = format!("{} columns are no dates: give one column", columns.len());
        return Err(at(py, &argument("dates"), message));
    };
    if holds_lists(column) {
        let rows = read_lists(py, "dates", column, days_of)?.into_iter().enumerate();
        let own =
            rows.map(|(row, days)| all_days(py, &|position| argument("dates").element(row).element(position), days));
        return own.collect::<PyResult<_>>().map(Dates::Own);
    }
    let days = read(py, "dates", column, days_of)?;
    all_days(py, &|position| argument("dates").element(position), days).map(Dates::Common)
}

/// Refuses the first of what is no day.
fn all_days(
    py: Python<'_>,
    place: &dyn Fn(usize) -> Argument,
    days: Vec<Option<NaiveDate>>,
) -> PyResult<Vec<NaiveDate>> {
    let refuse = |position| at(py, &place(position), "there is no day of the calendar here: write `2024-01-31`");
    days.into_iter().enumerate().map(|(position, day)| day.ok_or_else(|| refuse(position))).collect()
}
