//! Reading metrics.

use super::calendar::period;
use super::figures::Figures;
use super::words::METRIC_KINDS;
use crate::document::{Fields, Node};
use crate::error::Problems;
use crate::model::reader::common::{Entry, label, text};
use crate::model::reader::questions::{Known, outcome_named};
use crate::model::reader::words::DIRECTIONS;
use crate::model::terms::Metric;

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
        let note = text(&mut fields, "note");
        fields.finish();
        let Entry { id, address, name } = entry?;
        Some(Metric {
            id,
            address,
            name,
            kind: kind?,
            direction,
            unit,
            definition,
            period: period?,
            follow_up: follow_up?,
            outcome,
            note,
        })
    }
}
