//! The book of a tranche: what is drawn, repaid, owed and paid.
//!
//! # Formula
//! ```text
//! interest = rate · Σ change · days(day of the change, due day) / days of a year
//! ```
//! over the balance on the last due day and the changes since; rounded once, by the rule of the contract.

use crate::cash_flow::DayCount;
use crate::number::{Exact, Number};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// What has happened to a tranche so far.
#[derive(Debug, Clone)]
pub(super) struct Book {
    pub drawn: Exact,
    pub repaid: Exact,
    /// Coupons that fell due and are still owed.
    pub owed: Exact,
    pub coupon: Exact,
    pub lapsed: Exact,
    pub surplus: Exact,
    /// What guarantors made good, and what of it was principal.
    pub guaranteed: Exact,
    pub guaranteed_principal: Exact,
    /// What was drawn (below zero) and received (above), by day.
    pub flows: Vec<(NaiveDate, Exact)>,
    /// The balance on the last due day and its changes since.
    changes: Vec<(NaiveDate, Exact)>,
    compounds: bool,
}

impl Book {
    pub fn new(compounds: bool) -> Self {
        let zero = Exact::ZERO;
        Self {
            drawn: zero,
            repaid: zero,
            owed: zero,
            coupon: zero,
            lapsed: zero,
            surplus: zero,
            guaranteed: zero,
            guaranteed_principal: zero,
            flows: Vec::new(),
            changes: Vec::new(),
            compounds,
        }
    }

    pub fn draw(&mut self, day: NaiveDate, amount: Exact) {
        self.drawn = self.drawn + amount;
        self.changes.push((day, amount));
        self.flows.push((day, Exact::ZERO - amount));
    }

    pub fn repay(&mut self, day: NaiveDate, amount: Exact) {
        self.repaid = self.repaid + amount;
        self.changes.push((day, Exact::ZERO - amount));
        self.flows.push((day, amount));
    }

    pub fn pay_coupon(&mut self, day: NaiveDate, amount: Exact) {
        self.owed = self.owed - amount;
        self.coupon = self.coupon + amount;
        if self.compounds {
            self.changes.push((day, Exact::ZERO - amount));
        }
        self.flows.push((day, amount));
    }

    pub fn pay_surplus(&mut self, day: NaiveDate, amount: Exact) {
        self.surplus = self.surplus + amount;
        self.flows.push((day, amount));
    }

    /// A loss made good: principal first, which earns no more; the rest is what is owed of coupons, then what has lapsed.
    pub fn make_good(&mut self, day: NaiveDate, amount: Exact, principal: Exact) {
        let principal = amount.min(principal);
        let coupon = (amount - principal).min(self.owed);
        self.guaranteed = self.guaranteed + amount;
        self.guaranteed_principal = self.guaranteed_principal + principal;
        self.changes.push((day, Exact::ZERO - principal));
        self.owed = self.owed - coupon;
        self.lapsed = self.lapsed - (amount - principal - coupon);
        if self.compounds {
            self.changes.push((day, Exact::ZERO - coupon));
        }
        self.flows.push((day, amount));
    }

    /// What has earned interest since the last due day, at a rate per year; a new period begins.
    pub fn interest(&mut self, day: NaiveDate, rate: Exact, day_count: DayCount) -> Exact {
        let mut weighed = Exact::ZERO;
        let mut balance = Exact::ZERO;
        let mut under = Exact::ONE;
        for (since, change) in &self.changes {
            let (over, of) = day_count.fraction(*since, day);
            weighed = weighed + *change * Exact::from(Decimal::from(over));
            balance = balance + *change;
            under = Exact::from(Decimal::from(of));
        }
        self.changes = vec![(day, balance)];
        weighed * rate / under
    }

    /// Enters a coupon that falls due.
    pub fn fall_due(&mut self, day: NaiveDate, amount: Exact) {
        self.owed = self.owed + amount;
        if self.compounds {
            self.changes.push((day, amount));
        }
    }

    /// Lets what is owed lapse.
    pub fn lapse(&mut self) {
        self.lapsed = self.lapsed + self.owed;
        self.owed = Exact::ZERO;
    }

    /// Coupons that fell due and were not paid, whether or not a guarantor made them good.
    pub fn unpaid_coupon(&self) -> Exact {
        self.owed + self.lapsed + self.guaranteed - self.guaranteed_principal
    }

    /// What has been received in all.
    pub fn received(&self) -> Exact {
        self.repaid + self.coupon + self.surplus + self.guaranteed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn number(text: &str) -> Exact {
        Exact::from(text.parse::<Decimal>().unwrap())
    }

    #[test]
    fn interest_is_counted_from_the_day_of_each_change() {
        let mut book = Book::new(false);
        book.draw(day("2020-01-01"), number("365000"));
        book.draw(day("2020-03-01"), number("36500"));
        // To 1 April of a leap year: 91 and 31 days: (365,000 · 91 + 36,500 · 31) · 0.1 / 365 = 9,100 + 310.
        let interest = book.interest(day("2020-04-01"), number("0.1"), DayCount::Actual365);
        assert_eq!(interest, number("9410"));
        // The next period starts from the balance.
        assert_eq!(book.interest(day("2020-04-11"), number("0.1"), DayCount::Actual365), number("1100"));
    }

    #[test]
    fn only_a_compound_coupon_earns_on_what_is_owed() {
        for (compounds, expected) in [(false, "100"), (true, "110")] {
            let mut book = Book::new(compounds);
            book.draw(day("2021-01-01"), number("1000"));
            let first = book.interest(day("2022-01-01"), number("0.1"), DayCount::Actual365);
            book.fall_due(day("2022-01-01"), first);
            assert_eq!(book.interest(day("2023-01-01"), number("0.1"), DayCount::Actual365), number(expected));
        }
    }
}
