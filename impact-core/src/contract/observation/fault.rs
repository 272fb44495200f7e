//! What can be wrong with a row.
//!
//! One rule: no fault says what is written in a cell: a pseudonym may stand in the wrong column.

use super::CalendarFault;
use crate::address::Address;
use crate::model::terms::Range;
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// How a cell is written, said without what stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Slip {
    /// `20,5`
    DecimalComma,
    /// `1 000`
    PartedThousands,
    /// `40 %`
    Percentage,
    /// `31.12.2025`
    DayFirst,
}

impl Slip {
    fn words(self) -> &'static str {
        match self {
            Self::DecimalComma => ", with a point where it has a comma",
            Self::PartedThousands => ", with nothing between its thousands",
            Self::Percentage => ", and a percentage as a share: 40 % is 0.4",
            Self::DayFirst => ", and not with the day first",
        }
    }
}

/// Something in a row that cannot be meant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ObservationFault {
    /// A row outside the calendar.
    #[error(transparent)]
    Calendar(#[from] CalendarFault),
    /// A metric that the contract does not have.
    #[error(
        "the contract has no such metric: {}",
        nearest.as_ref().map_or_else(|| format!("it has {known}"), |near| format!("did you mean `{near}`?"))
    )]
    UnknownMetric {
        /// The metrics it has, in words.
        known: String,
        /// The nearest id, where one is near.
        nearest: Option<String>,
    },
    /// Something the row needs.
    #[error("`{column}` is missing: {because}")]
    Missing {
        /// The column.
        column: &'static str,
        /// Why it is needed.
        because: &'static str,
    },
    /// Something the row cannot have.
    #[error("`{column}` has no meaning here: {because}")]
    Meaningless {
        /// The column.
        column: &'static str,
        /// Why.
        because: &'static str,
    },
    /// A number outside what it can be.
    #[error("{column} `{value}` is not {expected}")]
    OutOfRange {
        /// The column.
        column: &'static str,
        /// The number.
        value: Decimal,
        /// What it can be.
        expected: &'static str,
    },
    /// A figure that its metric cannot have.
    #[error("`count` is no figure that the metric can have: its `range` is {range}")]
    OutsideRange {
        /// What it can be.
        range: Range,
    },
    /// More people with a result than people.
    #[error("`count` is larger than `of`: more people with the result than people")]
    MoreThanPeople,
    /// The same again.
    #[error("the same observation stands at `{earlier}`: same metric, cohort, group{} and day ({date})", if *claim { ", person" } else { "" })]
    Twice {
        /// The earlier row.
        earlier: Address,
        /// The day.
        date: NaiveDate,
        /// Whether it is a claim of a person.
        claim: bool,
    },
    /// A group that nothing in the contract speaks of.
    #[error("nothing in the contract speaks of this group: it names {known}")]
    UnknownGroup {
        /// The groups it speaks of, in words.
        known: String,
    },
    /// A column that some row needs and no row has.
    #[error("there is no column `{column}`: {because}")]
    NoColumn {
        /// The column.
        column: &'static str,
        /// Why it is needed.
        because: &'static str,
    },
    /// More rows than are read.
    #[error("more than {most} rows: that many are not settled at once")]
    TooMany {
        /// The most.
        most: usize,
    },
    /// A file without a line of column names.
    #[error("the file is empty: its first line names the columns")]
    NoHeader,
    /// A column that a row does not have.
    #[error(
        "column {position} is none that rows have{}",
        nearest.as_ref().map(|near| format!(": did you mean `{near}`?")).unwrap_or_else(|| {
            ": they have `metric`, `date`, `cohort`, `group`, `count`, `of` and `person`".to_owned()
        })
    )]
    UnknownColumn {
        /// Its position, from 1.
        position: usize,
        /// The nearest column, where one is near.
        nearest: Option<String>,
    },
    /// A row of a group on a day on which it is not compared with.
    #[error("the contract does not compare with this group on this day: it does {when}")]
    NotCompared {
        /// When it does, in words.
        when: String,
    },
    /// Results of one cohort before and after its comparison changes.
    #[error(
        "the comparison changes on {on}, and `{earlier}` of the same cohort lies on the other side: a cohort is compared with one group"
    )]
    ComparisonChanged {
        /// The first day of the later comparison.
        on: NaiveDate,
        /// The earlier row.
        earlier: Address,
    },
    /// A column of currencies.
    #[error("column {position} names currencies: amounts are in the contract's, so convert them and leave it out")]
    Currency {
        /// Its position, from 1.
        position: usize,
    },
    /// A column that stands twice.
    #[error("the column `{column}` stands twice")]
    ColumnTwice {
        /// The column.
        column: &'static str,
    },
    /// A line that does not fit its columns.
    #[error("the line has {found} cells, and there are {expected} columns")]
    CellCount {
        /// Cells of the line.
        found: usize,
        /// Columns of the file.
        expected: usize,
    },
    /// A quotation mark that is not closed on its line.
    #[error("a quotation mark opens here and is not closed on the line")]
    OpenQuote,
    /// A cell that is no number.
    #[error("`{column}` is no number: write it as 1234.5{}", slip.map_or("", Slip::words))]
    NoNumber {
        /// The column.
        column: &'static str,
        /// How it is written, where that is plain.
        slip: Option<Slip>,
    },
    /// A text `1.850`, where nothing says what its point is.
    #[error(
        "the point in `{column}` may be a decimal point or part thousands: write 1850 for thousands, 1.8500 for a decimal number"
    )]
    EitherPoint {
        /// The column.
        column: &'static str,
    },
    /// A number of a document that stands under no column.
    #[error("a number here cannot be read: write it as 1234.5, with at most 28 digits")]
    Unreadable,
    /// A number that is not kept exactly.
    #[error("`{column}` has more digits than a number keeps exactly: at most 28")]
    TooManyDigits {
        /// The column.
        column: &'static str,
    },
    /// A cell that is no text.
    #[error("`{column}` is no text: write it in quotation marks")]
    NoText {
        /// The column.
        column: &'static str,
    },
    /// A cell that is no date.
    #[error("`date` is no date: write it as 2024-03-31{}", slip.map_or("", Slip::words))]
    NoDate {
        /// How it is written, where that is plain.
        slip: Option<Slip>,
    },
    /// A key of a document that stands twice in its table.
    #[error("a key is written twice")]
    KeyTwice,
    /// A key of a document beside the rows.
    #[error("a key here is none that observations have: their rows stand under `observations`")]
    NotObservations,
    /// More than a document holds.
    #[error("there is more than a document holds: write the rows as comma-separated values")]
    TooLarge,
}
