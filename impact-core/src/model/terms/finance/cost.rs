//! Costs: what the account pays for, what delivery costs, and who takes over.

use crate::address::Address;
use crate::model::terms::Boundary;
use crate::model::{HolderIndex, Slot};
use crate::units::Label;
use chrono::NaiveDate;

/// An amount on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    /// When.
    pub date: NaiveDate,
    /// How much; a share of the commitment where that is how a drawdown is written.
    pub amount: Slot,
    /// Whether the number is a share of the commitment.
    pub of_commitment: bool,
}

/// What the account pays to a holder for the service: the provider's fee, an evaluation, management.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceCost {
    /// The id in the document.
    pub id: String,
    /// `contract.finance.costs.<id>`.
    pub address: Address,
    /// The name in reports.
    pub name: Label,
    /// Who is paid.
    pub to: HolderIndex,
    /// When how much.
    pub paid: Vec<Dated>,
    /// Whether it is incurred only after a takeover, and paid by who took over.
    pub after_takeover: bool,
}

/// What delivering the service costs the holder who delivers: resources, not a transfer.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    /// The id in the document.
    pub id: String,
    /// `contract.finance.delivery.<id>`.
    pub address: Address,
    /// The name in reports.
    pub name: Label,
    /// Who delivers.
    pub by: HolderIndex,
    /// When how much.
    pub paid: Vec<Dated>,
}

/// Bridge finance: investors pay first; a holder takes over if the test is met, and repays a share.
#[derive(Debug, Clone, PartialEq)]
pub struct Takeover {
    /// `contract.finance.takeover`.
    pub address: Address,
    /// Who takes over.
    pub by: HolderIndex,
    /// On which day it is decided.
    pub on: NaiveDate,
    /// The payment whose latest figure is tested, as its position in the terms.
    pub payment: usize,
    /// What the figure must reach.
    pub reaches: Slot,
    /// Whether the number itself is enough.
    pub boundary: Boundary,
    /// Which share of what was drawn on tranches that are repaid comes back, through the waterfall.
    pub repays: Slot,
}
