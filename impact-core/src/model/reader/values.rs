//! Reading unit values: what a unit of an outcome is worth, to whom, and how much of it is really avoided.

use super::Reader;
use super::common::{Around, Entry, text, year};
use super::numbers::Meant;
use super::prices::Quoted;
use super::words::{BASES, VALUE_KINDS, WILLINGNESS};
use crate::document::{Fields, Node, nearest};
use crate::error::Problems;
use crate::model::{Destination, HolderIndex, ModelFault, Nature, OutcomeValue, PublicLevel, Slot};
use crate::reference::{Cashable, Entry as Figure, Payer, Shelf};
use crate::units::{Label, Unit};
use rust_decimal::Decimal;

/// What the outcome around a value says; what could not be read is none.
pub(super) struct Setting<'a> {
    pub holder: Option<HolderIndex>,
    pub unit: Option<&'a Unit>,
    pub nature: Option<Nature>,
    pub destinations: Option<&'a [Destination]>,
}

impl Setting<'_> {
    /// What the outcome accrues: years of its unit for a state, the unit for an event.
    pub fn accrual(&self) -> Option<Unit> {
        match self.nature? {
            Nature::State => Some(self.unit?.per_year()),
            Nature::Event => self.unit.cloned(),
        }
    }
}

impl Reader {
    pub(super) fn value(
        &mut self,
        node: &Node,
        setting: &Setting<'_>,
        problems: &mut Problems,
    ) -> Option<OutcomeValue> {
        let mut fields = Fields::of(node, problems)?;
        let entry = Entry::read(&mut fields);
        let kind = fields.required_one_of("kind", VALUE_KINDS);
        let basis = fields.one_of("basis", BASES);
        let around = Around::read(&mut fields);
        let shelf = self.shelf.clone();
        let quoted = self.quoted(&mut fields, setting, (&shelf, "value"), &around);
        let price = quoted.as_ref().and_then(|quoted| self.carried(&mut fields, quoted, kind?));
        let growth = self.followed(&mut fields, kind);
        let conversion = self.conversion(&mut fields, setting, quoted.as_ref(), &around);
        let figure = quoted.as_ref().and_then(|quoted| quoted.figure);
        let to = self.gains(&mut fields, setting, figure, quoted.is_some());
        let from = self.holders.optional(&mut fields, "from");
        self.check_apart(&mut fields, to, from);
        self.check_direction(&mut fields, quoted.as_ref());
        let destination = read_destination(&mut fields, setting);
        let avoidable = self.avoidable(&mut fields, quoted.as_ref(), &around);
        let cashable = self.cashable(&mut fields, figure, &around);
        let cashable_from = year(&mut fields, "cashable_from");
        let willingness = fields.one_of("wtp", WILLINGNESS).unwrap_or_default();
        let standing = fields.flag("standing").unwrap_or(true);
        let priced = self.value_priced(&mut fields, from, kind);
        let note = text(&mut fields, "note");
        fields.finish();
        let Entry { id, address, name } = entry?;
        Some(OutcomeValue {
            id,
            address,
            name,
            price: price?,
            conversion: conversion?,
            growth: growth?,
            to: to?,
            from,
            kind: kind?,
            basis,
            destination: destination?,
            avoidable: avoidable?,
            cashable: cashable?,
            cashable_from,
            portion: None,
            willingness,
            standing,
            priced: priced?,
            note,
        })
    }

    /// Who gains: as said; else the one budget of this model that pays the catalogue's figure; else the outcome's holder.
    pub(super) fn gains(
        &mut self,
        fields: &mut Fields<'_, '_>,
        setting: &Setting<'_>,
        figure: Option<&Figure>,
        known: bool,
    ) -> Option<HolderIndex> {
        let named = self.holders.optional(fields, "to");
        if fields.has("to") {
            return named;
        }
        let (holder, because) = match figure.map(|figure| (figure, figure.payers.as_slice())) {
            None if known => (setting.holder?, Label::both("the outcome's own holder", "virkningens egen interessent")),
            None => return None,
            Some((_, [Payer::Society | Payer::Person])) => {
                (setting.holder?, Label::both("the outcome's own holder", "virkningens egen interessent"))
            }
            Some((figure, payers)) => match self.only_payer(payers) {
                Some(holder) => {
                    (holder, Label::both("it is who pays, by the catalogue", "det er den som betaler, etter katalogen"))
                }
                None if !self.holders.are_complete() => return None,
                None => {
                    let (entry, payers) = (figure.id.clone(), figure.borne_by());
                    fields.refuse_here(match payers.is_empty() {
                        true => ModelFault::NoPayer { entry },
                        false => ModelFault::ToMissing { entry, payers },
                    });
                    return None;
                }
            },
        };
        self.numbers.defaulted(&fields.place_of("to").address, self.holders.id(holder), because);
        Some(holder)
    }

