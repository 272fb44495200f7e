//! The waterfall: who is paid in which order, what arrangers earn, and the most that investors earn.

use super::RateBy;
use crate::address::Address;
use crate::model::terms::Schedule;
use crate::model::{HolderIndex, Slot};
use crate::units::Label;

/// A step of the waterfall. Several tranches in one step share by what is owed to them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// Coupons that are due: `{ coupon = ["senior"] }`.
    Coupon(Vec<usize>),
    /// Principal that is due: `{ principal = ["senior", "junior"] }`.
    Principal(Vec<usize>),
    /// A success fee: `{ fee = "arranger" }`.
    Fee(usize),
    /// What is left, in shares: `{ surplus = [{ tranche = "senior", share = 0.8 }, { holder = "provider", share = 0.2 }] }`. What a
    /// cap leaves of a share goes on to the next step.
    Surplus(Vec<SurplusShare>),
}

/// A share of what is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SurplusShare {
    /// Who gets it.
    pub to: Recipient,
    /// Which share.
    pub share: Slot,
}

/// Who gets a share of the surplus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipient {
    /// A tranche, as its position: it counts in its return, and its caps hold.
    Tranche(usize),
    /// A holder.
    Holder(HolderIndex),
}

/// What an arranger earns on success, in its step of the waterfall.
///
/// # Formula
/// `due = schedule(base so far) − paid so far`
#[derive(Debug, Clone, PartialEq)]
pub struct SuccessFee {
    /// The id in the document.
    pub id: String,
    /// `contract.finance.fees.<id>`.
    pub address: Address,
    /// The name in reports.
    pub name: Label,
    /// Who earns it.
    pub to: HolderIndex,
    /// What it is worked out from.
    pub of: FeeBase,
    /// From the base to the fee.
    pub schedule: Schedule,
}

/// What a success fee is worked out from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FeeBase {
    /// All that was paid for results so far.
    Payments,
    /// The money that has reached this step of the waterfall so far.
    Surplus,
}

/// The most that some tranches earn together.
#[derive(Debug, Clone, PartialEq)]
pub struct Cap {
    /// `contract.finance.caps.<position>`.
    pub address: Address,
    /// The tranches, as positions.
    pub tranches: Vec<usize>,
    /// What is bounded.
    pub kind: CapKind,
}

/// What a cap bounds.
///
/// # Formula
/// With *Cᵢ* paid to the tranches on day *tᵢ* (drawdowns below zero), the most that may be paid on day *t*:
/// ```text
/// rate      −Σ Cᵢ (1 + r)^years(tᵢ, t)     the payment that makes the net present value at r zero
/// multiple  m · drawn − received
/// gain      drawn + g − received
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum CapKind {
    /// The internal rate of return per year: fixed, or by a measured figure.
    Rate(RateBy),
    /// What is received over what is drawn.
    Multiple(Slot),
    /// What is received beyond what is drawn.
    Gain(Slot),
}
