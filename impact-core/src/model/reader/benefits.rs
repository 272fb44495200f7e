//! Reading benefits that fall away for those who work, and the tax on them.
//!
//! One rule: a benefit moves money from the participants to the budget that stops paying it, and the tax on it moves back.

use super::Reader;
use super::common::{Around, Entry, text};
use super::employment::{BENEFIT_TAX, Common, Part, value};
use super::numbers::Meant;
use super::values::Setting;
use crate::document::{Fields, Node};
use crate::error::Problems;
use crate::model::{
    Basis, EmploymentFault, HolderIndex, HolderKind, Levy, OutcomeValue, Portion, PricedAt, Slot, ValueKind,
    Willingness, WorkPart,
};
use crate::reference::Entry as Figure;
use crate::units::Label;
use rust_decimal::Decimal;

impl Reader {
    /// A benefit that is no longer paid, and the tax on it that is no longer paid either.
    pub(super) fn benefit(
        &mut self,
        node: &Node,
        setting: &Setting<'_>,
        (destination, willingness): (Option<usize>, Willingness),
        problems: &mut Problems,
    ) -> Option<Vec<OutcomeValue>> {
        let mut fields = Fields::of(node, problems)?;
        let entry = Entry::read(&mut fields);
        let around = Around::read(&mut fields);
        let paid = self.withdrawn(&mut fields, setting, &around);
        let written = fields.has("income_tax");
        fields.known(&["income_tax"]);
        let tax =
            if written { self.levies(&mut fields, "income_tax", &BENEFIT_TAX, &around) } else { Some(Vec::new()) };
        let note = text(&mut fields, "note");
        fields.finish();
        let (entry, (payer, common), participants) = (entry?, paid?, setting.holder?);
        let common = Common { destination, willingness, ..common };
        let mut values = self.withdrawn_values(&entry, (participants, payer), &tax?, &common);
        if let Some(first) = values.first_mut() {
            first.note = note;
        }
        Some(values)
    }

    /// How much is no longer paid, and by whom.
    fn withdrawn(
        &mut self,
        fields: &mut Fields<'_, '_>,
        setting: &Setting<'_>,
        around: &Around,
    ) -> Option<(HolderIndex, Common)> {
        let shelf = self.shelf.clone();
        let quoted = self.quoted(fields, setting, (&shelf, "value"), around);
        let price = quoted.as_ref().and_then(|quoted| self.carried(fields, quoted, ValueKind::Fiscal));
        let growth = self.followed(fields, Some(ValueKind::Fiscal));
        let conversion = self.conversion(fields, setting, quoted.as_ref(), around);
        let figure = quoted.as_ref().and_then(|quoted| quoted.figure);
        let payer = self.stops_paying(fields, setting, figure, quoted.as_ref().map(|quoted| quoted.amount));
        let avoidable = self.whole(fields, "avoidable", "avoidable share", around);
        let because = Label::both(
            "a benefit that is not paid stays in the budget",
            "en ytelse som ikke utbetales, blir i budsjettet",
        );
        let meant = Meant::share("cashable share", around);
        let cashable = self.numbers.or_default(fields, "cashable", &meant, (Decimal::ONE, because));
        let common = Common {
            price: price?,
            conversion: conversion?,
            growth: growth?,
            destination: None,
            avoidable: avoidable?,
            cashable: cashable?,
            willingness: Willingness::Convention,
            priced: PricedAt::Market,
        };
        Some((payer?, common))
    }

    /// The benefit, and each tax on it.
    fn withdrawn_values(
        &self,
        entry: &Entry,
        (participants, payer): (HolderIndex, HolderIndex),
        tax: &[Levy],
        common: &Common,
    ) -> Vec<OutcomeValue> {
        let part = |id, address, name, (from, to), (part, times)| {
            let (kind, basis) = (ValueKind::Fiscal, Basis::Income);
            let portion = Portion { part, table: entry.address.clone(), times, less: Vec::new() };
            value(Part { id, address, name, from: Some(from), to, kind, basis, portion }, common)
        };
        let Entry { id, address, name } = entry;
        let withdrawn = (WorkPart::Benefit, Vec::new());
        let mut values = vec![part(id.clone(), address.clone(), name.clone(), (participants, payer), withdrawn)];
        values.extend(tax.iter().map(|levy| {
            let tax = self.named(&BENEFIT_TAX, levy.holder);
            let name = Label::both(
                format!("{}: {}", name.en, tax.en),
                format!("{}: {}", name.nb.as_ref().unwrap_or(&name.en), tax.nb.unwrap_or_default()),
            );
            let key = format!("{}-{}", BENEFIT_TAX.id, self.holders.id(levy.holder));
            let taxed = (WorkPart::BenefitTax, vec![levy.rate]);
            part(format!("{id}-{key}"), address.child(&key), name, (levy.holder, participants), taxed)
        }));
        values
    }

    /// The budget that stops paying: as said, else the one that pays by the catalogue.
    fn stops_paying(
        &mut self,
        fields: &mut Fields<'_, '_>,
        setting: &Setting<'_>,
        figure: Option<&Figure>,
        amount: Option<Slot>,
    ) -> Option<HolderIndex> {
        if amount.and_then(|amount| self.numbers.point(amount)).is_some_and(|amount| amount < Decimal::ZERO) {
            fields.refuse_here(EmploymentFault::NegativeBenefit);
        }
        let payer = match figure {
            Some(_) => self.gains(fields, setting, figure, true),
            None => self.holders.required(fields, "to"),
        }?;
        match self.holders.kind(payer) {
            Some(HolderKind::Public | HolderKind::Joint) => Some(payer),
            _ => {
                let (levy, holder) = ("a benefit that is withdrawn", self.holders.id(payer).to_owned());
                fields.refuse("to", EmploymentFault::NotPublic { levy, holder });
                None
            }
        }
    }
}
