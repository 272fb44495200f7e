//! Rows as cells of text under named columns: a file of comma-separated values, or a table of any program.
//!
//! One rule: the first line of a file names the columns; commas or semicolons part them, as that line does; an empty cell is nothing.
//! A message says where a cell stands and never what is in it: a shifted column may hold who a person is.

use super::{ObservationFault, Observations, Row};
use crate::address::{Address, Place, Span};
use crate::document::nearest;
use crate::error::{ModelError, Problems};
use crate::model::Contract;
use rust_decimal::Decimal;
use std::borrow::Cow;
use std::str::FromStr;

/// The columns of a row.
pub(super) const COLUMNS: [&str; 7] = ["metric", "date", "cohort", "group", "count", "of", "person"];

impl Observations {
    /// Rows of a contract as comma-separated values: a line of column names, those of a [`Row`], then a line for each row.
    /// Semicolons may stand for commas; numbers have a decimal point, dates are written 2024-03-31.
    ///
    /// # Errors
    /// As [`Observations::of`], with the line; columns that a row does not have; lines with more or fewer cells than columns.
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
    ///     Observations::from_csv(&contract, "metric;date;count\nhousing-days;2020-06-30;1,5\n").unwrap_err().to_string(),
    ///     "observations.1.count (line 2, column 1): `count` is no number: write it as 1234.5"
    /// );
    /// # Ok::<(), impact_core::error::ModelError>(())
    /// ```
    pub fn from_csv(contract: &Contract, text: &str) -> Result<Self, ModelError> {
        let mut problems = Problems::new();
        let mut lines = Lines::new(text.strip_prefix('\u{feff}').unwrap_or(text));
        let header = match lines.next() {
            Some(Ok((_, names))) => Some(names),
            Some(Err(_)) => {
                problems.add(&list(), ObservationFault::OpenQuote);
                None
            }
            None => None,
        };
        let columns = header.map(|names| columns(names.iter().map(String::as_str), &mut problems));
        problems.into_result()?;
        let columns = columns.ok_or_else(|| ModelError::one(list(), ObservationFault::NoHeader))?;
        let mut reading = super::rows::Reading::new(contract);
        let mut number = 0_usize;
        for line in lines {
            let (start, cells) = match line {
                Ok(line) => line,
                Err(start) => {
                    let place = Place { span: Some(start), ..list() };
                    reading.problems.add(&place, ObservationFault::OpenQuote);
                    break;
                }
            };
            number = number.saturating_add(1);
            let cells = cells.into_iter().map(Cow::Owned).collect();
            let here = Cells { number, start: Some(start), columns: &columns, cells };
            if let Some(row) = here.row(&mut reading.problems) {
                reading.read(number, Some(start), &row);
            }
        }
        reading.finish()
    }

    /// Rows of a contract as cells of text under named columns, as any program may have them; an empty cell is nothing.
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
    pub fn from_cells<'t, R: IntoIterator<Item = &'t str>>(
        contract: &Contract,
        names: impl IntoIterator<Item = &'t str>,
        rows: impl IntoIterator<Item = R>,
    ) -> Result<Self, ModelError> {
        let mut problems = Problems::new();
        let columns = columns(names, &mut problems);
        problems.into_result()?;
        let mut reading = super::rows::Reading::new(contract);
        for (number, cells) in (1..).zip(rows) {
            let cells = cells.into_iter().map(Cow::Borrowed).collect();
            let here = Cells { number, start: None, columns: &columns, cells };
            if let Some(row) = here.row(&mut reading.problems) {
                reading.read(number, None, &row);
            }
        }
        reading.finish()
    }
}

fn list() -> Place {
    Place::at(Address::root().child("observations"))
}

/// The columns of these names, as positions among all of them.
fn columns<'t>(names: impl IntoIterator<Item = &'t str>, problems: &mut Problems) -> Vec<usize> {
    let mut columns = Vec::new();
    for (at, name) in names.into_iter().enumerate() {
        let name = name.trim();
        match COLUMNS.iter().enumerate().find(|(_, column)| **column == name) {
            Some((position, column)) if columns.contains(&position) => {
                problems.add(&list(), ObservationFault::ColumnTwice { column });
            }
            Some((position, _)) => columns.push(position),
            None => {
                let near = nearest(name, COLUMNS.iter().copied()).map(str::to_owned);
                let position = at.saturating_add(1);
                problems.add(&list(), ObservationFault::UnknownColumn { position, nearest: near });
            }
        }
    }
    columns
}

