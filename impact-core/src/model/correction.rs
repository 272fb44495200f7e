//! Corrections of benefits and costs by the grade of their evidence.
//!
//! One rule: one doubt is counted once. A benefit corrected by its grade has no discounted prior, a cost corrected by its grade no
//! optimism bias, and an interval that allows for the doubt already is not widened.
//!
//! # Formula
//! A benefit loses the share of its grade in every posting of the outcome's values, after index, exchange, growth, conversion and
//! destination and before credit, avoidable share and discounting; a value below zero, a harm, loses nothing. A cost gains the
//! share of its grade in the years after the model's `actuals_to`, where optimism bias would stand. Both shares are switches of
//! the conventions, `conventions.corrections`.

use crate::reference::ConfidenceGrade;
use rust_decimal::Decimal;

/// What a grade takes off a benefit, or lays on a cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct GradeCorrection {
    /// The grade.
    pub grade: ConfidenceGrade,
    /// The share of the benefit or cost.
    pub share: Decimal,
}

/// What allows for weak evidence already, so that no correction does so again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AllowedFor {
    /// The quantity is an effect that was discounted before it was written.
    DiscountedPrior,
    /// The interval of the quantity is wide enough.
    Interval,
}

/// Something a document says of corrections that cannot be meant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CorrectionFault {
    /// A grade without a correction.
    #[error("the conventions have no correction for grade `{grade}`: give `conventions.corrections.{table}.{grade}`")]
    NoCorrection {
        /// The grade.
        grade: ConfidenceGrade,
        /// `benefits` or `costs`.
        table: &'static str,
    },
    /// A benefit that is corrected and discounted.
    #[error(
        "grade `{grade}` corrects this benefit, and the quantity is a discounted prior: the same doubt counts once, so leave out one of them"
    )]
    DoubtedTwice {
        /// The grade.
        grade: ConfidenceGrade,
    },
    /// A cost with a grade and optimism bias.
    #[error("a cost has optimism bias or a correction by its `confidence`, not both: leave out one of them")]
    LaidTwice,
}
