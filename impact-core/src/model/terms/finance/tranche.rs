//! Tranches: money that is committed, drawn, and repaid in its turn.

use crate::address::Address;
use crate::cash_flow::DayCount;
use crate::model::terms::Schedule;
use crate::model::{HolderIndex, Slot};
use crate::units::Label;
use chrono::NaiveDate;

use super::Dated;

/// Money of one investor, lender or donor.
#[derive(Debug, Clone, PartialEq)]
pub struct Tranche {
    /// The id in the document.
    pub id: String,
    /// `contract.finance.tranches.<id>`.
    pub address: Address,
    /// The name in reports.
    pub name: Label,
    /// Whose money it is.
    pub holder: HolderIndex,
    /// The most that is drawn.
    pub commitment: Slot,
    /// When how much is drawn; empty: as costs need it, in the order of the tranches.
    pub drawdowns: Vec<Dated>,
    /// Whether, and to whom, it is repaid.
    pub repaid: Repaid,
    /// When principal falls due; empty: as soon as its turn comes and there is money.
    pub repayments: Vec<Instalment>,
    /// Which share of the principal is owed, where a measured figure decides it.
    pub principal: Option<Measured>,
    /// What it earns besides a share of the surplus.
    pub coupon: Option<Coupon>,
    /// What to beware of.
    pub note: Option<String>,
}

/// Whether, and to whom, a tranche is repaid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Repaid {
    /// To its holder.
    Lender,
    /// Not at all: a grant.
    Never,
    /// To somebody who uses it for the cause: a recycled grant.
    RecycledTo(HolderIndex),
}

/// A share of the principal that falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instalment {
    /// When.
    pub date: NaiveDate,
    /// Which share of what is drawn.
    pub share: Slot,
}

/// A rate or share that the figure of a payment decides.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// The payment, as its position in the terms: the figure of its latest line decides; different figures of one day are refused.
    pub payment: usize,
    /// From the figure to the rate or share.
    pub schedule: Schedule,
    /// The least, and what holds before anything is measured: a floor, a protection of the principal.
    pub at_least: Option<Slot>,
    /// The last day on which the least holds; none: always.
    pub at_least_until: Option<NaiveDate>,
    /// The most.
    pub at_most: Option<Slot>,
}

/// What a tranche earns on the principal that is out.
///
/// # Formula
/// `interest = rate · Σ change · years(day of the change, due day)` over the changes of the balance since the last due day
/// (the balance then is the first of them), rounded once by the rule of the contract.
#[derive(Debug, Clone, PartialEq)]
pub struct Coupon {
    /// The rate per year.
    pub rate: RateBy,
    /// How years are counted.
    pub day_count: DayCount,
    /// What happens to a coupon that is not paid.
    pub deferral: Deferral,
    /// When it falls due; empty: on the days on which the waterfall runs.
    pub due: Vec<NaiveDate>,
    /// From which money it is paid.
    pub paid_from: PaidFrom,
}

/// A rate per year.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum RateBy {
    /// The same all along.
    Fixed(Slot),
    /// By a measured figure.
    Measured(Measured),
}

/// What happens to a coupon that is not paid when it is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deferral {
    /// It lapses.
    Lapses,
    /// It stays owed and earns nothing.
    Simple,
    /// It stays owed and earns the coupon itself.
    Compound,
}

/// From which money a coupon is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaidFrom {
    /// From what was paid for results.
    Proceeds,
    /// From all money of the account, capital not yet spent included.
    Account,
}
