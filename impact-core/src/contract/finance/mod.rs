//! Cash flows: who pays whom how much on which day, from the first drawdown to the last guarantee.
//!
//! One rule: every flow has two ends, so that the sum over all parties is zero on every day.
//!
//! On a day money moves in this order:
//! ```text
//! results are paid  →  the takeover is decided  →  money is drawn  →  payments go back  →  costs are paid  →  the waterfall runs
//! ```
//! Payments go back out of what results brought in and is still in the account; what lacks there the payee owes, with whom the
//! contract is. Guarantees that are called on a day pay after its waterfall. On the last day capital that was not spent joins the
//! waterfall, everything falls due, guarantees make good what is lost, and what is left goes to who has the remainder.

mod agenda;
mod apportion;
mod book;
mod caps;
mod fault;
mod flow;
mod promises;
mod result;
mod run;
mod steering;
mod waterfall;

pub use fault::FundingFault;
pub use flow::{Flow, FlowKind, Party};
pub use result::{CashFlows, PlannedLoss, Returns, TrancheFlows};

use super::Statement;
use crate::address::Place;
use crate::cash_flow::DayCount;
use crate::error::{ModelError, Problem, Problems};
use crate::model::Contract;
use crate::model::terms::{Distribution, Finance, Repaid};
use crate::number::{Exact, Fault};
use run::Run;
use rust_decimal::Decimal;

impl Contract {
    /// The cash flows of the contract for what a statement pays: drawdowns, costs, payments for results, coupons, principal,
    /// fees, guarantees. Without a `finance` only the payments for results.
    ///
    /// # Errors
    /// Every cost that the account cannot pay, with the day and what lacks; several figures of one day where one decides; a statement of another contract; an amount with
    /// more than 28 digits.
    ///
    /// # Examples
    /// A loan of 9.6 million of which a foundation guarantees 7.2 million. Nothing is paid for results:
    /// ```
    /// use impact_core::Contract;
    /// use impact_core::contract::Observations;
    /// let contract = Contract::from_toml(r#"
    ///     impact = 1
    ///     name = "Fewer days in jail"
    ///     currency = "USD"
    ///     holders = [
    ///         { id = "city", kind = "public", level = "municipality" }, { id = "bank", kind = "investor" },
    ///         { id = "foundation", kind = "enterprise" }, { id = "provider", kind = "enterprise" },
    ///     ]
    ///     [contract]
    ///     payee = "bank"
    ///     payers = [ { holder = "city" } ]
    ///     metrics = [ { id = "reduction", kind = "reported", range = [-1, 1] } ]
    ///     payments = [ { id = "fewer", of = "reduction", schedule = { steps = [ { at = 0.1, amount = 9_600_000 } ] } } ]
    ///     [contract.finance]
    ///     tranches = [ { id = "loan", holder = "bank", commitment = 9_600_000 } ]
    ///     costs = [ { id = "service", to = "provider", paid = [ { date = 2012-08-01, amount = 9_600_000 } ] } ]
    ///     guarantees = [ { id = "half", holder = "foundation", of = "drawn", schedule = { fixed = 7_200_000 } } ]
    /// "#)?;
    /// let nothing = contract.settle(&Observations::of(&contract, [])?)?;
    /// let flows = contract.cash_flows(&nothing)?;
    /// let loan = &flows.tranches()[0];
    /// assert_eq!((loan.drawn, loan.guaranteed, loan.loss), (9_600_000.into(), 7_200_000.into(), 2_400_000.into()));
    /// let sum: rust_decimal::Decimal = flows.parties().into_iter().map(|party| flows.party(party).unwrap().total).sum();
    /// assert!(sum.is_zero());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn cash_flows(&self, statement: &Statement) -> Result<CashFlows, ModelError> {
        if statement.contract() != self {
            return Err(ModelError::one(Place::document(), FundingFault::OtherContract));
        }
        let values: Vec<Exact> = self.assumptions().iter().map(|number| Exact::from(number.point)).collect();
        self.cash_flows_at(&values, statement)
    }

    /// The same of a statement of this contract, where its numbers have these values.
    pub(crate) fn cash_flows_at(&self, values: &[Exact], statement: &Statement) -> Result<CashFlows, ModelError> {
        let none = self.without_finance();
        let finance = self.terms().finance.as_ref().unwrap_or(&none);
        let run = Run::new(self, finance, values, statement.lines()).until_the_end().map_err(too_large)?;
        let mut problems = Problems::new();
        let ambiguous = steering::ambiguous(finance, &self.terms().payments, statement.lines());
        for (address, fault) in ambiguous.into_iter().chain(run.lacking.iter().cloned()) {
            problems.push(Problem::new(Place::at(address), fault));
        }
        problems.into_result()?;
        self.summed(finance, values, run).map_err(too_large)
    }

    /// What a run comes to, beside the same finance when nothing is paid for results.
    fn summed(&self, finance: &Finance, values: &[Exact], run: Run<'_>) -> Result<CashFlows, Fault> {
        let planned = Run::new(self, finance, values, &[]).planned().until_the_end()?;
        let mut lacks = Exact::ZERO;
        for (_, fault) in &planned.lacking {
            if let FundingFault::Lacking { lacking, .. } = fault {
                lacks = lacks + Exact::from(*lacking);
            }
        }
        let lacks: Decimal = lacks.value()?;
        let mut tranches = Vec::with_capacity(run.books.len());
        for (position, (tranche, (book, plan))) in
            finance.tranches.iter().zip(run.books.iter().zip(&planned.books)).enumerate()
        {
            let grant = tranche.repaid != Repaid::Lender;
            let planned_loss = match lacks.is_zero() {
                true => PlannedLoss::Of(result::loss(plan, grant).value()?),
                false => PlannedLoss::Lacks(lacks),
            };
            tranches.push(result::tranche_flows(position, book, grant, planned_loss)?);
        }
        Ok(CashFlows::new(self, finance.day_count, run.flows, tranches, run.taken_over))
    }

    /// No finance: the payee is paid for results, and that is all.
    fn without_finance(&self) -> Finance {
        Finance {
            address: crate::address::Address::root().child("contract").child("finance"),
            day_count: DayCount::default(),
            ends: None,
            stopped: None,
            tranches: Vec::new(),
            costs: Vec::new(),
            delivery: Vec::new(),
            fees: Vec::new(),
            guarantees: Vec::new(),
            caps: Vec::new(),
            takeover: None,
            distribution: Distribution::AsPaid,
            waterfall: Vec::new(),
            rounding: self.terms().rounding,
            remainder: self.terms().payee,
        }
    }
}

fn too_large(fault: Fault) -> ModelError {
    ModelError::one(Place::document(), FundingFault::TooLarge(fault))
}
