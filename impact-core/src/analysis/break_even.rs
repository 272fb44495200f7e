//! Break-even: which value of an assumption brings a measure to its target?
//!
//! One rule: the answer is a value that was evaluated, or "none in range" with the range and what the measure is at its ends.

use super::crossing::{Crossing, crossings};
use crate::address::Address;
use crate::document::Node;
use crate::error::ModelError;
use crate::evaluation::{Appraisal, Basis, OutcomeUnits, Plan};
use crate::model::{Accepts, Marks, Model, Question, QuestionError, Slot};
use crate::number::{Constant, Exact, Fault, Number};
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
    /// Where the measure meets its target: none, one or several values.
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

/// The number that is varied: a slot of its own, or a setting or a use of a shared number, for which the document is edited.
struct VariedNumber {
    slot: Option<Slot>,
    accepts: Accepts,
    unit: String,
    current: Decimal,
}

impl VariedNumber {
    fn of(model: &Model, address: &Address) -> Result<Self, ModelError> {
        let found = model.number_at(address.as_str());
        let setting = model.document().at(address).and_then(Node::as_number);
        if let (Err(_), Some(setting)) = (&found, setting) {
            let unit = "as the document writes it".to_owned();
            return Ok(Self { slot: None, accepts: Accepts::Any, unit, current: setting.value() });
        }
        let slot = found?;
        let number = model.assumption(slot);
        Ok(Self {
            slot: number.filter(|number| number.address == *address).map(|_| slot),
            accepts: number.map_or(Accepts::Any, |number| number.accepts),
            unit: number.map_or_else(String::new, |number| number.unit.clone()),
            current: number.map_or(Decimal::ZERO, |number| number.point),
        })
    }
}

/// The model with one number varied: a slot of the plan, or, for a setting, the document read again.
struct Varied<'m> {
    model: &'m Model,
    plan: Plan,
    slot: Option<Slot>,
    address: &'m Address,
}

impl Varied<'_> {
    fn at(&self, value: Decimal) -> Result<Appraisal, ModelError> {
        match self.slot {
            Some(slot) => {
                let points = self.plan.points_with(slot, Constant::from(value));
                Appraisal::at(self.model, &self.plan, &points)
            }
            None => self.model.with(self.address.as_str(), value)?.appraise(),
        }
    }

    fn measure(&self, value: Decimal, question: &Question) -> Option<Decimal> {
        let figure = self.at(value).ok()?.answer(question).ok()?;
        figure.value.ok()
    }
}

impl Model {
    /// Which values of an assumption bring a measure to its target.
    ///
    /// # Errors
    /// An address that is no number of the model, a holder or outcome it does not have, a range the assumption does not
    /// accept, or a model that cannot be valued. "None in range" is an answer, not an error.
    pub fn break_even(&self, asked: &BreakEvenQuestion) -> Result<BreakEven, BreakEvenError> {
        let number = VariedNumber::of(self, &asked.address)?;
        let appraisal = self.appraise()?;
        appraisal.answer(&asked.question)?;
        let basis = Basis::of(self, appraisal.ledger().lines(), &asked.question)?;
        let marks = basis.marks(self, number.slot);
        let range = range(asked, number.accepts, number.current)?;
        let points = points(range, number.current).map_err(|fault| asked.failed(fault))?;
        let varied = Varied { model: self, plan: self.plan()?, slot: number.slot, address: &asked.address };
        let mut gap = |value: Decimal| {
            let measure = Exact::from(varied.measure(value, &asked.question)?);
            (measure - Exact::from(asked.target)).value().ok()
        };
        let (crossings, everywhere) = crossings(&points, &mut gap).map_err(|fault| asked.failed(fault))?;
        let first = crossings.first().and_then(|crossing| varied.at(crossing.value).ok());
        Ok(BreakEven {
            unit: number.unit,
            current: number.current,
            searched: range,
            everywhere,
            at_ends: (varied.measure(range.0, &asked.question), varied.measure(range.1, &asked.question)),
            outcome_units: first.map(|appraisal| appraisal.outcome_units().to_vec()).unwrap_or_default(),
            crossings,
            marks,
            asked: asked.clone(),
        })
    }
}

impl BreakEvenQuestion {
    fn failed(&self, fault: Fault) -> BreakEvenError {
        BreakEvenError::Arithmetic { address: self.address.clone(), fault }
    }
}

/// How far the search goes from the point value: this many doublings, and as many halvings.
const DOUBLINGS: u32 = 20;
/// Equal steps within a range that is given, or of a share.
const STEPS: i32 = 48;

/// The range asked for, or the one the assumption accepts.
fn range(asked: &BreakEvenQuestion, accepts: Accepts, point: Decimal) -> Result<(Decimal, Decimal), BreakEvenError> {
    let far = || (Exact::from(scale(point)) * Exact::whole(2).power(DOUBLINGS as i32)).value();
    let far = far().map_err(|fault| asked.failed(fault))?;
    let (low, high) = asked.range.unwrap_or(match accepts {
        Accepts::Share => (Decimal::ZERO, Decimal::ONE),
        Accepts::Growth => (Decimal::new(-9, 1), Decimal::ONE),
        Accepts::NotNegative => (Decimal::ZERO, far),
        Accepts::Positive => (scale(point).min(far) / Decimal::from(1 << DOUBLINGS), far),
        Accepts::Any => (-far, far),
    });
    if low < high && accepts.accepts(low) && accepts.accepts(high) {
        Ok((low, high))
    } else {
        Err(BreakEvenError::Range { address: asked.address.clone(), low, high, expected: accepts.words() })
    }
}

fn scale(point: Decimal) -> Decimal {
    if point.is_zero() { Decimal::ONE } else { point.abs() }
}

/// The values tried first: equal steps over the range, and doublings from the point value both ways.
fn points((low, high): (Decimal, Decimal), point: Decimal) -> Result<Vec<Decimal>, Fault> {
    let step = (Exact::from(high) - Exact::from(low)) / Exact::whole(STEPS);
    let mut points = (0..STEPS)
        .map(|position| (Exact::from(low) + step * Exact::whole(position)).value())
        .collect::<Result<Vec<_>, _>>()?;
    points.push(high);
    for sign in [1, -1] {
        for exponent in -(DOUBLINGS as i32)..=(DOUBLINGS as i32) {
            let scaled = Exact::from(scale(point)) * Exact::whole(2).power(exponent) * Exact::whole(sign);
            points.extend(scaled.value().into_iter().filter(|value| low < *value && *value < high));
        }
    }
    points.sort();
    points.dedup();
    Ok(points)
}
