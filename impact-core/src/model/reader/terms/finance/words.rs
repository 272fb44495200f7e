//! Words of the finance: which word stands for which choice.

use crate::cash_flow::DayCount;
use crate::model::terms::{Covers, Deferral, FeeBase, PaidFrom};

pub(super) const DAY_COUNTS: &[(&str, DayCount)] = &[
    ("act/365", DayCount::Actual365),
    ("act/360", DayCount::Actual360),
    ("act/365.25", DayCount::Actual365Quarter),
    ("act/act-isda", DayCount::ActualActualIsda),
    ("30/360", DayCount::Thirty360),
    ("30e/360", DayCount::ThirtyE360),
];

pub(super) const DEFERRALS: &[(&str, Deferral)] =
    &[("lapses", Deferral::Lapses), ("simple", Deferral::Simple), ("compound", Deferral::Compound)];

pub(super) const PAID_FROM: &[(&str, PaidFrom)] = &[("proceeds", PaidFrom::Proceeds), ("account", PaidFrom::Account)];

pub(super) const COVERS: &[(&str, Covers)] =
    &[("principal", Covers::Principal), ("principal-and-coupon", Covers::PrincipalAndCoupon)];

pub(super) const FEE_BASES: &[(&str, FeeBase)] = &[("payments", FeeBase::Payments), ("surplus", FeeBase::Surplus)];

/// Whether values between two figures lie on a straight line, or stay until the next figure is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Between {
    Line,
    Steps,
}

pub(super) const BETWEEN: &[(&str, Between)] = &[("line", Between::Line), ("steps", Between::Steps)];
