//! What one unit of an outcome saves as rows: unit values with their sources, and every factor that carries them to what is told.
//!
//! One rule: whoever multiplies the factors of a row, and that by the expected units, has the saving that stands beside the payment.

use super::assumptions::{AssumptionRow, assumption_rows};
use super::risk::holder;
use crate::address::Address;
use crate::analysis::risk::{SavedOutcome, UnitSaving};
use crate::evaluation::{Class, UnitFactor, UnitFactorKind, UnitPrice, value_slots};
use crate::model::{Contract, HolderIndex, Marks, Measure, Model, Outcome, OutcomeValue, Slot};
use crate::reference::{Indices, Source};
use crate::units::{Label, Language, Unit};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// What a unit of an outcome is worth by one of its values.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct UnitPriceRow {
    /// Where the value stands.
    pub value: Address,
    /// What it is called.
    pub name: Label,
    /// The amount per unit of its own, as its source has it.
    pub amount: Decimal,
    /// The currency of the source.
    pub currency: String,
    /// What it is an amount per.
    pub unit: Unit,
    /// The price year of the source.
    pub price_year: i32,
    /// Where the number stands.
    pub number: Address,
    /// Where it comes from.
    pub source: Option<Source>,
    /// The entry of the catalogue, where it comes from there.
    pub catalogue_entry: Option<String>,
    /// Whether it is illustrative or unverified.
    #[serde(flatten)]
    pub marks: Marks,
    /// What it is multiplied by.
    pub factors: Vec<UnitFactorRow>,
    /// The product: what is avoided by one unit of the outcome, in the model's currency and the prices of its price year.
    pub per_unit: Decimal,
    /// What that is per: a unit of the outcome, of a state for a year.
    pub per: Unit,
}

/// One thing that a price is multiplied by.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct UnitFactorRow {
    /// What it does.
    pub kind: UnitFactorKind,
    /// What it is, in words.
    pub name: Label,
    /// The factor.
    pub factor: Decimal,
    /// Where the number stands that says so, where one does alone.
    pub number: Option<Address>,
}

/// What one unit of an outcome saves a holder in a year by one of its values.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct UnitSavingRow {
    /// Where the value stands.
    pub value: Address,
    /// What it is called.
    pub name: Label,
    /// The outcome itself, units pushed out elsewhere (`displaced`), or what is paid back (`reimbursement`).
    pub class: Class,
    /// Of what is paid back, where the rule stands.
    pub rule: Option<Address>,
    /// The id of the holder.
    pub holder: String,
    /// What it is called.
    pub holder_name: Label,
    /// The year.
    pub year: i32,
    /// The share that falls to the holder; below zero where it loses what another gains.
    pub share: Decimal,
    /// How much of one unit counts in the year: its years of effect, what pushed out others, real growth of the price, and what is
    /// paid back.
    pub counted: Decimal,
    /// Money of the year over the prices of the model's price year.
    pub price_level: Decimal,
    /// What a unit is worth by the value · share · counted · price level: in money of the year; below zero a loss.
    pub per_unit: Decimal,
}

/// The prices that savings are told in.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct SavingPrices {
    /// The id of the conventions.
    pub conventions: String,
    /// The year whose prices the model has.
    pub price_year: i32,
    /// The year to which the model discounts; what is told beside payments is not discounted.
    pub present_value_year: i32,
    /// Whether amounts are discounted: never, payments and savings are money of their year.
    pub discounted: bool,
    /// The id of the index that carries prices to money of the year; none where the country has none.
    pub index: Option<String>,
    /// What it is called.
    pub index_name: Option<Label>,
    /// Where it comes from.
    pub index_source: Option<Source>,
    /// The last year that was observed.
    pub observed_to: Option<i32>,
    /// The price level of that year over the model's price year; none where the index does not reach both.
    pub observed_level: Option<Decimal>,
    /// The price growth assumed for each year after that, as a fraction; none where nothing told rests on it.
    pub inflation: Option<Decimal>,
}

impl SavingPrices {
    pub(super) fn of(model: &Model, outcomes: &[SavedOutcome]) -> Self {
        let series = model.level_series();
        let last = series.and_then(|series| series.last_year()).map(|year| year.number());
        let price_year = model.price_year().0.number();
        let is_after = |year: i32| last.is_none_or(|last| year > last);
        let told = outcomes.iter().flat_map(|outcome| &outcome.savings).map(|saving| saving.year);
        let assumed = told.chain([price_year]).any(is_after) || is_carried_by_growth(outcomes);
        let inflation = model.inflation().filter(|_| assumed).and_then(|slot| model.assumption(slot));
        Self {
            conventions: model.convention().id.clone(),
            price_year,
            present_value_year: model.present_value_year().number(),
            discounted: false,
            index: series.map(|series| series.id().to_owned()),
            index_name: series.map(|series| series.title().clone()),
            index_source: series.map(|series| series.source().clone()),
            observed_to: last,
            observed_level: series.and_then(|series| {
                let level = series.ratio(model.price_year().0, series.last_year()?).ok()?.value().ok()?;
                Some(level.normalize())
            }),
            inflation: inflation.map(|number| number.point),
        }
    }
}

fn is_carried_by_growth(outcomes: &[SavedOutcome]) -> bool {
    let factors = outcomes.iter().flat_map(|outcome| &outcome.values).flat_map(|price| &price.factors);
    factors.into_iter().any(|factor| factor.kind == UnitFactorKind::AssumedGrowth)
}

