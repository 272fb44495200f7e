//! The sentence that answers a break-even question.
//!
//! One rule: person-years and recipient-years are both said, and never added.

use super::answer::AnswerStatus;
use super::names::{holder_name, measure_name, number_name, owner_name};
use crate::analysis::{BreakEven, Crossing};
use crate::evaluation::OutcomeUnits;
use crate::model::Model;
use crate::units::written::readable;
use crate::units::{Label, Language, unit_name};
use rust_decimal::Decimal;

/// The answer in both languages.
pub(super) fn sentence(model: &Model, status: AnswerStatus, answer: &BreakEven) -> Label {
    let said = |language| Sentence { model, status, answer, language }.text();
    Label::both(said(Language::English), said(Language::Bokmal))
}

/// An answer to be said in a language.
struct Sentence<'a> {
    model: &'a Model,
    status: AnswerStatus,
    answer: &'a BreakEven,
    language: Language,
}

impl Sentence<'_> {
    fn text(&self) -> String {
        let (subject, target, what) = (self.subject(), self.number(self.answer.asked.target), self.what());
        let unit = unit_name(&self.answer.unit);
        let unit = unit.text(self.language);
        match (self.language, self.status) {
            (_, AnswerStatus::Unique | AnswerStatus::Several) => self.found(&subject, &target, &what, unit),
            (Language::English, AnswerStatus::None) => {
                let (from, to, ends) = self.range("no value");
                format!(
                    "{subject} is not {target} for any {what} from {from} to {to} {unit}: at these ends it is {ends}"
                )
            }
            (Language::Bokmal, AnswerStatus::None) => {
                let (from, to, ends) = self.range("uten verdi");
                format!(
                    "{subject} blir ikke {target} for noe {what} fra {from} til {to} {unit}: i endene er verdien {ends}"
                )
            }
            (Language::English, AnswerStatus::Everywhere) => {
                format!("{subject} is {target} whatever the {what}: it does not depend on it")
            }
            (Language::Bokmal, AnswerStatus::Everywhere) => {
                format!("{subject} er {target} uansett {what}: den avhenger ikke av det")
            }
        }
    }

    fn found(&self, subject: &str, target: &str, what: &str, unit: &str) -> String {
        let jump = self.answer.crossings.iter().any(|crossing| crossing.jump);
        let values = self.answer.crossings.iter().map(|crossing| self.crossing(crossing)).collect();
        let (values, now) = (self.listed(values), self.number(self.answer.current));
        let units = self.units();
        match self.language {
            Language::English => {
                let meets = if jump { "crosses" } else { "is" };
                format!("{subject} {meets} {target} where {what} is {values} {unit}; the model has {now}{units}")
            }
            Language::Bokmal => {
                let meets = if jump { "passerer" } else { "er" };
                format!("{subject} {meets} {target} der {what} er {values} {unit}; modellen har {now}{units}")
            }
        }
    }

    /// A value, or both ends of a range of values.
    fn crossing(&self, crossing: &Crossing) -> String {
        let from = self.number(crossing.value);
        match (self.language, crossing.to) {
            (_, None) => from,
            (Language::English, Some(to)) => format!("anything from {from} to {}", self.number(to)),
            (Language::Bokmal, Some(to)) => format!("hva som helst fra {from} til {}", self.number(to)),
        }
    }

    fn subject(&self) -> String {
        let question = &self.answer.asked.question;
        let (measure, holder) = (measure_name(question.measure), holder_name(self.model, &question.perspective));
        let (measure, holder) = (measure.text(self.language), holder.text(self.language));
        let outcome = question.outcome.as_ref().map(|outcome| self.outcome(outcome));
        match (self.language, outcome) {
            (_, None) => format!("{measure} for {holder}"),
            (Language::English, Some(outcome)) => format!("{measure} of {outcome} for {holder}"),
            (Language::Bokmal, Some(outcome)) => format!("{measure} av {outcome} for {holder}"),
        }
    }

    fn what(&self) -> String {
        number_name(self.model, &self.answer.asked.address).text(self.language).to_owned()
    }

    fn outcome(&self, id: &str) -> String {
        let found = self.model.outcomes().iter().find(|outcome| outcome.id == id);
        found.map_or_else(|| id.to_owned(), |outcome| outcome.name.text(self.language).to_owned())
    }

    fn number(&self, value: Decimal) -> String {
        readable(value, self.language)
    }

    /// The range that was searched, and the measure at its ends.
    fn range(&self, none: &str) -> (String, String, String) {
        let end = |value: Option<Decimal>| value.map_or_else(|| none.to_owned(), |value| self.number(value));
        let (low, high) = self.answer.searched;
        let ends = vec![end(self.answer.at_ends.0), end(self.answer.at_ends.1)];
        (self.number(low), self.number(high), self.listed(ends))
    }

    /// What accrues at the first value.
    fn units(&self) -> String {
        let several =
            self.answer.crossings.len() > 1 || self.answer.crossings.iter().any(|crossing| crossing.to.is_some());
        let opening = match (self.language, several) {
            (Language::English, false) => ". That is ",
            (Language::English, true) => ". At the first, that is ",
            (Language::Bokmal, false) => ". Det er ",
            (Language::Bokmal, true) => ". Ved den første er det ",
        };
        let accrued: Vec<String> = self.answer.outcome_units.iter().map(|units| self.accrued(units)).collect();
        if accrued.is_empty() { String::new() } else { format!("{opening}{}", accrued.join("; ")) }
    }

    fn accrued(&self, outcome: &OutcomeUnits) -> String {
        let (name, number) = (self.outcome(&outcome.outcome), self.number(outcome.accrued));
        let unit = unit_name(&outcome.accrued_unit.to_string());
        let unit = unit.text(self.language);
        let mut text = match self.language {
            Language::English => format!("{number} {unit} of “{name}” in all"),
            Language::Bokmal => format!("{number} {unit} av «{name}» i alt"),
        };
        for priced in &outcome.in_price_units {
            let price =
                owner_name(self.model, &priced.value).map_or(priced.value.as_str(), |name| name.text(self.language));
            let (number, unit) = (self.number(priced.units), unit_name(&priced.unit.to_string()));
            let unit = unit.text(self.language);
            text.push_str(&match self.language {
                Language::English => format!(", which the price of “{price}” counts as {number} {unit}"),
                Language::Bokmal => format!(", som prisen på «{price}» teller som {number} {unit}"),
            });
        }
        text
    }

    /// `a`, `a and b`, `a, b and c`.
    fn listed(&self, mut items: Vec<String>) -> String {
        let and = match self.language {
            Language::English => "and",
            Language::Bokmal => "og",
        };
        let Some(last) = items.pop() else { return String::new() };
        if items.is_empty() { last } else { format!("{} {and} {last}", items.join(", ")) }
    }
}
