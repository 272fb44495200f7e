//! What a unit of an outcome is worth by one of its values, factor by factor, so that a reader can multiply it again.
//!
//! One rule: the factors are those of the formula (`formula.rs`), in its order; their product is the price that was used.

use super::appraisal::Appraisal;
use super::formula::power;
use crate::address::Address;
use crate::model::{Outcome, OutcomeValue, Price, Slot};
use crate::number::{Exact, Fault};
use rust_decimal::Decimal;

/// What a factor of a price does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnitFactorKind {
    /// A price index carries it from the price year of its source to the model's.
    Index,
    /// Assumed price growth carries it over the years without an index.
    AssumedGrowth,
    /// An exchange carries it to the model's currency.
    Exchange,
    /// How many units of the price go with one unit of the outcome.
    Conversion,
    /// Which part of a wage or a benefit it is.
    Portion,
    /// Which share goes to the destination that it is limited to.
    Destination,
    /// What a correction for weak evidence leaves.
    Correction,
    /// Which share really is avoided.
    Avoidable,
}

/// A factor of a price.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnitFactor {
    /// What it does.
    pub kind: UnitFactorKind,
    /// What the price is multiplied by.
    pub factor: Decimal,
    /// The address of the number that says so, where one does alone.
    pub number: Option<Address>,
}

/// What a unit of an outcome is worth by one of its values.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnitPrice {
    /// The address of the value.
    pub value: Address,
    /// The amount per unit of its own, in the currency and the prices of its source.
    pub amount: Decimal,
    /// The address of that number.
    pub number: Address,
    /// What it is multiplied by; what leaves it as it is is left out.
    pub factors: Vec<UnitFactor>,
    /// What is avoided by a unit of the outcome in a whole year, in the model's currency and prices.
    pub per_unit: Decimal,
}

/// A factor that is not worked out yet.
type Raw = (UnitFactorKind, Exact, Option<Slot>);

impl Appraisal {
    /// What a unit of an outcome is worth by one of its values; without the own share of the credit, which some conventions take off
    /// every amount.
    pub(crate) fn unit_price(&self, outcome: &Outcome, value: &OutcomeValue) -> Result<UnitPrice, Fault> {
        let amount = self.point(value.price.amount);
        let mut raw = self.carrying(value);
        let converted = value.conversion.factor(|slot| self.point(slot));
        raw.push((UnitFactorKind::Conversion, converted, value.conversion.number()));
        raw.extend(self.parting(outcome, value));
        let so_far = raw.iter().fold(amount, |price, (_, factor, _)| price * *factor).value()?;
        let laid = outcome.evidence.correction.filter(|_| so_far >= Decimal::ZERO);
        raw.extend(laid.map(|laid| (UnitFactorKind::Correction, Exact::ONE - Exact::from(laid.share), None)));
        raw.push((UnitFactorKind::Avoidable, self.point(value.avoidable), Some(value.avoidable)));
        let per_unit = raw.iter().fold(amount, |price, (_, factor, _)| price * *factor).value()?;
        let told = raw.into_iter().filter(|(_, factor, number)| *factor != Exact::ONE || number.is_some());
        let told = told.map(|(kind, factor, number)| {
            let number = number.and_then(|slot| self.address_of(slot));
            Ok(UnitFactor { kind, factor: factor.value()?.normalize(), number })
        });
        Ok(UnitPrice {
            value: value.address.clone(),
            amount: amount.value()?.normalize(),
            number: self.address_of(value.price.amount).unwrap_or_else(|| value.address.clone()),
            factors: told.collect::<Result<_, Fault>>()?,
            per_unit: per_unit.normalize(),
        })
    }

    fn address_of(&self, slot: Slot) -> Option<Address> {
        self.model().assumption(slot).map(|number| number.address.clone())
    }

    /// From the currency and the prices of its source to the model's.
    fn carrying(&self, value: &OutcomeValue) -> Vec<Raw> {
        let price = &value.price;
        let mut factors = vec![(UnitFactorKind::Index, price.index.exact(), None)];
        let grown = self.assumed_growth(price);
        factors.extend(grown.map(|grown| (UnitFactorKind::AssumedGrowth, grown, self.model().inflation())));
        factors.push((UnitFactorKind::Exchange, price.exchange.exact(), None));
        factors
    }

    /// What price growth assumed for the years without an index does to a price, where there are any.
    pub(super) fn assumed_growth(&self, price: &Price) -> Option<Exact> {
        let inflation = self.model().inflation().filter(|_| price.assumed_years != 0)?;
        Some(power(Exact::ONE + self.point(inflation), price.assumed_years))
    }

    /// Which part of it is valued, and for how many.
    fn parting(&self, outcome: &Outcome, value: &OutcomeValue) -> Vec<Raw> {
        let mut factors = Vec::new();
        if let Some(portion) = &value.portion {
            factors.extend(portion.times.iter().map(|slot| (UnitFactorKind::Portion, self.point(*slot), Some(*slot))));
            let left = portion.less.iter().fold(Exact::ONE, |left, slot| left - self.point(*slot));
            factors.push((UnitFactorKind::Portion, left, None));
        }
        let destination = value.destination.and_then(|at| outcome.destinations.get(at));
        factors.extend(destination.map(|to| (UnitFactorKind::Destination, self.point(to.share), Some(to.share))));
        factors
    }
}
