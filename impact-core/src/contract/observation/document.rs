//! Rows as a document: `[[observations]]` in TOML, a list of them in JSON.
//!
//! One rule: rows count from 1, as in every other form; what the reader of documents says about something written is said again
//! without it.

use super::cell::{Cell, Column, Columns, slip};
use super::csv::{list, unknown};
use super::rows::{Found, Here, Reading};
use super::{ObservationFault, Observations, Slip};
use crate::address::{Address, Place, Span};
use crate::document::{DocumentError, DocumentKind, Fields, Form, Node, Table, Value};
use crate::error::{ModelError, Problem, Problems};
use crate::model::Contract;
use std::collections::HashSet;
use std::sync::Arc;

impl Observations {
    /// Rows of a contract as a document: `[[observations]]`, each with the columns of a [`Row`](super::Row) as keys. Numbers may
    /// stand in quotation marks.
    ///
    /// # Errors
    /// As [`Observations::of`], with line and column of the text; unknown keys; values of the wrong kind.
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
    /// let text = "[[observations]]\nmetric = 'housing-days'\ndate = 2020-06-30\ncount = 'many'";
    /// assert_eq!(
    ///     Observations::from_toml(&contract, text).unwrap_err().to_string(),
    ///     "observations.1.count (line 4, column 9): `count` is no number: write it as 1234.5"
    /// );
    /// # Ok::<(), impact_core::error::ModelError>(())
    /// ```
    pub fn from_toml(contract: &Contract, text: &str) -> Result<Self, ModelError> {
        from_text(contract, text, Form::Toml)
    }

    /// The same in JSON.
    ///
    /// # Errors
    /// As [`Observations::from_toml`].
    pub fn from_json(contract: &Contract, text: &str) -> Result<Self, ModelError> {
        from_text(contract, text, Form::Json)
    }
}

fn from_text(contract: &Contract, text: &str, form: Form) -> Result<Observations, ModelError> {
    let mut problems = Problems::new();
    let document = Node::read(text, form, &mut problems);
    let document = document.filter(|document| DocumentKind::Observations.admits(document, &mut problems));
    let fields = document.as_ref().and_then(|document| Fields::of(document, &mut problems));
    let nodes = fields.and_then(|mut fields| {
        let nodes = fields.required_list("observations");
        fields.finish();
        nodes
    });
    let nodes = nodes.unwrap_or_default();
    let tables: Vec<Option<&Table>> = nodes.iter().map(|node| node.read_table(&mut problems)).collect();
    let mut reading = Reading::new(contract, given(&tables), None);
    let starts: Vec<Option<Span>> = nodes.iter().map(|node| node.place.span).collect();
    reading.problems = problems.mapped(|problem| unseen(&problem, &starts));
    let mut told = HashSet::new();
    for ((number, start), table) in (1..).zip(&starts).zip(&tables) {
        let Some(table) = table else { continue };
        let here = Here::row(number, *start);
        for (position, entry) in (1..).zip(table.entries()) {
            if Column::named(&entry.key).is_none() && told.insert(entry.key.as_str()) {
                let key = Here::row(number, entry.span);
                reading.refuse_row(&key, unknown(position, &entry.key));
            }
        }
        if reading.row_of(here, found(table)).is_break() {
            break;
        }
    }
    reading.finish()
}

/// Columns that any row has.
fn given(tables: &[Option<&Table>]) -> Columns {
    let mut given = Columns::default();
    for table in tables.iter().flatten() {
        for column in Column::ALL {
            if table.get(column.name()).is_some() || table.is_unread(column.name()) {
                given.add(column);
            }
        }
    }
    given
}

/// What stands under the columns of a row; what could not be read is said already.
fn found(table: &Table) -> impl Iterator<Item = (Column, Found<'_>)> {
    Column::ALL.into_iter().filter_map(|column| match table.get(column.name()) {
        Some(node) => Some((column, Found { cell: Some(cell(node)), span: node.place.span })),
        None => table.is_unread(column.name()).then_some((column, Found { cell: None, span: None })),
    })
}

