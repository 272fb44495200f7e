//! What a payment says that would do nothing: refused, so that terms mean what they say.

use super::figures::Kind;
use super::payments::{Known, figure_words};
use super::words::PER;
use crate::document::{Fields, Node};
use crate::model::terms::{Figure, Limits, MetricKind, Payment, Per, TermsFault};

/// A payment asked what of it does anything.
pub(super) struct Uses<'r, 'n, 'p, 'f> {
    pub fields: &'r mut Fields<'n, 'p>,
    pub known: &'r Known<'f>,
    pub of: Figure,
    pub per: Per,
}

impl<'n> Uses<'_, 'n, '_, '_> {
    /// Refuses what has no use here.
    pub fn check(mut self) {
        if self.per == Per::Observation && !matches!(self.of, Figure::Metric(_)) {
            let of = if self.of == Figure::Nothing { "a fee" } else { "an estimate" };
            self.fields.refuse("per", TermsFault::NoObservations { of });
        }
        if self.per == Per::Termination && self.of != Figure::Nothing {
            self.fields.refuse("per", TermsFault::TerminationOfFigure);
        }
        if let Some(node) = self.under("repeats", &[]) {
            self.only_of_claims("repeats", node);
        }
        self.check_before();
        if let Some(node) = self.under("at_most", &["person"])
            && self.only_of_claims("at_most.person", node)
        {
            self.only_one_by_one("at_most.person", node);
        }
        self.check_uplift();
    }

    fn check_before(&mut self) {
        let gates = self.fields.node("requires").and_then(Node::as_list).unwrap_or_default();
        for node in gates.iter().filter_map(|gate| gate.as_table()?.get("before")) {
            if !self.only_of_claims("before", node) {
                continue;
            }
            let Some(id) = node.as_text() else { continue };
            let of = self.known.position(id).and_then(|position| self.known.of(position));
            if of.is_some_and(|of| !is_claims(self.known.figures.metric_kind(of))) {
                self.fields.problems().add(&node.place, TermsFault::BeforeOfNobody { payment: id.to_owned() });
            }
        }
    }

    fn check_uplift(&mut self) {
        let Some(node) = self.under("uplift", &[]) else { return };
        if !self.only_one_by_one("uplift", node) || is_claims(self.kind()) {
            return;
        }
        for entry in node.as_table().map(|table| table.entries()).unwrap_or_default() {
            if self.known.compared.contains(entry.key.as_str()) {
                let group = entry.key.clone();
                self.fields.problems().add(&entry.node.place, TermsFault::UpliftOfComparison { group });
            }
        }
    }

    fn kind(&self) -> Option<&Kind> {
        self.known.figures.metric_kind(self.of)
    }

    /// What stands under a key, and under others below it.
    fn under(&mut self, key: &str, below: &[&str]) -> Option<&'n Node> {
        let node = self.fields.node(key)?;
        below.iter().try_fold(node, |node, key| node.as_table()?.get(key))
    }

    /// Refuses what is of single people where no claims are paid for; whether it may stand.
    fn only_of_claims(&mut self, key: &'static str, node: &Node) -> bool {
        let claims = is_claims(self.kind());
        if !claims {
            let fault = TermsFault::OnlyOfClaims { key, of: figure_words(self.of, self.known) };
            self.fields.problems().add(&node.place, fault);
        }
        claims
    }

    /// Refuses what is of single observations where they are paid together; whether it may stand.
    fn only_one_by_one(&mut self, key: &'static str, node: &Node) -> bool {
        let single = self.per == Per::Observation;
        if !single {
            let per = PER.iter().find(|(_, per)| *per == self.per).map_or("", |(word, _)| word);
            self.fields.problems().add(&node.place, TermsFault::OnlyOneByOne { key, per });
        }
        single
    }
}

impl Known<'_> {
    /// Refuses a limit of the contract for one person where nothing is paid for one.
    pub(super) fn check_person(&self, fields: &mut Fields<'_, '_>, limits: Option<&Limits>, payments: &[Payment]) {
        let one_by_one =
            |payment: &Payment| payment.per == Per::Observation && is_claims(self.figures.metric_kind(payment.of));
        let limited = limits.is_some_and(|limits| limits.most_person.is_some());
        let whole = self.read_all();
        if limited && whole && !payments.iter().any(one_by_one) {
            let node = fields.node("at_most").and_then(|node| node.as_table()?.get("person"));
            if let Some(node) = node {
                fields.problems().add(&node.place, TermsFault::LimitsNobody);
            }
        }
    }
}

fn is_claims(kind: Option<&Kind>) -> bool {
    kind.is_some_and(|kind| kind.kind == MetricKind::Claims)
}
