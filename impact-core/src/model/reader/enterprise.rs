//! Reading the enterprise's own account.
//!
//! One rule: it is read last, so that it moves neither the years appraised nor any other default.

use super::Reader;
use super::common::{Around, Entry, list, text};
use super::flows::years;
use super::numbers::Meant;
use crate::document::{Fields, Node, nearest};
use crate::error::Problems;
use crate::model::{
    Accepts, Enterprise, EnterpriseFault, FlowAmount, HolderIndex, HolderKind, ModelFault, MoneyKind, OwnAmount,
    OwnLine, PriceBasis, Transfer, Volume,
};
use crate::units::{Unit, Year};

/// The keys of an amount in years, which an amount for each unit takes the place of.
const FLOW_KEYS: &[&str] = &["per_year", "years", "amount", "year", "price_year", "index"];

/// The transfers of the model, and whether every one of them could be read.
pub(super) struct KnownTransfers<'a> {
    pub transfers: &'a [Transfer],
    pub whole: bool,
}

impl Reader {
    pub(super) fn enterprise(
        &mut self,
        node: &Node,
        transfers: &KnownTransfers<'_>,
        problems: &mut Problems,
    ) -> Option<Enterprise> {
        let mut fields = Fields::of(node, problems)?;
        let holder = self.holders.required(&mut fields, "holder");
        if let Some(holder) = holder.filter(|holder| self.holders.kind(*holder) != Some(HolderKind::Enterprise)) {
            fields.refuse("holder", EnterpriseFault::NotAnEnterprise { holder: self.holders.id(holder).to_owned() });
        }
        let around = Around::read(&mut fields);
        let meant = Meant::new("opening cash", Accepts::Any, self.money_of_start(), &around);
        let opening_cash = self.numbers.required(&mut fields, "opening_cash", &meant);
        let node = fields.node("transfers");
        let kinds = node.map(|node| self.transfer_kinds(node, holder, transfers, fields.problems()));
        let node = fields.node("volume");
        let volume = node.map(|node| self.volume(node, &around, fields.problems()));
        let unit = volume.as_ref().map(|volume| volume.as_ref().map(|volume| volume.unit.clone()));
        let node = fields.node("income");
        let income = list(node, fields.problems(), |node, problems| self.own_line(node, true, unit.as_ref(), problems));
        let node = fields.node("costs");
        let costs = list(node, fields.problems(), |node, problems| self.own_line(node, false, unit.as_ref(), problems));
        let note = text(&mut fields, "note");
        fields.finish();
        Some(Enterprise {
            holder: holder?,
            opening_cash: opening_cash?,
            transfers: kinds.unwrap_or_default(),
            volume: volume.map_or(Some(None), |volume| volume.map(Some))?,
            income,
            costs,
            source: around.source,
            note,
        })
    }

    fn money_of_start(&self) -> String {
        let currency = self.head.currency.map(|currency| currency.to_string()).unwrap_or_default();
        format!("{currency} (nominal)")
    }

    /// What the transfers of the model are to the enterprise, by their ids.
    fn transfer_kinds(
        &self,
        node: &Node,
        holder: Option<HolderIndex>,
        known: &KnownTransfers<'_>,
        problems: &mut Problems,
    ) -> Vec<(usize, MoneyKind)> {
        let Some(mut fields) = Fields::of(node, problems) else { return Vec::new() };
        let mut kinds = Vec::new();
        for entry in fields.rest() {
            let Some(position) = known.transfers.iter().position(|transfer| transfer.id == entry.key) else {
                if known.whole {
                    let ids: Vec<String> = known.transfers.iter().map(|transfer| transfer.id.clone()).collect();
                    let nearest = nearest(&entry.key, ids.iter().map(String::as_str)).map(str::to_owned);
                    let fault = EnterpriseFault::UnknownTransfer { id: entry.key.clone(), nearest, known: ids };
                    entry.node.refuse::<()>(fault, fields.problems());
                }
                continue;
            };
            let ends = known.transfers.get(position).map(|transfer| (transfer.from, transfer.to));
            let (Some((from, to)), Some(holder)) = (ends, holder) else { continue };
            let words = if to == holder { MoneyKind::INCOME } else { MoneyKind::COSTS };
            if from != holder && to != holder {
                let fault = EnterpriseFault::NotItsTransfer {
                    id: entry.key.clone(),
                    holder: self.holders.id(holder).to_owned(),
                };
                entry.node.refuse::<()>(fault, fields.problems());
                continue;
            }
            kinds.extend(fields.one_of(&entry.key, words).map(|kind| (position, kind)));
        }
        fields.finish();
        kinds
    }

