//! Break-even: which value of an assumption brings a measure to its target?
//!
//! One rule: the answer is a value that was put back into the document, read and valued there, or "none in range" with the
//! range and what the measure is at its ends.

use super::crossing::{Crossing, crossings};
use super::range::{points, range};
use super::trial::{Trial, Verdict, measure, put, verify};
use super::varied::VariedNumber;
use super::whole::whole_crossings;
use crate::address::Address;
use crate::error::ModelError;
use crate::evaluation::{Basis, OutcomeUnits};
use crate::model::{Marks, Model, Question, QuestionError};
use crate::number::Fault;
use rust_decimal::Decimal;

/// What is asked: the address to be varied, and the measure that must meet a target.
///
/// # Examples
/// ```
/// use impact_core::analysis::BreakEvenQuestion;
/// use impact_core::model::{Measure, Perspective, Question};
/// let asked = BreakEvenQuestion::new(
///     "outcomes.into-work.quantity".parse()?,
///     Question::new(Measure::Npv).seen_by(Perspective::Public),
/// );
/// assert_eq!(asked.to_string(), "npv for public = 0 by outcomes.into-work.quantity");
/// # Ok::<(), impact_core::address::AddressError>(())
/// ```
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct BreakEvenQuestion {
    /// The assumption to be varied.
    pub address: Address,
    /// The measure and perspective.
    pub question: Question,
    /// The value the measure must meet: 0 unless said.
    pub target: Decimal,
    /// The values tried, both ends included; where none are given, those the assumption accepts, out to about a million
    /// times its point value.
    pub range: Option<(Decimal, Decimal)>,
}

/// The answer to a [`BreakEvenQuestion`].
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct BreakEven {
    /// What was asked.
    pub asked: BreakEvenQuestion,
    /// The unit of the assumption in words.
    pub unit: String,
    /// The value the model has now.
    pub current: Decimal,
    /// The lowest and highest value tried.
    pub searched: (Decimal, Decimal),
    /// Where the measure meets its target, lowest first: none, one or several values, a range of values counting as one.
    pub crossings: Vec<Crossing>,
    /// Whether the measure is at its target at every value: the assumption does not matter to it.
    pub everywhere: bool,
    /// The measure at the two ends of the range, where it exists there.
    pub at_ends: (Option<Decimal>, Option<Decimal>),
    /// Whether anything else that moves the measure is illustrative or unverified.
    pub marks: Marks,
    /// The units of each outcome at the first crossing.
    pub outcome_units: Vec<OutcomeUnits>,
}

/// Why a break-even question has no answer at all.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum BreakEvenError {
    /// The measure cannot be asked of this model.
    #[error(transparent)]
    Question(#[from] QuestionError),
    /// The address is not a number of the model, or the model itself cannot be valued.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A share of destinations or of a joint holder: another value would break the rule that they add up.
    #[error("`{address}` cannot be varied by itself: the shares of `{whole}` add up to 1, so vary them together")]
    PartOfWhole {
        /// The assumption.
        address: Address,
        /// The shares that add up.
        whole: Address,
    },
    /// The address stands for a number without a value.
    #[error("`{address}` has no value to start from")]
    NoValue {
        /// The assumption.
        address: Address,
    },
    /// The range is empty, or goes beyond what the assumption accepts.
    #[error(
        "`{address}` cannot be varied from {low} to {high}: it takes {expected}, and the first must be below the last"
    )]
    Range {
        /// The assumption.
        address: Address,
        /// The first value.
        low: Decimal,
        /// The last value.
        high: Decimal,
        /// What it accepts.
        expected: &'static str,
    },
    /// The arithmetic of the search failed.
    #[error("the search for `{address}` failed: {fault}")]
    Arithmetic {
        /// The assumption.
        address: Address,
        /// What went wrong.
        fault: Fault,
    },
}

impl BreakEvenError {
    /// The number that it is about, where it is about one; of a fault of the model none.
    pub fn address(&self) -> Option<&Address> {
        match self {
            Self::PartOfWhole { address, .. }
            | Self::NoValue { address }
            | Self::Range { address, .. }
            | Self::Arithmetic { address, .. } => Some(address),
            Self::Question(_) | Self::Model(_) => None,
        }
    }
}

