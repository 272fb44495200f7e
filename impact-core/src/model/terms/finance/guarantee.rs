//! Guarantees: who makes good which loss, and up to what.

use crate::address::Address;
use crate::model::HolderIndex;
use crate::model::terms::Schedule;
use crate::units::Label;
use chrono::NaiveDate;

/// A promise to make good a loss: at the end, and on the days on which it is called before.
///
/// # Formula
/// ```text
/// paid = min(schedule(base so far) − paid before, what has fallen due to the tranches and is not paid)
/// ```
/// At the end everything has fallen due. What is made good is no longer owed to the lender; a guarantor who `recovers` stands in
/// the lender's place for it, behind what the lender is still owed and before later steps of the waterfall.
#[derive(Debug, Clone, PartialEq)]
pub struct Guarantee {
    /// The id in the document.
    pub id: String,
    /// `contract.finance.guarantees.<id>`.
    pub address: Address,
    /// The name in reports.
    pub name: Label,
    /// Who pays.
    pub holder: HolderIndex,
    /// Whose loss it makes good, as positions; several share it by what they have lost.
    pub tranches: Vec<usize>,
    /// What the limit is worked out from.
    pub of: GuaranteeBase,
    /// From the base to the limit.
    pub schedule: Schedule,
    /// What counts as a loss.
    pub covers: Covers,
    /// The days on which it is called, rising, besides the last.
    pub called: Vec<NaiveDate>,
    /// Whether the guarantor gets back what it paid, out of what is paid for results later.
    pub recovers: bool,
}

/// What the limit of a guarantee is worked out from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum GuaranteeBase {
    /// What the tranches have been asked for.
    Drawn,
    /// What they have promised.
    Committed,
    /// What was done: the figures of a payment added up, as its position in the terms.
    Activity(usize),
}

/// What counts as a loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Covers {
    /// Principal that is not repaid.
    Principal,
    /// Principal and coupons that are not paid.
    PrincipalAndCoupon,
}
