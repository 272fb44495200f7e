//! The saving of one unit of an outcome taken apart, so that a reader can multiply it again.
//!
//! One rule: share · counted · price level · what a unit is worth by the value = what a unit saves the holder in the year.

use crate::address::Address;
use crate::evaluation::{Absence, Appraisal, Class, SavedOf, SavedPart, UnitPrice};
use crate::model::HolderIndex;
use crate::number::{Exact, to_significant};
use rust_decimal::Decimal;

/// Digits of a quotient of two postings, which have twelve decimals.
const DIGITS: u32 = 12;

/// What one unit of an outcome saves a holder in a year by one of its values.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnitSaving {
    /// The value, as its position among those of the outcome that are told.
    pub value: usize,
    /// The outcome itself, units pushed out elsewhere, or what is paid back.
    pub class: Class,
    /// Of what is paid back, the rule.
    pub rule: Option<Address>,
    /// Who.
    pub holder: HolderIndex,
    /// When.
    pub year: i32,
    /// The share that falls to the holder; below zero where it loses what another gains.
    pub share: Decimal,
    /// How much of one unit counts in the year: by its years of effect and what is lost of it in them, by what pushed out others, by
    /// real growth of the price, by what is paid back, and by the own share of the credit where conventions take it off every amount.
    pub counted: Decimal,
    /// Money of the year over the model's prices.
    pub price_level: Decimal,
    /// The product of all: in money of the year; below zero a loss.
    pub per_unit: Decimal,
}

/// What is worth something, and what of it falls to whom when.
pub(super) type TakenApart = (Vec<UnitPrice>, Vec<UnitSaving>);

/// Takes the saving of an outcome, by its position, apart over the units that its quantity starts. Its numbers are those of the model
/// that was appraised, which may have other slots than the one that was read.
pub(super) fn taken_apart(appraisal: &Appraisal, position: usize, started: Decimal) -> Result<TakenApart, Absence> {
    let Some(outcome) = appraisal.model().outcomes().get(position) else { return Ok(Default::default()) };
    let parts = appraisal.saved_parts(position)?;
    let mut prices = Vec::new();
    let mut savings = Vec::new();
    for value in &outcome.values {
        let is_own = |of: &SavedOf, part: &SavedPart| of.value == value.address && part.amount != Exact::ZERO;
        let own: Vec<_> = parts.iter().filter(|(of, part)| is_own(of, part)).collect();
        if own.is_empty() {
            continue;
        }
        let price = appraisal.unit_price(outcome, value)?;
        for (of, part) in own {
            savings.push(unit_saving((prices.len(), &price), of, part, started.into())?);
        }
        prices.push(price);
    }
    Ok((prices, savings))
}

fn unit_saving(
    (value, price): (usize, &UnitPrice),
    of: &SavedOf,
    part: &SavedPart,
    started: Exact,
) -> Result<UnitSaving, Absence> {
    let quotient = |number: Exact| Ok::<_, Absence>(to_significant(number.value()?, DIGITS).normalize());
    let whole = Exact::from(price.per_unit) * part.share * started;
    Ok(UnitSaving {
        value,
        class: of.class,
        rule: (of.class == Class::Reimbursement).then(|| of.cause.clone()),
        holder: of.holder,
        year: of.year.number(),
        share: part.share.value()?.normalize(),
        counted: quotient(part.amount / whole)?,
        price_level: quotient(part.nominal / part.amount)?,
        per_unit: quotient(part.nominal / started)?,
    })
}
