//! Reading when a payment falls due: so many days after, on payment days, at milestones.

use super::TermsReader;
use super::finance::days;
use super::parts::one_way;
use super::payments::{Known, LONGEST_DELAY};
use crate::document::{Fields, Node, nearest};
use crate::model::reader::common::count;
use crate::model::terms::TermsFault;
use crate::units::Label;
use chrono::NaiveDate;

impl TermsReader<'_> {
    /// `due_after`: days from the observation, or from the day it is reported on.
    pub(super) fn due_after(&mut self, fields: &mut Fields<'_, '_>) -> Option<u32> {
        if fields.has("due_after") {
            let days = "a number of days from 0 to 3660";
            return count(fields, "due_after", "days", (0, LONGEST_DELAY), days);
        }
        fields.known(&["due_after"]);
        let because = Label::both(
            "payments are due on the day of their observation",
            "betalinger forfaller samme dag som observasjonen",
        );
        self.numbers.defaulted(&fields.place_of("due_after").address, "0", because);
        Some(0)
    }
}

impl Known<'_> {
    /// `due = { on = [2025-06-30, 2025-12-31] }`, a series of days, or `due = { milestones = ["mid-term"] }`.
    pub(super) fn due_on(&self, fields: &mut Fields<'_, '_>) -> Option<Vec<NaiveDate>> {
        let Some(mut inner) = fields.fields("due") else { return (!fields.has("due")).then(Vec::new) };
        let found = match one_way(&mut inner, "when it is due", &["on", "milestones"]) {
            Some("on") => inner.node("on").and_then(|node| days(node, inner.problems())),
            Some(_) => self.milestones(&mut inner),
            None => None,
        };
        if found.as_ref().is_some_and(Vec::is_empty) {
            inner.refuse_here(TermsFault::Empty { expected: "days on which it is paid" });
        }
        inner.finish();
        found.filter(|days| !days.is_empty())
    }

    /// The days of milestones, rising.
    fn milestones(&self, fields: &mut Fields<'_, '_>) -> Option<Vec<NaiveDate>> {
        let nodes = fields.list("milestones")?;
        let read: Vec<Option<NaiveDate>> = nodes.iter().map(|node| self.milestone(node, fields)).collect();
        let mut days: Vec<NaiveDate> = read.into_iter().collect::<Option<_>>()?;
        days.sort_unstable();
        days.dedup();
        Some(days)
    }

    fn milestone(&self, node: &Node, fields: &mut Fields<'_, '_>) -> Option<NaiveDate> {
        let id = node.read_text(fields.problems())?;
        match self.days.milestones.iter().find(|one| one.id == id) {
            Some(milestone) => Some(milestone.on),
            None => {
                let known = self.days.milestones.iter().map(|one| one.id.as_str());
                let nearest = nearest(id, known).map(str::to_owned);
                node.refuse(TermsFault::Unknown { what: "milestone", id: id.to_owned(), nearest }, fields.problems())
            }
        }
    }
}
