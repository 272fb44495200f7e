//! Metrics and estimates by their ids: what a payment can be for.

use crate::document::{Fields, Node, nearest};
use crate::error::Problems;
use crate::model::terms::{Figure, Metric, MetricKind, TermsFault};
use std::collections::HashMap;

/// The figures read so far.
#[derive(Debug, Default)]
pub(super) struct Figures {
    /// By id; none where one is declared but could not be read.
    known: HashMap<String, Option<Figure>>,
    /// Whether an id could not be read: then nobody can say that one is unknown.
    unknowable: bool,
    metrics: Vec<(String, MetricKind)>,
    estimates: usize,
}

impl Figures {
    /// Keeps a metric that was read from here.
    pub fn keep_metric(&mut self, node: &Node, metric: Option<Metric>, problems: &mut Problems) -> Option<Metric> {
        let figure = metric.is_some().then_some(Figure::Metric(self.metrics.len()));
        self.keep(node, figure, problems)?;
        if let Some(metric) = &metric {
            self.metrics.push((metric.id.clone(), metric.kind));
        }
        metric
    }

    /// Keeps an estimate that was read from here.
    pub fn keep_estimate<T>(&mut self, node: &Node, estimate: Option<T>, problems: &mut Problems) -> Option<T> {
        let figure = estimate.is_some().then_some(Figure::Estimate(self.estimates));
        self.keep(node, figure, problems)?;
        if estimate.is_some() {
            self.estimates = self.estimates.saturating_add(1);
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
                let nearest = nearest(id, self.metrics.iter().map(|(id, _)| id.as_str())).map(str::to_owned);
                node.refuse(TermsFault::Unknown { what: "metric", id: id.to_owned(), nearest }, fields.problems())
            }
        }
    }

    /// The kind of a metric, and its id.
    pub fn kind(&self, metric: usize) -> Option<(&str, MetricKind)> {
        self.metrics.get(metric).map(|(id, kind)| (id.as_str(), *kind))
    }

    /// The kind of a figure that is a metric.
    pub fn metric_kind(&self, figure: Figure) -> Option<(&str, MetricKind)> {
        match figure {
            Figure::Metric(metric) => self.kind(metric),
            Figure::Estimate(_) | Figure::Nothing => None,
        }
    }
}
