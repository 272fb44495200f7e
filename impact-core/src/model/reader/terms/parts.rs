//! Reading what several parts of the terms have: one of several ways, limits, rounding.

use super::TermsReader;
use super::words::{BOUNDARIES, ROUNDING_RULES};
use crate::document::Fields;
use crate::model::reader::common::Around;
use crate::model::reader::numbers::Meant;
use crate::model::terms::{Boundary, Limits, Rounding, RoundingRule, TermsFault};
use crate::model::{Accepts, Slot};
use crate::units::Label;
use rust_decimal::Decimal;

/// Which of several keys is written, where exactly one is meant; all count as asked for.
pub(super) fn one_way<'k>(fields: &mut Fields<'_, '_>, what: &'static str, keys: &[&'k str]) -> Option<&'k str> {
    fields.known(keys);
    let given: Vec<&str> = keys.iter().copied().filter(|key| fields.has(key)).collect();
    let owned = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
    match given.as_slice() {
        [one] => Some(one),
        [] => {
            fields.refuse_here(TermsFault::NoneOf { what, forms: owned(keys) });
            None
        }
        several => {
            fields.refuse_here(TermsFault::Several { what, forms: owned(several) });
            None
        }
    }
}

impl TermsReader<'_> {
    /// `rounding = { to = 0.01, rule = "half-up" }`.
    pub(super) fn rounding(&mut self, fields: &mut Fields<'_, '_>) -> Option<Rounding> {
        if !fields.has("rounding") {
            fields.known(&["rounding"]);
            let because = Label::both("amounts are paid in hundredths", "beløp rundes av til nærmeste øre (hundredel)");
            self.numbers.defaulted(&fields.place_of("rounding").address, r#"{ to = 0.01, rule = "half-up" }"#, because);
            return Some(Rounding { to: Decimal::new(1, 2), rule: RoundingRule::HalfUp });
        }
        let mut inner = fields.fields("rounding")?;
        let to = inner.required_number("to");
        let rule = inner.required_one_of("rule", ROUNDING_RULES);
        if let Some(to) = to.filter(|to| *to <= Decimal::ZERO) {
            inner.refuse("to", TermsFault::RoundedToNothing { to });
        }
        inner.finish();
        Some(Rounding { to: to?, rule: rule? })
    }

    /// `boundary`: whether a figure at a boundary reaches it.
    pub(super) fn boundary(&mut self, fields: &mut Fields<'_, '_>) -> Option<Boundary> {
        let because = Label::both("a figure at a boundary reaches it", "en verdi som er lik grensen, regnes som nådd");
        self.numbers.word_or(fields, "boundary", BOUNDARIES, (Boundary::Closed, because))
    }

    /// `at_most` of a contract or a payment: a number for all of it, or a table by scope.
    pub(super) fn most(&mut self, fields: &mut Fields<'_, '_>, around: &Around) -> Option<Limits> {
        let before = fields.problems().total();
        let mut limits = Limits::default();
        let scoped = |fields: &mut Fields<'_, '_>, key| {
            let table = fields.node(key).and_then(|node| node.as_table());
            table.is_some_and(|table| table.get("value").is_none() && table.get("use").is_none())
        };
        if scoped(fields, "at_most") {
            let mut inner = fields.fields("at_most")?;
            limits.most_each = self.amount(&mut inner, "each", "most of each amount", around);
            limits.most_person = self.amount(&mut inner, "person", "most for one person", around);
            limits.most_year = self.amount(&mut inner, "year", "most in a year", around);
            limits.most_total = self.amount(&mut inner, "total", "most of all", around);
            inner.finish();
        } else {
            limits.most_total = self.amount(fields, "at_most", "most of all", around);
        }
        (fields.problems().total() == before).then_some(limits)
    }

    /// `at_most` and `at_least` of a payment: the least may lie below zero, where money goes back.
    pub(super) fn limits(&mut self, fields: &mut Fields<'_, '_>, around: &Around) -> Option<Limits> {
        let before = fields.problems().total();
        let most = self.most(fields, around);
        let meant = Meant::new("least of each amount", Accepts::Any, self.money(""), around);
        let least_each = self.numbers.optional(fields, "at_least", &meant);
        let limits = most.map(|most| Limits { least_each, ..most })?;
        let point = |slot: Option<Slot>| self.numbers.point(slot?);
        let upper = [
            (limits.most_each, "for each amount"),
            (limits.most_person, "for one person"),
            (limits.most_year, "in a year"),
            (limits.most_total, "in all"),
        ];
        let lowest = upper.into_iter().filter_map(|(slot, of)| Some((point(slot)?, of))).min_by_key(|(most, _)| *most);
        if let Some((least, (most, of))) =
            point(limits.least_each).zip(lowest).filter(|(least, (most, _))| least > most)
        {
            let (least, most) = (least.normalize(), most.normalize());
            fields.refuse("at_least", TermsFault::LeastAboveMost { least, most, of });
        }
        (fields.problems().total() == before).then_some(limits)
    }
}
