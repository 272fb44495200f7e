//! Reading costs and transfers: amounts in years, with a payer.
//!
//! One rule: the amount of each year of a list is a number of its own, at `per_year.<year>`.

use super::Reader;
use super::common::{Around, Entry, required_year, text, year, year_at};
use super::numbers::Meant;
use super::words::PRICE_BASES;
use crate::document::{Fields, Node};
use crate::error::Problems;
use crate::model::{Accepts, Carried, Cost, Flow, FlowAmount, ModelFault, PriceBasis, Slot, Transfer};
use crate::number::Constant;
use crate::reference::IndexError;
use crate::units::{Label, PriceYear, Year};

impl Reader {
    pub(super) fn cost(&mut self, node: &Node, problems: &mut Problems) -> Option<Cost> {
        let mut fields = Fields::of(node, problems)?;
        let entry = Entry::read(&mut fields);
        let payer = self.holders.required(&mut fields, "payer");
        let around = Around::read(&mut fields);
        let flow = self.flow(&mut fields, &around);
        let optimism_bias = self.optimism_bias(&mut fields, &around);
        let priced = self.cost_priced(&mut fields, payer);
        let written = fields.node("optimism_bias");
        let correction = self.of_cost(&mut fields, optimism_bias.flatten(), written);
        let note = text(&mut fields, "note");
        fields.finish();
        match &flow {
            Some(flow) => self.note_cost_years(flow),
            None => self.cost_years_unknown = true,
        }
        let Entry { id, address, name } = entry?;
        let (payer, flow, optimism_bias, correction) = (payer?, flow?, optimism_bias?, correction?);
        let (priced, source) = (priced?, around.source);
        Some(Cost { id, address, name, payer, flow, optimism_bias, correction, priced, source, note })
    }

    pub(super) fn transfer(&mut self, node: &Node, problems: &mut Problems) -> Option<Transfer> {
        let mut fields = Fields::of(node, problems)?;
        let entry = Entry::read(&mut fields);
        let from = self.holders.required(&mut fields, "from");
        let to = self.holders.required(&mut fields, "to");
        if let (Some(from), Some(to)) = (from, to)
            && from == to
        {
            fields.refuse("to", ModelFault::SameHolder { holder: self.holders.id(from).to_owned() });
        }
        let around = Around::read(&mut fields);
        let flow = self.flow(&mut fields, &around);
        let note = text(&mut fields, "note");
        fields.finish();
        let Entry { id, address, name } = entry?;
        Some(Transfer { id, address, name, from: from?, to: to?, flow: flow?, source: around.source, note })
    }

    /// An amount in its years: `per_year` with `years`, or `amount` with `year`.
    pub(super) fn flow(&mut self, fields: &mut Fields<'_, '_>, around: &Around) -> Option<Flow> {
        fields.known(&["per_year", "years", "amount", "year", "price_year", "index"]);
        let basis = self.price_basis(fields);
        let (key, other) = match (fields.has("per_year"), fields.has("amount")) {
            (true, true) => {
                fields.refuse("amount", ModelFault::BothGiven { first: "per_year", second: "amount" });
                return None;
            }
            (false, false) => {
                fields.refuse_here(ModelFault::NeitherGiven { first: "per_year", second: "amount" });
                return None;
            }
            (true, false) => ("per_year", "year"),
            (false, true) => ("amount", "years"),
        };
        if fields.has(other) {
            let (key, because) = match key {
                "per_year" => ("year", "`per_year` goes with `years`, `[first, last]`"),
                _ => ("years", "`amount` goes with one `year`; an amount for each year is `per_year`"),
            };
            fields.refuse(other, ModelFault::Meaningless { key, because });
        }
        let own_year = self.own_price_year_of_flow(fields, basis);
        let listed = fields.node("per_year").and_then(Node::as_list);
        let each = key == "per_year" && listed.is_none();
        let unit = self.money_unit(each, basis, own_year.unwrap_or_default());
        let meant = Meant::new("amount", Accepts::NotNegative, unit, around);
        let (first, last) = match key {
            // The other key was refused already.
            _ if fields.has(other) => return None,
            "per_year" => years(fields).unzip(),
            _ => required_year(fields, "year").map(|year| (year, year)).unzip(),
        };
        let amount = match listed {
            Some(amounts) => self.yearly_amounts(fields, amounts, first.zip(last), &meant).map(FlowAmount::Yearly),
            None => self.numbers.optional(fields, key, &meant).map(FlowAmount::Same),
        };
        let carried = self.carried_flow(fields, own_year?);
        let (first, last) = (first?, last?);
        self.check_appraised(fields, if key == "per_year" { "years" } else { "year" }, first, last);
        Some(Flow { amount: amount?, first, last, basis: basis?, carried: carried? })
    }