/// The values of an outcome, and what they save whom when.
pub(super) fn rows(
    model: &Model,
    contract: &Contract,
    found: &SavedOutcome,
) -> (Vec<UnitPriceRow>, Vec<UnitSavingRow>) {
    let Some(outcome) = outcome(model, found) else { return (Vec::new(), Vec::new()) };
    let named = |price: &UnitPrice| outcome.values.iter().find(|value| value.address == price.value);
    let prices = found.values.iter().filter_map(|price| Some(unit_price(model, outcome, named(price)?, price)));
    let savings = found.savings.iter().filter_map(|saving| {
        let value = named(found.values.get(saving.value)?)?;
        Some(unit_saving(contract, value, saving))
    });
    (prices.collect(), savings.collect())
}

fn outcome<'a>(model: &'a Model, found: &SavedOutcome) -> Option<&'a Outcome> {
    model.outcomes().iter().find(|outcome| outcome.id == found.outcome)
}

fn unit_price(model: &Model, outcome: &Outcome, value: &OutcomeValue, found: &UnitPrice) -> UnitPriceRow {
    let (price, number) = (&value.price, model.assumption(value.price.amount));
    UnitPriceRow {
        value: found.value.clone(),
        name: value.name.clone(),
        amount: found.amount,
        currency: price.currency.to_string(),
        unit: price.unit.clone(),
        price_year: price.price_year.0.number(),
        number: found.number.clone(),
        source: number.and_then(|number| number.source.clone()),
        catalogue_entry: price.proxy.clone(),
        marks: number.map(|number| number.marks).unwrap_or_default(),
        factors: found.factors.iter().map(|factor| unit_factor(model, value, factor)).collect(),
        per_unit: found.per_unit,
        per: outcome.accrued_unit(),
    }
}

fn unit_factor(model: &Model, value: &OutcomeValue, found: &UnitFactor) -> UnitFactorRow {
    let name = factor_name(model, value, found.kind);
    UnitFactorRow { kind: found.kind, name, factor: found.factor, number: found.number.clone() }
}

/// What a factor is called.
fn factor_name(model: &Model, value: &OutcomeValue, kind: UnitFactorKind) -> Label {
    let (price, to) = (&value.price, model.price_year());
    match kind {
        UnitFactorKind::Index => {
            let (id, from) = (price.index_series.as_deref().unwrap_or_default(), price.price_year);
            let title = Indices::embedded().get(id).map_or_else(|| Label::plain(id), |series| series.title().clone());
            Label::both(
                format!("{} ({id}), {from} to {to}", title.text(Language::English)),
                format!("{} ({id}), {from} til {to}", title.text(Language::Bokmal)),
            )
        }
        UnitFactorKind::AssumedGrowth => {
            let years = price.assumed_years;
            Label::both(format!("price growth assumed, years: {years}"), format!("forutsatt prisvekst, år: {years}"))
        }
        UnitFactorKind::Exchange => {
            let (from, own) = (price.currency, model.currency());
            Label::both(format!("{own} per {from}, {to}"), format!("{own} per {from}, {to}"))
        }
        UnitFactorKind::Conversion => {
            Label::both("units of the price per unit of the outcome", "prisenheter per enhet av virkningen")
        }
        UnitFactorKind::Portion => Label::both("part of the price", "del av prisen"),
        UnitFactorKind::Destination => Label::both("share of the destination", "andel til destinasjonen"),
        UnitFactorKind::Correction => Label::both(
            "what a correction for weak evidence leaves",
            "det en korreksjon for svak evidens lar stå igjen",
        ),
        UnitFactorKind::Avoidable => Label::both("avoidable share", "unngåelig andel"),
    }
}

fn unit_saving(contract: &Contract, value: &OutcomeValue, found: &UnitSaving) -> UnitSavingRow {
    let (id, holder_name) = holder(contract, found.holder);
    UnitSavingRow {
        value: value.address.clone(),
        name: value.name.clone(),
        class: found.class,
        rule: found.rule.clone(),
        holder: id,
        holder_name,
        year: found.year,
        share: found.share,
        counted: found.counted,
        price_level: found.price_level,
        per_unit: found.per_unit,
    }
}

/// The numbers of the model that the savings rest on, in the order of the document.
pub(super) fn numbers<'a>(
    model: &'a Model,
    outcomes: &[SavedOutcome],
    prices: &SavingPrices,
) -> Vec<AssumptionRow<'a>> {
    let mut slots: BTreeSet<Slot> = prices.inflation.and(model.inflation()).into_iter().collect();
    for (found, outcome) in outcomes.iter().filter_map(|found| Some((found, outcome(model, found)?))) {
        slots.insert(outcome.displacement.share);
        slots.extend(outcome.additionality.slots());
        slots.extend(outcome.duration.into_iter().flat_map(|duration| [duration, outcome.drop_off]));
        for value in outcome.values.iter().filter(|value| found.values.iter().any(|price| price.value == value.address))
        {
            slots.extend(value_slots(model, outcome, value, Measure::Npv));
            let holders = [Some(value.to), value.from].into_iter().flatten();
            slots.extend(holders.flat_map(|holder| member_shares(model, holder)));
        }
    }
    let counted: BTreeSet<&Address> =
        slots.into_iter().filter_map(|slot| model.assumption(slot)).map(|number| &number.address).collect();
    assumption_rows(model).into_iter().filter(|row| counted.contains(row.address)).collect()
}

fn member_shares(model: &Model, holder: HolderIndex) -> impl Iterator<Item = Slot> {
    let members = model.holders().get(holder.position()).map(|holder| holder.members.as_slice());
    members.unwrap_or_default().iter().map(|member| member.share)
}
