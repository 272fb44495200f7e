//! What figures can be: prices of units are paid for units, and a threshold is one that can be reached.
//!
//! One rule: a share is 0 to 1 everywhere; who writes 10 for 10 % is told so before anything is observed.

use super::TermsReader;
use super::figures::Kind;
use super::payments::{Known, figure_words};
use crate::address::{Place, Span};
use crate::document::Fields;
use crate::error::Problems;
use crate::model::terms::{Effect, Figure, Made, MetricKind, Range, Schedule, TermsFault};
use crate::model::{Direction, Slot};
use rust_decimal::Decimal;

/// What a figure can be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reach {
    range: Range,
    /// Why it has no units, where it has none.
    no_units: Option<&'static str>,
}

const ANY: Range = Range { least: None, most: None };
const COUNTED: Range = Range { least: Some(Decimal::ZERO), most: None };
const SHARE: Range = Range { least: Some(Decimal::ZERO), most: Some(Decimal::ONE) };
const DIFFERENCE: Range = Range { least: Some(Decimal::NEGATIVE_ONE), most: Some(Decimal::ONE) };

impl Known<'_> {
    /// What a figure can be.
    pub(super) fn reach(&self, figure: Figure) -> Reach {
        match figure {
            Figure::Metric(metric) => self.figures.kind(metric).map_or(Reach::of(ANY), of_metric),
            Figure::Estimate(estimate) => match self.estimates.get(estimate).map(|estimate| &estimate.made) {
                Some(Made::Compared { metric, effect, direction, .. }) => {
                    compared(self.figures.kind(*metric), *effect, *direction)
                }
                Some(Made::Pooled { of, .. }) => self.reach(*of),
                Some(Made::Mixed { of }) => {
                    let parts = of.iter().map(|part| self.reach(part.what));
                    parts.reduce(Reach::mixed).unwrap_or(Reach::of(ANY))
                }
                None => Reach::of(ANY),
            },
            Figure::Nothing => Reach::of(ANY),
        }
    }
}

fn of_metric(kind: &Kind) -> Reach {
    match kind.kind {
        MetricKind::Count | MetricKind::Claims => Reach::of(kind.range.unwrap_or(COUNTED)),
        MetricKind::Share => Reach { range: SHARE, no_units: Some("a share") },
        MetricKind::Rate => Reach { range: COUNTED, no_units: Some("a rate per person") },
        MetricKind::Money | MetricKind::Reported => Reach::of(kind.range.unwrap_or(ANY)),
    }
}

fn compared(kind: Option<&Kind>, effect: Effect, direction: Direction) -> Reach {
    let share = kind.is_some_and(|kind| kind.kind == MetricKind::Share);
    let range = match (effect, direction) {
        (Effect::Avoided, _) => return Reach::of(ANY),
        (Effect::Relative, Direction::Decrease) => Range { least: None, most: Some(Decimal::ONE) },
        (Effect::Relative, Direction::Increase) => Range { least: Some(Decimal::NEGATIVE_ONE), most: None },
        (Effect::Absolute, _) if share => DIFFERENCE,
        (Effect::Absolute, _) => ANY,
    };
    Reach { range, no_units: Some("a difference of shares or rates") }
}

impl Reach {
    fn of(range: Range) -> Self {
        Self { range, no_units: None }
    }

    /// From the least to the most.
    pub fn range(self) -> Range {
        self.range
    }

    /// A mean of two figures.
    fn mixed(self, other: Self) -> Self {
        let least = self.range.least.zip(other.range.least).map(|(one, other)| one.min(other));
        let most = self.range.most.zip(other.range.most).map(|(one, other)| one.max(other));
        Self { range: Range { least, most }, no_units: self.no_units.or(other.no_units) }
    }
}

impl TermsReader<'_> {
    /// Refuses a schedule that asks for what its figure cannot be.
    pub(super) fn check_schedule(
        &self,
        fields: &mut Fields<'_, '_>,
        known: &Known<'_>,
        of: Figure,
        schedule: &Schedule,
    ) {
        let span = fields.place_of("schedule").span;
        let key = match schedule {
            Schedule::PerUnit(_) => Some("per_unit"),
            Schedule::Bands(_) => Some("bands"),
            _ => None,
        };
        if let Some((key, what)) = key.zip(known.reach(of).no_units) {
            let of = figure_words(of, known);
            fields.refuse("schedule", TermsFault::NoUnits { key, of, what });
        }
        self.check_figures(schedule, (known, of), span, fields.problems());
        if let Schedule::PerPoint(points) = schedule {
            self.check_point(points.point, (known, of), span, fields.problems());
        }
    }

    /// Refuses a point that is all a share can be: a percentage point is a hundredth of it.
    fn check_point(&self, slot: Slot, (known, of): (&Known<'_>, Figure), span: Option<Span>, problems: &mut Problems) {
        let range = known.reach(of).range;
        let is_share = range.most == Some(Decimal::ONE) || range.least == Some(Decimal::NEGATIVE_ONE);
        let Some((address, point)) = self.numbers.address(slot).zip(self.numbers.point(slot)) else { return };
        if is_share && point >= Decimal::ONE {
            let of = figure_words(of, known);
            problems.add(&Place { address, span }, TermsFault::WholePoint { point: point.normalize(), of });
        }
    }

    /// Refuses corners of a schedule that its figure cannot reach.
    pub(super) fn check_figures(
        &self,
        schedule: &Schedule,
        (known, of): (&Known<'_>, Figure),
        span: Option<Span>,
        problems: &mut Problems,
    ) {
        let corners = match schedule {
            Schedule::Steps { steps, .. } => steps.as_slice(),
            Schedule::Line { corners, .. } => corners.as_slice(),
            _ => &[],
        };
        let from = if let Schedule::PerPoint(points) = schedule { Some(points.from) } else { None };
        for at in corners.iter().map(|corner| corner.at).chain(from) {
            self.check_figure(at, (known, of), span, problems);
        }
    }

    /// Refuses a number that a figure cannot reach.
    pub(super) fn check_figure(
        &self,
        at: Slot,
        (known, of): (&Known<'_>, Figure),
        span: Option<Span>,
        problems: &mut Problems,
    ) {
        let Reach { range, no_units } = known.reach(of);
        let Some((address, point)) = self.numbers.address(at).zip(self.numbers.point(at)) else { return };
        if !range.holds(point) {
            let of = figure_words(of, known);
            let fault = TermsFault::OutOfReach { at: point.normalize(), of, range, share: no_units.is_some() };
            problems.add(&Place { address, span }, fault);
        }
    }
}