impl BreakEvenQuestion {
    /// Which value of `address` makes the measure zero?
    pub fn new(address: Address, question: Question) -> Self {
        Self { address, question, target: Decimal::ZERO, range: None }
    }

    /// The same with another target.
    pub fn with_target(self, target: Decimal) -> Self {
        Self { target, ..self }
    }

    /// The same within a range.
    pub fn within(self, low: Decimal, high: Decimal) -> Self {
        Self { range: Some((low, high)), ..self }
    }
}

impl std::fmt::Display for BreakEvenQuestion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} = {} by {}", self.question, self.target, self.address)
    }
}

impl Model {
    /// Which values of an assumption bring a measure to its target.
    ///
    /// Each value answered was put back by [`Model::with`] and valued. Settings that are whole numbers (`horizon`, `lag`,
    /// years) are tried one by one.
    ///
    /// # Errors
    /// An address that is no number of the model, a share of destinations (they only add up together), a holder or outcome
    /// it does not have, a range the assumption does not accept, or a model that cannot be valued. "None in range" is an
    /// answer, not an error.
    pub fn break_even(&self, asked: &BreakEvenQuestion) -> Result<BreakEven, BreakEvenError> {
        let appraisal = self.appraise()?;
        appraisal.answer(&asked.question)?;
        let number = VariedNumber::of(self, &asked.address)?;
        let marks = Basis::of(self, appraisal.ledger().lines(), &asked.question)?.marks(self, number.own);
        let searched = range(asked, &number)?;
        let trial = Trial::quickest(self, asked, &number, &appraisal)?;
        let (crossings, everywhere) = self.verified(asked, &number, searched, trial)?;
        let at = |value: Decimal| measure(&put(self, asked, value)?, &asked.question);
        let first = crossings.first().and_then(|crossing| put(self, asked, crossing.value));
        Ok(BreakEven {
            unit: number.unit,
            current: number.current,
            searched,
            everywhere,
            at_ends: (at(searched.0), at(searched.1)),
            outcome_units: first.map(|appraisal| appraisal.outcome_units().to_vec()).unwrap_or_default(),
            crossings,
            marks,
            asked: asked.clone(),
        })
    }

    /// The crossings a trial finds, where putting them back bears them out; else those that the document itself gives.
    fn verified(
        &self,
        asked: &BreakEvenQuestion,
        number: &VariedNumber,
        searched: (Decimal, Decimal),
        trial: Trial<'_>,
    ) -> Result<(Vec<Crossing>, bool), BreakEvenError> {
        let by_document = matches!(trial, Trial::Document { .. });
        let (found, everywhere) = search(asked, number, searched, trial)?;
        let told = found.iter().map(|crossing| (*crossing, verify(self, asked, crossing)));
        let told: Vec<(Crossing, Verdict)> = told.collect();
        let sound = |(crossing, verdict): &(Crossing, Verdict)| match verdict {
            Verdict::Met => true,
            Verdict::Missed => crossing.jump,
            Verdict::Refused => false,
        };
        if by_document || told.iter().all(sound) {
            let told = told.into_iter().filter(|(_, verdict)| *verdict != Verdict::Refused);
            let honest = |(crossing, verdict): (Crossing, Verdict)| {
                // What comes this close to the target by the finest step, and still misses it, passes it in a jump.
                Crossing { jump: crossing.jump || verdict == Verdict::Missed, ..crossing }
            };
            return Ok((told.map(honest).collect(), everywhere));
        }
        self.verified(asked, number, searched, Trial::document(self, asked))
    }
}

fn search(
    asked: &BreakEvenQuestion,
    number: &VariedNumber,
    searched: (Decimal, Decimal),
    mut trial: Trial<'_>,
) -> Result<(Vec<Crossing>, bool), BreakEvenError> {
    if number.takes.whole.is_some() {
        return Ok(whole_crossings(searched, &mut |value| trial.gap(value)));
    }
    let failed = |fault| BreakEvenError::Arithmetic { address: asked.address.clone(), fault };
    let points = points(searched, number.current).map_err(failed)?;
    let scanned = trial.scan(&points);
    Ok(crossings(scanned, &mut |value| trial.gap(value)))
}
