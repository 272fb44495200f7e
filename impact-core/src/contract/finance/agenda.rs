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
}

/// The days in order; the last is the end.
pub(super) fn of<'a>(finance: &Finance, lines: &'a [Line], stopped: Option<NaiveDate>) -> BTreeMap<NaiveDate, Day<'a>> {
    let mut days: BTreeMap<NaiveDate, Day<'a>> = BTreeMap::new();
    for line in lines.iter().filter(|line| !line.amount.is_zero()) {
        let day = days.entry(line.due).or_default();
        day.distributes |= finance.distribution == Distribution::AsPaid && line.amount.is_sign_positive();
        day.lines.push(line);
    }
    let happens = |date: &NaiveDate| stopped.is_none_or(|stopped| *date <= stopped);
    let planned = |dated: &[Dated]| dated.iter().copied().filter(|dated| happens(&dated.date)).collect::<Vec<_>>();
    for (position, tranche) in finance.tranches.iter().enumerate() {
        for draw in planned(&tranche.drawdowns) {
            days.entry(draw.date).or_default().draws.push((position, draw));
        }
        for date in tranche.coupon.iter().flat_map(|coupon| &coupon.due).filter(|date| happens(date)) {
            let day = days.entry(*date).or_default();
            day.coupons.push(position);
            day.distributes = true;
        }
        for date in tranche.repayments.iter().map(|one| one.date).filter(happens) {
            days.entry(date).or_default().distributes = true;
        }
    }
    for (position, cost) in finance.costs.iter().enumerate() {
        for paid in planned(&cost.paid) {
            days.entry(paid.date).or_default().costs.push((position, paid));
        }
    }
    for (position, delivery) in finance.delivery.iter().enumerate() {
        for paid in planned(&delivery.paid) {
            days.entry(paid.date).or_default().delivery.push((position, paid));
        }
    }
    if let Some(takeover) = finance.takeover.as_ref().filter(|takeover| happens(&takeover.on)) {
        let day = days.entry(takeover.on).or_default();
        day.takeover = true;
        day.distributes |= finance.distribution == Distribution::AsPaid;
    }
    if let Distribution::On(dates) = &finance.distribution {
        for date in dates.iter().filter(|date| happens(date)) {
            days.entry(*date).or_default().distributes = true;
        }
    }
    if let Some(end) = stopped.or(finance.ends) {
        days.entry(end).or_default();
    }
    days
}
