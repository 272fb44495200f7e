//! What can be wrong with groups and their weights.
//!
//! One rule: a fault says what to write instead.

use super::fault::or_known;
use rust_decimal::Decimal;

/// Something a document says of groups that cannot be meant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GroupFault {
    /// A size of people nobody has counted.
    #[error("how many people `{holder}` is, is not known: give `share`, or `size` of the holder too")]
    HolderWithoutSize {
        /// The holder.
        holder: String,
    },
    /// A group of a holder that is not people.
    #[error("`{holder}` is not people: groups are parts of the people of a holder of kind `people`")]
    NotPeople {
        /// The holder.
        holder: String,
    },
    /// Groups that are more than their whole.
    #[error(
        "the groups of `{holder}` by `{by}` come to {sum}{}: parts of one whole come to 1 at most; give another `by` to what overlaps",
        of_outcome(outcome.as_deref())
    )]
    MoreThanAll {
        /// The holder.
        holder: String,
        /// What they are divided by.
        by: String,
        /// What their shares add up to.
        sum: Decimal,
        /// The outcome whose `shares` they are, where they are of one.
        outcome: Option<String>,
    },
    /// Groups that are everybody, and not everybody of a single outcome.
    #[error(
        "the groups of `{holder}` by `{by}` are all there are, and come to {sum}{}: nobody is left to have the rest",
        of_outcome(Some(outcome))
    )]
    LessThanAll {
        /// The holder.
        holder: String,
        /// What they are divided by.
        by: String,
        /// What their shares of the outcome add up to.
        sum: Decimal,
        /// The outcome.
        outcome: String,
    },
    /// Incomes along two divisions of the same people.
    #[error("`{holder}` has incomes by `{first}` and by `{second}`: nobody has two, so give them along one")]
    IncomesTwice {
        /// The holder.
        holder: String,
        /// The one.
        first: String,
        /// The other.
        second: String,
    },
    /// A group that the document does not declare.
    #[error("no group has the id `{id}`{}", or_known(nearest.as_deref(), known))]
    UnknownGroup {
        /// The id as written.
        id: String,
        /// The nearest id of a group, where one is near.
        nearest: Option<String>,
        /// The ids of the groups.
        known: Vec<String>,
    },
    /// A group of another holder than the one that is named.
    #[error("`{group}` is a group of `{of}`: name that holder, or leave the group out")]
    OfAnother {
        /// The group.
        group: String,
        /// The holder whose people they are.
        of: String,
    },
    /// Weights without an income to weigh by.
    #[error("no group has an `income`: give `groups` with incomes, or leave `weighting` out")]
    NoIncomes,
}

fn of_outcome(outcome: Option<&str>) -> String {
    outcome.map(|id| format!(" of `{id}`")).unwrap_or_default()
}
