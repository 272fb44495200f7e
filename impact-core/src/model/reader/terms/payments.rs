//! Reading payments: what for, by which schedule, under which conditions, by whom.

use super::TermsReader;
use super::figures::Figures;
use super::parts::one_way;
use super::words::{BOUNDARIES, PER};
use crate::document::{Fields, Node, nearest};
use crate::error::Problems;
use crate::model::reader::common::{Around, Entry, count, list, text};
use crate::model::reader::numbers::Meant;
use crate::model::terms::{Boundary, Figure, Gate, MetricKind, Payment, Per, Repeats, Schedule, TermsFault};
use crate::model::{Accepts, Slot};
use std::collections::BTreeMap;

/// What a payment can name: the figures, and the payments read so far.
pub(super) struct Known<'f> {
    figures: &'f Figures,
    /// By id; none where a payment could not be read.
    ids: BTreeMap<String, Option<usize>>,
    read: usize,
}

impl<'f> Known<'f> {
    pub(super) fn new(figures: &'f Figures) -> Self {
        Self { figures, ids: BTreeMap::new(), read: 0 }
    }
}

/// The longest delay of a payment, in days: ten years.
const LONGEST_DELAY: u32 = 3660;

impl TermsReader<'_> {
    /// The payment here.
    pub(super) fn payment(
        &mut self,
        node: &Node,
        known: &mut Known<'_>,
        around: &Around,
        problems: &mut Problems,
    ) -> Option<Payment> {
        let payment = self.read_payment(node, known, around, problems);
        let position = payment.is_some().then_some(known.read);
        known.read = known.read.saturating_add(usize::from(payment.is_some()));
        if let Some(id) = node.id()
            && known.ids.insert(id.to_owned(), position).is_some()
        {
            return node.refuse(TermsFault::TwiceUsed { id: id.to_owned() }, problems);
        }
        payment
    }

    fn read_payment(
        &mut self,
        node: &Node,
        known: &Known<'_>,
        around: &Around,
        problems: &mut Problems,
    ) -> Option<Payment> {
        let mut fields = Fields::of(node, problems)?;
        let entry = Entry::read(&mut fields);
        let own = Around::read(&mut fields);
        let illustrative = own.illustrative || around.illustrative;
        let around = Around { illustrative, ..around.nearer(own.source, None) };
        let of = match fields.node("of") {
            Some(node) => known.figures.named(node, fields.problems()),
            None => Some(Figure::Nothing),
        };
        let kind = of.and_then(|of| known.figures.metric_kind(of));
        let schedule =
            fields.required("schedule").and_then(|node| self.schedule(node, "unit", &around, fields.problems()));
        if let (Some(of), Some(Schedule::Share(_))) = (of, &schedule)
            && !matches!(kind, Some((_, MetricKind::Money)))
        {
            fields.refuse("schedule", TermsFault::ShareOfNoMoney { of: figure_words(of, kind) });
        }
        let per = fields.one_of("per", PER);
        let gates = self.gates(&mut fields, known, &around);
        let repeats = self.repeats(&mut fields, of, kind);
        let uplift = self.uplift(&mut fields, &around);
        let limits = self.limits(&mut fields, &around);
        let payers = match fields.node("payers") {
            Some(node) => self.payers(node, &around, fields.problems()).map(Some),
            None => Some(None),
        };
        let due_after = count(&mut fields, "due_after", "days", (0, LONGEST_DELAY), "a number of days from 0 to 3660");
        let note = text(&mut fields, "note");
        fields.finish();
        let Entry { id, address, name } = entry?;
        let (of, schedule) = (of?, schedule?);
        let default = match of {
            Figure::Estimate(_) => Per::Cohort,
            Figure::Metric(_) | Figure::Nothing => Per::Observation,
        };
        Some(Payment {
            id,
            address,
            name,
            of,
            per: per.unwrap_or(default),
            schedule,
            gates: gates?,
            repeats: repeats?,
            uplift: uplift?,
            limits: limits?,
            payers: payers?,
            due_after: due_after.unwrap_or(0),
            note,
        })
    }

    /// `requires`: a list of conditions.
    fn gates(&mut self, fields: &mut Fields<'_, '_>, known: &Known<'_>, around: &Around) -> Option<Vec<Gate>> {
        let node = fields.node("requires");
        let wanted = node.and_then(Node::as_list).map_or(0, <[Node]>::len);
        let broken = node.is_some_and(|node| node.as_list().is_none());
        let gates = list(node, fields.problems(), |node, problems| self.gate(node, known, around, problems));
        (gates.len() == wanted && !broken).then_some(gates)
    }

    fn gate(&mut self, node: &Node, known: &Known<'_>, around: &Around, problems: &mut Problems) -> Option<Gate> {
        let mut fields = Fields::of(node, problems)?;
        let gate = match one_way(&mut fields, "a condition", &["figure", "before", "unless_paid"]) {
            Some("figure") => {
                let figure = fields.node("figure").and_then(|node| known.figures.named(node, fields.problems()));
                let meant = Meant::new("figure", Accepts::Any, "", around);
                let at = self.numbers.required(&mut fields, "at", &meant);
                let boundary = fields.one_of("boundary", BOUNDARIES).unwrap_or(Boundary::Closed);
                figure.zip(at).map(|(figure, at)| Gate::Reaches { figure, at, boundary })
            }
            Some("before") => known.under(&mut fields, "before").map(Gate::Before),
            Some(_) => known.under(&mut fields, "unless_paid").map(Gate::UnlessPaid),
            None => None,
        };
        fields.finish();
        gate
    }

    /// `repeats = { at_most = 3, spacing = 90 }`; once where nothing is said.
    fn repeats(
        &self,
        fields: &mut Fields<'_, '_>,
        of: Option<Figure>,
        kind: Option<(&str, MetricKind)>,
    ) -> Option<Repeats> {
        if !fields.has("repeats") {
            fields.known(&["repeats"]);
            return Some(Repeats { at_most: Some(1), spacing: 0 });
        }
        if let Some(of) = of.filter(|_| !matches!(kind, Some((_, MetricKind::Claims)))) {
            fields.refuse("repeats", TermsFault::OnlyOfClaims { key: "repeats", of: figure_words(of, kind) });
        }
        let mut inner = fields.fields("repeats")?;
        let before = inner.problems().total();
        let most = "a number of claims from 1 to 1000000";
        let at_most = count(&mut inner, "at_most", "claims", (1, 1_000_000), most);
        let spacing = count(&mut inner, "spacing", "days", (0, LONGEST_DELAY), "a number of days from 0 to 3660");
        let whole = inner.problems().total() == before;
        inner.finish();
        whole.then_some(Repeats { at_most, spacing: spacing.unwrap_or(0) })
    }

    /// `uplift = { women = 1.2 }`.
    fn uplift(&mut self, fields: &mut Fields<'_, '_>, around: &Around) -> Option<BTreeMap<String, Slot>> {
        let Some(node) = fields.node("uplift") else { return Some(BTreeMap::new()) };
        let mut inner = Fields::of(node, fields.problems())?;
        let mut factors = BTreeMap::new();
        let mut whole = true;
        for entry in inner.rest() {
            let meant = Meant::new("uplift", Accepts::NotNegative, "factor", around);
            match self.numbers.number(&entry.node, &meant, inner.problems()) {
                Some(slot) => drop(factors.insert(entry.key.clone(), slot)),
                None => whole = false,
            }
        }
        inner.finish();
        whole.then_some(factors)
    }
}

impl Known<'_> {
    /// The payment named under a key.
    fn under(&self, fields: &mut Fields<'_, '_>, key: &str) -> Option<usize> {
        let node = fields.required(key)?;
        let id = node.read_text(fields.problems())?;
        match self.ids.get(id) {
            Some(position) => *position,
            None => {
                let nearest = nearest(id, self.ids.keys().map(String::as_str)).map(str::to_owned);
                node.refuse(TermsFault::Unknown { what: "payment", id: id.to_owned(), nearest }, fields.problems())
            }
        }
    }
}

/// What a payment is of, for messages.
fn figure_words(of: Figure, kind: Option<(&str, MetricKind)>) -> String {
    match (of, kind) {
        (_, Some((id, _))) => id.to_owned(),
        (Figure::Nothing, _) => "nothing observed".to_owned(),
        _ => "an estimate".to_owned(),
    }
}
