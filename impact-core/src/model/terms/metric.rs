//! Metrics: what is observed, in which unit, and what counts as one.

use super::{FollowUp, Period};
use crate::address::Address;
use crate::model::{Direction, Indicator};
use crate::units::Label;
use rust_decimal::Decimal;
use std::fmt;

/// Something that is observed and may be paid for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metric {
    /// The id in the document.
    pub id: String,
    /// `contract.metrics.<id>`.
    pub address: Address,
    /// The name in statements.
    pub name: Label,
    /// What kind of figure it is.
    pub kind: MetricKind,
    /// Whether more or less of it is wanted; there is one wherever it is compared.
    pub direction: Option<Direction>,
    /// What the figure can be; there is one wherever it is reported.
    pub range: Option<Range>,
    /// What one of it is, in words: `day`, `person`, `reconviction`.
    pub unit: Option<String>,
    /// What counts as one, in words.
    pub definition: Option<Label>,
    /// The days on which it counts, where they are narrower than those of the contract.
    pub period: Period,
    /// How long people are followed, and from when; none: as long as the contract and the metric run.
    pub follow_up: Option<FollowUp>,
    /// The id of the outcome of the model that it pays for.
    pub outcome: Option<String>,
    /// What catalogues of indicators call it.
    pub indicators: Vec<Indicator>,
    /// What to beware of.
    pub note: Option<String>,
}

/// What a figure can be: a figure outside is a slip, such as 38 for 0.38.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The least; none: no least.
    pub least: Option<Decimal>,
    /// The most; none: no most.
    pub most: Option<Decimal>,
}

impl Range {
    /// Whether a figure can be so.
    pub fn holds(self, figure: Decimal) -> bool {
        self.least.is_none_or(|least| least <= figure) && self.most.is_none_or(|most| figure <= most)
    }
}

/// In words: `0 to 1`, `at most 1`.
impl fmt::Display for Range {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.least.map(|least| least.normalize()), self.most.map(|most| most.normalize())) {
            (Some(least), Some(most)) => write!(formatter, "{least} to {most}"),
            (Some(least), None) => write!(formatter, "{least} or more"),
            (None, Some(most)) => write!(formatter, "{most} or less"),
            (None, None) => formatter.write_str("any number"),
        }
    }
}

/// What kind of figure is observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MetricKind {
    /// So many: days, results, people.
    Count,
    /// So many people of so many.
    Share,
    /// So many events among so many people; one person may have several.
    Rate,
    /// Money in the contract's currency: a measured saving.
    Money,
    /// A figure that an evaluator reports: an effect, a score, an index.
    Reported,
    /// Results of single people, with dates.
    Claims,
}

impl MetricKind {
    /// Whether it is so many of so many, and can be compared with others.
    pub fn has_people(self) -> bool {
        matches!(self, MetricKind::Share | MetricKind::Rate)
    }

    /// What one person can have of it in truth, where its figure can be so much: a figure that is reported is that of one; money is that
    /// of all together, and below zero for one where it can be for all.
    pub(crate) fn of_one(self, range: Option<Range>) -> Range {
        let counted = Range { least: Some(Decimal::ZERO), most: None };
        let any = Range { least: None, most: None };
        match self {
            MetricKind::Share | MetricKind::Claims => Range { most: Some(Decimal::ONE), ..counted },
            MetricKind::Count | MetricKind::Rate => counted,
            MetricKind::Money if range.and_then(|range| range.least).is_some_and(|least| least >= Decimal::ZERO) => {
                counted
            }
            MetricKind::Money => any,
            MetricKind::Reported => range.unwrap_or(any),
        }
    }
}
