//! Cash flows as they are told: every flow, every party and every tranche.
//!
//! One rule: totals, and multiples of them, are always told, because somebody has to pay; a day on which few people are paid for
//! is not, and so is no rate of return and no day of payback that would tell it.

use super::flow_rows::{self, CashFlowRow, PartyDayRow};
use super::statement_lines;
use crate::cash_flow::{CashFlowError, DayCount, PaidBack};
use crate::contract::{CashFlows, Party, PlannedLoss, Returns, Statement};
use crate::model::terms::{Finance, Tranche};
use crate::model::{Contract, Default, Marks};
use crate::number::Fault;
use crate::units::Label;
use crate::units::written::Amount;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// The cash flows of a contract with everything that is told of them.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct CashFlowReport {
    /// The hash of the terms.
    pub contract: String,
    /// What the contract is called.
    pub name: Label,
    /// The currency of every amount.
    pub currency: String,
    /// Whether any number of the terms is illustrative or unverified.
    #[serde(flatten)]
    pub marks: Marks,
    /// How years are counted in rates of return.
    pub day_count: DayCount,
    /// Whether the takeover's test was met; none where there is none.
    pub taken_over: Option<bool>,
    /// Every flow.
    pub flows: Vec<CashFlowRow>,
    /// What each party pays (below zero) and receives on each day.
    pub by_date: Vec<PartyDayRow>,
    /// Every party.
    pub parties: Vec<PartyRow>,
    /// Every tranche.
    pub tranches: Vec<TrancheRow>,
    /// What the terms left out.
    pub defaults: Vec<Default>,
}

/// What one party pays and receives.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct PartyRow {
    /// The id of a holder, `contract.account` or `contract.delivery`.
    pub party: String,
    /// What it is called.
    pub name: Label,
    /// Its figures.
    #[serde(flatten)]
    pub returns: ReturnsRow,
}

/// What one tranche put in and got back.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct TrancheRow {
    /// The id.
    pub tranche: String,
    /// What it is called.
    pub name: Label,
    /// Whose money it is.
    pub holder: String,
    /// What was drawn.
    pub drawn: Decimal,
    /// Principal that came back.
    pub repaid: Decimal,
    /// Coupons paid.
    pub coupon: Decimal,
    /// Its share of the surplus.
    pub surplus: Decimal,
    /// What guarantees paid.
    pub guaranteed: Decimal,
    /// Coupons that fell due and were not paid.
    pub unpaid_coupon: Decimal,
    /// What did not come back in any way.
    pub loss: Decimal,
    /// The loss if nothing were paid for results.
    pub planned_loss: Option<Decimal>,
    /// Why there is no planned loss.
    pub why_no_planned_loss: Option<Label>,
    /// What came back beyond what was put in.
    pub upside: Decimal,
    /// Its figures.
    #[serde(flatten)]
    pub returns: ReturnsRow,
}

/// Figures of flows seen from one side.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct ReturnsRow {
    /// All that is paid.
    pub paid: Decimal,
    /// All that is received.
    pub received: Decimal,
    /// What is received less what is paid.
    pub total: Decimal,
    /// The internal rate of return per year, where there is exactly one.
    pub xirr: Option<f64>,
    /// Every rate, where there are several.
    pub xirr_roots: Vec<f64>,
    /// Why there is not exactly one.
    pub why_no_xirr: Option<Label>,
    /// All that is received over all that is paid.
    pub moic: Option<Decimal>,
    /// Why there is none.
    pub why_no_moic: Option<Label>,
    /// When it has come back.
    pub paid_back: Option<NaiveDate>,
    /// Why there is no such day.
    pub why_not_paid_back: Option<Label>,
}

impl CashFlowReport {
    /// Cash flows as they are told, with the statement they are of; with `every_line`, also those of few people by their days.
    ///
    /// # Errors
    /// Sums that 28 digits do not hold.
    pub fn of(flows: &CashFlows, statement: &Statement, every_line: bool) -> Result<Self, Fault> {
        let contract = flows.contract();
        let hidden = match every_line {
            true => BTreeSet::new(),
            false => statement_lines::hidden_days(contract, statement.lines()),
        };
        let finance = contract.terms().finance.as_ref();
        let numbers = contract.assumptions().iter();
        let party = |party: Party| -> Result<PartyRow, Fault> {
            let (party, name, returns) = (party_id(contract, party), party_name(contract, party), flows.party(party)?);
            Ok(PartyRow { party, name, returns: returns_row(&returns, &hidden) })
        };
        Ok(Self {
            contract: contract.hash().as_str().to_owned(),
            name: contract.name().clone(),
            currency: contract.currency().to_string(),
            marks: numbers.fold(Marks::default(), |marks, number| marks.or(number.marks)),
            day_count: finance.map_or_else(DayCount::default, |finance| finance.day_count),
            taken_over: flows.taken_over(),
            flows: flow_rows::rows(flows, finance, &hidden)?,
            by_date: flow_rows::by_date(flows, &hidden)?,
            parties: flows.parties().into_iter().map(party).collect::<Result<_, Fault>>()?,
            tranches: tranches(flows, finance, &hidden)?,
            defaults: contract.defaults().to_vec(),
        })
    }
}

