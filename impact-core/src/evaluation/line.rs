//! Lines: what postings of one cause have in common: who pays, who gains, and what the amounts may enter.

use crate::address::Address;
use crate::model::{HolderIndex, Slot, ValueKind};

/// What a posting comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// Resources used.
    Cost,
    /// Money between holders.
    Transfer,
    /// The value of an outcome.
    Outcome,
    /// The value of outcomes pushed out elsewhere.
    Displaced,
    /// The cost of raising the money by taxes.
    Financing,
    /// What of a cost, a transfer or a saving another holder pays back.
    Reimbursement,
}

/// One end of a posting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Party {
    /// A holder of the model.
    Holder(HolderIndex),
    /// Everybody: only the society perspective sees it.
    Society,
}

/// Which timing of the convention discounts a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clocking {
    /// Costs and transfers.
    Costs,
    /// Outcomes.
    Outcomes,
}

impl Line {
    /// Whether it carries a resource from factor to market prices: to society only, beside the line of whoever pays or gains.
    pub fn is_markup(&self) -> bool {
        self.class != Class::Financing && [self.from, self.to].contains(&Some(Party::Society))
    }
}

/// What the postings of one cause share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The address of the cost, transfer, value or reimbursement; `conventions.financing.cost` for financing.
    pub cause: Address,
    /// Of a reimbursement, the address of what is paid back.
    pub of: Option<Address>,
    /// What it comes from.
    pub class: Class,
    /// Who pays; nobody for a gain that no holder loses.
    pub from: Option<Party>,
    /// Who gains; nobody for resources used up.
    pub to: Option<Party>,
    /// Fiscal, economic or social.
    pub kind: ValueKind,
    /// The outcome, as its position in the model.
    pub outcome: Option<usize>,
    /// Whether the author wrote the amount in money of each year.
    pub nominal: bool,
    /// Shares of joint holders that the amount of the cause is multiplied by; none where both ends are single.
    pub shares: Vec<Slot>,
    /// Whether society counts the end that pays.
    pub from_stands: bool,
    /// Whether society counts the end that gains.
    pub to_stands: bool,
    /// Whether it is something people would pay for: a value that is marked so, and all money that only changes hands.
    pub willingness: bool,
    /// Which timing discounts it; tax-financing cost is discounted as the outlay it belongs to.
    pub clocking: Clocking,
}

impl Line {
    /// What it is added up with: money paid back for a cost with transfers, the part of a saving that falls to another with
    /// outcomes.
    pub(crate) fn summed_as(&self) -> Class {
        match (self.class, self.outcome) {
            (Class::Reimbursement, None) => Class::Transfer,
            (Class::Reimbursement, Some(_)) => Class::Outcome,
            (class, _) => class,
        }
    }
}
