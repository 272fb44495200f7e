//! Employment: what a year in work is worth, taken apart by who gets it.
//!
//! One rule: what is produced is worth the wage with the employer's contribution, and each krone of it goes to one holder; so
//! society counts production once, under every convention.
//!
//! # Formula
//! ```text
//! production            = wage · full-time share · (1 + Σ rates of the employer's contribution)
//! net wage              = wage · full-time share · (1 − Σ rates of income tax)      to the participants
//! income tax            = wage · full-time share · rate                             to each budget
//! employer's contribution = wage · full-time share · rate                           to each budget
//! benefit withdrawn     = benefit                    from the participants to the budget that stops paying
//! tax on the benefit    = benefit · rate             from each budget to the participants, who no longer pay it
//! ```
//! Welfare economics: work is worth what an employer pays for it; a tax or a benefit moves money and makes none.

use super::{HolderIndex, Price, Slot};
use crate::address::Address;

/// A year in work, as the document has it. Its parts stand among the values of the outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Employment {
    /// `outcomes.<outcome>.employment`.
    pub address: Address,
    /// The wage of full-time work.
    pub wage: Price,
    /// The part of full time that is worked.
    pub full_time_share: Slot,
    /// Income tax, by who gets it.
    pub income_tax: Vec<Levy>,
    /// What the employer pays on top of the wage, by who gets it.
    pub employer_contribution: Vec<Levy>,
    /// What to beware of.
    pub note: Option<String>,
}

/// A share of a wage or of a benefit that goes to a public budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Levy {
    /// Who gets it.
    pub holder: HolderIndex,
    /// The share.
    pub rate: Slot,
}

/// Which part of a year in work a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WorkPart {
    /// What is left of the wage.
    NetWage,
    /// Income tax on the wage.
    IncomeTax,
    /// What the employer pays on top.
    EmployerContribution,
    /// A benefit that is no longer paid.
    Benefit,
    /// Income tax on that benefit, which is no longer paid either.
    BenefitTax,
}

impl WorkPart {
    /// Whether it is the first part of its price: what is said of a price is said there.
    pub fn is_first(self) -> bool {
        matches!(self, WorkPart::NetWage | WorkPart::Benefit)
    }

    /// Whether it is a part of what is produced.
    pub fn is_production(self) -> bool {
        !matches!(self, WorkPart::Benefit | WorkPart::BenefitTax)
    }
}

/// How much of a price a part is: the product of some shares, times what others leave of the whole.
///
/// # Formula
/// price · Π `times` · (1 − Σ `less`)
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Portion {
    /// Which part.
    pub part: WorkPart,
    /// The address of the table that says the price: the year in work, or the benefit.
    pub table: Address,
    /// Shares that multiply the price.
    pub times: Vec<Slot>,
    /// Shares that are taken off the whole.
    pub less: Vec<Slot>,
}

impl Portion {
    /// The numbers it is made of.
    pub fn slots(&self) -> impl Iterator<Item = Slot> {
        self.times.iter().chain(&self.less).copied()
    }
}
