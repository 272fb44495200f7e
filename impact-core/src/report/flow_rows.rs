//! Flows as rows, day by day.
//!
//! One rule: on a day on which results of few people are paid for, every flow would tell how many they are, whatever it passes on:
//! flows of such days are told together by year, at the end of it, without their day.

use super::cash_flows::party_id;
use crate::address::Address;
use crate::contract::{CashFlows, Flow, FlowKind};
use crate::model::terms::Finance;
use crate::number::{Exact, Fault};
use crate::units::Label;
use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// One flow. Nominal, above zero.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct CashFlowRow {
    /// When; none of flows that are told together.
    pub date: Option<NaiveDate>,
    /// The calendar year.
    pub year: i32,
    /// Who pays: the id of a holder, `contract.account` or `contract.delivery`.
    pub from: String,
    /// Who receives.
    pub to: String,
    /// How much.
    pub amount: Decimal,
    /// What it is, as a word.
    pub kind: FlowKind,
    /// What it is, in words.
    pub name: Label,
    /// The id of the tranche.
    pub tranche: Option<String>,
    /// What in the document makes it.
    pub cause: Address,
    /// Whether it is all flows of its kind of the days of the year on which few people are paid for.
    pub together: bool,
}

/// What one party pays (below zero) or receives on a day.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct PartyDayRow {
    /// The id of a holder, `contract.account` or `contract.delivery`.
    pub party: String,
    /// When; none of days that are told together.
    pub date: Option<NaiveDate>,
    /// The calendar year.
    pub year: i32,
    /// How much.
    pub amount: Decimal,
}

/// Every flow, those of hidden days together.
pub(super) fn rows(
    flows: &CashFlows,
    finance: Option<&Finance>,
    hidden: &BTreeSet<NaiveDate>,
) -> Result<Vec<CashFlowRow>, Fault> {
    let mut rows: Vec<CashFlowRow> = Vec::new();
    for flow in flows.flows() {
        let row = row(flows, finance, flow, hidden.contains(&flow.date));
        match rows.iter_mut().find(|known| known.is_told_with(&row)) {
            Some(known) => known.amount = sum(known.amount, row.amount)?,
            None => rows.push(row),
        }
    }
    rows.sort_by_key(|row| (row.year, row.date.unwrap_or(NaiveDate::MAX)));
    Ok(rows)
}

/// What each party pays and receives day by day, hidden days together.
pub(super) fn by_date(flows: &CashFlows, hidden: &BTreeSet<NaiveDate>) -> Result<Vec<PartyDayRow>, Fault> {
    let mut rows: Vec<PartyDayRow> = Vec::new();
    for party in flows.parties() {
        let id = party_id(flows.contract(), party);
        let mut mine: Vec<PartyDayRow> = Vec::new();
        for (day, amount) in flows.party(party)?.by_date {
            let (date, year) = (Some(day).filter(|day| !hidden.contains(day)), day.year());
            match mine.iter_mut().find(|known| (known.date, known.year) == (None, year) && date.is_none()) {
                Some(known) => known.amount = sum(known.amount, amount)?,
                None => mine.push(PartyDayRow { party: id.clone(), date, year, amount }),
            }
        }
        mine.sort_by_key(|row| (row.year, row.date.unwrap_or(NaiveDate::MAX)));
        rows.extend(mine);
    }
    Ok(rows)
}

fn sum(one: Decimal, other: Decimal) -> Result<Decimal, Fault> {
    (Exact::from(one) + Exact::from(other)).value()
}

fn row(flows: &CashFlows, finance: Option<&Finance>, flow: &Flow, together: bool) -> CashFlowRow {
    let contract = flows.contract();
    CashFlowRow {
        date: Some(flow.date).filter(|_| !together),
        year: flow.date.year(),
        from: party_id(contract, flow.from),
        to: party_id(contract, flow.to),
        amount: flow.amount,
        kind: flow.kind,
        name: kind_name(flow.kind),
        tranche: flow.tranche.and_then(|at| finance?.tranches.get(at)).map(|tranche| tranche.id.clone()),
        cause: flow.cause.clone(),
        together,
    }
}

impl CashFlowRow {
    fn is_told_with(&self, other: &Self) -> bool {
        let whose = |row: &Self| (row.year, row.kind);
        self.together
            && other.together
            && whose(self) == whose(other)
            && self.from == other.from
            && self.to == other.to
            && self.tranche == other.tranche
            && self.cause == other.cause
    }
}

/// What a flow is, in words.
fn kind_name(kind: FlowKind) -> Label {
    match kind {
        FlowKind::OutcomePayment => Label::both("Payment for results", "Betaling for resultater"),
        FlowKind::Clawback => Label::both("Payment taken back", "Tilbakebetaling"),
        FlowKind::Drawdown => Label::both("Money drawn", "Innbetalt kapital"),
        FlowKind::ServiceCost => Label::both("Cost of the service", "Tjenestens kostnad"),
        FlowKind::Delivery => Label::both("Cost of delivery", "Kostnad ved gjennomføring"),
        FlowKind::Fee => Label::both("Success fee", "Suksesshonorar"),
        FlowKind::Takeover => Label::both("Takeover", "Overtakelse"),
        FlowKind::Coupon => Label::both("Coupon", "Rente"),
        FlowKind::Principal => Label::both("Principal repaid", "Avdrag"),
        FlowKind::Surplus => Label::both("Share of the surplus", "Andel av overskuddet"),
        FlowKind::Guarantee => Label::both("Loss made good", "Dekket tap"),
        FlowKind::Recovery => Label::both("Guarantee paid back", "Garanti tilbakebetalt"),
        FlowKind::Remainder => Label::both("Remainder", "Rest"),
    }
}
