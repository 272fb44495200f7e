//! Refusals: why a question about a simulation has no answer.
//!
//! One rule: a question that does not fit the draws is refused with what would fit.

use super::draws::DrawsError;
use crate::address::Address;
use crate::evaluation::KernelError;
use crate::model::QuestionError;
use crate::simulation::{Cancelled, NotSimulated, PointsError, SimulationError, SummaryError, kept_draws};

/// Why influence, or the value of information, cannot be had from a simulation.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SensitivityError {
    /// A measure that was not among those simulated.
    #[error(transparent)]
    NotSimulated(#[from] NotSimulated),
    /// The model cannot be simulated, or the caller ended it.
    #[error(transparent)]
    Simulation(#[from] SimulationError),
    /// An address that is not uncertain.
    #[error(transparent)]
    Points(#[from] PointsError),
    /// The draws have no answer.
    #[error(transparent)]
    Draws(#[from] DrawsError),
    /// The figure has no such answer.
    #[error(transparent)]
    Summary(#[from] SummaryError),
    /// Too many draws for each of them to be kept.
    #[error("the {draws} draws of this simulation are not kept: ask one of at most {most} draws{}", fewer(.measures))]
    NotKept {
        /// Draws of the simulation.
        draws: u64,
        /// The most that are kept of so many measures.
        most: u64,
        /// Its measures.
        measures: usize,
    },
    /// Nothing is uncertain.
    #[error("no number of this model is uncertain: there is nothing to learn and no spread to explain")]
    NothingUncertain,
    /// A measure by which options cannot be compared with doing nothing.
    #[error("no decision rests on `{question}`: it {reason}; ask `npv` or `equivalent_annual_value`")]
    NoDecision {
        /// The measure and perspective.
        question: String,
        /// What it is instead.
        reason: &'static str,
    },
    /// Options that were not drawn together.
    #[error("option {option} was simulated with another {what}: options share seed, points and number of draws")]
    DrawnApart {
        /// Its position among those given, from 1.
        option: usize,
        /// What differs.
        what: &'static str,
    },
    /// Options whose net benefits are not in the same money.
    #[error("option {option} is in other money: options share currency, price year and present-value year")]
    OtherMoney {
        /// Its position among those given, from 1.
        option: usize,
    },
    /// A group that holds some of the members of a correlation, and not all.
    #[error(
        "`{inside}` and `{outside}` are tied by `{correlation}`, so neither can be changed alone: put both in the same group"
    )]
    Tied {
        /// Where the correlation stands in the document.
        correlation: Address,
        /// A member in the group.
        inside: Address,
        /// A member outside.
        outside: Address,
    },
}

fn fewer(measures: &usize) -> String {
    if *measures > 1 { format!(", or of fewer than its {measures} measures") } else { String::new() }
}

impl SensitivityError {
    /// That so many draws of so many measures are kept one by one.
    ///
    /// # Errors
    /// More than are kept.
    ///
    /// # Examples
    /// ```
    /// use impact_core::analysis::SensitivityError;
    /// assert!(SensitivityError::unless_kept(10_000_000, 1).is_ok());
    /// let refused = SensitivityError::unless_kept(10_000_000, 6).unwrap_err().to_string();
    /// assert!(refused.ends_with("ask one of at most 5000000 draws, or of fewer than its 6 measures"));
    /// ```
    pub fn unless_kept(draws: u64, measures: usize) -> Result<(), Self> {
        let most = kept_draws(measures);
        if draws <= most { Ok(()) } else { Err(Self::NotKept { draws, most, measures }) }
    }
}

impl From<Cancelled> for SensitivityError {
    fn from(cancelled: Cancelled) -> Self {
        Self::Simulation(cancelled.into())
    }
}

impl From<KernelError> for SensitivityError {
    fn from(error: KernelError) -> Self {
        Self::Simulation(error.into())
    }
}

impl From<QuestionError> for SensitivityError {
    fn from(error: QuestionError) -> Self {
        Self::Simulation(error.into())
    }
}
