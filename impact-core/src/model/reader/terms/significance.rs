//! Reading conditions on chance and on the number of people.

use super::TermsReader;
use super::payments::Known;
use super::words::SIDES;
use crate::document::Fields;
use crate::model::reader::common::Around;
use crate::model::reader::numbers::Meant;
use crate::model::terms::{Figure, Gate, MetricKind, Significance, TermsFault, Test};
use crate::model::{Accepts, Slot};
use rust_decimal::Decimal;

/// A test by its word, before its numbers are read.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Named {
    TwoProportions,
    Fisher,
    Poisson,
    NegativeBinomial,
}

const TESTS: &[(&str, Named)] = &[
    ("two-proportions", Named::TwoProportions),
    ("fisher", Named::Fisher),
    ("poisson", Named::Poisson),
    ("negative-binomial", Named::NegativeBinomial),
];

impl Named {
    /// The kind of metric it tests.
    fn of(self) -> (MetricKind, &'static str) {
        match self {
            Named::TwoProportions | Named::Fisher => (MetricKind::Share, "share"),
            Named::Poisson | Named::NegativeBinomial => (MetricKind::Rate, "rate"),
        }
    }
}

impl TermsReader<'_> {
    /// `significant = "fewer", test = "two-proportions", level = 0.95, side = "one"`.
    pub(super) fn significance(
        &mut self,
        fields: &mut Fields<'_, '_>,
        known: &Known<'_>,
        around: &Around,
    ) -> Option<Significance> {
        let figure = fields.node("significant").and_then(|node| known.figures.named(node, fields.problems()));
        let named = fields.required_one_of("test", TESTS);
        let level = self.level(fields, around);
        let side = fields.required_one_of("side", SIDES);
        let estimate = figure.and_then(|figure| known.testable(fields, figure, named));
        let test = match named? {
            Named::TwoProportions => Some(Test::TwoProportions),
            Named::Fisher => Some(Test::Fisher),
            Named::Poisson => Some(Test::Poisson),
            Named::NegativeBinomial => {
                let meant = Meant::new("dispersion", Accepts::Positive, "", around);
                let dispersion = self.numbers.required(fields, "dispersion", &meant);
                dispersion.map(|dispersion| Test::NegativeBinomial { dispersion })
            }
        };
        Some(Significance { estimate: estimate?, test: test?, level: level?, side: side? })
    }

    fn level(&mut self, fields: &mut Fields<'_, '_>, around: &Around) -> Option<Slot> {
        let level = self.numbers.required(fields, "level", &Meant::share("level of confidence", around))?;
        let point = self.numbers.point(level)?;
        if point <= Decimal::new(5, 1) || point >= Decimal::ONE {
            fields.refuse("level", TermsFault::LevelOutside { level: point });
            return None;
        }
        Some(level)
    }

    /// `people = "fewer", at_least = 100`.
    pub(super) fn people(&mut self, fields: &mut Fields<'_, '_>, known: &Known<'_>, around: &Around) -> Option<Gate> {
        let figure = fields.node("people").and_then(|node| known.figures.named(node, fields.problems()));
        let meant = Meant::new("number of people", Accepts::People, "person", around);
        let at_least = self.numbers.required(fields, "at_least", &meant);
        let figure = figure.filter(|figure| {
            let has_people = match figure {
                Figure::Metric(_) => known.figures.metric_kind(*figure).is_some_and(|kind| kind.kind.has_people()),
                Figure::Estimate(estimate) => known.figures.compared(*estimate).is_some(),
                Figure::Nothing => false,
            };
            if !has_people {
                fields.refuse("people", TermsFault::NoPeople { of: known.in_words(*figure) });
            }
            has_people
        });
        figure.zip(at_least).map(|(figure, at_least)| Gate::People { figure, at_least })
    }
}

impl Known<'_> {
    /// The estimate that can be tested so.
    fn testable(&self, fields: &mut Fields<'_, '_>, figure: Figure, named: Option<Named>) -> Option<usize> {
        let compared = match figure {
            Figure::Estimate(estimate) => self.figures.compared(estimate).map(|compared| (estimate, compared)),
            _ => None,
        };
        let Some((estimate, compared)) = compared.filter(|(_, compared)| compared.with_group) else {
            fields.refuse("significant", TermsFault::Untestable { of: self.in_words(figure) });
            return None;
        };
        let (wanted, word) = named?.of();
        let kind = self.figures.kind(compared.metric)?;
        if kind.kind != wanted {
            let test = TESTS.iter().find(|(_, test)| Some(*test) == named).map_or("", |(word, _)| word);
            fields.refuse("test", TermsFault::TestOfOther { test, wanted: word, metric: kind.id.clone() });
            return None;
        }
        Some(estimate)
    }

    fn in_words(&self, figure: Figure) -> String {
        match self.figures.metric_kind(figure) {
            Some(kind) => format!("`{}`", kind.id),
            None => "the estimate".to_owned(),
        }
    }
}
