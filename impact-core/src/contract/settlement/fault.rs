//! What can go wrong in a settlement of terms and rows that are themselves in order.

use crate::document::DocumentHash;
use crate::number::Fault;
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
    /// A statement of other terms.
    #[error("the earlier statement is of other terms: their hash is `{earlier}`, that of these `{now}`")]
    OtherContract {
        /// The hash of the earlier statement's terms.
        earlier: DocumentHash,
        /// The hash of this one's.
        now: DocumentHash,
    },
}
