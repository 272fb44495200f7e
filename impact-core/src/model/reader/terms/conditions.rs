//! Reading conditions: what must hold before anything is paid, and how often a person is paid for.
//!
//! One rule: what has no end says so in words.

use super::TermsReader;
use super::figures::Kind;
use super::parts::one_way;
use super::payments::{Known, LONGEST_DELAY};
use crate::document::{Fields, Node};
use crate::error::Problems;
use crate::model::Accepts;
use crate::model::reader::common::{Around, count, list};
use crate::model::reader::numbers::Meant;
use crate::model::terms::{Gate, MetricKind, Repeats};
use crate::units::Label;

/// The ways to write a condition.
const CONDITIONS: &[&str] = &["figure", "before", "significant", "people", "unless_paid"];

/// The word for as often as there are claims.
const UNLIMITED: &str = "unlimited";

impl TermsReader<'_> {
    /// `requires`: a list of conditions.
    pub(super) fn gates(
        &mut self,
        fields: &mut Fields<'_, '_>,
        known: &Known<'_>,
        around: &Around,
    ) -> Option<Vec<Gate>> {
        let node = fields.node("requires");
        let wanted = node.and_then(Node::as_list).map_or(0, <[Node]>::len);
        let broken = node.is_some_and(|node| node.as_list().is_none());
        let gates = list(node, fields.problems(), |node, problems| self.gate(node, known, around, problems));
        (gates.len() == wanted && !broken).then_some(gates)
    }

    fn gate(&mut self, node: &Node, known: &Known<'_>, around: &Around, problems: &mut Problems) -> Option<Gate> {
        let mut fields = Fields::of(node, problems)?;
        let gate = match one_way(&mut fields, "a condition", CONDITIONS) {
            Some("figure") => {
                let figure = fields.node("figure").and_then(|node| known.figures.of_cohorts(node, fields.problems()));
                let meant = Meant::new("figure", Accepts::Any, "", around);
                let at = self.numbers.required(&mut fields, "at", &meant);
                let boundary = self.boundary(&mut fields);
                if let Some((figure, at)) = figure.zip(at) {
                    let span = fields.place_of("at").span;
                    self.check_figure(at, (known, figure), span, fields.problems());
                }
                figure.zip(at).zip(boundary).map(|((figure, at), boundary)| Gate::Reaches { figure, at, boundary })
            }
            Some("before") => {
                let payment = known.under(&mut fields, "before");
                let because =
                    Label::both("what comes before has an earlier day", "det som kommer før, har en tidligere dag");
                let spacing = self.spacing(&mut fields, (1, because));
                payment.zip(spacing).map(|(payment, spacing)| Gate::Before { payment, spacing })
            }
            Some("significant") => self.significance(&mut fields, known, around).map(Gate::Significant),
            Some("people") => self.people(&mut fields, known, around),
            Some(_) => known.under(&mut fields, "unless_paid").map(Gate::UnlessPaid),
            None => None,
        };
        fields.finish();
        gate
    }

    /// `repeats = { at_most = 3, spacing = 90 }`; once where nothing is said.
    pub(super) fn repeats(&mut self, fields: &mut Fields<'_, '_>, kind: Option<&Kind>) -> Option<Repeats> {
        if !fields.has("repeats") {
            fields.known(&["repeats"]);
            if kind.is_some_and(|kind| kind.kind == MetricKind::Claims) {
                let because = Label::both("a person is paid for once", "det betales én gang for hver person");
                self.numbers.defaulted(&fields.place_of("repeats").address, "{ at_most = 1 }", because);
            }
            return Some(Repeats { at_most: Some(1), spacing: 0 });
        }
        let mut inner = fields.fields("repeats")?;
        let before = inner.problems().total();
        let at_most = match inner.required("at_most").and_then(Node::as_text) {
            Some(UNLIMITED) => None,
            _ => {
                let most = "a number of claims from 1 to 1000000, or \"unlimited\"";
                count(&mut inner, "at_most", "claims", (1, 1_000_000), most)
            }
        };
        let because =
            Label::both("two claims may be of days that follow", "to krav kan være fra dager etter hverandre");
        let spacing = self.spacing(&mut inner, (0, because));
        let whole = inner.problems().total() == before;
        inner.finish();
        Some(Repeats { at_most, spacing: spacing? }).filter(|_| whole)
    }

    /// `spacing`: the least days from one to the next.
    fn spacing(&mut self, fields: &mut Fields<'_, '_>, (days, because): (u32, Label)) -> Option<u32> {
        if fields.has("spacing") {
            return count(fields, "spacing", "days", (0, LONGEST_DELAY), "a number of days from 0 to 3660");
        }
        fields.known(&["spacing"]);
        self.numbers.defaulted(&fields.place_of("spacing").address, days.to_string(), because);
        Some(days)
    }
}
