//! Reading costs and transfers: amounts in years, with a payer.

use super::Reader;
use super::common::{Around, Entry, required_year, text, year_at};
use super::numbers::Meant;
use super::words::PRICE_BASES;
use crate::document::{Fields, Node};
use crate::error::Problems;
use crate::model::{Accepts, Cost, Flow, ModelFault, PriceBasis, Transfer};
use crate::units::{Label, Year};

impl Reader {
    pub(super) fn cost(&mut self, node: &Node, problems: &mut Problems) -> Option<Cost> {
        let mut fields = Fields::of(node, problems)?;
        let entry = Entry::read(&mut fields);
        let payer = self.holders.required(&mut fields, "payer");
        let around = Around::read(&mut fields);
        let flow = self.flow(&mut fields, &around);
        let note = text(&mut fields, "note");
        fields.finish();
        match &flow {
            Some(flow) => self.note_cost_years(flow),
            None => self.cost_years_unknown = true,
        }
        let Entry { id, address, name } = entry?;
        Some(Cost { id, address, name, payer: payer?, flow: flow?, source: around.source, note })
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
    fn flow(&mut self, fields: &mut Fields<'_, '_>, around: &Around) -> Option<Flow> {
        fields.known(&["per_year", "years", "amount", "year"]);
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
        let unit = self.money_unit(key, basis);
        let amount = self.numbers.optional(fields, key, &Meant::new("amount", Accepts::NotNegative, unit, around));
        let (first, last) = match key {
            // The other key was refused already.
            _ if fields.has(other) => return None,
            "per_year" => years(fields)?,
            _ => required_year(fields, "year").map(|year| (year, year))?,
        };
        self.check_appraised(fields, if key == "per_year" { "years" } else { "year" }, first, last);
        Some(Flow { amount: amount?, first, last, basis: basis? })
    }

    fn price_basis(&mut self, fields: &mut Fields<'_, '_>) -> Option<PriceBasis> {
        let because = Label::both("amounts are in the model's price year", "beløp er i modellens prisår");
        self.numbers.word_or(fields, "price_basis", PRICE_BASES, (PriceBasis::Real, because))
    }

    fn money_unit(&self, key: &str, basis: Option<PriceBasis>) -> String {
        let currency = self.head.currency.map(|currency| currency.to_string()).unwrap_or_default();
        let each = if key == "per_year" { " a year" } else { "" };
        match (basis, self.head.price_year) {
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
fn years(fields: &mut Fields<'_, '_>) -> Option<(Year, Year)> {
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
