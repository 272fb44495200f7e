//! Reading metrics.

use super::calendar::period;
use super::figures::Figures;
use super::words::METRIC_KINDS;
use crate::document::{Fields, Node};
use crate::error::Problems;
use crate::model::reader::common::{Entry, label, text};
use crate::model::reader::indicators::indicators;
use crate::model::reader::questions::{Known, outcome_named};
use crate::model::reader::words::DIRECTIONS;
use crate::model::terms::{Metric, MetricKind, Range, TermsFault};

impl Figures {
    /// The metric here.
    pub fn metric(&mut self, node: &Node, outcomes: Option<&Known<'_>>, problems: &mut Problems) -> Option<Metric> {
        let metric = self.read_metric(node, outcomes, problems);
        self.keep_metric(node, metric, problems)
    }

    fn read_metric(&self, node: &Node, outcomes: Option<&Known<'_>>, problems: &mut Problems) -> Option<Metric> {
        let mut fields = Fields::of(node, problems)?;
        let entry = Entry::read(&mut fields);
        let kind = fields.required_one_of("kind", METRIC_KINDS);
        let direction = fields.one_of("direction", DIRECTIONS);
        let range = range(&mut fields, kind);
        let unit = text(&mut fields, "unit");
        let definition = label(&mut fields, "definition");
        let period = period(&mut fields);
        let follow_up = self.follow_up(&mut fields, kind);
        let outcome = match outcomes {
            Some(outcomes) => {
                let position = outcome_named(&mut fields, outcomes).flatten();
                position.and_then(|position| outcomes.ids.get(position)).map(|id| (*id).to_owned())
            }
            // Alone, the contract only says what the outcome is called.
            None => text(&mut fields, "outcome"),
        };
        let indicators = indicators(&mut fields);
        let note = text(&mut fields, "note");
        fields.finish();
        let Entry { id, address, name } = entry?;
        Some(Metric {
            id,
            address,
            name,
            kind: kind?,
            direction,
            range: range?,
            unit,
            definition,
            period: period?,
            follow_up: follow_up?,
            outcome,
            indicators,
            note,
        })
    }
}

/// `range = [-1, 1]`: what a figure can be; it must be said of one that is reported.
fn range(fields: &mut Fields<'_, '_>, kind: Option<MetricKind>) -> Option<Option<Range>> {
    let ranged = matches!(kind, Some(MetricKind::Reported | MetricKind::Count | MetricKind::Money) | None);
    let Some(node) = fields.node("range") else {
        if kind == Some(MetricKind::Reported) && !fields.has("range") {
            fields.refuse_here(TermsFault::NoRange);
        }
        return Some(None);
    };
    if !ranged {
        let because = "only figures that are counted, paid or reported have one";
        return node.refuse(TermsFault::Meaningless { key: "range", because }, fields.problems());
    }
    let nodes = node.read_list(fields.problems())?;
    let bounds: Vec<_> = nodes.iter().map(|node| node.read_number(fields.problems())).collect();
    match bounds.as_slice() {
        [Some(least), Some(most)] if least < most => Some(Some(Range { least: Some(*least), most: Some(*most) })),
        bounds if bounds.iter().any(Option::is_none) => None,
        _ => node.refuse(TermsFault::NotARange, fields.problems()),
    }
}
