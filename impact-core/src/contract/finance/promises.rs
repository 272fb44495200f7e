//! Promises: the takeover of bridge finance, guarantees, and the end.

use super::apportion::apportion;
use super::flow::{FlowKind, Party};
use super::run::Run;
use crate::contract::ratio::Ratio;
use crate::contract::schedule::{amount, reached};
use crate::contract::values::at;
use crate::model::terms::{Covers, Guarantee, GuaranteeBase, Refunds, Repaid};
use crate::number::{Exact, Fault, Number};
use chrono::NaiveDate;

/// What a guarantee has done so far.
#[derive(Debug, Clone)]
pub(super) struct Guaranteed {
    paid: Exact,
    /// By tranche of the guarantee, what its guarantor has not got back.
    unrecovered: Vec<Exact>,
}

impl Guaranteed {
    pub fn new(guarantee: &Guarantee) -> Self {
        Self { paid: Exact::ZERO, unrecovered: vec![Exact::ZERO; guarantee.tranches.len()] }
    }

    fn enter(&mut self, at: usize, part: Exact) {
        self.paid = self.paid + part;
        if let Some(unrecovered) = self.unrecovered.get_mut(at) {
            *unrecovered = *unrecovered + part;
        }
    }
}

/// What has fallen due to a tranche and is not paid.
struct Lost {
    principal: Exact,
    coupon: Exact,
}

