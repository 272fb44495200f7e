//! Why cash flows cannot be carried out.

use crate::number::Fault;
use crate::units::written::Amount;
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// Something that has to be paid and cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FundingFault {
    /// The account has less than has to be paid. Each amount that lacks supposes that those before it were found.
    #[error("on {date} {} has to be paid and {} is lacking: nothing more can be drawn", Amount(*needed), Amount(*lacking))]
    Lacking {
        /// When.
        date: NaiveDate,
        /// What has to be paid.
        needed: Decimal,
        /// What lacks.
        lacking: Decimal,
    },
    /// Several figures of one day where one decides.
    #[error(
        "on {date} `{payment}` has {figures} figures, and one decides: pool the cohorts in an estimate, or pay it `per = \"contract\"`"
    )]
    Ambiguous {
        /// When.
        date: NaiveDate,
        /// The payment whose figure decides.
        payment: String,
        /// How many different figures it has on that day.
        figures: usize,
    },
    /// A statement of something else.
    #[error("the statement settles another contract: its terms differ")]
    OtherContract,
    /// An amount that no number holds.
    #[error(transparent)]
    TooLarge(#[from] Fault),
}
