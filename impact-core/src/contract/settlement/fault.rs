//! What can go wrong in a settlement of terms and rows that are themselves in order.

use crate::document::DocumentHash;
use crate::number::Fault;
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
    /// A kept statement that its contract cannot have paid.
    #[error("the kept statement does not fit the contract: {what}")]
    NotOfContract {
        /// What does not fit.
        what: &'static str,
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
