//! Answers to break-even questions: as a row, and in a sentence.

use super::names::{holder_name, measure_name};
use super::written::readable;
use crate::address::Address;
use crate::analysis::{BreakEven, BreakEvenError, BreakEvenQuestion};
use crate::evaluation::OutcomeUnits;
use crate::model::{Marks, Measure, Model, NamedQuestion, Perspective};
use crate::units::{Label, Language};
use rust_decimal::Decimal;

/// How many values bring the measure to its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerStatus {
    /// One.
    Unique,
    /// Several.
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
        let status = match (answer.everywhere, answer.crossings.len()) {
            (true, _) => AnswerStatus::Everywhere,
            (false, 0) => AnswerStatus::None,
            (false, 1) => AnswerStatus::Unique,
            (false, _) => AnswerStatus::Several,
        };
        let sentence = |language| sentence(model, status, &answer, language);
        let sentence = Label::both(sentence(Language::English), sentence(Language::Bokmal));
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

fn sentence(model: &Model, status: AnswerStatus, answer: &BreakEven, language: Language) -> String {
    let question = &answer.asked.question;
    let number = |value: Decimal| readable(value, language);
    let measure = measure_name(question.measure);
    let holder = holder_name(model, &question.perspective);
    let subject = match language {
        Language::English => format!("{} for {}", measure.en, holder.en),
        Language::Bokmal => format!("{} for {}", measure.text(language), holder.text(language)),
    };
    let (target, address) = (number(answer.asked.target), &answer.asked.address);
    let (low, high) = (number(answer.searched.0), number(answer.searched.1));
    let unit = &answer.unit;
    let now = number(answer.current);
    let jump = answer.crossings.iter().any(|crossing| crossing.jump);
    let values = listed(answer.crossings.iter().map(|crossing| number(crossing.value)).collect(), language);
    match (language, status) {
        (Language::English, AnswerStatus::Unique | AnswerStatus::Several) => {
            let meets = if jump { "crosses" } else { "is" };
            format!("{subject} {meets} {target} where `{address}` is {values} ({unit}); the model has {now}")
                + &units(answer, language)
        }
        (Language::Bokmal, AnswerStatus::Unique | AnswerStatus::Several) => {
            let meets = if jump { "passerer" } else { "er" };
            format!("{subject} {meets} {target} der `{address}` er {values} ({unit}); modellen har {now}")
                + &units(answer, language)
        }
        (Language::English, AnswerStatus::None) => {
            let ends = ends(answer, language, "no value");
            format!(
                "{subject} is not {target} for any `{address}` from {low} to {high} ({unit}); at these ends it is {ends}"
            )
        }
        (Language::Bokmal, AnswerStatus::None) => {
            let ends = ends(answer, language, "uten verdi");
            format!(
                "{subject} er ikke {target} for noen `{address}` fra {low} til {high} ({unit}); i endene er verdien {ends}"
            )
        }
        (Language::English, AnswerStatus::Everywhere) => {
            format!("{subject} is {target} whatever `{address}` is: it does not depend on it")
        }
        (Language::Bokmal, AnswerStatus::Everywhere) => {
            format!("{subject} er {target} uansett hva `{address}` er, og avhenger ikke av den")
        }
    }
}

fn ends(answer: &BreakEven, language: Language, none: &str) -> String {
    let end = |value: Option<Decimal>| value.map_or_else(|| none.to_owned(), |value| readable(value, language));
    listed(vec![end(answer.at_ends.0), end(answer.at_ends.1)], language)
}

/// What accrues at the first value: person-years and recipient-years kept apart.
fn units(answer: &BreakEven, language: Language) -> String {
    let mut text = String::new();
    let several = answer.crossings.len() > 1;
    for (position, outcome) in answer.outcome_units.iter().enumerate() {
        text.push_str(match (position, language, several) {
            (0, Language::English, false) => ". That is ",
            (0, Language::English, true) => ". The first is ",
            (0, Language::Bokmal, false) => ". Det er ",
            (0, Language::Bokmal, true) => ". Den første er ",
            _ => "; ",
        });
        let number = |value| readable(value, language);
        let (outcome_id, unit) = (&outcome.outcome, &outcome.accrued_unit);
        text.push_str(&match language {
            Language::English => format!("{} {unit} of `{outcome_id}` in all", number(outcome.accrued)),
            Language::Bokmal => format!("{} {unit} av `{outcome_id}` i alt", number(outcome.accrued)),
        });
        for priced in &outcome.in_price_units {
            let (value, unit) = (&priced.value, &priced.unit);
            text.push_str(&match language {
                Language::English => format!(", counted as {} {unit} by the price of `{value}`", number(priced.units)),
                Language::Bokmal => format!(", telt som {} {unit} av prisen på `{value}`", number(priced.units)),
            });
        }
    }
    text
}

/// `a`, `a and b`, `a, b and c`.
fn listed(mut items: Vec<String>, language: Language) -> String {
    let and = match language {
        Language::English => "and",
        Language::Bokmal => "og",
    };
    let Some(last) = items.pop() else { return String::new() };
    if items.is_empty() { last } else { format!("{} {and} {last}", items.join(", ")) }
}
