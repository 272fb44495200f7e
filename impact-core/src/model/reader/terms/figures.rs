//! Metrics and estimates by their ids: what a payment can be for.

use crate::document::{Fields, Node, nearest};
use crate::error::Problems;
use crate::model::Direction;
use crate::model::terms::{Estimate, Figure, Made, Metric, MetricKind, Range, TermsFault};
use std::collections::HashMap;

/// What kind of metric it is.
#[derive(Debug)]
pub(super) struct Kind {
    pub id: String,
    pub kind: MetricKind,
    pub direction: Option<Direction>,
    pub range: Option<Range>,
}

/// The figures read so far.
#[derive(Debug, Default)]
pub(super) struct Figures {
    /// By id; none where one is declared but could not be read.
    known: HashMap<String, Option<Figure>>,
    /// Whether an id could not be read: then nobody can say that one is unknown.
    unknowable: bool,
    metrics: Vec<Kind>,
    estimates: Vec<Option<Compared>>,
    /// Whether the contract lists its cohorts.
    pub has_cohorts: bool,
}

/// What an estimate that compares rests on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Compared {
    pub metric: usize,
    /// Whether it is compared with a group, and not with a fixed number.
    pub with_group: bool,
}

impl Figures {
    /// None yet, of a contract that lists its cohorts or does not.
    pub fn of_contract(has_cohorts: bool) -> Self {
        Self { has_cohorts, ..Self::default() }
    }

    /// Keeps a metric that was read from here.
    pub fn keep_metric(&mut self, node: &Node, metric: Option<Metric>, problems: &mut Problems) -> Option<Metric> {
        let figure = metric.is_some().then_some(Figure::Metric(self.metrics.len()));
        self.keep(node, figure, problems)?;
        if let Some(metric) = &metric {
            self.metrics.push(Kind {
                id: metric.id.clone(),
                kind: metric.kind,
                direction: metric.direction,
                range: metric.range,
            });
        }
        metric
    }

    /// Keeps an estimate that was read from here.
    pub fn keep_estimate(
        &mut self,
        node: &Node,
        estimate: Option<Estimate>,
        problems: &mut Problems,
    ) -> Option<Estimate> {
        let figure = estimate.is_some().then_some(Figure::Estimate(self.estimates.len()));
        self.keep(node, figure, problems)?;
        if let Some(estimate) = &estimate {
            self.estimates.push(match &estimate.made {
                Made::Compared { metric, against, .. } => {
                    Some(Compared { metric: *metric, with_group: against.groups().next().is_some() })
                }
                _ => None,
            });
        }
        estimate
    }

    fn keep(&mut self, node: &Node, figure: Option<Figure>, problems: &mut Problems) -> Option<()> {
        let Some(id) = node.id() else {
            self.unknowable = true;
            return Some(());
        };
        if self.known.insert(id.to_owned(), figure).is_some() {
            return node.refuse(TermsFault::TwiceUsed { id: id.to_owned() }, problems);
        }
        Some(())
    }

    /// The figure named here.
    pub fn named(&self, node: &Node, problems: &mut Problems) -> Option<Figure> {
        let id = node.read_text(problems)?;
        match self.known.get(id) {
            Some(figure) => *figure,
            None if self.unknowable => None,
            None => {
                let nearest = nearest(id, self.known.keys().map(String::as_str)).map(str::to_owned);
                node.refuse(TermsFault::UnknownFigure { id: id.to_owned(), nearest }, problems)
            }
        }
    }

    /// The metric under a key that must be there.
    pub fn metric_under(&self, fields: &mut Fields<'_, '_>, key: &str) -> Option<usize> {
        let node = fields.required(key)?;
        let id = node.read_text(fields.problems())?;
        match self.known.get(id) {
            Some(Some(Figure::Metric(metric))) => Some(*metric),
            Some(None) => None,
            None if self.unknowable => None,
            _ => {
                let nearest = nearest(id, self.metrics.iter().map(|metric| metric.id.as_str())).map(str::to_owned);
                node.refuse(TermsFault::Unknown { what: "metric", id: id.to_owned(), nearest }, fields.problems())
            }
        }
    }

    /// The figure named here, which is made of results of cohorts and not of claims.
    pub fn of_cohorts(&self, node: &Node, problems: &mut Problems) -> Option<Figure> {
        let figure = self.named(node, problems)?;
        match self.metric_kind(figure) {
            Some(Kind { id, kind: MetricKind::Claims, .. }) => {
                node.refuse(TermsFault::FigureOfClaims { metric: id.clone() }, problems)
            }
            _ => Some(figure),
        }
    }

    /// What an estimate compares; none where it pools or mixes.
    pub fn compared(&self, estimate: usize) -> Option<Compared> {
        self.estimates.get(estimate).copied().flatten()
    }

    /// The kind of a metric.
    pub fn kind(&self, metric: usize) -> Option<&Kind> {
        self.metrics.get(metric)
    }

    /// The kind of a figure that is a metric.
    pub fn metric_kind(&self, figure: Figure) -> Option<&Kind> {
        match figure {
            Figure::Metric(metric) => self.kind(metric),
            Figure::Estimate(_) | Figure::Nothing => None,
        }
    }
}
