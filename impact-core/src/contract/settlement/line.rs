//! Lines of a statement: one amount that is paid, or would have been, and why.

use super::basis::Basis;
use super::indexed::Indexed;
use crate::address::Address;
use crate::contract::{FigureFault, Tested};
use crate::model::HolderIndex;
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// A line of a statement. Amounts are nominal, in the contract's currency; below zero they go back to the payers.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Line {
    /// The payment, as its position in the terms.
    pub payment: usize,
    /// The cohort; empty where it has no name.
    pub cohort: String,
    /// The group; empty where it has no name.
    pub group: String,
    /// The day of the observation it rests on, the last where it rests on several.
    pub date: NaiveDate,
    /// The day it is due.
    pub due: NaiveDate,
    /// How many people or claims it counts, where it counts any: what is left out of reports where it is small.
    pub people: Option<Decimal>,
    /// The figure that the schedule was asked for; none of a fee.
    pub figure: Option<Decimal>,
    /// What the figure was made of.
    pub basis: Basis,
    /// What the schedule gives, uplift included, before limits and rounding; of all that was seen so far, beyond what it gave before.
    pub by_schedule: Decimal,
    /// What it gave for all that was seen before; none where each observation, cohort or fee is paid by itself.
    pub before: Option<Decimal>,
    /// What is paid.
    pub amount: Decimal,
    /// The limits that made it less or more, by their addresses.
    pub bound_by: Vec<Address>,
    /// Why nothing is paid, where a condition is not met.
    pub withheld: Option<Withheld>,
    /// The tests that were asked for, in their order, up to the first condition that is not met.
    pub tested: Vec<Tested>,
    /// How its prices were carried, where they follow an index.
    pub indexed: Option<Indexed>,
    /// Who pays how much of it; adds up to the amount.
    pub shares: Vec<PayerShare>,
    /// Whether it takes back a line of an earlier statement.
    pub reversal: bool,
}

/// What one payer pays of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PayerShare {
    /// Who.
    pub holder: HolderIndex,
    /// How much.
    pub amount: Decimal,
}

/// Why a line pays nothing.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Withheld {
    /// A figure does not reach what is required: the number's address.
    NotReached(Address),
    /// The figure does not reach where the schedule begins to pay: the address of its first corner.
    Below(Address),
    /// The schedule gives nothing for the figure, or nothing beyond what was due before.
    NothingDue,
    /// The figure is one that would have to be owed back, and the terms have nothing owed back: the address where they could say it.
    NotOwedBack(Address),
    /// An effect may be chance: the test is among those of the line. The address of the level.
    NotSignificant(Address),
    /// Too few people were seen, of one group at least: the address of the number required.
    TooFew(Address),
    /// Something was paid of the payment that this one is the second chance of: its address.
    PaidAlready(Address),
    /// What it rests on is not, or not yet, there.
    Awaits(FigureFault),
    /// No test can be made of what was seen.
    Untested(FigureFault),
}

/// Claims that nothing is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Unpaid {
    /// The payment, as its position in the terms.
    pub payment: usize,
    /// Why.
    pub why: WhyUnpaid,
    /// How many.
    pub claims: usize,
}

/// Why a claim is not paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyUnpaid {
    /// The person has been paid for as often as the terms allow.
    Repeated,
    /// Too few days since the person's last one.
    TooSoon,
    /// What must come before did not.
    NothingBefore,
}
