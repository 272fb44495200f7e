//! Observations of Python: files, tables of any program by way of Arrow, and rows as mappings.
//!
//! One rule: the core reads rows and says what is wrong; here values only become cells, and no message shows one.

use crate::arrow::{HandedOver, Texts, days, hands_over};
use crate::document::{kind, number_text};
use crate::error::{at_argument, plain, to_python, told};
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;
use chrono::NaiveDate;
use impact_core::Contract;
use impact_core::contract::{Cell, Observations};
use impact_core::document::{DocumentError, LARGEST_DOCUMENT, Node, NumberText};
use impact_core::error::{ModelError, Problem};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDate, PyDateTime, PyFloat, PyMapping, PyString};
use std::collections::HashMap;

/// The observations that an object holds.
pub fn observations(object: &Bound<'_, PyAny>, contract: &Contract) -> PyResult<Observations> {
    let py = object.py();
    if hands_over(object)? {
        return of_table(object, contract);
    }
    if object.is_instance_of::<PyString>() || object.hasattr("__fspath__")? {
        return of_file(object, contract);
    }
    if let Ok(mapping) = object.cast::<PyMapping>() {
        return match mapping.get_item("observations") {
            Ok(rows) if mapping.len()? == 1 && rows.cast::<PyMapping>().is_err() => of_rows(&rows, contract),
            _ => Err(plain(py, "a single mapping is no observations: give a list of rows, such as `[row]`")),
        };
    }
    of_rows(object, contract)
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
        _ => return Err(plain(py, "observations are read from a file that ends in `.csv`, `.toml` or `.json`")),
    };
    let content = py.import("socialimpact.paths")?.getattr("content_at")?;
    let bytes = content.call1((file,))?.extract::<Vec<u8>>()?;
    let text = decoded(py, &bytes)?;
    told(py, py.detach(|| read(contract, text.strip_prefix('\u{feff}').unwrap_or(text))))
}

/// The text of a file of any size.
fn decoded<'b>(py: Python<'_>, bytes: &'b [u8]) -> PyResult<&'b str> {
    let read = std::str::from_utf8(bytes);
    if let Some(text) = read.ok().filter(|text| !text.contains('\0')) {
        return Ok(text);
    }
    let sound = read.map_or_else(|error| error.valid_up_to(), str::len);
    let begins = bytes.get(..LARGEST_DOCUMENT).unwrap_or(bytes);
    match Node::decoded(begins) {
        Err(error) if !error.problems().iter().any(is_not_utf8) => Err(to_python(py, &error)),
        _ => Err(not_utf8(py, bytes, sound)),
    }
}

fn is_not_utf8(problem: &Problem) -> bool {
    matches!(problem.fault.downcast_ref::<DocumentError>(), Some(DocumentError::NotUtf8 { .. }))
}

/// The error of a file that holds other bytes than UTF-8, with the line of the first of them.
fn not_utf8(py: Python<'_>, bytes: &[u8], sound: usize) -> PyErr {
    let line = bytes.iter().take(sound).filter(|byte| **byte == b'\n').count().saturating_add(1);
    let message = format!("the text is not UTF-8 (byte {}): save the file as UTF-8", sound.saturating_add(1));
    at_argument(py, &format!("line {line}"), &message)
}

/// What a value of a mapping becomes; none of what no column holds.
enum Given {
    Text(String),
    Number(rust_decimal::Decimal),
    Date(NaiveDate),
    Other,
}

impl<'g> From<&'g Given> for Cell<'g> {
    fn from(given: &'g Given) -> Self {
        match given {
            Given::Text(text) => Cell::Text(text),
            Given::Number(number) => Cell::Number(*number),
            Given::Date(date) => Cell::Date(*date),
            Given::Other => Cell::Other,
        }
    }
}

/// Rows as mappings: every key that any of them has is a column.
fn of_rows(object: &Bound<'_, PyAny>, contract: &Contract) -> PyResult<Observations> {
    let py = object.py();
    let Ok(elements) = object.try_iter() else {
        let message = format!("`{}` is no observations: give a file, a table or rows as mappings", kind(object));
        return Err(plain(py, &message));
    };
    let (mut names, mut positions, mut rows) = (Vec::new(), HashMap::new(), Vec::new());
    for (number, element) in (1_usize..).zip(elements) {
        let element = element?;
        let Ok(mapping) = element.cast::<PyMapping>() else {
            let message = format!("observations.{number}: `{}` is no row: give a mapping of columns", kind(&element));
            return Err(plain(py, &message));
        };
        let mut row: Vec<(usize, Given)> = Vec::with_capacity(names.len());
        for item in mapping.items()? {
            let (key, value): (Bound<'_, PyAny>, Bound<'_, PyAny>) = item.extract()?;
            let name = key.cast::<PyString>().map_or_else(|_| String::new(), |key| key.to_string_lossy().into_owned());
            let position = *positions.entry(name.clone()).or_insert_with(|| {
                names.push(name);
                names.len().saturating_sub(1)
            });
            row.push((position, given(&value)?));
        }
        rows.push(row);
    }
    let nothing = Given::Text(String::new());
    let columns = names.len();
    let cells = rows.iter().map(|row| {
        let mut cells = vec![Cell::from(&nothing); columns];
        for (position, given) in row {
            if let Some(cell) = cells.get_mut(*position) {
                *cell = given.into();
            }
        }
        cells
    });
    told(py, py.detach(|| Observations::from_cells(contract, names.iter().map(String::as_str), cells)))
}

