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
use crate::model::terms::{
    Cap, Dated, Delivery, Distribution, Finance, FinanceFault, Guarantee, Rounding, ServiceCost, Step, SuccessFee,
    TermsFault, Tranche,
};
use crate::model::{Accepts, HolderIndex};
use crate::units::Label;
use chrono::NaiveDate;
use parts::Ids;
pub(super) use parts::days;
use rust_decimal::Decimal;
use waterfall::Owed;
use words::DAY_COUNTS;

/// The keys that move money of the account.
const OF_ACCOUNT: [&str; 7] = ["costs", "fees", "guarantees", "caps", "takeover", "waterfall", "distribution"];

/// What is listed: money put in, money spent, and promises around it.
struct Listed {
    tranches: Vec<Tranche>,
    tranche_ids: Ids,
    costs: Vec<ServiceCost>,
    delivery: Vec<Delivery>,
    fees: Vec<SuccessFee>,
    fee_ids: Ids,
    guarantees: Vec<Guarantee>,
    caps: Vec<Cap>,
}

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
        let around = &parts::nearer(&mut fields, around);
        let because = Label::both("what spreadsheet programs use", "det regneark bruker");
        let day_count = self.numbers.word_or(&mut fields, "day_count", DAY_COUNTS, (DayCount::Actual365, because));
        let (ends, stopped) = (fields.date("ends"), self.stopped(&mut fields));
        let listed = self.listed(&mut fields, day_count.unwrap_or_default(), known, around);
        let takeover = match fields.node("takeover") {
            Some(node) => self.takeover(node, known, around, fields.problems()).map(Some),
            None => Some(None),
        };
        let distribution = self.distribution(&mut fields);
        let read = fields.problems().total() == before;
        let waterfall = self.order(&mut fields, &listed, around, read);
        let rounding = if fields.has("rounding") { self.rounding(&mut fields) } else { contract };
        fields.known(&["rounding"]);
        let remainder = self.remainder(&mut fields);
        refuse_without_account(&mut fields);
        let whole = |fields: &mut Fields<'_, '_>| fields.problems().total() == before;
        let finance = || {
            let Listed { tranches, costs, delivery, fees, guarantees, caps, .. } = listed;
            Some(Finance {
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
            })
        };
        let finance = finance().filter(|_| whole(&mut fields));
        finance.iter().for_each(|finance| check_days(finance, &mut fields));
        let finance = finance.filter(|_| whole(&mut fields));
        fields.finish();
        finance
    }

    /// `stopped`: where the contract ended early for good, that day.
    fn stopped(&mut self, fields: &mut Fields<'_, '_>) -> Option<NaiveDate> {
        let stopped = fields.date("stopped");
        let Some(on) = self.ended else { return stopped };
        if stopped.is_some_and(|stopped| stopped != on) {
            fields.refuse("stopped", TermsFault::StoppedOnAnotherDay { on });
        } else if !fields.has("stopped") {
            let because = Label::both("the contract ended early", "kontrakten ble avsluttet før tiden");
            self.numbers.defaulted(&fields.place_of("stopped").address, on.to_string(), because);
        }
        Some(on)
    }

    /// The lists.
    fn listed(
        &mut self,
        fields: &mut Fields<'_, '_>,
        day_count: DayCount,
        known: &Known<'_>,
        around: &Around,
    ) -> Listed {
        let (mut tranche_ids, mut fee_ids) = (Ids::new("tranche"), Ids::new("fee"));
        let node = fields.node("tranches");
        let tranches = list(node, fields.problems(), |node, problems| {
            let tranche = self.tranche(node, known, day_count, around, problems);
            tranche_ids.keep(node, tranche)
        });
        self.whole_commitment(fields, &tranches, around);
        let node = fields.node("costs");
        let costs = list(node, fields.problems(), |node, problems| self.service_cost(node, around, problems));
        let node = fields.node("delivery");
        let delivery = list(node, fields.problems(), |node, problems| self.delivery(node, around, problems));
        let node = fields.node("fees");
        let fees = list(node, fields.problems(), |node, problems| {
            let fee = self.fee(node, around, problems);
            fee_ids.keep(node, fee)
        });
        let node = fields.node("guarantees");
        let guarantees =
            list(node, fields.problems(), |node, problems| self.guarantee(node, &tranche_ids, known, around, problems));
        let node = fields.node("caps");
        let caps =
            list(node, fields.problems(), |node, problems| self.cap(node, &tranche_ids, known, around, problems));
        Listed { tranches, tranche_ids, costs, delivery, fees, fee_ids, guarantees, caps }
    }

    /// The waterfall as written, where what it names could be read; else the usual order.
    fn order(
        &mut self,
        fields: &mut Fields<'_, '_>,
        listed: &Listed,
        around: &Around,
        read: bool,
    ) -> Option<Vec<Step>> {
        let Listed { tranches, tranche_ids, fees, fee_ids, .. } = listed;
        let owed = Owed { tranches, fees, tranche_ids, fee_ids };
        match fields.node("waterfall") {
            Some(node) if read => self.waterfall(node, &owed, around, fields.problems()),
            _ => Some(owed.usual()),
        }
    }

    /// That the tranches are the whole commitment, where that is written too.
    fn whole_commitment(&mut self, fields: &mut Fields<'_, '_>, tranches: &[Tranche], around: &Around) {
        let meant = Meant::new("commitment", Accepts::NotNegative, self.money(""), around);
        let Some(slot) = self.numbers.optional(fields, "commitment", &meant) else { return };
        let listed = fields.node("tranches").and_then(Node::as_list).map_or(0, <[Node]>::len);
        if tranches.len() != listed {
            return; // one could not be read: nobody can say what they add up to
        }
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

/// That money of the account is moved only where somebody puts money in.
fn refuse_without_account(fields: &mut Fields<'_, '_>) {
    let nobody = match fields.node("tranches") {
        Some(node) => node.as_list().is_some_and(<[Node]>::is_empty),
        None => !fields.has("tranches"),
    };
    let moved: Vec<&'static str> = OF_ACCOUNT.into_iter().filter(|key| nobody && fields.has(key)).collect();
    for key in moved {
        fields.refuse(key, FinanceFault::NoTranche { key });
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
    later.extend(finance.guarantees.iter().map(|guarantee| ("guarantees", guarantee.called.last().copied())));
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
