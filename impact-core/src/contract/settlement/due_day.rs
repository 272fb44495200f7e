//! The day a payment is due: after its observation is reported, so many days later, on a day on which payments are made.
//!
//! # Formula
//! ```text
//! due = first payment day ≥ (first reporting day ≥ observation) + days
//! ```
//! A payment for an early end is of no observation and waits for no report.

use super::fault::SettlementFault;
use crate::model::terms::{Payment, Per, Terms};
use chrono::{Days, NaiveDate};

/// The day on which what a payment gives for an observation is due.
pub(in crate::contract) fn due_day(
    terms: &Terms,
    payment: &Payment,
    observed: NaiveDate,
) -> Result<NaiveDate, SettlementFault> {
    let reports: &[NaiveDate] = if payment.per == Per::Termination { &[] } else { &terms.reports };
    let reported = first_from(reports, observed, "reporting day")?;
    let days = payment.due_after;
    let later = reported.checked_add_days(Days::new(u64::from(days)));
    let later = later.ok_or(SettlementFault::NoSuchDay { from: reported, days })?;
    first_from(&payment.due_on, later, "payment day")
}

/// The first of some days that is no earlier than another; that one itself where there are none.
fn first_from(days: &[NaiveDate], from: NaiveDate, what: &'static str) -> Result<NaiveDate, SettlementFault> {
    let Some(last) = days.last().copied() else { return Ok(from) };
    let at = days.partition_point(|day| *day < from);
    days.get(at).copied().ok_or(SettlementFault::NoDayLeft { what, from, last })
}