fn given(value: &Bound<'_, PyAny>) -> PyResult<Given> {
    if value.is_none() {
        return Ok(Given::Text(String::new()));
    }
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(text.to_str().map_or(Given::Other, |text| Given::Text(text.to_owned())));
    }
    if value.is_instance_of::<PyBool>() || value.is_instance_of::<PyDateTime>() {
        return Ok(Given::Other);
    }
    if value.is_instance_of::<PyDate>() {
        return Ok(Given::Date(value.extract()?));
    }
    if value.cast::<PyFloat>().is_ok_and(|float| float.value().is_nan()) {
        return Ok(Given::Text(String::new())); // a frame's mark for nothing
    }
    // A number that is too long to be kept goes on as its digits, for the core to refuse.
    let digits = number_text(value).ok().flatten();
    Ok(digits.map_or(Given::Other, |text| match text.parse::<NumberText>() {
        Ok(number) => Given::Number(number.value()),
        Err(_) => Given::Text(text),
    }))
}

/// A table of any program that hands it over as Arrow.
fn of_table(object: &Bound<'_, PyAny>, contract: &Contract) -> PyResult<Observations> {
    let py = object.py();
    let handed_over = HandedOver::of(object).map_err(|failure| {
        plain(py, &format!("the table cannot be handed over as Arrow: {}: give every column a type", failure.value(py)))
    })?;
    let HandedOver::Table { fields, chunks } = handed_over else {
        return Err(plain(py, "a single column is no observations: give a table with named columns"));
    };
    let names: Vec<&str> = fields.iter().map(|field| field.name().as_str()).collect();
    if names.is_empty() {
        return Err(plain(py, "the table has no columns: name `metric`, `date` and what was observed"));
    }
    let mut tables: Vec<Vec<Column>> = Vec::with_capacity(chunks.len());
    for chunk in &chunks {
        let columns = (1..).zip(&names).zip(chunk.columns());
        let read = columns.map(|((position, name), column)| Column::of(py, (position, name), column));
        tables.push(read.collect::<PyResult<_>>()?);
    }
    let rows = tables.iter().flat_map(|columns| {
        let rows = columns.first().map_or(0, Column::len);
        (0..rows).map(move |row| columns.iter().map(move |column| column.cell(row)))
    });
    told(py, py.detach(|| Observations::from_cells(contract, names.iter().copied(), rows)))
}

/// A number by its digits; what cannot be kept stays a text, for the core to refuse.
fn digits(text: &str) -> Cell<'_> {
    text.parse::<NumberText>().map_or(Cell::Text(text), |number| Cell::Number(number.value()))
}

/// The columns of rows that hold numbers.
const OF_NUMBERS: [&str; 2] = ["count", "of"];

/// A column of a table: days as they are, all else as text, of which numbers are no texts to be read in two ways.
enum Column {
    Days(ArrayRef, Vec<Option<NaiveDate>>),
    Digits(Texts),
    Text(Texts),
}

impl Column {
    fn of(py: Python<'_>, (position, name): (usize, &str), column: &ArrayRef) -> PyResult<Self> {
        let kind = column.data_type();
        let read = match kind {
            DataType::Date32 => days(column).map(|days| Self::Days(column.clone(), days)),
            _ if kind.is_numeric() && OF_NUMBERS.contains(&name.trim()) => Texts::of(column).map(Self::Digits),
            _ => Texts::of(column).map(Self::Text),
        };
        read.ok_or_else(|| plain(py, &format!("observations: column {position} ({kind}) is no text, number or date")))
    }

    fn len(&self) -> usize {
        match self {
            Self::Days(_, days) => days.len(),
            Self::Text(texts) | Self::Digits(texts) => texts.len(),
        }
    }

    fn cell(&self, row: usize) -> Cell<'_> {
        match self {
            Self::Days(column, days) => match days.get(row) {
                Some(Some(day)) => Cell::Date(*day),
                // A day beyond the calendar is there, and is none.
                Some(None) if column.is_valid(row) => Cell::Other,
                _ => Cell::Text(""),
            },
            Self::Text(texts) => Cell::Text(texts.get(row).unwrap_or_default()),
            Self::Digits(texts) => texts.get(row).map_or(Cell::Text(""), digits),
        }
    }
}
