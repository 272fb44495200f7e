//! Elsewhere: the model at other values of some numbers, and what a question is answered there.
//!
//! One rule: values may go straight into the slots of the plan only where the document, read again with the outermost of
//! them, gives the same figures to the last digit. What a document refuses, it refuses beyond a bound, so that what holds at
//! the outermost values holds between them.

use crate::address::Address;
use crate::analysis::BreakEvenError;
use crate::analysis::varied::VariedNumber;
use crate::error::ModelError;
use crate::evaluation::{Absence, Appraisal, Plan};
use crate::model::{Model, Question, Slot};
use crate::number::Constant;
use crate::units::Label;
use rust_decimal::Decimal;

/// Why there is no figure at a value.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NoFigure {
    /// The measure does not exist there.
    #[error("{0}")]
    Absent(Box<Absence>),
    /// The model does not take the value, or cannot be valued with it.
    #[error("{0}")]
    Refused(Box<BreakEvenError>),
}

impl NoFigure {
    /// The reason in the languages of the reports.
    pub fn label(&self) -> Label {
        match self {
            Self::Absent(absence) => absence.label(),
            Self::Refused(error) => Label::both(
                format!("the model does not take this value: {error}"),
                format!("modellen tar ikke denne verdien: {error}"),
            ),
        }
    }
}

impl From<ModelError> for NoFigure {
    fn from(error: ModelError) -> Self {
        BreakEvenError::from(error).into()
    }
}

impl From<BreakEvenError> for NoFigure {
    fn from(error: BreakEvenError) -> Self {
        Self::Refused(Box::new(error))
    }
}

/// The answer of the document with other values written into it.
pub(super) fn written(model: &Model, values: &[(&Address, Decimal)], question: &Question) -> Result<Decimal, NoFigure> {
    let changes = values.iter().map(|(address, value)| (address.as_str(), *value));
    answered(&model.with_all(changes)?.appraise()?, question)
}

fn answered(appraisal: &Appraisal, question: &Question) -> Result<Decimal, NoFigure> {
    let figure = appraisal.answer(question).map_err(BreakEvenError::from)?;
    figure.value.map_err(|absence| NoFigure::Absent(Box::new(absence)))
}

/// The model at pairs of values.
pub(super) struct Elsewhere<'m> {
    model: &'m Model,
    addresses: [&'m Address; 2],
    question: &'m Question,
    /// The plan, its slots' values and the slots of the two numbers; none where the document is read again for each pair.
    ledger: Option<(Plan, Vec<Constant>, [Slot; 2])>,
}

impl<'m> Elsewhere<'m> {
    /// By the quickest way that the outermost pairs bear out.
    pub fn quickest(
        model: &'m Model,
        addresses: [&'m Address; 2],
        numbers: [&VariedNumber; 2],
        outermost: &[[Decimal; 2]],
        question: &'m Question,
    ) -> Result<Self, ModelError> {
        let mut found = Self { model, addresses, question, ledger: None };
        let [x, y] = numbers.map(|number| number.own.filter(|_| !number.by_document));
        if let Some(slots) = x.zip(y).filter(|(x, y)| x != y) {
            let plan = model.plan()?;
            let points = plan.points.clone();
            found.ledger = Some((plan, points, slots.into()));
            let [x, y] = addresses;
            let borne_out = |[at_x, at_y]: &[Decimal; 2]| {
                let document = written(model, &[(x, *at_x), (y, *at_y)], question);
                !matches!(document, Err(NoFigure::Refused(_))) && found.at([*at_x, *at_y]) == document
            };
            if !outermost.iter().all(borne_out) {
                found.ledger = None;
            }
        }
        Ok(found)
    }

    /// The figure at a pair of values.
    pub fn at(&mut self, values: [Decimal; 2]) -> Result<Decimal, NoFigure> {
        let Some((plan, points, slots)) = &mut self.ledger else {
            let pairs: Vec<_> = self.addresses.into_iter().zip(values).collect();
            return written(self.model, &pairs, self.question);
        };
        for (slot, value) in slots.iter().zip(values) {
            if let Some(point) = points.get_mut(slot.position()) {
                *point = Constant::from(value);
            }
        }
        answered(&Appraisal::at(self.model, plan, points)?, self.question)
    }
}
