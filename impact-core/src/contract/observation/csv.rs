//! Rows as cells under named columns: a file of comma-separated values, or a table of any program.
//!
//! One rule: the first line of a file names the columns; commas or semicolons part them, as that line does; a line is a row, as
//! in a spreadsheet, so that row 1 stands in line 2.

use super::cell::{Cell, Column, Columns};
use super::rows::{Found, Here, Reading};
use super::{ObservationFault, Observations};
use crate::address::{Address, Place, Span};
use crate::document::nearest;
use crate::error::{ModelError, Problems};
use crate::model::Contract;
use std::borrow::Cow;

impl Observations {
    /// Rows of a contract as comma-separated values: a line of column names, those of a [`Row`](super::Row), then a line for each
    /// row. Semicolons may stand for commas; numbers have a decimal point and no marks between thousands, dates are written
    /// 2024-03-31; a text in quotation marks ends on its line. Where semicolons part the cells, `1.850` may be a decimal number
    /// or a thousand and more, and is refused: 1850 and 1.8500 are not.
    ///
    /// # Errors
    /// As [`Observations::of`], with the line and the column in it, both as a spreadsheet counts them: the names are line 1, the
    /// first row is row 1 and stands in line 2, empty lines count. Columns that a row does not have; lines with more or fewer
    /// cells than columns.
    ///
    /// # Examples
    /// ```
    /// # use impact_core::Contract;
    /// use impact_core::contract::Observations;
    /// # let contract = Contract::from_toml(r#"
    /// #     impact = 1
    /// #     name = "Denver: supportive housing"
    /// #     currency = "USD"
    /// #     holders = [ { id = "city", kind = "public", level = "municipality" }, { id = "lenders", kind = "investor" } ]
    /// #     [contract]
    /// #     payee = "lenders"
    /// #     payers = [ { holder = "city" } ]
    /// #     metrics = [ { id = "housing-days", kind = "count", unit = "day" } ]
    /// #     payments = [ { id = "housing", of = "housing-days", schedule = { per_unit = 15.12 } } ]
    /// # "#)?;
    /// let observed = Observations::from_csv(&contract, "metric,date,count\nhousing-days,2020-06-30,258858\n")?;
    /// assert_eq!(contract.settle(&observed)?.total().to_string(), "3913932.96");
    /// assert_eq!(
    ///     Observations::from_csv(&contract, "metric;date;count\nhousing-days;30.06.2020;1,5\n").unwrap_err().to_string(),
    ///     "observations.1.date (line 2, column 2): `date` is no date: write it as 2024-03-31, and not with the day first\n\
    ///      observations.1.count (line 2, column 3): `count` is no number: write it as 1234.5, with a point where it has a comma"
    /// );
    /// # Ok::<(), impact_core::error::ModelError>(())
    /// ```
    pub fn from_csv(contract: &Contract, text: &str) -> Result<Self, ModelError> {
        let mut lines = Lines::new(text.strip_prefix('\u{feff}').unwrap_or(text));
        let (top, names) = match lines.next() {
            Some((line, Ok(names))) => (Span { line, column: 1 }, names),
            Some((line, Err(column))) => return Err(at(Some(Span { line, column }), ObservationFault::OpenQuote)),
            None => return Err(at(None, ObservationFault::NoHeader)),
        };
        let columns = columns(names.iter().map(AsRef::as_ref), Some(top))?;
        let mut reading = Reading::new(contract, given(&columns), Some(top));
        reading.is_point_decimal = lines.separator == ',';
        for (line, cells) in lines {
            let number = usize::try_from(line.saturating_sub(top.line)).unwrap_or(usize::MAX);
            let mut here = Here::row(number, Some(Span { line, column: 1 }));
            let cells = match cells {
                Ok(cells) => cells,
                Err(column) => {
                    here.span = Some(Span { line, column });
                    reading.refuse_row(&here, ObservationFault::OpenQuote);
                    continue;
                }
            };
            let spans = (1..).map(|column| Some(Span { line, column }));
            let found = cells.iter().zip(spans).map(|(cell, span)| Found { cell: Some(Cell::Text(cell)), span });
            if reading.line(here, &columns, found).is_break() {
                break;
            }
        }
        reading.finish()
    }

