//! What cash flows come to: for each party and each tranche its total, return, multiple, payback, and what it loses or gains.

use super::book::Book;
use super::flow::{Flow, FlowKind, Party};
use crate::cash_flow::{CashFlowError, DatedFlows, DayCount, InternalRate, PaidBack};
use crate::model::{Contract, HolderIndex};
use crate::number::{Exact, Fault, Number};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The cash flows of a contract for what a statement pays. Nominal, on their days, exact to the smallest unit that is paid.
///
/// # Examples
/// 100 is lent for a year at 5 %, and 120 is paid for results:
/// ```
/// use impact_core::Contract;
/// use impact_core::cash_flow::PaidBack;
/// use impact_core::contract::{Observations, Row};
/// let contract = Contract::from_toml(r#"
///     impact = 1
///     name = "A loan"
///     currency = "NOK"
///     holders = [
///         { id = "state", kind = "public", level = "state" }, { id = "bank", kind = "investor" },
///         { id = "provider", kind = "enterprise" },
///     ]
///     [contract]
///     payee = "provider"
///     payers = [ { holder = "state" } ]
///     metrics = [ { id = "results", kind = "count" } ]
///     payments = [ { id = "results", of = "results", schedule = { per_unit = 10 } } ]
///     [contract.finance]
///     costs = [ { id = "service", to = "provider", paid = [ { date = 2023-01-01, amount = 100 } ] } ]
///     tranches = [ { id = "loan", holder = "bank", commitment = 100, coupon = { rate = 0.05, deferral = "simple" } } ]
/// "#)?;
/// let day = "2024-01-01".parse()?;
/// let results = Row { metric: "results".into(), date: Some(day), count: Some(12.into()), ..Row::default() };
/// let statement = contract.settle(&Observations::of(&contract, [results])?)?;
/// let flows = contract.cash_flows(&statement)?;
/// let bank = flows.tranche(0)?;
/// assert_eq!(bank.total, 5.into());
/// assert_eq!(bank.moic?, "1.05".parse()?);
/// assert_eq!(bank.paid_back?, PaidBack::On(day));
/// assert!((bank.xirr?.unique().ok_or("one rate")? - 0.05).abs() < 1e-12);
/// assert_eq!(flows.of(contract.terms().payee)?.total, 115.into()); // 100 for the service and 15 that are left
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct CashFlows {
    contract: Contract,
    day_count: DayCount,
    flows: Vec<Flow>,
    tranches: Vec<TrancheFlows>,
    taken_over: Option<bool>,
}

/// What one tranche put in and got back.
#[derive(Debug, Clone, PartialEq)]
pub struct TrancheFlows {
    /// The tranche, as its position in the finance.
    pub tranche: usize,
    /// What was drawn.
    pub drawn: Decimal,
    /// Principal that came back, guarantees left out.
    pub repaid: Decimal,
    /// Coupons paid.
    pub coupon: Decimal,
    /// Its share of the surplus.
    pub surplus: Decimal,
    /// What guarantees paid.
    pub guaranteed: Decimal,
    /// Coupons that fell due and were not paid.
    pub unpaid_coupon: Decimal,
    /// What of the money put in did not come back in any way; of a grant, nothing is lost.
    pub loss: Decimal,
    /// The loss if nothing were paid for results and the service ran as planned.
    pub planned_loss: PlannedLoss,
    /// What came back beyond the money put in.
    pub upside: Decimal,
}

/// What a tranche loses if no result is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlannedLoss {
    /// So much.
    Of(Decimal),
    /// The service cannot be carried out as planned without being paid for results: so much lacks.
    Lacks(Decimal),
}

impl PlannedLoss {
    /// The loss, where the service can be carried out.
    pub fn amount(&self) -> Option<Decimal> {
        match self {
            Self::Of(amount) => Some(*amount),
            Self::Lacks(_) => None,
        }
    }
}

/// Flows seen from one side: received above zero, paid below.
#[derive(Debug, Clone, PartialEq)]
pub struct Returns {
    /// The sum of each day that has a flow.
    pub by_date: Vec<(NaiveDate, Decimal)>,
    /// All that is paid, flow by flow.
    pub paid: Decimal,
    /// All that is received.
    pub received: Decimal,
    /// What is received less what is paid.
    pub total: Decimal,
    /// The internal rate of return per year: one, several or none, and why.
    ///
    /// # Errors
    /// Flows of one day only; of the account, which only passes money on.
    pub xirr: Result<InternalRate, CashFlowError>,
    /// How years are counted in it.
    pub day_count: DayCount,
    /// All that is received over all that is paid.
    ///
    /// # Errors
    /// Nothing paid; of the account, which only passes money on; of who only pays and has nothing in a tranche.
    pub moic: Result<Decimal, CashFlowError>,
    /// When it has come back.
    ///
    /// # Errors
    /// Flows of one day only; of the account, which only passes money on.
    pub paid_back: Result<PaidBack, CashFlowError>,
}

impl CashFlows {
    pub(super) fn new(
        contract: &Contract,
        day_count: DayCount,
        flows: Vec<Flow>,
        tranches: Vec<TrancheFlows>,
        taken_over: Option<bool>,
    ) -> Self {
        Self { contract: contract.clone(), day_count, flows, tranches, taken_over }
    }

    /// The contract.
    pub fn contract(&self) -> &Contract {
        &self.contract
    }