    fn only_payer(&self, payers: &[Payer]) -> Option<HolderIndex> {
        let level = match payers {
            [Payer::State] => PublicLevel::State,
            [Payer::Municipality] => PublicLevel::Municipality,
            [Payer::County] => PublicLevel::County,
            [Payer::HealthTrust] => PublicLevel::HealthTrust,
            _ => return None,
        };
        self.holders.only_at(level)
    }

    fn check_apart(&self, fields: &mut Fields<'_, '_>, to: Option<HolderIndex>, from: Option<HolderIndex>) {
        if let (Some(to), Some(from)) = (to, from)
            && to == from
        {
            fields.refuse("from", ModelFault::SameHolder { holder: self.holders.id(from).to_owned() });
        }
    }

    /// Money moves one way: who loses it is `from`, who gains it `to`.
    fn check_direction(&self, fields: &mut Fields<'_, '_>, quoted: Option<&Quoted<'_>>) {
        let amount = quoted.and_then(|quoted| self.numbers.kept.get(quoted.amount.0));
        if fields.has("from") && amount.is_some_and(|amount| amount.point < Decimal::ZERO) {
            fields.refuse(if fields.has("value") { "value" } else { "proxy" }, ModelFault::NegativeTransfer);
        }
    }

    pub(super) fn avoidable(
        &mut self,
        fields: &mut Fields<'_, '_>,
        quoted: Option<&Quoted<'_>>,
        around: &Around,
    ) -> Option<Slot> {
        let place = quoted.filter(|quoted| quoted.unit.thing() == "place" || quoted.unit.thing().ends_with("-place"));
        if let Some(quoted) = place.filter(|_| !fields.has("avoidable")) {
            fields.known(&["avoidable"]);
            fields.refuse_here(ModelFault::AvoidableMissing { price: quoted.unit.clone() });
            return None;
        }
        let because = Label::both("not given: all of the price", "ikke oppgitt: hele prisen");
        let meant = Meant::share("avoidable share", around);
        self.numbers.or_default(fields, "avoidable", &meant, (Decimal::ONE, because))
    }

    fn cashable(&mut self, fields: &mut Fields<'_, '_>, figure: Option<&Figure>, around: &Around) -> Option<Slot> {
        let (share, because) = match figure.map(|figure| figure.cashable) {
            Some(Cashable::Yes) => {
                (Decimal::ONE, Label::both("releases money, by the catalogue", "frigjør penger, etter katalogen"))
            }
            _ => (
                Decimal::ZERO,
                Label::both("nothing says that it releases money", "ingenting sier at det frigjør penger"),
            ),
        };
        let meant = Meant::share("cashable share", around);
        self.numbers.or_default(fields, "cashable", &meant, (share, because))
    }

    /// A price as it is quoted: by the catalogue, or by the document under a key of its own.
    pub(super) fn quoted<'s>(
        &mut self,
        fields: &mut Fields<'_, '_>,
        setting: &Setting<'_>,
        (shelf, key): (&'s Shelf, &'static str),
        around: &Around,
    ) -> Option<Quoted<'s>> {
        fields.known(&["proxy", key, "currency", "price_year", "unit", "country", "index"]);
        match (fields.has("proxy"), fields.has(key)) {
            (true, false) => self.quoted_by_catalogue(fields, shelf),
            (false, true) => self.quoted_by_document(fields, setting, key, around),
            (true, true) => {
                fields.refuse(key, ModelFault::BothGiven { first: "proxy", second: key });
                None
            }
            (false, false) => {
                fields.refuse_here(ModelFault::NeitherGiven { first: "proxy", second: key });
                None
            }
        }
    }
}

/// None inside where the value holds for all destinations.
pub(super) fn read_destination(fields: &mut Fields<'_, '_>, setting: &Setting<'_>) -> Option<Option<usize>> {
    let Some(id) = fields.text("destination") else {
        return (!fields.has("destination")).then_some(None);
    };
    let destinations = setting.destinations?;
    if let Some(position) = destinations.iter().position(|destination| destination.id == id) {
        return Some(Some(position));
    }
    let known: Vec<String> = destinations.iter().map(|destination| destination.id.clone()).collect();
    let nearest = nearest(id, known.iter().map(String::as_str)).map(str::to_owned);
    fields.refuse("destination", ModelFault::UnknownDestination { id: id.to_owned(), nearest, known });
    None
}
