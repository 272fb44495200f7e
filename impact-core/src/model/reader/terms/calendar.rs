//! Reading the calendar: days, cohorts, windows.

use super::figures::{Figures, Kind};
use crate::document::{Fields, Node, nearest};
use crate::error::Problems;
use crate::model::Window;
use crate::model::reader::common::{Entry, text};
use crate::model::terms::{Cohort, Estimate, FollowUp, FollowedFrom, Made, MetricKind, Period, TermsFault};

/// `starts` and `ends`: the days on which something counts.
pub(super) fn period(fields: &mut Fields<'_, '_>) -> Option<Period> {
    let before = fields.problems().total();
    let period = Period { starts: fields.date("starts"), ends: fields.date("ends") };
    in_order(fields, period);
    (fields.problems().total() == before).then_some(period)
}

fn in_order(fields: &mut Fields<'_, '_>, period: Period) {
    if let (Some(starts), Some(ends)) = (period.starts, period.ends)
        && ends < starts
    {
        fields.refuse("ends", TermsFault::EndsBeforeStart { starts, ends });
    }
}

/// The cohort here: `{ id = "spring", starts = 2025-01-01, ends = 2025-06-30 }`.
pub(super) fn cohort(node: &Node, problems: &mut Problems) -> Option<Cohort> {
    let mut fields = Fields::of(node, problems)?;
    let entry = Entry::read(&mut fields);
    let (starts, ends) = (fields.required_date("starts"), fields.required_date("ends"));
    in_order(&mut fields, Period { starts, ends });
    let note = text(&mut fields, "note");
    fields.finish();
    let Entry { id, address, name } = entry?;
    Some(Cohort { id, address, name, starts: starts?, ends: ends?, note })
}

impl Figures {
    /// `window`, `lag` and `counted_from` of a metric: how long people are followed, and from when.
    pub(super) fn follow_up(&self, fields: &mut Fields<'_, '_>, kind: Option<MetricKind>) -> Option<Option<FollowUp>> {
        let before = fields.problems().total();
        let claims = kind == Some(MetricKind::Claims);
        let (window, lag) = (fields.parsed::<Window>("window"), fields.parsed("lag"));
        let counted_from = self.counted_from(fields, claims);
        if !fields.has("window") {
            for key in ["lag", "counted_from"] {
                if fields.has(key) {
                    fields.refuse(key, TermsFault::Meaningless { key, because: "there is no `window`" });
                }
            }
        }
        let from = match counted_from {
            Some(metric) => Some(FollowedFrom::Claim(metric)),
            None if self.has_cohorts => Some(FollowedFrom::Cohort),
            None => None,
        };
        if fields.has("window") && !fields.has("counted_from") && from.is_none() {
            fields.refuse("window", TermsFault::NothingToCountFrom { claims });
        }
        let whole = fields.problems().total() == before;
        let follow_up = window.zip(from).map(|(window, from)| FollowUp { window, lag, from });
        whole.then_some(follow_up)
    }

    /// The metric of claims above that a window of claims is counted from.
    fn counted_from(&self, fields: &mut Fields<'_, '_>, claims: bool) -> Option<usize> {
        if !fields.has("counted_from") {
            fields.known(&["counted_from"]);
            return None;
        }
        let metric = self.metric_under(fields, "counted_from")?;
        let of_claims = self.kind(metric).is_some_and(|Kind { kind, .. }| *kind == MetricKind::Claims);
        if !(claims && of_claims) {
            let because = "a person is followed from a claim to a claim";
            fields.refuse("counted_from", TermsFault::Meaningless { key: "counted_from", because });
            return None;
        }
        Some(metric)
    }
}

/// Refuses weights of cohorts that a contract does not list, where it lists any.
pub(super) fn check_weights(fields: &mut Fields<'_, '_>, cohorts: &[Cohort], estimates: &[Estimate]) {
    if cohorts.is_empty() {
        return;
    }
    for estimate in estimates {
        let Made::Pooled { weights, .. } = &estimate.made else { continue };
        for weight in weights.iter().filter(|weight| !cohorts.iter().any(|cohort| cohort.id == weight.what)) {
            let nearest = nearest(&weight.what, cohorts.iter().map(|cohort| cohort.id.as_str())).map(str::to_owned);
            let address = estimate.address.child("weights").child(&weight.what);
            let place = crate::address::Place { address, ..fields.place().clone() };
            fields.problems().add(&place, TermsFault::UnknownCohort { id: weight.what.clone(), nearest });
        }
    }
}
