//! What of a contract cannot be foreseen.

use crate::address::Address;
use crate::contract::SettlementFault;
use chrono::NaiveDate;

/// Why no payout can be foreseen.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PayoutFault {
    /// A contract whose document does not say what is the case.
    #[error(
        "the document has no `truth`: write a `[truth]` table of what you suppose happens, with metrics and cohorts, and what it pays can be foreseen"
    )]
    NoTruth,
    /// A metric that something is paid for, of which nothing is said.
    #[error("nothing is said of `{metric}`, on which `{of}` rests: add it to `truth.metrics`")]
    NothingSaid {
        /// The metric.
        metric: String,
        /// The payment, or the estimate.
        of: String,
    },
    /// A cohort without people to compare with.
    #[error("`{estimate}` compares with a group: say how many people of it there are, `compared = 500`")]
    NobodyCompared {
        /// The estimate that compares.
        estimate: String,
        /// The cohort.
        cohort: String,
    },
    /// A pool with a cohort that is not foreseen.
    #[error("`{estimate}` weighs the cohort `{cohort}`, which `truth.cohorts` does not have")]
    CohortNotForeseen {
        /// The pool.
        estimate: String,
        /// The cohort.
        cohort: String,
    },
    /// Terms that depend on single people.
    #[error("{what} is decided person by person, and only counts of people are foreseen")]
    OfSinglePeople {
        /// The payment.
        payment: String,
        /// What the terms say.
        what: &'static str,
    },
    /// A control that changes while a figure is observed.
    #[error("`{estimate}` changes its comparison, and rests on days before and after")]
    ComparisonChanges {
        /// The estimate.
        estimate: String,
    },
    /// Prices that follow an index without a level of the year.
    #[error(
        "the prices of `{payment}` follow `{by}`, which has no level of {year}: write the levels you expect under `indices`"
    )]
    NotIndexed {
        /// The payment.
        payment: String,
        /// The index.
        by: String,
        /// The year.
        year: String,
    },
    /// A payment that no day is left for.
    #[error("`{payment}`: {why}")]
    NeverDue {
        /// The payment.
        payment: String,
        /// Why.
        why: Box<SettlementFault>,
    },
    /// A cohort that is observed when the contract has ended.
    #[error("the cohort `{cohort}` is observed on {date}, and the contract ended early on {on}")]
    Ended {
        /// The cohort.
        cohort: String,
        /// The day.
        date: NaiveDate,
        /// The last day of the contract.
        on: NaiveDate,
    },
    /// A factor for a group, where the truth has none.
    #[error("`{payment}` pays more for some groups by `uplift`, and no groups are foreseen")]
    OfGroups {
        /// The payment.
        payment: String,
    },
}

impl PayoutFault {
    /// Where the document has it, or would have it.
    pub fn address(&self) -> Address {
        let truth = || Address::root().child("truth");
        let terms = |list: &str, id: &str| Address::root().child("contract").child(list).child(id);
        let cohort = |id: &str| truth().child("cohorts").child(id);
        match self {
            Self::NoTruth => truth(),
            Self::NothingSaid { metric, .. } => truth().child("metrics").child(metric),
            Self::NobodyCompared { cohort: id, .. } => cohort(id).child("compared"),
            Self::Ended { cohort: id, .. } => cohort(id),
            Self::CohortNotForeseen { estimate, .. } | Self::ComparisonChanges { estimate } => {
                terms("estimates", estimate)
            }
            Self::OfSinglePeople { payment, .. }
            | Self::NotIndexed { payment, .. }
            | Self::NeverDue { payment, .. }
            | Self::OfGroups { payment } => terms("payments", payment),
        }
    }
}
