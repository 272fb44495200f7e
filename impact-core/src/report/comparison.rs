//! Comparisons as rows: every figure side by side, each difference with its causes, and what makes ratios unlike.

use super::compared_names::{changed_name, column_names, unlike_message};
use super::figures::{FigureRow, figure_row};
use super::names::measure_name;
use crate::analysis::Comparison;
use crate::analysis::comparison::{Carried, Cause, Changed, Column, ComparisonRow, Unlike};
use crate::check::{Finding, not_comparable};
use crate::evaluation::Provenance;
use crate::model::{Marks, Measure, Perspective};
use crate::units::{Currency, Label, PriceYear, Year};
use rust_decimal::Decimal;

/// Everything about a comparison.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct ComparisonReport {
    /// The models; the first is the base of all differences.
    pub models: Vec<ComparedRow>,
    /// A row for each measure and perspective.
    pub measures: Vec<ComparedMeasure>,
    /// What makes ratios of a model and the base unlike.
    pub unlike: Vec<UnlikeRow>,
}

/// One model of a comparison.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct ComparedRow {
    /// What tells it from the others: its name, or its conventions where all have one name.
    pub label: Label,
    /// What the model is called.
    pub name: Label,
    /// ISO 3166 code of its country.
    pub country: String,
    /// Its own currency.
    pub currency: Currency,
    /// Its own price level.
    pub price_year: PriceYear,
    /// The year its present values are of.
    pub present_value_year: Year,
    /// What its conventions are called.
    pub convention: Label,
    /// What made its figures: the id and edition of its conventions and what was overridden in them, and the hash of its document.
    pub provenance: Provenance,
    /// How its money was carried to the common line.
    pub carried: Carried,
    /// Why it cannot be valued.
    pub not_valued: Option<String>,
}

/// One measure from one perspective, of every model.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct ComparedMeasure {
    /// The measure.
    pub measure: Measure,
    /// What it is called.
    pub name: Label,
    /// Whose.
    pub holder: Perspective,
    /// Of which outcome, for a measure of one.
    pub outcome: Option<String>,
    /// A figure for each model, in their order.
    pub figures: Vec<ComparedFigure>,
}

/// The figure of one model.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct ComparedFigure {
    /// The model's own figure; none where it does not know the holder or the outcome.
    pub figure: Option<FigureRow>,
    /// The value in common money, where it stands on one line with the base's.
    pub value: Option<Decimal>,
    /// Why it does not.
    pub apart: Option<Label>,
    /// The value less the base's; none for the base.
    pub difference: Option<Decimal>,
    /// What makes the difference, in the order of exchange.
    pub causes: Vec<CauseRow>,
    /// What the causes do only together: the difference less what each is worth alone.
    pub interaction: Option<Decimal>,
}

/// One cause of a difference.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct CauseRow {
    /// What was exchanged, in words.
    pub name: Label,
    /// The same as addresses and switches; several were exchanged together.
    pub changed: Vec<Changed>,
    /// What it moves the figure by, with all before it exchanged too.
    pub by: Decimal,
    /// What it moves the base's figure by if nothing else is exchanged.
    pub alone: Option<Decimal>,
}

/// What makes the ratios of a model and the base unlike.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct UnlikeRow {
    /// The id of the rule.
    pub rule: &'static str,
    /// The model, by its position from 0.
    pub model: usize,
    /// What is unlike.
    pub message: Label,
    /// Where the rule comes from.
    pub source: &'static str,
    /// Why one of the two documents lets it stand, where it does.
    pub silenced: Option<String>,
}

impl ComparisonReport {
    /// The rows of a comparison.
    pub fn of(found: &Comparison) -> Self {
        let labels = column_names(&found.columns);
        let models = found.columns.iter().zip(&labels).map(|(column, label)| ComparedRow::of(column, label.clone()));
        Self {
            models: models.collect(),
            measures: found.rows.iter().map(|row| ComparedMeasure::of(found, row)).collect(),
            unlike: found.unlike.iter().flat_map(|unlike| UnlikeRow::of(found, unlike, &labels)).collect(),
        }
    }
}

