//! The account day by day: results come in, money is drawn, costs are paid, the rest is distributed.
//!
//! One rule: the account is never below zero. Capital is spent first, then what was paid for results, then more is drawn; what
//! still lacks is said, and the run goes on as if it had been found, so that everything that lacks is said at once.

use super::agenda::{self, Day};
use super::book::Book;
use super::fault::FundingFault;
use super::flow::{Flow, FlowKind, Party};
use super::promises::Guaranteed;
use crate::address::Address;
use crate::contract::Line;
use crate::contract::values::at;
use crate::model::terms::{Dated, Deferral, Finance, Payment, Rounding};
use crate::model::{Contract, Slot};
use crate::number::{Exact, Fault, Number};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// The unit of written amounts, where the contract's own is not finer.
const HUNDREDTH: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

/// What the account, the tranches and everybody else have done so far.
pub(super) struct Run<'a> {
    pub contract: &'a Contract,
    pub finance: &'a Finance,
    pub values: &'a [Exact],
    pub lines: &'a [Line],
    pub flows: Vec<Flow>,
    pub lacking: Vec<(Address, FundingFault)>,
    pub books: Vec<Book>,
    /// Drawn and not yet spent.
    pub capital: Exact,
    /// Received and not yet paid out.
    pub proceeds: Exact,
    /// Paid for results so far, less what went back.
    pub paid_for_results: Exact,
    /// What fees were paid, and what has reached their step, by position.
    pub fees: Vec<(Exact, Exact)>,
    /// Proceeds that no step took when the waterfall last ran.
    pub left: Exact,
    /// What each guarantee has paid and not got back.
    pub guarantees: Vec<Guaranteed>,
    /// Whether the takeover was decided, and how.
    pub taken_over: Option<bool>,
    stopped: Option<NaiveDate>,
}

impl<'a> Run<'a> {
    pub fn new(contract: &'a Contract, finance: &'a Finance, values: &'a [Exact], lines: &'a [Line]) -> Self {
        let compounds = |deferral| deferral == Deferral::Compound;
        let books = finance
            .tranches
            .iter()
            .map(|tranche| Book::new(tranche.coupon.as_ref().is_some_and(|coupon| compounds(coupon.deferral))));
        Self {
            contract,
            finance,
            values,
            lines,
            flows: Vec::new(),
            lacking: Vec::new(),
            books: books.collect(),
            capital: Exact::ZERO,
            proceeds: Exact::ZERO,
            paid_for_results: Exact::ZERO,
            fees: vec![(Exact::ZERO, Exact::ZERO); finance.fees.len()],
            left: Exact::ZERO,
            guarantees: finance.guarantees.iter().map(Guaranteed::new).collect(),
            taken_over: None,
            stopped: finance.stopped,
        }
    }

    /// As planned: never stopped.
    pub fn planned(mut self) -> Self {
        self.stopped = None;
        self
    }

    /// Runs from the first day to the last.
    pub fn until_the_end(mut self) -> Result<Self, Fault> {
        let days = agenda::of(self.finance, self.lines, self.stopped);
        let end = days.keys().next_back().copied();
        for (date, day) in &days {
            self.day(*date, day)?;
            if Some(*date) == end {
                self.end(*date)?;
            } else if day.distributes {
                self.coupons_fall_due(*date, Some(&day.coupons))?;
                self.waterfall(*date, false)?;
                for guarantee in &day.calls {
                    self.call(*guarantee, *date, false)?;
                }
            }
        }
        Ok(self)
    }

    /// What comes before the waterfall.
    fn day(&mut self, date: NaiveDate, day: &Day<'_>) -> Result<(), Fault> {
        self.results_in(date, day)?;
        if day.takeover {
            self.decide_takeover(date)?;
        }
        for (tranche, dated) in &day.draws {
            let amount = self.drawdown(*tranche, dated)?;
            self.draw(*tranche, date, amount)?;
        }
        self.results_back(date, day)?;
        for (cost, dated) in &day.costs {
            self.cost(*cost, date, self.amount(dated.amount)?)?;
        }
        for (position, dated) in &day.delivery {
            let Some(delivery) = self.finance.delivery.get(*position) else { continue };
            let ends = (Party::Holder(delivery.by), Party::Delivery);
            self.flow(date, ends, self.amount(dated.amount)?, (FlowKind::Delivery, None), &delivery.address)?;
        }
        Ok(())
    }

    /// What is paid for results: to the account, or to the payee where nobody has put money in.
    fn results_in(&mut self, date: NaiveDate, day: &Day<'_>) -> Result<(), Fault> {
        let to = self.receiver();
        for line in day.lines.iter().filter(|line| line.amount.is_sign_positive()) {
            let Some(payment) = self.payment(line) else { continue };
            for share in &line.shares {
                let amount = Exact::from(share.amount);
                let ends = (Party::Holder(share.holder), to);
                self.flow(date, ends, amount, (FlowKind::OutcomePayment, None), &payment.address)?;
                self.paid_for_results = self.paid_for_results + amount;
                if to == Party::Account {
                    self.proceeds = self.proceeds + amount;
                }
            }
        }
        Ok(())
    }