fn cell(node: &Node) -> Cell<'_> {
    match &node.value {
        Value::Text(text) => Cell::Text(text),
        Value::Number(number) => Cell::Number(number.value()),
        Value::Date(date) => Cell::Date(*date),
        Value::Flag(_) | Value::List(_) | Value::Table(_) => Cell::Other,
    }
}

/// A problem of the document without anything that is written in a row, at its row counted from 1; none where it says nothing
/// of rows.
fn unseen(problem: &Problem, starts: &[Option<Span>]) -> Option<Problem> {
    let column = column_of(&problem.place.address);
    let fault: Arc<dyn std::error::Error + Send + Sync> = match problem.fault.downcast_ref::<DocumentError>() {
        Some(DocumentError::DuplicateId { .. }) => return None,
        Some(fault) => match without_text(fault, column) {
            Some(unseen) => Arc::new(unseen),
            None => Arc::clone(&problem.fault),
        },
        None => Arc::clone(&problem.fault),
    };
    let (address, span) = (&problem.place.address, problem.place.span);
    let row = starts.partition_point(|start| *start <= span);
    let address = match address.segments().next() {
        Some("observations") if row > 0 && address.segments().nth(1).is_some() => {
            let row = list().child(&row.to_string());
            column.map_or(row.clone(), |column| row.child(column))
        }
        Some("observations") => list(),
        _ => Address::root(),
    };
    Some(Problem { place: Place { address, span }, fault })
}

/// The column that an address of the document leads to.
fn column_of(address: &Address) -> Option<&'static str> {
    let within = address.segments().next() == Some("observations") && address.segments().count() > 2;
    let last = address.segments().last().filter(|_| within)?;
    Column::named(last).map(Column::name)
}

/// The same said of what is written without it, where it stands in the message.
fn without_text(fault: &DocumentError, column: Option<&'static str>) -> Option<ObservationFault> {
    let number = |fault: &dyn Fn(&'static str) -> ObservationFault| column.map_or(ObservationFault::Unreadable, fault);
    Some(match fault {
        DocumentError::TooLarge { .. } | DocumentError::TooMany { .. } => ObservationFault::TooLarge,
        DocumentError::DuplicateKey { .. } => ObservationFault::KeyTwice,
        DocumentError::UnknownKey { .. } => ObservationFault::NotObservations,
        DocumentError::TimeOfDay { .. } | DocumentError::NotADate { .. } => ObservationFault::NoDate { slip: None },
        DocumentError::DayFirst { .. } => ObservationFault::NoDate { slip: Some(Slip::DayFirst) },
        DocumentError::TooManyDigits { .. }
        | DocumentError::NumberTooLarge { .. }
        | DocumentError::NumberTooSmall { .. } => number(&|column| ObservationFault::TooManyDigits { column }),
        DocumentError::NotANumber { .. }
        | DocumentError::NotFinite { .. }
        | DocumentError::NotDecimal { .. }
        | DocumentError::NotWhole { .. }
        | DocumentError::DecimalComma { .. }
        | DocumentError::AmbiguousComma { .. }
        | DocumentError::AmbiguousPoint { .. }
        | DocumentError::MoreThanANumber { .. }
        | DocumentError::Percentage { .. }
        | DocumentError::PartedThousands { .. } => {
            number(&|column| ObservationFault::NoNumber { column, slip: slip(fault) })
        }
        // Words that no row has, and places that rows do not ask for: what is written is told of none.
        DocumentError::DuplicateId { .. }
        | DocumentError::UnknownWord { .. }
        | DocumentError::UnknownAddress { .. }
        | DocumentError::NoParts { .. } => ObservationFault::Unreadable,
        // These say nothing that stands in a row.
        DocumentError::Empty
        | DocumentError::TooDeep
        | DocumentError::NotUtf8 { .. }
        | DocumentError::Archive
        | DocumentError::OldOffice
        | DocumentError::Pdf
        | DocumentError::NoText { .. }
        | DocumentError::AnotherKind { .. }
        | DocumentError::Utf16
        | DocumentError::Syntax { .. }
        | DocumentError::Null
        | DocumentError::WrongKind { .. }
        | DocumentError::Missing { .. } => return None,
    })
}
