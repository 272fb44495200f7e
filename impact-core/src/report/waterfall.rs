//! Waterfalls as rows: the steps from gross value to claimed impact, of everything and of each outcome.

use crate::evaluation::{Absence, Appraisal, FigureUnit, Step, Waterfall, WaterfallError, WaterfallStep};
use crate::model::{Marks, Perspective, QuestionError};
use crate::number::Fault;
use crate::units::Label;
use rust_decimal::Decimal;

/// The waterfall of one perspective, or why there is none.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct WaterfallReport {
    /// Whose gains and losses.
    pub holder: Perspective,
    /// What the amounts are counted in; none where there are none.
    pub unit: Option<FigureUnit>,
    /// From gross to net.
    pub rows: Vec<WaterfallRow>,
    /// From gross to impact for each outcome.
    pub outcomes: Vec<WaterfallRow>,
    /// Why there is no waterfall.
    pub absent: Option<Label>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct WaterfallRow {
    /// The id of the outcome; none for all of them.
    pub outcome: Option<String>,
    /// Which step.
    pub step: Step,
    /// What it is called.
    pub name: Label,
    /// Whether it is a sum reached, not a change on the way.
    pub level: bool,
    /// What it adds; a deduction is negative. Of a level, the level itself.
    pub amount: Decimal,
    /// What stood before it; zero before a level, which is drawn from the ground.
    pub from: Decimal,
    /// What stands after it.
    pub standing: Decimal,
    /// Whether anything that moves it is illustrative or unverified.
    #[serde(flatten)]
    pub marks: Marks,
}

impl WaterfallReport {
    /// The waterfall of a perspective.
    ///
    /// # Errors
    /// A holder the model does not have.
    pub fn of(appraisal: &Appraisal, holder: Perspective) -> Result<Self, QuestionError> {
        let none = Self { holder, unit: None, rows: vec![], outcomes: vec![], absent: None };
        match appraisal.waterfall(&none.holder) {
            Ok(found) => Ok(Self::from_waterfall(found)),
            Err(WaterfallError::Question(error)) => Err(error),
            Err(WaterfallError::Absent(absence)) => Ok(Self { absent: Some(absence.label()), ..none }),
            Err(_) => Ok(Self { absent: Some(Absence::from(Fault::Overflow).label()), ..none }),
        }
    }

    fn from_waterfall(found: Waterfall) -> Self {
        let outcomes = found.outcomes.iter().flat_map(|outcome| rows(Some(&outcome.outcome), &outcome.steps)).collect();
        Self {
            rows: rows(None, &found.steps),
            outcomes,
            holder: found.perspective,
            unit: Some(found.unit),
            absent: None,
        }
    }
}

fn rows(outcome: Option<&String>, steps: &[WaterfallStep]) -> Vec<WaterfallRow> {
    let mut before = Decimal::ZERO;
    let row = |step: &WaterfallStep| {
        let level = step.step.is_level();
        let from = if level { Decimal::ZERO } else { before };
        before = step.standing;
        WaterfallRow {
            outcome: outcome.cloned(),
            step: step.step,
            name: step_name(step.step),
            level,
            amount: step.amount,
            from,
            standing: step.standing,
            marks: step.marks,
        }
    };
    steps.iter().map(row).collect()
}

/// What a step is called.
///
/// # Examples
/// ```
/// use impact_core::evaluation::Step;
/// assert_eq!(impact_core::report::step_name(Step::Others).en, "credit of others");
/// ```
pub fn step_name(step: Step) -> Label {
    let (en, nb) = match step {
        Step::Gross => ("gross value of the outcomes", "bruttoverdi av virkningene"),
        Step::Deadweight => ("deadweight", "dødvekt"),
        Step::Displacement => ("displacement", "fortrengning"),
        Step::Leakage => ("leakage", "lekkasje"),
        Step::Substitution => ("substitution", "substitusjon"),
        Step::Multiplier => ("multiplier", "multiplikator"),
        Step::DropOff => ("drop-off", "avtakende effekt"),
        Step::NotAvoidable => ("not avoidable", "ikke unngåelig"),
        Step::Others => ("credit of others", "andres bidrag"),
        Step::Impact => ("claimed impact", "virkning som tilskrives tiltaket"),
        Step::Inputs => ("inputs", "innsats"),
        Step::Transfers => ("transfers received less paid", "overføringer mottatt minus betalt"),
        Step::Financing => ("tax-financing cost", "skattefinansieringskostnad"),
        Step::Net => ("net of inputs", "netto etter innsats"),
    };
    Label::both(en, nb)
}
