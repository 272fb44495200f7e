//! What can go wrong in a settlement of terms and rows that are themselves in order.

use crate::document::DocumentHash;
use crate::number::Fault;
use crate::price::PriceError;
use crate::units::{Currency, Year};
use chrono::NaiveDate;

/// Why something cannot be settled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SettlementFault {
    /// An amount that cannot be worked out.
    #[error(transparent)]
    Amount(#[from] Fault),
    /// A day past the end of the calendar.
    #[error("no calendar has the day {days} days after {from}, on which it would be due")]
    NoSuchDay {
        /// The day of the observation.
        from: NaiveDate,
        /// Days to the payment.
        days: u32,
    },
    /// Something observed after the last day on which it could be reported or paid.
    #[error("{from} comes after the last {what}, {last}: write a later one")]
    NoDayLeft {
        /// What there is none of.
        what: &'static str,
        /// The day from which one is looked for.
        from: NaiveDate,
        /// The last there is.
        last: NaiveDate,
    },
    /// A kept statement that its contract cannot have paid.
    #[error("the kept statement does not fit the contract: {what}")]
    NotOfContract {
        /// What does not fit.
        what: &'static str,
    },
    /// A year that an index has no level of.
    #[error("prices follow `{by}`, which has no level for the line of {date}: {source}")]
    NotIndexed {
        /// The series.
        by: String,
        /// The day of the observation.
        date: NaiveDate,
        /// Why it has none.
        source: PriceError,
    },
    /// A line of no cohort, where prices follow the year of the cohort.
    #[error("prices follow the year of the cohort, and what was seen on {date} is of none")]
    NoCohortYear {
        /// The day of the observation.
        date: NaiveDate,
    },
    /// A year that no price level can have.
    #[error("no index has a level for the year {year}")]
    NoSuchYear {
        /// The year.
        year: i32,
    },
    /// A statement of other terms.
    #[error("the statement is of other terms: their hash is `{theirs}`, that of these `{ours}`")]
    OtherContract {
        /// The hash of the statement's terms.
        theirs: DocumentHash,
        /// The hash of these.
        ours: DocumentHash,
    },
    /// A statement in other money.
    #[error("the statement is in {theirs}, the model in {ours}")]
    OtherCurrency {
        /// The currency of the statement.
        theirs: Currency,
        /// The currency of the model.
        ours: Currency,
    },
    /// A payment outside the years of the model.
    #[error(
        "{year} is not among the years appraised, {first} to {last}, and something is due in it: lengthen `horizon`"
    )]
    NotAppraised {
        /// The year.
        year: Year,
        /// The first year appraised.
        first: Year,
        /// The last.
        last: Year,
    },
}
