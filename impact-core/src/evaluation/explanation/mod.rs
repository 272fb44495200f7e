//! Explanations: a figure taken apart, down to the sources of its numbers.
//!
//! One rule: an explanation shows the numbers the appraisal used, never a second calculation of its own.

mod assumption;
mod capacity;
mod employment;
mod flow;
mod growth;
mod market_prices;
mod measure;
mod non_priced;
mod outcome;
mod quantity;
mod reimbursement;

use super::appraisal::Appraisal;
use super::figure::Absence;
use crate::address::Address;
use crate::document::nearest;
use crate::model::{Marks, Measure, QuestionError};
use crate::number::Exact;
use crate::reference::{Grade, Source};
use crate::units::Label;
use rust_decimal::Decimal;

/// A figure, how it came about, and the figures it was made of.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Explanation {
    /// Where it stands in the document, where it stands there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// What it is.
    pub title: Label,
    /// Its value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Decimal>,
    /// What the value is counted in.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// The formula in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub formula: Option<Label>,
    /// Where the number comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// Grade of the evidence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
    /// Whether it, or a part of it, is illustrative or unverified.
    pub marks: Marks,
    /// What else a reader must know.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Label>,
    /// What it was made of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Explanation>,
}

/// Why there is nothing to explain.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ExplainError {
    /// Nothing of the model stands at the address.
    #[error(
        "nothing to explain at `{address}`: {}ask for a measure, a cost, a transfer, an outcome, a value or a number, such as {known}",
        meant(nearest.as_deref())
    )]
    Nothing {
        /// The address as given.
        address: String,
        /// The nearest measure or address, where one is near.
        nearest: Option<String>,
        /// Some addresses that can be explained.
        known: String,
    },
    /// The measure cannot be asked of this model.
    #[error(transparent)]
    Question(#[from] QuestionError),
}

fn meant(nearest: Option<&str>) -> String {
    nearest.map(|nearest| format!("did you mean `{nearest}`? ")).unwrap_or_default()
}

impl Explanation {
    fn titled(title: Label) -> Self {
        Self {
            address: None,
            title,
            value: None,
            unit: String::new(),
            formula: None,
            source: None,
            grade: None,
            marks: Marks::default(),
            notes: Vec::new(),
            parts: Vec::new(),
        }
    }

    fn at(self, address: &Address) -> Self {
        Self { address: Some(address.clone()), ..self }
    }

    fn worth(self, value: Decimal, unit: impl Into<String>) -> Self {
        Self { value: Some(value.normalize()), unit: unit.into(), ..self }
    }

    /// A value where the arithmetic has one, else the reason why not.
    fn worth_if(self, value: Exact, unit: impl Into<String>) -> Self {
        match value.value() {
            Ok(value) => self.worth(value, unit),
            Err(fault) => self.noted(Absence::from(fault).label()),
        }
    }

    fn noted(mut self, note: Label) -> Self {
        self.notes.push(note);
        self
    }

    fn noted_all(mut self, notes: Vec<Label>) -> Self {
        self.notes.extend(notes);
        self
    }

    fn by(self, formula: Label) -> Self {
        Self { formula: Some(formula), ..self }
    }

    /// Made of parts: it carries their marks.
    fn of(self, parts: Vec<Explanation>) -> Self {
        let marks = parts.iter().fold(self.marks, |marks, part| marks.or(part.marks));
        Self { parts, marks, ..self }
    }
}

impl Appraisal {
    /// Takes apart what stands at an address: a cost, a transfer, a reimbursement, an outcome, one of its values, a capacity,
    /// or a single number.
    ///
    /// # Errors
    /// An address at which the model has nothing to explain; the message names some that can be.
    pub fn explain(&self, address: &str) -> Result<Explanation, ExplainError> {
        let found = flow::explain(self, address)
            .or_else(|| outcome::explain(self, address))
            .or_else(|| reimbursement::explain(self, address))
            .or_else(|| capacity::explain(self, address))
            .or_else(|| non_priced::explain(self, address))
            .or_else(|| employment::explain(self, address))
            .or_else(|| growth::explain_at(self, address))
            .or_else(|| assumption::explain_at(self, address));
        found.ok_or_else(|| {
            let model = self.model();
            let costs = model.costs().iter().map(|cost| &cost.address);
            let outcomes = model.outcomes().iter().map(|outcome| &outcome.address);
            let values = model.outcomes().iter().flat_map(|outcome| &outcome.values).map(|value| &value.address);
            let addresses: Vec<&str> = costs.chain(outcomes).chain(values).map(Address::as_str).collect();
            let mut every: Vec<&str> = Measure::all().map(Measure::name).collect();
            every.extend(&addresses);
            every.extend(model.assumptions().iter().map(|number| number.address.as_str()));
            let nearest = nearest(address, every).map(str::to_owned);
            let known = addresses.iter().take(5).map(|known| format!("`{known}`"));
            let known = known.collect::<Vec<_>>().join(", ");
            ExplainError::Nothing { address: address.to_owned(), nearest, known }
        })
    }
}
