//! Columns: one model of a comparison, valued, with its money carried to the common line.

use super::difference::Difference;
use super::error::{ComparisonError, NotComparable};
use super::money::{Carried, CommonMoney, carry};
use super::walk;
use crate::error::ModelError;
use crate::evaluation::{Appraisal, Figure, FigureUnit};
use crate::model::{Model, Question, QuestionError};
use rust_decimal::Decimal;

/// A model of the comparison.
#[derive(Debug, Clone)]
pub struct Column {
    /// The model.
    pub model: Model,
    /// The model valued, or why it cannot be: conventions may need a price index that its years go beyond.
    pub appraisal: Result<Appraisal, ModelError>,
    /// Its money on the common line.
    pub carried: Carried,
}

/// An appraisal with how its money is carried.
#[derive(Clone, Copy)]
pub(super) struct Seen<'a> {
    pub appraisal: &'a Appraisal,
    pub carried: &'a Carried,
}

/// The base and another.
pub(super) struct Compare<'c> {
    pub base: Seen<'c>,
    pub other: Seen<'c>,
    pub questions: &'c [Question],
}

/// Values every model, and carries its money.
pub(super) fn columns(models: &[&Model], money: Option<&CommonMoney>) -> Result<Vec<Column>, ComparisonError> {
    let carried = carry(models, money)?;
    let one = |(model, carried): (&&Model, Carried)| Column {
        model: Model::clone(model),
        appraisal: model.appraise(),
        carried,
    };
    Ok(models.iter().zip(carried).map(one).collect())
}

/// Refuses a question that none of the models can be asked.
pub(super) fn known_somewhere(columns: &[Column], question: &Question) -> Result<(), QuestionError> {
    let mut answers = columns.iter().filter_map(|column| column.appraisal.as_ref().ok()).map(|it| it.answer(question));
    match answers.next() {
        Some(Err(error)) if answers.all(|answer| answer.is_err()) => Err(error),
        _ => Ok(()),
    }
}

impl Column {
    pub(super) fn seen(&self) -> Result<Seen<'_>, NotComparable> {
        match &self.appraisal {
            Ok(appraisal) => Ok(Seen { appraisal, carried: &self.carried }),
            Err(error) => Err(NotComparable::NotValued(error.clone())),
        }
    }

    /// The model's own answer.
    pub(super) fn figure(&self, question: &Question) -> Result<Figure, NotComparable> {
        Ok(self.seen()?.appraisal.answer(question)?)
    }
}

/// How another differs from the base, question by question.
pub(super) fn differences(
    other: &Result<Compare<'_>, NotComparable>,
    questions: &[Question],
) -> Vec<Result<Difference, NotComparable>> {
    match other {
        Ok(compare) => compare.differences(),
        Err(reason) => questions.iter().map(|_| Err(reason.clone())).collect(),
    }
}

impl Seen<'_> {
    /// The answer in common money, where it stands on one line with the base's.
    pub fn on_one_line(self, base: Seen<'_>, question: &Question) -> Result<Decimal, NotComparable> {
        let figure = self.appraisal.answer(question)?;
        let (unit, value) = (self.unit(figure.unit), figure.value?);
        let expected = base.appraisal.answer(question).map(|figure| base.unit(figure.unit));
        match expected {
            Ok(expected) if !same(&unit, &expected) => {
                Err(NotComparable::Unlike { found: unit.to_string(), expected: expected.to_string() })
            }
            _ if is_money(&unit) => Ok(self.carried.amount(value).map_err(crate::evaluation::Absence::from)?),
            _ => Ok(value),
        }
    }

    /// A unit in common money.
    fn unit(self, own: FigureUnit) -> FigureUnit {
        let (currency, price_year) = (self.carried.currency, self.carried.price_year);
        match own {
            FigureUnit::Money { present_value_year, .. } => {
                FigureUnit::Money { currency, price_year, present_value_year }
            }
            FigureUnit::MoneyPer { present_value_year, unit, .. } => {
                FigureUnit::MoneyPer { currency, price_year, present_value_year, unit }
            }
            FigureUnit::MoneyPerYear { .. } => FigureUnit::MoneyPerYear { currency, price_year },
            other => other,
        }
    }
}

impl Compare<'_> {
    /// How the other differs from the base, question by question.
    fn differences(&self) -> Vec<Result<Difference, NotComparable>> {
        let stages = walk::stages(self);
        let told = |(question, stages): (&Question, super::difference::Stages)| {
            let base = self.base.on_one_line(self.base, question)?;
            let other = self.other.on_one_line(self.base, question)?;
            Ok(stages.difference(base, other).map_err(crate::evaluation::Absence::from)?)
        };
        self.questions.iter().zip(stages).map(told).collect()
    }
}

fn is_money(unit: &FigureUnit) -> bool {
    matches!(unit, FigureUnit::Money { .. } | FigureUnit::MoneyPer { .. } | FigureUnit::MoneyPerYear { .. })
}

/// Whether two figures stand on one line; ratios do, over whatever they are: what is unlike in them is warned about.
fn same(one: &FigureUnit, other: &FigureUnit) -> bool {
    one == other || matches!((one, other), (FigureUnit::Ratio(_), FigureUnit::Ratio(_)))
}
