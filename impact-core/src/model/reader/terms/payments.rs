//! Reading payments: what for, by which schedule, by whom.

use super::TermsReader;
use super::calendar::Days;
use super::figures::Figures;
use super::uses::Uses;
use super::words::PER;
use crate::document::{Fields, Node, nearest};
use crate::error::Problems;
use crate::model::reader::common::{Around, Entry, text};
use crate::model::reader::numbers::Meant;
use crate::model::terms::{Against, Estimate, Figure, Made, MetricKind, Payment, Per, Schedule, TermsFault};
use crate::model::{Accepts, Slot};
use crate::units::Label;
use std::collections::{BTreeMap, BTreeSet};

/// What a payment can name: the figures, and the payments read so far.
pub(super) struct Known<'f> {
    pub figures: &'f Figures,
    /// Estimates, by their positions.
    pub estimates: &'f [Estimate],
    /// The milestones among them.
    pub days: &'f Days,
    /// Groups that are compared with.
    pub compared: BTreeSet<&'f str>,
    /// By id; none where a payment could not be read.
    ids: BTreeMap<String, Option<usize>>,
    /// What each of them is paid for.
    read: Vec<Figure>,
}

impl<'f> Known<'f> {
    pub(super) fn new(figures: &'f Figures, estimates: &'f [Estimate], days: &'f Days) -> Self {
        let against = estimates.iter().filter_map(|estimate| match &estimate.made {
            Made::Compared { against, .. } => Some(against),
            _ => None,
        });
        let compared = against.flat_map(Against::groups);
        Self { figures, estimates, days, compared: compared.collect(), ids: BTreeMap::new(), read: Vec::new() }
    }

    /// The payment of an id, where one above has it and could be read.
    pub(super) fn position(&self, id: &str) -> Option<usize> {
        self.ids.get(id).copied().flatten()
    }

    /// Whether every payment could be read so far.
    pub(super) fn read_all(&self) -> bool {
        self.ids.values().all(Option::is_some)
    }

    /// What a payment above is paid for.
    pub(super) fn of(&self, payment: usize) -> Option<Figure> {
        self.read.get(payment).copied()
    }
}

/// The longest delay of a payment, and the longest time between two claims, in days: ten years.
pub(super) const LONGEST_DELAY: u32 = 3660;

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
        let position = payment.is_some().then_some(known.read.len());
        known.read.extend(payment.as_ref().map(|payment| payment.of));
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
            && kind.is_none_or(|kind| kind.kind != MetricKind::Money)
        {
            fields.refuse("schedule", TermsFault::ShareOfNoMoney { of: figure_words(of, known) });
        }
        fields.known(&["per"]);
        if let Some((of, schedule)) = of.zip(schedule.as_ref()) {
            self.check_schedule(&mut fields, known, of, schedule);
        }
        let per = of.and_then(|of| self.per(&mut fields, of));
        let indexed = self.indexed(&mut fields, known, of.zip(per), schedule.as_ref());
        let gates = self.gates(&mut fields, known, &around);
        let repeats = self.repeats(&mut fields, kind);
        let uplift = self.uplift(&mut fields, &around);
        fields.known(&["refunds"]);
        let refunds =
            of.zip(schedule.as_ref()).and_then(|(of, schedule)| self.refunds(&mut fields, known, of, schedule));
        let limits = self.limits(&mut fields, &around);
        let payers = match fields.node("payers") {
            Some(node) => self.payers(node, &around, fields.problems()).map(Some),
            None => Some(None),
        };
        let due_after = self.due_after(&mut fields);
        let due_on = known.due_on(&mut fields);
        let note = text(&mut fields, "note");
        if let Some((of, per)) = of.zip(per) {
            Uses { fields: &mut fields, known, of, per }.check();
        }
        fields.finish();
        let Entry { id, address, name } = entry?;
        let (of, schedule) = (of?, schedule?);
        Some(Payment {
            id,
            address,
            name,
            of,
            per: per?,
            schedule,
            indexed: indexed?,
            gates: gates?,
            repeats: repeats?,
            uplift: uplift?,
            refunds: refunds?,
            limits: limits?,
            payers: payers?,
            due_after: due_after?,
            due_on: due_on?,
            note,
        })
    }

    /// `per`: what an amount is worked out for.
    fn per(&mut self, fields: &mut Fields<'_, '_>, of: Figure) -> Option<Per> {
        let default = match of {
            Figure::Metric(_) => {
                let because = Label::both("each observation is paid by itself", "hver observasjon betales for seg");
                (Per::Observation, because)
            }
            Figure::Estimate(_) => {
                (Per::Cohort, Label::both("an estimate is of a cohort", "et estimat gjelder et kull"))
            }
            Figure::Nothing => {
                (Per::Cohort, Label::both("a fee is paid for each cohort", "et honorar betales for hvert kull"))
            }
        };
        self.numbers.word_or(fields, "per", PER, default)
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
    pub(super) fn under(&self, fields: &mut Fields<'_, '_>, key: &str) -> Option<usize> {
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
pub(super) fn figure_words(of: Figure, known: &Known<'_>) -> String {
    let id = match of {
        Figure::Nothing => return "nothing observed".to_owned(),
        Figure::Metric(_) => known.figures.metric_kind(of).map(|kind| &kind.id),
        Figure::Estimate(at) => known.estimates.get(at).map(|estimate| &estimate.id),
    };
    id.map_or_else(|| "an estimate".to_owned(), Clone::clone)
}
