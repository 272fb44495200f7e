//! Answers to break-even questions: as a row, and in a sentence.

use super::sentence::sentence;
use crate::address::Address;
use crate::analysis::{BreakEven, BreakEvenError, BreakEvenQuestion};
use crate::evaluation::OutcomeUnits;
use crate::model::{Marks, Measure, Model, NamedQuestion, Perspective};
use crate::units::Label;
use rust_decimal::Decimal;

/// How many values bring the measure to its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerStatus {
    /// One.
    Unique,
    /// Several, or a range of them.
    Several,
    /// None in the range.
    None,
    /// Every value: the assumption does not matter to the measure.
    Everywhere,
}

/// The answer to a break-even question, ready to be shown.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct AnswerReport {
    /// The id of the question in the document, where it stands there.
    pub id: Option<String>,
    /// The assumption that is varied.
    pub address: Address,
    /// The measure.
    pub measure: Measure,
    /// Whose.
    pub holder: Perspective,
    /// Of which outcome, for cost per outcome.
    pub outcome: Option<String>,
    /// The value the measure must meet.
    pub target: Decimal,
    /// The unit of the assumption in words.
    pub unit: String,
    /// The value the model has now.
    pub current: Decimal,
    /// How many values there are.
    pub status: AnswerStatus,
    /// The values, the lowest first.
    pub values: Vec<Decimal>,
    /// For each value, where the range that it opens ends, all of which meets the target; none for a value that stands alone.
    pub range_ends: Vec<Option<Decimal>>,
    /// For each value, whether the measure jumps over the target there instead of meeting it.
    pub jumps: Vec<bool>,
    /// Whether the measure is at its target at every value.
    pub everywhere: bool,
    /// The lowest and highest value tried.
    pub searched: (Decimal, Decimal),
    /// The measure at those two, where it exists there.
    pub at_ends: (Option<Decimal>, Option<Decimal>),
    /// Whether anything else that moves the measure is illustrative or unverified.
    #[serde(flatten)]
    pub marks: Marks,
    /// The units of each outcome at the first value.
    pub outcome_units: Vec<OutcomeUnits>,
    /// The answer in a sentence.
    pub sentence: Label,
}

impl AnswerReport {
    /// The answer of a model; `id` where the question stands in its document.
    pub fn of(model: &Model, id: Option<&str>, answer: BreakEven) -> Self {
        let status = match (answer.everywhere, answer.crossings.as_slice()) {
            (true, _) => AnswerStatus::Everywhere,
            (false, []) => AnswerStatus::None,
            (false, [alone]) if alone.to.is_none() => AnswerStatus::Unique,
            (false, _) => AnswerStatus::Several,
        };
        let sentence = sentence(model, status, &answer);
        Self {
            id: id.map(str::to_owned),
            measure: answer.asked.question.measure,
            holder: answer.asked.question.perspective,
            outcome: answer.asked.question.outcome,
            address: answer.asked.address,
            target: answer.asked.target,
            unit: answer.unit,
            current: answer.current,
            status,
            values: answer.crossings.iter().map(|crossing| crossing.value).collect(),
            range_ends: answer.crossings.iter().map(|crossing| crossing.to).collect(),
            jumps: answer.crossings.iter().map(|crossing| crossing.jump).collect(),
            everywhere: answer.everywhere,
            searched: answer.searched,
            at_ends: answer.at_ends,
            marks: answer.marks,
            outcome_units: answer.outcome_units,
            sentence,
        }
    }
}

/// Why a question of the document has no answer.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum AnswerError {
    /// The document asks no such question.
    #[error("the model asks no question `{id}`: {}", known_questions(known))]
    Unknown {
        /// The id as given.
        id: String,
        /// The questions of the model.
        known: Vec<String>,
    },
    /// The question itself has no answer.
    #[error(transparent)]
    Search(#[from] BreakEvenError),
}

fn known_questions(known: &[String]) -> String {
    if known.is_empty() { "it asks none".to_owned() } else { format!("choose among {}", known.join(", ")) }
}

impl Model {
    /// The answers to the break-even questions the document asks of itself, in their order.
    ///
    /// # Errors
    /// A search whose arithmetic failed, or a model that cannot be valued.
    pub fn answers(&self) -> Result<Vec<AnswerReport>, BreakEvenError> {
        self.questions().iter().map(|named| self.answer_to(named)).collect()
    }

    /// The answer to one break-even question of the document, by its id.
    ///
    /// # Errors
    /// As [`Model::answers`]; a question the document does not ask.
    pub fn answer(&self, id: &str) -> Result<AnswerReport, AnswerError> {
        let Some(named) = self.questions().iter().find(|named| named.id == id) else {
            let known = self.questions().iter().map(|named| named.id.clone()).collect();
            return Err(AnswerError::Unknown { id: id.to_owned(), known });
        };
        Ok(self.answer_to(named)?)
    }

    fn answer_to(&self, named: &NamedQuestion) -> Result<AnswerReport, BreakEvenError> {
        let asked = BreakEvenQuestion::new(named.break_even.clone(), named.question.clone());
        let answer = self.break_even(&asked.with_target(named.target))?;
        Ok(AnswerReport::of(self, Some(&named.id), answer))
    }
}
