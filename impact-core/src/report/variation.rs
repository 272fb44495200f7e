//! Tornados, break-even curves and two-way grids as rows, with names and reasons in the languages of the reports.

use super::answer::AnswerReport;
use super::figures::{FigureRow, figure_row};
use super::names::number_name;
use crate::address::Address;
use crate::analysis::{BreakEvenCurve, NoFigure, Reach, Tornado, TornadoRow, TwoWay, Walked};
use crate::evaluation::Appraisal;
use crate::model::{Marks, Measure, Model, Perspective};
use crate::units::Label;
use rust_decimal::Decimal;

/// A number that is varied, and its values.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct AxisRow {
    /// Where it stands.
    pub address: Address,
    /// What it is called.
    pub name: Label,
    /// Its unit in words.
    pub unit: String,
    /// The value the model has.
    pub current: Decimal,
    /// The values it was given.
    pub values: Vec<Decimal>,
}

impl AxisRow {
    fn of(model: &Model, walked: Walked) -> Self {
        Self {
            name: number_name(model, &walked.address),
            address: walked.address,
            unit: walked.unit,
            current: walked.current,
            values: walked.values,
        }
    }
}

/// How far each number moves a measure, the farthest first.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct TornadoReport {
    /// The figure of the model as it is.
    pub base: FigureRow,
    /// The chances of less than the low and less than the high quantile.
    pub chances: (f64, f64),
    /// A row for each number.
    pub rows: Vec<TornadoReportRow>,
}

/// How far one number moves the measure.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct TornadoReportRow {
    /// Where the number stands.
    pub address: Address,
    /// What it is called.
    pub name: Label,
    /// Its unit in words.
    pub unit: String,
    /// The value the model has.
    pub current: Option<Decimal>,
    /// The low value.
    pub low_at: Option<Decimal>,
    /// The high value.
    pub high_at: Option<Decimal>,
    /// The measure at the low value.
    pub low: Option<Decimal>,
    /// The measure at the high value.
    pub high: Option<Decimal>,
    /// The distance of the two figures.
    pub swing: Option<Decimal>,
    /// Whether the number is illustrative or unverified.
    #[serde(flatten)]
    pub marks: Marks,
    /// Why a figure is missing.
    pub absent: Option<Label>,
    /// What the two values are.
    #[serde(flatten)]
    pub reach: Reach,
    /// What a reader is to know of the bar.
    pub note: Option<Label>,
}

impl TornadoReport {
    /// The tornado of an appraised model.
    pub fn of(appraisal: &Appraisal, tornado: Tornado) -> Self {
        let row = |row| TornadoReportRow::of(appraisal.model(), row);
        Self {
            base: figure_row(appraisal, &tornado.base),
            chances: tornado.asked.chances,
            rows: tornado.rows.into_iter().map(row).collect(),
        }
    }
}

impl TornadoReportRow {
    fn of(model: &Model, row: TornadoRow) -> Self {
        let absent = match (&row.low, &row.high) {
            (Err(low), Err(high)) if low != high => Some(both(&low.label(), &high.label())),
            (Err(reason), _) | (_, Err(reason)) => Some(reason.label()),
            (Ok(_), Ok(_)) => None,
        };
        Self {
            name: number_name(model, &row.address),
            address: row.address,
            unit: row.unit,
            current: row.current,
            low_at: row.low_at,
            high_at: row.high_at,
            low: row.low.ok(),
            high: row.high.ok(),
            swing: row.swing,
            marks: row.marks,
            absent,
            reach: row.reach,
            note: row.reach.note(),
        }
    }
}

/// Two reasons, one after the other.
fn both(one: &Label, other: &Label) -> Label {
    let joined = |one: &str, other: &str| format!("{one}; {other}");
    let nb = one.nb.as_ref().zip(other.nb.as_ref()).map(|(one, other)| joined(one, other));
    Label { en: joined(&one.en, &other.en), nb }
}

/// The break-even value of one number along another.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct CurveReport {
    /// The measure.
    pub measure: Measure,
    /// Whose.
    pub holder: Perspective,
    /// Of which outcome, for a measure of one.
    pub outcome: Option<String>,
    /// The value the measure must meet.
    pub target: Decimal,
    /// The number along the curve.
    pub x: AxisRow,
    /// The address that is solved for.
    pub y: Address,
    /// What it is called.
    pub y_name: Label,
    /// An answer at each value of `x`.
    pub points: Vec<CurveRow>,
}

/// The answer at one value.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct CurveRow {
    /// The value of the number along the curve.
    pub at: Decimal,
    /// Where the measure meets its target there.
    pub answer: AnswerReport,
}

impl CurveReport {
    /// The curve of a model.
    pub fn of(model: &Model, curve: BreakEvenCurve) -> Self {
        let point = |point: crate::analysis::CurvePoint| CurveRow {
            at: point.at,
            answer: AnswerReport::of(model, None, point.answer),
        };
        Self {
            measure: curve.asked.question.measure,
            holder: curve.asked.question.perspective,
            outcome: curve.asked.question.outcome,
            target: curve.asked.target,
            x: AxisRow::of(model, curve.x),
            y_name: number_name(model, &curve.asked.address),
            y: curve.asked.address,
            points: curve.points.into_iter().map(point).collect(),
        }
    }
}

/// A measure over two numbers.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct TwoWayReport {
    /// The figure of the model as it is.
    pub base: FigureRow,
    /// The number along the grid.
    pub x: AxisRow,
    /// The number up the grid.
    pub y: AxisRow,
    /// A row for each value of `y`, in it the figure at each value of `x`.
    pub cells: Vec<Vec<Option<Decimal>>>,
    /// The cells without a figure, row by row.
    pub empty: Vec<EmptyCell>,
}

/// A cell without a figure.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct EmptyCell {
    /// The value of the number along the grid.
    pub x: Decimal,
    /// The value of the number up the grid.
    pub y: Decimal,
    /// Why there is none.
    pub absent: Label,
}

impl TwoWayReport {
    /// The grid of an appraised model.
    pub fn of(appraisal: &Appraisal, grid: TwoWay) -> Self {
        let mut empty = Vec::new();
        for (row, y) in grid.cells.iter().zip(&grid.y.values) {
            let absent = row.iter().zip(&grid.x.values).filter_map(|(cell, x)| Some((cell.as_ref().err()?, x)));
            empty.extend(absent.map(|(why, x): (&NoFigure, _)| EmptyCell { x: *x, y: *y, absent: why.label() }));
        }
        Self {
            base: figure_row(appraisal, &grid.base),
            x: AxisRow::of(appraisal.model(), grid.x),
            y: AxisRow::of(appraisal.model(), grid.y),
            cells: grid.cells.into_iter().map(|row| row.into_iter().map(Result::ok).collect()).collect(),
            empty,
        }
    }
}