    /// Every flow in the order of the days; within a day in the order in which money moves.
    pub fn flows(&self) -> &[Flow] {
        &self.flows
    }

    /// What each tranche put in and got back.
    pub fn tranches(&self) -> &[TrancheFlows] {
        &self.tranches
    }

    /// Whether the takeover's test was met; none where there is no takeover, or its day never came.
    pub fn taken_over(&self) -> Option<bool> {
        self.taken_over
    }

    /// The parties that have a flow: holders in the order of the document, the account, delivery.
    pub fn parties(&self) -> Vec<Party> {
        let mut parties: Vec<Party> = self.flows.iter().flat_map(|flow| [flow.from, flow.to]).collect();
        parties.sort_unstable();
        parties.dedup();
        parties
    }

    /// What a holder pays and receives, in all its parts.
    ///
    /// # Errors
    /// Sums that 28 digits do not hold.
    pub fn of(&self, holder: HolderIndex) -> Result<Returns, Fault> {
        self.party(Party::Holder(holder))
    }

    /// What a party pays and receives. Who receives nothing and has put nothing into a tranche has no multiple; an investor who loses
    /// everything has that of 0.
    ///
    /// # Errors
    /// Sums that 28 digits do not hold.
    pub fn party(&self, party: Party) -> Result<Returns, Fault> {
        let mine = self.flows.iter().flat_map(|flow| {
            let received = (flow.to == party).then_some((flow.date, flow.amount));
            let paid = (flow.from == party).then_some((flow.date, -flow.amount));
            received.into_iter().chain(paid)
        });
        let returns = returns(mine.collect(), self.day_count)?;
        Ok(match party {
            Party::Account => returns.passed_on(),
            _ if returns.received.is_zero() && !self.invests(party) => returns.only_paid(),
            _ => returns,
        })
    }

    /// Whether a party puts money into a tranche.
    fn invests(&self, party: Party) -> bool {
        self.flows.iter().any(|flow| flow.kind == FlowKind::Drawdown && flow.from == party)
    }

    /// What a tranche pays and receives: drawdowns against coupons, principal, surplus and guarantees.
    ///
    /// # Errors
    /// Sums that 28 digits do not hold.
    pub fn tranche(&self, position: usize) -> Result<Returns, Fault> {
        let mine = self.flows.iter().filter(|flow| flow.tranche == Some(position));
        let signed = mine.map(|flow| match flow.kind {
            FlowKind::Drawdown => (flow.date, -flow.amount),
            _ => (flow.date, flow.amount),
        });
        returns(signed.collect(), self.day_count)
    }
}

impl Returns {
    /// Those of the account: it has no money of its own, so a rate of 0 and a multiple of 1 would say nothing of anybody.
    fn passed_on(self) -> Self {
        let none = CashFlowError::PassesOn;
        Self { xirr: Err(none.clone()), moic: Err(none.clone()), paid_back: Err(none), ..self }
    }

    /// Those of who only pays: no money of it is there to come back.
    fn only_paid(self) -> Self {
        Self { moic: Err(CashFlowError::OnlyPays), ..self }
    }
}

fn returns(flows: Vec<(NaiveDate, Decimal)>, day_count: DayCount) -> Result<Returns, Fault> {
    let mut sums: BTreeMap<NaiveDate, Exact> = BTreeMap::new();
    let (mut paid, mut received) = (Exact::ZERO, Exact::ZERO);
    for (date, amount) in &flows {
        match amount.is_sign_negative() {
            true => paid = paid - Exact::from(*amount),
            false => received = received + Exact::from(*amount),
        }
        let sum = sums.entry(*date).or_insert(Exact::ZERO);
        *sum = *sum + Exact::from(*amount);
    }
    let total = sums.values().copied().sum::<Exact>().value()?;
    let by_date = sums.into_iter().map(|(date, sum)| Ok((date, sum.value()?))).collect::<Result<Vec<_>, Fault>>()?;
    let dated = DatedFlows::new(flows, day_count);
    Ok(Returns {
        by_date,
        paid: paid.value()?,
        received: received.value()?,
        total,
        day_count,
        xirr: dated.as_ref().map(DatedFlows::xirr).map_err(Clone::clone),
        moic: dated.as_ref().map_err(Clone::clone).and_then(DatedFlows::moic),
        paid_back: dated.as_ref().map_err(Clone::clone).and_then(DatedFlows::paid_back),
    })
}

/// What the book of a tranche comes to.
pub(super) fn tranche_flows(
    position: usize,
    book: &Book,
    grant: bool,
    planned_loss: PlannedLoss,
) -> Result<TrancheFlows, Fault> {
    let beyond = book.received() - book.drawn;
    Ok(TrancheFlows {
        tranche: position,
        drawn: book.drawn.value()?,
        repaid: book.repaid.value()?,
        coupon: book.coupon.value()?,
        surplus: book.surplus.value()?,
        guaranteed: book.guaranteed.value()?,
        unpaid_coupon: book.unpaid_coupon().value()?,
        loss: loss(book, grant).value()?,
        planned_loss,
        upside: beyond.max(Exact::ZERO).value()?,
    })
}

/// What of the money put in did not come back.
pub(super) fn loss(book: &Book, grant: bool) -> Exact {
    if grant { Exact::ZERO } else { (book.drawn - book.received()).max(Exact::ZERO) }
}
