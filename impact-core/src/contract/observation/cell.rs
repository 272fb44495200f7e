//! Cells: what stands under a column of a row, and what the column makes of it.
//!
//! One rule: a cell is read exactly or refused; what stands in it is never told.

use super::{ObservationFault, Slip};
use crate::document::{DocumentError, NumberText, is_point_ambiguous};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// What stands under a column of a row.
///
/// # Examples
/// ```
/// use impact_core::contract::Cell;
/// assert!(Cell::from("  ").is_empty());
/// ```
#[derive(Clone, Copy)]
pub enum Cell<'t> {
    /// A text, of which every column reads its own kind of value; an empty one is nothing.
    Text(&'t str),
    /// A number.
    Number(Decimal),
    /// A date.
    Date(NaiveDate),
    /// Something that no column holds: true or false, a list, a time of day.
    Other,
}

impl<'t> From<&'t str> for Cell<'t> {
    fn from(text: &'t str) -> Self {
        Self::Text(text)
    }
}

impl<'t> Cell<'t> {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }

    pub(super) fn text(self, column: Column) -> Result<&'t str, ObservationFault> {
        match self {
            Self::Text(text) => Ok(text),
            _ => Err(ObservationFault::NoText { column: column.name() }),
        }
    }

    pub(super) fn date(self) -> Result<NaiveDate, ObservationFault> {
        match self {
            Self::Date(date) => Ok(date),
            Self::Text(text) => crate::document::iso_date(text.trim()).ok_or_else(|| no_date(text)),
            Self::Number(_) | Self::Other => Err(ObservationFault::NoDate { slip: None }),
        }
    }

    /// Why a text under a column of numbers could be two of them: `1.850`.
    pub(super) fn refuses_point(self, column: Column) -> Option<ObservationFault> {
        let of_numbers = matches!(column, Column::Count | Column::Of);
        let either = of_numbers && matches!(self, Self::Text(text) if is_point_ambiguous(text));
        either.then(|| ObservationFault::EitherPoint { column: column.name() })
    }

    pub(super) fn number(self, column: Column) -> Result<Decimal, ObservationFault> {
        let column = column.name();
        let no_number = |slip| Err(ObservationFault::NoNumber { column, slip });
        match self {
            Self::Number(number) => Ok(number),
            // What parts digits in TOML is a slip in a table.
            Self::Text(text) if !text.contains('_') => match text.trim().parse::<NumberText>() {
                Ok(number) => Ok(number.value()),
                Err(fault) if is_size(&fault) => Err(ObservationFault::TooManyDigits { column }),
                Err(fault) => no_number(slip(&fault)),
            },
            _ => no_number(None),
        }
    }
}

/// What is wrong with a text that is no date.
pub(super) fn no_date(text: &str) -> ObservationFault {
    let parts: Vec<&str> = text.trim().split(['.', '/', '-']).collect();
    let digits = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let day_first = matches!(parts[..], [day, month, year]
        if (1..=2).contains(&day.len()) && (1..=2).contains(&month.len()) && matches!(year.len(), 2 | 4))
        && parts.iter().all(digits);
    ObservationFault::NoDate { slip: day_first.then_some(Slip::DayFirst) }
}

/// How what is no number is written, where that is plain.
pub(super) fn slip(fault: &DocumentError) -> Option<Slip> {
    match fault {
        DocumentError::DecimalComma { .. } | DocumentError::AmbiguousComma { .. } => Some(Slip::DecimalComma),
        DocumentError::PartedThousands { .. } => Some(Slip::PartedThousands),
        DocumentError::Percentage { .. } => Some(Slip::Percentage),
        _ => None,
    }
}

/// Whether a number is one, and only too long or too large to be kept.
pub(super) fn is_size(fault: &DocumentError) -> bool {
    matches!(
        fault,
        DocumentError::TooManyDigits { .. }
            | DocumentError::NumberTooLarge { .. }
            | DocumentError::NumberTooSmall { .. }
    )
}

/// The columns of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Metric,
    Date,
    Cohort,
    Group,
    Count,
    Of,
    Person,
}

impl Column {
    pub const ALL: [Self; 7] =
        [Self::Metric, Self::Date, Self::Cohort, Self::Group, Self::Count, Self::Of, Self::Person];

    pub fn name(self) -> &'static str {
        match self {
            Self::Metric => "metric",
            Self::Date => "date",
            Self::Cohort => "cohort",
            Self::Group => "group",
            Self::Count => "count",
            Self::Of => "of",
            Self::Person => "person",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.name() == name)
    }
}

/// Some of the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Columns(u8);

impl Columns {
    pub const EVERY: Self = Self(u8::MAX);

    pub fn has(self, column: Column) -> bool {
        self.0 & Self::bit(column) != 0
    }

    /// Adds one; whether it was not among them.
    pub fn add(&mut self, column: Column) -> bool {
        let new = !self.has(column);
        self.0 |= Self::bit(column);
        new
    }

    fn bit(column: Column) -> u8 {
        1 << column as u8
    }
}
