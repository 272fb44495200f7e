//! Flows: one amount on one day, from one party to another.

use crate::address::Address;
use crate::model::HolderIndex;
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// An amount that moves. Nominal, in the contract's currency, above zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// When.
    pub date: NaiveDate,
    /// Who pays.
    pub from: Party,
    /// Who receives.
    pub to: Party,
    /// How much.
    pub amount: Decimal,
    /// What it is.
    pub kind: FlowKind,
    /// The tranche it draws on or pays, as its position in the finance.
    pub tranche: Option<usize>,
    /// What in the document makes it.
    pub cause: Address,
}

/// One end of a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Party {
    /// A holder of the document.
    Holder(HolderIndex),
    /// The contract's own account: what is drawn and not yet spent, what is received and not yet paid out.
    Account,
    /// The people and things that deliver the service: resources, which no party of the contract receives.
    Delivery,
}

/// What a flow is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FlowKind {
    /// A payment for results.
    OutcomePayment,
    /// What goes back to the payer: out of the account, as far as results have brought money in, and else from the payee.
    Clawback,
    /// Money put in.
    Drawdown,
    /// A cost of the service that the account pays.
    ServiceCost,
    /// What delivery costs who delivers.
    Delivery,
    /// A success fee.
    Fee,
    /// What who took over pays: costs, and the share it repays.
    Takeover,
    /// A coupon.
    Coupon,
    /// Principal repaid.
    Principal,
    /// A share of the surplus.
    Surplus,
    /// A loss made good.
    Guarantee,
    /// What a guarantor gets back of it.
    Recovery,
    /// What was left at the end.
    Remainder,
}

impl FlowKind {
    /// The name, as tables and JSON write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::OutcomePayment => "outcome-payment",
            Self::Clawback => "clawback",
            Self::Drawdown => "drawdown",
            Self::ServiceCost => "service-cost",
            Self::Delivery => "delivery",
            Self::Fee => "fee",
            Self::Takeover => "takeover",
            Self::Coupon => "coupon",
            Self::Principal => "principal",
            Self::Surplus => "surplus",
            Self::Guarantee => "guarantee",
            Self::Recovery => "recovery",
            Self::Remainder => "remainder",
        }
    }
}
