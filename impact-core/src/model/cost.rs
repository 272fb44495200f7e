//! Costs and transfers: what is spent, and money that only changes hands.
//!
//! One rule: delivering a service is a cost, paying for it is a transfer; the two are never both costs.

use super::{HolderIndex, Slot};
use crate::address::Address;
use crate::reference::Source;
use crate::units::{Label, Year};

/// Resources used, by who pays for them.
#[derive(Debug, Clone, PartialEq)]
pub struct Cost {
    /// The id in the document.
    pub id: String,
    /// `costs.<id>`.
    pub address: Address,
    /// The name in reports.
    pub name: Label,
    /// Who pays.
    pub payer: HolderIndex,
    /// How much, when.
    pub flow: Flow,
    /// Where the figure comes from.
    pub source: Option<Source>,
    /// What to beware of.
    pub note: Option<String>,
}

/// Money between holders without resource use: grants, fees, repayments.
#[derive(Debug, Clone, PartialEq)]
pub struct Transfer {
    /// The id in the document.
    pub id: String,
    /// `transfers.<id>`.
    pub address: Address,
    /// The name in reports.
    pub name: Label,
    /// Who pays.
    pub from: HolderIndex,
    /// Who receives.
    pub to: HolderIndex,
    /// How much, when.
    pub flow: Flow,
    /// Where the figure comes from.
    pub source: Option<Source>,
    /// What to beware of.
    pub note: Option<String>,
}

/// An amount in each of some years.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow {
    /// The amount a year (`per_year`, or `amount` in its single year).
    pub amount: Slot,
    /// The first year.
    pub first: Year,
    /// The last year, the first one included.
    pub last: Year,
    /// What krone the amount is in.
    pub basis: PriceBasis,
}

/// The price level an amount is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PriceBasis {
    /// Money of each year, as paid.
    Nominal,
    /// The model's price year.
    Real,
}
