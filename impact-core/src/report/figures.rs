//! Figures as rows: a measure, whose, its value and unit, or why there is none.

use super::names::measure_name;
use crate::evaluation::{Absence, Appraisal, Below, Figure, FigureUnit};
use crate::model::{Marks, Measure, Model, Perspective, Question, QuestionError};
use crate::units::written::rounded;
use crate::units::{Label, Language};
use rust_decimal::Decimal;

/// Decimals of a ratio in text.
const RATIO_DECIMALS: u32 = 2;

/// The answer to a question, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FigureRow {
    /// The measure.
    pub measure: Measure,
    /// What it is called.
    pub name: Label,
    /// Whose.
    pub holder: Perspective,
    /// Of which outcome, for cost per outcome.
    pub outcome: Option<String>,
    /// The exact value.
    pub value: Option<Decimal>,
    /// What it is counted in.
    pub unit: Label,
    /// Whether anything that moves it is illustrative or unverified.
    #[serde(flatten)]
    pub marks: Marks,
    /// Why there is no value.
    pub absent: Option<Label>,
    /// Whether that is because the measure is never asked of this holder.
    pub never_asked: bool,
    /// The value as people read it, with its unit in short; the reason, where there is none.
    pub shown: Label,
}

/// A figure as a row.
pub fn figure_row(appraisal: &Appraisal, figure: &Figure) -> FigureRow {
    row(appraisal.model(), figure)
}

/// A figure of a model as a row.
pub(super) fn row(model: &Model, figure: &Figure) -> FigureRow {
    let absent = figure.value.as_ref().err().map(|absence| absence.label());
    let value = figure.value.as_ref().ok().copied();
    let shown = match (value, &absent) {
        (Some(value), _) => shown(value, &figure.unit, model.convention().displayed_digits),
        (None, Some(absent)) => absent.clone(),
        (None, None) => Label::plain(""),
    };
    FigureRow {
        measure: figure.question.measure,
        name: measure_name(figure.question.measure),
        holder: figure.question.perspective.clone(),
        outcome: figure.question.outcome.clone(),
        value,
        unit: unit(&figure.unit),
        marks: figure.marks,
        absent,
        never_asked: figure.value.as_ref().is_err_and(Absence::is_never_asked),
        shown,
    }
}

/// All measures from a perspective; those of an outcome once for each.
///
/// # Errors
/// A holder the model does not have.
pub fn measure_rows(appraisal: &Appraisal, perspective: &Perspective) -> Result<Vec<FigureRow>, QuestionError> {
    let outcomes = appraisal.model().outcomes();
    let mut questions = Vec::new();
    for measure in Measure::all() {
        let question = Question::new(measure).seen_by(perspective.clone());
        if measure.is_of_an_outcome() && !outcomes.is_empty() {
            questions.extend(outcomes.iter().map(|outcome| question.clone().of_outcome(&outcome.id)));
        } else {
            questions.push(question);
        }
    }
    questions.iter().map(|question| Ok(figure_row(appraisal, &appraisal.answer(question)?))).collect()
}

fn shown(value: Decimal, unit: &FigureUnit, displayed_digits: u32) -> Label {
    let text = |language: Language| match unit {
        FigureUnit::Money { currency, .. } => format!("{} {currency}", rounded(value, displayed_digits, language)),
        FigureUnit::MoneyPer { currency, unit, .. } => {
            format!("{} {currency} per {unit}", rounded(value, displayed_digits, language))
        }
        FigureUnit::Ratio(_) => rounded(value, RATIO_DECIMALS, language),
        FigureUnit::MoneyPerYear { currency, .. } => {
            format!("{} {currency} {}", rounded(value, displayed_digits, language), a_year(language))
        }
        FigureUnit::Rate => match value.checked_mul(Decimal::ONE_HUNDRED) {
            Some(percent) => format!("{} %", rounded(percent, RATIO_DECIMALS, language)),
            None => rounded(value, RATIO_DECIMALS, language),
        },
        FigureUnit::Years => format!("{} {}", rounded(value, RATIO_DECIMALS, language), years(language)),
    };
    Label::both(text(Language::English), text(Language::Bokmal))
}

fn a_year(language: Language) -> &'static str {
    match language {
        Language::English => "a year",
        Language::Bokmal => "per år",
    }
}

fn years(language: Language) -> &'static str {
    match language {
        Language::English => "years",
        Language::Bokmal => "år",
    }
}

fn unit(unit: &FigureUnit) -> Label {
    let nb = match unit {
        FigureUnit::Money { currency, price_year, present_value_year } => {
            format!("{currency} ({price_year}-priser, nåverdi {present_value_year})")
        }
        FigureUnit::MoneyPer { currency, price_year, present_value_year: Some(year), unit } => {
            format!("{currency} per {unit} ({price_year}-priser, nåverdi {year})")
        }
        FigureUnit::MoneyPer { currency, price_year, present_value_year: None, unit } => {
            format!("{currency} per {unit} ({price_year}-priser)")
        }
        FigureUnit::Ratio(Below::EverybodysInputs) => "forholdstall over alles innsats".to_owned(),
        FigureUnit::Ratio(Below::OwnInputs) => "forholdstall over egen innsats".to_owned(),
        FigureUnit::Ratio(Below::NetPublicCost) => "forholdstall over netto offentlig kostnad".to_owned(),
        FigureUnit::Ratio(Below::ProgrammeCost) => "forholdstall over det offentlige betaler ut".to_owned(),
        FigureUnit::MoneyPerYear { currency, price_year } => format!("{currency} per år ({price_year}-priser)"),
        FigureUnit::Rate => "rente per år".to_owned(),
        FigureUnit::Years => "år".to_owned(),
    };
    Label::both(unit.to_string(), nb)
}