fn tranches(
    flows: &CashFlows,
    finance: Option<&Finance>,
    hidden: &BTreeSet<NaiveDate>,
) -> Result<Vec<TrancheRow>, Fault> {
    let contract = flows.contract();
    let all: &[Tranche] = finance.map_or(&[], |finance| &finance.tranches);
    let row = |(tranche, found): (&Tranche, &crate::contract::TrancheFlows)| {
        Ok(TrancheRow {
            tranche: tranche.id.clone(),
            name: tranche.name.clone(),
            holder: party_id(contract, Party::Holder(tranche.holder)),
            drawn: found.drawn,
            repaid: found.repaid,
            coupon: found.coupon,
            surplus: found.surplus,
            guaranteed: found.guaranteed,
            unpaid_coupon: found.unpaid_coupon,
            loss: found.loss,
            planned_loss: found.planned_loss.amount(),
            why_no_planned_loss: lacks(found.planned_loss),
            upside: found.upside,
            returns: returns_row(&flows.tranche(found.tranche)?, hidden),
        })
    };
    all.iter().zip(flows.tranches()).map(row).collect()
}

fn lacks(planned: PlannedLoss) -> Option<Label> {
    match planned {
        PlannedLoss::Of(_) => None,
        PlannedLoss::Lacks(amount) => {
            let amount = Amount(amount);
            Some(Label::both(
                format!("the service cannot be carried out as planned without results: {amount} would be lacking"),
                format!("tjenesten kan ikke gjennomføres som planlagt uten resultater: {amount:#} ville mangle"),
            ))
        }
    }
}

fn returns_row(returns: &Returns, hidden: &BTreeSet<NaiveDate>) -> ReturnsRow {
    let (why_no_xirr, xirr, xirr_roots) = rate(returns, hidden);
    let (why_not_paid_back, paid_back) = payback(returns, hidden);
    ReturnsRow {
        paid: returns.paid,
        received: returns.received,
        total: returns.total,
        xirr,
        xirr_roots,
        why_no_xirr,
        moic: returns.moic.as_ref().ok().copied(),
        why_no_moic: returns.moic.as_ref().err().map(refused),
        paid_back,
        why_not_paid_back,
    }
}

/// Why there is not exactly one rate, the one that there is, and all of them.
fn rate(returns: &Returns, hidden: &BTreeSet<NaiveDate>) -> (Option<Label>, Option<f64>, Vec<f64>) {
    match &returns.xirr {
        Ok(_) if tells_a_hidden_day(returns, hidden) => (Some(few_people()), None, Vec::new()),
        Ok(rate) => (rate.reason(), rate.unique(), rate.roots().iter().map(|root| root.rate()).collect()),
        Err(error) => (Some(refused(error)), None, Vec::new()),
    }
}

/// Why there is no day of payback, or the day.
fn payback(returns: &Returns, hidden: &BTreeSet<NaiveDate>) -> (Option<Label>, Option<NaiveDate>) {
    match &returns.paid_back {
        // What never comes back stands at the total, which is told.
        Ok(found @ PaidBack::Never { .. }) => (not_paid_back(found), None),
        Ok(_) if tells_a_hidden_day(returns, hidden) => (Some(few_people()), None),
        Ok(found) => (not_paid_back(found), found.day()),
        Err(error) => (Some(refused(error)), None),
    }
}

/// Whether a figure of days would tell one on which few people were paid for: with the other flows and the totals, which are told,
/// a rate of return is solved for it. Where all is paid or all is received, there is no rate and nothing to pay back.
fn tells_a_hidden_day(returns: &Returns, hidden: &BTreeSet<NaiveDate>) -> bool {
    let both_ways = !(returns.paid.is_zero() || returns.received.is_zero());
    both_ways && returns.by_date.iter().any(|(day, _)| hidden.contains(day))
}

/// Why a rate or a day is not told.
fn few_people() -> Label {
    Label::both(
        "some of it moves on days on which few people are paid for, and this would tell those days",
        "noen av beløpene gjelder dager der det betales for få personer, og dette ville røpet dagene",
    )
}

/// Why there is no measure.
pub(super) fn refused(error: &CashFlowError) -> Label {
    let nb = match error {
        CashFlowError::OneDay { .. } => "alle beløp faller på samme dag: ingen rente binder dem sammen",
        CashFlowError::Missing { missing: "paid", .. } => "ingenting er betalt",
        CashFlowError::Missing { .. } => "ingenting er mottatt",
        CashFlowError::PassesOn => {
            "den sender videre det den mottar, uten egne penger: det er ingenting å få avkastning på"
        }
        CashFlowError::OnlyPays => {
            "den bare betaler, og legger ikke inn noe som skal komme tilbake: det er ingenting å ta en multippel av"
        }
        _ => "beløpene er for store til å regnes med",
    };
    Label::both(error.to_string(), nb)
}

fn not_paid_back(found: &PaidBack) -> Option<Label> {
    match found {
        PaidBack::On(_) => None,
        PaidBack::Never { standing } => Some(Label::both(
            format!("after the last flow the balance stands at {}", Amount(*standing)),
            format!("etter siste beløp er saldoen {:#}", Amount(*standing)),
        )),
        PaidBack::NothingToPayBack => {
            Some(Label::both("the balance is never below zero", "saldoen er aldri under null"))
        }
    }
}

pub(super) fn party_id(contract: &Contract, party: Party) -> String {
    match party {
        Party::Holder(holder) => contract.holders().get(holder.position()).map_or("", |holder| &holder.id).to_owned(),
        Party::Account => "contract.account".to_owned(),
        Party::Delivery => "contract.delivery".to_owned(),
    }
}

fn party_name(contract: &Contract, party: Party) -> Label {
    match party {
        Party::Holder(holder) => {
            contract.holders().get(holder.position()).map_or_else(|| Label::plain(""), |holder| holder.name.clone())
        }
        Party::Account => Label::both("The contract's account", "Kontraktens konto"),
        Party::Delivery => Label::both("Delivery (resources)", "Gjennomføring (ressurser)"),
    }
}
