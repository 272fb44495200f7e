//! What figures steer: rates of coupons and caps, shares of principal, a takeover.
//!
//! One rule: the latest figure of the payment decides. Several different ones of one day decide nothing, whatever their cohorts
//! are called: they are refused, with what would make them one.

use super::fault::FundingFault;
use crate::address::Address;
use crate::contract::Line;
use crate::model::terms::{CapKind, Finance, Measured, Payment, RateBy};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// Every figure that steers something and is several on a day.
pub(super) fn ambiguous(finance: &Finance, payments: &[Payment], lines: &[Line]) -> Vec<(Address, FundingFault)> {
    let mut faults = Vec::new();
    for (address, payment) in steering(finance) {
        let mut days: BTreeMap<NaiveDate, BTreeSet<Decimal>> = BTreeMap::new();
        for line in lines.iter().filter(|line| line.payment == payment) {
            days.entry(line.date).or_default().extend(line.figure);
        }
        let id = || payments.get(payment).map_or_else(String::new, |payment| payment.id.clone());
        let several = days.into_iter().filter(|(_, figures)| figures.len() > 1);
        faults.extend(several.map(|(date, figures)| {
            (address.clone(), FundingFault::Ambiguous { date, payment: id(), figures: figures.len() })
        }));
    }
    faults
}

/// What a figure steers, and the payment whose figure it is.
fn steering(finance: &Finance) -> Vec<(Address, usize)> {
    let of_rate = |rate: &RateBy| match rate {
        RateBy::Measured(Measured { payment, .. }) => Some(*payment),
        RateBy::Fixed(_) => None,
    };
    let coupons = finance.tranches.iter().filter_map(|tranche| {
        let payment = of_rate(&tranche.coupon.as_ref()?.rate)?;
        Some((tranche.address.child("coupon"), payment))
    });
    let principals = finance
        .tranches
        .iter()
        .filter_map(|tranche| Some((tranche.address.child("principal"), tranche.principal.as_ref()?.payment)));
    let caps = finance.caps.iter().filter_map(|cap| match &cap.kind {
        CapKind::Rate(rate) => Some((cap.address.clone(), of_rate(rate)?)),
        _ => None,
    });
    let takeover = finance.takeover.as_ref().map(|takeover| (takeover.address.clone(), takeover.payment));
    coupons.chain(principals).chain(caps).chain(takeover).collect()
}
