//! Reading the calendar: days, cohorts, windows.

use super::TermsReader;
use super::figures::{Figures, Kind};
use super::finance::days;
use crate::document::{Fields, Node, nearest};
use crate::error::Problems;
use crate::model::Window;
use crate::model::reader::common::{Entry, list, text};
use crate::model::terms::{
    Cohort, Estimate, FollowUp, FollowedFrom, Made, MetricKind, Milestone, Payment, Per, Period, Termination,
    TermsFault,
};
use crate::units::Label;
use chrono::NaiveDate;

/// The days a contract names beside those of its observations.
pub(super) struct Days {
    pub reports: Option<Vec<NaiveDate>>,
    pub milestones: Vec<Milestone>,
    pub terminated: Option<Option<Termination>>,
}

impl TermsReader<'_> {
    /// `reports`, `milestones` and `terminated`.
    pub(super) fn days(&mut self, fields: &mut Fields<'_, '_>, period: Option<Period>, cohorts: bool) -> Days {
        let reports = match fields.node("reports") {
            Some(node) => days(node, fields.problems()),
            None => Some(Vec::new()),
        };
        let node = fields.node("milestones");
        let milestones: Vec<Milestone> = list(node, fields.problems(), milestone);
        let terminated = match fields.node("terminated") {
            Some(node) => self.terminated(node, period, cohorts, fields.problems()).map(Some),
            None => Some(None),
        };
        Days { reports, milestones, terminated }
    }

    /// `terminated = { on = 2015-08-31, restarts = 2016-01-01, followed = true }`.
    fn terminated(
        &mut self,
        node: &Node,
        period: Option<Period>,
        cohorts: bool,
        problems: &mut Problems,
    ) -> Option<Termination> {
        let mut fields = Fields::of(node, problems)?;
        let (on, restarts) = (fields.required_date("on"), fields.date("restarts"));
        if let Some((on, restarts)) = on.zip(restarts).filter(|(on, restarts)| restarts <= on) {
            fields.refuse("restarts", TermsFault::RestartsBefore { on, restarts });
        }
        let Period { starts, ends } = period.unwrap_or_default();
        if let Some(on) =
            on.filter(|on| ends.is_some_and(|ends| ends <= *on) || starts.is_some_and(|starts| *on < starts))
        {
            fields.refuse("on", TermsFault::NotEarly { on });
        }
        let followed = if fields.has("followed") {
            let followed = fields.flag("followed");
            if followed == Some(true) && !cohorts {
                let because = "no `cohorts` are listed, and who had begun by then is not known";
                fields.refuse("followed", TermsFault::Meaningless { key: "followed", because });
            }
            followed
        } else {
            fields.known(&["followed"]);
            let because = Label::both(
                "what is seen after an early end is no observation of the contract",
                "det som ses etter at kontrakten ble avsluttet før tiden, er ikke en observasjon i den",
            );
            self.numbers.defaulted(&fields.place_of("followed").address, "false", because);
            Some(false)
        };
        fields.finish();
        Some(Termination { on: on?, restarts, followed: followed? })
    }

    /// Says that nothing is paid for an early end, where no payment is made for one.
    pub(super) fn note_termination(&mut self, fields: &Fields<'_, '_>, payments: &[Payment]) {
        if fields.has("terminated") && !payments.iter().any(|payment| payment.per == Per::Termination) {
            let because = Label::both(
                "no payment is `per = \"termination\"`: ending early costs nothing",
                "ingen betaling er `per = \"termination\"`: å avslutte før tiden koster ingenting",
            );
            self.numbers.defaulted(&fields.place_of("terminated").address.child("payment"), "0", because);
        }
    }
}

/// The milestone here: `{ id = "mid-term", on = 2025-06-30 }`.
fn milestone(node: &Node, problems: &mut Problems) -> Option<Milestone> {
    let mut fields = Fields::of(node, problems)?;
    let entry = Entry::read(&mut fields);
    let on = fields.required_date("on");
    let note = text(&mut fields, "note");
    fields.finish();
    let Entry { id, address, name } = entry?;
    Some(Milestone { id, address, name, on: on?, note })
}

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
