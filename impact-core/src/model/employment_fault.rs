//! What can be wrong with a year in work.

use rust_decimal::Decimal;

/// Something a document says of a year in work that cannot be meant.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum EmploymentFault {
    /// A tax or a benefit of somebody who is no public budget.
    #[error("{levy} goes to a public budget, and `{holder}` is none")]
    NotPublic {
        /// What it is, in words.
        levy: &'static str,
        /// The id of the holder.
        holder: String,
    },
    /// Rates of tax that leave less than nothing.
    #[error("the rates of income tax add up to {sum}: more than all of what is taxed")]
    TaxedAway {
        /// The sum of the rates, at the ends of their distributions.
        sum: Decimal,
    },
    /// A second value of what is produced in the same years.
    #[error(
        "`employment` counts what is produced already, and this counts it a second time: leave it out, limit the two to \
         different destinations, or say by `basis` what else it measures"
    )]
    ProducedTwice,
    /// A benefit of a negative amount.
    #[error("a benefit of a negative amount: write what is no longer paid as a number above zero")]
    NegativeBenefit,
}
