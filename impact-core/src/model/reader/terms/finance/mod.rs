//! Reading the finance of a contract.

mod parts;
mod promises;
mod tranches;
mod waterfall;
mod words;

use super::TermsReader;
use super::payments::Known;
use crate::cash_flow::DayCount;
use crate::document::{Fields, Node};
use crate::error::Problems;
use crate::model::reader::common::{Around, list};
use crate::model::reader::numbers::Meant;
use crate::model::terms::{Dated, Distribution, Finance, FinanceFault, Rounding, Tranche};
use crate::model::{Accepts, HolderIndex};
use crate::units::Label;
use chrono::NaiveDate;
use parts::Ids;
use rust_decimal::Decimal;
use waterfall::Owed;
use words::DAY_COUNTS;

/// The keys that move money of the account.
const OF_ACCOUNT: [&str; 7] = ["costs", "fees", "guarantees", "caps", "takeover", "waterfall", "distribution"];

impl TermsReader<'_> {
    /// The finance here.
    pub(super) fn finance(
        &mut self,
        node: &Node,
        contract: Option<Rounding>,
        known: &Known<'_>,
        around: &Around,
        problems: &mut Problems,
    ) -> Option<Finance> {
        let mut fields = Fields::of(node, problems)?;
        let before = fields.problems().total();
        let around = &promises::nearer(&mut fields, around);
        let because = Label::both("what spreadsheet programs use", "det regneark bruker");
        let day_count = self.numbers.word_or(&mut fields, "day_count", DAY_COUNTS, (DayCount::Actual365, because));
        let (ends, stopped) = (fields.date("ends"), fields.date("stopped"));
        let (mut tranche_ids, mut fee_ids) = (Ids::new("tranche"), Ids::new("fee"));
        let node_of = fields.node("tranches");
        let tranches = list(node_of, fields.problems(), |node, problems| {
            let tranche = self.tranche(node, known, day_count.unwrap_or_default(), around, problems);
            tranche_ids.keep(node, tranche)
        });
        self.whole_commitment(&mut fields, &tranches, around);
        let node_of = fields.node("costs");
        let costs = list(node_of, fields.problems(), |node, problems| self.service_cost(node, around, problems));
        let node_of = fields.node("delivery");
        let delivery = list(node_of, fields.problems(), |node, problems| self.delivery(node, around, problems));
        let node_of = fields.node("fees");
        let fees = list(node_of, fields.problems(), |node, problems| {
            let fee = self.fee(node, around, problems);
            fee_ids.keep(node, fee)
        });
        let node_of = fields.node("guarantees");
        let guarantees = list(node_of, fields.problems(), |node, problems| {
            self.guarantee(node, &tranche_ids, known, around, problems)
        });
        let node_of = fields.node("caps");
        let caps =
            list(node_of, fields.problems(), |node, problems| self.cap(node, &tranche_ids, known, around, problems));
        let takeover = match fields.node("takeover") {
            Some(node) => self.takeover(node, known, around, fields.problems()).map(Some),
            None => Some(None),
        };
        let distribution = self.distribution(&mut fields);
        let read = fields.problems().total() == before;
        let owed = Owed { tranches: &tranches, fees: &fees, tranche_ids: &tranche_ids, fee_ids: &fee_ids };
        let waterfall = match fields.node("waterfall") {
            Some(node) if read => self.waterfall(node, &owed, around, fields.problems()),
            _ => Some(owed.usual()),
        };
        let rounding = if fields.has("rounding") { self.rounding(&mut fields) } else { contract };
        fields.known(&["rounding"]);
        let remainder = self.remainder(&mut fields);
        if nobody_puts_money_in(&mut fields) {
            for key in OF_ACCOUNT.into_iter().filter(|key| fields.has(key)).collect::<Vec<_>>() {
                fields.refuse(key, FinanceFault::NoTranche { key });
            }
        }
        let whole = fields.problems().total() == before;
        let finance = Finance {
            address: node.address().clone(),
            day_count: day_count?,
            ends,
            stopped,
            tranches,
            costs,
            delivery,
            fees,
            guarantees,
            caps,
            takeover: takeover?,
            distribution: distribution?,
            waterfall: waterfall?,
            rounding: rounding?,
            remainder: remainder?,
        };
        if whole {
            check_days(&finance, &mut fields);
        }
        let whole = fields.problems().total() == before;
        fields.finish();
        whole.then_some(finance)
    }

    /// That the tranches are the whole commitment, where that is written too.
    fn whole_commitment(&mut self, fields: &mut Fields<'_, '_>, tranches: &[Tranche], around: &Around) {
        let meant = Meant::new("commitment", Accepts::NotNegative, self.money(""), around);
        let Some(slot) = self.numbers.optional(fields, "commitment", &meant) else { return };
        let parts = tranches.iter().map(|tranche| self.numbers.point(tranche.commitment));
        let sum = parts.into_iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part?));
        if let (Some(sum), Some(commitment)) = (sum, self.numbers.point(slot))
            && sum != commitment
        {
            let (sum, commitment) = (sum.normalize(), commitment.normalize());
            fields.refuse("commitment", FinanceFault::NotTheCommitment { sum, commitment });
        }
    }

    /// `distribution = "as-paid"`, `"at-end"`, or days.
    fn distribution(&mut self, fields: &mut Fields<'_, '_>) -> Option<Distribution> {
        if let Some(node) = fields.node("distribution").filter(|node| node.as_text().is_none()) {
            return parts::days(node, fields.problems()).map(Distribution::On);
        }
        let words = [("as-paid", Distribution::AsPaid), ("at-end", Distribution::AtEnd)];
        let because = Label::both("money is passed on as it comes", "penger fordeles etter hvert som de kommer");
        self.numbers.word_or(fields, "distribution", &words, (Distribution::AsPaid, because))
    }

    /// `remainder`: who has what is left at the end; who is paid for results, where nobody is named.
    fn remainder(&mut self, fields: &mut Fields<'_, '_>) -> Option<HolderIndex> {
        if fields.has("remainder") {
            return self.holders.required(fields, "remainder");
        }
        fields.known(&["remainder"]);
        let payee = self.payee?;
        let because = Label::both("who is paid for results keeps what is left", "den som får betalt, beholder resten");
        self.numbers.defaulted(&fields.place_of("remainder").address, self.holders.id(payee).to_owned(), because);
        Some(payee)
    }
}

