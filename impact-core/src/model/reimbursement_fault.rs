//! What can be wrong with reimbursements.
//!
//! One rule: a fault says what to write instead.

use super::fault::or_known;
use crate::units::{Unit, Year};
use chrono::NaiveDate;

/// Something a document says of a reimbursement that cannot be meant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReimbursementFault {
    /// Nothing that could be paid back.
    #[error("`{address}` is no cost, transfer or value of an outcome{}", or_known(nearest.as_deref(), &[]))]
    UnknownCause {
        /// The address as written.
        address: String,
        /// The nearest address of one, where one is near.
        nearest: Option<String>,
    },
    /// Nothing at all.
    #[error("`of` is empty: say which cost, transfer or value is paid back")]
    OfNothing,
    /// One address twice.
    #[error("`{address}` is listed twice")]
    OfTwice {
        /// The address.
        address: String,
    },
    /// A value that is no money of a budget.
    #[error("`{address}` is no fiscal value: only money is paid back")]
    NotFiscal {
        /// The address.
        address: String,
    },
    /// Two ends that may both be meant.
    #[error("say with `to` who is paid back for `{address}`: `{gains}`, who gains by it, or `{loses}`, who loses")]
    WhoMissing {
        /// The address.
        address: String,
        /// Who gains.
        gains: String,
        /// Who loses.
        loses: String,
    },
    /// Somebody without a part in it.
    #[error("`{holder}` has no part in `{address}`: who is paid back is {ends}")]
    NoPart {
        /// The holder.
        holder: String,
        /// The address.
        address: String,
        /// Who may be paid back.
        ends: String,
    },
    /// Somebody who would pay to itself.
    #[error("`{holder}` pays back and is paid back for `{address}`: money has to change hands")]
    PaysItself {
        /// The holder.
        holder: String,
        /// The address.
        address: String,
    },
    /// Days a year of something that has no year.
    #[error("`days_used` is missing: `{address}` is of an event, so say on how many days of a year one {unit} is used")]
    DaysUsedMissing {
        /// The address of the value.
        address: String,
        /// The unit of the outcome.
        unit: Unit,
    },
    /// A last day before the first.
    #[error("the first day {first} is after the last day {last}")]
    DaysReversed {
        /// The first day.
        first: NaiveDate,
        /// The last day.
        last: NaiveDate,
    },
    /// Years of a phase-in with a gap.
    #[error("`phase_in` leaves out {year}: give the share of each year from the first to the last")]
    PhaseGap {
        /// The year.
        year: Year,
    },
    /// A phase-in without years.
    #[error("`phase_in` is empty: give the share of some years, such as `{{ 2024 = 0.25, 2025 = 0.5 }}`")]
    NoPhases,
    /// More than the whole.
    #[error("with other reimbursements more than the whole of `{address}` is paid back in {year}")]
    MoreThanWhole {
        /// The address of what is paid back.
        address: String,
        /// The first such year.
        year: Year,
    },
}