    /// One amount for each year, at `per_year.<year>`.
    pub(super) fn yearly_amounts(
        &mut self,
        fields: &mut Fields<'_, '_>,
        amounts: &[Node],
        years: Option<(Year, Year)>,
        meant: &Meant<'_>,
    ) -> Option<Vec<Slot>> {
        let here = fields.place_of("per_year");
        let mut slots = Vec::with_capacity(amounts.len());
        for (position, node) in (0..).zip(amounts) {
            let address = years.map(|(first, _)| here.address.child(&first.plus(position).to_string()));
            let node = address.map_or_else(|| node.clone(), |address| node.moved(address));
            slots.extend(self.numbers.number(&node, meant, fields.problems()));
        }
        let (first, last) = years?;
        let wanted = usize::try_from(last.since(first).saturating_add(1)).unwrap_or(0);
        if amounts.len() != wanted {
            fields.refuse("per_year", ModelFault::AmountCount { found: amounts.len(), first, last });
            return None;
        }
        (slots.len() == wanted).then_some(slots)
    }

    /// The year whose prices the amounts are in, where it is not the model's; none inside for the model's.
    fn own_price_year_of_flow(
        &mut self,
        fields: &mut Fields<'_, '_>,
        basis: Option<PriceBasis>,
    ) -> Option<Option<PriceYear>> {
        let given = year(fields, "price_year").map(PriceYear);
        let stray = match basis {
            Some(PriceBasis::Nominal) if fields.has("price_year") => {
                Some(("price_year", "nominal amounts are in money of each year"))
            }
            Some(PriceBasis::Nominal) if fields.has("index") => {
                Some(("index", "nominal amounts are carried by the price level of each year"))
            }
            _ if fields.has("index") && !fields.has("price_year") => {
                Some(("index", "it carries amounts of another `price_year` to the model's"))
            }
            _ => None,
        };
        if let Some((key, because)) = stray {
            fields.refuse(key, ModelFault::Meaningless { key, because });
            return None;
        }
        if fields.has("price_year") { given.map(Some) } else { Some(None) }
    }

    /// What carries real amounts from their own price year to the model's, at home; none inside where nothing has to.
    fn carried_flow(&self, fields: &mut Fields<'_, '_>, own_year: Option<PriceYear>) -> Option<Option<Carried>> {
        let named = self.named_index(fields);
        let Some(price_year) = own_year else { return Some(None) };
        if fields.has("index") && named.is_none() {
            return None;
        }
        let (home, wanted) = (self.head.country.as_ref()?, self.head.price_year?);
        match self.indexed(named, (price_year.0, wanted.0), home.code()) {
            Ok(index) => Some(Some(Carried {
                price_year,
                index: Constant::new(index.observed),
                assumed_years: index.assumed_years,
                index_series: index.series,
            })),
            Err(fault) => {
                let without = matches!(fault, IndexError::NoSeries { .. }) && fields.has("index");
                fields.refuse(if without { "index" } else { "price_year" }, fault);
                None
            }
        }
    }

    pub(super) fn price_basis(&mut self, fields: &mut Fields<'_, '_>) -> Option<PriceBasis> {
        if fields.has("price_year") && !fields.has("price_basis") {
            fields.known(&["price_basis"]);
            return Some(PriceBasis::Real);
        }
        let because = Label::both("amounts are in the model's price year", "beløp er i modellens prisår");
        self.numbers.word_or(fields, "price_basis", PRICE_BASES, (PriceBasis::Real, because))
    }

    fn money_unit(&self, each: bool, basis: Option<PriceBasis>, own_year: Option<PriceYear>) -> String {
        let currency = self.head.currency.map(|currency| currency.to_string()).unwrap_or_default();
        let each = if each { " a year" } else { "" };
        match (basis, own_year.or(self.head.price_year)) {
            (Some(PriceBasis::Real), Some(year)) => format!("{currency}{each} ({year} prices)"),
            _ => format!("{currency}{each} (nominal)"),
        }
    }

    /// That some of the years are appraised.
    fn check_appraised(&mut self, fields: &mut Fields<'_, '_>, key: &str, from: Year, to: Year) {
        self.last_amount = self.last_amount.max(Some(to));
        let Some(first) = self.head.start else { return };
        let years = || if from == to { from.to_string() } else { format!("{from} to {to}") };
        match self.head.last() {
            Some(last) if from > last || to < first => {
                self.cost_years_unknown = true;
                fields.refuse(key, ModelFault::OutsideAppraisal { years: years(), first, last });
            }
            None if to < first => {
                self.cost_years_unknown = true;
                fields.refuse(key, ModelFault::BeforeStart { years: years(), first });
            }
            _ => {}
        }
    }

    /// The years in which the cost runs, as far as they are appraised.
    fn note_cost_years(&mut self, flow: &Flow) {
        let Some(start) = self.head.start else { return };
        let end = self.head.last().unwrap_or_else(|| super::head::last_year(start, crate::model::LONGEST_HORIZON));
        let (first, last) = (flow.first.max(start), flow.last.min(end));
        self.cost_years.extend((0..=last.since(first)).map(|step| first.plus(step)));
    }
}

/// `years = [first, last]`.
pub(super) fn years(fields: &mut Fields<'_, '_>) -> Option<(Year, Year)> {
    let node = fields.required("years")?;
    let Some([first, last]) = node.as_list() else {
        return node.refuse(ModelFault::YearsForm, fields.problems());
    };
    let (first, last) = (year_at(first, fields.problems()), year_at(last, fields.problems()));
    let (first, last) = (first?, last?);
    if first > last {
        return node.refuse(ModelFault::YearsReversed { first, last }, fields.problems());
    }
    Some((first, last))
}