    fn volume(&mut self, node: &Node, around: &Around, problems: &mut Problems) -> Option<Volume> {
        let mut fields = Fields::of(node, problems)?;
        let unit: Option<Unit> = fields.required_parsed("unit");
        let range: Option<(Year, Year)> = years(&mut fields);
        let counted = unit.as_ref().map(|unit| format!("{unit} a year")).unwrap_or_default();
        let meant = Meant::new("volume", Accepts::NotNegative, counted, around);
        fields.required("per_year");
        let listed = fields.node("per_year").and_then(Node::as_list);
        let amount = match listed {
            Some(amounts) => self.yearly_amounts(&mut fields, amounts, range, &meant).map(FlowAmount::Yearly),
            None => self.numbers.optional(&mut fields, "per_year", &meant).map(FlowAmount::Same),
        };
        fields.finish();
        let (first, last) = range?;
        Some(Volume { unit: unit?, amount: amount?, first, last })
    }

    fn own_line(
        &mut self,
        node: &Node,
        income: bool,
        unit: Option<&Option<Unit>>,
        problems: &mut Problems,
    ) -> Option<OwnLine> {
        let mut fields = Fields::of(node, problems)?;
        let entry = Entry::read(&mut fields);
        let kind = if income {
            fields.required_one_of("kind", MoneyKind::INCOME)
        } else if fields.has("kind") {
            fields.one_of("kind", MoneyKind::COSTS)
        } else {
            fields.known(&["kind"]);
            Some(MoneyKind::Running)
        };
        let around = Around::read(&mut fields);
        fields.known(&["per_unit", "price_basis"]);
        fields.known(FLOW_KEYS);
        let amount = if fields.has("per_unit") {
            self.per_unit(&mut fields, unit, &around)
        } else {
            self.flow(&mut fields, &around).map(OwnAmount::Fixed)
        };
        let note = text(&mut fields, "note");
        fields.finish();
        let Entry { id, address, name } = entry?;
        Some(OwnLine { id, address, name, kind: kind?, amount: amount?, source: around.source, note })
    }

    /// An amount for each unit sold.
    fn per_unit(
        &mut self,
        fields: &mut Fields<'_, '_>,
        unit: Option<&Option<Unit>>,
        around: &Around,
    ) -> Option<OwnAmount> {
        for key in FLOW_KEYS {
            if fields.has(key) {
                fields.refuse(key, ModelFault::BothGiven { first: "per_unit", second: key });
            }
        }
        let basis = self.price_basis(fields);
        let Some(unit) = unit else {
            fields.refuse("per_unit", EnterpriseFault::NoVolume);
            return None;
        };
        let counted = unit.as_ref().map(ToString::to_string).unwrap_or_default();
        let currency = self.head.currency.map(|currency| currency.to_string()).unwrap_or_default();
        let prices = match (basis, self.head.price_year) {
            (Some(PriceBasis::Real), Some(year)) => format!("{currency} per {counted} ({year} prices)"),
            _ => format!("{currency} per {counted} (nominal)"),
        };
        let meant = Meant::new("amount per unit", Accepts::NotNegative, prices, around);
        let price = self.numbers.optional(fields, "per_unit", &meant);
        Some(OwnAmount::PerUnit { price: price?, basis: basis? })
    }
}
