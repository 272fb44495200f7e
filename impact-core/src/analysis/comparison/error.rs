//! What cannot be compared, and why.

use crate::error::ModelError;
use crate::evaluation::Absence;
use crate::model::QuestionError;
use crate::number::Fault;
use crate::reference::IndexError;
use crate::units::Label;

/// Why models cannot be set side by side at all.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ComparisonError {
    /// Too few, or too many.
    #[error("compare at least two models and at most {most}: the number given is {found}")]
    Count {
        /// How many there are.
        found: usize,
        /// How many there may be.
        most: usize,
    },
    /// Conventions that are not known, or that the document does not hold together under.
    #[error("conventions {at}: {source}")]
    Conventions {
        /// Their position among those given, from 1.
        at: usize,
        /// What is wrong.
        source: ModelError,
    },
    /// A base that cannot be valued: nothing can differ from it.
    #[error("the base {source}")]
    Base {
        /// Why.
        source: NotComparable,
    },
    /// A question that none of the models can be asked.
    #[error(transparent)]
    Question(#[from] QuestionError),
    /// Money of several currencies, and nothing said of what carries one to the other.
    #[error(
        "model {at} is in {from}: say by which `exchange` it is carried to {to}, `market` (what is paid) or `purchasing-power` (what it buys)"
    )]
    ExchangeNotSaid {
        /// Its position, from 1.
        at: usize,
        /// Its currency.
        from: String,
        /// The common currency.
        to: String,
    },
    /// A currency shared by several countries, of whose prices none is said.
    #[error(
        "`{currency}` is the money of several countries or of none known here: compare by `purchasing-power` only into the money of one of the models"
    )]
    WhosePrices {
        /// The currency.
        currency: String,
    },
    /// A model whose money cannot be carried to the common money.
    #[error("model {at} cannot be carried to {to}: {source}")]
    Carried {
        /// Its position, from 1.
        at: usize,
        /// The common money.
        to: String,
        /// Why.
        source: IndexError,
    },
    /// A factor that no decimal holds.
    #[error(transparent)]
    Arithmetic(#[from] Fault),
}

/// Why a figure does not stand on one line with the base's.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NotComparable {
    /// A model without the holder or the outcome.
    #[error(transparent)]
    Question(#[from] QuestionError),
    /// A model that cannot be valued.
    #[error("cannot be valued: {0}")]
    NotValued(ModelError),
    /// A model without the figure.
    #[error(transparent)]
    Absent(#[from] Absence),
    /// A figure counted in something else.
    #[error(
        "it is counted in {found}, and the base in {expected}: carry both to one currency and price year, and give both one `present_value_year`"
    )]
    Unlike {
        /// What it is counted in.
        found: String,
        /// What the base is counted in.
        expected: String,
    },
}

impl NotComparable {
    /// The reason as a sentence in the languages of the reports.
    pub fn label(&self) -> Label {
        match self {
            Self::Question(error) => {
                let nb = match error {
                    QuestionError::UnknownHolder { id, .. } => format!("modellen har ingen `{id}`"),
                    QuestionError::UnknownOutcome { id, .. } => format!("modellen har ikke virkningen `{id}`"),
                    QuestionError::UnknownMeasure { name } => format!("`{name}` er ikke noe mål"),
                };
                Label::both(error.to_string(), nb)
            }
            Self::NotValued(error) => Label::both(self.to_string(), format!("kan ikke verdsettes: {error}")),
            Self::Absent(absence) => absence.label(),
            Self::Unlike { found, expected } => Label::both(
                self.to_string(),
                format!(
                    "den er i {found}, og grunnlaget i {expected}: regn begge om til én valuta og ett prisår, og gi begge samme \
                     `present_value_year`"
                ),
            ),
        }
    }
}
