//! Finance of a contract: who puts money in, what it is spent on, and in which order it comes back.
//!
//! One rule: money moves between two parties or the contract's account; an order is written once, as the waterfall, and losses
//! fall in that order read backwards.
//!
//! | part | says |
//! |---|---|
//! | [`Tranche`] | who commits how much, when it is drawn, what it earns, when and to whom it is repaid |
//! | [`ServiceCost`], [`Delivery`] | what the account pays for the service; what it costs who delivers it |
//! | [`Step`] | the waterfall: coupons, principal, success fees, surplus |
//! | [`Guarantee`] | who makes good which loss, up to what: of what is drawn, committed, or done |
//! | [`Cap`] | the most that investors earn: a rate of return, a multiple, a gain |
//! | [`Takeover`] | bridge finance: the test after which somebody else pays for the service and repays a share |

mod cost;
mod fault;
mod guarantee;
mod tranche;
mod waterfall;

pub use cost::{Dated, Delivery, ServiceCost, Takeover};
pub use fault::FinanceFault;
pub use guarantee::{Covers, Guarantee, GuaranteeBase};
pub use tranche::{Coupon, Deferral, Instalment, Measured, PaidFrom, RateBy, Repaid, Tranche};
pub use waterfall::{Cap, CapKind, FeeBase, Recipient, Step, SuccessFee, SurplusShare};

use crate::address::Address;
use crate::cash_flow::DayCount;
use crate::model::HolderIndex;
use crate::model::terms::Rounding;
use chrono::NaiveDate;

/// How a contract is financed: `[contract.finance]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Finance {
    /// `contract.finance`.
    pub address: Address,
    /// How years are counted in rates of return and caps, and in coupons that do not say otherwise.
    pub day_count: DayCount,
    /// The last day: what is left is paid out and guarantees are called. The last day on which something happens, where none
    /// is given; a later one where results are paid later.
    pub ends: Option<NaiveDate>,
    /// The day on which it was stopped early: what was planned for later days does not happen.
    pub stopped: Option<NaiveDate>,
    /// Who puts money in, in the order of the document.
    pub tranches: Vec<Tranche>,
    /// What the account pays for.
    pub costs: Vec<ServiceCost>,
    /// What delivery costs the holder who delivers.
    pub delivery: Vec<Delivery>,
    /// What arrangers earn on success.
    pub fees: Vec<SuccessFee>,
    /// Who makes good which loss.
    pub guarantees: Vec<Guarantee>,
    /// The most that investors earn.
    pub caps: Vec<Cap>,
    /// Who takes the service over, and when.
    pub takeover: Option<Takeover>,
    /// When the waterfall runs.
    pub distribution: Distribution,
    /// In which order it pays.
    pub waterfall: Vec<Step>,
    /// How interest and shares become money; that of the contract, where it does not say otherwise. Amounts are paid as they
    /// are written.
    pub rounding: Rounding,
    /// Who has what is left at the end.
    pub remainder: HolderIndex,
}

/// When the waterfall runs, besides the last day and days on which a coupon or principal falls due.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Distribution {
    /// On every day on which results are paid.
    AsPaid,
    /// On these days.
    On(Vec<NaiveDate>),
    /// On no other day.
    AtEnd,
}