    /// Rows of a contract as cells under named columns, as any program may have them; an empty cell is nothing.
    ///
    /// # Errors
    /// As [`Observations::from_csv`], without lines.
    ///
    /// # Examples
    /// ```
    /// # use impact_core::Contract;
    /// use impact_core::contract::Observations;
    /// # let contract = Contract::from_toml(r#"
    /// #     impact = 1
    /// #     name = "Denver: supportive housing"
    /// #     currency = "USD"
    /// #     holders = [ { id = "city", kind = "public", level = "municipality" }, { id = "lenders", kind = "investor" } ]
    /// #     [contract]
    /// #     payee = "lenders"
    /// #     payers = [ { holder = "city" } ]
    /// #     metrics = [ { id = "housing-days", kind = "count", unit = "day" } ]
    /// #     payments = [ { id = "housing", of = "housing-days", schedule = { per_unit = 15.12 } } ]
    /// # "#)?;
    /// let cells = [["housing-days", "2020-06-30", "258858"]];
    /// let observed = Observations::from_cells(&contract, ["metric", "date", "count"], cells)?;
    /// assert_eq!(observed.len(), 1);
    /// # Ok::<(), impact_core::error::ModelError>(())
    /// ```
    pub fn from_cells<'t, C: Into<Cell<'t>>, R: IntoIterator<Item = C>>(
        contract: &Contract,
        names: impl IntoIterator<Item = &'t str>,
        rows: impl IntoIterator<Item = R>,
    ) -> Result<Self, ModelError> {
        let columns = columns(names, None)?;
        let mut reading = Reading::new(contract, given(&columns), None);
        for (number, cells) in (1..).zip(rows) {
            let found = cells.into_iter().map(|cell| Found { cell: Some(cell.into()), span: None });
            if reading.line(Here::row(number, None), &columns, found).is_break() {
                break;
            }
        }
        reading.finish()
    }
}

/// All the rows.
pub(super) fn list() -> Address {
    Address::root().child("observations")
}

fn at(span: Option<Span>, fault: ObservationFault) -> ModelError {
    ModelError::one(Place { address: list(), span }, fault)
}

fn given(columns: &[Column]) -> Columns {
    let mut given = Columns::default();
    for column in columns {
        given.add(*column);
    }
    given
}

/// The columns of these names.
fn columns<'t>(names: impl IntoIterator<Item = &'t str>, top: Option<Span>) -> Result<Vec<Column>, ModelError> {
    let (mut columns, mut problems) = (Vec::new(), Problems::new());
    for (position, name) in (1..).zip(names) {
        let fault = match Column::named(name.trim()) {
            Some(column) if columns.contains(&column) => ObservationFault::ColumnTwice { column: column.name() },
            Some(column) => {
                columns.push(column);
                continue;
            }
            None => unknown(usize::try_from(position).unwrap_or(usize::MAX), name),
        };
        let span = top.map(|top| Span { column: position, ..top });
        problems.add(&Place { address: list(), span }, fault);
    }
    problems.into_result().map(|()| columns)
}

/// A column that rows do not have, with the one that may be meant.
pub(super) fn unknown(position: usize, name: &str) -> ObservationFault {
    if ["currency", "valuta"].contains(&name.trim().to_lowercase().as_str()) {
        return ObservationFault::Currency { position };
    }
    let near = nearest(name.trim(), Column::ALL.map(Column::name)).map(str::to_owned);
    ObservationFault::UnknownColumn { position, nearest: near }
}

/// The lines of a file that hold something, with their numbers.
struct Lines<'t> {
    rest: Option<&'t str>,
    end: char,
    separator: char,
    line: u32,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Self {
        let end = if text.contains('\n') { '\n' } else { '\r' };
        let header = text.split(end).find(|line| !line.trim().is_empty()).unwrap_or_default();
        let separator = if header.contains(';') && !header.contains(',') { ';' } else { ',' };
        Self { rest: Some(text), end, separator, line: 0 }
    }
}

impl<'t> Iterator for Lines<'t> {
    /// The number of a line, and its cells or the position of the one whose quotation mark is not closed.
    type Item = (u32, Result<Vec<Cow<'t, str>>, u32>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let text = self.rest?;
            let (line, rest) = text.split_once(self.end).map_or((text, None), |(line, rest)| (line, Some(rest)));
            self.rest = rest;
            self.line = self.line.saturating_add(1);
            let cells = cells(line.strip_suffix('\r').unwrap_or(line), self.separator);
            if !cells.as_ref().is_ok_and(|cells| cells.iter().all(|cell| cell.trim().is_empty())) {
                return Some((self.line, cells));
            }
        }
    }
}

/// The cells of a line; a quoted cell may hold the separator, and a quotation mark written twice.
fn cells(line: &str, separator: char) -> Result<Vec<Cow<'_, str>>, u32> {
    if !line.contains('"') {
        return Ok(line.split(separator).map(Cow::Borrowed).collect());
    }
    let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' if quoted || cell.trim().is_empty() => quoted = !quoted,
            other if other == separator && !quoted => cells.push(Cow::Owned(std::mem::take(&mut cell))),
            other => cell.push(other),
        }
    }
    cells.push(Cow::Owned(cell));
    if quoted { Err(u32::try_from(cells.len()).unwrap_or(u32::MAX)) } else { Ok(cells) }
}
