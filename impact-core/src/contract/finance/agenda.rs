//! The agenda: what is planned for which day, and which results are paid on it.
//!
//! One rule: what was planned for days after the service was stopped does not happen; results already earned are still paid.

use crate::contract::Line;
use crate::model::terms::{Dated, Distribution, Finance};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What happens on a day, in this order.
#[derive(Debug, Clone, Default)]
pub(super) struct Day<'a> {
    /// Results that are paid, or paid back.
    pub lines: Vec<&'a Line>,
    /// Whether the takeover is decided.
    pub takeover: bool,
    /// Drawdowns, by tranche.
    pub draws: Vec<(usize, Dated)>,
    /// Costs, by position.
    pub costs: Vec<(usize, Dated)>,
    /// Delivery, by position.
    pub delivery: Vec<(usize, Dated)>,
    /// Coupons that fall due, by tranche.
    pub coupons: Vec<usize>,
    /// Whether the waterfall runs.
    pub distributes: bool,
    /// Guarantees that are called, by position.
    pub calls: Vec<usize>,
}

/// The days in order; the last is the end.
pub(super) fn of<'a>(finance: &Finance, lines: &'a [Line], stopped: Option<NaiveDate>) -> BTreeMap<NaiveDate, Day<'a>> {
    let mut agenda = Agenda { finance, stopped, days: BTreeMap::new() };
    agenda.results(lines);
    agenda.money();
    agenda.decisions();
    if let Some(end) = stopped.or(finance.ends) {
        agenda.days.entry(end).or_default();
    }
    agenda.days
}

/// Days as they are filled.
struct Agenda<'f, 'a> {
    finance: &'f Finance,
    stopped: Option<NaiveDate>,
    days: BTreeMap<NaiveDate, Day<'a>>,
}

impl<'a> Agenda<'_, 'a> {
    /// Results that are paid or paid back.
    fn results(&mut self, lines: &'a [Line]) {
        for line in lines.iter().filter(|line| !line.amount.is_zero()) {
            let day = self.days.entry(line.due).or_default();
            day.distributes |= self.finance.distribution == Distribution::AsPaid && line.amount.is_sign_positive();
            day.lines.push(line);
        }
    }

    /// Money that is drawn and spent.
    fn money(&mut self) {
        let finance = self.finance;
        for (position, tranche) in finance.tranches.iter().enumerate() {
            for draw in self.planned(&tranche.drawdowns) {
                self.days.entry(draw.date).or_default().draws.push((position, draw));
            }
        }
        for (position, cost) in finance.costs.iter().enumerate() {
            for paid in self.planned(&cost.paid) {
                self.days.entry(paid.date).or_default().costs.push((position, paid));
            }
        }
        for (position, delivery) in finance.delivery.iter().enumerate() {
            for paid in self.planned(&delivery.paid) {
                self.days.entry(paid.date).or_default().delivery.push((position, paid));
            }
        }
    }

    /// What falls due, the takeover, and the days of the waterfall.
    fn decisions(&mut self) {
        let finance = self.finance;
        for (position, tranche) in finance.tranches.iter().enumerate() {
            for date in tranche.coupon.iter().flat_map(|coupon| &coupon.due) {
                self.on(*date, |day| {
                    day.coupons.push(position);
                    day.distributes = true;
                });
            }
            for instalment in &tranche.repayments {
                self.on(instalment.date, |day| day.distributes = true);
            }
        }
        if let Some(takeover) = &finance.takeover {
            let as_paid = finance.distribution == Distribution::AsPaid;
            self.on(takeover.on, |day| (day.takeover, day.distributes) = (true, day.distributes || as_paid));
        }
        for (position, guarantee) in finance.guarantees.iter().enumerate() {
            for date in &guarantee.called {
                self.on(*date, |day| {
                    day.calls.push(position);
                    day.distributes = true;
                });
            }
        }
        if let Distribution::On(dates) = &finance.distribution {
            for date in dates {
                self.on(*date, |day| day.distributes = true);
            }
        }
    }

    /// Enters something on a day, unless it was stopped before.
    fn on(&mut self, date: NaiveDate, enter: impl FnOnce(&mut Day<'a>)) {
        if self.stopped.is_none_or(|stopped| date <= stopped) {
            enter(self.days.entry(date).or_default());
        }
    }

    /// Amounts on days up to the stop.
    fn planned(&self, dated: &[Dated]) -> Vec<Dated> {
        dated.iter().copied().filter(|dated| self.stopped.is_none_or(|stopped| dated.date <= stopped)).collect()
    }
}