impl Run<'_> {
    /// Decides the takeover: where the test is met, the share that is repaid comes into the account.
    pub fn decide_takeover(&mut self, date: NaiveDate) -> Result<(), Fault> {
        let Some(takeover) = &self.finance.takeover else { return Ok(()) };
        let at_least = at(self.values, takeover.reaches);
        let met = self.figure(takeover.payment, date).is_some_and(|figure| {
            reached(figure, takeover.boundary, at_least, Exact::ONE, Exact::ZERO).any_above_zero()
        });
        self.taken_over = Some(met);
        if met {
            let lent = self.finance.tranches.iter().zip(&self.books).filter(|(one, _)| one.repaid != Repaid::Never);
            let drawn: Exact = lent.map(|(_, book)| book.drawn).sum();
            let repaid = self.rounded(at(self.values, takeover.repays) * drawn)?;
            let ends = (Party::Holder(takeover.by), Party::Account);
            self.flow(date, ends, repaid, (FlowKind::Takeover, None), &takeover.address)?;
            self.proceeds = self.proceeds + repaid;
        }
        Ok(())
    }

    /// The last day: capital that was not spent is distributed too, everything falls due, losses are made good.
    pub fn end(&mut self, date: NaiveDate) -> Result<(), Fault> {
        (self.proceeds, self.capital) = (self.proceeds + self.capital, Exact::ZERO);
        self.coupons_fall_due(date, None)?;
        self.waterfall(date, true)?;
        let finance = self.finance;
        for position in 0..finance.guarantees.len() {
            self.call(position, date, true)?;
        }
        let ends = (Party::Account, Party::Holder(finance.remainder));
        self.flow(date, ends, self.proceeds, (FlowKind::Remainder, None), &finance.address.child("remainder"))?;
        self.proceeds = Exact::ZERO;
        Ok(())
    }

    /// Calls a guarantee: it pays what has fallen due and is lost, up to what is left of its limit, by what each tranche has lost.
    pub fn call(&mut self, position: usize, date: NaiveDate, last: bool) -> Result<(), Fault> {
        let Some(guarantee) = self.finance.guarantees.get(position) else { return Ok(()) };
        let before = self.guarantees.get(position).map_or(Exact::ZERO, |done| done.paid);
        let limit = (self.limit(guarantee, date)? - before).max(Exact::ZERO);
        let mut lost = Vec::with_capacity(guarantee.tranches.len());
        for position in &guarantee.tranches {
            lost.push(self.lost(*position, guarantee.covers, date, last)?);
        }
        let wholes: Vec<Exact> = lost.iter().map(|Lost { principal, coupon }| *principal + *coupon).collect();
        let all: Exact = wholes.iter().copied().sum();
        let paid = limit.min(all);
        let parts = if paid == all { wholes } else { apportion(paid, &wholes, self.rounding().to)? };
        for (at, ((tranche, lost), part)) in guarantee.tranches.iter().zip(lost).zip(parts).enumerate() {
            let Some(lender) = self.finance.tranches.get(*tranche).map(|tranche| tranche.holder) else { continue };
            let ends = (Party::Holder(guarantee.holder), Party::Holder(lender));
            self.flow(date, ends, part, (FlowKind::Guarantee, Some(*tranche)), &guarantee.address)?;
            if let Some(book) = self.books.get_mut(*tranche) {
                book.make_good(date, part, lost.principal);
            }
            if let Some(done) = self.guarantees.get_mut(position) {
                done.enter(at, part);
            }
        }
        Ok(())
    }

    /// What a tranche has lost and nobody has made good.
    fn lost(&self, position: usize, covers: Covers, date: NaiveDate, last: bool) -> Result<Lost, Fault> {
        let nothing = Lost { principal: Exact::ZERO, coupon: Exact::ZERO };
        let (Some(tranche), Some(book)) = (self.finance.tranches.get(position), self.books.get(position)) else {
            return Ok(nothing);
        };
        if tranche.repaid == Repaid::Never {
            return Ok(nothing);
        }
        let principal = match last {
            true => (book.drawn - book.repaid - book.guaranteed_principal).max(Exact::ZERO),
            false => self.principal_due(&[position], date, false)?.into_iter().sum(),
        };
        let coupon = match covers {
            Covers::Principal => Exact::ZERO,
            Covers::PrincipalAndCoupon => book.owed + book.lapsed,
        };
        Ok(Lost { principal, coupon })
    }

    /// Gives guarantors back what they made good of some tranches, as far as proceeds go beyond what is kept back.
    pub fn recover(&mut self, date: NaiveDate, tranches: &[usize], kept: Exact) -> Result<(), Fault> {
        let mut owed = Vec::new();
        for (position, (guarantee, done)) in self.finance.guarantees.iter().zip(&self.guarantees).enumerate() {
            for (at, tranche) in guarantee.tranches.iter().enumerate() {
                if guarantee.recovers && tranches.contains(tranche) {
                    owed.push((position, at, done.unrecovered.get(at).copied().unwrap_or(Exact::ZERO)));
                }
            }
        }
        let wholes: Vec<Exact> = owed.iter().map(|(_, _, amount)| *amount).collect();
        let all: Exact = wholes.iter().copied().sum();
        let amount = (self.proceeds - kept).max(Exact::ZERO).min(all);
        let parts = if amount == all { wholes } else { apportion(amount, &wholes, self.rounding().to)? };
        for ((position, at, _), part) in owed.into_iter().zip(parts) {
            let Some(guarantee) = self.finance.guarantees.get(position) else { continue };
            let ends = (Party::Account, Party::Holder(guarantee.holder));
            self.flow(date, ends, part, (FlowKind::Recovery, None), &guarantee.address)?;
            self.proceeds = self.proceeds - part;
            if let Some(unrecovered) = self.guarantees.get_mut(position).and_then(|done| done.unrecovered.get_mut(at)) {
                *unrecovered = *unrecovered - part;
            }
        }
        Ok(())
    }

    /// The limit of a guarantee, in units that are paid.
    fn limit(&self, guarantee: &Guarantee, date: NaiveDate) -> Result<Exact, Fault> {
        let base = match guarantee.of {
            GuaranteeBase::Drawn => {
                guarantee.tranches.iter().filter_map(|position| self.books.get(*position)).map(|book| book.drawn).sum()
            }
            GuaranteeBase::Committed => {
                let committed = guarantee.tranches.iter().filter_map(|position| self.finance.tranches.get(*position));
                committed.map(|tranche| at(self.values, tranche.commitment)).sum()
            }
            GuaranteeBase::Activity(payment) => {
                let lines = self.lines.iter().filter(|line| line.payment == payment && line.date <= date);
                lines.filter_map(|line| line.figure).map(Exact::from).sum::<Exact>()
            }
        };
        self.rounded_down(
            amount((&guarantee.schedule, Refunds::None), self.values, Ratio::whole(base)).max(Exact::ZERO),
        )
    }
}
