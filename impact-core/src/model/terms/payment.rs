//! Payments: which figure pays by which schedule, under which conditions.

use super::{Boundary, Figure, Indexation, Limits, Payer, Schedule, Significance};
use crate::address::Address;
use crate::model::Slot;
use crate::units::Label;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A payment of a contract.
#[derive(Debug, Clone, PartialEq)]
pub struct Payment {
    /// The id in the document.
    pub id: String,
    /// `contract.payments.<id>`.
    pub address: Address,
    /// The name in statements.
    pub name: Label,
    /// What it is paid for.
    pub of: Figure,
    /// For which part of what is observed an amount is worked out.
    pub per: Per,
    /// From the figure to the amount.
    pub schedule: Schedule,
    /// The index that the prices of the schedule follow.
    pub indexed: Option<Indexation>,
    /// What must hold before anything is paid, in the order written.
    pub gates: Vec<Gate>,
    /// How often one person may be paid for.
    pub repeats: Repeats,
    /// Factors on the amount for claims and cohorts of a group, by the group's name.
    pub uplift: BTreeMap<String, Slot>,
    /// Whether an amount that is worked out may lie below zero.
    pub refunds: Refunds,
    /// Least and most of this payment.
    pub limits: Limits,
    /// Who pays it, where it is not all payers of the contract in their shares.
    pub payers: Option<Vec<Payer>>,
    /// Days from the observation, or from the day it is reported on, to the day the payment is due.
    pub due_after: u32,
    /// Payment days, rising: it is due on the first that does not come before. Empty: on any day.
    pub due_on: Vec<NaiveDate>,
    /// What to beware of.
    pub note: Option<String>,
}

/// For which part of what is observed an amount is worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Per {
    /// Each observation by itself; of claims, all claims of one day.
    Observation,
    /// Each cohort by itself.
    Cohort,
    /// All that is observed so far, less what was paid for it before.
    Contract,
    /// The early end of the contract: once, on that day; of a fee only.
    Termination,
}

/// Whether a payment goes below zero by itself, where the result is a loss.
///
/// An amount that the terms write below zero (a step, a corner of a line) is owed back either way: somebody wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refunds {
    /// What is worked out by the unit, by the point, or straight on beyond the corners of a line stops at zero.
    None,
    /// It follows its figure below zero, and the payee owes the difference back, down to `at_least` where there is one.
    Owed,
}

/// What must hold before a payment is made.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Gate {
    /// A figure of the same cohort reaches a number.
    Reaches {
        /// The figure.
        figure: Figure,
        /// The number.
        at: Slot,
        /// Whether the number itself is enough.
        boundary: Boundary,
    },
    /// The same person achieved before what another payment is for: has a claim that this payment is made for, so many days
    /// earlier. What counts is the result, not the money: a limit that left nothing of it makes it no less achieved.
    Before {
        /// The payment, as its position in the terms.
        payment: usize,
        /// The least days between the two claims; 0 lets them be of one day.
        spacing: u32,
    },
    /// Nothing was paid of this payment, as its position in the terms: a second chance.
    UnlessPaid(usize),
    /// An effect of the same cohort is more than chance.
    Significant(Significance),
    /// So many people at least were seen: those treated, and where an estimate compares with a group, that group as well.
    People {
        /// A share, a rate, or an estimate that compares one.
        figure: Figure,
        /// The fewest of each.
        at_least: Slot,
    },
}

/// How often one person may be paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repeats {
    /// The most claims of one person; none: no end.
    pub at_most: Option<u32>,
    /// The least days between two of them.
    pub spacing: u32,
}