impl ComparedRow {
    fn of(column: &Column, label: Label) -> Self {
        let model = &column.model;
        Self {
            label,
            name: model.name().clone(),
            country: model.country().to_owned(),
            currency: model.currency(),
            price_year: model.price_year(),
            present_value_year: model.present_value_year(),
            convention: model.convention().title.clone(),
            provenance: model.provenance(),
            carried: column.carried.clone(),
            not_valued: column.appraisal.as_ref().err().map(ToString::to_string),
        }
    }
}

impl ComparedMeasure {
    fn of(found: &Comparison, row: &ComparisonRow) -> Self {
        let question = &row.question;
        let figures = found.columns.iter().enumerate().map(|(at, _)| ComparedFigure::of(found, row, at));
        Self {
            measure: question.measure,
            name: measure_name(question.measure),
            holder: question.perspective.clone(),
            outcome: question.outcome.clone(),
            figures: figures.collect(),
        }
    }
}

impl ComparedFigure {
    fn of(found: &Comparison, row: &ComparisonRow, at: usize) -> Self {
        let appraisal = found.columns.get(at).and_then(|column| column.appraisal.as_ref().ok());
        let own = row.figures.get(at).and_then(|figure| figure.as_ref().ok());
        let line = row.on_one_line.get(at);
        let difference = at.checked_sub(1).and_then(|at| row.differences.get(at));
        let apart = line.and_then(|line| line.as_ref().err()).or(difference.and_then(|it| it.as_ref().err()));
        let difference = difference.and_then(|difference| difference.as_ref().ok());
        let causes = difference.into_iter().flat_map(|difference| &difference.causes);
        Self {
            figure: appraisal.zip(own).map(|(appraisal, own)| figure_row(appraisal, own)),
            value: line.and_then(|line| line.as_ref().ok()).copied(),
            apart: apart.map(|reason| reason.label()),
            difference: difference.map(|difference| difference.by),
            causes: causes.map(|cause| CauseRow::of(found, at, cause)).collect(),
            interaction: difference.and_then(|difference| difference.interaction),
        }
    }

    /// Whether anything that moves the model's own figure is illustrative or unverified.
    pub fn marks(&self) -> Marks {
        self.figure.as_ref().map(|figure| figure.marks).unwrap_or_default()
    }
}

impl CauseRow {
    fn of(found: &Comparison, at: usize, cause: &Cause) -> Self {
        let models = [0, at].into_iter().filter_map(|at| found.columns.get(at)).map(|column| &column.model);
        let models: Vec<_> = models.collect();
        let names = cause.changed.iter().map(|changed| changed_name(&models, changed));
        Self {
            name: names.reduce(|one, other| joined(&one, &other)).unwrap_or_else(|| Label::plain("")),
            changed: cause.changed.clone(),
            by: cause.by,
            alone: cause.alone,
        }
    }
}

/// Two names with a plus between.
fn joined(one: &Label, other: &Label) -> Label {
    let nb = |label: &Label| label.nb.clone().unwrap_or_else(|| label.en.clone());
    Label::both(format!("{} + {}", one.en, other.en), format!("{} + {}", nb(one), nb(other)))
}

impl UnlikeRow {
    fn of(found: &Comparison, unlike: &Unlike, labels: &[Label]) -> Vec<Self> {
        let models = [0, unlike.other].map(|at| found.columns.get(at).map(|column| &column.model));
        let [Some(base), Some(other)] = models else { return Vec::new() };
        let findings = not_comparable(&unlike_message(unlike, labels), [base, other]);
        let row = |finding: Finding| Self {
            rule: finding.rule.id(),
            model: unlike.other,
            message: finding.message,
            source: finding.rule.source(),
            silenced: finding.silenced,
        };
        findings.into_iter().map(row).collect()
    }
}
