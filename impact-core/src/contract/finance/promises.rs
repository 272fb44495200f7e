//! Promises: the takeover of bridge finance, guarantees, and the end.

use super::apportion::apportion;
use super::flow::{FlowKind, Party};
use super::run::Run;
use crate::contract::ratio::Ratio;
use crate::contract::schedule::{amount, reached};
use crate::contract::values::at;
use crate::model::terms::{Covers, Guarantee, GuaranteeBase, Repaid};
use crate::number::{Exact, Fault, Number};
use chrono::NaiveDate;

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
        for guarantee in &finance.guarantees {
            self.call(guarantee, date)?;
        }
        let ends = (Party::Account, Party::Holder(finance.remainder));
        self.flow(date, ends, self.proceeds, (FlowKind::Remainder, None), &finance.address.child("remainder"))?;
        self.proceeds = Exact::ZERO;
        Ok(())
    }

    /// Calls a guarantee: it pays what is lost, up to its limit, by what each tranche has lost.
    fn call(&mut self, guarantee: &Guarantee, date: NaiveDate) -> Result<(), Fault> {
        let limit = self.limit(guarantee)?;
        let mut lost = Vec::with_capacity(guarantee.tranches.len());
        for position in &guarantee.tranches {
            lost.push(self.lost(*position, guarantee.covers));
        }
        let all: Exact = lost.iter().copied().sum();
        let paid = limit.min(all);
        let parts = if paid == all { lost } else { apportion(paid, &lost, self.rounding().to)? };
        for (position, part) in guarantee.tranches.iter().zip(parts) {
            let Some(tranche) = self.finance.tranches.get(*position) else { continue };
            let ends = (Party::Holder(guarantee.holder), Party::Holder(tranche.holder));
            self.flow(date, ends, part, (FlowKind::Guarantee, Some(*position)), &guarantee.address)?;
            if let Some(book) = self.books.get_mut(*position) {
                book.make_good(date, part);
            }
        }
        Ok(())
    }

    /// What a tranche has lost and nobody has made good.
    fn lost(&self, position: usize, covers: Covers) -> Exact {
        let (Some(tranche), Some(book)) = (self.finance.tranches.get(position), self.books.get(position)) else {
            return Exact::ZERO;
        };
        if tranche.repaid == Repaid::Never {
            return Exact::ZERO;
        }
        let coupons = match covers {
            Covers::Principal => Exact::ZERO,
            Covers::PrincipalAndCoupon => book.owed + book.lapsed,
        };
        (book.drawn - book.repaid + coupons - book.guaranteed).max(Exact::ZERO)
    }

    /// The limit of a guarantee, in units that are paid.
    fn limit(&self, guarantee: &Guarantee) -> Result<Exact, Fault> {
        let base = match guarantee.of {
            GuaranteeBase::Drawn => {
                guarantee.tranches.iter().filter_map(|position| self.books.get(*position)).map(|book| book.drawn).sum()
            }
            GuaranteeBase::Committed => {
                let committed = guarantee.tranches.iter().filter_map(|position| self.finance.tranches.get(*position));
                committed.map(|tranche| at(self.values, tranche.commitment)).sum()
            }
            GuaranteeBase::Activity(payment) => {
                let lines = self.lines.iter().filter(|line| line.payment == payment);
                lines.filter_map(|line| line.figure).map(Exact::from).sum::<Exact>()
            }
        };
        self.rounded_down(amount(&guarantee.schedule, self.values, Ratio::whole(base)).max(Exact::ZERO))
    }
}