/// The cells of a line under their columns.
struct Cells<'c> {
    number: usize,
    start: Option<Span>,
    columns: &'c [usize],
    cells: Vec<Cow<'c, str>>,
}

impl Cells<'_> {
    /// The row, where every cell can be read.
    fn row(self, problems: &mut Problems) -> Option<Row> {
        let before = problems.total();
        let (found, wanted) = (self.cells.len(), self.columns.len());
        if found != wanted {
            self.refuse("", ObservationFault::CellCount { found, expected: wanted }, problems);
            return None;
        }
        let mut row = Row::default();
        for (column, cell) in self.columns.iter().zip(&self.cells) {
            let text = Some(cell.trim()).filter(|cell| !cell.is_empty());
            match column {
                0 => row.metric = text.unwrap_or_default().to_owned(),
                1 => row.date = self.parsed("date", text, ObservationFault::NoDate, problems),
                2 => row.cohort = text.map(str::to_owned),
                3 => row.group = text.map(str::to_owned),
                4 => row.count = self.number("count", text, problems),
                5 => row.of = self.number("of", text, problems),
                _ => row.person = text.map(str::to_owned),
            }
        }
        (problems.total() == before).then_some(row)
    }

    fn number(&self, column: &'static str, text: Option<&str>, problems: &mut Problems) -> Option<Decimal> {
        match text.map(Decimal::from_scientific) {
            Some(Ok(number)) => Some(number),
            _ => self.parsed(column, text, ObservationFault::NoNumber { column }, problems),
        }
    }

    fn parsed<T: FromStr>(
        &self,
        column: &str,
        text: Option<&str>,
        fault: ObservationFault,
        problems: &mut Problems,
    ) -> Option<T> {
        let parsed = text?.parse().ok();
        if parsed.is_none() {
            self.refuse(column, fault, problems);
        }
        parsed
    }

    fn refuse(&self, column: &str, fault: ObservationFault, problems: &mut Problems) {
        let row = list().address.child(&self.number.to_string());
        let address = if column.is_empty() { row } else { row.child(column) };
        problems.add(&Place { address, span: self.start }, fault);
    }
}

/// A line that holds something, and where it starts.
type Line = (Span, Vec<String>);

/// The lines of a file; a quoted cell may hold the separator and line breaks.
struct Lines<'t> {
    rest: &'t str,
    separator: char,
    line: u32,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Self {
        let header = text.lines().next().unwrap_or_default();
        let separator = if header.contains(';') && !header.contains(',') { ';' } else { ',' };
        Self { rest: text, separator, line: 1 }
    }

    /// The cells up to the end of the line; none where a quote is not closed.
    fn cells(&mut self) -> Option<Vec<String>> {
        let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
        let mut characters = self.rest.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            self.line = self.line.saturating_add(u32::from(character == '\n'));
            match character {
                '"' if quoted && characters.peek().is_some_and(|(_, next)| *next == '"') => {
                    characters.next();
                    cell.push('"');
                }
                '"' if quoted || cell.is_empty() => quoted = !quoted,
                '\n' if !quoted => {
                    self.rest = self.rest.get(at.saturating_add(1)..).unwrap_or_default();
                    cells.push(cell);
                    return Some(cells);
                }
                '\r' if !quoted => {}
                other if other == self.separator && !quoted => cells.push(std::mem::take(&mut cell)),
                other => cell.push(other),
            }
        }
        self.rest = "";
        cells.push(cell);
        (!quoted).then_some(cells)
    }
}

impl Iterator for Lines<'_> {
    /// The cells of a line, or where one starts that is not closed.
    type Item = Result<Line, Span>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let start = Span { line: self.line, column: 1 };
            match self.cells() {
                None => return Some(Err(start)),
                Some(cells) if cells.iter().all(|cell| cell.trim().is_empty()) => {}
                Some(cells) => return Some(Ok((start, cells))),
            }
        }
    }
}
