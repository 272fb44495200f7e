//! The waterfall: who gets what of the money that was paid for results.
//!
//! One rule: a step pays no more than is due, and a later step only what is not needed for an earlier one: principal that is
//! owed and not yet due is kept back before later steps are paid.

use super::apportion::apportion;
use super::flow::{FlowKind, Party};
use super::run::Run;
use crate::contract::ratio::Ratio;
use crate::contract::schedule::amount;
use crate::contract::values::at;
use crate::model::terms::{
    Deferral, FeeBase, Measured, PaidFrom, RateBy, Recipient, Refunds, Repaid, Rounding, RoundingRule, Step,
    SurplusShare,
};
use crate::number::{Exact, Fault, Number};
use chrono::NaiveDate;

/// From which money a step pays.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pot {
    /// Proceeds that are not kept back.
    Proceeds(Exact),
    /// Capital that is not spent.
    Capital,
}

impl Run<'_> {
    /// Runs the steps in their order.
    pub fn waterfall(&mut self, date: NaiveDate, last: bool) -> Result<(), Fault> {
        let finance = self.finance;
        let mut kept = Exact::ZERO;
        for step in &finance.waterfall {
            match step {
                Step::Coupon(tranches) => self.pay_coupons(date, tranches, kept)?,
                Step::Principal(tranches) => {
                    let dues = self.principal_due(tranches, date, last)?;
                    self.pay(date, tranches, dues, Pot::Proceeds(kept), FlowKind::Principal)?;
                    if !last {
                        let owed = self.principal_due(tranches, date, true)?;
                        kept = kept + owed.into_iter().sum();
                    }
                    self.recover(date, tranches, kept)?;
                }
                Step::Fee(fee) => self.pay_fee(date, *fee, kept)?,
                Step::Surplus(shares) => self.pay_surplus(date, shares, kept)?,
            }
        }
        self.left = self.proceeds;
        for (tranche, book) in finance.tranches.iter().zip(&mut self.books) {
            if tranche.coupon.as_ref().is_some_and(|coupon| coupon.deferral == Deferral::Lapses) {
                book.lapse();
            }
        }
        Ok(())
    }

    /// Enters the coupons that fall due on a day; on the last one every coupon does.
    pub fn coupons_fall_due(&mut self, date: NaiveDate, listed: Option<&[usize]>) -> Result<(), Fault> {
        let finance = self.finance;
        for (position, tranche) in finance.tranches.iter().enumerate() {
            let Some(coupon) = &tranche.coupon else { continue };
            if listed.is_some_and(|listed| !coupon.due.is_empty() && !listed.contains(&position)) {
                continue;
            }
            let rate = self.rate(&coupon.rate, date);
            let Some(book) = self.books.get_mut(position) else { continue };
            let interest = book.interest(date, rate, coupon.day_count);
            let interest = self.rounded(interest)?.max(Exact::ZERO);
            if let Some(book) = self.books.get_mut(position) {
                book.fall_due(date, interest);
            }
        }
        Ok(())
    }

    /// A rate per year as it stands on a day.
    pub fn rate(&self, rate: &RateBy, date: NaiveDate) -> Exact {
        match rate {
            RateBy::Fixed(slot) => at(self.values, *slot),
            RateBy::Measured(measured) => self.measured(measured, date),
        }
    }

    /// A rate or share by the latest figure; its least before anything is measured.
    fn measured(&self, measured: &Measured, date: NaiveDate) -> Exact {
        let bound = |slot| at(self.values, slot);
        let found = self
            .figure(measured.payment, date)
            .map(|figure| amount((&measured.schedule, Refunds::Owed), self.values, figure));
        let value = found.unwrap_or(Exact::ZERO);
        let holds = measured.at_least_until.is_none_or(|until| date <= until);
        let value = measured.at_least.filter(|_| holds).map_or(value, |slot| value.max(bound(slot)));
        measured.at_most.map_or(value, |slot| value.min(bound(slot))).max(Exact::ZERO)
    }

    /// The latest figure of a payment, observed no later than a day.
    pub fn figure(&self, payment: usize, date: NaiveDate) -> Option<Ratio<Exact>> {
        let lines = self.lines.iter().filter(|line| line.payment == payment && line.date <= date);
        let figures = lines.filter_map(|line| line.figure.map(|figure| (line.date, figure)));
        // Different ones of one day are refused beforehand.
        figures.max_by_key(|(date, _)| *date).map(|(_, figure)| Ratio::whole(Exact::from(figure)))
    }

    fn pay_coupons(&mut self, date: NaiveDate, tranches: &[usize], kept: Exact) -> Result<(), Fault> {
        let owed = |run: &Self, from: Option<PaidFrom>| -> Vec<Exact> {
            let coupon = |position: usize| run.finance.tranches.get(position).and_then(|one| one.coupon.as_ref());
            let fits =
                |position: usize| from.is_none_or(|from| coupon(position).is_some_and(|one| one.paid_from == from));
            let one = |position: &usize| run.books.get(*position).filter(|_| fits(*position)).map(|book| book.owed);
            tranches.iter().map(|position| one(position).unwrap_or(Exact::ZERO)).collect()
        };
        let dues = owed(self, None);
        self.pay(date, tranches, dues, Pot::Proceeds(kept), FlowKind::Coupon)?;
        let dues = owed(self, Some(PaidFrom::Account));
        self.pay(date, tranches, dues, Pot::Capital, FlowKind::Coupon)
    }

    /// Principal that is due, or owed at all, and not yet repaid.
    pub fn principal_due(&self, tranches: &[usize], date: NaiveDate, all: bool) -> Result<Vec<Exact>, Fault> {
        let one = |position: &usize| {
            let (Some(tranche), Some(book)) = (self.finance.tranches.get(*position), self.books.get(*position)) else {
                return Ok(Exact::ZERO);
            };
            if tranche.repaid == Repaid::Never {
                return Ok(Exact::ZERO);
            }
            let share = tranche.principal.as_ref().map_or(Exact::ONE, |measured| self.measured(measured, date));
            let due = match all || tranche.repayments.is_empty() {
                true => Exact::ONE,
                false => {
                    let past = tranche.repayments.iter().filter(|instalment| instalment.date <= date);
                    past.map(|instalment| at(self.values, instalment.share)).sum()
                }
            };
            Ok((self.rounded(book.drawn * share * due)? - book.repaid - book.guaranteed_principal).max(Exact::ZERO))
        };
        tranches.iter().map(one).collect()
    }

    /// Pays what is due to tranches of one step, each within its caps, by what is due where there is too little.
    fn pay(
        &mut self,
        date: NaiveDate,
        tranches: &[usize],
        dues: Vec<Exact>,
        pot: Pot,
        kind: FlowKind,
    ) -> Result<(), Fault> {
        let dues = self.within_caps(date, tranches, dues)?;
        let all: Exact = dues.iter().copied().sum();
        let amount = self.within(pot).min(all);
        let parts = if amount == all { dues } else { apportion(amount, &dues, self.rounding().to)? };
        for (position, part) in tranches.iter().zip(parts) {
            self.pay_tranche(date, *position, part, kind)?;
            match pot {
                Pot::Proceeds(_) => self.proceeds = self.proceeds - part,
                Pot::Capital => self.capital = self.capital - part,
            }
        }
        Ok(())
    }

    fn within(&self, pot: Pot) -> Exact {
        match pot {
            Pot::Proceeds(kept) => (self.proceeds - kept).max(Exact::ZERO),
            Pot::Capital => self.capital,
        }
    }

    /// Pays an amount to a tranche and enters it in its book.
    fn pay_tranche(&mut self, date: NaiveDate, position: usize, part: Exact, kind: FlowKind) -> Result<(), Fault> {
        let Some(tranche) = self.finance.tranches.get(position) else { return Ok(()) };
        let to = match tranche.repaid {
            Repaid::RecycledTo(holder) => holder,
            Repaid::Lender | Repaid::Never => tranche.holder,
        };
        self.flow(date, (Party::Account, Party::Holder(to)), part, (kind, Some(position)), &tranche.address)?;
        if let Some(book) = self.books.get_mut(position) {
            match kind {
                FlowKind::Coupon => book.pay_coupon(date, part),
                FlowKind::Principal => book.repay(date, part),
                _ => book.pay_surplus(date, part),
            }
        }
        Ok(())
    }

    fn pay_fee(&mut self, date: NaiveDate, position: usize, kept: Exact) -> Result<(), Fault> {
        let Some(fee) = self.finance.fees.get(position) else { return Ok(()) };
        let pot = self.within(Pot::Proceeds(kept));
        let new = (pot - self.left.min(pot)).max(Exact::ZERO);
        let Some((paid, reached)) = self.fees.get_mut(position) else { return Ok(()) };
        *reached = *reached + new;
        let (paid, reached) = (*paid, *reached);
        let base = match fee.of {
            FeeBase::Payments => self.paid_for_results.max(Exact::ZERO),
            FeeBase::Surplus => reached,
        };
        let due = self.rounded(amount((&fee.schedule, Refunds::None), self.values, Ratio::whole(base)))? - paid;
        let part = due.min(pot).max(Exact::ZERO);
        self.flow(date, (Party::Account, Party::Holder(fee.to)), part, (FlowKind::Fee, None), &fee.address)?;
        self.proceeds = self.proceeds - part;
        if let Some((paid, _)) = self.fees.get_mut(position) {
            *paid = *paid + part;
        }
        Ok(())
    }

    /// Shares what is left; what a cap leaves of a share stays for the next step.
    fn pay_surplus(&mut self, date: NaiveDate, shares: &[SurplusShare], kept: Exact) -> Result<(), Fault> {
        let weights: Vec<Exact> = shares.iter().map(|share| at(self.values, share.share)).collect();
        let parts = apportion(self.within(Pot::Proceeds(kept)), &weights, self.rounding().to)?;
        let cause = self.finance.address.child("waterfall");
        for (share, part) in shares.iter().zip(parts) {
            match share.to {
                Recipient::Tranche(position) => {
                    let part = self.within_caps(date, &[position], vec![part])?.into_iter().sum();
                    self.pay_tranche(date, position, part, FlowKind::Surplus)?;
                    self.proceeds = self.proceeds - part;
                }
                Recipient::Holder(holder) => {
                    let ends = (Party::Account, Party::Holder(holder));
                    self.flow(date, ends, part, (FlowKind::Surplus, None), &cause)?;
                    self.proceeds = self.proceeds - part;
                }
            }
        }
        Ok(())
    }

    /// An amount cut down to units that are paid.
    pub fn rounded_down(&self, amount: Exact) -> Result<Exact, Fault> {
        let down = Rounding { rule: RoundingRule::Down, ..self.rounding() };
        Ok(Exact::from(down.of(amount.value()?)?))
    }
}
