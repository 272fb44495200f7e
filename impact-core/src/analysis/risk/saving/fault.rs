//! Why a payment cannot be held against a saving.

use crate::analysis::risk::RiskError;
use crate::error::ModelError;
use crate::evaluation::Absence;
use crate::units::Label;

/// Why a payment cannot be held against a saving.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SavingError {
    /// A model without a contract.
    #[error("the model has no `contract`: there is no payment to hold against a saving")]
    NoContract,
    /// A contract that pays for nothing that the model values.
    #[error(
        "no metric of the truth has an `outcome` of the model: say which outcome each pays for, and its saving can be told"
    )]
    NoOutcome,
    /// A metric that counts nothing.
    #[error(
        "`{metric}` is a reported figure and no number of units of `{outcome}`: what a unit saves cannot be told of it"
    )]
    Reported {
        /// The metric.
        metric: String,
        /// The outcome it names.
        outcome: String,
    },
    /// A metric that counts money, of an outcome that is counted in something else.
    #[error(
        "`{metric}` is an amount of money and no number of units of `{outcome}`: what a unit saves cannot be told of it"
    )]
    Money {
        /// The metric.
        metric: String,
        /// The outcome it names.
        outcome: String,
    },
    /// An outcome without units.
    #[error(
        "`{outcome}` has no units in the model, so what one of them saves cannot be told: give it a `quantity` above zero"
    )]
    NoUnits {
        /// The outcome.
        outcome: String,
    },
    /// What the contract may pay cannot be told.
    #[error(transparent)]
    Risk(#[from] RiskError),
    /// The model cannot be valued.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// What is saved has no value in money of its year.
    #[error(transparent)]
    Absent(#[from] Absence),
}

impl SavingError {
    /// The reason as a sentence in the languages of the reports, where it is no mistake in a document or a question.
    ///
    /// # Examples
    /// ```
    /// use impact_core::analysis::risk::SavingError;
    /// let label = SavingError::NoUnits { outcome: "into-work".to_owned() }.label().ok_or("a reason")?;
    /// assert!(label.nb.is_some_and(|nb| nb.starts_with("`into-work` har ingen enheter i modellen")));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn label(&self) -> Option<Label> {
        let nb = match self {
            Self::NoContract => "modellen har ingen `contract`: det finnes ingen betaling å holde opp mot en besparelse".to_owned(),
            Self::NoOutcome => "ingen av resultatmålene i `truth` har en `outcome` i modellen: si hvilken virkning hver av dem gjelder, så kan besparelsen vises"
                .to_owned(),
            Self::Reported { metric, outcome } => format!(
                "`{metric}` er et rapportert tall og ikke et antall enheter av `{outcome}`, så hva en enhet sparer, kan ikke utledes av det"
            ),
            Self::Money { metric, outcome } => format!(
                "`{metric}` er et beløp og ikke et antall enheter av `{outcome}`, så hva en enhet sparer, kan ikke utledes av det"
            ),
            Self::NoUnits { outcome } => format!(
                "`{outcome}` har ingen enheter i modellen, så hva én av dem sparer, kan ikke vises: gi den en `quantity` over null"
            ),
            Self::Absent(absence) => return Some(absence.label()),
            Self::Risk(_) | Self::Model(_) => return None,
        };
        Some(Label::both(self.to_string(), nb))
    }
}
