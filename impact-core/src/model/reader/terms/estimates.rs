//! Reading estimates: compared, pooled or mixed.

use super::TermsReader;
use super::figures::{Figures, Kind};
use super::parts::one_way;
use super::words::EFFECTS;
use crate::document::{Fields, Node};
use crate::error::Problems;
use crate::model::Accepts;
use crate::model::reader::common::{Around, Entry, text};
use crate::model::reader::numbers::Meant;
use crate::model::terms::{Against, Control, Estimate, Figure, Made, MetricKind, TermsFault, Weighted};

impl TermsReader<'_> {
    /// The estimate here.
    pub(super) fn estimate(
        &mut self,
        node: &Node,
        figures: &mut Figures,
        around: &Around,
        problems: &mut Problems,
    ) -> Option<Estimate> {
        let estimate = self.read_estimate(node, figures, around, problems);
        figures.keep_estimate(node, estimate, problems)
    }

    fn read_estimate(
        &mut self,
        node: &Node,
        figures: &Figures,
        around: &Around,
        problems: &mut Problems,
    ) -> Option<Estimate> {
        let mut fields = Fields::of(node, problems)?;
        let entry = Entry::read(&mut fields);
        let around = around.nearer(super::super::common::source(&mut fields, "source"), None);
        let made = match one_way(&mut fields, "an estimate", &["metric", "pool", "mix"]) {
            Some("metric") => self.compared(&mut fields, figures, &around),
            Some("pool") => self.pooled(&mut fields, figures, &around),
            Some(_) => self.mixed(&mut fields, figures, &around),
            None => {
                fields.known(&["effect", "against", "weights"]);
                None
            }
        };
        let note = text(&mut fields, "note");
        fields.finish();
        let Entry { id, address, name } = entry?;
        Some(Estimate { id, address, name, made: made?, note })
    }

    /// `metric`, `effect` and `against`.
    fn compared(&mut self, fields: &mut Fields<'_, '_>, figures: &Figures, around: &Around) -> Option<Made> {
        let metric = figures.metric_under(fields, "metric");
        let effect = fields.required_one_of("effect", EFFECTS);
        let kind = metric.and_then(|metric| figures.kind(metric));
        match kind {
            Some(Kind { id, kind, .. }) if !kind.has_people() => {
                fields.refuse("metric", TermsFault::NotComparable { metric: id.clone() });
            }
            Some(Kind { id, direction: None, .. }) => {
                fields.refuse("metric", TermsFault::NoDirection { metric: id.clone() });
            }
            _ => {}
        }
        let against = fields.required("against").and_then(|node| {
            let mut inner = Fields::of(node, fields.problems())?;
            let against = match one_way(&mut inner, "what it is compared with", &["fixed", "group", "groups"]) {
                Some("fixed") => {
                    let accepts = match kind {
                        Some(Kind { kind: MetricKind::Share, .. }) => Accepts::Share,
                        _ => Accepts::NotNegative,
                    };
                    let meant = Meant::new("baseline", accepts, "per person", around);
                    self.numbers.required(&mut inner, "fixed", &meant).map(Against::Fixed)
                }
                Some("groups") => inner.node("groups").and_then(|node| controls(node, inner.problems())),
                Some(_) => inner.required_text("group").map(|group| Against::Group(group.to_owned())),
                None => None,
            };
            inner.finish();
            against
        });
        let direction = kind.and_then(|kind| kind.direction);
        Some(Made::Compared { metric: metric?, effect: effect?, direction: direction?, against: against? })
    }

    /// `pool` with `weights` by cohort.
    fn pooled(&mut self, fields: &mut Fields<'_, '_>, figures: &Figures, around: &Around) -> Option<Made> {
        let of = fields.node("pool").and_then(|node| figures.of_cohorts(node, fields.problems()));
        let node = fields.required("weights")?;
        let mut inner = Fields::of(node, fields.problems())?;
        let mut weights = Vec::new();
        let entries = inner.rest();
        let mut whole = true;
        for entry in &entries {
            let meant = Meant::new("weight", Accepts::NotNegative, "weight", around);
            let weight = self.numbers.number(&entry.node, &meant, inner.problems());
            whole &= weight.is_some();
            weights.extend(weight.map(|weight| Weighted { what: entry.key.clone(), weight }));
        }
        if entries.is_empty() {
            inner.refuse_here(TermsFault::Empty { expected: "a weight for each cohort" });
            whole = false;
        }
        inner.finish();
        whole.then_some(Made::Pooled { of: of?, weights })
    }

    /// `mix`: figures with their weights.
    fn mixed(&mut self, fields: &mut Fields<'_, '_>, figures: &Figures, around: &Around) -> Option<Made> {
        let node = fields.required("mix")?;
        let nodes = node.read_list(fields.problems())?;
        if nodes.is_empty() {
            return node.refuse(TermsFault::Empty { expected: "figures with their weights" }, fields.problems());
        }
        let mut one = |node: &Node| {
            let mut inner = Fields::of(node, fields.problems())?;
            let of = inner.required("of").and_then(|node| figures.of_cohorts(node, inner.problems()));
            let meant = Meant::new("weight", Accepts::NotNegative, "weight", around);
            let weight = self.numbers.required(&mut inner, "weight", &meant);
            inner.finish();
            Some(Weighted { what: of?, weight: weight? })
        };
        let of: Vec<Option<Weighted<Figure>>> = nodes.iter().map(&mut one).collect();
        Some(Made::Mixed { of: of.into_iter().collect::<Option<_>>()? })
    }
}

/// `groups = [{ group = "drawn" }, { group = "matched", from = 2014-07-01 }]`: each from its day on.
fn controls(node: &Node, problems: &mut Problems) -> Option<Against> {
    let nodes = node.read_list(problems)?;
    if nodes.len() < 2 {
        return node.refuse(TermsFault::OneGroup, problems);
    }
    let read: Vec<Option<Control>> =
        nodes.iter().enumerate().map(|(position, node)| control(node, position > 0, problems)).collect();
    let controls: Vec<Control> = read.into_iter().collect::<Option<_>>()?;
    let days = || controls.iter().filter_map(|control| control.from);
    match days().zip(days().skip(1)).find(|(before, after)| after <= before) {
        Some((before, after)) => node.refuse(TermsFault::GroupsNotRising { before, after }, problems),
        None => Some(Against::Groups(controls)),
    }
}

fn control(node: &Node, later: bool, problems: &mut Problems) -> Option<Control> {
    let mut fields = Fields::of(node, problems)?;
    let group = fields.required_text("group").map(str::to_owned);
    let from = if later { fields.required_date("from").map(Some) } else { Some(None) };
    if !later && fields.has("from") {
        fields.known(&["from"]);
        fields.refuse("from", TermsFault::FirstFrom);
    }
    fields.finish();
    Some(Control { group: group?, from: from? })
}