    /// What goes back to payers: out of what results brought in and is still there, and else from the payee, with whom the contract
    /// is. Money that was lent for the service pays no refund.
    fn results_back(&mut self, date: NaiveDate, day: &Day<'_>) -> Result<(), Fault> {
        let payee = Party::Holder(self.contract.terms().payee);
        for line in day.lines.iter().filter(|line| line.amount.is_sign_negative()) {
            let Some(payment) = self.payment(line) else { continue };
            for share in &line.shares {
                let amount = Exact::from(share.amount.abs());
                let held = amount.min(self.proceeds);
                self.proceeds = self.proceeds - held;
                for (from, part) in [(Party::Account, held), (payee, amount - held)] {
                    let ends = (from, Party::Holder(share.holder));
                    self.flow(date, ends, part, (FlowKind::Clawback, None), &payment.address)?;
                }
                self.paid_for_results = self.paid_for_results - amount;
            }
        }
        Ok(())
    }

    fn payment(&self, line: &Line) -> Option<&'a Payment> {
        self.contract.terms().payments.get(line.payment)
    }

    fn receiver(&self) -> Party {
        if self.finance.tranches.is_empty() { Party::Holder(self.contract.terms().payee) } else { Party::Account }
    }

    fn drawdown(&self, tranche: usize, dated: &Dated) -> Result<Exact, Fault> {
        let number = at(self.values, dated.amount);
        let commitment = self.finance.tranches.get(tranche).map(|tranche| tranche.commitment);
        match commitment.filter(|_| dated.of_commitment) {
            Some(commitment) => self.rounded(number * at(self.values, commitment)),
            None => self.written(number),
        }
    }

    /// Draws on a tranche.
    fn draw(&mut self, position: usize, date: NaiveDate, amount: Exact) -> Result<(), Fault> {
        let Some(tranche) = self.finance.tranches.get(position) else { return Ok(()) };
        let ends = (Party::Holder(tranche.holder), Party::Account);
        self.flow(date, ends, amount, (FlowKind::Drawdown, Some(position)), &tranche.address)?;
        if let Some(book) = self.books.get_mut(position) {
            book.draw(date, amount);
        }
        self.capital = self.capital + amount;
        Ok(())
    }

    /// A cost of the service.
    fn cost(&mut self, position: usize, date: NaiveDate, amount: Exact) -> Result<(), Fault> {
        let Some(cost) = self.finance.costs.get(position) else { return Ok(()) };
        if cost.after_takeover {
            let Some(takeover) = self.finance.takeover.as_ref().filter(|_| self.taken_over == Some(true)) else {
                return Ok(());
            };
            let ends = (Party::Holder(takeover.by), Party::Account);
            self.flow(date, ends, amount, (FlowKind::Takeover, None), &takeover.address)?;
        } else {
            self.spend(date, amount, &cost.address)?;
        }
        self.flow(date, (Party::Account, Party::Holder(cost.to)), amount, (FlowKind::ServiceCost, None), &cost.address)
    }

    /// Takes an amount out of the account: capital, then proceeds, then what can still be drawn.
    fn spend(&mut self, date: NaiveDate, amount: Exact, cause: &Address) -> Result<(), Fault> {
        let mut needed = amount;
        let of_capital = needed.min(self.capital);
        (needed, self.capital) = (needed - of_capital, self.capital - of_capital);
        let of_proceeds = needed.min(self.proceeds);
        (needed, self.proceeds) = (needed - of_proceeds, self.proceeds - of_proceeds);
        for position in 0..self.finance.tranches.len() {
            if !needed.any_above_zero() {
                break;
            }
            let drawn = needed.min(self.undrawn(position)?);
            if drawn.any_above_zero() {
                self.draw(position, date, drawn)?;
                (needed, self.capital) = (needed - drawn, self.capital - drawn);
            }
        }
        if needed.any_above_zero() {
            let (needed, lacking) = (amount.value()?.normalize(), needed.value()?.normalize());
            self.lacking.push((cause.clone(), FundingFault::Lacking { date, needed, lacking }));
        }
        Ok(())
    }

    /// What of a tranche can be drawn as costs need it.
    fn undrawn(&self, position: usize) -> Result<Exact, Fault> {
        let (Some(tranche), Some(book)) = (self.finance.tranches.get(position), self.books.get(position)) else {
            return Ok(Exact::ZERO);
        };
        if !tranche.drawdowns.is_empty() {
            return Ok(Exact::ZERO);
        }
        Ok((self.amount(tranche.commitment)? - book.drawn).max(Exact::ZERO))
    }

    /// The amount at a slot, as it is written.
    pub fn amount(&self, slot: Slot) -> Result<Exact, Fault> {
        self.written(at(self.values, slot))
    }

    /// An amount that was written down: a mean of a distribution may have more digits than money.
    fn written(&self, amount: Exact) -> Result<Exact, Fault> {
        let Rounding { to, rule } = self.rounding();
        Ok(Exact::from(Rounding { to: to.min(HUNDREDTH), rule }.of(amount.value()?)?))
    }

    /// An amount that was worked out, in units that are paid.
    pub fn rounded(&self, amount: Exact) -> Result<Exact, Fault> {
        Ok(Exact::from(self.rounding().of(amount.value()?)?))
    }

    pub fn rounding(&self) -> Rounding {
        self.finance.rounding
    }

    /// Notes a flow, where it is more than nothing.
    pub fn flow(
        &mut self,
        date: NaiveDate,
        (from, to): (Party, Party),
        amount: Exact,
        (kind, tranche): (FlowKind, Option<usize>),
        cause: &Address,
    ) -> Result<(), Fault> {
        let amount: Decimal = amount.value()?;
        if amount > Decimal::ZERO {
            self.flows.push(Flow { date, from, to, amount, kind, tranche, cause: cause.clone() });
        }
        Ok(())
    }
}