/// Whether no tranche is written.
fn nobody_puts_money_in(fields: &mut Fields<'_, '_>) -> bool {
    match fields.node("tranches") {
        Some(node) => node.as_list().is_some_and(<[Node]>::is_empty),
        None => !fields.has("tranches"),
    }
}

/// That nothing planned falls after the end, and that what follows a takeover does.
fn check_days(finance: &Finance, fields: &mut Fields<'_, '_>) {
    let last = |dated: &[Dated]| dated.last().map(|dated| dated.date);
    let mut later: Vec<(&'static str, Option<NaiveDate>)> = Vec::new();
    for tranche in &finance.tranches {
        later.push(("tranches", last(&tranche.drawdowns)));
        later.push(("tranches", tranche.repayments.last().map(|one| one.date)));
        later.push(("tranches", tranche.coupon.as_ref().and_then(|coupon| coupon.due.last().copied())));
    }
    later.extend(finance.costs.iter().map(|cost| ("costs", last(&cost.paid))));
    later.extend(finance.delivery.iter().map(|delivery| ("delivery", last(&delivery.paid))));
    later.push(("takeover", finance.takeover.as_ref().map(|takeover| takeover.on)));
    later.push(("stopped", finance.stopped));
    if let Distribution::On(days) = &finance.distribution {
        later.push(("distribution", days.last().copied()));
    }
    if let Some(ends) = finance.ends {
        for (key, date) in later {
            if let Some(date) = date.filter(|date| *date > ends) {
                fields.refuse(key, FinanceFault::AfterEnd { date, ends });
            }
        }
    }
    for cost in finance.costs.iter().filter(|cost| cost.after_takeover) {
        let first = cost.paid.first().map(|paid| paid.date);
        match (&finance.takeover, first) {
            (None, _) => fields.refuse("costs", FinanceFault::NoTakeover),
            (Some(takeover), Some(date)) if date <= takeover.on => {
                fields.refuse("costs", FinanceFault::BeforeTakeover { date, on: takeover.on });
            }
            _ => {}
        }
    }
}
